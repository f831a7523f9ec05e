//! What programs ask for besides messages: parameters, PING, windows, GOAWAY, extensions.

use core::ffi::{c_int, c_void};

use nghttp2_engine::error::ErrorCode;
use nghttp2_engine::frame::{Flags, Kind, Setting, StreamId};

use crate::door::{array, status, with};
use crate::session::nghttp2_session;
use crate::types::{nghttp2_flag_e, nghttp2_origin_entry, nghttp2_settings_entry};

/// Parameters from C.
///
/// # Safety
/// As for [`array`].
pub(crate) unsafe fn settings<'a>(iv: *const nghttp2_settings_entry, niv: usize) -> &'a [Setting] {
    const {
        assert!(size_of::<nghttp2_settings_entry>() == size_of::<Setting>());
        assert!(align_of::<nghttp2_settings_entry>() == align_of::<Setting>());
    }
    // SAFETY: the two have the same members in the same order.
    unsafe { array(iv.cast(), niv) }
}

/// Queues SETTINGS with niv parameters in iv, which are copied (RFC 9113 section 6.5). Most come
/// into force when the peer has acknowledged them. Acknowledgements of the peer's are sent by the
/// library. `flags` is ignored.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT for a value that is not allowed, or if
/// NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES differs from what was said first; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_settings(
    session: *mut nghttp2_session,
    flags: u8,
    iv: *const nghttp2_settings_entry,
    niv: usize,
) -> c_int {
    let _ = flags;
    // SAFETY: the program vouches for its pointers.
    status(unsafe { with(session, |engine| engine.submit_settings(settings(iv, niv))) })
}

/// Queues PING with 8 octets of opaque_data, which are copied, or zeros if that is NULL (RFC 9113
/// section 6.7). With ::NGHTTP2_FLAG_ACK in `flags` it is an answer, for programs that have set
/// nghttp2_option_set_no_auto_ping_ack().
///
/// Returns 0; ::NGHTTP2_ERR_FLOODED if too many answers wait; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_ping(
    session: *mut nghttp2_session,
    flags: u8,
    opaque_data: *const u8,
) -> c_int {
    let ack = flags & nghttp2_flag_e::NGHTTP2_FLAG_END_STREAM as u8 != 0;
    // SAFETY: the program vouches for its pointers: there are 8 octets, or it is NULL.
    status(unsafe {
        let opaque = opaque_data.cast::<[u8; 8]>().as_ref().copied().unwrap_or_default();
        with(session, |engine| engine.submit_ping(ack, opaque))
    })
}

/// Queues GOAWAY with error_code and opaque_data_len octets of opaque_data, which are copied (RFC
/// 9113 section 6.8). Streams of the peer up to last_stream_id go on; later ones are closed, and
/// new ones ignored, when it was sent. `flags` is ignored. After
/// nghttp2_session_terminate_session() nothing is queued, and the result is 0.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if last_stream_id is one of ours, or the frame would
/// be too long; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_goaway(
    session: *mut nghttp2_session,
    flags: u8,
    last_stream_id: i32,
    error_code: u32,
    opaque_data: *const u8,
    opaque_data_len: usize,
) -> c_int {
    let _ = flags;
    let (last, code) = (StreamId::new(last_stream_id), ErrorCode(error_code));
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        let debug = array(opaque_data, opaque_data_len);
        with(session, |engine| engine.submit_goaway(last, code, debug))
    })
}

/// Queues a GOAWAY that announces another one (RFC 9113 section 6.8): the client should make no new
/// requests, but those on their way are still served. After a while, submit the other one with
/// nghttp2_submit_goaway(). Does nothing if any GOAWAY was submitted, sent or received before.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_shutdown_notice(session: *mut nghttp2_session) -> c_int {
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.submit_shutdown_notice()) })
}

/// Gives the peer window_size_increment octets on stream_id, or on the connection if that is 0,
/// with WINDOW_UPDATE (RFC 9113 section 6.9). A negative number takes so many away, by withholding
/// later updates. 0, and streams that are not there, are ignored, as is `flags`.
///
/// Returns 0; ::NGHTTP2_ERR_FLOW_CONTROL if the window would become too large or too small; or
/// ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_window_update(
    session: *mut nghttp2_session,
    flags: u8,
    stream_id: i32,
    window_size_increment: i32,
) -> c_int {
    let _ = flags;
    let id = StreamId::new(stream_id);
    // SAFETY: the pointer is a session's.
    status(unsafe {
        with(session, |engine| engine.submit_window_update(id, window_size_increment))
    })
}

/// Makes window_size octets the size of the window for what the peer sends on stream_id, or on the
/// connection if that is 0. A larger one is announced with WINDOW_UPDATE, a smaller one is brought
/// about by withholding updates. Streams that are not there are ignored, as is `flags`.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if window_size is negative; ::NGHTTP2_ERR_FLOW_CONTROL
/// if what is left of the window would leave its range; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_set_local_window_size(
    session: *mut nghttp2_session,
    flags: u8,
    stream_id: i32,
    window_size: i32,
) -> c_int {
    let _ = flags;
    let id = StreamId::new(stream_id);
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.set_local_window_size(id, window_size)) })
}

/// Says that `size` octets of the data on stream_id have been consumed, for sessions made with
/// nghttp2_option_set_no_auto_window_update(). Windows are updated when half of them has been
/// consumed. For a stream that is over, the connection's window gets its part all the same.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0; ::NGHTTP2_ERR_INVALID_STATE without
/// that option; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_consume(
    session: *mut nghttp2_session,
    stream_id: i32,
    size: usize,
) -> c_int {
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.consume(StreamId::new(stream_id), size)) })
}

/// Like nghttp2_session_consume(), for the connection's window only.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_STATE without the option; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_consume_connection(
    session: *mut nghttp2_session,
    size: usize,
) -> c_int {
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.consume_connection(size)) })
}

/// Like nghttp2_session_consume(), for the stream's window only. A stream that is over is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_consume_stream(
    session: *mut nghttp2_session,
    stream_id: i32,
    size: usize,
) -> c_int {
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.consume_stream(StreamId::new(stream_id), size)) })
}

/// Queues a frame of a `type` above 9, with these `flags`, on stream_id.
/// ::nghttp2_pack_extension_callback2 writes its payload; there it finds `payload`, which is not
/// copied, in frame->ext.payload.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT for another type; ::NGHTTP2_ERR_INVALID_STATE without
/// that callback; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_extension(
    session: *mut nghttp2_session,
    r#type: u8,
    flags: u8,
    stream_id: i32,
    payload: *mut c_void,
) -> c_int {
    let (kind, flags, id) = (Kind(r#type), Flags(flags), StreamId::new(stream_id));
    let payload = payload.expose_provenance();
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.submit_extension(kind, flags, id, payload)) })
}

/// Queues ALTSVC (RFC 7838 section 4) from a server: with stream_id 0 for `origin`, which has
/// origin_len octets; on another stream for the origin of that stream, and then with an empty one.
/// field_value, of field_value_len octets, is the value of Alt-Svc. Both texts are copied. `flags`
/// is ignored.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; ::NGHTTP2_ERR_INVALID_ARGUMENT if the frame
/// would be too long, or stream and origin do not fit; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_altsvc(
    session: *mut nghttp2_session,
    flags: u8,
    stream_id: i32,
    origin: *const u8,
    origin_len: usize,
    field_value: *const u8,
    field_value_len: usize,
) -> c_int {
    let _ = flags;
    let id = StreamId::new(stream_id);
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        let (origin, value) = (array(origin, origin_len), array(field_value, field_value_len));
        with(session, |engine| engine.submit_altsvc(id, origin, value))
    })
}

/// Queues ORIGIN (RFC 8336 section 2) from a server, with nov origins in ov, which are copied.
/// `flags` is ignored.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; ::NGHTTP2_ERR_INVALID_ARGUMENT if the frame
/// would be too long; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_origin(
    session: *mut nghttp2_session,
    flags: u8,
    ov: *const nghttp2_origin_entry,
    nov: usize,
) -> c_int {
    let _ = flags;
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        let origins = array(ov, nov).iter().map(|entry| array(entry.origin, entry.origin_len));
        with(session, |engine| engine.submit_origin(origins))
    })
}

/// Queues PRIORITY_UPDATE (RFC 9218 section 7.1) from a client, with field_value, a value of
/// field_value_len octets for the Priority field of the request on stream_id, which is copied and
/// not checked. Does nothing if the server uses the priorities of RFC 7540. `flags` is ignored.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a server; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id
/// is 0, or the frame would be too long; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_priority_update(
    session: *mut nghttp2_session,
    flags: u8,
    stream_id: i32,
    field_value: *const u8,
    field_value_len: usize,
) -> c_int {
    let _ = flags;
    let id = StreamId::new(stream_id);
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        let value = array(field_value, field_value_len);
        with(session, |engine| engine.submit_priority_update(id, value))
    })
}
