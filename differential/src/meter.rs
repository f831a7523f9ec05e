//! A counting allocator in the shape of `nghttp2_mem`.

use std::cell::Cell;
use std::ffi::c_void;

use crate::ffi::Mem;

/// Blocks the library holds, and what it should not ask for.
#[derive(Default)]
pub struct Meter {
    pub blocks: Cell<i64>,
    pub empty_requests: Cell<i64>,
}

impl Meter {
    /// The C table; its user data is the meter itself, which must stay where it is.
    pub fn table(&self) -> Mem {
        Mem { user_data: std::ptr::from_ref(self).cast_mut().cast(), malloc, free, calloc, realloc }
    }

    fn taken(&self, size: usize) {
        if size == 0 {
            self.empty_requests.set(self.empty_requests.get() + 1);
        }
        self.blocks.set(self.blocks.get() + 1);
    }
}

unsafe fn meter<'a>(user_data: *mut c_void) -> &'a Meter {
    unsafe { &*user_data.cast() }
}

unsafe extern "C" fn malloc(size: usize, user_data: *mut c_void) -> *mut c_void {
    unsafe { meter(user_data) }.taken(size);
    unsafe { libc::malloc(size) }
}

unsafe extern "C" fn calloc(count: usize, size: usize, user_data: *mut c_void) -> *mut c_void {
    unsafe { meter(user_data) }.taken(count * size);
    unsafe { libc::calloc(count, size) }
}

unsafe extern "C" fn realloc(
    block: *mut c_void,
    size: usize,
    user_data: *mut c_void,
) -> *mut c_void {
    if block.is_null() {
        unsafe { meter(user_data) }.taken(size);
    }
    unsafe { libc::realloc(block, size) }
}

unsafe extern "C" fn free(block: *mut c_void, user_data: *mut c_void) {
    if block.is_null() {
        return;
    }
    let meter = unsafe { meter(user_data) };
    meter.blocks.set(meter.blocks.get() - 1);
    unsafe { libc::free(block) }
}
