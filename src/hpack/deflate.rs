//! Fields into header blocks.

use core::ffi::c_int;
use core::ptr::{self, NonNull};

use nghttp2_engine::error::Result;
use nghttp2_engine::hpack::{Encoder, Huffman};
use nghttp2_engine::mem::{Box, Mem, Vec, copy};

use super::Entries;
use crate::door::{array, array_mut, fields, length, mem, status};
use crate::types::{nghttp2_mem, nghttp2_nv, nghttp2_ssize, nghttp2_vec};

/// Compresses fields.
pub struct nghttp2_hd_deflater {
    encoder: Encoder,
    /// A header block, before it is spread over the program's buffers.
    block: Vec<u8>,
    entries: Entries,
    mem: Mem,
}

/// Makes a deflater whose table never holds more than max_deflate_dynamic_table_size octets (RFC
/// 7541 section 4.2), and stores it in deflater_ptr. Free it with nghttp2_hd_deflate_del().
///
/// Returns 0 or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_new(
    deflater_ptr: *mut *mut nghttp2_hd_deflater,
    max_deflate_dynamic_table_size: usize,
) -> c_int {
    let size = max_deflate_dynamic_table_size;
    // SAFETY: the program vouches for its pointer.
    unsafe { nghttp2_hd_deflate_new2(deflater_ptr, size, ptr::null_mut()) }
}

/// Like nghttp2_hd_deflate_new(), with an allocator, whose functions must work until the deflater
/// is freed. `mem` may be NULL, for that of the C library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_new2(
    deflater_ptr: *mut *mut nghttp2_hd_deflater,
    max_deflate_dynamic_table_size: usize,
    mem: *mut nghttp2_mem,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        self::mem(mem).and_then(|mem| {
            let deflater = nghttp2_hd_deflater {
                // What is compressed here does not come from strangers by itself.
                encoder: Encoder::new(max_deflate_dynamic_table_size, 0, mem.clone()),
                block: Vec::new(mem.clone()),
                entries: Entries::new(mem.clone()),
                mem: mem.clone(),
            };
            *deflater_ptr = Box::new(deflater, mem)?.into_raw().as_ptr();
            Ok(())
        })
    })
}

/// Frees a deflater.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_del(deflater: *mut nghttp2_hd_deflater) {
    if let Some(deflater) = NonNull::new(deflater) {
        // SAFETY: nghttp2_hd_deflate_new2() made it so, with that memory.
        drop(unsafe { Box::from_raw(deflater, deflater.as_ref().mem.clone()) });
    }
}

/// Says that the decompressing end allows a table of settings_max_dynamic_table_size octets. The
/// next header block announces what is used of that (RFC 7541 section 6.3).
///
/// Returns 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_change_table_size(
    deflater: *mut nghttp2_hd_deflater,
    settings_max_dynamic_table_size: usize,
) -> c_int {
    // SAFETY: the pointer is a deflater's.
    let deflater = unsafe { &mut *deflater };
    deflater.entries.forget();
    deflater.encoder.set_allowed_table_size(settings_max_dynamic_table_size);
    0
}

impl nghttp2_hd_deflater {
    /// Sets when strings are coded.
    pub(crate) fn set_huffman(&mut self, huffman: Huffman) {
        self.encoder.set_huffman(huffman);
    }

    /// Compresses a list of fields into `block`, which has at most `room` octets then.
    fn deflate(&mut self, fields: &[nghttp2_engine::mem::Field<'_>], room: usize) -> Result<usize> {
        self.entries.forget();
        self.block.clear();
        self.encoder.encode(fields, &mut self.block, room)?;
        Ok(self.block.len())
    }
}

/// Writes the header block for nvlen fields in nva to buf, which has room for buflen octets: make
/// it as large as nghttp2_hd_deflate_bound() says (RFC 7541 section 6).
///
/// Returns the length of the block in octets; ::NGHTTP2_ERR_INSUFF_BUFSIZE if there is not room
/// enough; ::NGHTTP2_ERR_NOMEM; or ::NGHTTP2_ERR_HEADER_COMP. After an error the deflater can only
/// be freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_hd2(
    deflater: *mut nghttp2_hd_deflater,
    buf: *mut u8,
    buflen: usize,
    nva: *const nghttp2_nv,
    nvlen: usize,
) -> nghttp2_ssize {
    let vec = nghttp2_vec { base: buf, len: buflen };
    // SAFETY: the program vouches for its pointers.
    unsafe { nghttp2_hd_deflate_hd_vec2(deflater, &raw const vec, 1, nva, nvlen) }
}

/// Like nghttp2_hd_deflate_hd2().
///
/// @deprecated Use nghttp2_hd_deflate_hd2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_hd(
    deflater: *mut nghttp2_hd_deflater,
    buf: *mut u8,
    buflen: usize,
    nva: *const nghttp2_nv,
    nvlen: usize,
) -> libc::ssize_t {
    // SAFETY: the program vouches for its pointers.
    unsafe { nghttp2_hd_deflate_hd2(deflater, buf, buflen, nva, nvlen) }
}

/// Like nghttp2_hd_deflate_hd2(), but fills veclen buffers in vec, one after the other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_hd_vec2(
    deflater: *mut nghttp2_hd_deflater,
    vec: *const nghttp2_vec,
    veclen: usize,
    nva: *const nghttp2_nv,
    nvlen: usize,
) -> nghttp2_ssize {
    // SAFETY: the program vouches for its pointers.
    unsafe {
        let (deflater, buffers) = (&mut *deflater, array(vec, veclen));
        let room = buffers.iter().fold(0_usize, |room, buffer| room.saturating_add(buffer.len));
        let result = deflater.deflate(fields(nva, nvlen), room);
        let mut rest = &deflater.block[..];
        for buffer in buffers.iter().filter(|_| result.is_ok()) {
            let (part, more) = rest.split_at_checked(buffer.len).unwrap_or((rest, &[]));
            rest = more;
            copy(part, array_mut(buffer.base, part.len()));
        }
        length(result)
    }
}

/// Like nghttp2_hd_deflate_hd_vec2().
///
/// @deprecated Use nghttp2_hd_deflate_hd_vec2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_hd_vec(
    deflater: *mut nghttp2_hd_deflater,
    vec: *const nghttp2_vec,
    veclen: usize,
    nva: *const nghttp2_nv,
    nvlen: usize,
) -> libc::ssize_t {
    // SAFETY: the program vouches for its pointers.
    unsafe { nghttp2_hd_deflate_hd_vec2(deflater, vec, veclen, nva, nvlen) }
}

/// Returns how many octets the header block for nvlen fields in nva has at most.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_bound(
    deflater: *mut nghttp2_hd_deflater,
    nva: *const nghttp2_nv,
    nvlen: usize,
) -> usize {
    // SAFETY: the program vouches for its pointers. Some have only one for the fields.
    unsafe {
        let fields = fields(nva, nvlen);
        let bound = |deflater: &nghttp2_hd_deflater| deflater.encoder.bound(fields);
        deflater.as_ref().map_or_else(|| Encoder::bound_of(fields), bound)
    }
}

/// Returns how many entries there are in the static and the dynamic table together.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_get_num_table_entries(
    deflater: *mut nghttp2_hd_deflater,
) -> usize {
    // SAFETY: the pointer is a deflater's.
    unsafe { &*deflater }.encoder.entries()
}

/// Returns the table entry with index idx, from 1 on (RFC 7541 section 2.3.3); NULL for 0 and
/// beyond the tables. It belongs to the deflater, and is valid until the table changes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_get_table_entry(
    deflater: *mut nghttp2_hd_deflater,
    idx: usize,
) -> *const nghttp2_nv {
    // SAFETY: the pointer is a deflater's.
    let nghttp2_hd_deflater { encoder, entries, .. } = unsafe { &mut *deflater };
    let entry = entries.get(idx, encoder.entries(), |index| encoder.entry(index));
    entry.unwrap_or(ptr::null())
}

/// Returns how many octets the dynamic table holds (RFC 7541 section 4.1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_get_dynamic_table_size(
    deflater: *mut nghttp2_hd_deflater,
) -> usize {
    // SAFETY: the pointer is a deflater's.
    unsafe { &*deflater }.encoder.table_size()
}

/// Returns how many octets the dynamic table may hold (RFC 7541 section 4.2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_deflate_get_max_dynamic_table_size(
    deflater: *mut nghttp2_hd_deflater,
) -> usize {
    // SAFETY: the pointer is a deflater's.
    unsafe { &*deflater }.encoder.table_limit()
}
