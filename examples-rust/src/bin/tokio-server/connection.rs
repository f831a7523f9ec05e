//! What happens on a connection, without its socket: octets in, octets out. Nothing waits here.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Instant;

use nghttp2_engine::frame::{Body, Category, StreamId};
use nghttp2_engine::mem::{Field, Mem};
use nghttp2_engine::session::{
    Config, Content, Event, Interest, Reply, Role, Session, Source, Step,
};

use crate::Outcome;

/// A stream: what was asked, and what is to be said.
#[derive(Default)]
struct Exchange {
    method: Vec<u8>,
    content: Vec<u8>,
    /// Nothing will be added to the content.
    complete: bool,
    /// The session has asked for content when there was none.
    waits: bool,
}

type Exchanges = BTreeMap<StreamId, Exchange>;

/// One connection, without its socket.
pub struct Connection {
    session: Session,
    exchanges: Exchanges,
    start: Instant,
}

impl Connection {
    /// A connection at its beginning. SETTINGS are ready to be sent.
    pub fn new() -> Outcome<Connection> {
        let interest = Interest::HEADER
            .with(Interest::DATA)
            .with(Interest::FRAME)
            .with(Interest::STREAM_CLOSED);
        // Windows open again as octets are echoed, and not before: so a client that does not read can
        // make us keep no more than a window of them.
        let config = Config { manual_window_update: true, ..Config::default() };
        let start = Instant::now();
        let seed = RandomState::new().hash_one(start);
        let mut session = Session::new(Role::Server, config, interest, seed, Mem::system());
        session.submit_settings(&[])?;
        Ok(Connection { session, exchanges: Exchanges::new(), start })
    }

    /// Whether the client may have something to say that matters.
    pub fn wants_input(&self) -> bool {
        self.session.want_read()
    }

    /// Does what the client's octets ask for.
    pub fn receive(&mut self, mut octets: &[u8]) -> Outcome<()> {
        let Connection { session, exchanges, start } = self;
        while let Some(event) = session.recv(&mut octets)? {
            match event {
                Event::AskTime => {
                    session.answer_event(Reply::Time(start.elapsed().as_secs()))?;
                }
                Event::Header(field) if field.name == b":method" => {
                    let exchange = exchanges.entry(field.head.stream_id).or_default();
                    exchange.method = field.value.to_vec();
                }
                Event::Data { stream_id, chunk, .. } => {
                    let length = chunk.len();
                    match exchanges.get_mut(&stream_id) {
                        Some(exchange) if exchange.method == b"POST" => {
                            exchange.content.extend_from_slice(chunk);
                            wake(session, stream_id, exchange)?;
                        }
                        // Nobody wants it.
                        _ => session.consume(stream_id, length)?,
                    }
                }
                Event::Frame(frame) => {
                    let (id, ends) = (frame.stream_id(), frame.ends_stream());
                    let asks = matches!(frame.body,
                        Body::Headers(headers) if headers.category == Category::Request);
                    let Some(exchange) = exchanges.get_mut(&id) else { continue };
                    exchange.complete |= ends;
                    if asks {
                        respond(session, id, exchange)?;
                    }
                    wake(session, id, exchange)?;
                }
                Event::StreamClosed { stream_id, .. } => close(session, exchanges, stream_id)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes what there is to send, up to a reasonable amount.
    pub fn fill(&mut self, output: &mut Vec<u8>) -> Outcome<()> {
        let Connection { session, exchanges, .. } = self;
        while output.len() < ENOUGH
            && let Some(step) = session.send()?
        {
            match step {
                Step::Output(octets) => {
                    output.extend_from_slice(octets);
                    let length = octets.len();
                    session.written(length);
                    while let Some(step) = session.settle()? {
                        if let Step::StreamClosed { stream_id, .. } = step {
                            close(session, exchanges, stream_id)?;
                        }
                    }
                }
                Step::AskData { stream_id, buffer, .. } => {
                    let Some(exchange) = exchanges.get_mut(&stream_id) else {
                        session.answer_step(Reply::Reject)?;
                        continue;
                    };
                    let length = exchange.content.len().min(buffer.len());
                    buffer[..length].copy_from_slice(&exchange.content[..length]);
                    exchange.content.drain(..length);
                    let eof = exchange.complete && exchange.content.is_empty();
                    exchange.waits = length == 0 && !eof;
                    let content = Content { length, eof, more_follows: false, elsewhere: false };
                    let reply = if exchange.waits { Reply::Deferred } else { Reply::Data(content) };
                    let echoes = exchange.method == b"POST";
                    session.answer_step(reply)?;
                    if echoes {
                        session.consume(stream_id, length)?;
                    }
                }
                Step::StreamClosed { stream_id, .. } => close(session, exchanges, stream_id)?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// How many octets are collected for one write.
const ENOUGH: usize = 65_536;

fn respond(session: &mut Session, id: StreamId, exchange: &mut Exchange) -> Outcome<()> {
    if exchange.method != b"POST" {
        exchange.content = b"Hello\n".to_vec();
        exchange.complete = true;
    }
    let response = [Field::new(b":status", b"200"), Field::new(b"content-type", b"text/plain")];
    let source = (exchange.method != b"HEAD").then(Source::default);
    Ok(session.submit_response(id, &response, source)?)
}

/// There is content again, or it is clear that there will be none.
fn wake(session: &mut Session, id: StreamId, exchange: &mut Exchange) -> Outcome<()> {
    if exchange.waits {
        exchange.waits = false;
        session.resume_data(id)?;
    }
    Ok(())
}

/// Forgets a stream. What was received and not echoed must be given back to the connection.
fn close(session: &mut Session, exchanges: &mut Exchanges, id: StreamId) -> Outcome<()> {
    if let Some(exchange) = exchanges.remove(&id)
        && exchange.method == b"POST"
    {
        session.consume_connection(exchange.content.len())?;
    }
    Ok(())
}
