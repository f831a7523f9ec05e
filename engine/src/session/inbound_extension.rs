//! What frames beyond RFC 9113 do: ALTSVC (RFC 7838), ORIGIN (RFC 8336), PRIORITY_UPDATE (RFC 9218),
//! and those that the application handles.

use super::recv::{Kept, Progress, Question, State};
use super::stream::Mark;
use super::streams::Slot;
use super::task::Task;
use super::{Interest, Notice, Session};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Altsvc, OriginBuf, PrioritySpec, PriorityUpdate, StreamId};
use crate::http::Priority;

/// So many idle streams are remembered for a peer that has not acknowledged a limit yet.
const MANY_IDLE: u32 = 100;

impl Session {
    /// The length of ALTSVC's first field tells early whether the frame can be right.
    #[inline(never)]
    pub(super) fn altsvc_length(&mut self, input: &mut &[u8]) -> Result<Progress> {
        let Some(octets) = self.inbound.collect_payload(input, Altsvc::FIXED_LEN) else {
            return Ok(Progress::Wait);
        };
        let [high, low, ..] = octets;
        let origin_len = usize::from(u16::from_be_bytes([high, low]));
        if origin_len > self.inbound.left {
            self.terminate(ErrorCode::FRAME_SIZE_ERROR, "")?;
            return Ok(Progress::Done);
        }
        self.inbound.text.extend_from_slice(&[high, low])?;
        self.inbound.kept = Kept::Altsvc { origin_len };
        self.inbound.state = State::Text;
        Ok(Progress::Done)
    }

    pub(super) fn on_altsvc(&mut self) {
        let id = self.inbound.head.stream_id;
        let Some(frame) = Altsvc::parse(&self.inbound.text) else { return };
        let invalid = if id.is_connection() {
            frame.origin.is_empty()
        } else if !frame.origin.is_empty() {
            true
        } else {
            if self.streams.find_alive(id).is_none() {
                return;
            }
            false
        };
        // Nothing happens to a peer that gets this wrong.
        self.inbound.tasks.push(match invalid || frame.value.is_empty() {
            true => Task::InvalidFrame(Error::Proto),
            false => Task::Frame,
        });
    }

    pub(super) fn on_origin(&mut self) -> Result<()> {
        let Some(origins) = OriginBuf::parse(&self.inbound.text, self.mem.clone())? else {
            return Ok(());
        };
        self.inbound.origins = origins;
        self.inbound.kept = Kept::Origin;
        self.inbound.tasks.push(Task::Frame);
        Ok(())
    }

    /// RFC 9218 section 7.1
    pub(super) fn on_priority_update(&mut self) -> Result<()> {
        let frame = PriorityUpdate::parse(&self.inbound.text).ok_or(Error::Internal)?;
        let id = frame.prioritized_id;
        self.inbound.kept = Kept::PriorityUpdate { prioritized_id: id };
        if !self.inbound.head.stream_id.is_connection() {
            self.connection_error(Error::Proto, "PRIORITY_UPDATE: stream_id == 0");
            return Ok(());
        }
        if self.streams.is_mine(id) {
            if self.is_idle(id) {
                let reason = "PRIORITY_UPDATE: prioritizing idle push is not allowed";
                self.connection_error(Error::Proto, reason);
            } else {
                self.inbound.tasks.push(Task::Frame);
            }
            return Ok(());
        }
        if let Some(slot) = self.update_target(id)? {
            self.update_priority(slot);
        }
        Ok(())
    }

    /// The stream that is to be prioritised. One that the client has not opened yet is remembered.
    fn update_target(&mut self, id: StreamId) -> Result<Option<Slot>> {
        let slot = self.streams.find_any(id);
        let fixed = slot.is_some_and(|slot| self.streams[slot].has(Mark::PRIORITY_FIXED));
        if fixed || slot.is_none() && !self.is_idle(id) {
            self.inbound.tasks.push(Task::Frame);
            return Ok(None);
        }
        if slot.is_some() {
            return Ok(slot);
        }
        let named = self.streams.idle.len.saturating_add(self.streams.incoming);
        if named >= self.settings.local.max_concurrent_streams as usize {
            let reason = "PRIORITY_UPDATE: max concurrent streams exceeded";
            self.connection_error(Error::Proto, reason);
            return Ok(None);
        }
        let announced = self.settings.submitted.max_concurrent_streams.max(MANY_IDLE) as usize;
        if named >= announced {
            // Nothing is lost but advice.
            self.inbound.tasks.push(Task::Frame);
            return Ok(None);
        }
        self.create_idle(id, PrioritySpec::default()).map(Some)
    }

    fn update_priority(&mut self, slot: Slot) {
        let value = self.inbound.text.get(PriorityUpdate::ID_LEN..).unwrap_or_default();
        let mut priority = Priority::default();
        if priority.update(value).is_ok() {
            self.scheduler.set_priority(&mut self.streams, slot, priority);
        }
        self.inbound.tasks.push(Task::Frame);
    }

    /// As much of an extension frame's payload as there is.
    #[inline(never)]
    pub(super) fn extension_data(&mut self, input: &mut &[u8]) -> Progress {
        if self.inbound.left == 0 {
            self.inbound.state = State::EndOfExtension;
            return Progress::Done;
        }
        let left = self.inbound.left;
        let part = self.inbound.take(input, left);
        if part.is_empty() {
            return Progress::Wait;
        }
        if !self.wants(Interest::EXTENSION_DATA) {
            return Progress::Done;
        }
        self.inbound.question = Question::ExtensionData;
        (self.told.chunk, self.told.padding) = (part.len(), 0);
        Progress::Tell(Notice::ExtensionData)
    }

    /// The application says what the payload means, then the frame is told.
    #[inline(never)]
    pub(super) fn end_of_extension(&mut self) -> Progress {
        self.inbound.state = State::Head;
        self.inbound.question = Question::ExtensionEnd;
        self.inbound.tasks.push(Task::Frame);
        Progress::Tell(Notice::ExtensionEnd)
    }
}
