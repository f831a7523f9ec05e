//! Who says which stream comes first: the peer, or the application.
//!
//! Whether that is by the dependency tree of RFC 7540 or by the urgencies of RFC 9218 depends on the
//! SETTINGS of both ends.

use super::Session;
use super::stream::Mark;
use super::streams::Slot;
use crate::error::{Error, Result};
use crate::frame::{PrioritySpec, StreamId};
use crate::http::Priority;

impl Session {
    /// Where a new stream belongs in the dependency tree, if it gets a place there. Joining it then needs
    /// no more memory.
    pub(super) fn place_in_tree(
        &mut self,
        spec: PrioritySpec,
    ) -> Result<Option<(Slot, PrioritySpec)>> {
        let peer_is_without = self.settings.peer_is_without_rfc7540();
        let own_is_without = self.settings.is_without_rfc7540();
        if own_is_without && (peer_is_without || self.settings.by_urgency()) {
            return Ok(None);
        }
        let spec = if peer_is_without { PrioritySpec::default() } else { spec };
        let (parent, spec) = self.resolve(spec)?;
        self.streams.ensure_stake(parent)?;
        if spec.exclusive {
            self.streams.reserve_stake()?;
        }
        Ok(Some((parent, spec)))
    }

    /// The stream that a priority makes another depend on. One that has not been opened yet is
    /// remembered as idle; if it is gone, or has no place in the tree, the default applies
    /// (RFC 7540 section 5.3.1).
    fn resolve(&mut self, spec: PrioritySpec) -> Result<(Slot, PrioritySpec)> {
        let spec = spec.clamped();
        let id = spec.depends_on;
        if id.is_connection() {
            return Ok((Slot::ROOT, spec));
        }
        match self.streams.find_any(id) {
            Some(slot) if self.streams[slot].has(Mark::IN_TREE) => Ok((slot, spec)),
            None if self.is_idle(id) => Ok((self.create_idle(id, PrioritySpec::default())?, spec)),
            _ => Ok((Slot::ROOT, PrioritySpec::default())),
        }
    }

    /// Gives a stream another place in the tree. One that is not there stays out.
    fn reprioritize(&mut self, slot: Slot, spec: PrioritySpec) -> Result<()> {
        if !self.streams[slot].has(Mark::IN_TREE) {
            return Ok(());
        }
        let (parent, spec) = self.resolve(spec)?;
        self.scheduler.move_in_tree(&mut self.streams, slot, parent, spec)
    }

    /// PRIORITY has been sent, or received by a server. False says that its stream is over.
    #[inline(never)]
    pub(super) fn prioritize_by_frame(&mut self, id: StreamId, spec: PrioritySpec) -> Result<bool> {
        match self.streams.find_any(id) {
            Some(slot) => self.reprioritize(slot, spec)?,
            None if self.is_idle(id) => {
                self.create_idle(id, spec)?;
            }
            None => return Ok(false),
        }
        self.trim_idle_streams();
        Ok(true)
    }

    /// Lets the Priority field of a request take effect (RFC 9218 section 5).
    pub(super) fn apply_priority_field(&mut self, id: StreamId) {
        let Some(slot) = self.streams.find(id) else { return };
        let stream = &self.streams[slot];
        if !self.settings.by_urgency() || stream.has(Mark::PRIORITY_FIXED) {
            return;
        }
        if let Some(priority) = stream.message.priority() {
            self.scheduler.set_priority(&mut self.streams, slot, priority);
        }
    }

    /// Gives a stream, which may be idle, another place in the dependency tree, without telling the
    /// peer. Nothing is done once SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
    pub fn change_stream_priority(
        &mut self,
        id: StreamId,
        spec: Option<PrioritySpec>,
    ) -> Result<()> {
        if self.settings.is_without_rfc7540() {
            return Ok(());
        }
        match (self.streams.find_any(id), spec) {
            (Some(slot), Some(spec)) if spec.depends_on != id => self.reprioritize(slot, spec),
            _ => Err(Error::InvalidArgument),
        }
    }

    /// Makes a stream that others can depend on, without telling the peer. Its id must not have been
    /// used. Nothing is done once SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
    pub fn create_idle_stream(&mut self, id: StreamId, spec: Option<PrioritySpec>) -> Result<()> {
        if self.settings.is_without_rfc7540() {
            return Ok(());
        }
        let unused = self.is_idle(id) && self.streams.find_any(id).is_none();
        match spec {
            Some(spec) if unused && spec.depends_on != id => self.create_idle(id, spec).map(|_| ()),
            _ => Err(Error::InvalidArgument),
        }
    }

    /// A server changes the urgency of a response. With `ignore_client` what the client says about it
    /// does not count any more. Nothing is done before SETTINGS_NO_RFC7540_PRIORITIES was submitted
    /// with 1.
    pub fn change_response_priority(
        &mut self,
        id: StreamId,
        priority: Priority,
        ignore_client: bool,
    ) -> Result<()> {
        let Some(slot) = self.response_to_prioritize(id)? else { return Ok(()) };
        if ignore_client {
            self.streams[slot].set(Mark::PRIORITY_FIXED);
        }
        let urgency = priority.urgency.min(Priority::LOWEST_URGENCY);
        self.scheduler.set_priority(&mut self.streams, slot, Priority { urgency, ..priority });
        Ok(())
    }

    /// The urgency of a response; None before SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
    pub fn response_priority(&self, id: StreamId) -> Result<Option<Priority>> {
        let slot = self.response_to_prioritize(id)?;
        Ok(slot.map(|slot| self.streams[slot].priority))
    }

    fn response_to_prioritize(&self, id: StreamId) -> Result<Option<Slot>> {
        if !self.is_server() {
            return Err(Error::InvalidState);
        }
        if !self.settings.is_without_rfc7540() {
            return Ok(None);
        }
        self.streams.find_any(id).map(Some).ok_or(Error::InvalidArgument)
    }
}
