//! One session and its driver, with a limit on how long it may take.

use arbitrary::Arbitrary;
use nghttp2_engine::error::{Error, ErrorCode, Result};
use nghttp2_engine::frame::{Body, Frame, Goaway, Kind, StreamId};
use nghttp2_engine::mem::Mem;
use nghttp2_engine::session::{
    Content, Event, Interest, Opaque, Reply, Role, Session, Source, Step,
};

use crate::fields::{get, ok, post};
use crate::setup::Setup;
use crate::told::{self, Told};
use crate::wire::{check_output, scramble};

/// How an application behaves. All zeros are one that agrees to everything and stays calm.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub struct Manner {
    /// Which questions are answered with no.
    refusals: u8,
    /// After how many frames output is fetched, in the middle of input.
    drains: u8,
    /// What responses are like.
    content: u8,
    /// How many octets the transport takes at once, beyond a few.
    taken: u8,
}

impl Manner {
    /// One that does not respond by itself.
    pub const QUIET: Manner = Manner { refusals: 0, drains: 0, content: NO_RESPONSE, taken: 0 };
}

/// [`Manner::content`]: there are no responses.
const NO_RESPONSE: u8 = 0xff;

/// One end of a connection.
pub struct End {
    pub session: Session,
    /// Everything that it was told of its input.
    pub log: Vec<Told>,
    /// What the other end has complained of last.
    pub complaint: Option<ErrorCode>,
    /// The octets it wanted to send.
    pub output: Vec<u8>,
    /// How many of them the other end has got.
    carried: usize,
    /// The error after which it can only be dropped.
    pub fate: Option<Error>,
    /// The usual answers to the last questions, if they need one.
    event_answer: Option<Reply>,
    step_answer: Option<Reply>,
    /// Whether the last question cannot be left without an answer.
    packing: bool,
    /// What goes out if the question is answered with [`Reply::Sent`].
    unsent: Vec<u8>,
    /// Whether the last question was one for a GOAWAY, and whether one was dropped.
    parting: (bool, bool),
    manner: Manner,
    role: Role,
    /// Whether the application can send content by itself.
    sends: bool,
    /// How many octets of content each source still has.
    sources: Vec<usize>,
    /// How many they had together.
    pub content: usize,
    /// Whether sources may ask for time.
    defers: bool,
    questions: u32,
    frames: u32,
    /// How many more pulls there may be.
    budget: usize,
    /// Whether it does not want to read any more.
    pub ended: bool,
}

/// [`Source::reader`]: only the application has the octets.
const ELSEWHERE: usize = 1;
/// The stream goes on after them.
const MORE_FOLLOWS: usize = 2;
/// They come later.
const DEFERRED: usize = 4;
/// They come in small pieces.
const SMALL: usize = 8;

/// [`Manner::content`]: with each response comes another one that nobody has asked for.
const PUSHES: usize = 0x40;

impl End {
    pub fn new(role: Role, setup: Setup, manner: Manner, mem: Mem) -> End {
        End {
            session: setup.session(role, mem),
            log: Vec::new(),
            complaint: None,
            output: Vec::new(),
            carried: 0,
            fate: None,
            event_answer: None,
            step_answer: None,
            packing: false,
            unsent: Vec::new(),
            parting: (false, false),
            manner,
            role,
            sends: setup.interest().has(Interest::SEND_DATA),
            sources: Vec::new(),
            content: 0,
            defers: true,
            questions: 0,
            frames: 0,
            budget: 1000,
            ended: false,
        }
    }

    /// Allows for what the application is about to cause.
    pub fn allow(&mut self, pulls: usize) {
        self.budget += pulls;
    }

    fn spend(&mut self) {
        self.budget = self.budget.checked_sub(1).expect("an endless loop");
    }

    /// No, if the next question is one of those that are answered so.
    fn rejection(&self) -> Option<Reply> {
        let number = self.questions.wrapping_add(u32::from(self.manner.refusals) << 8);
        let refused = self.manner.refusals > 0 && scramble(number).is_multiple_of(8);
        refused.then_some(Reply::Reject)
    }

    /// Notes what became of a call. An error of the nine hundreds is the end.
    pub fn note<T>(&mut self, result: Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                assert_ne!(error, Error::Internal, "the engine does not understand itself");
                told::explain(error.number());
                if error.is_fatal() {
                    self.fate = Some(error);
                }
                None
            }
        }
    }

    /// A source of so many octets; `nature` says how they come.
    pub fn source(&mut self, length: usize, nature: u8) -> Source {
        self.allow(100 + 8 * length);
        self.sources.push(length);
        self.content += length;
        let elsewhere = if self.sends { ELSEWHERE } else { 0 };
        let reader = usize::from(nature) & (elsewhere | MORE_FOLLOWS | DEFERRED | SMALL);
        Source { object: self.sources.len() - 1, reader }
    }

    /// What comes later comes from now on.
    pub fn undefer(&mut self) {
        self.defers = false;
    }

    /// Makes four requests, every other one with content.
    pub fn request(&mut self) {
        for number in 0..4 {
            let source = (number % 2 == 1).then(|| self.source(300, 0));
            let fields = if source.is_some() { post() } else { get() };
            let result = self.session.submit_request(None, &fields, source, Opaque(number));
            self.note(result);
        }
    }

    /// Takes input, answers questions, and responds to requests. Stops where the session does not want
    /// to read any more: from there on it counts how the input was cut.
    pub fn receive(&mut self, mut input: &[u8]) {
        self.allow(100 + 16 * input.len());
        while !self.ended && self.fate.is_none() {
            let Some(completed) = self.pull_event(&mut input) else {
                self.ended |= self.fate.is_none() && !self.session.want_read();
                break;
            };
            self.answer_event(None);
            if let Some(id) = completed {
                self.respond(id);
            }
            if self.manner.drains > 0 && self.frames > u32::from(self.manner.drains) {
                self.frames = 0;
                self.transmit();
            }
            self.ended |= !self.session.want_read();
        }
    }

    /// Pulls one event. None if there is none; otherwise the stream of which the peer has said all.
    pub fn pull_event(&mut self, input: &mut &[u8]) -> Option<Option<StreamId>> {
        self.spend();
        self.event_answer = None;
        let rejection = self.rejection();
        let event = match self.session.recv(input) {
            Ok(Some(event)) => event,
            Ok(None) => {
                assert!(input.is_empty(), "input is left");
                return None;
            }
            Err(error) => {
                assert!(error.is_fatal(), "recv: {error:?}");
                self.fate = Some(error);
                return None;
            }
        };
        told::add(&mut self.log, &event);
        let mut completed = None;
        match event {
            Event::AskTime => self.event_answer = Some(Reply::Time(1)),
            Event::HeadersBegin(_)
            | Event::Header(_)
            | Event::InvalidHeader(_)
            | Event::ExtensionEnd(_) => {
                self.questions += 1;
                self.event_answer = rejection;
            }
            Event::Frame(frame) => {
                self.frames += 1;
                completed = frame.ends_stream().then(|| frame.stream_id());
                if let Body::Goaway(Goaway { code, .. }) = frame.body {
                    self.complaint = Some(code);
                }
            }
            _ => {}
        }
        Some(completed)
    }

    /// Answers the last question about input, in the usual way if nothing else is said.
    pub fn answer_event(&mut self, reply: Option<Reply>) {
        if let Some(reply) = reply.or(self.event_answer.take()) {
            let result = self.session.answer_event(reply);
            self.note(result);
        }
    }

    /// A server answers a complete request.
    fn respond(&mut self, id: StreamId) {
        if self.role == Role::Client || self.manner.content == NO_RESPONSE {
            return;
        }
        let nature = self.manner.content;
        self.allow(200);
        let mut streams = vec![id];
        if usize::from(nature) & PUSHES != 0 && id.is_odd() {
            let promised = self.session.submit_push_promise(id, &get(), Opaque(2));
            streams.extend(self.note(promised));
        }
        for id in streams {
            let source = (nature > 0).then(|| self.source(usize::from(nature) * 4, nature));
            let result = self.session.submit_response(id, &ok(), source);
            self.note(result);
        }
    }

    /// Fetches all output.
    pub fn transmit(&mut self) {
        while self.fate.is_none() && self.pull_step(false) {
            self.answer_step(None);
            while self.fate.is_none() && self.pull_step(true) {
                self.answer_step(None);
            }
        }
    }

    /// What the other end has not got yet.
    pub fn take_output(&mut self) -> Vec<u8> {
        let octets = self.output[self.carried..].to_vec();
        self.carried = self.output.len();
        octets
    }

    /// Pulls one step. False if there is none.
    pub fn pull_step(&mut self, settling: bool) -> bool {
        if self.packing {
            self.answer_step(None);
        }
        self.spend();
        self.step_answer = None;
        let rejection = self.rejection();
        // A question stays open while things are settled.
        self.parting.0 &= settling;
        let step = if settling { self.session.settle() } else { self.session.send() };
        let step = match step {
            Ok(Some(step)) => step,
            Ok(None) => return false,
            Err(error) => {
                assert!(error.is_fatal(), "send: {error:?}");
                self.fate = Some(error);
                return false;
            }
        };
        let mut taken = 0;
        match step {
            Step::AskPadding { frame, max } => {
                assert!(frame.head.length <= max, "no room at all");
                let length = (frame.head.length + usize::from(self.manner.refusals % 64)).min(max);
                self.step_answer = Some(Reply::Length(length));
            }
            Step::AskReadLength(_) => self.step_answer = Some(Reply::Length(1000)),
            Step::AskData { source, buffer, .. } => {
                let deferred = self.defers && source.reader & DEFERRED != 0;
                let reply = if deferred {
                    Reply::Deferred
                } else {
                    read(&mut self.sources, source, buffer)
                };
                self.step_answer = Some(reply);
            }
            Step::AskExtension { buffer, .. } => {
                buffer[..4].copy_from_slice(b"ext.");
                self.step_answer = Some(Reply::Length(4));
                self.packing = true;
            }
            Step::SendData { frame, head, length, .. } => {
                self.unsent = data_frame(&frame, &head, length);
                self.step_answer = Some(Reply::Sent);
            }
            Step::AskProceed(frame) => {
                self.questions += 1;
                // Without one of these the other end loses track.
                let vital = [Kind::HEADERS, Kind::PUSH_PROMISE, Kind::SETTINGS, Kind::GOAWAY];
                self.step_answer = rejection.filter(|_| !vital.contains(&frame.head.kind));
                self.parting.0 = frame.head.kind == Kind::GOAWAY;
            }
            Step::Output(octets) => {
                assert!(!octets.is_empty(), "empty output");
                taken = match self.manner.taken {
                    0 => octets.len(),
                    most => octets.len().min(16 + usize::from(most)),
                };
                self.output.extend_from_slice(&octets[..taken]);
            }
            Step::FrameSent(frame) | Step::FrameNotSent(frame, _) => {
                told::describe(&frame);
            }
            Step::StreamClosed { .. } => {}
        }
        if taken > 0 {
            self.session.written(taken);
        }
        true
    }

    /// Answers the last question about output, in the usual way if nothing else is said.
    pub fn answer_step(&mut self, reply: Option<Reply>) {
        let fits = |reply: &Reply| matches!(reply, Reply::Length(_) | Reply::Reject | Reply::Fail);
        let reply = reply.filter(|reply| !self.packing || fits(reply));
        self.packing = false;
        let Some(reply) = reply.or(self.step_answer.take()) else { return };
        let result = self.session.answer_step(reply);
        if result.is_ok() && matches!(reply, Reply::Sent) {
            self.output.append(&mut self.unsent);
        }
        self.unsent.clear();
        self.parting.1 |= self.parting.0 && matches!(reply, Reply::Reject);
        self.note(result);
    }

    /// Ends the connection, and checks that nothing is told and nothing is sent after that.
    pub fn finish(&mut self) {
        // Any number may be asked about; this is one.
        let number = i32::from(self.manner.taken);
        told::explain(-500 - number);
        told::explain(-900 - number % 8);
        if self.fate.is_some() {
            return;
        }
        let result = self.session.terminate_session(ErrorCode::NO_ERROR);
        self.note(result);
        // What is known already may still be told.
        while self.fate.is_none() && self.pull_event(&mut &b""[..]).is_some() {}
        self.transmit();
        // An application that keeps a GOAWAY from being sent has to end the connection by itself.
        if self.fate.is_some() || self.parting.1 {
            return;
        }
        assert!(!self.session.want_read() && !self.session.want_write(), "it goes on");
        check_output(&self.output, self.role == Role::Client);
        let told = self.log.len();
        let mut late = &b"\0\0\x08\x06\0\0\0\0\0latePING"[..];
        while self.fate.is_none() && self.pull_event(&mut late).is_some() {}
        assert!(late.is_empty(), "octets are left");
        assert_eq!(self.log.get(told..), Some(&[][..]), "told after the end");
        assert!(!self.pull_step(false), "sent after the end");
    }
}

/// What a source gives.
fn read(sources: &mut [usize], source: Source, buffer: &mut [u8]) -> Reply {
    let nature = |bit| source.reader & bit != 0;
    let mut none = 0;
    let left = sources.get_mut(source.object).unwrap_or(&mut none);
    let most = if nature(SMALL) { buffer.len().min(40) } else { buffer.len() };
    let length = most.min(*left);
    *left -= length;
    let eof = *left == 0;
    buffer[..length].fill(b'd');
    let (more_follows, elsewhere) = (eof && nature(MORE_FOLLOWS), nature(ELSEWHERE));
    Reply::Data(Content { length, eof, more_follows, elsewhere })
}

/// A DATA frame whose content the application sends by itself.
fn data_frame(frame: &Frame<'_>, head: &[u8], length: usize) -> Vec<u8> {
    let mut octets = head.to_vec();
    let padding = frame.head.length - length;
    if padding > 0 {
        octets.push((padding - 1) as u8);
    }
    octets.resize(octets.len() + length, b'e');
    octets.resize(octets.len() + padding.saturating_sub(1), 0);
    octets
}
