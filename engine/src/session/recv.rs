//! Octets into frames: the inbound machine.
//!
//! What is read next is a [`State`]; what is left to do about what was read are [`Task`]s, which come
//! first. Neither is lost when the application does something in between, except that a termination
//! puts the machine into [`State::Ignore`].

use super::guards::HeaderList;
use super::task::{Task, Tasks};
use super::upgrade::Interrupted;
use super::{Config, Interest, Notice, Reply, Role, Session};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{
    Altsvc, Body, Category, Data, Frame, Goaway, HEAD_LEN, Head, Headers, OriginBuf, Ping,
    PrioritySpec, PriorityUpdate, PushPromise, RstStream, Setting, Settings, StreamId,
    WindowUpdate,
};
use crate::mem::{Box, Mem, RcBuf, Vec};

/// What is read next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The client's magic, of which so many octets have come.
    Magic(usize),
    /// The header of the first frame, which must be SETTINGS.
    FirstHead,
    /// A frame header.
    Head,
    /// The header of a CONTINUATION.
    ContinuationHead,
    /// The Pad Length octet.
    PadLength,
    /// The fixed fields in front of a header block.
    BlockFields,
    /// A header block.
    Block,
    /// What there is of a header block in this input, although the session is over.
    LastPiece,
    /// The padding behind a header block, or behind the part of it that is in this frame.
    BlockPadding,
    /// The content and padding of DATA.
    Data,
    /// DATA that nobody wants; it counts for the connection's window.
    IgnoredData,
    /// A payload of a few octets.
    Fixed,
    /// The length in front of ALTSVC, which says whether the rest can be right.
    AltsvcLength,
    /// A payload of any length that is needed as a whole.
    Text,
    /// The payload of an extension frame of the application's.
    Extension,
    /// A payload that nobody wants.
    Skip,
    /// Nothing: DATA is complete.
    EndOfData,
    /// Nothing: an extension frame of the application's is complete.
    EndOfExtension,
    /// Everything: the session is over.
    Ignore,
}

/// What a frame holds, as far as it is known. Parts of variable length lie in [`Inbound`].
#[derive(Clone, Copy)]
pub(super) enum Kept {
    Data,
    Headers { priority: PrioritySpec, category: Category },
    PushPromise { promised_id: StreamId },
    Priority(PrioritySpec),
    RstStream(RstStream),
    Settings,
    Ping(Ping),
    Goaway { last_stream_id: StreamId, code: ErrorCode },
    WindowUpdate(WindowUpdate),
    Altsvc { origin_len: usize },
    Origin,
    PriorityUpdate { prioritized_id: StreamId },
    Extension,
}

/// A question that was asked, and may be answered before the next pull.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Question {
    None,
    Time,
    HeadersBegin,
    Header,
    InvalidHeader,
    /// Not answered: a field was passed over, the block goes on.
    FieldIgnored,
    ExtensionData,
    ExtensionEnd,
}

/// Room that is kept between two frames, of each kind. In octets.
const KEPT: usize = 1024;

/// The part of a session that receives.
pub(super) struct Inbound {
    pub state: State,
    pub tasks: Tasks,
    pub question: Question,
    /// Octets of something short that has not come as a whole yet.
    short: [u8; HEAD_LEN],
    short_len: usize,
    /// The frame that is being received; of a header block, with its CONTINUATIONs so far.
    pub head: Head,
    /// The header to tell: that of a frame, or of a CONTINUATION.
    pub told_head: Head,
    /// How many octets of the current frame's payload are still to come.
    pub left: usize,
    /// How many of them are padding at the end.
    pub padding_left: usize,
    /// The octets of padding including the Pad Length octet.
    pub padding: usize,
    pub kept: Kept,
    /// A payload that is needed as a whole.
    pub text: Vec<u8>,
    /// The merged entries of SETTINGS.
    pub entries: Vec<Setting>,
    /// The entries of ORIGIN.
    pub origins: OriginBuf,
    /// The text of a diagnostic.
    pub diagnostic: Vec<u8>,
    /// Whether the fields of the current header block are told.
    pub telling: bool,
    /// How many CONTINUATIONs the current header block has had.
    pub continuations: usize,
    /// What the fields of the current header block have come to so far, and may come to.
    pub list: HeaderList,
    /// The time of the current input in seconds, once it was asked for.
    pub now: Option<u64>,
    /// The time that was known last.
    pub last_time: u64,
    /// Whether the next pull is the first one for new input.
    pub fresh: bool,
    /// What was being received when an upgrade came in between.
    pub interrupted: Option<Box<Interrupted>>,
}

impl Inbound {
    pub fn new(role: Role, config: &Config, mem: Mem) -> Inbound {
        let state = match role {
            Role::Server if config.expect_magic => State::Magic(0),
            _ => State::FirstHead,
        };
        let short = [0; HEAD_LEN];
        let head = Head::parse(&short);
        Inbound {
            state,
            tasks: Tasks::NONE,
            question: Question::None,
            short,
            short_len: 0,
            head,
            told_head: head,
            left: 0,
            padding_left: 0,
            padding: 0,
            kept: Kept::Data,
            text: Vec::new(mem.clone()),
            entries: Vec::new(mem.clone()),
            origins: OriginBuf::new(mem.clone()),
            diagnostic: Vec::new(mem),
            telling: false,
            continuations: 0,
            list: HeaderList::default(),
            now: None,
            last_time: 0,
            fresh: true,
            interrupted: None,
        }
    }

    /// Collects `len` octets, at most as many as a frame header has. None asks for more.
    #[inline]
    pub fn collect(&mut self, input: &mut &[u8], len: usize) -> Option<[u8; HEAD_LEN]> {
        match input.first_chunk() {
            // Nearly always there is as much as there can be.
            Some(octets) if self.short_len == 0 => {
                *input = input.get(len..).unwrap_or_default();
                Some(*octets)
            }
            _ => self.collect_pieces(input, len),
        }
    }

    #[inline(never)]
    fn collect_pieces(&mut self, input: &mut &[u8], len: usize) -> Option<[u8; HEAD_LEN]> {
        let missing = len.saturating_sub(self.short_len);
        let (part, rest) = input.split_at_checked(missing).unwrap_or((input, &[]));
        *input = rest;
        for (place, octet) in self.short.iter_mut().skip(self.short_len).zip(part) {
            *place = *octet;
        }
        if part.len() < missing {
            self.short_len = self.short_len.wrapping_add(part.len());
            return None;
        }
        self.short_len = 0;
        Some(self.short)
    }

    /// The frame header that the input begins with, if it has all of it, and what is behind it.
    #[inline]
    pub fn peek_head<'i>(&self, input: &&'i [u8]) -> Option<(Head, &'i [u8])> {
        let (octets, rest) = input.split_first_chunk()?;
        (self.short_len == 0).then(|| (Head::parse(octets), rest))
    }

    /// Collects a frame header. None asks for more.
    #[inline]
    pub fn collect_head(&mut self, input: &mut &[u8]) -> Option<Head> {
        match self.peek_head(input) {
            Some((head, rest)) => {
                *input = rest;
                Some(head)
            }
            None => self.collect_pieces(input, HEAD_LEN).map(|octets| Head::parse(&octets)),
        }
    }

    /// A frame header has come.
    #[inline]
    pub fn begin_frame(&mut self, head: Head, kept: Kept) {
        self.head = head;
        self.kept = kept;
        self.left = head.length;
        (self.padding, self.padding_left) = (0, 0);
    }

    /// The same for octets of the payload.
    pub fn collect_payload(&mut self, input: &mut &[u8], len: usize) -> Option<[u8; HEAD_LEN]> {
        if len == 0 {
            return Some([0; HEAD_LEN]);
        }
        let before = input.len();
        let octets = self.collect(input, len);
        self.left = self.left.saturating_sub(before.saturating_sub(input.len()));
        octets
    }

    /// Takes what there is of the payload's next `most` octets off the input.
    pub fn take<'i>(&mut self, input: &mut &'i [u8], most: usize) -> &'i [u8] {
        let (part, rest) = input.split_at_checked(most.min(input.len())).unwrap_or_default();
        *input = rest;
        self.left = self.left.saturating_sub(part.len());
        part
    }

    /// The frame as the application sees it.
    #[inline]
    pub fn frame(&self) -> Frame<'_> {
        match self.kept {
            Kept::Data => {
                Frame { head: self.head, body: Body::Data(Data { padding: self.padding }) }
            }
            _ => self.other_frame(),
        }
    }

    fn other_frame(&self) -> Frame<'_> {
        let padding = self.padding;
        let text = |start| self.text.get(start..).unwrap_or_default();
        let body = match self.kept {
            Kept::Data => Body::Data(Data { padding }),
            Kept::Headers { priority, category } => {
                Body::Headers(Headers { padding, priority, fields: &[], category })
            }
            Kept::PushPromise { promised_id } => {
                Body::PushPromise(PushPromise { padding, promised_id, fields: &[] })
            }
            Kept::Priority(spec) => Body::Priority(spec),
            Kept::RstStream(frame) => Body::RstStream(frame),
            Kept::Settings => Body::Settings(Settings { entries: &self.entries }),
            Kept::Ping(frame) => Body::Ping(frame),
            Kept::Goaway { last_stream_id, code } => {
                Body::Goaway(Goaway { last_stream_id, code, debug: text(Goaway::FIXED_LEN) })
            }
            Kept::WindowUpdate(frame) => Body::WindowUpdate(frame),
            Kept::Altsvc { origin_len } => {
                let rest = text(Altsvc::FIXED_LEN);
                let (origin, value) = rest.split_at_checked(origin_len).unwrap_or_default();
                Body::Altsvc(Altsvc { origin, value })
            }
            Kept::Origin => Body::Origin(self.origins.as_frame()),
            Kept::PriorityUpdate { prioritized_id } => Body::PriorityUpdate(PriorityUpdate {
                prioritized_id,
                value: text(PriorityUpdate::ID_LEN),
            }),
            Kept::Extension => Body::Extension(0),
        };
        Frame { head: self.head, body }
    }

    /// How many octets of heap it holds.
    pub fn memory(&self) -> usize {
        let interrupted = self.interrupted.as_ref().map_or(0, |interrupted| interrupted.memory());
        [self.text.memory(), self.entries.memory(), self.origins.memory(), self.diagnostic.memory()]
            .into_iter()
            .fold(interrupted, usize::saturating_add)
    }

    /// The stream that the fields of the current header block are for.
    pub fn subject(&self) -> StreamId {
        match self.kept {
            Kept::PushPromise { promised_id } => promised_id,
            _ => self.head.stream_id,
        }
    }
}

/// What has become of a task, or of one look at the input.
pub(super) enum Progress {
    /// Something to tell.
    Tell(Notice),
    /// Nothing to tell; there may be more to do.
    Done,
    /// More input is needed.
    Wait,
    /// Everything about an upgrade was told.
    Upgraded,
}

impl Progress {
    pub fn tell_if(wanted: bool, notice: Notice) -> Progress {
        if wanted { Progress::Tell(notice) } else { Progress::Done }
    }
}

impl Session {
    /// Takes octets off the front of `input`, and returns what they mean. None says that the input is
    /// used up. Input that nobody wants, because the connection is over, is used up at once.
    ///
    /// An error is fatal: the session can only be dropped.
    #[inline]
    pub fn pull(&mut self, input: &mut &[u8]) -> Result<Option<Notice>> {
        let before = input.len();
        let notice = self.next_notice(input);
        self.count_input(before, input.len());
        notice
    }

    #[inline]
    fn next_notice(&mut self, input: &mut &[u8]) -> Result<Option<Notice>> {
        self.inbound.question = Question::None;
        if self.inbound.fresh && !self.begin_input() {
            *input = &[];
            return Ok(None);
        }
        loop {
            let progress = match self.inbound.state {
                _ if !self.inbound.tasks.is_empty() => self.perform_task()?,
                // Most of what there is to tell are fields and content.
                State::Block | State::LastPiece => self.block(input)?,
                State::Data if self.awaits_data(input) => Progress::Wait,
                State::Head | State::Data => match self.data_slot(input) {
                    Some(slot) if self.inbound.tasks.is_empty() => self.data_of(slot, input)?,
                    Some(_) => Progress::Done,
                    None => self.read_on(input)?,
                },
                State::EndOfData => self.end_of_data(),
                _ => self.read_on(input)?,
            };
            match progress {
                Progress::Tell(notice) => return Ok(Some(notice)),
                // Input is for what comes after the upgrade.
                Progress::Upgraded if input.is_empty() => return Ok(None),
                Progress::Done | Progress::Upgraded => {}
                Progress::Wait => {
                    self.pause_input(input);
                    return Ok(None);
                }
            }
        }
    }

    /// New input has come. False says that nobody wants it.
    #[inline]
    fn begin_input(&mut self) -> bool {
        self.trim_idle_streams();
        self.inbound.fresh = !self.want_read();
        !self.inbound.fresh
    }

    /// Name and value of the last [`Notice::Header`] or [`Notice::InvalidHeader`] as counted strings,
    /// which may outlive the session.
    pub fn shared_header(&mut self) -> Result<(RcBuf, RcBuf)> {
        self.decoder.shared_field()
    }

    /// Answers the question that the last event was. [`Error::InvalidState`] if that was none, or has
    /// no such answer.
    pub fn answer_event(&mut self, reply: Reply) -> Result<()> {
        let question = core::mem::replace(&mut self.inbound.question, Question::None);
        match (question, reply) {
            (Question::Time, Reply::Time(now)) => {
                self.inbound.now = Some(now);
                self.inbound.last_time = now;
            }
            // The application has ended the session as well.
            (Question::HeadersBegin | Question::ExtensionData, Reply::Reject)
                if self.inbound.state == State::Ignore => {}
            (Question::HeadersBegin | Question::Header, Reply::Reject) => self.reject_block(),
            (Question::InvalidHeader, Reply::Reject) => self.reject_invalid_field(),
            (Question::InvalidHeader, Reply::Silent) => self.inbound.tasks.clear(),
            (Question::ExtensionData, Reply::Reject) => self.inbound.state = State::Skip,
            (Question::ExtensionEnd, Reply::Reject) => self.inbound.tasks.clear(),
            _ => return Err(Error::InvalidState),
        }
        Ok(())
    }

    /// Says that the rest of the input will be handed in later, as far as it matters: a session that has
    /// been terminated takes all of it. Not needed when [`Session::recv`] has returned None.
    pub fn pause_input(&mut self, input: &mut &[u8]) {
        self.inbound.question = Question::None;
        self.inbound.fresh = true;
        self.inbound.now = None;
        if self.inbound.state == State::LastPiece {
            self.inbound.state = State::Ignore;
        }
        if self.inbound.tasks.is_empty() && self.inbound.state == State::Head {
            self.inbound.text.release_above(KEPT);
            self.inbound.diagnostic.release_above(KEPT);
        }
        if self.inbound.state == State::Ignore {
            self.count_input(input.len(), 0);
            *input = &[];
        }
    }

    /// Ignores what is still to come. Only an application that ends the session from within a header
    /// block gets to know what else of the block there is already.
    pub(super) fn ignore_input(&mut self) {
        let within = matches!(
            self.inbound.question,
            Question::Header | Question::InvalidHeader | Question::FieldIgnored
        );
        self.inbound.state = match self.inbound.state {
            State::Block | State::LastPiece if within => State::LastPiece,
            _ => State::Ignore,
        };
    }

    /// Reads what is expected next, whatever that is. The states that each pull sees to itself are here as
    /// well: so no new one can be forgotten.
    fn read_on(&mut self, input: &mut &[u8]) -> Result<Progress> {
        match self.inbound.state {
            State::Magic(matched) => self.magic(input, matched),
            State::FirstHead | State::Head => self.head(input),
            State::ContinuationHead => self.continuation_head(input),
            State::PadLength => self.pad_length(input),
            State::BlockFields => self.block_fields(input),
            State::Block | State::LastPiece => self.block(input),
            State::BlockPadding => self.block_padding(input),
            State::Data => self.no_data(),
            State::IgnoredData => self.ignored_data(input),
            State::Fixed => self.fixed(input),
            State::AltsvcLength => self.altsvc_length(input),
            State::Text => self.text(input),
            State::Extension => Ok(self.extension_data(input)),
            State::Skip => Ok(self.skip(input)),
            State::EndOfData => Ok(self.end_of_data()),
            State::EndOfExtension => Ok(self.end_of_extension()),
            State::Ignore => {
                *input = &[];
                Ok(Progress::Wait)
            }
        }
    }

    /// Whether the driver wants to hear of it.
    #[inline]
    pub(super) fn wants(&self, interest: Interest) -> bool {
        self.interest.has(interest)
    }

    /// Notes a fault of the frame that ends the connection.
    #[cold]
    pub(super) fn connection_error(&mut self, error: Error, reason: &'static str) {
        self.inbound.tasks.push(Task::InvalidFrame(error));
        self.inbound.tasks.push(Task::Terminate(error.into(), reason));
    }
}
