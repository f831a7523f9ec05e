//! What a session has said, in a form that can be compared.

use std::fmt::{self, Debug, Display, Formatter};

use nghttp2_engine::error::{Error, ErrorCode};
use nghttp2_engine::frame::{Body, Flags, Frame, StreamId};
use nghttp2_engine::session::Event;

/// One event, or several that differ by how the input was cut only.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// Octets of the input itself.
    Octets { what: &'static str, stream_id: StreamId, flags: Flags, octets: Vec<u8> },
    /// Anything else, in words.
    Words(Text),
}

/// Octets that are for people as well.
#[derive(Clone, PartialEq)]
pub struct Text(pub Vec<u8>);

impl Debug for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0.escape_ascii(), f)
    }
}

/// Adds an event to what was told before.
pub fn add(log: &mut Vec<Told>, event: &Event<'_>) {
    let mut octets = Vec::new();
    let words = match event {
        Event::AskTime => return,
        Event::Data { stream_id, flags, chunk } => {
            return add_octets(log, "content", *stream_id, *flags, chunk);
        }
        Event::ExtensionData { head, chunk } => {
            return add_octets(log, "extension", head.stream_id, head.flags, chunk);
        }
        Event::FrameBegin(head) => format!("begins: {head:?}"),
        Event::HeadersBegin(frame) => format!("block begins: {}", describe(frame)),
        Event::Header(field) | Event::InvalidHeader(field) => {
            let valid = matches!(event, Event::Header(_));
            octets = [field.name, b": ", field.value].concat();
            format!("field {valid}: {:?} {} ", field.head, field.sensitive)
        }
        Event::ExtensionEnd(head) => format!("extension ends: {head:?}"),
        Event::Frame(frame) => format!("frame: {}", describe(frame)),
        Event::InvalidFrame(frame, error) => {
            explain(error.number());
            format!("bad frame: {} {error:?}", describe(frame))
        }
        Event::StreamClosed { stream_id, code } => {
            name(*code);
            format!("closed: {stream_id:?} {code:?}")
        }
        Event::Diagnostic { error, text } => {
            assert_eq!(text.last(), Some(&0), "a C program needs its end");
            octets = text.to_vec();
            format!("diagnostic: {error:?} ")
        }
    };
    let mut words = words.into_bytes();
    words.append(&mut octets);
    log.push(Told::Words(Text(words)));
}

fn add_octets(
    log: &mut Vec<Told>,
    what: &'static str,
    stream_id: StreamId,
    flags: Flags,
    chunk: &[u8],
) {
    assert!(!chunk.is_empty(), "an empty piece of {what}");
    if let Some(Told::Octets { what: w, stream_id: s, flags: f, octets }) = log.last_mut()
        && (*w, *s, *f) == (what, stream_id, flags)
    {
        return octets.extend_from_slice(chunk);
    }
    log.push(Told::Octets { what, stream_id, flags, octets: chunk.to_vec() });
}

/// What a number stands for, if it is an error's, can be said.
pub fn explain(number: i32) {
    let Some(error) = Error::from_number(number) else { return };
    assert_eq!(error.number(), number);
    assert_eq!(error.is_fatal(), number < -900);
    assert!(error.text().to_bytes().iter().all(|octet| (b' '..=b'~').contains(octet)));
    assert!(!error.text().is_empty(), "{error:?} without a text");
    assert_eq!(error.to_string().as_bytes(), error.text().to_bytes());
}

/// The codes of the RFC have names, and no others (RFC 9113 section 7).
fn name(code: ErrorCode) {
    assert_eq!(code.name() == c"unknown", code.0 > ErrorCode::HTTP_1_1_REQUIRED.0, "{code:?}");
}

/// Everything that a frame holds.
pub fn describe(frame: &Frame<'_>) -> String {
    let body = match &frame.body {
        Body::Data(body) => format!("{body:?}"),
        Body::Headers(body) => {
            format!("{} {:?} {:?}", body.padding, body.priority, body.category)
        }
        Body::Priority(body) => format!("{body:?}"),
        Body::RstStream(body) => format!("{body:?}"),
        Body::Settings(body) => format!("{:?}", body.entries),
        Body::PushPromise(body) => format!("{} {:?}", body.padding, body.promised_id),
        Body::Ping(body) => format!("{body:?}"),
        Body::Goaway(body) => format!("{:?} {:?} {:?}", body.last_stream_id, body.code, body.debug),
        Body::WindowUpdate(body) => format!("{body:?}"),
        Body::Altsvc(body) => format!("{:?} {:?}", body.origin, body.value),
        Body::Origin(body) => format!("{:?}", body.origins().collect::<Vec<_>>()),
        Body::PriorityUpdate(body) => format!("{:?} {:?}", body.prioritized_id, body.value),
        Body::Extension(word) => format!("{word}"),
    };
    format!("{:?} {body}", frame.head)
}
