//! Streams beginning and ending (RFC 9113 section 5.1).
//!
//! A stream ends in two steps. First the application is told, and can still ask for everything that
//! belongs to the stream; then, at the next pull, it is removed.

use super::Session;
use super::recv;
use super::stream::{Closure, Mark, State, Stream};
use super::streams::Slot;
use super::task::Task;
use crate::error::{ErrorCode, Result};
use crate::frame::{PrioritySpec, StreamId};

/// So many idle streams are always remembered.
const FEWEST_IDLE: usize = 16;

impl Session {
    /// Makes a stream of an id that is idle, in the state it begins with. `priority` is its place in
    /// the dependency tree, if it gets one.
    pub(super) fn open_stream(
        &mut self,
        id: StreamId,
        state: State,
        priority: PrioritySpec,
    ) -> Result<Slot> {
        let place = self.place_in_tree(priority)?;
        let slot = match self.streams.find_any(id) {
            Some(slot) => {
                if self.streams[slot].has(Mark::IN_TREE) {
                    self.scheduler.remove(&mut self.streams, slot);
                }
                self.streams.awaken(slot, state);
                slot
            }
            None => self.add_stream(id, state)?,
        };
        if let Some((parent, spec)) = place {
            self.scheduler.join_tree(&mut self.streams, slot, parent, spec)?;
        }
        let mine = self.streams.is_mine(id);
        match (state, mine) {
            (State::Reserved, true) => {
                self.streams[slot].set(Mark::PROMISED);
                self.streams[slot].set(Mark::READ_SHUT);
            }
            (State::Reserved, false) => {
                self.streams[slot].set(Mark::PROMISED);
                self.streams[slot].set(Mark::WRITE_SHUT);
                self.streams.reserved = self.streams.reserved.wrapping_add(1);
            }
            (_, true) => self.streams.outgoing = self.streams.outgoing.wrapping_add(1),
            (_, false) => self.streams.incoming = self.streams.incoming.wrapping_add(1),
        }
        Ok(slot)
    }

    fn add_stream(&mut self, id: StreamId, state: State) -> Result<Slot> {
        let window = self.settings.local.initial_window_size as i32;
        let slot = self.streams.insert(Stream::new(id, state, window))?;
        self.scheduler.join_urgencies(&mut self.streams, slot);
        Ok(slot)
    }

    /// The response on a promised stream begins: from now on it counts as open.
    pub(super) fn open_promised(&mut self, slot: Slot) {
        let mine = self.streams.is_mine(self.streams[slot].id);
        let stream = &mut self.streams[slot];
        stream.state = State::Opened;
        stream.unset(Mark::PROMISED);
        if mine {
            self.streams.outgoing = self.streams.outgoing.wrapping_add(1);
        } else {
            self.streams.reserved = self.streams.reserved.wrapping_sub(1);
            self.streams.incoming = self.streams.incoming.wrapping_add(1);
        }
    }

    /// Nothing more will be received on the stream. If nothing will be sent either, it ends.
    pub(super) fn shut_read(&mut self, id: StreamId) {
        let Some(slot) = self.streams.find(id) else { return };
        if self.streams[slot].shut(Mark::READ_SHUT) {
            let code = ErrorCode::NO_ERROR;
            self.inbound.tasks.push_next(Task::Close(Closure { id, code }));
        }
    }

    /// Nothing more is wanted on the stream, unless the input is ignored anyway.
    pub(super) fn mark_read_shut(&mut self, id: StreamId) {
        if let Some(slot) = self.streams.find(id)
            && self.inbound.state != recv::State::Ignore
        {
            self.streams[slot].set(Mark::READ_SHUT);
        }
    }

    /// Begins to end a stream. False says that there is none, or that it is ending already.
    pub(super) fn begin_close(&mut self, id: StreamId) -> bool {
        let Some(slot) = self.streams.find(id) else { return false };
        if self.streams[slot].has(Mark::LEAVING) {
            return false;
        }
        self.streams[slot].set(Mark::LEAVING);
        self.scheduler.leave(&mut self.streams, slot);
        true
    }

    /// Removes a stream whose end was told.
    pub(super) fn remove_stream(&mut self, id: StreamId) {
        let Some(slot) = self.streams.find(id) else { return };
        let mine = self.streams.is_mine(id);
        let stream = &mut self.streams[slot];
        stream.detach_source();
        let promised = stream.has(Mark::PROMISED);
        match (promised, mine) {
            (true, true) => {}
            (true, false) => self.streams.reserved = self.streams.reserved.wrapping_sub(1),
            (false, true) => self.streams.outgoing = self.streams.outgoing.wrapping_sub(1),
            (false, false) => self.streams.incoming = self.streams.incoming.wrapping_sub(1),
        }
        self.forget_stream(slot);
    }

    fn forget_stream(&mut self, slot: Slot) {
        self.scheduler.remove(&mut self.streams, slot);
        self.streams.remove(slot);
    }

    /// The next of the streams that a GOAWAY has cut off and that are not ending already.
    #[inline(never)]
    pub(super) fn next_cut_off(&self) -> Option<StreamId> {
        let mut next = self.streams.cut_off.oldest;
        while let Some(slot) = next.some() {
            let stream = &self.streams[slot];
            if !stream.has(Mark::LEAVING) {
                return Some(stream.id);
            }
            next = stream.newer;
        }
        None
    }

    /// Makes an idle stream, because a priority signal has named it.
    #[inline(never)]
    pub(super) fn create_idle(&mut self, id: StreamId, priority: PrioritySpec) -> Result<Slot> {
        let place = self.place_in_tree(priority)?;
        let slot = self.add_stream(id, State::Idle)?;
        if let Some((parent, spec)) = place {
            self.scheduler.join_tree(&mut self.streams, slot, parent, spec)?;
        }
        Ok(slot)
    }

    /// Drops the oldest idle streams beyond what is reasonable. Where priorities are by urgency only,
    /// their number is bounded otherwise.
    #[inline]
    pub(super) fn trim_idle_streams(&mut self) {
        if self.streams.idle.len > FEWEST_IDLE {
            self.drop_idle_streams();
        }
    }

    #[cold]
    #[inline(never)]
    fn drop_idle_streams(&mut self) {
        const MOST: usize = 100;
        if self.settings.by_urgency() {
            return;
        }
        let acknowledged = self.settings.local.max_concurrent_streams;
        let limit = acknowledged.min(self.settings.submitted.max_concurrent_streams) as usize;
        while self.streams.idle.len > limit.clamp(FEWEST_IDLE, MOST) {
            self.forget_stream(self.streams.idle.oldest);
        }
    }
}
