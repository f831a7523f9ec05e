//! Header blocks into fields.

use core::ffi::c_int;
use core::mem::MaybeUninit;
use core::ptr::{self, NonNull};

use nghttp2_engine::hpack::Decoder;
use nghttp2_engine::mem::{Box, FieldFlags, Mem};

use super::{Entries, nv};
use crate::door::{array, length, mem, status};
use crate::types::{nghttp2_hd_inflate_flag_e, nghttp2_mem, nghttp2_nv, nghttp2_ssize};

/// Decompresses fields.
pub struct nghttp2_hd_inflater {
    decoder: Decoder,
    entries: Entries,
    mem: Mem,
}

/// Makes an inflater, and stores it in inflater_ptr. Its table holds at most 4,096 octets until
/// nghttp2_hd_inflate_change_table_size() says otherwise. Free it with nghttp2_hd_inflate_del().
///
/// Returns 0 or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_new(
    inflater_ptr: *mut *mut nghttp2_hd_inflater,
) -> c_int {
    // SAFETY: the program vouches for its pointer.
    unsafe { nghttp2_hd_inflate_new2(inflater_ptr, ptr::null_mut()) }
}

/// Like nghttp2_hd_inflate_new(), with an allocator, whose functions must work until the inflater
/// is freed. `mem` may be NULL, for that of the C library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_new2(
    inflater_ptr: *mut *mut nghttp2_hd_inflater,
    mem: *mut nghttp2_mem,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        self::mem(mem).and_then(|mem| {
            let inflater = nghttp2_hd_inflater {
                decoder: Decoder::new(mem.clone()),
                entries: Entries::new(mem.clone()),
                mem: mem.clone(),
            };
            *inflater_ptr = Box::new(inflater, mem)?.into_raw().as_ptr();
            Ok(())
        })
    })
}

/// Frees an inflater.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_del(inflater: *mut nghttp2_hd_inflater) {
    if let Some(inflater) = NonNull::new(inflater) {
        // SAFETY: nghttp2_hd_inflate_new2() made it so, with that memory.
        drop(unsafe { Box::from_raw(inflater, inflater.as_ref().mem.clone()) });
    }
}

/// Says that the compressing end was allowed a table of settings_max_dynamic_table_size octets, between
/// two header blocks. If that is less than the table holds now, the next block must announce it.
///
/// Returns 0, or ::NGHTTP2_ERR_INVALID_STATE inside a header block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_change_table_size(
    inflater: *mut nghttp2_hd_inflater,
    settings_max_dynamic_table_size: usize,
) -> c_int {
    // SAFETY: the pointer is an inflater's.
    let inflater = unsafe { &mut *inflater };
    inflater.entries.forget();
    status(inflater.decoder.set_allowed_table_size(settings_max_dynamic_table_size))
}

/// Decompresses up to the next field. `in` has inlen octets of a header block; in_final is nonzero
/// if the block ends there. What has happened is told in inflate_flags, of
/// ::nghttp2_hd_inflate_flag:
///
/// - With ::NGHTTP2_HD_INFLATE_EMIT there is a field in nv_out, whose strings end with the next
///   call. Call again with the rest of the input, even if nothing is left.
/// - With ::NGHTTP2_HD_INFLATE_FINAL the block is complete. Call nghttp2_hd_inflate_end_headers().
/// - Otherwise more input is needed.
///
/// Returns how many octets were used; ::NGHTTP2_ERR_HEADER_COMP or ::NGHTTP2_ERR_NOMEM. After an
/// error the inflater can only be freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_hd3(
    inflater: *mut nghttp2_hd_inflater,
    nv_out: *mut nghttp2_nv,
    inflate_flags: *mut c_int,
    r#in: *const u8,
    inlen: usize,
    in_final: c_int,
) -> nghttp2_ssize {
    // SAFETY: the program vouches for its pointers.
    unsafe {
        let (inflater, mut input) = (&mut *inflater, array(r#in, inlen));
        inflater.entries.forget();
        // Most fields are such: what the others need is not prepared for them.
        if inflater.decoder.decode_index(&mut input) {
            *nv_out = inflater.field();
            *inflate_flags = nghttp2_hd_inflate_flag_e::NGHTTP2_HD_INFLATE_EMIT as c_int;
            return inlen.wrapping_sub(input.len()) as nghttp2_ssize;
        }
        inflater.inflate(&mut *nv_out.cast(), &mut *inflate_flags, input, in_final != 0)
    }
}

impl nghttp2_hd_inflater {
    fn field(&self) -> nghttp2_nv {
        let field = self.decoder.field();
        nv(field.name, field.value, FieldFlags::of(field.sensitive))
    }

    /// Decompresses up to the next field, which is no index in a single octet.
    #[inline(never)]
    fn inflate(
        &mut self,
        nv_out: &mut MaybeUninit<nghttp2_nv>,
        flags: &mut c_int,
        input: &[u8],
        last: bool,
    ) -> nghttp2_ssize {
        *flags = nghttp2_hd_inflate_flag_e::NGHTTP2_HD_INFLATE_NONE as c_int;
        let mut rest = input;
        let result = self.decoder.decode_other(&mut rest).and_then(|found| {
            if found {
                nv_out.write(self.field());
                *flags = nghttp2_hd_inflate_flag_e::NGHTTP2_HD_INFLATE_EMIT as c_int;
            } else if last {
                self.decoder.check_whole()?;
                *flags = nghttp2_hd_inflate_flag_e::NGHTTP2_HD_INFLATE_FINAL as c_int;
            }
            Ok(input.len().wrapping_sub(rest.len()))
        });
        length(result)
    }
}

/// Like nghttp2_hd_inflate_hd3().
///
/// @deprecated Use nghttp2_hd_inflate_hd3().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_hd2(
    inflater: *mut nghttp2_hd_inflater,
    nv_out: *mut nghttp2_nv,
    inflate_flags: *mut c_int,
    r#in: *const u8,
    inlen: usize,
    in_final: c_int,
) -> libc::ssize_t {
    // SAFETY: the program vouches for its pointers.
    unsafe { nghttp2_hd_inflate_hd3(inflater, nv_out, inflate_flags, r#in, inlen, in_final) }
}

/// Like nghttp2_hd_inflate_hd3().
///
/// @deprecated Use nghttp2_hd_inflate_hd3().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_hd(
    inflater: *mut nghttp2_hd_inflater,
    nv_out: *mut nghttp2_nv,
    inflate_flags: *mut c_int,
    r#in: *mut u8,
    inlen: usize,
    in_final: c_int,
) -> libc::ssize_t {
    // SAFETY: the program vouches for its pointers.
    unsafe { nghttp2_hd_inflate_hd3(inflater, nv_out, inflate_flags, r#in, inlen, in_final) }
}

/// Says that a header block was complete, before the next one begins.
///
/// Returns 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_end_headers(
    inflater: *mut nghttp2_hd_inflater,
) -> c_int {
    // SAFETY: the pointer is an inflater's.
    unsafe { &mut *inflater }.decoder.end_block();
    0
}

/// Returns how many entries there are in the static and the dynamic table together.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_get_num_table_entries(
    inflater: *mut nghttp2_hd_inflater,
) -> usize {
    // SAFETY: the pointer is an inflater's.
    unsafe { &*inflater }.decoder.entries()
}

/// Returns the table entry with index idx, from 1 on (RFC 7541 section 2.3.3); NULL for 0 and
/// beyond the tables. It belongs to the inflater, and is valid until the table changes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_get_table_entry(
    inflater: *mut nghttp2_hd_inflater,
    idx: usize,
) -> *const nghttp2_nv {
    // SAFETY: the pointer is an inflater's.
    let nghttp2_hd_inflater { decoder, entries, .. } = unsafe { &mut *inflater };
    let entry = entries.get(idx, decoder.entries(), |index| decoder.entry(index));
    entry.unwrap_or(ptr::null())
}

/// Returns how many octets the dynamic table holds (RFC 7541 section 4.1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_get_dynamic_table_size(
    inflater: *mut nghttp2_hd_inflater,
) -> usize {
    // SAFETY: the pointer is an inflater's.
    unsafe { &*inflater }.decoder.table_size()
}

/// Returns how many octets the dynamic table may hold (RFC 7541 section 4.2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_hd_inflate_get_max_dynamic_table_size(
    inflater: *mut nghttp2_hd_inflater,
) -> usize {
    // SAFETY: the pointer is an inflater's.
    unsafe { &*inflater }.decoder.table_limit()
}
