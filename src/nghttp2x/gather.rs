//! Output of many frames in one go.

use crate::door::{array, length};
use crate::session::nghttp2_session;
use crate::transmit;
use crate::types::{nghttp2_ssize, nghttp2_vec};

/// Fills veclen buffers in vec, one after the other, with octets to be sent: as many as there are now, or
/// as the buffers take. Where they end within a frame, its rest comes first the next time, also from
/// nghttp2_session_mem_send2(). So one system call sends what would take one for each frame otherwise.
///
/// Callbacks are called as they are by nghttp2_session_send(): those about a frame having been sent when
/// the last of its octets is in a buffer. Before ::nghttp2_send_data_callback sends something itself, the
/// function returns what must go out first; the callback is called the next time.
///
/// Returns how many octets are in the buffers, which are the program's then and must all be sent. 0 means
/// that there is nothing to send now, or no room; so it is when a callback that sending has caused asks.
/// A negative result is fatal: ::NGHTTP2_ERR_NOMEM or ::NGHTTP2_ERR_CALLBACK_FAILURE; what is in the
/// buffers does not count then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_session_mem_sendv(
    session: *mut nghttp2_session,
    vec: *const nghttp2_vec,
    veclen: usize,
) -> nghttp2_ssize {
    // SAFETY: the program vouches for its pointers.
    length(unsafe { transmit::gather(session, array(vec, veclen)) })
}
