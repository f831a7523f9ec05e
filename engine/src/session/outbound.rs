//! What waits to be sent, and which of it comes next.
//!
//! Four kinds of things wait: SETTINGS and PING, which overtake the rest; HEADERS that open a stream,
//! which wait until the peer allows another one; content, which the scheduler knows; and everything
//! else.

use core::iter::once;

use super::guards::{Guard, Ration};
use super::transit::Transit;
use super::{Opaque, Role, Session, Source};
use crate::error::{ErrorCode, Result};
use crate::frame::{
    Altsvc, Body, Category, Flags, Frame, Goaway, Head, Headers, Kind, OriginBuf, Ping,
    PrioritySpec, PriorityUpdate, PushPromise, RstStream, Setting, Settings, StreamId,
    WindowUpdate,
};
use crate::mem::{Deque, FieldList, Mem, Vec};

/// A frame that waits.
pub(super) enum Item {
    Headers(HeadersItem),
    Priority { stream_id: StreamId, spec: PrioritySpec },
    RstStream { stream_id: StreamId, code: ErrorCode, by_application: bool },
    Settings { entries: Vec<Setting>, ack: bool },
    PushPromise { stream_id: StreamId, promised_id: StreamId, fields: FieldList },
    Ping { frame: Ping, ack: bool },
    Goaway { last: StreamId, code: ErrorCode, debug: Vec<u8>, parting: Parting },
    WindowUpdate { stream_id: StreamId, increment: i32 },
    Altsvc { stream_id: StreamId, text: Vec<u8>, origin_len: usize },
    Origin(OriginBuf),
    PriorityUpdate { prioritized_id: StreamId, value: Vec<u8> },
    Extension { kind: Kind, flags: Flags, stream_id: StreamId, payload: usize },
}

/// HEADERS that wait.
pub(super) struct HeadersItem {
    pub stream_id: StreamId,
    /// Decided when its turn has come, except for requests.
    pub category: Category,
    pub ends_stream: bool,
    pub priority: Option<PrioritySpec>,
    pub fields: FieldList,
    /// Whether content follows, and which.
    pub has_source: bool,
    pub source: Source,
    /// For the stream that a request opens.
    pub user_data: Opaque,
    /// Set when the application has reset the stream of a request before it was sent.
    pub cancelled: Option<ErrorCode>,
}

/// Items are moved from queue to queue: they fit a line of the processor's cache.
const _: () = assert!(size_of::<Item>() <= 64);

/// What a GOAWAY means for us.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Parting {
    /// Another GOAWAY will follow; nothing changes yet.
    Notice,
    /// New streams of the peer are ignored.
    Graceful,
    /// Nothing is sent after it.
    Terminal,
}

/// The part of a session that sends.
pub(super) struct Outbound {
    urgent: Deque<Item>,
    regular: Deque<Item>,
    requests: Deque<Item>,
    /// How many acknowledgements are in the urgent queue.
    pub acks: usize,
    /// How many RST_STREAM frames wait that the library has queued.
    pub resets: usize,
    /// The frame that is being sent.
    pub transit: Transit,
}

impl Outbound {
    pub fn new(role: Role, mem: Mem) -> Outbound {
        Outbound {
            urgent: Deque::new(mem.clone()),
            regular: Deque::new(mem.clone()),
            requests: Deque::new(mem.clone()),
            acks: 0,
            resets: 0,
            transit: Transit::new(role, mem),
        }
    }

    /// Appends a frame to the queue it belongs to. For requests there is [`Outbound::push_request`].
    pub fn push(&mut self, item: Item) -> Result<()> {
        match item {
            Item::Settings { ack, .. } | Item::Ping { ack, .. } => {
                self.urgent.push_back(item)?;
                self.acks = self.acks.wrapping_add(usize::from(ack));
                Ok(())
            }
            Item::RstStream { by_application, .. } => {
                self.regular.push_back(item)?;
                self.resets = self.resets.wrapping_add(usize::from(!by_application));
                Ok(())
            }
            _ => self.regular.push_back(item),
        }
    }

    /// Makes sure that the next [`Outbound::push`] succeeds, of a frame that overtakes none.
    pub fn reserve_one(&mut self) -> Result<()> {
        self.regular.reserve_one()
    }

    /// Appends HEADERS that may only be sent when another stream may be open.
    pub fn push_request(&mut self, item: HeadersItem) -> Result<()> {
        self.requests.push_back(Item::Headers(item))
    }

    /// The waiting request of a stream.
    pub fn find_request(&mut self, id: StreamId) -> Option<&mut HeadersItem> {
        let item = self.requests.find_mut(|item| item.is_request_of(id))?;
        match item {
            Item::Headers(headers) => Some(headers),
            _ => None,
        }
    }

    /// How many octets of heap everything holds that waits or is being sent.
    pub fn memory(&self) -> usize {
        [&self.urgent, &self.regular, &self.requests]
            .into_iter()
            .flat_map(|queue| once(queue.memory()).chain(queue.iter().map(Item::memory)))
            .fold(self.transit.memory(), usize::saturating_add)
    }

    /// How many frames wait, content apart.
    pub fn len(&self) -> usize {
        self.urgent.len().wrapping_add(self.regular.len()).wrapping_add(self.requests.len())
    }
}

impl Session {
    /// Whether a frame is being sent, or one waits that may be sent now; content apart.
    pub(super) fn has_frames_to_send(&self) -> bool {
        let outbound = &self.outbound;
        outbound.transit.is_busy()
            || !outbound.urgent.is_empty()
            || !outbound.regular.is_empty()
            || !outbound.requests.is_empty() && self.may_open_stream()
    }

    /// Whether the peer lets us have one more stream open.
    fn may_open_stream(&self) -> bool {
        self.streams.outgoing < self.settings.remote.max_concurrent_streams as usize
    }

    /// Takes the next frame off its queue to be sent; content apart. False says that there is none that
    /// may be sent.
    #[inline]
    pub(super) fn load_next(&mut self) -> Result<bool> {
        let may_open = self.may_open_stream();
        let outbound = &mut self.outbound;
        let queue = match outbound {
            Outbound { urgent, .. } if !urgent.is_empty() => urgent,
            Outbound { regular, .. } if !regular.is_empty() => regular,
            Outbound { requests, .. } if !requests.is_empty() && may_open => requests,
            _ => return Ok(false),
        };
        let Some(item) = queue.pop_front() else { return Ok(false) };
        match &item {
            Item::Settings { ack: true, .. } | Item::Ping { ack: true, .. } => {
                outbound.acks = outbound.acks.wrapping_sub(1);
            }
            Item::RstStream { by_application: false, .. } => {
                outbound.resets = outbound.resets.wrapping_sub(1);
            }
            _ => {}
        }
        outbound.transit.load(item)?;
        Ok(true)
    }
}

impl Item {
    fn is_request_of(&self, id: StreamId) -> bool {
        match self {
            Item::Headers(headers) => {
                headers.category == Category::Request && headers.stream_id == id
            }
            _ => false,
        }
    }

    /// How many octets of heap the frame holds.
    pub fn memory(&self) -> usize {
        match self {
            Item::Headers(item) => item.fields.memory(),
            Item::PushPromise { fields, .. } => fields.memory(),
            Item::Settings { entries, .. } => entries.memory(),
            Item::Goaway { debug: text, .. }
            | Item::Altsvc { text, .. }
            | Item::PriorityUpdate { value: text, .. } => text.memory(),
            Item::Origin(origins) => origins.memory(),
            Item::Priority { .. }
            | Item::RstStream { .. }
            | Item::Ping { .. }
            | Item::WindowUpdate { .. }
            | Item::Extension { .. } => 0,
        }
    }

    /// The frame header before anything is known of a header block's length, or of padding.
    pub fn head(&self) -> Head {
        let connection = StreamId::CONNECTION;
        let (kind, flags, stream_id, length) = match self {
            Item::Headers(item) => (Kind::HEADERS, item.flags(), item.stream_id, 0),
            Item::Priority { stream_id, .. } => {
                (Kind::PRIORITY, Flags::NONE, *stream_id, PrioritySpec::LEN)
            }
            Item::RstStream { stream_id, .. } => {
                (Kind::RST_STREAM, Flags::NONE, *stream_id, RstStream::LEN)
            }
            Item::Settings { entries, ack } => {
                let length = entries.len().wrapping_mul(Settings::ENTRY_LEN);
                (Kind::SETTINGS, Flags::ACK.when(*ack), connection, length)
            }
            Item::PushPromise { stream_id, .. } => {
                (Kind::PUSH_PROMISE, Flags::END_HEADERS, *stream_id, 0)
            }
            Item::Ping { ack, .. } => (Kind::PING, Flags::ACK.when(*ack), connection, Ping::LEN),
            Item::Goaway { debug, .. } => {
                (Kind::GOAWAY, Flags::NONE, connection, Goaway::FIXED_LEN.wrapping_add(debug.len()))
            }
            Item::WindowUpdate { stream_id, .. } => {
                (Kind::WINDOW_UPDATE, Flags::NONE, *stream_id, WindowUpdate::LEN)
            }
            Item::Altsvc { stream_id, text, .. } => {
                // Of the text, two octets are the NULs behind its parts.
                let length = Altsvc::FIXED_LEN.wrapping_add(text.len()).wrapping_sub(2);
                (Kind::ALTSVC, Flags::NONE, *stream_id, length)
            }
            Item::Origin(origins) => (Kind::ORIGIN, Flags::NONE, connection, origins.payload_len()),
            Item::PriorityUpdate { value, .. } => {
                let length = PriorityUpdate::ID_LEN.wrapping_add(value.len());
                (Kind::PRIORITY_UPDATE, Flags::NONE, connection, length)
            }
            Item::Extension { kind, flags, stream_id, .. } => (*kind, *flags, *stream_id, 0),
        };
        Head { length, kind, flags, stream_id }
    }

    /// The frame as the application sees it.
    pub fn frame(&self, head: Head, padding: usize) -> Frame<'_> {
        let body = match self {
            Item::Headers(item) => Body::Headers(Headers {
                padding,
                priority: item.priority.unwrap_or_default(),
                fields: item.fields.fields(),
                category: item.category,
            }),
            Item::Priority { spec, .. } => Body::Priority(*spec),
            Item::RstStream { code, .. } => Body::RstStream(RstStream { code: *code }),
            Item::Settings { entries, .. } => Body::Settings(Settings { entries }),
            Item::PushPromise { promised_id, fields, .. } => Body::PushPromise(PushPromise {
                padding,
                promised_id: *promised_id,
                fields: fields.fields(),
            }),
            Item::Ping { frame, .. } => Body::Ping(*frame),
            Item::Goaway { last, code, debug, .. } => {
                Body::Goaway(Goaway { last_stream_id: *last, code: *code, debug })
            }
            Item::WindowUpdate { increment, .. } => {
                Body::WindowUpdate(WindowUpdate { increment: *increment })
            }
            Item::Altsvc { text, origin_len, .. } => {
                let origin = text.get(..*origin_len).unwrap_or_default();
                let value = text.get(origin_len.wrapping_add(1)..text.len().wrapping_sub(1));
                Body::Altsvc(Altsvc { origin, value: value.unwrap_or_default() })
            }
            Item::Origin(origins) => Body::Origin(origins.as_frame()),
            Item::PriorityUpdate { prioritized_id, value } => {
                Body::PriorityUpdate(PriorityUpdate { prioritized_id: *prioritized_id, value })
            }
            Item::Extension { payload, .. } => Body::Extension(*payload),
        };
        Frame { head, body }
    }
}

impl HeadersItem {
    /// The content that follows; none after the first call.
    pub fn take_source(&mut self) -> Option<Source> {
        core::mem::take(&mut self.has_source).then_some(self.source)
    }

    fn flags(&self) -> Flags {
        Flags::END_HEADERS
            .with(Flags::END_STREAM.when(self.ends_stream))
            .with(Flags::PRIORITY.when(self.priority.is_some()))
    }
}

/// What the library queues by itself.
impl Session {
    /// Queues RST_STREAM for what the peer did, unless the stream cannot have one.
    pub(super) fn queue_reset(&mut self, closure: super::stream::Closure) -> Result<()> {
        if self.add_reset(closure.id, closure.code, false)? {
            self.draw(Ration::OwnResets, 1);
        }
        Ok(())
    }

    /// Queues RST_STREAM, which puts the stream into the state of closing at once. False says that
    /// there is nothing to reset.
    pub(super) fn add_reset(
        &mut self,
        id: StreamId,
        code: ErrorCode,
        by_application: bool,
    ) -> Result<bool> {
        let slot = self.streams.find(id);
        if slot.is_some_and(|slot| self.streams[slot].is_closing()) {
            return Ok(false);
        }
        let mine = self.streams.is_mine(id);
        let unused =
            if mine { id.get() as u32 >= self.ids.next } else { id > self.ids.last_received };
        if unused {
            return Ok(false);
        }
        if self.role == Role::Client && mine && slot.is_none() {
            // A request that was not sent yet is taken back when its turn comes.
            if let Some(request) = self.outbound.find_request(id)
                && request.cancelled.is_none()
            {
                request.cancelled = Some(code);
                return Ok(false);
            }
        }
        if by_application && slot.is_none() {
            return Ok(false);
        }
        if !by_application {
            self.check_reactions()?;
        }
        self.outbound.push(Item::RstStream { stream_id: id, code, by_application })?;
        if let Some(slot) = slot {
            self.streams[slot].state = super::stream::State::Closing;
        }
        Ok(true)
    }

    /// Whether one more frame may wait only because of what the peer did.
    fn check_reactions(&mut self) -> Result<()> {
        let waiting = self.outbound.resets.saturating_add(self.outbound.acks);
        let limit = self.config.max_outbound_queue;
        if waiting < limit { Ok(()) } else { Err(self.flood(Guard::OutboundQueue, limit)) }
    }

    /// Whether one more acknowledgement may wait.
    pub(super) fn check_acks(&mut self) -> Result<()> {
        let limit = self.config.max_outbound_ack;
        if self.outbound.acks < limit {
            Ok(())
        } else {
            Err(self.flood(Guard::OutboundAcks, limit))
        }
    }

    pub(super) fn queue_settings_ack(&mut self) -> Result<()> {
        self.check_acks()?;
        self.check_reactions()?;
        self.outbound.push(Item::Settings { entries: Vec::new(self.mem.clone()), ack: true })
    }

    pub(super) fn queue_ping_ack(&mut self, frame: Ping) -> Result<()> {
        self.check_acks()?;
        self.check_reactions()?;
        self.outbound.push(Item::Ping { frame, ack: true })
    }
}
