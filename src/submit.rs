//! What programs ask for: messages and their parts.
//!
//! None of these functions sends anything. Frames are queued; whether they may be sent is checked when
//! their turn comes, and told through `nghttp2_on_frame_not_send_callback` if not.

use core::ffi::{c_int, c_void};

use nghttp2_engine::error::{Error, ErrorCode};
use nghttp2_engine::frame::StreamId;
use nghttp2_engine::session::Opaque;

use crate::door::{fields, priority, source, status, stream_id as id_or_error, with};
use crate::session::nghttp2_session;
use crate::types::{
    nghttp2_data_provider, nghttp2_data_provider2, nghttp2_nv, nghttp2_priority_spec,
};

/// Whether frames end their stream.
const END_STREAM: u8 = crate::types::nghttp2_flag_e::NGHTTP2_FLAG_END_STREAM as u8;

/// Queues a request of nvlen fields in nva, which are copied (RFC 9113 section 8.3.1).
/// Pseudo-header fields come first; what the fields say is not checked. The content is read through
/// data_prd once the request was sent; NULL, or a provider without a function, stands for no
/// content. The provider is copied. The place in the dependency tree is pri_spec, or the default if
/// that is NULL. stream_user_data can be had through nghttp2_session_get_stream_user_data() as soon
/// as the request is being sent.
///
/// Requests beyond what the peer allows wait.
///
/// Returns the id of the stream; ::NGHTTP2_ERR_PROTO for a server; ::NGHTTP2_ERR_INVALID_ARGUMENT
/// if the stream depends on itself; ::NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE when all ids are spent;
/// or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_request2(
    session: *mut nghttp2_session,
    pri_spec: *const nghttp2_priority_spec,
    nva: *const nghttp2_nv,
    nvlen: usize,
    data_prd: *const nghttp2_data_provider2,
    stream_user_data: *mut c_void,
) -> i32 {
    // SAFETY: the program vouches for its pointers.
    id_or_error(unsafe {
        let (priority, fields, source) = (priority(pri_spec), fields(nva, nvlen), source(data_prd));
        let user_data = Opaque(stream_user_data.expose_provenance());
        with(session, |engine| engine.submit_request(priority, fields, source, user_data))
    })
}

/// Like nghttp2_submit_request2().
///
/// @deprecated Use nghttp2_submit_request2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_request(
    session: *mut nghttp2_session,
    pri_spec: *const nghttp2_priority_spec,
    nva: *const nghttp2_nv,
    nvlen: usize,
    data_prd: *const nghttp2_data_provider,
    stream_user_data: *mut c_void,
) -> i32 {
    let data_prd = data_prd.cast();
    // SAFETY: the program vouches for its pointers; the providers differ by name only.
    unsafe { nghttp2_submit_request2(session, pri_spec, nva, nvlen, data_prd, stream_user_data) }
}

/// Queues a response on stream_id, of nvlen fields in nva, which are copied (RFC 9113 section
/// 8.3.2). The content is read through data_prd once the response was sent; NULL, or a provider
/// without a function, stands for no content. The provider is copied. Whether there is such a
/// stream is found out when it is to be sent.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is not positive; ::NGHTTP2_ERR_PROTO for
/// a client; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_response2(
    session: *mut nghttp2_session,
    stream_id: i32,
    nva: *const nghttp2_nv,
    nvlen: usize,
    data_prd: *const nghttp2_data_provider2,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        let (id, fields, source) = (StreamId::new(stream_id), fields(nva, nvlen), source(data_prd));
        with(session, |engine| engine.submit_response(id, fields, source))
    })
}

/// Like nghttp2_submit_response2().
///
/// @deprecated Use nghttp2_submit_response2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_response(
    session: *mut nghttp2_session,
    stream_id: i32,
    nva: *const nghttp2_nv,
    nvlen: usize,
    data_prd: *const nghttp2_data_provider,
) -> c_int {
    // SAFETY: the program vouches for its pointers; the providers differ by name only.
    unsafe { nghttp2_submit_response2(session, stream_id, nva, nvlen, data_prd.cast()) }
}

/// Queues trailers of nvlen fields in nva, which are copied (RFC 9113 section 8.1). They end the
/// stream stream_id. Submit them from the read callback that sets ::NGHTTP2_DATA_FLAG_EOF and
/// ::NGHTTP2_DATA_FLAG_NO_END_STREAM, or later: earlier they cut the content off.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is not positive; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_trailer(
    session: *mut nghttp2_session,
    stream_id: i32,
    nva: *const nghttp2_nv,
    nvlen: usize,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        let (id, fields) = (StreamId::new(stream_id), fields(nva, nvlen));
        with(session, |engine| engine.submit_trailers(id, fields))
    })
}

/// Queues HEADERS of nvlen fields in nva, which are copied (RFC 9113 section 6.2). With stream_id
/// -1 they are a request, and content can be submitted with nghttp2_submit_data2() later; otherwise
/// an interim or final response, or trailers. Of `flags` only ::NGHTTP2_FLAG_END_STREAM counts.
/// pri_spec and stream_user_data are as for nghttp2_submit_request2().
///
/// Returns the id of the new stream, or 0 for one that is there; ::NGHTTP2_ERR_PROTO for a request
/// by a server; ::NGHTTP2_ERR_INVALID_ARGUMENT for another id that is not positive, or if the
/// stream depends on itself; ::NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE when all ids are spent; or
/// ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_headers(
    session: *mut nghttp2_session,
    flags: u8,
    stream_id: i32,
    pri_spec: *const nghttp2_priority_spec,
    nva: *const nghttp2_nv,
    nvlen: usize,
    stream_user_data: *mut c_void,
) -> i32 {
    let id = (stream_id != -1).then_some(StreamId::new(stream_id));
    let ends_stream = flags & END_STREAM != 0;
    // SAFETY: the program vouches for its pointers.
    let result = unsafe {
        let (priority, fields) = (priority(pri_spec), fields(nva, nvlen));
        let user_data = Opaque(stream_user_data.expose_provenance());
        with(session, |engine| engine.submit_headers(id, ends_stream, priority, fields, user_data))
    };
    match (id, result) {
        (Some(_), Ok(_)) => 0,
        (_, result) => id_or_error(result),
    }
}

/// Queues DATA for stream_id (RFC 9113 section 6.1), read through data_prd, which is copied.
/// `flags` may have ::NGHTTP2_FLAG_END_STREAM; then the end of the data ends the stream. Only one
/// provider serves a stream at a time.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0 or the provider has no function;
/// ::NGHTTP2_ERR_STREAM_CLOSED if there is no such stream; ::NGHTTP2_ERR_DATA_EXIST if it has a
/// provider; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_data2(
    session: *mut nghttp2_session,
    flags: u8,
    stream_id: i32,
    data_prd: *const nghttp2_data_provider2,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    let Some(source) = (unsafe { source(data_prd) }) else {
        return Error::InvalidArgument.number();
    };
    let (id, ends_stream) = (StreamId::new(stream_id), flags & END_STREAM != 0);
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.submit_data(id, ends_stream, source)) })
}

/// Like nghttp2_submit_data2().
///
/// @deprecated Use nghttp2_submit_data2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_data(
    session: *mut nghttp2_session,
    flags: u8,
    stream_id: i32,
    data_prd: *const nghttp2_data_provider,
) -> c_int {
    // SAFETY: the program vouches for its pointers; the providers differ by name only.
    unsafe { nghttp2_submit_data2(session, flags, stream_id, data_prd.cast()) }
}

/// Says that data for stream_id can be read again after a read callback has returned
/// ::NGHTTP2_ERR_DEFERRED.
///
/// Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if nothing was deferred.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_resume_data(
    session: *mut nghttp2_session,
    stream_id: i32,
) -> c_int {
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.resume_data(StreamId::new(stream_id))) })
}

/// Queues RST_STREAM with error_code for stream_id (RFC 9113 section 6.4). A request that was not
/// sent yet is taken back instead. For a stream that is over nothing is done. `flags` is ignored.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_rst_stream(
    session: *mut nghttp2_session,
    flags: u8,
    stream_id: i32,
    error_code: u32,
) -> c_int {
    let _ = flags;
    let (id, code) = (StreamId::new(stream_id), ErrorCode(error_code));
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.submit_rst_stream(id, code)) })
}

/// Queues PUSH_PROMISE for the request of nvlen fields in nva, which are copied, on the client's
/// stream stream_id (RFC 9113 section 8.4). promised_stream_user_data is stored for the promised
/// stream. The response is submitted with nghttp2_submit_response2() for the returned id. `flags`
/// is ignored.
///
/// Returns the id of the promised stream; ::NGHTTP2_ERR_PROTO for a client;
/// ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is not that of a client's stream;
/// ::NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE when all ids are spent; ::NGHTTP2_ERR_STREAM_CLOSED if
/// that stream is not there; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_push_promise(
    session: *mut nghttp2_session,
    flags: u8,
    stream_id: i32,
    nva: *const nghttp2_nv,
    nvlen: usize,
    promised_stream_user_data: *mut c_void,
) -> i32 {
    let _ = flags;
    // SAFETY: the program vouches for its pointers.
    id_or_error(unsafe {
        let (id, fields) = (StreamId::new(stream_id), fields(nva, nvlen));
        let user_data = Opaque(promised_stream_user_data.expose_provenance());
        with(session, |engine| engine.submit_push_promise(id, fields, user_data))
    })
}
