//! What the application asks for besides messages: parameters, PING, priorities, extensions.

use super::outbound::Item;
use super::settings::{check, last};
use super::{Interest, Role, Session};
use crate::error::{Error, Result};
use crate::frame::{
    Altsvc, DEFAULT_MAX_PAYLOAD, Flags, Kind, OriginBuf, Ping, PrioritySpec, PriorityUpdate,
    Setting, SettingId, StreamId,
};
use crate::mem::Vec;

impl Session {
    /// Queues SETTINGS. Most of them come into force when the peer has acknowledged them.
    ///
    /// [`Error::InvalidArgument`] for a value outside its range, or if
    /// [`SettingId::NO_RFC7540_PRIORITIES`] differs from what was said first.
    pub fn submit_settings(&mut self, entries: &[Setting]) -> Result<()> {
        check(entries)?;
        let id = SettingId::NO_RFC7540_PRIORITIES;
        let mut decided = self.settings.submitted.no_rfc7540;
        for entry in entries.iter().filter(|entry| entry.id == id) {
            let value = entry.value == 1;
            if decided.is_some_and(|decided| decided != value) {
                return Err(Error::InvalidArgument);
            }
            decided = Some(value);
        }
        let in_flight = self.copy(entries)?;
        let entries = self.copy(entries)?;
        self.settings.in_flight.reserve_one()?;
        self.outbound.push(Item::Settings { entries, ack: false })?;
        let submitted = &mut self.settings.submitted;
        submitted.no_rfc7540 = Some(decided.unwrap_or(false));
        if let Some(limit) = last(&in_flight, SettingId::MAX_CONCURRENT_STREAMS) {
            submitted.max_concurrent_streams = limit;
        }
        if let Some(push) = last(&in_flight, SettingId::ENABLE_PUSH) {
            submitted.enable_push = push == 1;
        }
        if let Some(connect) = last(&in_flight, SettingId::ENABLE_CONNECT_PROTOCOL) {
            submitted.enable_connect_protocol = connect == 1;
        }
        self.settings.in_flight.push_back(in_flight)
    }

    fn copy<T: Copy>(&self, values: &[T]) -> Result<Vec<T>> {
        let mut copy = Vec::new(self.mem.clone());
        copy.extend_from_slice(values)?;
        Ok(copy)
    }

    /// Queues PING, or the answer to one. [`Error::Flooded`] if too many answers wait.
    pub fn submit_ping(&mut self, ack: bool, opaque: [u8; Ping::LEN]) -> Result<()> {
        if ack {
            self.check_acks()?;
        }
        self.outbound.push(Item::Ping { frame: Ping { opaque }, ack })
    }

    /// Queues PRIORITY. Nothing is done if the peer has said that it does not use these priorities;
    /// otherwise there must be a `spec`, and it must not make the stream depend on itself.
    pub fn submit_priority(&mut self, id: StreamId, spec: Option<PrioritySpec>) -> Result<()> {
        if self.settings.peer_is_without_rfc7540() {
            return Ok(());
        }
        let spec = spec.filter(|spec| !id.is_connection() && spec.depends_on != id);
        let spec = spec.ok_or(Error::InvalidArgument)?.clamped();
        self.outbound.push(Item::Priority { stream_id: id, spec })
    }

    /// Queues a frame of a type beyond those of HTTP/2 itself. The driver is asked for its payload,
    /// with `payload` as a word of its own, when its turn comes.
    pub fn submit_extension(
        &mut self,
        kind: Kind,
        flags: Flags,
        id: StreamId,
        payload: usize,
    ) -> Result<()> {
        if kind.0 <= Kind::CONTINUATION.0 {
            return Err(Error::InvalidArgument);
        }
        if !self.wants(Interest::EXTENSION) {
            return Err(Error::InvalidState);
        }
        self.outbound.push(Item::Extension { kind, flags, stream_id: id, payload })
    }

    /// Queues ALTSVC, from a server: for an origin on the connection, or for that of a stream.
    pub fn submit_altsvc(&mut self, id: StreamId, origin: &[u8], value: &[u8]) -> Result<()> {
        if !self.is_server() {
            return Err(Error::InvalidState);
        }
        let fixed = Altsvc::FIXED_LEN;
        let length = fixed.saturating_add(origin.len()).saturating_add(value.len());
        if length > DEFAULT_MAX_PAYLOAD || id.is_connection() == origin.is_empty() {
            return Err(Error::InvalidArgument);
        }
        let mut text = Vec::new(self.mem.clone());
        text.reserve_total(length)?;
        for part in [origin, value] {
            text.extend_from_slice(part)?;
            text.push(0)?;
        }
        self.outbound.push(Item::Altsvc { stream_id: id, text, origin_len: origin.len() })
    }

    /// Queues ORIGIN, from a server.
    pub fn submit_origin<'o>(
        &mut self,
        origins: impl Iterator<Item = &'o [u8]> + Clone,
    ) -> Result<()> {
        if !self.is_server() {
            return Err(Error::InvalidState);
        }
        let lengths = origins.clone().map(|origin| origin.len().saturating_add(2));
        if lengths.fold(0, usize::saturating_add) > DEFAULT_MAX_PAYLOAD {
            return Err(Error::InvalidArgument);
        }
        let mut list = OriginBuf::new(self.mem.clone());
        for origin in origins {
            list.push(origin)?;
        }
        self.outbound.push(Item::Origin(list))
    }

    /// Queues PRIORITY_UPDATE, from a client. Nothing is done if the server uses the priorities of
    /// RFC 7540.
    pub fn submit_priority_update(&mut self, id: StreamId, value: &[u8]) -> Result<()> {
        if self.role == Role::Server {
            return Err(Error::InvalidState);
        }
        if self.settings.peer_no_rfc7540 == Some(false) {
            return Ok(());
        }
        let length = PriorityUpdate::ID_LEN.saturating_add(value.len());
        if id.is_connection() || length > DEFAULT_MAX_PAYLOAD {
            return Err(Error::InvalidArgument);
        }
        let value = self.copy(value)?;
        self.outbound.push(Item::PriorityUpdate { prioritized_id: id, value })
    }
}
