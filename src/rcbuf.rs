//! Counted strings (`nghttp2_rcbuf`).

use core::ffi::c_int;
use core::mem::forget;
use core::ptr::NonNull;

use nghttp2_engine::mem::RcBuf;

use crate::types::nghttp2_vec;

/// A counted string, that header callbacks hand out.
pub struct nghttp2_rcbuf {
    _opaque: [u8; 0],
}

/// A reference as C has it.
pub(crate) fn into_raw(string: RcBuf) -> *mut nghttp2_rcbuf {
    string.into_raw().as_ptr().cast()
}

/// Takes a reference back, if there is one.
///
/// # Safety
/// The pointer is NULL, or stands for a counted reference.
pub(crate) unsafe fn from_raw(rcbuf: *mut nghttp2_rcbuf) -> Option<RcBuf> {
    // SAFETY: the caller vouches for it.
    NonNull::new(rcbuf).map(|rcbuf| unsafe { RcBuf::from_raw(rcbuf.cast()) })
}

/// Counts one more reference, so that the string outlives the callback. It may outlive the session,
/// as long as the allocator works.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_rcbuf_incref(rcbuf: *mut nghttp2_rcbuf) {
    // SAFETY: the pointer is a string's.
    if let Some(string) = unsafe { from_raw(rcbuf) } {
        forget(string.clone());
        forget(string);
    }
}

/// Counts one reference less, and frees the string with the last one. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_rcbuf_decref(rcbuf: *mut nghttp2_rcbuf) {
    // SAFETY: the pointer is NULL or a string's, of which the program has a reference.
    drop(unsafe { from_raw(rcbuf) });
}

/// Returns where the string is and how long it is. A NUL stands behind it. It must not be changed,
/// and is there as long as a reference to it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_rcbuf_get_buf(rcbuf: *mut nghttp2_rcbuf) -> nghttp2_vec {
    // SAFETY: the pointer is a string's.
    let Some(string) = (unsafe { from_raw(rcbuf) }) else {
        return nghttp2_vec { base: core::ptr::null_mut(), len: 0 };
    };
    let vec = nghttp2_vec { base: string.as_ptr().cast_mut(), len: string.len() };
    forget(string);
    vec
}

/// Returns nonzero if the string is one of the library's own, which are neither counted nor freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_rcbuf_is_static(rcbuf: *const nghttp2_rcbuf) -> c_int {
    // SAFETY: the pointer is a string's.
    let string = unsafe { from_raw(rcbuf.cast_mut()) };
    let is_static = string.as_ref().is_some_and(RcBuf::is_static);
    forget(string);
    c_int::from(is_static)
}
