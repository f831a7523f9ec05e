//! A server on blocking sockets, with a thread for each connection. It speaks HTTP/2 from the first
//! octet ("prior knowledge", RFC 9113 section 3.3), without TLS.
//!
//!     blocking-server 127.0.0.1:8080
//!
//! `/NUMBER` is answered with so many octets, everything else with a greeting.
//!
//! While such a server writes, it does not read. That is all right as long as the clients read: what they
//! may send meanwhile is limited by flow control. `tokio-server.rs` does both at once.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::error::Error;
use std::hash::BuildHasher;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};
use std::{env, process, thread};

use nghttp2_engine::frame::{Setting, SettingId, StreamId};
use nghttp2_engine::mem::{Field, Mem};
use nghttp2_engine::session::{
    Config, Content, Event, Interest, Reply, Role, Session, Source, Step,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() {
    let Some(address) = env::args().nth(1) else {
        eprintln!("usage: blocking-server ADDRESS:PORT");
        process::exit(2);
    };
    if let Err(error) = listen(&address) {
        eprintln!("blocking-server: {error}");
        process::exit(1);
    }
}

fn listen(address: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    println!("listening on {}", listener.local_addr()?);
    loop {
        let (socket, peer) = listener.accept()?;
        // A session is not `Send`. It is made in the thread that will use it.
        thread::spawn(move || {
            if let Err(error) = serve(socket, peer) {
                eprintln!("{peer}: {error}");
            }
        });
    }
}

/// What is known about a stream.
#[derive(Default)]
struct Exchange {
    method: Vec<u8>,
    path: Vec<u8>,
    /// The content of the response, and how much of it has been sent.
    content: Vec<u8>,
    sent: usize,
}

type Exchanges = BTreeMap<StreamId, Exchange>;

fn serve(mut socket: TcpStream, peer: SocketAddr) -> Outcome<()> {
    socket.set_read_timeout(Some(Duration::from_secs(30)))?;
    socket.set_nodelay(true)?;
    let interest = Interest::HEADER.with(Interest::FRAME).with(Interest::STREAM_CLOSED);
    let seed = RandomState::new().hash_one(peer);
    let mut session = Session::new(Role::Server, Config::default(), interest, seed, Mem::system());
    session.submit_settings(&[Setting { id: SettingId::MAX_CONCURRENT_STREAMS, value: 100 }])?;

    let start = Instant::now();
    let mut exchanges = Exchanges::new();
    let mut input = vec![0; 16_384];
    while session.want_read() || session.want_write() {
        send(&mut session, &mut socket, &mut exchanges)?;
        if !session.want_read() {
            break;
        }
        let length = socket.read(&mut input)?;
        if length == 0 {
            break;
        }
        receive(&mut session, &input[..length], &mut exchanges, start)?;
    }
    Ok(())
}

fn receive(
    session: &mut Session,
    mut octets: &[u8],
    exchanges: &mut Exchanges,
    start: Instant,
) -> Outcome<()> {
    while let Some(event) = session.recv(&mut octets)? {
        match event {
            // Limits against floods are rates, so the session wants to know the time.
            Event::AskTime => session.answer_event(Reply::Time(start.elapsed().as_secs()))?,
            Event::Header(field) => {
                let exchange = exchanges.entry(field.head.stream_id).or_default();
                match field.name {
                    b":method" => exchange.method = field.value.to_vec(),
                    b":path" => exchange.path = field.value.to_vec(),
                    _ => {}
                }
            }
            // The client has said all it has to say: with the request itself, or with its content.
            Event::Frame(frame) if frame.ends_stream() => {
                let id = frame.stream_id();
                if let Some(exchange) = exchanges.get_mut(&id) {
                    respond(session, id, exchange)?;
                }
            }
            Event::StreamClosed { stream_id, .. } => {
                exchanges.remove(&stream_id);
            }
            _ => {}
        }
    }
    Ok(())
}

fn respond(session: &mut Session, id: StreamId, exchange: &mut Exchange) -> Outcome<()> {
    let path = String::from_utf8_lossy(&exchange.path);
    exchange.content = match path.trim_start_matches('/').parse::<usize>() {
        Ok(length) => (b'a'..=b'z').cycle().take(length.min(100_000_000)).collect(),
        Err(_) => format!("Hello, you have asked for {path}\n").into_bytes(),
    };
    let length = exchange.content.len().to_string();
    let response = [
        Field::new(b":status", b"200"),
        Field::new(b"content-type", b"text/plain"),
        Field::new(b"content-length", length.as_bytes()),
    ];
    // Without a source there is no content, and the stream ends with the fields.
    let source = (exchange.method != b"HEAD").then(Source::default);
    Ok(session.submit_response(id, &response, source)?)
}

fn send(session: &mut Session, socket: &mut TcpStream, exchanges: &mut Exchanges) -> Outcome<()> {
    while let Some(step) = session.send()? {
        match step {
            Step::Output(octets) => {
                socket.write_all(octets)?;
                let length = octets.len();
                session.written(length);
                settle(session, exchanges)?;
            }
            // Windows have room for more content. The buffer is as long as what may be sent now.
            Step::AskData { stream_id, buffer, .. } => {
                let Some(Exchange { content, sent, .. }) = exchanges.get_mut(&stream_id) else {
                    session.answer_step(Reply::Reject)?;
                    continue;
                };
                let rest = &content[*sent..];
                let length = rest.len().min(buffer.len());
                buffer[..length].copy_from_slice(&rest[..length]);
                *sent += length;
                let eof = *sent == content.len();
                let content = Content { length, eof, more_follows: false, elsewhere: false };
                session.answer_step(Reply::Data(content))?;
            }
            Step::StreamClosed { stream_id, .. } => {
                exchanges.remove(&stream_id);
            }
            _ => {}
        }
    }
    Ok(())
}

/// What follows from octets that have been taken: most streams end here.
fn settle(session: &mut Session, exchanges: &mut Exchanges) -> Outcome<()> {
    while let Some(step) = session.settle()? {
        if let Step::StreamClosed { stream_id, .. } = step {
            exchanges.remove(&stream_id);
        }
    }
    Ok(())
}
