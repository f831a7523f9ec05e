//! A counting allocator in the shape of `nghttp2_mem`.

use std::cell::Cell;
use std::ffi::c_void;

use c_types::Mem;

/// What a library has asked for: octets as it said, without what an allocator adds.
#[derive(Default)]
pub struct Meter {
    octets: Cell<usize>,
    blocks: Cell<usize>,
    requests: Cell<usize>,
}

/// Octets and blocks held, and allocations so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub octets: usize,
    pub blocks: usize,
    pub requests: usize,
}

/// In front of each block: its length, and room that keeps the block aligned.
const HEAD: usize = 16;

impl Meter {
    /// Sessions keep its address, so it stays.
    pub fn leaked() -> &'static Meter {
        Box::leak(Box::default())
    }

    pub fn usage(&self) -> Usage {
        Usage {
            octets: self.octets.get(),
            blocks: self.blocks.get(),
            requests: self.requests.get(),
        }
    }

    pub(super) fn table(&self) -> Mem {
        let user_data = std::ptr::from_ref(self).cast_mut().cast();
        Mem { user_data, malloc, free, calloc, realloc }
    }

    /// A block with its length in front; `old` is one of ours, or null.
    unsafe fn take(&self, old: *mut c_void, size: usize) -> *mut c_void {
        self.requests.set(self.requests.get() + 1);
        let head = unsafe {
            self.give(old);
            libc::realloc(if old.is_null() { old } else { old.byte_sub(HEAD) }, size + HEAD)
        };
        assert!(!head.is_null(), "out of memory");
        self.octets.set(self.octets.get() + size);
        self.blocks.set(self.blocks.get() + 1);
        unsafe {
            head.cast::<usize>().write(size);
            head.byte_add(HEAD)
        }
    }

    /// Takes a block out of the books.
    unsafe fn give(&self, block: *mut c_void) {
        if !block.is_null() {
            let size = unsafe { block.byte_sub(HEAD).cast::<usize>().read() };
            self.octets.set(self.octets.get() - size);
            self.blocks.set(self.blocks.get() - 1);
        }
    }
}

unsafe fn meter<'a>(user_data: *mut c_void) -> &'a Meter {
    unsafe { &*user_data.cast() }
}

unsafe extern "C" fn malloc(size: usize, user_data: *mut c_void) -> *mut c_void {
    unsafe { meter(user_data).take(std::ptr::null_mut(), size) }
}

unsafe extern "C" fn calloc(count: usize, size: usize, user_data: *mut c_void) -> *mut c_void {
    let size = count * size;
    unsafe {
        let block = meter(user_data).take(std::ptr::null_mut(), size);
        block.write_bytes(0, size);
        block
    }
}

unsafe extern "C" fn realloc(old: *mut c_void, size: usize, user_data: *mut c_void) -> *mut c_void {
    unsafe { meter(user_data).take(old, size) }
}

unsafe extern "C" fn free(block: *mut c_void, user_data: *mut c_void) {
    if !block.is_null() {
        unsafe {
            meter(user_data).give(block);
            libc::free(block.byte_sub(HEAD));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_counted_as_they_were_asked_for() {
        let meter = Meter::leaked();
        let table = meter.table();
        unsafe {
            let block = (table.malloc)(100, table.user_data);
            assert_eq!(meter.usage(), Usage { octets: 100, blocks: 1, requests: 1 });
            let block = (table.realloc)(block, 300, table.user_data);
            assert_eq!(meter.usage(), Usage { octets: 300, blocks: 1, requests: 2 });
            let other = (table.calloc)(3, 7, table.user_data).cast::<u8>();
            assert_eq!(std::slice::from_raw_parts(other, 21), [0; 21]);
            assert_eq!(meter.usage(), Usage { octets: 321, blocks: 2, requests: 3 });
            (table.free)(block, table.user_data);
            (table.free)(other.cast(), table.user_data);
            (table.free)(std::ptr::null_mut(), table.user_data);
        }
        assert_eq!(meter.usage(), Usage { octets: 0, blocks: 0, requests: 3 });
    }
}
