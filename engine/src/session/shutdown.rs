//! GOAWAY, and the end of a connection (RFC 9113 sections 5.4.1 and 6.8).

use super::Session;
use super::outbound::{Item, Parting};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{DEFAULT_MAX_PAYLOAD, Goaway, StreamId};
use crate::mem::Vec;

/// How far the connection is on its way to the end.
pub(super) struct Shutdown {
    /// A GOAWAY after which nothing else is sent has been queued.
    pub terminating: bool,
    /// It has been sent.
    pub terminated: bool,
    /// A GOAWAY that is more than a notice has been queued.
    pub submitted: bool,
    /// A notice has been queued.
    pub announced: bool,
    /// A GOAWAY that names a last stream has been sent.
    pub sent: bool,
    /// A GOAWAY has been received.
    pub received: bool,
    /// The peer has reset too many streams: it gets no new ones, and that is why the connection ends.
    pub refusing: bool,
    /// The last of the peer's streams that we have said we care for.
    pub own_last_id: StreamId,
    /// The last of our streams that the peer has said it cares for.
    pub peer_last_id: StreamId,
    /// When streams of ours were last cut off: the id above which there is none, of those that had
    /// been handed out, and the next id then.
    cut_off: (StreamId, u32),
}

impl Default for Shutdown {
    fn default() -> Shutdown {
        Shutdown {
            terminating: false,
            terminated: false,
            submitted: false,
            announced: false,
            sent: false,
            received: false,
            refusing: false,
            own_last_id: StreamId::MAX,
            peer_last_id: StreamId::MAX,
            cut_off: (StreamId::MAX, 0),
        }
    }
}

impl Session {
    /// Whether input should be read. When neither this nor [`Session::want_write`] holds, the
    /// connection can be closed.
    pub fn want_read(&self) -> bool {
        let open = !self.shutdown.sent && !self.shutdown.received;
        !self.shutdown.terminated && (self.streams.active() > 0 || open)
    }

    /// Whether there is anything to send. Content that was deferred, or is blocked by a window, does
    /// not count; nor does a client's magic.
    pub fn want_write(&self) -> bool {
        let content = self.send_window > 0 && !self.scheduler.is_empty(&self.streams);
        !self.shutdown.terminated && (content || self.has_frames_to_send())
    }

    /// Whether the connection has nothing left to do.
    pub(super) fn is_closing(&self) -> bool {
        self.shutdown.terminating || !self.want_read() && !self.want_write()
    }

    /// Whether streams that the peer opens now are ignored.
    pub(super) fn refuses_new_streams(&self) -> bool {
        self.shutdown.sent || self.shutdown.terminating || self.shutdown.refusing
    }

    /// Ends the connection for a fault of the peer: input is ignored from now on, and GOAWAY says why.
    #[cold]
    pub(super) fn terminate(&mut self, code: ErrorCode, reason: &'static str) -> Result<()> {
        let last = self.ids.last_processed;
        self.terminate_with(last, code, reason)
    }

    #[cold]
    fn terminate_with(&mut self, last: StreamId, code: ErrorCode, reason: &str) -> Result<()> {
        if self.shutdown.terminating {
            return Ok(());
        }
        self.ignore_input();
        if self.streams.is_mine(last) {
            return Err(Error::InvalidArgument);
        }
        self.queue_goaway(last, code, reason.as_bytes(), Parting::Terminal)?;
        self.shutdown.terminating = true;
        Ok(())
    }

    /// Ends the connection: input is ignored from now on, GOAWAY is sent, and after it nothing.
    pub fn terminate_session(&mut self, code: ErrorCode) -> Result<()> {
        self.terminate(code, "")
    }

    /// The same, naming the last stream of the peer that was, or may have been, acted upon.
    pub fn terminate_session_after(&mut self, last: StreamId, code: ErrorCode) -> Result<()> {
        self.terminate_with(last, code, "")
    }

    /// Whether there may be streams of ours above an id. A peer may say the same again and again, so it
    /// must be worth to look.
    pub(super) fn may_cut_off(&mut self, above: StreamId) -> bool {
        let next = self.ids.next;
        let highest = match self.shutdown.cut_off {
            (id, then) if then == next => id.get() as u32,
            _ => next.saturating_sub(2),
        };
        let worth_it = highest > above.get() as u32;
        if worth_it {
            self.shutdown.cut_off = (above, next);
        }
        worth_it
    }

    /// Queues GOAWAY. Streams up to `last` of the peer go on; later ones are ignored.
    pub fn submit_goaway(&mut self, last: StreamId, code: ErrorCode, debug: &[u8]) -> Result<()> {
        if self.shutdown.terminating {
            return Ok(());
        }
        let fits = debug.len() <= DEFAULT_MAX_PAYLOAD.wrapping_sub(Goaway::FIXED_LEN);
        if self.streams.is_mine(last) || !fits {
            return Err(Error::InvalidArgument);
        }
        self.queue_goaway(last, code, debug, Parting::Graceful)
    }

    /// Queues a GOAWAY with which a server announces that another one will follow.
    pub fn submit_shutdown_notice(&mut self) -> Result<()> {
        if !self.is_server() {
            return Err(Error::InvalidState);
        }
        let Shutdown { submitted, announced, sent, received, .. } = self.shutdown;
        if submitted || announced || sent || received {
            return Ok(());
        }
        self.queue_goaway(StreamId::MAX, ErrorCode::NO_ERROR, b"", Parting::Notice)
    }

    /// The peer resets too many streams: those that are open may end, new ones are not wanted. That
    /// holds at once, for there may be thousands more in the same input.
    #[cold]
    pub(super) fn queue_goaway_for_resets(&mut self) -> Result<()> {
        self.shutdown.refusing = true;
        let last = self.ids.last_received;
        self.queue_goaway(last, ErrorCode::INTERNAL_ERROR, b"", Parting::Graceful)
    }

    #[cold]
    fn queue_goaway(
        &mut self,
        last: StreamId,
        code: ErrorCode,
        debug: &[u8],
        parting: Parting,
    ) -> Result<()> {
        // What was said before is not taken back (RFC 9113 section 6.8).
        let last = last.min(self.shutdown.own_last_id);
        let mut text = Vec::new(self.mem.clone());
        text.extend_from_slice(debug)?;
        let notice = parting == Parting::Notice;
        self.outbound.push(Item::Goaway { last, code, debug: text, parting })?;
        self.shutdown.announced |= notice;
        self.shutdown.submitted |= !notice;
        Ok(())
    }
}
