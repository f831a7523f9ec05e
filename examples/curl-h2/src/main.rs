//! Fetches a page over HTTP/2 with libcurl, and shows which HTTP/2 library libcurl runs on.
//!
//!     curl-h2 https://127.0.0.1:8443/ [CERTIFICATE]
//!     curl-h2 http://127.0.0.1:8080/
//!
//! With https, HTTP/2 is chosen in the TLS handshake; the server must have a certificate that CERTIFICATE
//! vouches for. With http, the program begins in HTTP/2 at once ("prior knowledge").
//!
//! Nothing here names our library: `[patch.crates-io]` in Cargo.toml puts it below libcurl.

use std::io::{Write, stderr, stdout};
use std::process::ExitCode;
use std::{env, error};

use curl::Version;
use curl::easy::{Easy, HttpVersion};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (url, certificate) = match arguments.as_slice() {
        [url] => (url, None),
        [url, certificate] => (url, Some(certificate.as_str())),
        _ => return failure("usage: curl-h2 URL [CERTIFICATE]"),
    };
    match fetch(url, certificate) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure(&error.to_string()),
    }
}

fn failure(what: &str) -> ExitCode {
    // There is nobody left to tell when this fails.
    let _ = writeln!(stderr(), "curl-h2: {what}");
    ExitCode::FAILURE
}

fn fetch(url: &str, certificate: Option<&str>) -> Result<(), Box<dyn error::Error>> {
    let version = Version::get();
    let library = version.nghttp2_version().ok_or("libcurl knows no HTTP/2")?;
    println!("libcurl {} on nghttp2 {library}", version.version());

    let mut easy = Easy::new();
    easy.url(url)?;
    easy.proxy("")?;
    if url.starts_with("https:") {
        easy.http_version(HttpVersion::V2TLS)?;
    } else {
        easy.http_version(HttpVersion::V2PriorKnowledge)?;
    }
    if let Some(file) = certificate {
        easy.cainfo(file)?;
    }

    let mut body = 0;
    let mut transfer = easy.transfer();
    transfer.header_function(|line| {
        // The status line is the first that comes, and the only one without a colon.
        if line.starts_with(b"HTTP/") { stdout().write_all(line).is_ok() } else { true }
    })?;
    transfer.write_function(|part| {
        body += part.len();
        Ok(part.len())
    })?;
    transfer.perform()?;
    drop(transfer);
    println!("{body} octets");
    Ok(())
}
