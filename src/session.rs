//! Sessions: making, deleting, terminating, upgrading.

use core::ffi::{c_int, c_void};
use core::ptr::NonNull;

use nghttp2_engine::error::{ErrorCode, Result};
use nghttp2_engine::frame::StreamId;
use nghttp2_engine::mem::Box;
use nghttp2_engine::session::{Config, Opaque, Role, Session, UpgradedRequest};

use crate::callback_table::nghttp2_session_callbacks;
use crate::callbacks::nghttp2_rand_callback;
use crate::door::{array, mem, status, with};
use crate::options::nghttp2_option;
use crate::receive;
use crate::stream::Handles;
use crate::system::entropy;
use crate::types::nghttp2_mem;
use crate::view::View;

/// One end of an HTTP/2 connection.
///
/// A session does no I/O and starts no threads. One thread at a time may use it; a program with
/// several has to see to that. Pointers to it are not checked: they must come from a function like
/// nghttp2_session_client_new(), and not be used after nghttp2_session_del(). After an error for
/// which nghttp2_is_fatal() holds it can only be deleted.
// Only single fields of it are ever borrowed, and never while the program runs.
pub struct nghttp2_session {
    pub(crate) engine: Session,
    pub(crate) callbacks: nghttp2_session_callbacks,
    pub(crate) user_data: *mut c_void,
    /// The frame that receive callbacks see. There is one for each direction, because programs send
    /// from within them.
    pub(crate) received: View,
    /// The frame that send callbacks see.
    pub(crate) sent: View,
    /// Whether it is being sent from.
    pub(crate) is_sending: bool,
    pub(crate) handles: Handles,
}

/// Where the constructors' parameters come together.
///
/// # Safety
/// As the interface says about each pointer.
#[inline(never)] // once for all six
unsafe fn new(
    role: Role,
    session_ptr: *mut *mut nghttp2_session,
    callbacks: *const nghttp2_session_callbacks,
    user_data: *mut c_void,
    option: *const nghttp2_option,
    allocator: *const nghttp2_mem,
) -> Result<()> {
    // SAFETY: the program vouches for its pointers.
    let (mem, callbacks, option) = unsafe { (mem(allocator)?, *callbacks, option.as_ref()) };
    let config = option.map_or_else(Config::default, |option| option.config);
    // SAFETY: the program vouches for its function.
    let seed = unsafe { seed(callbacks.rand, session_ptr) };
    let session = Box::build(mem.clone(), || nghttp2_session {
        engine: Session::new(role, config, callbacks.interest(), seed, mem.clone()),
        callbacks,
        user_data,
        received: View::new(mem.clone()),
        sent: View::new(mem.clone()),
        is_sending: false,
        handles: Handles::new(seed, mem.clone()),
    });
    // SAFETY: the pointer is the program's, for this.
    unsafe { *session_ptr = session?.into_raw().as_ptr() };
    Ok(())
}

/// A number that peers cannot guess: from the program, or else from the system.
///
/// # Safety
/// The function is the program's.
unsafe fn seed(rand: nghttp2_rand_callback, salt: *mut *mut nghttp2_session) -> u64 {
    if let Some(rand) = rand {
        let mut octets = [0; 8];
        // SAFETY: the program vouches for it.
        unsafe { rand(octets.as_mut_ptr(), octets.len()) };
        return u64::from_ne_bytes(octets);
    }
    // If these are the same each time, sessions differ by where their pointers are stored.
    u64::from_ne_bytes(entropy())
        .wrapping_add(salt.addr() as u64)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Makes a session for the client's end, and stores it in session_ptr, which is left alone if that
/// fails. callbacks is copied, and must not be NULL. user_data is handed to all callbacks. Free the
/// session with nghttp2_session_del().
///
/// Nothing is sent by itself except ::NGHTTP2_CLIENT_MAGIC: the program must submit SETTINGS, with
/// nghttp2_submit_settings() (RFC 9113 section 3.4).
///
/// Returns 0 or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_client_new(
    session_ptr: *mut *mut nghttp2_session,
    callbacks: *const nghttp2_session_callbacks,
    user_data: *mut c_void,
) -> c_int {
    let (option, mem) = (core::ptr::null(), core::ptr::null());
    // SAFETY: the program vouches for its pointers.
    status(unsafe { new(Role::Client, session_ptr, callbacks, user_data, option, mem) })
}

/// Makes a session for the server's end; otherwise like nghttp2_session_client_new().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_server_new(
    session_ptr: *mut *mut nghttp2_session,
    callbacks: *const nghttp2_session_callbacks,
    user_data: *mut c_void,
) -> c_int {
    let (option, mem) = (core::ptr::null(), core::ptr::null());
    // SAFETY: the program vouches for its pointers.
    status(unsafe { new(Role::Server, session_ptr, callbacks, user_data, option, mem) })
}

/// Like nghttp2_session_client_new(), with options, which are copied. `option` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_client_new2(
    session_ptr: *mut *mut nghttp2_session,
    callbacks: *const nghttp2_session_callbacks,
    user_data: *mut c_void,
    option: *const nghttp2_option,
) -> c_int {
    let mem = core::ptr::null();
    // SAFETY: the program vouches for its pointers.
    status(unsafe { new(Role::Client, session_ptr, callbacks, user_data, option, mem) })
}

/// Like nghttp2_session_server_new(), with options, which are copied. `option` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_server_new2(
    session_ptr: *mut *mut nghttp2_session,
    callbacks: *const nghttp2_session_callbacks,
    user_data: *mut c_void,
    option: *const nghttp2_option,
) -> c_int {
    let mem = core::ptr::null();
    // SAFETY: the program vouches for its pointers.
    status(unsafe { new(Role::Server, session_ptr, callbacks, user_data, option, mem) })
}

/// Like nghttp2_session_client_new2(), with an allocator for everything that belongs to the
/// session. The structure is copied. `mem` may be NULL, for that of the C library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_client_new3(
    session_ptr: *mut *mut nghttp2_session,
    callbacks: *const nghttp2_session_callbacks,
    user_data: *mut c_void,
    option: *const nghttp2_option,
    mem: *mut nghttp2_mem,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe { new(Role::Client, session_ptr, callbacks, user_data, option, mem) })
}

/// Like nghttp2_session_server_new2(), with an allocator for everything that belongs to the
/// session. The structure is copied. `mem` may be NULL, for that of the C library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_server_new3(
    session_ptr: *mut *mut nghttp2_session,
    callbacks: *const nghttp2_session_callbacks,
    user_data: *mut c_void,
    option: *const nghttp2_option,
    mem: *mut nghttp2_mem,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe { new(Role::Server, session_ptr, callbacks, user_data, option, mem) })
}

/// Deletes a session. NULL is allowed. No callback is called, whatever is still open. It must not be
/// called from a callback of the session.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_del(session: *mut nghttp2_session) {
    let Some(object) = NonNull::new(session) else { return };
    // SAFETY: a constructor made it so, with that memory.
    drop(unsafe {
        let mem = with(session, |engine| engine.mem().clone());
        Box::from_raw(object, mem)
    });
}

/// Ends the session: received octets are ignored from now on, GOAWAY with error_code, of
/// ::nghttp2_error_code or any other, is sent (RFC 9113 section 6.8), and after it nothing. Then
/// neither nghttp2_session_want_read() nor nghttp2_session_want_write() holds. A second call does
/// nothing.
///
/// Returns 0 or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_terminate_session(
    session: *mut nghttp2_session,
    error_code: u32,
) -> c_int {
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.terminate_session(ErrorCode(error_code))) })
}

/// Like nghttp2_session_terminate_session(), with last_stream_id, the last stream of the peer that
/// was, or may have been, acted upon.
///
/// Returns 0, ::NGHTTP2_ERR_NOMEM, or ::NGHTTP2_ERR_INVALID_ARGUMENT if the id is one of ours.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_terminate_session2(
    session: *mut nghttp2_session,
    last_stream_id: i32,
    error_code: u32,
) -> c_int {
    let (last, code) = (StreamId::new(last_stream_id), ErrorCode(error_code));
    // SAFETY: the pointer is a session's.
    status(unsafe { with(session, |engine| engine.terminate_session_after(last, code)) })
}

/// Like nghttp2_session_upgrade2(), for programs that do not say whether the request was HEAD. The
/// length of the response's content is not checked then.
///
/// @deprecated Use nghttp2_session_upgrade2().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_upgrade(
    session: *mut nghttp2_session,
    settings_payload: *const u8,
    settings_payloadlen: usize,
    stream_user_data: *mut c_void,
) -> c_int {
    let request = UpgradedRequest::Unknown;
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        upgrade(session, array(settings_payload, settings_payloadlen), request, stream_user_data)
    })
}

/// Says that the connection has just been upgraded from HTTP/1.1 (RFC 7540 section 3.2).
/// settings_payload, of settings_payloadlen octets, is the value of HTTP2-Settings, decoded from
/// base64url; head_request is nonzero if the request was HEAD. The request is on stream 1 then, for
/// which a client stores stream_user_data. Client magic and SETTINGS must still be exchanged.
///
/// Returns 0; ::NGHTTP2_ERR_PROTO if the session has been used already;
/// ::NGHTTP2_ERR_INVALID_ARGUMENT if the payload is malformed; ::NGHTTP2_ERR_TOO_MANY_SETTINGS;
/// ::NGHTTP2_ERR_CALLBACK_FAILURE; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_upgrade2(
    session: *mut nghttp2_session,
    settings_payload: *const u8,
    settings_payloadlen: usize,
    head_request: c_int,
    stream_user_data: *mut c_void,
) -> c_int {
    let request = if head_request == 0 { UpgradedRequest::Other } else { UpgradedRequest::Head };
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        upgrade(session, array(settings_payload, settings_payloadlen), request, stream_user_data)
    })
}

/// # Safety
/// The pointer is a session's.
unsafe fn upgrade(
    session: *mut nghttp2_session,
    payload: &[u8],
    request: UpgradedRequest,
    user_data: *mut c_void,
) -> Result<()> {
    // SAFETY: the caller vouches for the pointer.
    unsafe {
        let user_data = Opaque(user_data.expose_provenance());
        let role = with(session, |engine| {
            engine.upgrade(payload, request, user_data).map(|()| engine.role())
        })?;
        if role == Role::Client {
            return Ok(());
        }
        // The program is told about the parameters, maybe in the middle of another frame.
        let view = &raw mut (*session).received;
        let interrupted = *View::frame(view);
        receive::pump(session, &mut &[][..])?;
        *View::frame(view) = interrupted;
        Ok(())
    }
}
