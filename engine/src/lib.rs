//! HTTP/2 without I/O: octets in, events out; requests in, octets out.
//!
//! This is the engine behind our `libnghttp2.so.14`, and it is usable from Rust as it is. It opens no
//! socket, reads no clock, draws no random number, and calls nobody: whoever drives it brings the
//! octets, the time and the seed, and pulls.
//!
//! # A connection in one thread
//!
//! ```
//! use nghttp2_engine::error::Result;
//! use nghttp2_engine::frame::StreamId;
//! use nghttp2_engine::mem::{Field, Mem};
//! use nghttp2_engine::session::{Config, Event, Interest, Opaque, Role, Session, Step};
//!
//! fn main() -> Result<()> {
//!     let new = |role| Session::new(role, Config::default(), Interest::ALL, 42, Mem::system());
//!     let (mut client, mut server) = (new(Role::Client), new(Role::Server));
//!     client.submit_settings(&[])?;
//!     server.submit_settings(&[])?;
//!
//!     let request = [
//!         Field::new(b":method", b"GET"),
//!         Field::new(b":scheme", b"https"),
//!         Field::new(b":authority", b"example.org"),
//!         Field::new(b":path", b"/"),
//!     ];
//!     let asked = client.submit_request(None, &request, None, Opaque::default())?;
//!
//!     // The server answers whatever has been asked completely.
//!     receive(&mut server, &output(&mut client)?, |server, id| {
//!         server.submit_response(id, &[Field::new(b":status", b"204")], None)
//!     })?;
//!
//!     let mut answered = None;
//!     receive(&mut client, &output(&mut server)?, |_, id| {
//!         answered = Some(id);
//!         Ok(())
//!     })?;
//!     assert_eq!(answered, Some(asked));
//!     Ok(())
//! }
//!
//! /// All octets that a session wants to send.
//! fn output(session: &mut Session) -> Result<Vec<u8>> {
//!     let mut octets = Vec::new();
//!     while let Some(step) = session.send()? {
//!         if let Step::Output(part) = step {
//!             octets.extend_from_slice(part);
//!             let taken = part.len();
//!             session.written(taken);
//!             while session.settle()?.is_some() {}
//!         }
//!     }
//!     Ok(octets)
//! }
//!
//! /// Hands octets to a session, and calls `done` for each stream that the peer has completed.
//! fn receive(
//!     session: &mut Session,
//!     mut octets: &[u8],
//!     mut done: impl FnMut(&mut Session, StreamId) -> Result<()>,
//! ) -> Result<()> {
//!     while let Some(event) = session.recv(&mut octets)? {
//!         if let Event::Frame(frame) = event
//!             && frame.ends_stream()
//!         {
//!             let id = frame.stream_id();
//!             done(session, id)?;
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # A connection with a socket
//!
//! A driver has a loop of four movements, whether it blocks or waits:
//!
//! 1. **Send.** Pull [`send`](session::Session::send) until None. Write what [`Step::Output`] lends, tell
//!    [`written`](session::Session::written) how much was taken, and pull
//!    [`settle`](session::Session::settle) until None: it tells what follows from that, most of all
//!    which streams are over.
//! 2. **Supply.** [`Step::AskData`] lends a buffer that is as long as windows and frames allow.
//!    [`answer_step`](session::Session::answer_step) takes [`Reply::Data`], or [`Reply::Deferred`] until
//!    [`resume_data`](session::Session::resume_data) says that there is content.
//! 3. **Receive.** Read from the socket as long as [`want_read`](session::Session::want_read) holds, and
//!    pull [`recv`](session::Session::recv) until None.
//! 4. **End.** When neither that nor [`want_write`](session::Session::want_write) holds, close.
//!
//! [`Step::Output`]: session::Step::Output
//! [`Step::AskData`]: session::Step::AskData
//! [`Reply::Data`]: session::Reply::Data
//! [`Reply::Deferred`]: session::Reply::Deferred
//!
//! The repository has whole programs in `examples-rust`: client and server, blocking and on tokio, and
//! header compression by itself. A [`Session`](session::Session) stays in its thread, and says why.
//!
//! # Where things are
//!
//! Each module knows only the ones below it.
//!
//! ```text
//!            session          one connection: streams, windows, settings, order of sending
//!          /    |    \
//!     frame   hpack   http    octets of frames; header compression; what a legal message is
//!          \    |    /
//!            mem              memory that may be refused; the only unsafe code
//!             |
//!        error  words         what a call returns, what the wire says; octets by eights
//! ```
//!
//! `frame`, `hpack` and `http` do not know one another: to `frame` a header block is a string of octets,
//! and `http` sees names and values only.
//!
//! A new frame type is a file in `frame`, with a `Kind` and a variant of `Body`. To receive it, it is let
//! in by `session::frame_head`, is a `Kept` in `session::recv` (and a `State` there, if none of them
//! reads such a payload yet), and has a handler in `session::inbound_extension`. To send it, it is an
//! item in `session::outbound`, which `session::convert` checks once more when its turn comes.
//!
//! # Rules
//!
//! * **Nobody is called.** A C program re-enters the library from its callbacks. No borrow survives
//!   that, so the engine returns what it has to tell, one [`Event`](session::Event) or
//!   [`Step`](session::Step) at a time, and keeps what is left to do as data
//!   (`session::task`, `session::aftermath`).
//! * **Memory is asked for and may be refused.** There is no global allocator. Growth returns
//!   [`Error::NoMem`](error::Error::NoMem), and leaves the session so that it can be dropped.
//! * **Nothing panics.** Lints forbid what may, arithmetic on a peer's numbers says whether it wraps or
//!   saturates, and a test looks for the panic handler in the finished library.
//! * **Unsafe code lives in [`mem`] only.** The compiler refuses it elsewhere.
#![cfg_attr(not(test), no_std)]
#![deny(unsafe_code, missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

#[forbid(unsafe_code)]
pub mod error;
#[forbid(unsafe_code)]
pub mod frame;
#[forbid(unsafe_code)]
pub mod hpack;
#[forbid(unsafe_code)]
pub mod http;
#[allow(unsafe_code)]
pub mod mem;
#[forbid(unsafe_code)]
pub mod session;
#[forbid(unsafe_code)]
mod words;

/// The package's README, whose example is compiled and run as a doctest.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
