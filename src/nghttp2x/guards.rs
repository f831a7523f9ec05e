//! Options for the limits that nobody but this library has.

use nghttp2_engine::session::{Config, Rate};

use crate::options::{nghttp2_option, set};

/// A rate as C has it: without a burst there is no limit.
fn rate(burst: u64, rate: u64) -> Rate {
    if burst == 0 { Rate::UNLIMITED } else { Rate { burst, per_second: rate } }
}

/// A limit as C has it: 0 is none.
fn limit(val: usize) -> usize {
    if val == 0 { usize::MAX } else { val }
}

/// Limits how much one header block may come to that the peer sends: to `octets` in all, where each
/// field counts for its name, its value and 32 octets more (RFC 9113 section 10.5.1), and to so
/// many `fields`. Where the session has sent NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE and the peer has
/// acknowledged it, that holds in place of `octets`.
///
/// Once a block goes beyond, no more of its fields are told, and its stream is reset with
/// NGHTTP2_ENHANCE_YOUR_CALM; ::nghttp2_on_invalid_frame_recv_callback gets
/// ::NGHTTP2_ERR_HTTP_MESSAGING, and a glitch is counted. Beyond four times as much the session is
/// terminated with NGHTTP2_ENHANCE_YOUR_CALM.
///
/// Default: 1,048,576 octets and 8,192 fields. 0 stands for no limit; as `octets` also in place of
/// the one that was sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_option_set_max_header_list(
    option: *mut nghttp2_option,
    octets: usize,
    fields: usize,
) {
    let change = |config: &mut Config| {
        config.max_header_list = limit(octets);
        config.max_header_fields = limit(fields);
    };
    // SAFETY: the pointer is a set's.
    unsafe { set(option, change) };
}

/// Limits for how many streams the peer may make the library queue RST_STREAM: `burst` at once, and
/// `rate` more each second. Beyond, the session is terminated with NGHTTP2_ENHANCE_YOUR_CALM. What
/// the program resets with nghttp2_submit_rst_stream() does not count; what it rejects from a
/// callback does.
///
/// Default: 1,000 and 33. A `burst` of 0 stands for no limit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_option_set_own_reset_rate_limit(
    option: *mut nghttp2_option,
    burst: u64,
    rate: u64,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.own_resets = self::rate(burst, rate)) };
}

/// Limits how many PING and SETTINGS frames the peer may send, acknowledgements apart: `burst` at
/// once, and `rate` more each second. Receivers measure the connection by PING: each DATA frame
/// that was sent, and each 256 octets of it, allow for one more, counted as by
/// nghttp2x_option_set_max_window_updates(). Each frame beyond is a glitch
/// (nghttp2_option_set_glitch_rate_limit()).
///
/// Default: 1,000 and 100. A `burst` of 0 stands for no limit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_option_set_control_frame_rate_limit(
    option: *mut nghttp2_option,
    burst: u64,
    rate: u64,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.control_frames = self::rate(burst, rate)) };
}

/// Limits how many octets the payloads of DATA may be short of 256 in all: `burst` at once, and
/// `rate` more each second. The longer frames make up for it with what they have more. Of each
/// stream the first short frame does not count, nor does the last frame. Each frame beyond is a
/// glitch (nghttp2_option_set_glitch_rate_limit()). An empty one that does not end its stream
/// always is.
///
/// Default: 2,560,000 both, which is about ten thousand frames of one octet. A `burst` of 0 stands
/// for no limit. Programs that take more small messages than that each second, from one connection,
/// should raise it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_option_set_short_data_rate_limit(
    option: *mut nghttp2_option,
    burst: u64,
    rate: u64,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.short_data = self::rate(burst, rate)) };
}

/// Lets val WINDOW_UPDATE frames for the connection come more than one for each DATA frame that was
/// sent, and for each 256 octets of it. A frame that a window has cut short counts by its octets
/// only. Each update beyond is a glitch (nghttp2_option_set_glitch_rate_limit()).
///
/// Default: 1,000. 0 stands for no limit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_option_set_max_window_updates(
    option: *mut nghttp2_option,
    val: usize,
) {
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.window_updates = limit(val) as u64) };
}

/// Lets a stream of a client have val interim responses (RFC 9110 section 15.2). With the next one
/// the stream is reset with NGHTTP2_ENHANCE_YOUR_CALM; ::nghttp2_on_invalid_frame_recv_callback
/// gets ::NGHTTP2_ERR_HTTP_MESSAGING, and a glitch is counted. Nothing is limited with
/// nghttp2_option_set_no_http_messaging().
///
/// Default: 100. 0 stands for no limit, and so does what is above 65,534.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_option_set_max_interim_responses(
    option: *mut nghttp2_option,
    val: usize,
) {
    let val = u16::try_from(limit(val)).unwrap_or(u16::MAX);
    // SAFETY: the pointer is a set's.
    unsafe { set(option, |config| config.max_interim_responses = val) };
}
