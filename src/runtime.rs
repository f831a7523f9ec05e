//! What a library without the standard library must bring itself.
//!
//! Nothing here is meant to run. There is no global allocator: a use of it is an undefined symbol, and
//! the library does not link. There are no panics: the handler is here because the language asks for
//! one, and it looks at nothing, so that the linker drops every text that a panic would have carried.

use core::alloc::{GlobalAlloc, Layout};

// The libc crate leaves this to the standard library when another package has switched that on.
#[link(name = "c")]
unsafe extern "C" {}

unsafe extern "C" {
    /// Defined nowhere.
    fn nghttp2_global_allocator_must_not_be_used() -> !;
}

struct Never;

// SAFETY: neither function returns.
unsafe impl GlobalAlloc for Never {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        // SAFETY: it cannot be called, because it cannot be linked.
        unsafe { nghttp2_global_allocator_must_not_be_used() }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {
        // SAFETY: as above.
        unsafe { nghttp2_global_allocator_must_not_be_used() }
    }
}

#[global_allocator]
static NEVER: Never = Never;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // SAFETY: abort(3) has no requirements.
    unsafe { libc::abort() }
}

// Parts of the prebuilt core library refer to it although nothing unwinds.
core::arch::global_asm!(
    ".pushsection .text.rust_eh_personality,\"ax\",@progbits",
    ".weak rust_eh_personality",
    ".hidden rust_eh_personality",
    "rust_eh_personality: ud2",
    ".popsection",
);
