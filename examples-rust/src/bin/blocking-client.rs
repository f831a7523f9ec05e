//! A client on a blocking socket: one request, in HTTP/2 from the first octet ("prior knowledge",
//! RFC 9113 section 3.3), without TLS.
//!
//!     blocking-client 127.0.0.1:8080 /path
//!
//! Status and fields go to standard error, the content to standard output.

use std::collections::hash_map::RandomState;
use std::error::Error;
use std::hash::BuildHasher;
use std::io::{Read, Write, stdout};
use std::net::TcpStream;
use std::time::Duration;
use std::{env, process};

use nghttp2_engine::error::ErrorCode;
use nghttp2_engine::frame::StreamId;
use nghttp2_engine::mem::{Field, Mem};
use nghttp2_engine::session::{Config, Event, Interest, Opaque, Role, Session, Step};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [address, path] = arguments.as_slice() else {
        eprintln!("usage: blocking-client ADDRESS:PORT PATH");
        process::exit(2);
    };
    if let Err(error) = fetch(address, path) {
        eprintln!("blocking-client: {error}");
        process::exit(1);
    }
}

fn fetch(address: &str, path: &str) -> Outcome<()> {
    let mut socket = TcpStream::connect(address)?;
    socket.set_read_timeout(Some(Duration::from_secs(30)))?;
    socket.set_nodelay(true)?;

    // What is not of interest is not told, and costs nothing.
    let interest = Interest::HEADER.with(Interest::DATA).with(Interest::STREAM_CLOSED);
    // The engine has no random numbers of its own; this one is unpredictable enough for hash tables.
    let seed = RandomState::new().hash_one(address);
    let mut session = Session::new(Role::Client, Config::default(), interest, seed, Mem::system());

    // Nothing of this is sent yet. Each end's first frame must be SETTINGS, be they empty.
    session.submit_settings(&[])?;
    let request = [
        Field::new(b":method", b"GET"),
        Field::new(b":scheme", b"http"),
        Field::new(b":authority", address.as_bytes()),
        Field::new(b":path", path.as_bytes()),
    ];
    let id = session.submit_request(None, &request, None, Opaque::default())?;

    let mut input = vec![0; 16_384];
    let mut end = None;
    // A session says when the connection is over for it.
    while session.want_read() || session.want_write() {
        send(&mut session, &mut socket)?;
        if !session.want_read() {
            break;
        }
        let length = socket.read(&mut input)?;
        if length == 0 {
            return Err("the server has closed the connection".into());
        }
        if let Some(code) = receive(&mut session, &input[..length], id)? {
            end = Some(code);
            // There is no second request, so say goodbye: GOAWAY is sent, and then all is done.
            session.terminate_session(ErrorCode::NO_ERROR)?;
        }
    }
    match end {
        Some(ErrorCode::NO_ERROR) => Ok(()),
        Some(code) => {
            Err(format!("the stream was reset: {}", code.name().to_string_lossy()).into())
        }
        None => Err("the server has ended the connection".into()),
    }
}

/// Sends all there is to send.
fn send(session: &mut Session, socket: &mut TcpStream) -> Outcome<()> {
    while let Some(step) = session.send()? {
        // Other steps are questions about content of ours, or notes of what was sent.
        if let Step::Output(octets) = step {
            socket.write_all(octets)?;
            let length = octets.len();
            // The session wants to know how far it has got, and says what follows from that.
            session.written(length);
            while session.settle()?.is_some() {}
        }
    }
    Ok(())
}

/// Hands octets to the session and prints what they mean. Says how the stream has ended, once it has.
fn receive(session: &mut Session, mut octets: &[u8], id: StreamId) -> Outcome<Option<ErrorCode>> {
    let mut end = None;
    // An event may borrow from the session. It is let go of before the next one is pulled.
    while let Some(event) = session.recv(&mut octets)? {
        match event {
            Event::Header(field) => {
                eprintln!("{}: {}", field.name.escape_ascii(), field.value.escape_ascii());
            }
            Event::Data { chunk, .. } => stdout().write_all(chunk)?,
            Event::StreamClosed { stream_id, code } if stream_id == id => end = Some(code),
            _ => {}
        }
    }
    Ok(end)
}
