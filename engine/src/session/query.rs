//! What the application may ask, and the words it keeps here.

use super::stream::{Mark, State};
use super::streams::Slot;
use super::{Opaque, Session};
use crate::error::{Error, Result};
use crate::frame::{SettingId, StreamId};

/// The state of a stream (RFC 9113 section 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum StreamState {
    /// Not opened yet; also the root of the dependency tree.
    Idle = 1,
    /// Open both ways.
    Open = 2,
    /// Promised by us.
    ReservedLocal = 3,
    /// Promised by the peer.
    ReservedRemote = 4,
    /// We have said all.
    HalfClosedLocal = 5,
    /// The peer has said all.
    HalfClosedRemote = 6,
    /// Over.
    Closed = 7,
}

impl Session {
    /// The word that was stored for a stream; None if the stream is not there.
    pub fn stream_user_data(&self, id: StreamId) -> Option<Opaque> {
        self.streams.find(id).map(|slot| self.streams[slot].user_data)
    }

    /// Stores a word for a stream, or for a request that waits to be sent.
    pub fn set_stream_user_data(&mut self, id: StreamId, user_data: Opaque) -> Result<()> {
        if let Some(slot) = self.streams.find(id) {
            self.streams[slot].user_data = user_data;
            return Ok(());
        }
        let request = self.outbound.find_request(id).ok_or(Error::InvalidArgument)?;
        request.user_data = user_data;
        Ok(())
    }

    /// How many frames wait to be sent; content does not count.
    pub fn outbound_queue_len(&self) -> usize {
        self.outbound.len()
    }

    /// The octets of a stream that were received and not given back to its window yet.
    pub fn stream_received(&self, id: StreamId) -> Option<i32> {
        self.streams.find(id).map(|slot| self.streams[slot].recv.received())
    }

    /// The size of a stream's window for what the peer sends.
    pub fn stream_window_size(&self, id: StreamId) -> Option<i32> {
        self.streams.find(id).map(|slot| self.streams[slot].recv.size())
    }

    /// What the peer may still send on a stream.
    pub fn stream_recv_window(&self, id: StreamId) -> Option<i32> {
        self.streams.find(id).map(|slot| self.streams[slot].recv.available().max(0))
    }

    /// What we may still send on a stream.
    pub fn stream_send_window(&self, id: StreamId) -> Option<i32> {
        self.streams.find(id).map(|slot| self.send_window_of(&self.streams[slot]).max(0))
    }

    /// The octets of the connection that were received and not given back to its window yet.
    pub fn received(&self) -> i32 {
        self.recv_window.received()
    }

    /// The size of the connection's window for what the peer sends.
    pub fn window_size(&self) -> i32 {
        self.recv_window.size()
    }

    /// What the peer may still send on the connection. It may be negative.
    pub fn recv_window(&self) -> i32 {
        self.recv_window.available()
    }

    /// What we may still send on the connection.
    pub fn send_window(&self) -> i32 {
        self.send_window
    }

    /// Whether we have said all on a stream; None if the stream is not there.
    pub fn is_local_closed(&self, id: StreamId) -> Option<bool> {
        self.streams.find(id).map(|slot| self.streams[slot].has(Mark::WRITE_SHUT))
    }

    /// Whether the peer has said all on a stream; None if the stream is not there.
    pub fn is_remote_closed(&self, id: StreamId) -> Option<bool> {
        self.streams.find(id).map(|slot| self.streams[slot].has(Mark::READ_SHUT))
    }

    /// Our parameter that the peer has acknowledged last; None for unknown ones.
    pub fn local_setting(&self, id: SettingId) -> Option<u32> {
        self.settings.local.get(id)
    }

    /// The peer's parameter; None for unknown ones.
    pub fn remote_setting(&self, id: SettingId) -> Option<u32> {
        self.settings.remote.get(id)
    }

    /// The octets that the table for decompressing received fields accounts for.
    pub fn decoder_table_size(&self) -> usize {
        self.decoder.table_size()
    }

    /// The octets that the table for compressing sent fields accounts for.
    pub fn encoder_table_size(&self) -> usize {
        self.encoder.table_size()
    }

    /// Sets the id of our next stream. Ids only go up.
    pub fn set_next_stream_id(&mut self, id: StreamId) -> Result<()> {
        let next = u32::try_from(id.get()).map_err(|_| Error::InvalidArgument)?;
        if !self.streams.is_mine(id) || next < self.ids.next {
            return Err(Error::InvalidArgument);
        }
        self.ids.next = next;
        Ok(())
    }

    /// The id of our next stream. It may be larger than any id can be.
    pub fn next_stream_id(&self) -> u32 {
        self.ids.next
    }

    /// The last stream of the peer that was given to the application.
    pub fn last_processed_stream_id(&self) -> StreamId {
        self.ids.last_processed
    }

    /// Whether a request may be submitted with some hope.
    pub fn may_request(&self) -> bool {
        let id_left = i32::try_from(self.ids.next).is_ok();
        !self.is_server() && id_left && !self.shutdown.received && !self.is_closing()
    }

    /// Which end of the connection this is.
    pub fn role(&self) -> super::Role {
        self.role
    }

    /// Whether there is a stream of this id, idle ones included.
    pub fn has_stream(&self, id: StreamId) -> bool {
        self.streams.find_any(id).is_some()
    }

    /// The state of a stream; [`StreamState::Closed`] if it is not there.
    pub fn stream_state(&self, id: StreamId) -> StreamState {
        if id.is_connection() {
            return StreamState::Idle;
        }
        let Some(slot) = self.streams.find_any(id) else { return StreamState::Closed };
        let stream = &self.streams[slot];
        match stream.state {
            _ if stream.has(Mark::PROMISED) && self.streams.is_mine(id) => {
                StreamState::ReservedLocal
            }
            _ if stream.has(Mark::PROMISED) => StreamState::ReservedRemote,
            _ if stream.has(Mark::READ_SHUT) => StreamState::HalfClosedRemote,
            _ if stream.has(Mark::WRITE_SHUT) => StreamState::HalfClosedLocal,
            State::Idle => StreamState::Idle,
            _ => StreamState::Open,
        }
    }

    /// Where a stream is whose place in the dependency tree is asked for. Zero is the root.
    fn node(&self, id: StreamId) -> Option<Slot> {
        if id.is_connection() { Some(Slot::ROOT) } else { self.streams.find_any(id) }
    }

    fn id_of(&self, slot: Slot) -> Option<StreamId> {
        slot.some().map(|slot| self.streams[slot].id)
    }

    /// What a stream depends on.
    pub fn parent(&self, id: StreamId) -> Option<StreamId> {
        self.id_of(self.streams[self.node(id)?].branch.parent)
    }

    /// The newest of the streams that depend on a stream.
    pub fn first_child(&self, id: StreamId) -> Option<StreamId> {
        self.id_of(self.streams.stake(self.node(id)?).family.first_child)
    }

    /// The next one of the streams that depend on the same.
    pub fn next_sibling(&self, id: StreamId) -> Option<StreamId> {
        self.id_of(self.streams[self.node(id)?].branch.next)
    }

    /// The one before it.
    pub fn previous_sibling(&self, id: StreamId) -> Option<StreamId> {
        self.id_of(self.streams[self.node(id)?].branch.previous)
    }

    /// A stream's share among those that depend on the same, 1 to 256.
    pub fn weight(&self, id: StreamId) -> Option<i32> {
        self.node(id).map(|slot| i32::from(self.streams[slot].branch.weight))
    }

    /// The weights of all streams that depend on a stream together.
    pub fn weight_of_children(&self, id: StreamId) -> Option<i32> {
        self.node(id).map(|slot| self.streams.stake(slot).family.sum)
    }
}
