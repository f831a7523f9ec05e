//! A growable array whose growth can fail.

use core::mem::MaybeUninit;
use core::ops::{Deref, DerefMut};
use core::ptr::{self, NonNull};
use core::slice;

use super::Mem;
use crate::error::{Error, Result};

/// Like the standard library's vector, but every method that may need memory returns `Result` and
/// leaves the contents as they were on failure.
///
/// The elements live on the heap from the first one on, and are reached through a raw pointer: a
/// slice that was lent earlier stays valid when the object that owns the vector is borrowed anew,
/// as long as the vector itself is left alone.
///
/// There are fewer than 2^32 elements, so that a session's many vectors stay small.
pub struct Vec<T> {
    data: NonNull<T>,
    len: u32,
    capacity: u32,
    mem: Mem,
}

impl<T> Vec<T> {
    /// An empty vector. Nothing is allocated before the first element comes.
    pub const fn new(mem: Mem) -> Vec<T> {
        const { assert!(size_of::<T>() > 0) };
        Vec { data: NonNull::dangling(), len: 0, capacity: 0, mem }
    }

    /// Where the memory comes from.
    pub fn mem(&self) -> &Mem {
        &self.mem
    }

    /// How many elements fit without asking for memory.
    pub fn capacity(&self) -> usize {
        self.capacity as usize
    }

    /// How many octets of heap it holds, apart from what its elements hold.
    pub fn memory(&self) -> usize {
        self.capacity().saturating_mul(size_of::<T>())
    }

    /// Makes room for `additional` more elements, growing to at least twice the size.
    #[inline]
    pub fn reserve(&mut self, additional: usize) -> Result<()> {
        let room = self.capacity.wrapping_sub(self.len);
        if room as usize >= additional { Ok(()) } else { self.grow_by(additional) }
    }

    /// Makes room for one more element. It grows by half, and what is large by an eighth: less lies idle
    /// than when it doubles, and a large block is rarely moved for it.
    #[inline]
    pub fn reserve_sparingly(&mut self) -> Result<()> {
        const SMALL: usize = 64;
        if self.len < self.capacity {
            return Ok(());
        }
        let old = self.capacity();
        let more = if old < SMALL { (old / 2).max(4) } else { old / 8 };
        self.grow_to(old.saturating_add(more))
    }

    /// Makes room for exactly `capacity` elements in all, if there is less.
    pub fn reserve_total(&mut self, capacity: usize) -> Result<()> {
        if capacity <= self.capacity() { Ok(()) } else { self.grow_to(capacity) }
    }

    #[cold]
    #[inline(never)]
    fn grow_by(&mut self, additional: usize) -> Result<()> {
        let needed = self.len().saturating_add(additional);
        let twice = self.capacity.saturating_mul(2).max(4);
        self.grow_to(needed.max(twice as usize))
    }

    #[cold]
    fn grow_to(&mut self, capacity: usize) -> Result<()> {
        let size = Mem::size_of::<T>(capacity)?;
        let capacity = u32::try_from(capacity).map_err(|_| Error::NoMem)?;
        let block = if self.capacity == 0 {
            self.mem.allocate(size)?
        } else {
            // SAFETY: the block came from this handle.
            unsafe { self.mem.reallocate(self.data.cast(), size)? }
        };
        self.data = block.cast();
        self.capacity = capacity;
        Ok(())
    }

    /// Appends an element.
    #[inline]
    pub fn push(&mut self, value: T) -> Result<()> {
        self.reserve(1)?;
        // SAFETY: there is room for one more.
        unsafe { self.data.add(self.len as usize).write(value) };
        self.len = self.len.wrapping_add(1);
        Ok(())
    }

    /// Where the elements are, and room for others behind them, as far as the capacity goes.
    pub fn as_mut_ptr(&mut self) -> *mut T {
        self.data.as_ptr()
    }

    /// Makes the length at least `len`, by what was written through [`Vec::as_mut_ptr`].
    ///
    /// # Safety
    /// So many elements must be initialised, and there must be room for them.
    pub unsafe fn assume_init(&mut self, len: usize) {
        debug_assert!(len <= self.capacity());
        self.len = self.len.max(len as u32);
    }

    /// Takes the last element off.
    pub fn pop(&mut self) -> Option<T> {
        self.len = self.len.checked_sub(1)?;
        // SAFETY: the element was initialised, and is not counted any more.
        Some(unsafe { self.data.add(self.len as usize).read() })
    }

    /// Drops all elements but the first `len`. The memory stays.
    pub fn truncate(&mut self, len: usize) {
        let Some(surplus) = self.len().checked_sub(len) else { return };
        self.len = len as u32;
        // SAFETY: these elements were initialised, and are not counted any more.
        unsafe {
            ptr::slice_from_raw_parts_mut(self.data.add(len).as_ptr(), surplus).drop_in_place()
        };
    }

    /// Drops all elements. The memory stays.
    pub fn clear(&mut self) {
        self.truncate(0);
    }

    /// Drops all elements and gives the memory back.
    #[inline(never)]
    pub fn release(&mut self) {
        self.clear();
        if self.capacity > 0 {
            // SAFETY: the block came from this handle, and is forgotten at once.
            unsafe { self.mem.free(self.data.cast()) };
            self.data = NonNull::dangling();
            self.capacity = 0;
        }
    }

    /// Like [`Vec::release`] if there is room for more than `kept` elements; otherwise nothing happens.
    /// So what was large once is not held for life, and what is small is not asked for each time.
    pub fn release_above(&mut self, kept: usize) {
        if self.capacity() > kept {
            self.release();
        }
    }

    /// Drops all elements, and gives back the memory of more than `kept` elements.
    pub fn clear_above(&mut self, kept: usize) {
        self.clear();
        if self.capacity() > kept && self.grow_to(kept).is_err() {
            self.release();
        }
    }
}

impl<T: Copy> Vec<T> {
    /// Appends a copy of `values`.
    #[inline]
    pub fn extend_from_slice(&mut self, values: &[T]) -> Result<()> {
        self.reserve(values.len())?;
        // SAFETY: there is room, and a shared slice cannot overlap with what only we may write.
        unsafe {
            let end = self.data.add(self.len as usize);
            ptr::copy_nonoverlapping(values.as_ptr(), end.as_ptr(), values.len());
        }
        self.len = self.len.wrapping_add(values.len() as u32);
        Ok(())
    }

    /// Makes the length `len`, with copies of `value` for what is new.
    pub fn resize(&mut self, len: usize, value: T) -> Result<()> {
        if let Some(additional) = len.checked_sub(self.len()) {
            self.reserve(additional)?;
            // SAFETY: there is room for that many.
            let fresh = unsafe {
                let end = self.data.add(self.len as usize).cast::<MaybeUninit<T>>();
                slice::from_raw_parts_mut(end.as_ptr(), additional)
            };
            fresh.fill(MaybeUninit::new(value));
        }
        self.len = len as u32;
        Ok(())
    }
}

/// Copies elements, as many as the shorter one of the slices has.
#[inline]
pub fn copy<T: Copy>(from: &[T], to: &mut [T]) {
    let count = from.len().min(to.len());
    // SAFETY: both have that many elements, and what only we may write cannot overlap with the other.
    unsafe { ptr::copy_nonoverlapping(from.as_ptr(), to.as_mut_ptr(), count) };
}

impl Vec<u8> {
    /// Makes room for `room` more octets, to be filled by the word.
    #[inline]
    pub fn tail(&mut self, room: usize) -> Result<Tail<'_>> {
        // The last word may begin where the room ends.
        self.reserve(room.saturating_add(Tail::WORD))?;
        // SAFETY: both are inside the block, as there is room for a word at least.
        let (next, last) = unsafe {
            let last = self.capacity().wrapping_sub(Tail::WORD);
            (self.data.add(self.len as usize), self.data.add(last))
        };
        Ok(Tail { next, last, vec: self })
    }

    /// `len` zero octets in one block. The kernel's zero pages are used where malloc can.
    pub fn zeroed(len: usize, mem: Mem) -> Result<Vec<u8>> {
        if len == 0 {
            return Ok(Vec::new(mem));
        }
        let capacity = u32::try_from(len).map_err(|_| Error::NoMem)?;
        let data = mem.allocate_zeroed(Mem::size_of::<u8>(len)?)?;
        Ok(Vec { data, len: capacity, capacity, mem })
    }
}

/// The room behind the octets of a vector. What is written there is the vector's once this is dropped.
///
/// The place of the next octet stays in a register, and asks for no memory: a loop that makes a few octets
/// at a time spends its time on them.
pub struct Tail<'v> {
    next: NonNull<u8>,
    /// The last place where a word fits.
    last: NonNull<u8>,
    vec: &'v mut Vec<u8>,
}

impl Tail<'_> {
    const WORD: usize = size_of::<u64>();

    /// Appends the first `count` octets of a word, at most all. All of them are written in any case: that
    /// is faster than to look how many there are. Nothing happens beyond the room that was asked for.
    #[inline]
    pub fn push_word(&mut self, word: [u8; Tail::WORD], count: usize) {
        if self.next <= self.last {
            // SAFETY: a word fits here, and needs no alignment.
            unsafe {
                self.next.cast().write(word);
                self.next = self.next.add(count.min(Tail::WORD));
            }
        }
    }
}

impl Drop for Tail<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the place is in the vector's block, and all octets before it are written.
        self.vec.len = unsafe { self.next.offset_from_unsigned(self.vec.data) } as u32;
    }
}

impl<T> Deref for Vec<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: so many elements are initialised.
        unsafe { slice::from_raw_parts(self.data.as_ptr(), self.len as usize) }
    }
}

impl<T> DerefMut for Vec<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: so many elements are initialised.
        unsafe { slice::from_raw_parts_mut(self.data.as_ptr(), self.len as usize) }
    }
}

impl<T> Drop for Vec<T> {
    fn drop(&mut self) {
        if self.capacity > 0 {
            self.release();
        }
    }
}

impl<'a, T> IntoIterator for &'a Vec<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    #[test]
    fn elements_are_dropped_once_however_the_vector_ends() {
        let witness = Rc::new(());
        let mut vec = Vec::new(Mem::system());
        for _ in 0..10 {
            vec.push(witness.clone()).unwrap();
        }
        vec.truncate(8);
        drop(vec.pop());
        assert_eq!(Rc::strong_count(&witness), 8);
        drop(vec);
        assert_eq!(Rc::strong_count(&witness), 1);
    }

    #[test]
    fn a_size_beyond_the_address_space_is_refused() {
        let mut vec: Vec<u64> = Vec::new(Mem::system());
        assert!(vec.reserve(usize::MAX).is_err());
        assert!(vec.reserve_total(usize::MAX / 8).is_err());
        assert!(vec.reserve_total(usize::try_from(1_u64 << 32).unwrap_or(usize::MAX)).is_err());
        assert!(vec.is_empty());
    }

    #[test]
    fn a_word_is_appended_as_far_as_it_counts() {
        let mut vec = Vec::new(Mem::system());
        vec.push(b'0').unwrap();
        let mut tail = vec.tail(19).unwrap();
        for count in [3, 0, 8, 100] {
            tail.push_word(*b"12345678", count);
        }
        drop(tail);
        assert_eq!(&vec[..], b"01231234567812345678");
    }

    #[test]
    fn nothing_is_written_beyond_the_room() {
        let mut vec = Vec::new(Mem::system());
        let mut tail = vec.tail(20).unwrap();
        (0..100).for_each(|_| tail.push_word(*b"12345678", 8));
        drop(tail);
        assert!((20..=vec.capacity()).contains(&vec.len()));
        assert!(vec.chunks(8).all(|word| word == b"12345678"));
    }

    #[test]
    fn what_was_written_through_the_pointer_is_there() {
        let mut vec = Vec::new(Mem::system());
        vec.extend_from_slice(b"ab").unwrap();
        vec.reserve_total(10).unwrap();
        // SAFETY: there is room for ten octets, of which three are initialised afterwards.
        unsafe {
            vec.as_mut_ptr().add(2).write(b'c');
            vec.assume_init(3);
            vec.assume_init(1);
        }
        assert_eq!(&vec[..], b"abc");
    }

    #[test]
    fn only_what_is_large_is_given_back() {
        let mut vec = Vec::zeroed(100, Mem::system()).unwrap();
        vec.release_above(100);
        assert_eq!((vec.len(), vec.capacity()), (100, 100));
        vec.release_above(99);
        assert_eq!((vec.len(), vec.capacity()), (0, 0));
    }

    #[test]
    fn the_shorter_slice_says_how_much_is_copied() {
        let mut to = [0; 3];
        copy(b"ab", &mut to);
        assert_eq!(&to, b"ab\0");
        copy(b"cdefg", &mut to);
        assert_eq!(&to, b"cde");
    }

    #[test]
    fn a_lent_slice_survives_a_new_borrow_of_the_owner() {
        struct Owner {
            bytes: Vec<u8>,
            count: u32,
        }
        let mut owner = Owner { bytes: Vec::zeroed(4, Mem::system()).unwrap(), count: 0 };
        let lent: *const [u8] = &raw const *owner.bytes;
        let again = &mut owner;
        again.count = again.count.wrapping_add(1);
        // SAFETY: the vector was left alone in between.
        assert_eq!(unsafe { &*lent }, &[0; 4]);
    }
}
