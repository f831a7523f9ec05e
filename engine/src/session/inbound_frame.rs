//! Inbound frames, as far as they are read alike: the connection preface, frame headers, and payloads
//! that are collected before they are looked at.

use super::frame_head::Admission;
use super::inbound_settings::keep_parameters;
use super::recv::{Kept, Progress, State};
use super::task::{Complaint, Task};
use super::{CLIENT_MAGIC, Interest, Session};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Flags, Head, Kind};

impl Session {
    /// RFC 9113 section 3.4
    #[inline(never)]
    pub(super) fn magic(&mut self, input: &mut &[u8], matched: usize) -> Result<Progress> {
        let missing = CLIENT_MAGIC.get(matched..).unwrap_or_default();
        let (part, rest) = input.split_at_checked(missing.len()).unwrap_or((input, &[]));
        *input = rest;
        if !missing.starts_with(part) {
            return Err(Error::BadClientMagic);
        }
        if part.len() < missing.len() {
            self.inbound.state = State::Magic(matched.wrapping_add(part.len()));
            return Ok(Progress::Wait);
        }
        self.inbound.state = State::FirstHead;
        Ok(Progress::Done)
    }

    /// A frame header. CONTINUATIONs that continue something do not come here.
    pub(super) fn head(&mut self, input: &mut &[u8]) -> Result<Progress> {
        let Some(head) = self.inbound.collect_head(input) else { return Ok(Progress::Wait) };
        self.count_frame();
        let first = self.inbound.state == State::FirstHead;
        self.inbound.begin_frame(head, Kept::Extension);
        self.inbound.text.clear();
        if first && !self.is_settings(head) {
            self.settings_expected();
            return Ok(Progress::Done);
        }
        if head.length > self.settings.local.max_frame_size as usize {
            self.terminate(ErrorCode::FRAME_SIZE_ERROR, "too large frame size")?;
            return Ok(Progress::Done);
        }
        let Admission { flags, state, told } = self.admit(head)?;
        self.inbound.head.flags = flags;
        if self.inbound.state == State::Ignore {
            return Ok(Progress::Done);
        }
        self.inbound.state = state;
        if told && self.wants(Interest::FRAME_BEGIN) {
            self.inbound.told_head = self.inbound.head;
            self.inbound.tasks.push(Task::FrameBegin);
        }
        if !self.inbound.tasks.is_empty() {
            return Ok(Progress::Done);
        }
        // Nothing comes in between.
        match state {
            State::BlockFields => self.block_fields(input),
            State::Fixed => self.fixed(input),
            _ => Ok(Progress::Done),
        }
    }

    #[cold]
    fn settings_expected(&mut self) {
        let tasks = &mut self.inbound.tasks;
        tasks.push(Task::Diagnose(Complaint::SettingsExpected));
        tasks.push(Task::Terminate(ErrorCode::PROTOCOL_ERROR, "SETTINGS expected"));
    }

    fn is_settings(&self, head: Head) -> bool {
        head.kind == Kind::SETTINGS && !head.flags.has(Flags::ACK)
    }

    /// The header of what must be a CONTINUATION. Its length is not held against the peer.
    #[inline(never)]
    pub(super) fn continuation_head(&mut self, input: &mut &[u8]) -> Result<Progress> {
        let Some(head) = self.inbound.collect_head(input) else { return Ok(Progress::Wait) };
        self.count_frame();
        self.continue_block(head)?;
        Ok(Progress::Done)
    }

    /// The Pad Length octet of DATA, HEADERS or PUSH_PROMISE.
    pub(super) fn pad_length(&mut self, input: &mut &[u8]) -> Result<Progress> {
        let Some(length) = self.inbound.take(input, 1).first().copied() else {
            return Ok(Progress::Wait);
        };
        self.inbound.padding_left = usize::from(length);
        self.inbound.padding = usize::from(length).wrapping_add(1);
        match self.inbound.kept {
            Kept::Data => self.data_padding()?,
            _ => self.block_padding_announced()?,
        }
        Ok(Progress::Done)
    }

    /// A payload of a few octets. Its length has been checked.
    pub(super) fn fixed(&mut self, input: &mut &[u8]) -> Result<Progress> {
        let length = self.inbound.head.length;
        let Some(octets) = self.inbound.collect_payload(input, length) else {
            return Ok(Progress::Wait);
        };
        self.inbound.state = State::Head;
        self.fixed_frame(&octets)?;
        Ok(Progress::Done)
    }

    /// A payload that is needed as a whole. It is collected as it comes, so nothing is allocated on
    /// the strength of an announced length.
    pub(super) fn text(&mut self, input: &mut &[u8]) -> Result<Progress> {
        let left = self.inbound.left;
        let part = self.inbound.take(input, left);
        if self.inbound.head.kind == Kind::SETTINGS && part.len() == self.inbound.head.length {
            // All of it is here, and only its parameters are kept.
            self.inbound.state = State::Head;
            keep_parameters(part, &mut self.inbound.entries)?;
            self.on_settings()?;
            return Ok(Progress::Done);
        }
        self.inbound.text.extend_from_slice(part)?;
        if self.inbound.left > 0 {
            return Ok(Progress::Wait);
        }
        self.inbound.state = State::Head;
        self.text_frame()?;
        Ok(Progress::Done)
    }

    pub(super) fn skip(&mut self, input: &mut &[u8]) -> Progress {
        let left = self.inbound.left;
        self.inbound.take(input, left);
        if self.inbound.left > 0 {
            return Progress::Wait;
        }
        self.inbound.state = State::Head;
        Progress::Done
    }
}
