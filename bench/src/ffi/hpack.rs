//! Fields, and the two halves of HPACK, behind safe types.

use std::ffi::{c_int, c_uint};
use std::ptr;

use c_types::{Nv, inflate_flag, nv_flag};

use super::library::Library;
use crate::digest::Digest;

/// A field as text: name, value, and whether it must not enter a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: Vec<u8>,
    pub value: Vec<u8>,
    pub no_index: bool,
}

impl Field {
    pub fn new(name: &str, value: impl Into<Vec<u8>>) -> Field {
        Field { name: name.into(), value: value.into(), no_index: false }
    }

    /// The same, kept out of the tables.
    pub fn unindexed(self) -> Field {
        Field { no_index: true, ..self }
    }
}

/// Fields in the form that C wants. The texts are on the heap and do not move with the list.
pub struct FieldList {
    pub(super) entries: Vec<Nv>,
    _texts: Vec<Field>,
}

impl FieldList {
    pub fn new(fields: &[Field]) -> FieldList {
        let texts = fields.to_vec();
        let entry = |field: &Field| Nv {
            name: field.name.as_ptr().cast_mut(),
            value: field.value.as_ptr().cast_mut(),
            namelen: field.name.len(),
            valuelen: field.value.len(),
            flags: if field.no_index { nv_flag::NO_INDEX } else { 0 },
        };
        FieldList { entries: texts.iter().map(entry).collect(), _texts: texts }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }
}

/// An encoder.
pub struct Deflater {
    library: &'static Library,
    raw: *mut c_types::Deflater,
}

impl Deflater {
    /// With a table of at most so many octets.
    pub fn new(library: &'static Library, table: usize) -> Deflater {
        let mut raw = ptr::null_mut();
        let result = unsafe { (library.functions.hd_deflate_new)(&mut raw, table) };
        library.check("hd_deflate_new", result as isize);
        Deflater { library, raw }
    }

    /// Never uses the Huffman code, if the library can do without.
    pub fn without_huffman(self) -> Deflater {
        const NEVER: c_uint = 2;
        type Set = unsafe extern "C" fn(*mut c_types::Deflater, c_uint) -> c_int;
        if let Some(set) = unsafe { self.library.optional::<Set>("hd_deflate_set_huffman") } {
            let result = unsafe { set(self.raw, NEVER) };
            self.library.check("hd_deflate_set_huffman", result as isize);
        }
        self
    }

    /// Writes a block to the front of `out`, and returns its length.
    #[inline]
    pub fn encode(&mut self, out: &mut [u8], fields: &FieldList) -> usize {
        let (nva, count) = (fields.entries.as_ptr(), fields.entries.len());
        let deflate = self.library.functions.hd_deflate_hd2;
        let length = unsafe { deflate(self.raw, out.as_mut_ptr(), out.len(), nva, count) };
        self.library.check("hd_deflate_hd2", length);
        length as usize
    }
}

impl Drop for Deflater {
    fn drop(&mut self) {
        unsafe { (self.library.functions.hd_deflate_del)(self.raw) }
    }
}

/// A decoder.
pub struct Inflater {
    library: &'static Library,
    raw: *mut c_types::Inflater,
}

impl Inflater {
    pub fn new(library: &'static Library) -> Inflater {
        let mut raw = ptr::null_mut();
        let result = unsafe { (library.functions.hd_inflate_new)(&mut raw) };
        library.check("hd_inflate_new", result as isize);
        Inflater { library, raw }
    }

    /// The limit that is in our SETTINGS.
    pub fn change_table_size(&mut self, size: usize) {
        let change = self.library.functions.hd_inflate_change_table_size;
        let result = unsafe { change(self.raw, size) };
        self.library.check("hd_inflate_change_table_size", result as isize);
    }

    /// Decodes a whole block and returns the number of its fields.
    #[inline]
    pub fn decode(&mut self, mut block: &[u8], mut digest: Option<&mut Digest>) -> usize {
        let inflate = self.library.functions.hd_inflate_hd3;
        let mut fields = 0;
        loop {
            let mut nv = Nv {
                name: ptr::null_mut(),
                value: ptr::null_mut(),
                namelen: 0,
                valuelen: 0,
                flags: 0,
            };
            let mut flags: c_int = 0;
            let (input, length) = (block.as_ptr(), block.len());
            let taken = unsafe { inflate(self.raw, &mut nv, &mut flags, input, length, 1) };
            self.library.check("hd_inflate_hd3", taken);
            block = &block[taken as usize..];
            if flags & inflate_flag::EMIT != 0 {
                fields += 1;
                if let Some(digest) = digest.as_deref_mut() {
                    let (name, value) =
                        unsafe { (slice(nv.name, nv.namelen), slice(nv.value, nv.valuelen)) };
                    digest.field(0, name, value, nv.flags);
                }
            }
            if flags & inflate_flag::FINAL != 0 {
                unsafe { (self.library.functions.hd_inflate_end_headers)(self.raw) };
                return fields;
            }
            if flags & inflate_flag::EMIT == 0 && block.is_empty() {
                return fields;
            }
        }
    }
}

impl Drop for Inflater {
    fn drop(&mut self) {
        unsafe { (self.library.functions.hd_inflate_del)(self.raw) }
    }
}

/// Octets that C hands out; an empty range may come without an address.
pub(super) unsafe fn slice<'a>(data: *const u8, length: usize) -> &'a [u8] {
    if length == 0 { &[] } else { unsafe { std::slice::from_raw_parts(data, length) } }
}
