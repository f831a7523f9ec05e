//! Memory that is counted, and refused on demand.

use std::cell::Cell;
use std::ffi::c_void;
use std::ptr;

use nghttp2_engine::mem::{Allocator, Mem};

/// What is known about one application's memory.
pub struct Account {
    /// How many blocks are out.
    blocks: Cell<isize>,
    /// How many octets they have.
    octets: Cell<usize>,
    /// How many they had at most.
    most: Cell<usize>,
    /// How many more requests are granted.
    grants: Cell<usize>,
}

impl Account {
    /// Lends memory that grants so many requests, and checks that all of it comes back. Returns what
    /// `use_it` does, and how many octets were out at most.
    pub fn lend<R>(grants: usize, use_it: impl FnOnce(Mem) -> R) -> (Option<R>, usize) {
        Account::lend_and_look(grants, |mem, _| use_it(mem))
    }

    /// The same, where what is out can be looked at meanwhile.
    pub fn lend_and_look<R>(
        grants: usize,
        use_it: impl FnOnce(Mem, &Account) -> R,
    ) -> (Option<R>, usize) {
        let account = Account {
            blocks: Cell::new(0),
            octets: Cell::new(0),
            most: Cell::new(0),
            grants: Cell::new(grants),
        };
        let user_data = ptr::from_ref(&account).cast_mut().cast();
        // SAFETY: the functions pass everything on to the C library; the account outlives what is
        // made here, as the assertion below makes sure.
        let mem = unsafe { Mem::new(Allocator { user_data, malloc, free, calloc, realloc }) };
        let result = mem.ok().map(|mem| use_it(mem, &account));
        assert_eq!(account.blocks.get(), 0, "blocks were left behind");
        assert_eq!(account.octets.get(), 0, "octets were left behind");
        (result, account.most.get())
    }

    /// Checks how many octets somebody says to have asked for. The allocator may have given more, and
    /// somebody else may have `others` of them.
    pub fn check(&self, asked_for: usize, others: usize) {
        let (octets, blocks) = (self.octets.get(), self.blocks.get().unsigned_abs());
        assert!(asked_for <= octets, "{asked_for} octets are said to be out, but {octets} are");
        let most = asked_for + others + blocks * SPARE + octets / LARGE * PAGE;
        assert!(octets <= most, "{octets} octets are out, and {asked_for} are said to be");
    }

    fn grants(&self) -> bool {
        let left = self.grants.get();
        self.grants.set(left.saturating_sub(1));
        left > 0
    }

    /// A block has come.
    fn add(&self, block: *mut c_void) -> *mut c_void {
        self.blocks.set(self.blocks.get() + isize::from(!block.is_null()));
        self.octets.set(self.octets.get() + size(block));
        self.most.set(self.most.get().max(self.octets.get()));
        block
    }

    /// A block is about to go.
    fn remove(&self, block: *mut c_void) {
        self.blocks.set(self.blocks.get() - isize::from(!block.is_null()));
        self.octets.set(self.octets.get() - size(block));
    }
}

/// What the C library adds to a block at most: to any, and to one that has pages of its own.
const SPARE: usize = 40;
const PAGE: usize = 4096;
const LARGE: usize = 64 * 1024;

fn size(block: *mut c_void) -> usize {
    // SAFETY: the block is the C library's, or null.
    unsafe { libc::malloc_usable_size(block) }
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
    if account.grants() { account.add(block()) } else { ptr::null_mut() }
}

unsafe extern "C" fn calloc(count: usize, size: usize, word: *mut c_void) -> *mut c_void {
    // SAFETY: the word is as `lend` gave it; calloc takes any size.
    let (account, block) = unsafe { (of(word), || libc::calloc(count, size)) };
    if account.grants() { account.add(block()) } else { ptr::null_mut() }
}

unsafe extern "C" fn realloc(block: *mut c_void, size: usize, word: *mut c_void) -> *mut c_void {
    // SAFETY: the word is as `lend` gave it.
    let account = unsafe { of(word) };
    if !account.grants() {
        return ptr::null_mut();
    }
    account.remove(block);
    // SAFETY: the block came from `malloc` or `calloc`.
    let larger = unsafe { libc::realloc(block, size) };
    assert!(!larger.is_null(), "the machine is out of memory");
    account.add(larger)
}

unsafe extern "C" fn free(block: *mut c_void, word: *mut c_void) {
    // SAFETY: the word is as `lend` gave it.
    unsafe { of(word) }.remove(block);
    // SAFETY: the block came from `malloc`, `calloc` or `realloc`.
    unsafe { libc::free(block) };
}
