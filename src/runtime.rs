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

/// Symbols that must be there, although nothing unwinds and so nobody calls them. What stands there is
/// something that assemblers for every processor take.
#[cfg(not(any(windows, target_vendor = "apple")))]
macro_rules! never_called {
    ($($name:literal)*) => {$(
        core::arch::global_asm!(
            concat!(".pushsection .text.", $name, ",\"ax\",%progbits"),
            concat!(".weak ", $name),
            concat!(".hidden ", $name),
            concat!($name, ": .long 0"),
            ".popsection",
        );
    )*};
}

// Parts of the prebuilt core library refer to it.
#[cfg(not(any(windows, target_vendor = "apple")))]
never_called!("rust_eh_personality");

// Unwind tables of this processor name them, to have the unwinder linked.
#[cfg(all(target_arch = "arm", not(any(windows, target_vendor = "apple"))))]
never_called!("__aeabi_unwind_cpp_pr0" "__aeabi_unwind_cpp_pr1");
