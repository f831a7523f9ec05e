//! What programs want to know about a session, and the words it keeps for them.

use core::ffi::{c_int, c_void};
use core::ptr;

use nghttp2_engine::frame::{SettingId, StreamId};
use nghttp2_engine::session::{Opaque, Role};

use crate::door::{status, with};
use crate::session::nghttp2_session;
use crate::types::nghttp2_settings_id;

/// A number, or -1 for a stream that is not there.
fn or_none(number: Option<i32>) -> i32 {
    number.unwrap_or(-1)
}

/// Returns nonzero if received octets should be passed to the session: while streams are open, and
/// otherwise until GOAWAY was sent or received. It does not hold after
/// nghttp2_session_terminate_session() once its GOAWAY was sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_want_read(session: *mut nghttp2_session) -> c_int {
    // SAFETY: the pointer is a session's.
    c_int::from(unsafe { with(session, |engine| engine.want_read()) })
}

/// Returns nonzero if there is something to send. Data that is deferred, or blocked by a window,
/// does not count, nor do requests that wait because of how many streams the peer allows. It may
/// hold until sending has been tried once more, though all octets have gone out. When neither this
/// nor nghttp2_session_want_read() holds, the connection can be closed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_want_write(session: *mut nghttp2_session) -> c_int {
    // SAFETY: the pointer is a session's.
    c_int::from(unsafe { with(session, |engine| engine.want_write()) })
}

/// Returns the pointer that was stored for stream_id; NULL if there is none, or no such stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_stream_user_data(
    session: *mut nghttp2_session,
    stream_id: i32,
) -> *mut c_void {
    // SAFETY: the pointer is a session's.
    let word = unsafe { with(session, |engine| engine.stream_user_data(StreamId::new(stream_id))) };
    ptr::with_exposed_provenance_mut(word.unwrap_or_default().0)
}

/// Stores the pointer stream_user_data for stream_id, also if that is a request which waits to be
/// sent. It replaces what was stored before; the library never looks at what it points to.
///
/// Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_set_stream_user_data(
    session: *mut nghttp2_session,
    stream_id: i32,
    stream_user_data: *mut c_void,
) -> c_int {
    let (id, word) = (StreamId::new(stream_id), Opaque(stream_user_data.expose_provenance()));
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.set_stream_user_data(id, word)) })
}

/// Sets user_data, the pointer that is handed to all callbacks from now on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_set_user_data(
    session: *mut nghttp2_session,
    user_data: *mut c_void,
) {
    // SAFETY: the pointer is a session's.
    unsafe { (*session).user_data = user_data };
}

/// Returns how many frames wait to be sent. DATA does not count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_outbound_queue_size(
    session: *mut nghttp2_session,
) -> usize {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.outbound_queue_len()) }
}

/// Returns how many octets of DATA were received on stream_id and not given back to its window yet;
/// -1 if there is no such stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_stream_effective_recv_data_length(
    session: *mut nghttp2_session,
    stream_id: i32,
) -> i32 {
    // SAFETY: the pointer is a session's.
    or_none(unsafe { with(session, |engine| engine.stream_received(StreamId::new(stream_id))) })
}

/// Returns the size of the window of stream_id for what the peer sends, as last set by SETTINGS,
/// nghttp2_submit_window_update() and nghttp2_session_set_local_window_size(); -1 if there is no
/// such stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_stream_effective_local_window_size(
    session: *mut nghttp2_session,
    stream_id: i32,
) -> i32 {
    // SAFETY: the pointer is a session's.
    or_none(unsafe { with(session, |engine| engine.stream_window_size(StreamId::new(stream_id))) })
}

/// Returns how many octets the peer may still send on stream_id, 0 at least; -1 if there is no such
/// stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_stream_local_window_size(
    session: *mut nghttp2_session,
    stream_id: i32,
) -> i32 {
    // SAFETY: the pointer is a session's.
    or_none(unsafe { with(session, |engine| engine.stream_recv_window(StreamId::new(stream_id))) })
}

/// Returns how many octets of DATA were received on the connection and not given back to its window yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_effective_recv_data_length(
    session: *mut nghttp2_session,
) -> i32 {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.received()) }
}

/// Returns the size of the connection's window for what the peer sends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_effective_local_window_size(
    session: *mut nghttp2_session,
) -> i32 {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.window_size()) }
}

/// Returns how many octets the peer may still send on the connection. It is negative if the window
/// was made smaller than what has been received already.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_local_window_size(
    session: *mut nghttp2_session,
) -> i32 {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.recv_window()) }
}

/// Returns how many octets we may still send on stream_id, 0 at least, the connection's window
/// aside; -1 if there is no such stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_stream_remote_window_size(
    session: *mut nghttp2_session,
    stream_id: i32,
) -> i32 {
    // SAFETY: the pointer is a session's.
    or_none(unsafe { with(session, |engine| engine.stream_send_window(StreamId::new(stream_id))) })
}

/// Returns how many octets we may still send on the connection.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_remote_window_size(
    session: *mut nghttp2_session,
) -> i32 {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.send_window()) }
}

/// Returns 1 if we have said all on stream_id, 0 if not, and -1 if there is no such stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_stream_local_close(
    session: *mut nghttp2_session,
    stream_id: i32,
) -> c_int {
    // SAFETY: the pointer is a session's.
    let closed =
        unsafe { with(session, |engine| engine.is_local_closed(StreamId::new(stream_id))) };
    or_none(closed.map(i32::from))
}

/// Returns 1 if the peer has said all on stream_id, 0 if not, and -1 if there is no such stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_stream_remote_close(
    session: *mut nghttp2_session,
    stream_id: i32,
) -> c_int {
    // SAFETY: the pointer is a session's.
    let closed =
        unsafe { with(session, |engine| engine.is_remote_closed(StreamId::new(stream_id))) };
    or_none(closed.map(i32::from))
}

/// Returns how many octets the table for decompressing received fields holds (RFC 7541 section 4.1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_hd_inflate_dynamic_table_size(
    session: *mut nghttp2_session,
) -> usize {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.decoder_table_size()) }
}

/// Returns how many octets the table for compressing sent fields holds (RFC 7541 section 4.1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_hd_deflate_dynamic_table_size(
    session: *mut nghttp2_session,
) -> usize {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.encoder_table_size()) }
}

/// Returns the parameter `id` of the peer's; before its SETTINGS have come, what is assumed (RFC
/// 9113 section 6.5.2). 0 for one that is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_remote_settings(
    session: *mut nghttp2_session,
    id: nghttp2_settings_id,
) -> u32 {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.remote_setting(SettingId(id as i32))) }.unwrap_or(0)
}

/// Returns the parameter `id` of ours, as the peer has acknowledged it last. 0 for one that is not
/// known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_local_settings(
    session: *mut nghttp2_session,
    id: nghttp2_settings_id,
) -> u32 {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.local_setting(SettingId(id as i32))) }.unwrap_or(0)
}

/// Sets the id that our next stream gets to next_stream_id, which must be odd for a client and even
/// for a server. Ids only go up.
///
/// Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if it is smaller than what is next, or not for us.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_set_next_stream_id(
    session: *mut nghttp2_session,
    next_stream_id: i32,
) -> c_int {
    let id = StreamId::new(next_stream_id);
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.set_next_stream_id(id)) })
}

/// Returns the id that our next stream gets. Above 2^31 - 1 there will be none (RFC 9113 section
/// 5.1.1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_next_stream_id(session: *mut nghttp2_session) -> u32 {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.next_stream_id()) }
}

/// Returns the id of the last stream of the peer's that callbacks were told about; 0 if there was
/// none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_last_proc_stream_id(
    session: *mut nghttp2_session,
) -> i32 {
    // SAFETY: the pointer is a session's.
    unsafe { with(session, |engine| engine.last_processed_stream_id()) }.get()
}

/// Returns nonzero if a client may submit a request that can be sent: it has ids left, GOAWAY was
/// not received, and the session is not about to end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_check_request_allowed(
    session: *mut nghttp2_session,
) -> c_int {
    // SAFETY: the pointer is a session's.
    c_int::from(unsafe { with(session, |engine| engine.may_request()) })
}

/// Returns nonzero for the server's end of a connection.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_check_server_session(
    session: *mut nghttp2_session,
) -> c_int {
    // SAFETY: the pointer is a session's.
    c_int::from(unsafe { with(session, |engine| engine.role() == Role::Server) })
}
