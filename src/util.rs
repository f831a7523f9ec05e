//! Small functions that need no session: version, texts, ALPN, syntax checks.

use core::cmp::Ordering;
use core::ffi::{c_char, c_int, c_uchar, c_uint};

use nghttp2_engine::error::{Error, ErrorCode};
use nghttp2_engine::http;
use nghttp2_engine::session::pack_settings;

use crate::callbacks::nghttp2_debug_vprintf_callback;
use crate::door::{array, array_mut, length};
use crate::submit_control::settings;
use crate::types::{
    NGHTTP2_VERSION_AGE, nghttp2_info, nghttp2_nv, nghttp2_settings_entry, nghttp2_ssize,
};

/// The version of the C interface, as numbers and as text. The header has the same.
const VERSION: (c_int, c_int, c_int) = (1, 70, 0);
const VERSION_TEXT: &core::ffi::CStr = c"1.70.0";
const VERSION_NUMBER: c_int = VERSION.0 << 16 | VERSION.1 << 8 | VERSION.2;

/// [`nghttp2_info`] that can be shared: it never changes.
struct Info(nghttp2_info);

// SAFETY: what it points to never changes either.
unsafe impl Sync for Info {}

static INFO: Info = Info(nghttp2_info {
    age: NGHTTP2_VERSION_AGE,
    version_num: VERSION_NUMBER,
    version_str: VERSION_TEXT.as_ptr(),
    proto_str: c"h2".as_ptr(),
});

/// Returns what this library is; NULL if it is older than least_version, a number like
/// ::NGHTTP2_VERSION_NUM, or 0 for any. The structure must not be changed, and is never freed.
#[unsafe(no_mangle)]
pub extern "C" fn nghttp2_version(least_version: c_int) -> *mut nghttp2_info {
    if least_version > VERSION_NUMBER {
        return core::ptr::null_mut();
    }
    (&raw const INFO.0).cast_mut()
}

/// Returns nonzero if after lib_error_code a session can only be deleted: if it is below
/// ::NGHTTP2_ERR_FATAL.
#[unsafe(no_mangle)]
pub extern "C" fn nghttp2_is_fatal(lib_error_code: c_int) -> c_int {
    c_int::from(lib_error_code < crate::types::nghttp2_error_e::NGHTTP2_ERR_FATAL as c_int)
}

/// Returns a text for lib_error_code, of ::nghttp2_error. It is never NULL, and never freed.
#[unsafe(no_mangle)]
pub extern "C" fn nghttp2_strerror(lib_error_code: c_int) -> *const c_char {
    let text = match Error::from_number(lib_error_code) {
        Some(error) => error.text(),
        None if lib_error_code == 0 => c"Success",
        None => c"Unknown error code",
    };
    text.as_ptr()
}

/// Returns the name of error_code, of ::nghttp2_error_code; `unknown` for others. It is never NULL,
/// and never freed.
#[unsafe(no_mangle)]
pub extern "C" fn nghttp2_http2_strerror(error_code: u32) -> *const c_char {
    ErrorCode(error_code).name().as_ptr()
}

/// Compares the names of two fields octet by octet.
///
/// Returns a number below, equal to or above 0 as that of lhs is smaller than, equal to or larger
/// than that of rhs, like memcmp(3). Of two names of which one begins with the other, the shorter
/// one is smaller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_nv_compare_name(
    lhs: *const nghttp2_nv,
    rhs: *const nghttp2_nv,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    let (lhs, rhs) =
        unsafe { (array((*lhs).name, (*lhs).namelen), array((*rhs).name, (*rhs).namelen)) };
    match lhs.cmp(rhs) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}

/// Chooses a protocol for TLS (RFC 7301 section 3.2): from the client's list of inlen octets in
/// `in`, each entry with its length in front.
///
/// Returns 1 if there is `h2`; 0 if not, but `http/1.1`; and otherwise -1. `out` and outlen are set
/// to the entry that was chosen, which is in the list; with -1 they are left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_select_alpn(
    out: *mut *const c_uchar,
    outlen: *mut c_uchar,
    r#in: *const c_uchar,
    inlen: c_uint,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    unsafe {
        let list = array(r#in, inlen as usize);
        for (protocol, answer) in [(&b"h2"[..], 1), (b"http/1.1", 0)] {
            if let Some(found) = protocols(list).find(|entry| *entry == protocol) {
                *out = found.as_ptr();
                *outlen = found.len() as c_uchar;
                return answer;
            }
        }
    }
    -1
}

/// The entries of a list, as far as they are whole.
fn protocols(mut list: &[u8]) -> impl Iterator<Item = &[u8]> {
    core::iter::from_fn(move || {
        let (len, rest) = list.split_first()?;
        let (entry, rest) = rest.split_at_checked(usize::from(*len))?;
        list = rest;
        Some(entry)
    })
}

/// Like nghttp2_select_alpn().
///
/// @deprecated Use nghttp2_select_alpn().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_select_next_protocol(
    out: *mut *mut c_uchar,
    outlen: *mut c_uchar,
    r#in: *const c_uchar,
    inlen: c_uint,
) -> c_int {
    // SAFETY: the program vouches for its pointers, and that it does not write to what it gets.
    unsafe { nghttp2_select_alpn(out.cast(), outlen, r#in, inlen) }
}

/// Writes niv parameters in iv to buf, which has room for buflen octets, as the payload of
/// SETTINGS, which HTTP2-Settings carries in base64url when a connection is upgraded from HTTP/1.1
/// (RFC 7540 section 3.2.1).
///
/// Returns how many octets that are; ::NGHTTP2_ERR_INVALID_ARGUMENT for a value that is not
/// allowed; or ::NGHTTP2_ERR_INSUFF_BUFSIZE if buflen is below 6 for each parameter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_pack_settings_payload2(
    buf: *mut u8,
    buflen: usize,
    iv: *const nghttp2_settings_entry,
    niv: usize,
) -> nghttp2_ssize {
    // SAFETY: the program vouches for its pointers.
    length(unsafe { pack_settings(settings(iv, niv), array_mut(buf, buflen)) })
}

/// Like nghttp2_pack_settings_payload2().
///
/// @deprecated Use nghttp2_pack_settings_payload2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_pack_settings_payload(
    buf: *mut u8,
    buflen: usize,
    iv: *const nghttp2_settings_entry,
    niv: usize,
) -> libc::ssize_t {
    // SAFETY: the program vouches for its pointers.
    unsafe { nghttp2_pack_settings_payload2(buf, buflen, iv, niv) }
}

/// Applies a check to octets from C.
///
/// # Safety
/// As for [`array`].
unsafe fn check(value: *const u8, len: usize, is_valid: fn(&[u8]) -> bool) -> c_int {
    // SAFETY: the caller vouches for the pointer.
    c_int::from(is_valid(unsafe { array(value, len) }))
}

/// Returns nonzero if `name`, of len octets, is the name of a field in lower case (RFC 9113 section
/// 8.2.1). One colon in front is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_check_header_name(name: *const u8, len: usize) -> c_int {
    // SAFETY: the program vouches for its pointers.
    unsafe { check(name, len, http::is_field_name) }
}

/// Returns nonzero if `value`, of len octets, is the value of a field, with blanks at its ends or
/// without.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_check_header_value(value: *const u8, len: usize) -> c_int {
    // SAFETY: the program vouches for its pointers.
    unsafe { check(value, len, http::is_field_value) }
}

/// Returns nonzero if `value`, of len octets, is the value of a field without blanks at its ends
/// (RFC 9113 section 8.2.1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_check_header_value_rfc9113(value: *const u8, len: usize) -> c_int {
    // SAFETY: the program vouches for its pointers.
    unsafe { check(value, len, http::is_trimmed_field_value) }
}

/// Returns nonzero if `value`, of len octets, is a method (RFC 9110 section 9.1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_check_method(value: *const u8, len: usize) -> c_int {
    // SAFETY: the program vouches for its pointers.
    unsafe { check(value, len, http::is_method) }
}

/// Returns nonzero if `value`, of len octets, may be the value of :path. Only its octets are looked
/// at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_check_path(value: *const u8, len: usize) -> c_int {
    // SAFETY: the program vouches for its pointers.
    unsafe { check(value, len, http::is_path) }
}

/// Returns nonzero if `value`, of len octets, may be an authority. Only its octets are looked at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_check_authority(value: *const u8, len: usize) -> c_int {
    // SAFETY: the program vouches for its pointers.
    unsafe { check(value, len, http::is_authority) }
}

/// Does nothing, whatever debug_vprintf_callback is: this library prints no debug output. The
/// function is here for programs that set one where others do.
#[unsafe(no_mangle)]
pub extern "C" fn nghttp2_set_debug_vprintf_callback(
    debug_vprintf_callback: nghttp2_debug_vprintf_callback,
) {
    let _ = debug_vprintf_callback;
}
