//! A counting allocator in the shape of `nghttp2_mem`.

use std::cell::Cell;
use std::ffi::c_void;

use c_types::Mem;

/// Blocks the library holds, and what it should not ask for.
#[derive(Default)]
pub struct Meter {
    pub blocks: Cell<i64>,
    pub empty_requests: Cell<i64>,
    /// Octets in these blocks: now, and at most so far.
    octets: Cell<usize>,
    pub peak: Cell<usize>,
    /// Requests so far, and the one that is refused, counted from 1; 0 for none.
    pub requests: Cell<usize>,
    pub refused: Cell<usize>,
}

impl Meter {
    /// The C table; its user data is the meter itself, which must stay where it is.
    pub fn table(&self) -> Mem {
        Mem { user_data: std::ptr::from_ref(self).cast_mut().cast(), malloc, free, calloc, realloc }
    }

    /// Counts a request; false if it is refused.
    fn grants(&self) -> bool {
        self.requests.set(self.requests.get() + 1);
        self.requests.get() != self.refused.get()
    }

    fn taken(&self, size: usize) {
        if size == 0 {
            self.empty_requests.set(self.empty_requests.get() + 1);
        }
        self.blocks.set(self.blocks.get() + 1);
    }

    /// Notes what a new block holds.
    fn hold(&self, block: *mut c_void) -> *mut c_void {
        self.octets.set(self.octets.get() + size(block));
        self.peak.set(self.peak.get().max(self.octets.get()));
        block
    }

    fn drop(&self, block: *mut c_void) {
        self.octets.set(self.octets.get() - size(block));
    }
}

/// What a block can hold; none holds nothing.
fn size(block: *mut c_void) -> usize {
    unsafe { libc::malloc_usable_size(block) }
}

unsafe fn meter<'a>(user_data: *mut c_void) -> &'a Meter {
    unsafe { &*user_data.cast() }
}

unsafe extern "C" fn malloc(size: usize, user_data: *mut c_void) -> *mut c_void {
    let meter = unsafe { meter(user_data) };
    if !meter.grants() {
        return std::ptr::null_mut();
    }
    meter.taken(size);
    meter.hold(unsafe { libc::malloc(size) })
}

unsafe extern "C" fn calloc(count: usize, size: usize, user_data: *mut c_void) -> *mut c_void {
    let meter = unsafe { meter(user_data) };
    if !meter.grants() {
        return std::ptr::null_mut();
    }
    meter.taken(count * size);
    meter.hold(unsafe { libc::calloc(count, size) })
}

unsafe extern "C" fn realloc(
    block: *mut c_void,
    size: usize,
    user_data: *mut c_void,
) -> *mut c_void {
    let meter = unsafe { meter(user_data) };
    if !meter.grants() {
        return std::ptr::null_mut();
    }
    if block.is_null() {
        meter.taken(size);
    }
    meter.drop(block);
    meter.hold(unsafe { libc::realloc(block, size) })
}

unsafe extern "C" fn free(block: *mut c_void, user_data: *mut c_void) {
    if block.is_null() {
        return;
    }
    let meter = unsafe { meter(user_data) };
    meter.blocks.set(meter.blocks.get() - 1);
    meter.drop(block);
    unsafe { libc::free(block) }
}
