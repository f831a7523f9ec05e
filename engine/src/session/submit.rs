//! What the application asks for: messages and their parts (RFC 9113 section 8).
//!
//! Nothing is sent here. Frames are put into queues; what only their turn will tell is checked then.

use super::outbound::{HeadersItem, Item};
use super::stream::{Mark, State};
use super::{Opaque, Session, Source};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Category, PrioritySpec, StreamId};
use crate::mem::{Field, FieldList};

impl Session {
    /// Queues a request, and returns the id of its stream. The content, if there is a `source`, follows
    /// when the request was sent.
    ///
    /// It waits until the peer allows another stream. [`Error::Proto`] for a server;
    /// [`Error::StreamIdNotAvailable`] when all ids are spent.
    pub fn submit_request(
        &mut self,
        priority: Option<PrioritySpec>,
        fields: &[Field<'_>],
        source: Option<Source>,
        user_data: Opaque,
    ) -> Result<StreamId> {
        if self.is_server() {
            return Err(Error::Proto);
        }
        let priority = self.effective_priority(priority);
        if priority.is_some_and(|spec| spec.depends_on.get() as u32 == self.ids.next) {
            return Err(Error::InvalidArgument);
        }
        let ends_stream = source.is_none();
        self.queue_request(ends_stream, priority, fields, source, user_data)
    }

    /// A priority is sent only if it says something, to a peer that cares.
    fn effective_priority(&self, priority: Option<PrioritySpec>) -> Option<PrioritySpec> {
        let priority = priority.filter(|spec| *spec != PrioritySpec::default())?;
        (!self.settings.peer_is_without_rfc7540()).then(|| priority.clamped())
    }

    fn queue_request(
        &mut self,
        ends_stream: bool,
        priority: Option<PrioritySpec>,
        fields: &[Field<'_>],
        source: Option<Source>,
        user_data: Opaque,
    ) -> Result<StreamId> {
        let fields = FieldList::copy(fields, self.mem.clone())?;
        let stream_id = self.next_id()?;
        let (category, cancelled) = (Category::Request, None);
        self.outbound.push_request(HeadersItem {
            stream_id,
            category,
            ends_stream,
            priority,
            fields,
            has_source: source.is_some(),
            source: source.unwrap_or_default(),
            user_data,
            cancelled,
        })?;
        self.ids.next = self.ids.next.wrapping_add(2);
        Ok(stream_id)
    }

    /// The id that the next stream of ours will have.
    fn next_id(&self) -> Result<StreamId> {
        i32::try_from(self.ids.next).map(StreamId::new).map_err(|_| Error::StreamIdNotAvailable)
    }

    /// Queues a response. The content, if there is a `source`, follows when the response was sent.
    ///
    /// [`Error::Proto`] for a client.
    pub fn submit_response(
        &mut self,
        id: StreamId,
        fields: &[Field<'_>],
        source: Option<Source>,
    ) -> Result<()> {
        check_stream_id(id)?;
        if !self.is_server() {
            return Err(Error::Proto);
        }
        self.queue_headers(id, source.is_none(), None, fields, source, Opaque::default())
    }

    /// Queues trailers. They should be submitted when the source says that its content is complete and
    /// that more follows; earlier, they cut the content off.
    pub fn submit_trailers(&mut self, id: StreamId, fields: &[Field<'_>]) -> Result<()> {
        check_stream_id(id)?;
        self.queue_headers(id, true, None, fields, None, Opaque::default())
    }

    /// Queues HEADERS as they are: a request without content of its own if there is no `id`, else an
    /// interim or final response, or trailers. Returns the id of the stream.
    pub fn submit_headers(
        &mut self,
        id: Option<StreamId>,
        ends_stream: bool,
        priority: Option<PrioritySpec>,
        fields: &[Field<'_>],
        user_data: Opaque,
    ) -> Result<StreamId> {
        match id {
            None if self.is_server() => return Err(Error::Proto),
            Some(id) => check_stream_id(id)?,
            None => {}
        }
        let priority = self.effective_priority(priority);
        let own = id.map_or(self.ids.next, |id| id.get() as u32);
        if priority.is_some_and(|spec| spec.depends_on.get() as u32 == own) {
            return Err(Error::InvalidArgument);
        }
        match id {
            None => self.queue_request(ends_stream, priority, fields, None, user_data),
            Some(id) => {
                let (source, user_data) = (None, user_data);
                self.queue_headers(id, ends_stream, priority, fields, source, user_data)?;
                Ok(id)
            }
        }
    }

    fn queue_headers(
        &mut self,
        id: StreamId,
        ends_stream: bool,
        priority: Option<PrioritySpec>,
        fields: &[Field<'_>],
        source: Option<Source>,
        user_data: Opaque,
    ) -> Result<()> {
        let item = HeadersItem {
            stream_id: id,
            category: Category::Headers,
            ends_stream,
            priority,
            fields: FieldList::copy(fields, self.mem.clone())?,
            has_source: source.is_some(),
            source: source.unwrap_or_default(),
            user_data,
            cancelled: None,
        };
        let slot = self.streams.find(id);
        if slot.is_some_and(|slot| self.streams[slot].state == State::Reserved) {
            return self.outbound.push_request(item);
        }
        self.outbound.push(Item::Headers(item))
    }

    /// Queues a promise to answer a request that the client has not made, and returns the id of the
    /// stream on which that will happen. `fields` are those of the request.
    pub fn submit_push_promise(
        &mut self,
        id: StreamId,
        fields: &[Field<'_>],
        user_data: Opaque,
    ) -> Result<StreamId> {
        if id.get() <= 0 || self.streams.is_mine(id) {
            return Err(Error::InvalidArgument);
        }
        if !self.is_server() {
            return Err(Error::Proto);
        }
        let promised_id = self.next_id()?;
        let fields = FieldList::copy(fields, self.mem.clone())?;
        self.ids.next = self.ids.next.wrapping_add(2);
        if self.streams.find(id).is_none() {
            return Err(Error::StreamClosed);
        }
        self.outbound.reserve_one()?;
        let priority = PrioritySpec { depends_on: id, ..PrioritySpec::default() };
        let slot = self.open_stream(promised_id, State::Reserved, priority)?;
        self.streams[slot].user_data = user_data;
        self.outbound.push(Item::PushPromise { stream_id: id, promised_id, fields })?;
        Ok(promised_id)
    }

    /// Gives a stream content to send, which ends it if `ends_stream` is set.
    ///
    /// [`Error::StreamClosed`] if there is no such stream, [`Error::DataExist`] if it has content
    /// already.
    pub fn submit_data(&mut self, id: StreamId, ends_stream: bool, source: Source) -> Result<()> {
        if id.is_connection() {
            return Err(Error::InvalidArgument);
        }
        let slot = self.streams.find(id).ok_or(Error::StreamClosed)?;
        if self.streams[slot].has(Mark::HAS_CONTENT) {
            return Err(Error::DataExist);
        }
        self.streams.set_source(slot, source)?;
        let stream = &mut self.streams[slot];
        if ends_stream {
            stream.set(Mark::ENDS_STREAM);
        }
        if stream.is_ready() {
            self.scheduler.enter(&mut self.streams, slot);
        }
        Ok(())
    }

    /// Says that content that was deferred can be had now. [`Error::InvalidArgument`] if nothing was.
    pub fn resume_data(&mut self, id: StreamId) -> Result<()> {
        let slot = self.streams.find(id).ok_or(Error::InvalidArgument)?;
        let stream = &mut self.streams[slot];
        let waits = stream.has(Mark::DEFERRED) || stream.has(Mark::BLOCKED);
        if !stream.has(Mark::HAS_CONTENT) || !waits {
            return Err(Error::InvalidArgument);
        }
        stream.unset(Mark::DEFERRED);
        if stream.is_ready() {
            self.scheduler.enter(&mut self.streams, slot);
        }
        Ok(())
    }

    /// Queues RST_STREAM. A request that was not sent yet is taken back instead; for a stream that is
    /// over, or never was, nothing is done.
    pub fn submit_rst_stream(&mut self, id: StreamId, code: ErrorCode) -> Result<()> {
        if id.is_connection() {
            return Err(Error::InvalidArgument);
        }
        self.add_reset(id, code, true)?;
        Ok(())
    }
}

fn check_stream_id(id: StreamId) -> Result<()> {
    if id.get() > 0 { Ok(()) } else { Err(Error::InvalidArgument) }
}
