//! A server on tokio with TLS. The key is made at the start and never stored; the certificate is written
//! to a file, for clients to trust.
//!
//!     tokio-server 127.0.0.1:8443 certificate.pem
//!
//! A POST is echoed: the response runs while the request does, and content waits until there is some.
//! Everything else is answered with a greeting. Sockets and TLS are here, HTTP/2 is in `connection.rs`.

mod connection;

use std::error::Error;
use std::sync::Arc;
use std::{env, fs, io, process};

use connection::Connection;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{LocalSet, spawn_local};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

type Outcome<T> = Result<T, Box<dyn Error>>;

// A session is not `Send`, so a connection stays in one thread: tasks are spawned with `spawn_local`. A
// server for many processors runs one such runtime in each of several threads.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [address, file] = arguments.as_slice() else {
        eprintln!("usage: tokio-server ADDRESS:PORT CERTIFICATE");
        process::exit(2);
    };
    if let Err(error) = LocalSet::new().run_until(listen(address, file)).await {
        eprintln!("tokio-server: {error}");
        process::exit(1);
    }
}

async fn listen(address: &str, file: &str) -> Outcome<()> {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let made = rcgen::generate_simple_self_signed(names)?;
    fs::write(file, made.cert.pem())?;
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der())?;
    let mut tls = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    // The client says in its first message that it can speak HTTP/2 (RFC 9113 section 3.2).
    tls.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(tls));

    let listener = TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);
    loop {
        let (socket, peer) = listener.accept().await?;
        let acceptor = acceptor.clone();
        spawn_local(async move {
            if let Err(error) = serve(socket, &acceptor).await {
                eprintln!("{peer}: {error}");
            }
        });
    }
}

async fn serve(socket: TcpStream, acceptor: &TlsAcceptor) -> Outcome<()> {
    socket.set_nodelay(true)?;
    let (mut reader, mut writer) = tokio::io::split(acceptor.accept(socket).await?);
    let mut connection = Connection::new()?;

    let mut input = vec![0; 16_384];
    let mut output = Vec::new();
    let mut unsent = false;
    // Reading and writing go on side by side: neither waits for the other.
    loop {
        if output.is_empty() {
            connection.fill(&mut output)?;
            unsent |= !output.is_empty();
        }
        let reads = connection.wants_input();
        if !unsent && !reads {
            // TLS has a goodbye of its own. The client may be gone without waiting for it.
            let _ = writer.shutdown().await;
            return Ok(());
        }
        tokio::select! {
            length = reader.read(&mut input), if reads => match length {
                Ok(0) => return Ok(()),
                Ok(length) => connection.receive(&input[..length])?,
                // Many clients leave without TLS's goodbye. HTTP/2 tells by itself what is complete.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
                Err(error) => return Err(error.into()),
            },
            taken = advance(&mut writer, &output), if unsent => {
                unsent = !output.is_empty();
                output.drain(..taken?);
            }
        }
    }
}

/// Writes some octets, or sees to it that those written before leave. It can be broken off at any time
/// without losing count, which two waits in a row could not.
async fn advance(writer: &mut (impl AsyncWriteExt + Unpin), octets: &[u8]) -> io::Result<usize> {
    match octets {
        [] => writer.flush().await.map(|()| 0),
        octets => writer.write(octets).await,
    }
}
