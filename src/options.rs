//! What a session is told at its creation (`nghttp2_option`).

use core::ffi::c_int;
use core::ptr::NonNull;

use nghttp2_engine::frame::Kind;
use nghttp2_engine::mem::{Box, Mem};
use nghttp2_engine::session::{Config, Rate};

use crate::door::status;

/// A set of options. Sessions copy it when they are created, so one set may serve for many. A later
/// call of the same function replaces what an earlier one has set, but for the types of extension
/// frames, which add up.
pub struct nghttp2_option {
    pub(crate) config: Config,
}

/// Makes a set of options, all at their defaults, and stores it in option_ptr. It is not made with
/// any session's allocator. Free it with nghttp2_option_del().
///
/// Returns 0 or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_new(option_ptr: *mut *mut nghttp2_option) -> c_int {
    let made = Box::new(nghttp2_option { config: Config::default() }, Mem::system());
    // SAFETY: the pointer is the program's, for this.
    status(made.map(|option| unsafe { *option_ptr = option.into_raw().as_ptr() }))
}

/// Frees a set of options. NULL is allowed. Sessions made with it are not concerned.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_del(option: *mut nghttp2_option) {
    if let Some(option) = NonNull::new(option) {
        // SAFETY: nghttp2_option_new() made it so.
        drop(unsafe { Box::from_raw(option, Mem::system()) });
    }
}

/// Changes one option.
///
/// # Safety
/// The pointer is a set's.
pub(crate) unsafe fn set(option: *mut nghttp2_option, change: impl FnOnce(&mut Config)) {
    // SAFETY: the caller vouches for it.
    change(unsafe { &mut (*option).config });
}

/// With a nonzero val, windows are not updated as data is received, but as the program says that it has
/// consumed it, with nghttp2_session_consume() and its like. Default: 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_no_auto_window_update(
    option: *mut nghttp2_option,
    val: c_int,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.manual_window_update = val != 0) };
}

/// Assumes that the peer allows val streams until its SETTINGS come. Default: 100.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_peer_max_concurrent_streams(
    option: *mut nghttp2_option,
    val: u32,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.peer_max_concurrent_streams = val) };
}

/// With a nonzero val, a server does not expect ::NGHTTP2_CLIENT_MAGIC, because the program has
/// taken it off the input. Default: 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_no_recv_client_magic(
    option: *mut nghttp2_option,
    val: c_int,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.expect_magic = val == 0) };
}

/// With a nonzero val, received messages are not held to the rules of HTTP (RFC 9113 section 8), for
/// protocols other than HTTP. Default: 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_no_http_messaging(
    option: *mut nghttp2_option,
    val: c_int,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.enforce_http = val == 0) };
}

/// Lets the server promise a client val streams without beginning the responses. Promises beyond
/// are answered with RST_STREAM. Default: 200.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_max_reserved_remote_streams(
    option: *mut nghttp2_option,
    val: u32,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.max_reserved_remote_streams = val) };
}

/// Adds a frame `type` that the program handles itself, through
/// ::nghttp2_unpack_extension_callback. Types below 10 are ignored. A type that the library could
/// handle is left to the program, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_user_recv_extension_type(
    option: *mut nghttp2_option,
    r#type: u8,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.user_extensions.insert(Kind(r#type))) };
}

/// Lets the library handle a frame `type`: ::NGHTTP2_ALTSVC, ::NGHTTP2_ORIGIN or
/// ::NGHTTP2_PRIORITY_UPDATE. Others are ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_builtin_recv_extension_type(
    option: *mut nghttp2_option,
    r#type: u8,
) {
    let enable = |config: &mut Config| match Kind(r#type) {
        Kind::ALTSVC => config.altsvc = true,
        Kind::ORIGIN => config.origin = true,
        Kind::PRIORITY_UPDATE => config.priority_update = true,
        _ => {}
    };
    // SAFETY: the pointer is a set's.
    unsafe { set(option, enable) };
}

/// With a nonzero val, the program answers PING itself, with nghttp2_submit_ping(). Default: 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_no_auto_ping_ack(
    option: *mut nghttp2_option,
    val: c_int,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.auto_ping_ack = val == 0) };
}

/// Lets a header block that is sent have val octets. An estimate from above is compared; a frame
/// beyond is not sent, with ::NGHTTP2_ERR_FRAME_SIZE_ERROR. Default: 65,536.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_max_send_header_block_length(
    option: *mut nghttp2_option,
    val: usize,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.max_send_header_block = val) };
}

/// Lets the table for compressing fields have val octets. Sizes above 4,096 are used only if the
/// peer allows them. Default: 4,096.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_max_deflate_dynamic_table_size(
    option: *mut nghttp2_option,
    val: usize,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.max_encoder_table = val) };
}

/// Has no effect: streams that are over are never kept, whatever val is.
///
/// @deprecated There is nothing to choose any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_no_closed_streams(
    option: *mut nghttp2_option,
    val: c_int,
) {
    let _ = (option, val);
}

/// Lets val acknowledgements of PING and SETTINGS wait to be sent. A peer that makes us queue more
/// is cut off with ::NGHTTP2_ERR_FLOODED; with 0, by the first. Default: 1,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_max_outbound_ack(
    option: *mut nghttp2_option,
    val: usize,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.max_outbound_ack = val) };
}

/// Lets a received SETTINGS frame have val entries. 0 is ignored. Default: 32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_max_settings(option: *mut nghttp2_option, val: usize) {
    if val > 0 {
        // SAFETY: the pointer is a set's.
        unsafe { set(option, |config| config.max_settings = val) };
    }
}

/// With a nonzero val, a server that has sent NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES uses the
/// priorities of RFC 7540 nevertheless if the client has not sent it. Default: 0.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_server_fallback_rfc7540_priorities(
    option: *mut nghttp2_option,
    val: c_int,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.fallback_rfc7540_priorities = val != 0) };
}

/// With a nonzero val, received field values may begin and end with blanks, which RFC 9113 section
/// 8.2.1 forbids. Default: 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(
    option: *mut nghttp2_option,
    val: c_int,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.trimmed_values = val == 0) };
}

/// Lets a server accept so many RST_STREAM frames: `burst` at once, and `rate` more each second.
/// Beyond, it sends GOAWAY and ignores new streams. Default: 1,000 and 33.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_stream_reset_rate_limit(
    option: *mut nghttp2_option,
    burst: u64,
    rate: u64,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.stream_resets = Rate { burst, per_second: rate }) };
}

/// Lets a header block need val CONTINUATION frames. A peer that uses more is cut off with
/// ::NGHTTP2_ERR_TOO_MANY_CONTINUATIONS. 0 allows none. Default: 8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_max_continuations(
    option: *mut nghttp2_option,
    val: usize,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.max_continuations = val) };
}

/// Lets the peer send so many suspicious frames: `burst` at once, and `rate` more each second.
/// Beyond, the session is terminated with NGHTTP2_ENHANCE_YOUR_CALM. Default: 10,000 and 330.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_glitch_rate_limit(
    option: *mut nghttp2_option,
    burst: u64,
    rate: u64,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.glitches = Rate { burst, per_second: rate }) };
}

/// Lets val frames wait to be sent that the library has queued only because of what the peer does:
/// RST_STREAM, and acknowledgements. A peer that makes us queue more is cut off with
/// ::NGHTTP2_ERR_FLOODED. Default: 5,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_option_set_max_outbound_queue_size(
    option: *mut nghttp2_option,
    val: usize,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.max_outbound_queue = val) };
}
