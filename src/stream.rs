//! Stream objects (`nghttp2_stream`).
//!
//! What programs hold is not a pointer into the engine but a small object that names a stream. It is
//! made when the program first asks for it, and outlives the stream for a while, so that a program
//! which keeps it too long reads an answer instead of freed memory.

use core::ptr::{self, NonNull};

use nghttp2_engine::error::Result;
use nghttp2_engine::frame::StreamId;
use nghttp2_engine::mem::{Box, IdMap, Mem, Vec};
use nghttp2_engine::session::Session;

use crate::door::with;
use crate::session::nghttp2_session;
use crate::types::{NGHTTP2_DEFAULT_WEIGHT, nghttp2_stream_proto_state};

/// A stream of a session. nghttp2_session_find_stream() gives out such objects; they belong to the
/// session.
pub struct nghttp2_stream {
    session: *mut nghttp2_session,
    id: StreamId,
}

/// The objects that a session has handed out.
pub(crate) struct Handles {
    /// Indexes into `list`.
    by_id: IdMap,
    list: Vec<NonNull<nghttp2_stream>>,
    /// Programs do not expect that there is no root, so it is always there.
    root: nghttp2_stream,
    /// When the list is this long, objects of streams that are over are freed.
    sweep_at: usize,
}

/// A list shorter than this is left alone.
const SMALLEST_SWEEP: usize = 64;

impl Handles {
    pub fn new(seed: u64, mem: Mem) -> Handles {
        Handles {
            by_id: IdMap::new(mem.clone(), seed),
            list: Vec::new(mem),
            root: nghttp2_stream { session: ptr::null_mut(), id: StreamId::CONNECTION },
            sweep_at: SMALLEST_SWEEP,
        }
    }

    /// How many octets of heap all of them take.
    pub fn memory(&self) -> usize {
        let objects = self.list.len().saturating_mul(size_of::<nghttp2_stream>());
        self.by_id.memory().saturating_add(self.list.memory()).saturating_add(objects)
    }

    /// The object of a stream.
    fn get(
        &mut self,
        session: *mut nghttp2_session,
        id: StreamId,
    ) -> Result<NonNull<nghttp2_stream>> {
        let place = self.by_id.get(id.get() as u32);
        if let Some(handle) = place.and_then(|place| self.list.get(place as usize)) {
            return Ok(*handle);
        }
        self.list.reserve(1)?;
        let handle = Box::new(nghttp2_stream { session, id }, self.list.mem().clone())?;
        self.by_id.insert(id.get() as u32, self.list.len() as u32)?;
        let handle = handle.into_raw();
        self.list.push(handle)?;
        Ok(handle)
    }

    /// Frees the objects of streams that are over, once they have become many.
    fn sweep(&mut self, engine: &Session) -> Result<()> {
        if self.list.len() < self.sweep_at {
            return Ok(());
        }
        let mut by_id = self.by_id.another();
        let mut kept = Vec::new(self.list.mem().clone());
        kept.reserve_total(self.list.len())?;
        for handle in &self.list {
            // SAFETY: the object is alive as long as it is in the list.
            let id = unsafe { handle.as_ref() }.id;
            if engine.has_stream(id) {
                by_id.insert(id.get() as u32, kept.len() as u32)?;
                kept.push(*handle)?;
            }
        }
        // Nothing can fail any more.
        for handle in &self.list {
            // SAFETY: as above.
            if !engine.has_stream(unsafe { handle.as_ref() }.id) {
                self.free(*handle);
            }
        }
        self.sweep_at = kept.len().saturating_mul(2).max(SMALLEST_SWEEP);
        (self.by_id, self.list) = (by_id, kept);
        Ok(())
    }

    fn free(&self, handle: NonNull<nghttp2_stream>) {
        // SAFETY: the object was made with this memory, and is not in any list any more.
        drop(unsafe { Box::from_raw(handle, self.list.mem().clone()) });
    }
}

impl Drop for Handles {
    fn drop(&mut self) {
        for handle in &self.list {
            self.free(*handle);
        }
    }
}

/// The object of a stream or of the root; NULL if there is no stream, or no memory for its object.
///
/// # Safety
/// The pointer is a session's.
unsafe fn find(session: *mut nghttp2_session, id: StreamId) -> *mut nghttp2_stream {
    // SAFETY: the caller vouches for the pointer; the handles are another field than the engine.
    unsafe {
        if id.is_connection() {
            let root = &raw mut (*session).handles.root;
            (*root).session = session;
            return root;
        }
        with(session, |engine| {
            if !engine.has_stream(id) {
                return ptr::null_mut();
            }
            let handles = &mut (*session).handles;
            let handle = handles.sweep(engine).and_then(|()| handles.get(session, id));
            handle.map_or(ptr::null_mut(), NonNull::as_ptr)
        })
    }
}

/// Asks the engine about a stream.
///
/// # Safety
/// The pointer is a stream object's.
unsafe fn ask<R>(
    stream: *mut nghttp2_stream,
    question: impl FnOnce(&mut Session, StreamId) -> R,
) -> R {
    // SAFETY: the caller vouches for the pointer, and the session lives longer than its objects.
    unsafe {
        let (session, id) = ((*stream).session, (*stream).id);
        with(session, |engine| question(engine, id))
    }
}

/// The object of another stream that the engine names.
///
/// # Safety
/// The pointer is a stream object's.
unsafe fn relative(
    stream: *mut nghttp2_stream,
    question: impl FnOnce(&mut Session, StreamId) -> Option<StreamId>,
) -> *mut nghttp2_stream {
    // SAFETY: the caller vouches for the pointer.
    unsafe {
        let session = (*stream).session;
        match ask(stream, question) {
            Some(id) => find(session, id),
            None => ptr::null_mut(),
        }
    }
}

/// Returns the object of the stream stream_id, which may be idle; that of the dependency tree's
/// root if it is 0; or NULL if there is no such stream, or no memory for its object. It belongs to
/// the session, and is valid until the stream is over.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_find_stream(
    session: *mut nghttp2_session,
    stream_id: i32,
) -> *mut nghttp2_stream {
    // SAFETY: the pointer is a session's.
    unsafe { find(session, StreamId::new(stream_id)) }
}

/// Returns the state of a stream (RFC 9113 section 5.1). That of the root is
/// ::NGHTTP2_STREAM_STATE_IDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_stream_get_state(
    stream: *mut nghttp2_stream,
) -> nghttp2_stream_proto_state {
    // SAFETY: the pointer is a stream object's.
    unsafe { ask(stream, |engine, id| engine.stream_state(id)) as nghttp2_stream_proto_state }
}

/// Returns the root of the dependency tree (RFC 7540 section 5.3.1).
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_root_stream(
    session: *mut nghttp2_session,
) -> *mut nghttp2_stream {
    // SAFETY: the pointer is a session's.
    unsafe { find(session, StreamId::CONNECTION) }
}

/// Returns the stream that a stream depends on; NULL for the root, and for streams outside the tree.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_stream_get_parent(
    stream: *mut nghttp2_stream,
) -> *mut nghttp2_stream {
    // SAFETY: the pointer is a stream object's.
    unsafe { relative(stream, |engine, id| engine.parent(id)) }
}

/// Returns the id of a stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_stream_get_stream_id(stream: *mut nghttp2_stream) -> i32 {
    // SAFETY: the pointer is a stream object's.
    unsafe { (*stream).id.get() }
}

/// Returns the next one of the streams that depend on the same; NULL if it is the last.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_stream_get_next_sibling(
    stream: *mut nghttp2_stream,
) -> *mut nghttp2_stream {
    // SAFETY: the pointer is a stream object's.
    unsafe { relative(stream, |engine, id| engine.next_sibling(id)) }
}

/// Returns the previous one of the streams that depend on the same; NULL if it is the first.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_stream_get_previous_sibling(
    stream: *mut nghttp2_stream,
) -> *mut nghttp2_stream {
    // SAFETY: the pointer is a stream object's.
    unsafe { relative(stream, |engine, id| engine.previous_sibling(id)) }
}

/// Returns the first one of the streams that depend on a stream; NULL if there is none.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_stream_get_first_child(
    stream: *mut nghttp2_stream,
) -> *mut nghttp2_stream {
    // SAFETY: the pointer is a stream object's.
    unsafe { relative(stream, |engine, id| engine.first_child(id)) }
}

/// Returns the weight of a stream, ::NGHTTP2_MIN_WEIGHT to ::NGHTTP2_MAX_WEIGHT.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_stream_get_weight(stream: *mut nghttp2_stream) -> i32 {
    // SAFETY: the pointer is a stream object's.
    unsafe { ask(stream, |engine, id| engine.weight(id)).unwrap_or(NGHTTP2_DEFAULT_WEIGHT) }
}

/// Returns the sum of the weights of the streams that depend on a stream.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_stream_get_sum_dependency_weight(
    stream: *mut nghttp2_stream,
) -> i32 {
    // SAFETY: the pointer is a stream object's.
    unsafe { ask(stream, |engine, id| engine.weight_of_children(id)).unwrap_or(0) }
}
