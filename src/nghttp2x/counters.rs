//! What has happened on a connection, in numbers.

use core::ptr;

use nghttp2_engine::session::Counters;

use crate::door::with;
use crate::session::nghttp2_session;

/// Counts since the session was made. Members may be added at the end with later versions of the
/// library; none is ever taken away.
#[repr(C)]
pub struct nghttp2x_counters {
    /// Frames whose header has come as a whole, whatever became of them. Each CONTINUATION is one;
    /// ::NGHTTP2_CLIENT_MAGIC is none.
    pub frames_received: u64,
    /// Octets that the session has processed: frame headers, ::NGHTTP2_CLIENT_MAGIC, and what is ignored
    /// after the end of the session, too. So many nghttp2_session_mem_recv2() has returned in all, as
    /// long as it has not failed.
    pub octets_received: u64,
    /// Frames that were sent as a whole. Each CONTINUATION is one, DATA that
    /// ::nghttp2_send_data_callback has sent is, ::NGHTTP2_CLIENT_MAGIC is none.
    pub frames_sent: u64,
    /// Octets that nghttp2_session_mem_send2() has returned, or ::nghttp2_send_callback2 has taken: frame
    /// headers, padding and ::NGHTTP2_CLIENT_MAGIC, too. And those of the frames that
    /// ::nghttp2_send_data_callback has sent, header and padding included.
    pub octets_sent: u64,
    /// RST_STREAM frames that have come for streams which are not idle, open or over.
    pub resets_received: u64,
    /// RST_STREAM frames that were sent, the program's among them.
    pub resets_sent: u64,
    /// Glitches: suspicious frames (nghttp2_option_set_glitch_rate_limit()).
    pub glitches: u64,
    /// Streams that the peer has opened or promised, and that were turned away: because too many are
    /// open or reserved, promises are not wanted, or not on that stream, GOAWAY has been sent, or too
    /// many were reset. Malformed messages do not count, nor does what the program rejects.
    pub streams_refused: u64,
}

impl From<&Counters> for nghttp2x_counters {
    fn from(counters: &Counters) -> nghttp2x_counters {
        let Counters {
            frames_received,
            octets_received,
            frames_sent,
            octets_sent,
            resets_received,
            resets_sent,
            glitches,
            streams_refused,
        } = *counters;
        nghttp2x_counters {
            frames_received,
            octets_received,
            frames_sent,
            octets_sent,
            resets_received,
            resets_sent,
            glitches,
            streams_refused,
        }
    }
}

/// Stores what was counted so far in counters. `size` is `sizeof(nghttp2x_counters)`, as the
/// program was compiled: members beyond are left alone, and those that the library does not know
/// become 0. It may be called at any time until the session is deleted, and costs next to nothing.
///
/// Returns how many octets the library knows of those that were asked for: `size`, unless the
/// library is older than the header that the program was compiled with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_session_get_counters(
    session: *mut nghttp2_session,
    counters: *mut nghttp2x_counters,
    size: usize,
) -> usize {
    // SAFETY: the pointer is a session's.
    let now: nghttp2x_counters = unsafe { with(session, |engine| engine.counters().into()) };
    let known = size.min(size_of::<nghttp2x_counters>());
    let counters = counters.cast::<u8>();
    // SAFETY: so many octets are the program's, for this.
    unsafe {
        ptr::copy_nonoverlapping((&raw const now).cast::<u8>(), counters, known);
        counters.add(known).write_bytes(0, size.wrapping_sub(known));
    }
    known
}
