//! Two sessions in one thread, joined by strings of octets.

use crate::error::Result;
use crate::frame::{Frame, Kind, StreamId};
use crate::mem::{Field, Mem};
use crate::session::{
    Config, Content, Event, ExtensionSet, Interest, Reply, Role, Session, Source, Step,
};

/// The type of the extension frame that both ends understand.
pub const EXTENSION: Kind = Kind(0xF0);

/// What was told, without what was lent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub what: &'static str,
    pub kind: Option<Kind>,
    pub stream_id: StreamId,
    pub ends_stream: bool,
}

impl Told {
    fn new(what: &'static str, stream_id: StreamId) -> Told {
        Told { what, kind: None, stream_id, ends_stream: false }
    }

    fn frame(what: &'static str, frame: Frame<'_>) -> Told {
        let (stream_id, ends_stream) = (frame.stream_id(), frame.ends_stream());
        Told { what, kind: Some(frame.head.kind), stream_id, ends_stream }
    }
}

/// One end of a connection.
pub struct End {
    pub session: Session,
    /// Everything that it was told, in order.
    pub log: Vec<Told>,
    /// The question that is always answered with no.
    pub refuse: Option<&'static str>,
    /// How many octets of content each source has, by its object.
    pub content: Vec<usize>,
    /// The content that came.
    pub received: Vec<u8>,
}

/// What to do whenever something was told.
pub type Meddle<'a> = &'a mut dyn FnMut(&mut End, &Told) -> Result<()>;

pub fn nothing(_: &mut End, _: &Told) -> Result<()> {
    Ok(())
}

impl End {
    pub fn new(role: Role, mem: Mem) -> End {
        let mut user_extensions = ExtensionSet::default();
        user_extensions.insert(EXTENSION);
        let config = Config {
            user_extensions,
            altsvc: true,
            origin: true,
            priority_update: true,
            ..Config::default()
        };
        let session = Session::new(role, config, Interest::ALL, 7, mem);
        let (log, content, received) = (Vec::new(), Vec::new(), Vec::new());
        End { session, log, refuse: None, content, received }
    }

    /// A source of `length` octets.
    pub fn source(&mut self, length: usize) -> Option<Source> {
        self.content.push(length);
        Some(Source { object: self.content.len() - 1, reader: 1 })
    }

    /// Whether it was told so.
    pub fn was_told(&self, what: &str) -> bool {
        self.log.iter().any(|told| told.what == what)
    }

    /// All octets that it wants to send.
    pub fn output(&mut self, meddle: Meddle<'_>) -> Result<Vec<u8>> {
        let mut octets = Vec::new();
        loop {
            let Some(step) = self.session.send()? else { return Ok(octets) };
            let told = step_told(step, &mut self.content, &mut octets);
            self.step(told, meddle)?;
            while let Some(step) = self.session.settle()? {
                let told = step_told(step, &mut self.content, &mut octets);
                self.step(told, meddle)?;
            }
        }
    }

    fn step(&mut self, told: (Told, Option<Reply>, usize), meddle: Meddle<'_>) -> Result<()> {
        let (told, reply, written) = told;
        self.session.written(written);
        self.log.push(told.clone());
        meddle(self, &told)?;
        let refused = self.refuse == Some(told.what);
        if let Some(reply) = if refused { Some(Reply::Reject) } else { reply } {
            self.session.answer_step(reply)?;
        }
        Ok(())
    }

    /// Takes octets from the other end.
    pub fn input(&mut self, mut octets: &[u8], meddle: Meddle<'_>) -> Result<()> {
        loop {
            let Some(event) = self.session.recv(&mut octets)? else { return Ok(()) };
            let (told, reply) = event_told(event, &mut self.received);
            self.log.push(told.clone());
            meddle(self, &told)?;
            let refused = self.refuse == Some(told.what);
            if let Some(reply) = if refused { Some(Reply::Reject) } else { reply } {
                self.session.answer_event(reply)?;
            }
        }
    }
}

/// Lets both ends talk until neither has anything to say.
pub fn converse(client: &mut End, server: &mut End, meddle: Meddle<'_>) -> Result<()> {
    for _ in 0..100 {
        let there = client.output(meddle)?;
        server.input(&there, meddle)?;
        let back = server.output(meddle)?;
        client.input(&back, meddle)?;
        if there.is_empty() && back.is_empty() {
            return Ok(());
        }
    }
    panic!("they never stop talking");
}

/// The fields of a GET.
pub fn get(path: &[u8]) -> [Field<'_>; 4] {
    [
        Field::new(b":method", b"GET"),
        Field::new(b":scheme", b"https"),
        Field::new(b":authority", b"example.org"),
        Field::new(b":path", path),
    ]
}

fn event_told(event: Event<'_>, received: &mut Vec<u8>) -> (Told, Option<Reply>) {
    let connection = StreamId::CONNECTION;
    let told = match event {
        Event::AskTime => return (Told::new("AskTime", connection), Some(Reply::Time(1))),
        Event::FrameBegin(head) => Told::new("FrameBegin", head.stream_id),
        Event::HeadersBegin(frame) => Told::frame("HeadersBegin", frame),
        Event::Header(header) => Told::new("Header", header.head.stream_id),
        Event::InvalidHeader(header) => Told::new("InvalidHeader", header.head.stream_id),
        Event::Data { stream_id, chunk, .. } => {
            received.extend_from_slice(chunk);
            Told::new("Data", stream_id)
        }
        Event::ExtensionData { head, .. } => Told::new("ExtensionData", head.stream_id),
        Event::ExtensionEnd(head) => Told::new("ExtensionEnd", head.stream_id),
        Event::Frame(frame) => Told::frame("Frame", frame),
        Event::InvalidFrame(frame, _) => Told::frame("InvalidFrame", frame),
        Event::StreamClosed { stream_id, .. } => Told::new("StreamClosed", stream_id),
        Event::Diagnostic { text, .. } => {
            assert_eq!(text.last(), Some(&0));
            Told::new("Diagnostic", connection)
        }
    };
    (told, None)
}

/// What was told, the answer to it, and how many octets were taken.
fn step_told(
    step: Step<'_>,
    content: &mut [usize],
    octets: &mut Vec<u8>,
) -> (Told, Option<Reply>, usize) {
    let (told, reply) = match step {
        Step::AskPadding { frame, max } => {
            let length = (frame.head.length + 3).min(max);
            (Told::frame("AskPadding", frame), Some(Reply::Length(length)))
        }
        Step::AskReadLength(length) => {
            (Told::new("AskReadLength", length.stream_id), Some(Reply::Length(1000)))
        }
        Step::AskData { stream_id, source, buffer } => {
            let left = &mut content[source.object];
            let length = buffer.len().min(*left);
            *left -= length;
            buffer[..length].fill(b'd');
            let eof = *left == 0;
            let content =
                Content { length, eof, more_follows: false, elsewhere: source.reader > 1 };
            (Told::new("AskData", stream_id), Some(Reply::Data(content)))
        }
        Step::AskExtension { frame, buffer } => {
            let told = Told::frame("AskExtension", frame);
            buffer[..4].copy_from_slice(b"ext.");
            (told, Some(Reply::Length(4)))
        }
        Step::AskProceed(frame) => (Told::frame("AskProceed", frame), None),
        Step::Output(part) => {
            octets.extend_from_slice(part);
            return (Told::new("Output", StreamId::CONNECTION), None, part.len());
        }
        Step::SendData { frame, head, length, .. } => {
            octets.extend_from_slice(&head);
            let padding = frame.head.length - length;
            if padding > 0 {
                octets.push(padding as u8 - 1);
            }
            octets.extend(std::iter::repeat_n(b'e', length));
            octets.extend(std::iter::repeat_n(0, padding.saturating_sub(1)));
            (Told::frame("SendData", frame), Some(Reply::Sent))
        }
        Step::FrameSent(frame) => (Told::frame("FrameSent", frame), None),
        Step::FrameNotSent(frame, _) => (Told::frame("FrameNotSent", frame), None),
        Step::StreamClosed { stream_id, .. } => (Told::new("StepStreamClosed", stream_id), None),
    };
    (told, reply, 0)
}
