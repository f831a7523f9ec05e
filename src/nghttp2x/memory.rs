//! How much memory a session holds.

use crate::door::with;
use crate::session::nghttp2_session;

/// Returns how many octets of heap a session holds: its own object; its streams, and the objects that
/// nghttp2_session_find_stream() has given out; the tables for compressing fields; frames that wait,
/// are being sent, or are being received. It is exactly what has been asked for and not given back,
/// without what an allocator adds. Some of it is kept for later, up to a few kilooctets for each
/// purpose.
///
/// An ::nghttp2_rcbuf counts as long as it is in the session's table; one that a program, or a callback's
/// argument, alone refers to does not. Nor do options, tables of callbacks, and what no-copy flags lend
/// to the session.
///
/// Nothing is counted beforehand: the time that it takes grows with the number of frames that wait, and
/// of entries in the table; where entries share counted names, with the square of theirs (a table has
/// some 128 entries at most unless a larger one was asked for). It may be called at any time until the
/// session is deleted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2x_session_get_memory(session: *mut nghttp2_session) -> usize {
    // SAFETY: the pointer is a session's; nothing else uses these fields meanwhile.
    unsafe {
        [
            size_of::<nghttp2_session>(),
            with(session, |engine| engine.memory()),
            (*session).handles.memory(),
            (*session).received.memory(),
            (*session).sent.memory(),
        ]
        .into_iter()
        .fold(0, usize::saturating_add)
    }
}
