//! For tests: memory that is counted, and refused on demand.

use core::cell::Cell;
use core::ffi::c_void;
use core::ptr;

use super::{Allocator, Mem};
use crate::error::Result;

/// What is known about one application's memory.
pub(crate) struct Account {
    /// How many blocks are out.
    pub blocks: Cell<isize>,
    /// How many more requests are granted.
    pub grants: Cell<usize>,
}

impl Account {
    /// One that refuses nothing.
    pub fn new() -> Account {
        Account { blocks: Cell::new(0), grants: Cell::new(usize::MAX) }
    }

    /// Memory on this account, lent to `use_it`, which must leave nothing behind.
    pub fn lend<R>(&self, use_it: impl FnOnce(Mem) -> Result<R>) -> Result<R> {
        let user_data = ptr::from_ref(self).cast_mut().cast();
        // SAFETY: the functions pass everything on to the C library; the account outlives what is
        // made here, as the assertion below makes sure.
        let mem = unsafe { Mem::new(Allocator { user_data, malloc, free, calloc, realloc }) }?;
        let result = use_it(mem);
        assert_eq!(self.blocks.get(), 0, "something was left behind");
        result
    }

    fn grants(&self) -> bool {
        let left = self.grants.get();
        self.grants.set(left.saturating_sub(1));
        left > 0
    }

    fn book(&self, block: *mut c_void) -> *mut c_void {
        self.blocks.set(self.blocks.get() + isize::from(!block.is_null()));
        block
    }
}

/// # Safety
/// The word is that of a living [`Account`].
unsafe fn of<'a>(word: *mut c_void) -> &'a Account {
    // SAFETY: the caller vouches for it.
    unsafe { &*word.cast::<Account>() }
}

unsafe extern "C" fn malloc(size: usize, word: *mut c_void) -> *mut c_void {
    // SAFETY: the word is as `lend` gave it; malloc takes any size.
    let (account, block) = unsafe { (of(word), || libc::malloc(size)) };
    if account.grants() { account.book(block()) } else { ptr::null_mut() }
}

unsafe extern "C" fn calloc(count: usize, size: usize, word: *mut c_void) -> *mut c_void {
    // SAFETY: the word is as `lend` gave it; calloc takes any size.
    let (account, block) = unsafe { (of(word), || libc::calloc(count, size)) };
    if account.grants() { account.book(block()) } else { ptr::null_mut() }
}

unsafe extern "C" fn realloc(block: *mut c_void, size: usize, word: *mut c_void) -> *mut c_void {
    // SAFETY: the word is as `lend` gave it, the block came from `malloc` or `calloc`.
    let (account, larger) = unsafe { (of(word), || libc::realloc(block, size)) };
    match account.grants() {
        false => ptr::null_mut(),
        true if block.is_null() => account.book(larger()),
        true => larger(),
    }
}

unsafe extern "C" fn free(block: *mut c_void, word: *mut c_void) {
    // SAFETY: the word is as `lend` gave it, the block came from `malloc`, `calloc` or `realloc`.
    unsafe {
        let blocks = &of(word).blocks;
        blocks.set(blocks.get() - isize::from(!block.is_null()));
        libc::free(block);
    }
}
