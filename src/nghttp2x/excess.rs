//! Which limit a peer ran into.

use core::ffi::{c_int, c_uint};

use nghttp2_engine::session::{Excess, Guard};

use crate::door::with;
use crate::session::nghttp2_session;

/// Limits that a peer can run into. Further ones may come in with later versions of the library; what a
/// number stands for never changes.
#[repr(C)]
pub enum nghttp2x_limit_e {
    /// None.
    NGHTTP2X_LIMIT_NONE = 0,
    /// nghttp2_option_set_stream_reset_rate_limit()
    NGHTTP2X_LIMIT_STREAM_RESETS = 1,
    /// nghttp2x_option_set_own_reset_rate_limit()
    NGHTTP2X_LIMIT_OWN_RESETS = 2,
    /// nghttp2_option_set_glitch_rate_limit()
    NGHTTP2X_LIMIT_GLITCHES = 3,
    /// nghttp2x_option_set_max_header_list(), or NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE: octets
    NGHTTP2X_LIMIT_HEADER_LIST = 4,
    /// nghttp2x_option_set_max_header_list(): fields
    NGHTTP2X_LIMIT_HEADER_FIELDS = 5,
    /// nghttp2x_option_set_max_interim_responses()
    NGHTTP2X_LIMIT_INTERIM_RESPONSES = 6,
    /// nghttp2_option_set_max_continuations()
    NGHTTP2X_LIMIT_CONTINUATIONS = 7,
    /// nghttp2_option_set_max_settings()
    NGHTTP2X_LIMIT_SETTINGS = 8,
    /// nghttp2_option_set_max_outbound_ack()
    NGHTTP2X_LIMIT_OUTBOUND_ACKS = 9,
    /// nghttp2_option_set_max_outbound_queue_size()
    NGHTTP2X_LIMIT_OUTBOUND_QUEUE = 10,
    /// nghttp2x_option_set_control_frame_rate_limit()
    NGHTTP2X_LIMIT_CONTROL_FRAMES = 11,
    /// nghttp2x_option_set_short_data_rate_limit()
    NGHTTP2X_LIMIT_SHORT_DATA = 12,
    /// nghttp2x_option_set_max_window_updates()
    NGHTTP2X_LIMIT_WINDOW_UPDATES = 13,
}

/// A limit, as an argument or field: any number.
pub type nghttp2x_limit = c_uint;

/// The limit that a peer ran into.
#[repr(C)]
pub struct nghttp2x_excess {
    /// Which one.
    pub limit: nghttp2x_limit,
    /// The stream that it is about; 0 is the connection.
    pub stream_id: i32,
    /// How much it allows; of a rate, the burst. In what the limit counts.
    pub value: u64,
    /// How much more it allows each second, if it is a rate; otherwise 0.
    pub rate: u64,
}

fn number(guard: Guard) -> nghttp2x_limit_e {
    use nghttp2x_limit_e::*;
    match guard {
        Guard::StreamResets => NGHTTP2X_LIMIT_STREAM_RESETS,
        Guard::OwnResets => NGHTTP2X_LIMIT_OWN_RESETS,
        Guard::Glitches => NGHTTP2X_LIMIT_GLITCHES,
        Guard::HeaderList => NGHTTP2X_LIMIT_HEADER_LIST,
        Guard::HeaderFields => NGHTTP2X_LIMIT_HEADER_FIELDS,
        Guard::InterimResponses => NGHTTP2X_LIMIT_INTERIM_RESPONSES,
        Guard::Continuations => NGHTTP2X_LIMIT_CONTINUATIONS,
        Guard::Settings => NGHTTP2X_LIMIT_SETTINGS,
        Guard::OutboundAcks => NGHTTP2X_LIMIT_OUTBOUND_ACKS,
        Guard::OutboundQueue => NGHTTP2X_LIMIT_OUTBOUND_QUEUE,
        Guard::ControlFrames => NGHTTP2X_LIMIT_CONTROL_FRAMES,
        Guard::ShortData => NGHTTP2X_LIMIT_SHORT_DATA,
        Guard::WindowUpdates => NGHTTP2X_LIMIT_WINDOW_UPDATES,
    }
}

impl From<Option<Excess>> for nghttp2x_excess {
    fn from(excess: Option<Excess>) -> nghttp2x_excess {
        let Some(Excess { guard, limit: value, per_second: rate, stream_id }) = excess else {
            let limit = nghttp2x_limit_e::NGHTTP2X_LIMIT_NONE as nghttp2x_limit;
            return nghttp2x_excess { limit, stream_id: 0, value: 0, rate: 0 };
        };
        let limit = number(guard) as nghttp2x_limit;
        nghttp2x_excess { limit, stream_id: stream_id.get(), value, rate }
    }
}

/// Says which limit the peer ran into last. Not each of them ends the session, but when the library
/// ends it because of one, this is it from then on. A frame that is beyond a rate whose excess
/// costs a glitch is noted as that, and if there was one glitch too many as
/// ::NGHTTP2X_LIMIT_GLITCHES.
///
/// It may be called until the session is deleted, also after a function has returned an error that
/// is fatal.
///
/// Returns 1; or 0 if the peer never ran into any, and ::NGHTTP2X_LIMIT_NONE in excess.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_session_get_excess(
    session: *mut nghttp2_session,
    excess: *mut nghttp2x_excess,
) -> c_int {
    // SAFETY: the pointer is a session's.
    let found = unsafe { with(session, |engine| engine.excess()) };
    // SAFETY: the pointer is the program's, for this.
    unsafe { excess.write(found.into()) };
    c_int::from(found.is_some())
}
