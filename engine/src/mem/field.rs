//! Header fields as the application hands them in, and lists of them in one block.

use core::marker::PhantomData;
use core::mem::size_of;
use core::ptr::{self, NonNull};
use core::slice;

use super::Mem;
use crate::error::Result;
use crate::words;

/// A header field: a name, a value, and how to treat them.
///
/// The layout is that of `nghttp2_nv` in the C interface, so that an array from C serves as a slice
/// of fields without being rebuilt.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Field<'a> {
    name: *const u8,
    value: *const u8,
    name_len: usize,
    value_len: usize,
    flags: FieldFlags,
    lent: PhantomData<&'a [u8]>,
}

/// How a [`Field`] is to be treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(transparent)]
pub struct FieldFlags(u8);

impl FieldFlags {
    /// No special treatment.
    pub const NONE: FieldFlags = FieldFlags(0);
    /// The value is sensitive: encode it as a never-indexed literal (RFC 7541 section 6.2.3).
    pub const NO_INDEX: FieldFlags = FieldFlags(1);
    const NO_COPY_NAME: FieldFlags = FieldFlags(2);
    const NO_COPY_VALUE: FieldFlags = FieldFlags(4);

    /// How a field is treated whose value is sensitive, or is not.
    pub const fn of(sensitive: bool) -> FieldFlags {
        if sensitive { FieldFlags::NO_INDEX } else { FieldFlags::NONE }
    }

    /// The bits as the C interface has them.
    pub const fn bits(self) -> u8 {
        self.0
    }

    const fn has(self, flag: FieldFlags) -> bool {
        self.0 & flag.0 != 0
    }
}

impl<'a> Field<'a> {
    /// A field that compression may store in its tables.
    pub const fn new(name: &'a [u8], value: &'a [u8]) -> Field<'a> {
        Field {
            name: name.as_ptr(),
            value: value.as_ptr(),
            name_len: name.len(),
            value_len: value.len(),
            flags: FieldFlags::NONE,
            lent: PhantomData,
        }
    }

    /// A field whose value must not end up in any compression table.
    pub const fn sensitive(name: &'a [u8], value: &'a [u8]) -> Field<'a> {
        Field { flags: FieldFlags::NO_INDEX, ..Field::new(name, value) }
    }

    /// The name; pseudo-header names begin with a colon.
    #[inline]
    pub fn name(&self) -> &'a [u8] {
        // SAFETY: the field was made from such a slice.
        unsafe { bytes(self.name, self.name_len) }
    }

    /// The value.
    #[inline]
    pub fn value(&self) -> &'a [u8] {
        // SAFETY: the field was made from such a slice.
        unsafe { bytes(self.value, self.value_len) }
    }

    /// Whether the value is sensitive.
    #[inline]
    pub fn is_sensitive(&self) -> bool {
        self.flags.has(FieldFlags::NO_INDEX)
    }
}

/// A slice from C, where nothing may be a null pointer.
///
/// # Safety
/// `len` octets must be readable at `start` for as long as the slice lives.
#[inline]
unsafe fn bytes<'a>(start: *const u8, len: usize) -> &'a [u8] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller vouches for it.
    unsafe { slice::from_raw_parts(start, len) }
}

/// A header list of its own, in one block: what it has, the fields, then their names and values. One word,
/// as lists are moved from queue to queue.
///
/// Names are put into lower case as HTTP/2 demands (RFC 9113 section 8.2.1), and a NUL stands behind
/// each name and value. A field that came from C with a no-copy flag keeps pointing to the
/// application's memory instead.
pub(crate) struct FieldList {
    /// None if the list is empty.
    block: Option<NonNull<Contents>>,
}

/// What a list has. The fields follow.
struct Contents {
    len: usize,
    /// How many octets all names and values have together.
    strings: usize,
    mem: Mem,
}

impl FieldList {
    /// A copy of `fields`.
    pub fn copy(fields: &[Field<'_>], mem: Mem) -> Result<FieldList> {
        if fields.is_empty() {
            return Ok(FieldList { block: None });
        }
        let Sizes { block, strings } = Sizes::of(fields);
        // A size at its limit is refused here.
        let block = mem.allocate(Mem::size_of::<u8>(block)?)?.cast::<Contents>();
        // SAFETY: every write below lands in the block, whose size is the sum of just these parts.
        unsafe {
            block.write(Contents { len: fields.len(), strings, mem });
            let list = first_field(block);
            let mut text = list.add(fields.len()).cast::<u8>();
            for (index, field) in fields.iter().enumerate() {
                let Field { mut name, mut value, name_len, value_len, flags, .. } = *field;
                if !flags.has(FieldFlags::NO_COPY_NAME) {
                    name = text.as_ptr();
                    let suspicious;
                    (text, suspicious) = copy_name(text, field.name());
                    if suspicious {
                        to_lowercase(slice::from_raw_parts_mut(name.cast_mut(), name_len));
                    }
                }
                if !flags.has(FieldFlags::NO_COPY_VALUE) {
                    value = text.as_ptr();
                    text = copy_text(text, field.value());
                }
                list.add(index).write(Field {
                    name,
                    value,
                    name_len,
                    value_len,
                    flags,
                    lent: PhantomData,
                });
            }
        }
        Ok(FieldList { block: Some(block) })
    }

    fn contents(&self) -> Option<&Contents> {
        // SAFETY: the block was written, and is ours.
        self.block.map(|block| unsafe { block.as_ref() })
    }

    /// How many octets of heap the list has.
    pub fn memory(&self) -> usize {
        if self.block.is_some() { Sizes::of(self.fields()).block } else { 0 }
    }

    /// How many octets all names and values have together.
    pub fn strings(&self) -> usize {
        self.contents().map_or(0, |contents| contents.strings)
    }

    /// The fields in order. They live no longer than the list.
    pub fn fields(&self) -> &[Field<'_>] {
        let Some(block) = self.block else { return &[] };
        // SAFETY: so many fields were written.
        unsafe { slice::from_raw_parts(first_field(block).as_ptr(), block.as_ref().len) }
    }
}

/// Where the fields of a list begin.
///
/// # Safety
/// The pointer is that of a list's block.
#[inline]
unsafe fn first_field(block: NonNull<Contents>) -> NonNull<Field<'static>> {
    const { assert!(align_of::<Field<'_>>() <= align_of::<Contents>()) };
    // SAFETY: the block is larger than that.
    unsafe { block.add(1).cast() }
}

/// How large a list is, in octets; as large as there can be if that is more than can be expressed.
struct Sizes {
    /// All names and values.
    strings: usize,
    /// The block, with those that are copied.
    block: usize,
}

impl Sizes {
    /// Lists with more fields, or with longer strings, are for no memory. What others come to fits a word.
    const MOST_FIELDS: usize = 1 << 24;
    const LONGEST: u64 = 1 << 38;

    fn of(fields: &[Field<'_>]) -> Sizes {
        let (mut strings, mut lent, mut lengths) = (0_u64, 0_u64, 0_u64);
        for Field { name_len, value_len, flags, .. } in fields {
            let (name, value) = (*name_len as u64, *value_len as u64);
            lengths |= name | value;
            strings = strings.wrapping_add(name).wrapping_add(value);
            if flags.has(FieldFlags::NO_COPY_NAME) {
                lent = lent.wrapping_add(name).wrapping_add(1);
            }
            if flags.has(FieldFlags::NO_COPY_VALUE) {
                lent = lent.wrapping_add(value).wrapping_add(1);
            }
        }
        if lengths >= Sizes::LONGEST || fields.len() > Sizes::MOST_FIELDS {
            return Sizes { strings: usize::MAX, block: usize::MAX };
        }
        // Each copy has a NUL behind.
        let frame = size_of::<Contents>() as u64 + size_of_val(fields) as u64;
        let block =
            frame.wrapping_add(2 * fields.len() as u64).wrapping_add(strings).wrapping_sub(lent);
        let narrow = |size| usize::try_from(size).unwrap_or(usize::MAX);
        Sizes { strings: narrow(strings), block: narrow(block) }
    }
}

/// Few names need it.
#[cold]
#[inline(never)]
fn to_lowercase(name: &mut [u8]) {
    name.make_ascii_lowercase();
}

/// Writes `bytes` and a NUL to `place`, and returns the place behind.
///
/// # Safety
/// There must be room.
#[inline]
unsafe fn copy_text(place: NonNull<u8>, bytes: &[u8]) -> NonNull<u8> {
    // SAFETY: the caller vouches for the room; a fresh block overlaps with nothing.
    unsafe {
        match bytes.len() {
            // Most strings are two words that overlap.
            4..=8 => drop(copy_ends::<4>(place, bytes)),
            9..=16 => drop(copy_ends::<8>(place, bytes)),
            17..=32 => drop(copy_ends::<16>(place, bytes)),
            len => ptr::copy_nonoverlapping(bytes.as_ptr(), place.as_ptr(), len),
        }
        end_text(place, bytes.len())
    }
}

/// The same for a name. Says also whether it may have upper-case letters.
///
/// # Safety
/// There must be room.
#[inline]
unsafe fn copy_name(place: NonNull<u8>, name: &[u8]) -> (NonNull<u8>, bool) {
    // SAFETY: the caller vouches for the room.
    unsafe {
        let ends = match name.len() {
            // The words that are written are looked at on the way.
            4..=8 => copy_ends::<4>(place, name).map(|ends| {
                let [front, back] = ends.map(|end| u64::from(u32::from_le_bytes(end)));
                words::maybe_uppercase(front | back << 32)
            }),
            9..=16 => copy_ends::<8>(place, name).map(|ends| {
                let [front, back] = ends.map(|end| words::maybe_uppercase(u64::from_le_bytes(end)));
                front | back
            }),
            _ => None,
        };
        match ends {
            Some(found) => (end_text(place, name.len()), found != 0),
            None => {
                let found =
                    words::fold(name, 0, 0, |found, word| found | words::maybe_uppercase(word));
                (copy_text(place, name), found != 0)
            }
        }
    }
}

/// Writes a NUL behind `len` octets, and returns the place behind that.
///
/// # Safety
/// There must be room.
#[inline]
unsafe fn end_text(place: NonNull<u8>, len: usize) -> NonNull<u8> {
    // SAFETY: the caller vouches for the room.
    unsafe {
        let end = place.add(len);
        end.write(0);
        end.add(1)
    }
}

/// Writes the first and the last N of at least N octets, so that they are as far apart as there, and
/// returns them. Nothing happens if there are fewer.
///
/// # Safety
/// There must be room for all octets.
#[inline]
unsafe fn copy_ends<const N: usize>(place: NonNull<u8>, bytes: &[u8]) -> Option<[[u8; N]; 2]> {
    let (front, back) = (*bytes.first_chunk::<N>()?, *bytes.last_chunk::<N>()?);
    // SAFETY: the caller vouches for the room; arrays of octets need no alignment.
    unsafe {
        place.cast().write(front);
        place.add(bytes.len().wrapping_sub(N)).cast().write(back);
    }
    Some([front, back])
}

impl Drop for FieldList {
    fn drop(&mut self) {
        if let Some(block) = self.block {
            // SAFETY: the block was written, and came from the handle in it; fields need no drop.
            unsafe {
                let Contents { mem, .. } = block.read();
                mem.free(block.cast());
            }
        }
    }
}

const _: () = assert!(size_of::<Field<'_>>() == 4 * size_of::<usize>() + align_of::<usize>());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_in_lower_case_and_ends_with_nul() {
        let fields = [Field::new(b"Content-TYPE", b"Text/Html"), Field::sensitive(b"", b"")];
        let list = FieldList::copy(&fields, Mem::system()).unwrap();
        let list = list.fields();
        assert_eq!(list[0].name(), b"content-type");
        assert_eq!(list[0].value(), b"Text/Html");
        assert!(!list[0].is_sensitive() && list[1].is_sensitive());
        assert!(fields.map(|field| field.flags) == [false, true].map(FieldFlags::of));
        assert_eq!((list[1].name(), list[1].value()), (&b""[..], &b""[..]));
        // SAFETY: the list stores a NUL behind each string.
        unsafe {
            assert_eq!(*list[0].name.add(12), 0);
            assert_eq!(*list[0].value.add(9), 0);
            assert_eq!(*list[1].value, 0);
        }
    }

    #[test]
    fn names_of_any_length_are_put_into_lower_case() {
        for len in 0..40 {
            for upper in 0..len {
                let mut name = std::vec![b'n'; len];
                name[upper] = b'N';
                let list = FieldList::copy(&[Field::new(&name, &name)], Mem::system()).unwrap();
                assert_eq!(list.fields()[0].name(), &std::vec![b'n'; len][..]);
                assert_eq!(list.fields()[0].value(), name);
                // SAFETY: the list stores a NUL behind each string.
                assert_eq!(unsafe { *list.fields()[0].name.add(len) }, 0);
            }
        }
    }

    #[test]
    fn what_fits_no_memory_is_refused() {
        let long = Field { name_len: usize::MAX, ..Field::new(b"", b"") };
        assert!(FieldList::copy(&[long, long], Mem::system()).is_err());
        // Where words are short, memory that is only lent may come to more than they say.
        let flags = FieldFlags(FieldFlags::NO_COPY_NAME.0 | FieldFlags::NO_COPY_VALUE.0);
        let lent = Field { flags, value_len: usize::MAX, ..Field::new(b"", b"") };
        let list = FieldList::copy(&[lent, lent], Mem::system());
        assert!(list.is_err() || list.is_ok_and(|list| list.strings() == usize::MAX));
    }

    #[test]
    fn memory_that_must_not_be_copied_is_not() {
        let (name, value) = (*b"X-Kept", *b"as it is");
        let flags = FieldFlags(FieldFlags::NO_COPY_NAME.0 | FieldFlags::NO_COPY_VALUE.0);
        let field = Field { flags, ..Field::new(&name, &value) };
        let list = FieldList::copy(&[field], Mem::system()).unwrap();
        let list = list.fields();
        assert_eq!((list[0].name, list[0].value), (name.as_ptr(), value.as_ptr()));
        assert_eq!(list[0].name(), b"X-Kept");
    }

    #[test]
    fn an_empty_list_needs_no_memory() {
        assert!(FieldList::copy(&[], Mem::system()).unwrap().fields().is_empty());
    }
}
