//! Flow control for the connection and its streams together (RFC 9113 section 6.9).

use super::Session;
use super::flow::MAX_WINDOW;
use super::stream::Mark;
use super::streams::Slot;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Flags, StreamId};

impl Session {
    /// Accounts for octets of DATA that have come, for the connection. False says that the peer has
    /// overrun the window, which ends the session.
    pub(super) fn receive_on_connection(&mut self, len: usize) -> Result<bool> {
        if self.recv_window.receive(len).is_err() {
            self.terminate(ErrorCode::FLOW_CONTROL_ERROR, "")?;
            return Ok(false);
        }
        if !self.config.manual_window_update {
            self.update_connection_window()?;
        }
        Ok(true)
    }

    /// The same for a stream.
    pub(super) fn receive_on_stream(&mut self, slot: Slot, len: usize) -> Result<bool> {
        if self.streams[slot].recv.receive(len).is_err() {
            self.terminate(ErrorCode::FLOW_CONTROL_ERROR, "")?;
            return Ok(false);
        }
        // At its end a stream needs no window any more.
        let last = self.inbound.left == 0 && self.inbound.head.flags.has(Flags::END_STREAM);
        if !self.config.manual_window_update && !last {
            self.update_stream_window(slot)?;
        }
        Ok(true)
    }

    /// Queues the connection's WINDOW_UPDATE if it is due.
    pub(super) fn update_connection_window(&mut self) -> Result<()> {
        match self.recv_window.take_update(self.config.manual_window_update) {
            Some(increment) => self.queue_window_update(StreamId::CONNECTION, increment),
            None => Ok(()),
        }
    }

    /// Queues a stream's WINDOW_UPDATE if it is due.
    pub(super) fn update_stream_window(&mut self, slot: Slot) -> Result<()> {
        let stream = &mut self.streams[slot];
        match stream.recv.take_update(self.config.manual_window_update) {
            Some(increment) => {
                let id = stream.id;
                self.queue_window_update(id, increment)
            }
            None => Ok(()),
        }
    }

    /// Octets that the application will not see are consumed as they come, for the connection. False
    /// says that the session has come to its end.
    pub(super) fn consume_unseen(&mut self, len: usize) -> Result<bool> {
        if self.config.manual_window_update && len > 0 {
            self.consume_for_connection(len)?;
        }
        Ok(!self.shutdown.terminating)
    }

    /// The same for a stream.
    pub(super) fn consume_unseen_on_stream(&mut self, slot: Slot, len: usize) -> Result<bool> {
        if self.config.manual_window_update && len > 0 {
            self.consume_for_stream(slot, len)?;
        }
        Ok(!self.shutdown.terminating)
    }

    fn consume_for_connection(&mut self, len: usize) -> Result<()> {
        if self.recv_window.consume(len).is_err() {
            return self.terminate(ErrorCode::FLOW_CONTROL_ERROR, "");
        }
        self.update_connection_window()
    }

    fn consume_for_stream(&mut self, slot: Slot, len: usize) -> Result<()> {
        if self.streams[slot].recv.consume(len).is_err() {
            return self.terminate(ErrorCode::FLOW_CONTROL_ERROR, "");
        }
        self.update_stream_window(slot)
    }

    /// The application has consumed `len` octets of a stream. For one that is over, only the
    /// connection gets them back. [`Error::InvalidState`] where windows are updated automatically.
    pub fn consume(&mut self, id: StreamId, len: usize) -> Result<()> {
        self.check_manual(Some(id))?;
        self.consume_for_connection(len)?;
        match self.streams.find(id) {
            Some(slot) => self.consume_for_stream(slot, len),
            None => Ok(()),
        }
    }

    /// The same for the connection's window only.
    pub fn consume_connection(&mut self, len: usize) -> Result<()> {
        self.check_manual(None)?;
        self.consume_for_connection(len)
    }

    /// The same for a stream's window only. A stream that is over is left alone.
    pub fn consume_stream(&mut self, id: StreamId, len: usize) -> Result<()> {
        self.check_manual(Some(id))?;
        match self.streams.find(id) {
            Some(slot) => self.consume_for_stream(slot, len),
            None => Ok(()),
        }
    }

    fn check_manual(&self, id: Option<StreamId>) -> Result<()> {
        if id == Some(StreamId::CONNECTION) {
            return Err(Error::InvalidArgument);
        }
        if self.config.manual_window_update { Ok(()) } else { Err(Error::InvalidState) }
    }

    /// Gives the peer `delta` octets on a stream, or on the connection if `id` is zero. A negative
    /// number takes so many away, by withholding later updates. Nothing is done for streams that do
    /// not exist. [`Error::FlowControl`] if the window would become too large or too small.
    pub fn submit_window_update(&mut self, id: StreamId, delta: i32) -> Result<()> {
        if delta == 0 {
            return Ok(());
        }
        let increment = if id.is_connection() {
            self.recv_window.submit_update(delta)?
        } else {
            let Some(slot) = self.streams.find(id) else { return Ok(()) };
            self.streams[slot].recv.submit_update(delta)?
        };
        if increment == 0 {
            return Ok(());
        }
        self.announce_window(id, increment)
    }

    /// Sets the size of a stream's window, or of the connection's if `id` is zero, in octets. The peer
    /// is told at once if it grows. Nothing is done for streams that do not exist.
    pub fn set_local_window_size(&mut self, id: StreamId, size: i32) -> Result<()> {
        if size < 0 {
            return Err(Error::InvalidArgument);
        }
        let slot = self.streams.find(id);
        let window = match slot {
            _ if id.is_connection() => &mut self.recv_window,
            Some(slot) => &mut self.streams[slot].recv,
            None => return Ok(()),
        };
        let old = window.size();
        let increment = window.resize(size)?;
        if increment > 0 {
            return self.announce_window(id, increment);
        }
        // A window that grew, but not beyond what was withheld, may be due for an update.
        if size <= old { Ok(()) } else { self.review_window(slot) }
    }

    /// Looks at a window anew after something about it has changed. A peer that has overrun one which
    /// was made smaller is found out here.
    fn review_window(&mut self, slot: Option<Slot>) -> Result<()> {
        let within = match slot {
            Some(slot) => self.streams[slot].recv.receive(0),
            None => self.recv_window.receive(0),
        };
        if within.is_err() {
            return self.terminate(ErrorCode::FLOW_CONTROL_ERROR, "");
        }
        if self.config.manual_window_update {
            return Ok(());
        }
        match slot {
            Some(slot) => self.update_stream_window(slot),
            None => self.update_connection_window(),
        }
    }

    /// Queues a WINDOW_UPDATE of the application's making.
    fn announce_window(&mut self, id: StreamId, increment: i32) -> Result<()> {
        match self.streams.find(id) {
            Some(slot) => self.streams[slot].recv.update_queued(),
            None => self.recv_window.update_queued(),
        }
        self.queue_window_update(id, increment)
    }

    /// Our SETTINGS_INITIAL_WINDOW_SIZE has changed by `delta`. Updates may have become due by that.
    pub(super) fn shift_recv_windows(&mut self, delta: i64) -> Result<()> {
        let mut next = self.streams.first();
        while let Some(slot) = next {
            self.streams[slot].recv.shift(delta)?;
            self.update_stream_window(slot)?;
            next = self.streams.after(slot);
        }
        Ok(())
    }

    /// A WINDOW_UPDATE has been sent, and another one may be due by now.
    pub(super) fn window_update_sent(&mut self, id: StreamId) -> Result<()> {
        let slot = self.streams.find(id);
        match slot {
            _ if id.is_connection() => self.recv_window.update_gone(),
            Some(slot) => self.streams[slot].recv.update_gone(),
            None => return Ok(()),
        }
        if slot.is_some_and(|slot| self.streams[slot].has(Mark::READ_SHUT)) {
            return Ok(());
        }
        if !self.config.manual_window_update {
            return self.review_window(slot);
        }
        match slot {
            Some(slot) => self.update_stream_window(slot),
            None => self.update_connection_window(),
        }
    }

    /// What the peer lets us send on a stream; negative after it has reduced its initial window.
    #[inline]
    pub(super) fn send_window_of(&self, slot: Slot) -> i32 {
        // Both are in force, so their sum has been checked to be a window.
        (self.settings.remote.initial_window_size as i32)
            .wrapping_add(self.streams[slot].send_offset)
    }

    /// The peer lets us send more on a stream. False says that the window would become too large.
    pub(super) fn grow_send_window(&mut self, slot: Slot, increment: i32) -> bool {
        if self.send_window_of(slot).checked_add(increment).is_none() {
            return false;
        }
        let stream = &mut self.streams[slot];
        stream.send_offset = stream.send_offset.wrapping_add(increment);
        self.unblock(slot);
        true
    }

    /// The peer's SETTINGS_INITIAL_WINDOW_SIZE changes (RFC 9113 section 6.9.2). False says that a
    /// window would become too large.
    pub(super) fn shift_send_windows(&mut self, initial: u32) -> bool {
        let room = MAX_WINDOW.wrapping_sub(initial as i32);
        let mut next = self.streams.first();
        while let Some(slot) = next {
            if self.streams[slot].send_offset > room {
                return false;
            }
            next = self.streams.after(slot);
        }
        self.settings.remote.initial_window_size = initial;
        let mut next = self.streams.first();
        while let Some(slot) = next {
            self.unblock(slot);
            next = self.streams.after(slot);
        }
        true
    }

    /// Lets a stream take turns again whose window was found shut.
    fn unblock(&mut self, slot: Slot) {
        if !self.streams[slot].has(Mark::BLOCKED) || self.send_window_of(slot) <= 0 {
            return;
        }
        self.streams[slot].unset(Mark::BLOCKED);
        if self.streams[slot].is_ready() {
            self.scheduler.enter(&mut self.streams, slot);
        }
    }
}
