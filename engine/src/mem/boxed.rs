//! One object on the heap.

use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

use super::Mem;
use crate::error::Result;

/// An owned object in a block of its own.
pub struct Box<T> {
    data: NonNull<T>,
    mem: Mem,
}

impl<T> Box<T> {
    /// Moves `value` to the heap; it is dropped if there is no room.
    pub fn new(value: T, mem: Mem) -> Result<Box<T>> {
        Box::build(mem, || value)
    }

    /// What `make` makes, made where it will be: a large object is not moved there.
    #[inline]
    pub fn build(mem: Mem, make: impl FnOnce() -> T) -> Result<Box<T>> {
        let data = mem.allocate(Mem::size_of::<T>(1)?.max(1))?.cast::<T>();
        // SAFETY: the block is fresh, and large and aligned enough.
        unsafe { data.write(make()) };
        Ok(Box { data, mem })
    }

    /// Gives the object out as a pointer. Only [`Box::from_raw`] frees it.
    pub fn into_raw(self) -> NonNull<T> {
        let this = core::mem::ManuallyDrop::new(self);
        // SAFETY: `this` is not dropped, so the handle leaves it exactly once.
        drop(unsafe { core::ptr::read(&raw const this.mem) });
        this.data
    }

    /// Takes back an object that was given out.
    ///
    /// # Safety
    /// `data` must come from [`Box::into_raw`] of a box made with (a clone of) `mem`, and must not
    /// be used as a pointer any more.
    pub unsafe fn from_raw(data: NonNull<T>, mem: Mem) -> Box<T> {
        Box { data, mem }
    }
}

impl<T> Deref for Box<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the object is alive and ours.
        unsafe { self.data.as_ref() }
    }
}

impl<T> DerefMut for Box<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the object is alive and ours.
        unsafe { self.data.as_mut() }
    }
}

impl<T> Drop for Box<T> {
    fn drop(&mut self) {
        // SAFETY: the object is ours and ends here; the block came from this handle.
        unsafe {
            self.data.drop_in_place();
            self.mem.free(self.data.cast());
        }
    }
}
