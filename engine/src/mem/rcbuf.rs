//! Counted byte strings.

use core::cell::Cell;
use core::ffi::c_void;
use core::mem::{ManuallyDrop, size_of};
use core::ops::Deref;
use core::ptr::{self, NonNull};
use core::slice;

use super::Mem;
use crate::error::{Error, Result};

/// A byte string that is shared by counting, with a NUL behind its last octet.
///
/// It is one block: the count, the length, how to free it, the octets, the NUL. The application may keep
/// it for longer than the session. So it remembers the freeing function itself: a [`Mem`] in it would
/// keep the block with the application's functions alive as well, which is to go with the session.
///
/// The count is plain; a string must stay with the thread of its session.
pub struct RcBuf {
    header: NonNull<Header>,
}

#[repr(C)]
struct Header {
    /// [`STATIC`] for strings that are never freed and never counted.
    count: Cell<u32>,
    len: u32,
    /// Where the octets begin, counted from the beginning of this header.
    offset: u32,
    /// None is the C library's.
    free: Option<unsafe extern "C" fn(*mut c_void, *mut c_void)>,
    user_data: *mut c_void,
}

/// A count that has come to this stays there.
const STATIC: u32 = u32::MAX;

impl RcBuf {
    /// A copy of `bytes`, counted once.
    pub fn copy(bytes: &[u8], mem: &Mem) -> Result<RcBuf> {
        let len = u32::try_from(bytes.len()).map_err(|_| Error::NoMem)?;
        let size =
            size_of::<Header>().checked_add(bytes.len()).and_then(|size| size.checked_add(1));
        let block = mem.allocate(Mem::size_of::<u8>(size.ok_or(Error::NoMem)?)?)?;
        let allocator = mem.allocator();
        let header = Header {
            count: Cell::new(1),
            len,
            offset: size_of::<Header>() as u32,
            free: allocator.map(|allocator| allocator.free),
            user_data: allocator.map_or(ptr::null_mut(), |allocator| allocator.user_data),
        };
        // SAFETY: the block is fresh and holds the header, the octets, and one octet more.
        unsafe {
            block.cast::<Header>().write(header);
            let text = block.add(size_of::<Header>());
            ptr::copy_nonoverlapping(bytes.as_ptr(), text.as_ptr(), bytes.len());
            text.add(bytes.len()).write(0);
        }
        Ok(RcBuf { header: block.cast() })
    }

    fn header(&self) -> &Header {
        // SAFETY: the block is alive as long as it is counted.
        unsafe { self.header.as_ref() }
    }

    /// Whether the string is one of the library's own, which are never freed.
    pub fn is_static(&self) -> bool {
        self.header().count.get() == STATIC
    }

    /// How many octets of heap the block has.
    pub(crate) fn memory(&self) -> usize {
        match self.is_static() {
            true => 0,
            false => size_of::<Header>().saturating_add(self.len()).saturating_add(1),
        }
    }

    /// Whether the block is counted, and there are other references to it.
    pub(crate) fn is_shared(&self) -> bool {
        !self.is_static() && self.header().count.get() > 1
    }

    /// Whether both refer to the same block.
    pub(crate) fn is_same(&self, other: &RcBuf) -> bool {
        self.header == other.header
    }

    /// Gives the reference out as a pointer to the block; [`RcBuf::from_raw`] takes it back.
    pub fn into_raw(self) -> NonNull<c_void> {
        ManuallyDrop::new(self).header.cast()
    }

    /// Takes back a reference that was given out.
    ///
    /// # Safety
    /// `block` must come from [`RcBuf::into_raw`]; each of its references may be taken back once.
    pub unsafe fn from_raw(block: NonNull<c_void>) -> RcBuf {
        RcBuf { header: block.cast() }
    }
}

impl Clone for RcBuf {
    fn clone(&self) -> RcBuf {
        let count = &self.header().count;
        // A count that stands at STATIC may be read in several threads, and so is not even written with
        // what it is. Counting up to it by hand takes four thousand million calls, and then only leaks.
        if count.get() != STATIC {
            count.set(count.get().wrapping_add(1));
        }
        RcBuf { header: self.header }
    }
}

impl Drop for RcBuf {
    fn drop(&mut self) {
        let Header { count, free, user_data, .. } = self.header();
        if count.get() == STATIC {
            return;
        }
        count.set(count.get().wrapping_sub(1));
        if count.get() > 0 {
            return;
        }
        let (free, user_data, block) = (*free, *user_data, self.header.as_ptr().cast::<c_void>());
        // SAFETY: nobody counts the block any more, and it came from the matching malloc.
        unsafe {
            match free {
                None => libc::free(block),
                Some(free) => free(block, user_data),
            }
        }
    }
}

impl Deref for RcBuf {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        let Header { len, offset, .. } = self.header();
        // SAFETY: the octets stand so far behind the header, in the same block or table.
        unsafe {
            slice::from_raw_parts(
                self.header.cast::<u8>().add(*offset as usize).as_ptr(),
                *len as usize,
            )
        }
    }
}

/// `N` strings known at compile time, as counted strings without a count.
///
/// Headers and text are one object, and headers refer to their text by distance: such a table needs
/// no relocation when the library is loaded.
#[repr(C)]
pub(crate) struct StaticStrings<const N: usize, const LEN: usize> {
    headers: [Header; N],
    text: [u8; LEN],
}

// SAFETY: nothing in it ever changes: counts that stand at STATIC are not written.
unsafe impl<const N: usize, const LEN: usize> Sync for StaticStrings<N, LEN> {}

impl<const N: usize, const LEN: usize> StaticStrings<N, LEN> {
    /// Takes the strings out of `text`, where each of the `N` ends with a NUL.
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
    pub const fn new(text: [u8; LEN]) -> StaticStrings<N, LEN> {
        let mut headers = [const {
            Header {
                count: Cell::new(STATIC),
                len: 0,
                offset: 0,
                free: None,
                user_data: ptr::null_mut(),
            }
        }; N];
        let (mut index, mut start) = (0, 0);
        while index < N {
            let mut end = start;
            while text[end] != 0 {
                end += 1;
            }
            headers[index].len = (end - start) as u32;
            headers[index].offset = (size_of::<Header>() * (N - index) + start) as u32;
            (index, start) = (index + 1, end + 1);
        }
        assert!(start == LEN, "the text holds exactly N strings");
        StaticStrings { headers, text }
    }

    /// The text that it was made from.
    #[inline]
    pub fn text(&'static self) -> &'static [u8] {
        &self.text
    }

    /// The string number `index`; the last one for numbers beyond.
    pub fn get(&'static self, index: usize) -> RcBuf {
        const { assert!(N > 0) };
        let table: NonNull<Self> = NonNull::from(self);
        // The pointer is made from the whole table, because the text lies outside the header.
        // SAFETY: the place is inside the table.
        RcBuf { header: unsafe { table.cast::<Header>().add(index.min(N - 1)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static TABLE: StaticStrings<3, 9> = StaticStrings::new(*b"one\0\0two\0");

    #[test]
    fn static_strings_are_found_and_never_counted() {
        let two = TABLE.get(2);
        assert_eq!((&*TABLE.get(0), &*TABLE.get(1), &*two), (&b"one"[..], &b""[..], &b"two"[..]));
        assert_eq!(TABLE.text(), b"one\0\0two\0");
        assert!(two.clone().is_static());
        drop(two);
        assert_eq!(&*TABLE.get(99), b"two");
    }

    #[test]
    fn static_strings_are_never_written() {
        const PAGE: usize = 65_536;
        #[repr(align(65_536))]
        struct Alone(StaticStrings<1, 2>);
        static ALONE: Alone = Alone(StaticStrings::new(*b"x\0"));
        let page = ptr::from_ref(&ALONE).cast_mut().cast();
        // SAFETY: nothing else is on these pages, and nothing there changes. If it does, the test dies.
        assert_eq!(unsafe { libc::mprotect(page, PAGE, libc::PROT_READ) }, 0);
        let one = ALONE.0.get(0);
        let two = one.clone();
        drop(one);
        assert_eq!(&*two, b"x");
    }

    #[test]
    fn the_octet_behind_a_string_is_nul() {
        let copy = RcBuf::copy(b"field", &Mem::system()).unwrap();
        for (string, len) in [(&copy, 5), (&TABLE.get(1), 0), (&TABLE.get(2), 3)] {
            // SAFETY: the string is one octet longer than it says.
            assert_eq!(unsafe { *string.as_ptr().add(len) }, 0);
        }
    }

    #[test]
    fn a_reference_survives_the_way_through_a_pointer() {
        let one = RcBuf::copy(b"x", &Mem::system()).unwrap();
        let raw = one.clone().into_raw();
        drop(one);
        // SAFETY: the reference was given out just before.
        assert_eq!(&*unsafe { RcBuf::from_raw(raw) }, b"x");
    }
}
