//! The handle that says where memory comes from.

use core::cell::Cell;
use core::ffi::c_void;
use core::mem::size_of;
use core::ptr::NonNull;

use crate::error::{Error, Result};

/// Four functions of the application that serve as its allocator, and the word they get.
///
/// They are called like their namesakes in C, with `user_data` as the last argument. Blocks must
/// be aligned for any object of up to eight bytes' alignment.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Allocator {
    /// Handed to each function; never looked at.
    pub user_data: *mut c_void,
    /// `malloc`
    pub malloc: unsafe extern "C" fn(size: usize, user_data: *mut c_void) -> *mut c_void,
    /// `free`
    pub free: unsafe extern "C" fn(ptr: *mut c_void, user_data: *mut c_void),
    /// `calloc`
    pub calloc:
        unsafe extern "C" fn(count: usize, size: usize, user_data: *mut c_void) -> *mut c_void,
    /// `realloc`
    pub realloc:
        unsafe extern "C" fn(ptr: *mut c_void, size: usize, user_data: *mut c_void) -> *mut c_void,
}

/// Where memory comes from: the C library, or an application's [`Allocator`].
///
/// One word, so that containers can afford to keep one. Cloning is free for the C library's malloc,
/// and otherwise counts a reference to one shared block that holds the application's functions.
pub struct Mem {
    shared: Option<NonNull<Shared>>,
}

struct Shared {
    count: Cell<usize>,
    allocator: Allocator,
}

/// The strictest alignment that a malloc of the application must be trusted with.
const MAX_ALIGN: usize = 8;

impl Mem {
    /// The C library's malloc.
    pub const fn system() -> Mem {
        Mem { shared: None }
    }

    /// Memory from the functions of `allocator`, which are copied into a block of that memory.
    ///
    /// # Safety
    /// The functions must behave like those of the C library, must not call into the object that
    /// uses them, and must stay callable until every clone of the handle and every [`RcBuf`]
    /// made with one is gone.
    ///
    /// [`RcBuf`]: super::RcBuf
    pub unsafe fn new(allocator: Allocator) -> Result<Mem> {
        // SAFETY: the caller vouches for the function.
        let block = unsafe { (allocator.malloc)(size_of::<Shared>(), allocator.user_data) };
        let shared = NonNull::new(block.cast::<Shared>()).ok_or(Error::NoMem)?;
        // SAFETY: the block is fresh, large enough, and aligned like any malloc's.
        unsafe { shared.write(Shared { count: Cell::new(1), allocator }) };
        Ok(Mem { shared: Some(shared) })
    }

    /// How many octets of heap the functions take, for all handles together.
    pub fn memory(&self) -> usize {
        if self.shared.is_some() { size_of::<Shared>() } else { 0 }
    }

    /// The application's functions, if memory is not the C library's.
    pub(super) fn allocator(&self) -> Option<Allocator> {
        // SAFETY: the block lives as long as a handle counts it.
        self.shared.map(|shared| unsafe { shared.as_ref() }.allocator)
    }

    /// A block of `size` bytes, uninitialised.
    pub(super) fn allocate(&self, size: usize) -> Result<NonNull<u8>> {
        debug_assert!(size > 0);
        let block = match self.allocator() {
            // SAFETY: malloc takes any size.
            None => unsafe { libc::malloc(size) },
            // SAFETY: as promised to `Mem::new`.
            Some(table) => unsafe { (table.malloc)(size, table.user_data) },
        };
        NonNull::new(block.cast()).ok_or(Error::NoMem)
    }

    /// A block of `size` zero bytes.
    #[inline(never)]
    pub(super) fn allocate_zeroed(&self, size: usize) -> Result<NonNull<u8>> {
        debug_assert!(size > 0);
        let block = match self.allocator() {
            // SAFETY: calloc takes any size.
            None => unsafe { libc::calloc(1, size) },
            // SAFETY: as promised to `Mem::new`.
            Some(table) => unsafe { (table.calloc)(1, size, table.user_data) },
        };
        NonNull::new(block.cast()).ok_or(Error::NoMem)
    }

    /// `block`, resized to `size` bytes; on failure it is still there, unchanged.
    ///
    /// # Safety
    /// `block` must come from this handle.
    #[inline(never)]
    pub(super) unsafe fn reallocate(&self, block: NonNull<u8>, size: usize) -> Result<NonNull<u8>> {
        debug_assert!(size > 0);
        let block = block.as_ptr().cast::<c_void>();
        let block = match self.allocator() {
            // SAFETY: the caller vouches for the block.
            None => unsafe { libc::realloc(block, size) },
            // SAFETY: the same, and as promised to `Mem::new`.
            Some(table) => unsafe { (table.realloc)(block, size, table.user_data) },
        };
        NonNull::new(block.cast()).ok_or(Error::NoMem)
    }

    /// Gives `block` back.
    ///
    /// # Safety
    /// `block` must come from this handle, and is gone after the call.
    pub(super) unsafe fn free(&self, block: NonNull<u8>) {
        let block = block.as_ptr().cast::<c_void>();
        match self.allocator() {
            // SAFETY: the caller vouches for the block.
            None => unsafe { libc::free(block) },
            // SAFETY: the same, and as promised to `Mem::new`.
            Some(table) => unsafe { (table.free)(block, table.user_data) },
        }
    }

    /// Room for `count` objects of type `T`; fails also when the size cannot be expressed.
    pub(super) fn size_of<T>(count: usize) -> Result<usize> {
        const { assert!(align_of::<T>() <= MAX_ALIGN, "malloc is trusted with 8 bytes only") };
        let size = size_of::<T>().checked_mul(count).ok_or(Error::NoMem)?;
        // Pointers into a block must be able to differ by its size.
        if size > isize::MAX as usize { Err(Error::NoMem) } else { Ok(size) }
    }
}

impl Clone for Mem {
    fn clone(&self) -> Mem {
        if let Some(shared) = self.shared {
            // SAFETY: the block lives as long as a handle counts it.
            let count = unsafe { &shared.as_ref().count };
            count.set(count.get().wrapping_add(1));
        }
        Mem { shared: self.shared }
    }
}

impl Mem {
    /// Counts this handle no more. The last one gives the block back.
    #[inline(never)]
    fn leave(shared: NonNull<Shared>) {
        // SAFETY: the handle still counts, so the block is alive.
        let Shared { count, allocator } = unsafe { shared.as_ref() };
        count.set(count.get().wrapping_sub(1));
        if count.get() == 0 {
            let Allocator { free, user_data, .. } = *allocator;
            // SAFETY: the block came from this allocator's malloc, and nobody counts it any more.
            unsafe { free(shared.as_ptr().cast(), user_data) };
        }
    }
}

impl Drop for Mem {
    fn drop(&mut self) {
        if let Some(shared) = self.shared {
            Mem::leave(shared);
        }
    }
}
