//! A client on tokio with TLS: all requests at once, on one connection.
//!
//!     tokio-client 127.0.0.1:8443 certificate.pem /path /other /echo=FILE
//!
//! A path with `=` and a file behind it is a POST with the content of the file. Status and path of each
//! response go to standard error as they end; their content goes to standard output, in the order of the
//! arguments.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::error::Error;
use std::hash::BuildHasher;
use std::io::{self, Write};
use std::sync::Arc;
use std::{env, fs, process};

use nghttp2_engine::error::ErrorCode;
use nghttp2_engine::frame::{Setting, SettingId, StreamId};
use nghttp2_engine::mem::{Field, Mem};
use nghttp2_engine::session::{
    Config, Content, Event, Interest, Opaque, Reply, Role, Session, Source, Step,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

type Outcome<T> = Result<T, Box<dyn Error>>;

// A session is not `Send`. This runtime keeps everything in one thread.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [address, certificate, paths @ ..] = arguments.as_slice() else {
        eprintln!("usage: tokio-client ADDRESS:PORT CERTIFICATE PATH[=FILE]...");
        process::exit(2);
    };
    if let Err(error) = fetch(address, certificate, paths).await {
        eprintln!("tokio-client: {error}");
        process::exit(1);
    }
}

/// One of the requests.
struct Request {
    path: String,
    upload: Option<Vec<u8>>,
    sent: usize,
    status: Vec<u8>,
    content: Vec<u8>,
    end: Option<ErrorCode>,
}

impl Request {
    fn new(argument: &str) -> io::Result<Request> {
        let (path, file) = match argument.split_once('=') {
            Some((path, file)) => (path, Some(file)),
            None => (argument, None),
        };
        let upload = file.map(fs::read).transpose()?;
        let (status, content) = (Vec::new(), Vec::new());
        Ok(Request { path: path.to_owned(), upload, sent: 0, status, content, end: None })
    }

    fn submit(&self, session: &mut Session, authority: &str) -> Outcome<StreamId> {
        let method: &[u8] = if self.upload.is_some() { b"POST" } else { b"GET" };
        let fields = [
            Field::new(b":method", method),
            Field::new(b":scheme", b"https"),
            Field::new(b":authority", authority.as_bytes()),
            Field::new(b":path", self.path.as_bytes()),
        ];
        let source = self.upload.as_ref().map(|_| Source::default());
        Ok(session.submit_request(None, &fields, source, Opaque::default())?)
    }
}

type Requests = BTreeMap<StreamId, Request>;

async fn fetch(address: &str, certificate: &str, paths: &[String]) -> Outcome<()> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(certificate)?)?;
    let mut tls = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec()];
    let (host, _) = address.rsplit_once(':').ok_or("no port")?;
    let name = ServerName::try_from(host.to_owned())?;
    let socket = TcpStream::connect(address).await?;
    socket.set_nodelay(true)?;
    let stream = TlsConnector::from(Arc::new(tls)).connect(name, socket).await?;
    if stream.get_ref().1.alpn_protocol() != Some(b"h2") {
        return Err("the server does not speak HTTP/2".into());
    }
    let (mut reader, mut writer) = tokio::io::split(stream);

    let interest = Interest::HEADER.with(Interest::DATA).with(Interest::STREAM_CLOSED);
    let seed = RandomState::new().hash_one(address);
    let mut session = Session::new(Role::Client, Config::default(), interest, seed, Mem::system());
    // No pushes, since nobody would read them; and larger windows, since memory is plentiful here.
    session.submit_settings(&[
        Setting { id: SettingId::ENABLE_PUSH, value: 0 },
        Setting { id: SettingId::INITIAL_WINDOW_SIZE, value: 1 << 20 },
    ])?;
    // The ids of streams grow, so the map keeps the order of the arguments.
    let mut requests = Requests::new();
    for path in paths {
        let request = Request::new(path)?;
        requests.insert(request.submit(&mut session, address)?, request);
    }

    let mut input = vec![0; 16_384];
    let mut output = Vec::new();
    let mut unsent = false;
    loop {
        if session.want_read() && requests.values().all(|request| request.end.is_some()) {
            session.terminate_session(ErrorCode::NO_ERROR)?;
        }
        if output.is_empty() {
            fill(&mut session, &mut output, &mut requests)?;
            unsent |= !output.is_empty();
        }
        let reads = session.want_read();
        if !unsent && !reads {
            break;
        }
        tokio::select! {
            length = reader.read(&mut input), if reads => match length? {
                0 => return Err("the server has closed the connection".into()),
                length => receive(&mut session, &input[..length], &mut requests)?,
            },
            // Only one wait, so that it can be broken off without losing count: first for octets to be
            // taken, and when all are, for them to leave.
            taken = async { match output.as_slice() {
                [] => writer.flush().await.map(|()| 0),
                octets => writer.write(octets).await,
            }}, if unsent => {
                unsent = !output.is_empty();
                output.drain(..taken?);
            }
        }
    }
    for request in requests.values() {
        io::stdout().write_all(&request.content)?;
    }
    let failed =
        requests.values().filter(|request| request.end != Some(ErrorCode::NO_ERROR)).count();
    if failed > 0 { Err(format!("{failed} requests have failed").into()) } else { Ok(()) }
}

/// Takes what there is to send, up to a reasonable amount.
fn fill(session: &mut Session, output: &mut Vec<u8>, requests: &mut Requests) -> Outcome<()> {
    while output.len() < 65_536
        && let Some(step) = session.send()?
    {
        match step {
            Step::Output(octets) => {
                output.extend_from_slice(octets);
                let length = octets.len();
                session.written(length);
                while let Some(step) = session.settle()? {
                    if let Step::StreamClosed { stream_id, code } = step {
                        end(requests, stream_id, code);
                    }
                }
            }
            Step::AskData { stream_id, buffer, .. } => {
                let request = requests.get_mut(&stream_id).ok_or("an unknown stream")?;
                let rest = &request.upload.as_deref().unwrap_or_default()[request.sent..];
                let length = rest.len().min(buffer.len());
                buffer[..length].copy_from_slice(&rest[..length]);
                request.sent += length;
                let eof = length == rest.len();
                let content = Content { length, eof, more_follows: false, elsewhere: false };
                session.answer_step(Reply::Data(content))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn receive(session: &mut Session, mut octets: &[u8], requests: &mut Requests) -> Outcome<()> {
    while let Some(event) = session.recv(&mut octets)? {
        match event {
            Event::Header(field) if field.name == b":status" => {
                if let Some(request) = requests.get_mut(&field.head.stream_id) {
                    // A final status comes after interim ones.
                    request.status = field.value.to_vec();
                }
            }
            Event::Data { stream_id, chunk, .. } => {
                if let Some(request) = requests.get_mut(&stream_id) {
                    request.content.extend_from_slice(chunk);
                }
            }
            Event::StreamClosed { stream_id, code } => end(requests, stream_id, code),
            _ => {}
        }
    }
    Ok(())
}

fn end(requests: &mut Requests, id: StreamId, code: ErrorCode) {
    if let Some(request) = requests.get_mut(&id) {
        request.end = Some(code);
        let (status, path) = (request.status.escape_ascii(), &request.path);
        eprintln!("{status} {} {path}", code.name().to_string_lossy());
    }
}
