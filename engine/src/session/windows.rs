//! Flow control for the connection and its streams together (RFC 9113 section 6.9).

use super::Session;
use super::flow::{MAX_WINDOW, RecvWindow};
use super::outbound::Item;
use super::stream::{Mark, Stream};
use super::streams::Slot;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Flags, StreamId};

impl Session {
    /// The window for what the peer sends on a stream, or on the connection if there is no slot.
    fn window(&mut self, slot: Option<Slot>) -> &mut RecvWindow {
        match slot {
            Some(slot) => &mut self.streams[slot].recv,
            None => &mut self.recv_window,
        }
    }

    /// Accounts for octets of DATA that have come, for the connection. False says that the peer has
    /// overrun the window, which ends the session.
    #[inline]
    pub(super) fn receive_on_connection(&mut self, len: usize) -> Result<bool> {
        if self.recv_window.receive(len).is_err() {
            return self.window_overrun();
        }
        if self.recv_window.is_half_used() {
            self.update_received(None)?;
        }
        Ok(true)
    }

    /// The same for a stream.
    #[inline]
    pub(super) fn receive_on_stream(&mut self, slot: Slot, len: usize) -> Result<bool> {
        let window = &mut self.streams[slot].recv;
        if window.receive(len).is_err() {
            return self.window_overrun();
        }
        // At its end a stream needs no window any more.
        let last = self.inbound.left == 0 && self.inbound.head.flags.has(Flags::END_STREAM);
        if window.is_half_used() && !last {
            self.update_received(Some(slot))?;
        }
        Ok(true)
    }

    #[cold]
    fn window_overrun(&mut self) -> Result<bool> {
        self.terminate(ErrorCode::FLOW_CONTROL_ERROR, "")?;
        Ok(false)
    }

    /// Gives back what has come, unless that is for the application to say.
    fn update_received(&mut self, slot: Option<Slot>) -> Result<()> {
        if self.config.manual_window_update { Ok(()) } else { self.update_window(slot) }
    }

    /// Queues a WINDOW_UPDATE if it is due.
    fn update_window(&mut self, slot: Option<Slot>) -> Result<()> {
        let manual = self.config.manual_window_update;
        let Some(increment) = self.window(slot).due_update(manual) else { return Ok(()) };
        let stream_id = slot.map_or(StreamId::CONNECTION, |slot| self.streams[slot].id);
        self.outbound.push(Item::WindowUpdate { stream_id, increment })?;
        self.window(slot).give_back(increment, manual);
        Ok(())
    }

    /// Octets that the application will not see are consumed as they come, for a stream, or for the
    /// connection. False says that the session has come to its end.
    pub(super) fn consume_unseen(&mut self, slot: Option<Slot>, len: usize) -> Result<bool> {
        if self.config.manual_window_update && len > 0 {
            self.consume_for(slot, len)?;
        }
        Ok(!self.shutdown.terminating)
    }

    #[inline(never)]
    fn consume_for(&mut self, slot: Option<Slot>, len: usize) -> Result<()> {
        if self.window(slot).consume(len).is_err() {
            return self.terminate(ErrorCode::FLOW_CONTROL_ERROR, "");
        }
        self.update_window(slot)
    }

    /// The application has consumed `len` octets of a stream. For one that is over, only the
    /// connection gets them back. [`Error::InvalidState`] where windows are updated automatically.
    pub fn consume(&mut self, id: StreamId, len: usize) -> Result<()> {
        check_stream_id(id)?;
        self.consume_connection(len)?;
        self.consume_stream(id, len)
    }

    /// The same for the connection's window only.
    pub fn consume_connection(&mut self, len: usize) -> Result<()> {
        self.check_manual()?;
        self.consume_for(None, len)
    }

    /// The same for a stream's window only. A stream that is over is left alone.
    pub fn consume_stream(&mut self, id: StreamId, len: usize) -> Result<()> {
        check_stream_id(id)?;
        self.check_manual()?;
        match self.streams.find(id) {
            slot @ Some(_) => self.consume_for(slot, len),
            None => Ok(()),
        }
    }

    fn check_manual(&self) -> Result<()> {
        if self.config.manual_window_update { Ok(()) } else { Err(Error::InvalidState) }
    }

    /// The window that an id stands for: zero is the connection's. None if there is no such stream.
    fn find_window(&self, id: StreamId) -> Option<Option<Slot>> {
        if id.is_connection() { Some(None) } else { self.streams.find(id).map(Some) }
    }

    /// Gives the peer `delta` octets on a stream, or on the connection if `id` is zero. A negative
    /// number takes so many away, by withholding later updates. Nothing is done for streams that do
    /// not exist. [`Error::FlowControl`] if the window would become too large or too small.
    pub fn submit_window_update(&mut self, id: StreamId, delta: i32) -> Result<()> {
        let Some(slot) = self.find_window(id) else { return Ok(()) };
        if delta == 0 {
            return Ok(());
        }
        self.outbound.reserve_one()?;
        let increment = self.window(slot).submit_update(delta)?;
        if increment == 0 {
            return Ok(());
        }
        self.announce_window(id, slot, increment)
    }

    /// Sets the size of a stream's window, or of the connection's if `id` is zero, in octets. The peer
    /// is told at once if it grows. Nothing is done for streams that do not exist.
    pub fn set_local_window_size(&mut self, id: StreamId, size: i32) -> Result<()> {
        if size < 0 {
            return Err(Error::InvalidArgument);
        }
        let Some(slot) = self.find_window(id) else { return Ok(()) };
        self.outbound.reserve_one()?;
        let old = self.window(slot).size();
        let increment = self.window(slot).resize(size)?;
        if increment > 0 {
            return self.announce_window(id, slot, increment);
        }
        // A window that grew, but not beyond what was withheld, may be due for an update.
        if size <= old { Ok(()) } else { self.review_window(slot) }
    }

    /// Looks at a window anew after something about it has changed. A peer that has overrun one which
    /// was made smaller is found out here.
    fn review_window(&mut self, slot: Option<Slot>) -> Result<()> {
        if self.window(slot).receive(0).is_err() {
            return self.window_overrun().map(drop);
        }
        self.update_received(slot)
    }

    /// Queues a WINDOW_UPDATE of the application's making, for which there is room.
    fn announce_window(
        &mut self,
        stream_id: StreamId,
        slot: Option<Slot>,
        increment: i32,
    ) -> Result<()> {
        self.window(slot).update_queued();
        self.outbound.push(Item::WindowUpdate { stream_id, increment })
    }

    /// Our SETTINGS_INITIAL_WINDOW_SIZE has changed by `delta`. Updates may have become due by that.
    pub(super) fn shift_recv_windows(&mut self, delta: i64) -> Result<()> {
        let mut next = self.streams.first();
        while let Some(slot) = next {
            self.streams[slot].recv.shift(delta)?;
            self.update_window(next)?;
            next = self.streams.after(slot);
        }
        Ok(())
    }

    /// A WINDOW_UPDATE has been sent, and another one may be due by now.
    pub(super) fn window_update_sent(&mut self, id: StreamId) -> Result<()> {
        let Some(slot) = self.find_window(id) else { return Ok(()) };
        self.window(slot).update_gone();
        if slot.is_some_and(|slot| self.streams[slot].has(Mark::READ_SHUT)) {
            return Ok(());
        }
        if self.config.manual_window_update {
            self.update_window(slot)
        } else {
            self.review_window(slot)
        }
    }

    /// What the peer lets us send on a stream; negative after it has reduced its initial window.
    #[inline]
    pub(super) fn send_window_of(&self, stream: &Stream) -> i32 {
        // Both are in force, so their sum has been checked to be a window.
        (self.settings.remote.initial_window_size as i32).wrapping_add(stream.send_offset)
    }

    /// The peer lets us send more on a stream. False says that the window would become too large.
    pub(super) fn grow_send_window(&mut self, slot: Slot, increment: i32) -> bool {
        if self.send_window_of(&self.streams[slot]).checked_add(increment).is_none() {
            return false;
        }
        let stream = &mut self.streams[slot];
        stream.send_offset = stream.send_offset.wrapping_add(increment);
        let offset = stream.send_offset;
        self.streams.most_granted = self.streams.most_granted.max(offset);
        self.unblock(slot);
        true
    }

    /// The peer's SETTINGS_INITIAL_WINDOW_SIZE changes (RFC 9113 section 6.9.2). False says that a
    /// window would become too large.
    ///
    /// Windows are kept as what they differ by, so streams are only looked at if one could be too
    /// large, or was found shut.
    pub(super) fn shift_send_windows(&mut self, initial: u32) -> bool {
        if initial == self.settings.remote.initial_window_size {
            return true;
        }
        self.ration_window_shift();
        let room = MAX_WINDOW.wrapping_sub(initial as i32);
        if self.streams.most_granted > room && self.most_granted() > room {
            return false;
        }
        self.settings.remote.initial_window_size = initial;
        if core::mem::take(&mut self.streams.some_blocked) {
            let mut next = self.streams.first();
            while let Some(slot) = next {
                self.unblock(slot);
                self.streams.some_blocked |= self.streams[slot].has(Mark::BLOCKED);
                next = self.streams.after(slot);
            }
        }
        true
    }

    /// By how much the send window of any stream is above the initial one; at least zero.
    fn most_granted(&mut self) -> i32 {
        let mut most = 0;
        let mut next = self.streams.first();
        while let Some(slot) = next {
            most = most.max(self.streams[slot].send_offset);
            next = self.streams.after(slot);
        }
        self.streams.most_granted = most;
        most
    }

    /// Lets a stream take turns again whose window was found shut.
    fn unblock(&mut self, slot: Slot) {
        let stream = &self.streams[slot];
        if !stream.has(Mark::BLOCKED) || self.send_window_of(stream) <= 0 {
            return;
        }
        self.streams[slot].unset(Mark::BLOCKED);
        if self.streams[slot].is_ready() {
            self.scheduler.enter(&mut self.streams, slot);
        }
    }
}

fn check_stream_id(id: StreamId) -> Result<()> {
    if id.is_connection() { Err(Error::InvalidArgument) } else { Ok(()) }
}
