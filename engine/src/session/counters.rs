//! What has happened on a connection, in numbers.

use super::Session;
use super::transit::Taken;
use crate::frame::HEAD_LEN;

/// Counts since the session was made. They wrap around after 2⁶⁴.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Frames whose header has come as a whole, whatever became of them. Each CONTINUATION is one; a
    /// client's magic is none.
    pub frames_received: u64,
    /// Octets that were taken off the input: frame headers, a client's magic, and what is ignored
    /// after the end of the session, too.
    pub octets_received: u64,
    /// Frames whose octets were all taken. Each CONTINUATION is one, DATA that the application sends
    /// itself is, the magic is none.
    pub frames_sent: u64,
    /// Octets of output that were taken: frame headers, padding and the magic, too; and those of DATA
    /// that the application sends itself.
    pub octets_sent: u64,
    /// RST_STREAM frames that have come for streams that are not idle, over or not.
    pub resets_received: u64,
    /// RST_STREAM frames that were sent, the application's among them.
    pub resets_sent: u64,
    /// Suspicious frames: how many tokens the bucket of [`glitches`](super::Config::glitches) was asked
    /// for.
    pub glitches: u64,
    /// Streams that the peer has opened or promised, and that were turned away: too many are open or
    /// reserved; promises are not wanted, or not on that stream; GOAWAY has been sent; or too many were
    /// reset. Streams that are malformed do not count, nor do those that the application rejects.
    pub streams_refused: u64,
}

impl Session {
    /// What has happened so far.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// So many octets of input are gone.
    #[inline]
    pub(super) fn count_input(&mut self, before: usize, after: usize) {
        let count = &mut self.counters.octets_received;
        *count = count.wrapping_add(before.wrapping_sub(after) as u64);
    }

    /// A frame header has come.
    #[inline]
    pub(super) fn count_frame(&mut self) {
        self.counters.frames_received = self.counters.frames_received.wrapping_add(1);
    }

    /// Output was taken.
    #[inline]
    pub(super) fn count_output(&mut self, Taken { octets, frame }: Taken) {
        self.counters.octets_sent = self.counters.octets_sent.wrapping_add(octets as u64);
        self.counters.frames_sent = self.counters.frames_sent.wrapping_add(u64::from(frame));
    }

    /// The application has sent DATA whose payload has so many octets.
    pub(super) fn count_sent_elsewhere(&mut self, length: usize) {
        self.count_output(Taken { octets: length.saturating_add(HEAD_LEN), frame: true });
    }

    pub(super) fn count_reset_received(&mut self) {
        self.counters.resets_received = self.counters.resets_received.wrapping_add(1);
    }

    pub(super) fn count_reset_sent(&mut self) {
        self.counters.resets_sent = self.counters.resets_sent.wrapping_add(1);
    }

    pub(super) fn count_glitch(&mut self) {
        self.counters.glitches = self.counters.glitches.wrapping_add(1);
    }

    /// A stream of the peer's is turned away.
    pub(super) fn count_refused(&mut self) {
        self.counters.streams_refused = self.counters.streams_refused.wrapping_add(1);
    }
}
