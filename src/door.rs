//! The door between C and the engine: the one way in, and conversions.

use core::ffi::{c_int, c_void};
use core::slice;

use nghttp2_engine::error::{Error, Result};
use nghttp2_engine::frame::{PrioritySpec, StreamId};
use nghttp2_engine::mem::{Allocator, Field, Mem};
use nghttp2_engine::session::{Session, Source};

use crate::session::nghttp2_session;
use crate::types::{
    nghttp2_data_provider2, nghttp2_data_source, nghttp2_mem, nghttp2_nv, nghttp2_priority_spec,
    nghttp2_ssize,
};

/// Lends the engine of a session to `action`, which must not call the program.
///
/// # Safety
/// The pointer is a session's, and no other borrow of its engine is alive.
pub(crate) unsafe fn with<R>(
    session: *mut nghttp2_session,
    action: impl FnOnce(&mut Session) -> R,
) -> R {
    // SAFETY: the caller vouches for the pointer. Only the one field is borrowed, and the borrow
    // ends before the program can run again.
    action(unsafe { &mut (*session).engine })
}

/// A result as C has it: 0, or a negative error code.
pub(crate) fn status(result: Result<()>) -> c_int {
    match result {
        Ok(()) => 0,
        Err(error) => error.number(),
    }
}

/// A number of octets, or a negative error code.
pub(crate) fn length(result: Result<usize>) -> nghttp2_ssize {
    match result {
        Ok(length) => length as nghttp2_ssize,
        Err(error) => error.number() as nghttp2_ssize,
    }
}

/// A stream id, or a negative error code.
pub(crate) fn stream_id(result: Result<StreamId>) -> i32 {
    match result {
        Ok(id) => id.get(),
        Err(error) => error.number(),
    }
}

/// An array from C. It may be NULL if it has no elements.
///
/// # Safety
/// `len` elements are there for as long as the slice lives.
pub(crate) unsafe fn array<'a, T>(start: *const T, len: usize) -> &'a [T] {
    if len == 0 || start.is_null() {
        return &[];
    }
    // SAFETY: the caller vouches for it.
    unsafe { slice::from_raw_parts(start, len) }
}

/// The same for an array to write to.
///
/// # Safety
/// `len` elements are there for as long as the slice lives, and nobody else uses them.
pub(crate) unsafe fn array_mut<'a, T>(start: *mut T, len: usize) -> &'a mut [T] {
    if len == 0 || start.is_null() {
        return &mut [];
    }
    // SAFETY: the caller vouches for it.
    unsafe { slice::from_raw_parts_mut(start, len) }
}

/// A list of fields.
///
/// # Safety
/// As for [`array`], and for the strings of each field; those with a no-copy flag are there until the
/// frame is gone.
pub(crate) unsafe fn fields<'a>(nva: *const nghttp2_nv, nvlen: usize) -> &'a [Field<'a>] {
    const {
        assert!(size_of::<nghttp2_nv>() == size_of::<Field<'_>>());
        assert!(align_of::<nghttp2_nv>() == align_of::<Field<'_>>());
    }
    // SAFETY: the two have the same members in the same order.
    unsafe { array(nva.cast(), nvlen) }
}

impl From<nghttp2_data_source> for usize {
    /// The union as a word that the engine keeps.
    fn from(source: nghttp2_data_source) -> usize {
        // SAFETY: the pointer covers all of the union, and any bits are a number.
        unsafe { source.ptr }.expose_provenance()
    }
}

/// A data provider as the engine keeps it. There is none if the pointer, or the function, is NULL.
///
/// # Safety
/// The pointer is NULL or a provider's.
pub(crate) unsafe fn source(provider: *const nghttp2_data_provider2) -> Option<Source> {
    // SAFETY: the caller vouches for it.
    let provider = unsafe { provider.as_ref() }?;
    let reader = provider.read_callback? as usize;
    Some(Source { object: provider.source.into(), reader })
}

/// What a source reads from, as C has it.
pub(crate) fn data_source(source: Source) -> nghttp2_data_source {
    nghttp2_data_source { ptr: core::ptr::with_exposed_provenance_mut::<c_void>(source.object) }
}

/// A priority.
///
/// # Safety
/// The pointer is NULL or a priority's.
pub(crate) unsafe fn priority(spec: *const nghttp2_priority_spec) -> Option<PrioritySpec> {
    // SAFETY: the caller vouches for it.
    let spec = unsafe { spec.as_ref() }?;
    Some(PrioritySpec {
        depends_on: StreamId::new(spec.stream_id),
        weight: spec.weight,
        exclusive: spec.exclusive != 0,
    })
}

/// A handle on memory from a program's allocator; NULL stands for the C library's.
///
/// # Safety
/// The pointer is NULL, or its functions do as the interface says for as long as anything they have
/// given lives.
pub(crate) unsafe fn mem(mem: *const nghttp2_mem) -> Result<Mem> {
    // SAFETY: the caller vouches for it.
    let Some(mem) = (unsafe { mem.as_ref() }) else { return Ok(Mem::system()) };
    let (Some(malloc), Some(free), Some(calloc), Some(realloc)) =
        (mem.malloc, mem.free, mem.calloc, mem.realloc)
    else {
        return Err(Error::InvalidArgument);
    };
    let allocator = Allocator { user_data: mem.mem_user_data, malloc, free, calloc, realloc };
    // SAFETY: the caller vouches for the functions.
    unsafe { Mem::new(allocator) }
}
