//! Whether a frame may still be sent when its turn has come, and its payload if so.
//!
//! Applications submit frames long before they are sent; meanwhile streams end and the peer says
//! goodbye. So states are checked here, and a frame that comes too late is told to the application
//! instead of being sent.

use super::content::MAX_PADDING;
use super::outbound::{HeadersItem, Item};
use super::stream::{Mark, State};
use super::streams::Slot;
use super::transit::{Cargo, Phase, ROOM};
use super::{Interest, Opaque, Session};
use crate::error::{Error, Result};
use crate::frame::{Category, DEFAULT_MAX_PAYLOAD, PrioritySpec, PushPromise, StreamId};
use crate::hpack::Encoder;
use crate::mem::{Field, FieldList};

/// The estimate of a HEADERS payload includes the priority fields, whether there are any or not.
const PRIORITY_ESTIMATE: usize = PrioritySpec::LEN;

/// How many octets a header block has at most, unless strings are coded that become longer
/// ([`Huffman::Always`](crate::hpack::Huffman::Always)): what the limit allows does not depend on that.
fn estimate_of(fields: &FieldList) -> usize {
    Encoder::bound_for(fields.fields().len(), fields.strings())
}

impl Session {
    /// Checks the frame in transit and writes its payload. An error that is not fatal says why the
    /// frame is not sent.
    pub(super) fn convert(&mut self) -> Result<Phase> {
        let Cargo::Frame(item) = &self.outbound.transit.cargo else { return Err(Error::Internal) };
        match item {
            Item::Headers(_) => return self.convert_headers(),
            Item::PushPromise { .. } => return self.convert_push_promise(),
            Item::Extension { .. } => return self.convert_extension(),
            Item::Settings { entries: _, ack } => {
                if *ack {
                    self.check_open()?;
                }
                if item.head().length > DEFAULT_MAX_PAYLOAD {
                    return Err(Error::FrameSize);
                }
            }
            Item::Ping { .. } => {
                if self.shutdown.terminating {
                    return Err(Error::SessionClosing);
                }
            }
            Item::Goaway { last, .. } => self.shutdown.own_last_id = *last,
            Item::RstStream { stream_id, by_application, .. } => {
                self.check_open()?;
                if *by_application && self.streams.find(*stream_id).is_none() {
                    return Err(Error::StreamClosed);
                }
            }
            Item::WindowUpdate { stream_id, .. } => self.check_window_update(*stream_id)?,
            Item::Altsvc { stream_id, .. } => {
                self.check_open()?;
                if !stream_id.is_connection() {
                    self.check_not_closing(*stream_id)?;
                }
            }
            Item::PriorityUpdate { prioritized_id, .. } => {
                self.check_open()?;
                self.check_priority_update(*prioritized_id)?;
            }
            Item::Priority { .. } | Item::Origin(_) => self.check_open()?,
        }
        let transit = &mut self.outbound.transit;
        let Cargo::Frame(item) = &transit.cargo else { return Err(Error::Internal) };
        item.frame(transit.head, 0).pack(&mut transit.buffer)?;
        Ok(Phase::Proceed)
    }

    fn check_open(&self) -> Result<()> {
        if self.is_closing() { Err(Error::SessionClosing) } else { Ok(()) }
    }

    /// The stream, if it is there and not about to be reset.
    fn check_not_closing(&self, id: StreamId) -> Result<Slot> {
        let slot = self.streams.find(id).ok_or(Error::StreamClosed)?;
        if self.streams[slot].is_closing() { Err(Error::StreamClosing) } else { Ok(slot) }
    }

    /// The stream, if anything may be sent on it.
    fn check_writable(&self, id: StreamId) -> Result<Slot> {
        let slot = self.streams.find(id).ok_or(Error::StreamClosed)?;
        self.check_open()?;
        if self.streams[slot].has(Mark::WRITE_SHUT) {
            return Err(Error::StreamShutWr);
        }
        Ok(slot)
    }

    fn check_window_update(&self, id: StreamId) -> Result<()> {
        self.check_open()?;
        if id.is_connection() {
            return Ok(());
        }
        let slot = self.check_not_closing(id)?;
        if self.streams[slot].state == State::Reserved && self.streams.is_mine(id) {
            return Err(Error::InvalidStreamState);
        }
        Ok(())
    }

    fn check_priority_update(&self, id: StreamId) -> Result<()> {
        match self.check_not_closing(id) {
            Ok(slot) if self.streams[slot].has(Mark::READ_SHUT) => Err(Error::InvalidStreamState),
            Ok(_) | Err(Error::StreamClosed) => Ok(()),
            Err(error) => Err(error),
        }
    }

    #[inline(never)]
    fn convert_extension(&mut self) -> Result<Phase> {
        self.check_open()?;
        self.outbound.transit.buffer.resize(ROOM.wrapping_add(DEFAULT_MAX_PAYLOAD), 0)?;
        Ok(Phase::Extension)
    }

    fn convert_headers(&mut self) -> Result<Phase> {
        let Cargo::Frame(Item::Headers(item)) = &self.outbound.transit.cargo else {
            return Err(Error::Internal);
        };
        let estimate = estimate_of(&item.fields).saturating_add(PRIORITY_ESTIMATE);
        let category = match item.category {
            Category::Request => {
                self.open_request()?;
                Category::Request
            }
            _ => self.category_of(item)?,
        };
        self.keep_user_data(category);
        if let Cargo::Frame(Item::Headers(item)) = &mut self.outbound.transit.cargo {
            item.category = category;
        }
        self.check_estimate(estimate)?;
        if category == Category::Request {
            self.ids.last_sent = self.outbound.transit.head.stream_id;
        }
        let transit = &mut self.outbound.transit;
        let Cargo::Frame(Item::Headers(item)) = &transit.cargo else {
            return Err(Error::Internal);
        };
        if let Some(spec) = item.priority {
            spec.pack(&mut transit.buffer)?;
        }
        self.encode_block()
    }

    /// Makes the stream that a request is for, and checks whether the request may be sent.
    #[inline]
    fn open_request(&mut self) -> Result<()> {
        let Cargo::Frame(Item::Headers(item)) = &self.outbound.transit.cargo else {
            return Err(Error::Internal);
        };
        let HeadersItem { stream_id: id, user_data, cancelled, .. } = *item;
        let slot = self.open_stream(id, State::Initial, item.priority.unwrap_or_default())?;
        let stream = &mut self.streams[slot];
        stream.user_data = user_data;
        let Cargo::Frame(Item::Headers(item)) = &self.outbound.transit.cargo else {
            return Err(Error::Internal);
        };
        let method = |field: &&Field<'_>| field.name() == b":method";
        if let Some(method) = item.fields.fields().iter().find(method) {
            stream.message.note_method(method.value());
        }
        if cancelled.is_some() {
            return Err(Error::StreamClosing);
        }
        if self.shutdown.received || self.is_closing() {
            return Err(Error::StartStreamNotAllowed);
        }
        Ok(())
    }

    /// The application may store a word with the response on a promised stream.
    fn keep_user_data(&mut self, category: Category) {
        let Cargo::Frame(Item::Headers(item)) = &self.outbound.transit.cargo else { return };
        if category == Category::PushResponse
            && item.user_data != Opaque::default()
            && let Some(slot) = self.streams.find(item.stream_id)
        {
            self.streams[slot].user_data = item.user_data;
        }
    }

    /// What HEADERS on an existing stream are, and whether they may be sent.
    fn category_of(&self, item: &HeadersItem) -> Result<Category> {
        let id = item.stream_id;
        let reserved = |slot: Slot| self.streams[slot].state == State::Reserved;
        if self.streams.find(id).is_some_and(reserved) {
            self.check_writable(id)?;
            if !self.is_server() {
                return Err(Error::Proto);
            }
            if self.shutdown.received {
                return Err(Error::StartStreamNotAllowed);
            }
            return Ok(Category::PushResponse);
        }
        let slot = self.check_writable(id)?;
        let mine = self.streams.is_mine(id);
        match self.streams[slot].state {
            State::Opening if self.is_server() && !mine => Ok(Category::Response),
            State::Opened => Ok(Category::Headers),
            State::Closing => Err(Error::StreamClosing),
            _ if mine => Ok(Category::Headers),
            _ => Err(Error::InvalidStreamState),
        }
    }

    #[inline(never)]
    fn convert_push_promise(&mut self) -> Result<Phase> {
        let Cargo::Frame(Item::PushPromise { stream_id, promised_id, fields }) =
            &self.outbound.transit.cargo
        else {
            return Err(Error::Internal);
        };
        let (id, promised_id) = (*stream_id, *promised_id);
        let estimate = estimate_of(fields);
        if !self.is_server() {
            return Err(Error::Proto);
        }
        let slot = self.check_writable(id)?;
        if self.settings.remote.enable_push == 0 {
            return Err(Error::PushDisabled);
        }
        if self.streams[slot].is_closing() {
            return Err(Error::StreamClosing);
        }
        if self.shutdown.received {
            return Err(Error::StartStreamNotAllowed);
        }
        self.check_estimate(estimate)?;
        self.ids.last_sent = promised_id;
        PushPromise::pack_id(promised_id, &mut self.outbound.transit.buffer)?;
        self.encode_block()
    }

    fn check_estimate(&self, estimate: usize) -> Result<()> {
        if estimate > self.config.max_send_header_block { Err(Error::FrameSize) } else { Ok(()) }
    }

    /// Compresses the fields behind what is in the buffer already.
    fn encode_block(&mut self) -> Result<Phase> {
        let transit = &mut self.outbound.transit;
        let fields = match &transit.cargo {
            Cargo::Frame(Item::Headers(item)) => item.fields.fields(),
            Cargo::Frame(Item::PushPromise { fields, .. }) => fields.fields(),
            _ => return Err(Error::Internal),
        };
        self.encoder.encode(fields, &mut transit.buffer, usize::MAX)?;
        let length = transit.buffer.len().saturating_sub(ROOM);
        transit.head.length = length;
        let max = length.saturating_add(MAX_PADDING).min(DEFAULT_MAX_PAYLOAD);
        if self.interest.has(Interest::PADDING) && length < max {
            return Ok(Phase::Padding { max });
        }
        Ok(Phase::Proceed)
    }
}
