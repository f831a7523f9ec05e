//! Header blocks, field by field (RFC 9113 section 4.3).
//!
//! Every block is decompressed to its end, whatever becomes of its stream: the peer's compression
//! context must be followed. Only whether fields are told differs.

use super::guards::Guard;
use super::recv::{Kept, Progress, Question, State};
use super::stream::Closure;
use super::streams::Slot;
use super::task::{Complaint, Task};
use super::{Interest, Notice, Session};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Category, Flags, Head, Kind, PrioritySpec, PushPromise};
use crate::hpack::{STATIC_ENTRIES, static_entry};
use crate::http::{Context, KnownPseudo, Traits, Verdict};

/// The traits of the static table's entries, by index.
static STATIC_TRAITS: [Traits; STATIC_ENTRIES + 1] = {
    let mut traits = [Traits::of_valid(b""); STATIC_ENTRIES + 1];
    let mut index = 1;
    while index <= STATIC_ENTRIES {
        #[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
        {
            traits[index] = Traits::of_valid(static_entry(index).0);
        }
        index += 1;
    }
    traits
};

/// Those of them that are pseudo-headers with values, by index.
static STATIC_PSEUDO: [Option<KnownPseudo>; STATIC_ENTRIES + 1] = {
    let mut pseudo = [None; STATIC_ENTRIES + 1];
    let mut index = 1;
    while index <= STATIC_ENTRIES {
        #[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
        {
            let (name, value) = static_entry(index);
            pseudo[index] = KnownPseudo::of(name, value);
        }
        index += 1;
    }
    pseudo
};

impl Session {
    /// The Pad Length octet of a frame with a header block: checks that padding and fixed fields fit.
    pub(super) fn block_padding_announced(&mut self) -> Result<()> {
        let (fields, reason) = match self.inbound.kept {
            Kept::PushPromise { .. } => (PushPromise::ID_LEN, "PUSH_PROMISE: invalid padding"),
            _ => (self.priority_fields_len(), "HEADERS: invalid padding"),
        };
        if self.inbound.padding_left.saturating_add(fields) > self.inbound.left {
            return self.terminate(ErrorCode::PROTOCOL_ERROR, reason);
        }
        self.inbound.state = State::BlockFields;
        Ok(())
    }

    fn priority_fields_len(&self) -> usize {
        if self.inbound.head.flags.has(Flags::PRIORITY) { PrioritySpec::LEN } else { 0 }
    }

    /// The fixed fields in front of a header block, and with them what the block is for.
    pub(super) fn block_fields(&mut self, input: &mut &[u8]) -> Result<Progress> {
        let len = match self.inbound.kept {
            Kept::PushPromise { .. } => PushPromise::ID_LEN,
            _ => self.priority_fields_len(),
        };
        let Some(octets) = self.inbound.collect_payload(input, len) else {
            return Ok(Progress::Wait);
        };
        self.inbound.state = State::Block;
        self.inbound.telling = false;
        self.inbound.continuations = 0;
        self.begin_header_list();
        match self.inbound.kept {
            Kept::PushPromise { .. } => {
                let promised_id = PushPromise::parse_id(&octets).ok_or(Error::Internal)?;
                self.inbound.kept = Kept::PushPromise { promised_id };
                self.begin_push_promise(promised_id)?;
            }
            _ => {
                if let Kept::Headers { priority, .. } = &mut self.inbound.kept
                    && len > 0
                {
                    *priority = PrioritySpec::parse(&octets).ok_or(Error::Internal)?;
                }
                self.begin_headers()?;
            }
        }
        // If the block has a stream, its fields are told, once the application has agreed.
        if self.inbound.telling && self.wants(Interest::HEADERS_BEGIN) {
            self.inbound.question = Question::HeadersBegin;
            return Ok(Progress::Tell(Notice::HeadersBegin));
        }
        Ok(Progress::Done)
    }

    /// Looks for the next field of the block, or the end of its part in this frame.
    #[inline]
    pub(super) fn block(&mut self, input: &mut &[u8]) -> Result<Progress> {
        let part = self.inbound.left.saturating_sub(self.inbound.padding_left);
        let mut piece = input.get(..part).unwrap_or(input);
        loop {
            let before = piece.len();
            let decoded = self.decoder.decode(&mut piece);
            self.inbound.take(input, before.wrapping_sub(piece.len()));
            match decoded {
                Ok(false) => return self.end_of_piece(input),
                Ok(true) => {
                    if !self.ration_field()? {
                        return Ok(Progress::Done);
                    }
                    if self.tells_field() {
                        self.inbound.question = Question::Header;
                        return Ok(Progress::Tell(Notice::Header));
                    }
                    if !self.inbound.tasks.is_empty() {
                        return Ok(Progress::Done);
                    }
                }
                Err(error) => return self.compression_failed(error),
            }
        }
    }

    /// There are no more whole fields in the input.
    fn end_of_piece(&mut self, input: &mut &[u8]) -> Result<Progress> {
        if self.inbound.state == State::LastPiece {
            self.inbound.state = State::Ignore;
            return Ok(Progress::Done);
        }
        if self.inbound.left > self.inbound.padding_left {
            return Ok(Progress::Wait);
        }
        if self.inbound.head.flags.has(Flags::END_HEADERS)
            && let Err(error) = self.decoder.check_whole()
        {
            return self.compression_failed(error);
        }
        self.inbound.state = State::BlockPadding;
        self.block_padding(input)
    }

    /// The context is lost, and with it the connection. That the stream is reset first is seen by the
    /// application only: nothing but GOAWAY will be sent.
    #[cold]
    fn compression_failed(&mut self, error: Error) -> Result<Progress> {
        if error.is_fatal() {
            return Err(error);
        }
        let id = self.inbound.subject();
        let code = ErrorCode::COMPRESSION_ERROR;
        if self.inbound.state == State::LastPiece {
            self.stop_telling();
        } else if self.inbound.telling && self.streams.find_alive(id).is_some() {
            self.queue_reset(Closure { id, code })?;
        }
        self.terminate(code, "")?;
        Ok(Progress::Done)
    }

    /// A field has been decoded. Whether it is told; what else there is to do about it becomes tasks.
    #[inline]
    fn tells_field(&mut self) -> bool {
        if !self.inbound.telling {
            return false;
        }
        let Some(slot) = self.streams.find_recent(self.inbound.subject()) else { return false };
        match self.judge(slot) {
            Verdict::Deliver => return self.wants(Interest::HEADER),
            Verdict::Drop => {}
            Verdict::Ignore => {
                self.inbound.tasks.push(Task::InvalidHeader);
                self.inbound.tasks.push(Task::Diagnose(Complaint::FieldIgnored));
            }
            Verdict::Reject => {
                self.reject_field();
                self.glitch();
            }
        }
        false
    }

    /// Holds the field against the rules of HTTP.
    fn judge(&mut self, slot: Slot) -> Verdict {
        if !self.config.enforce_http {
            return Verdict::Deliver;
        }
        let traits = self.field_traits();
        if traits.is_plain(self.config.trimmed_values) {
            self.streams[slot].message.plain_field();
            return Verdict::Deliver;
        }
        match self.is_known_pseudo(slot) {
            true => Verdict::Deliver,
            false => self.judge_by_name(slot, traits),
        }
    }

    /// Whether the field is a pseudo-header that messages of this kind often have, where it may be.
    #[inline]
    fn is_known_pseudo(&mut self, slot: Slot) -> bool {
        let is_of_response = match self.inbound.kept {
            Kept::Headers { category: Category::Request, .. } => false,
            Kept::Headers { category: Category::Response, .. } => true,
            _ => return false,
        };
        let entry = self.decoder.static_index().and_then(|index| STATIC_PSEUDO.get(index));
        match entry {
            Some(Some(pseudo)) if pseudo.is_of_response() == is_of_response => {
                self.streams[slot].message.known_pseudo(*pseudo)
            }
            _ => false,
        }
    }

    /// What the octets of the field say; found out once for each entry of the tables.
    #[inline]
    fn field_traits(&mut self) -> Traits {
        let of_static = self.decoder.static_index().and_then(|index| STATIC_TRAITS.get(index));
        match of_static {
            Some(traits) => *traits,
            None => Traits::from_bits(self.decoder.note()).unwrap_or_else(|| self.look_at_field()),
        }
    }

    #[inline(never)]
    fn look_at_field(&mut self) -> Traits {
        let field = self.decoder.field();
        let traits = Traits::of(field.name, field.value);
        self.decoder.set_note(traits.bits());
        traits
    }

    /// Holds the field against the rules that its name has.
    fn judge_by_name(&mut self, slot: Slot, traits: Traits) -> Verdict {
        let server = self.is_server();
        let (promise, trailer) = match self.inbound.kept {
            Kept::PushPromise { .. } => (true, false),
            Kept::Headers { category: Category::Headers, .. } => (false, true),
            _ => (false, false),
        };
        let stream = &mut self.streams[slot];
        let context = Context {
            server,
            trailer: trailer && (server || !stream.message.expects_final()),
            pushed: !stream.id.is_odd(),
            extended_connect: self.settings.submitted.enable_connect_protocol,
            trimmed: self.config.trimmed_values,
            priority: self.settings.by_urgency(),
        };
        let value = self.decoder.field().value;
        if server || promise {
            stream.message.request_field(traits, value, context)
        } else {
            stream.message.response_field(traits, value, context)
        }
    }

    /// The field makes the message malformed: the stream is reset, and its other fields are not told.
    #[cold]
    fn reject_field(&mut self) {
        self.stop_telling();
        let closure = Closure { id: self.inbound.subject(), code: ErrorCode::PROTOCOL_ERROR };
        let tasks = &mut self.inbound.tasks;
        tasks.push(Task::Diagnose(Complaint::FieldRejected));
        tasks.push(Task::Reset(closure));
        tasks.push(Task::InvalidFrame(Error::HttpHeader));
    }

    /// The rest of the block is only decompressed.
    pub(super) fn stop_telling(&mut self) {
        self.inbound.telling = false;
        if self.inbound.state == State::LastPiece {
            self.inbound.state = State::Ignore;
        }
    }

    /// The application does not want to leave an invalid field out.
    pub(super) fn reject_invalid_field(&mut self) {
        self.inbound.tasks.clear();
        self.reject_field();
    }

    /// The application does not want the message.
    pub(super) fn reject_block(&mut self) {
        if self.inbound.state == State::LastPiece {
            return self.stop_telling();
        }
        self.stop_telling();
        let closure = Closure { id: self.inbound.subject(), code: ErrorCode::INTERNAL_ERROR };
        self.inbound.tasks.push(Task::Reset(closure));
    }

    /// What is behind the part of a block that is in this frame.
    pub(super) fn block_padding(&mut self, input: &mut &[u8]) -> Result<Progress> {
        let left = self.inbound.left;
        self.inbound.take(input, left);
        if self.inbound.left > 0 {
            return Ok(Progress::Wait);
        }
        self.inbound.padding_left = 0;
        if !self.inbound.head.flags.has(Flags::END_HEADERS) {
            self.inbound.state = State::ContinuationHead;
            return Ok(Progress::Done);
        }
        self.decoder.end_block();
        self.inbound.state = State::Head;
        Ok(if self.inbound.telling { self.end_block() } else { Progress::Done })
    }

    /// The next frame header inside a block (RFC 9113 section 6.10).
    pub(super) fn continue_block(&mut self, head: Head) -> Result<()> {
        let inbound = &mut self.inbound;
        if head.kind != Kind::CONTINUATION || head.stream_id != inbound.head.stream_id {
            let reason = "unexpected non-CONTINUATION frame or stream_id is invalid";
            return self.terminate(ErrorCode::PROTOCOL_ERROR, reason);
        }
        inbound.continuations = inbound.continuations.saturating_add(1);
        if inbound.continuations > self.config.max_continuations {
            self.exceed(Guard::Continuations, self.config.max_continuations as u64);
            return Err(Error::TooManyContinuations);
        }
        let end = head.flags.only(Flags::END_HEADERS);
        inbound.head.flags = inbound.head.flags.with(end);
        inbound.head.length = inbound.head.length.saturating_add(head.length);
        inbound.left = head.length;
        inbound.state = State::Block;
        if inbound.telling && self.interest.has(Interest::FRAME_BEGIN) {
            inbound.told_head = head;
            inbound.tasks.push(Task::FrameBegin);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hpack::Decoder;
    use crate::mem::Mem;

    #[test]
    fn the_static_table_is_what_looking_at_it_says() {
        let mut decoder = Decoder::new(Mem::system());
        for (index, traits) in STATIC_TRAITS.iter().enumerate().skip(1) {
            assert!(decoder.decode(&mut &[0x80 | index as u8][..]).unwrap());
            assert_eq!(decoder.static_index(), Some(index));
            let field = decoder.field();
            assert_eq!((field.name, field.value), static_entry(index));
            let is_pseudo = field.name.starts_with(b":") && !field.value.is_empty();
            assert_eq!(STATIC_PSEUDO[index].is_some(), is_pseudo);
            if field.name != b":authority" && field.value.is_empty() {
                assert!(traits.is_plain(true) == Traits::of(field.name, b"x").is_plain(true));
            } else {
                assert_eq!(*traits, Traits::of(field.name, field.value));
            }
        }
    }
}
