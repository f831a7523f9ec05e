//! A connection's state, without the connection: octets in, [`Event`]s out; requests in, octets out
//! (RFC 9113).
//!
//! # Driving a session
//!
//! A [`Session`] never calls anybody. It is pulled:
//!
//! * [`Session::recv`] takes octets off an input slice and yields the next [`Event`], until it
//!   returns None because the input is used up.
//! * [`Session::send`] yields the next [`Step`] on the way to output. When that is
//!   [`Step::Output`], the octets are to be written, [`Session::written`] says how many were, and
//!   once all were, [`Session::settle`] yields what follows from it until None.
//! * Some events and steps are questions. [`Session::answer_event`] or [`Session::answer_step`]
//!   answers the last one, before the next pull.
//!
//! Between two pulls the application may do anything with the session: submit frames, ask for state,
//! terminate it. What an event lends ends there. A driver that must not hold such a loan, like the C
//! interface, uses [`Session::pull`] and [`Session::pull_output`], and asks for what it needs.
//!
//! # Where things are
//!
//! | file | subject |
//! | --- | --- |
//! | `config` | options |
//! | `event`, `notice` | the vocabulary between a session and its driver; the same without loans |
//! | `recv`, `inbound_frame` | octets into frames: the inbound machine |
//! | `frame_head` | which frames are let in at all, seen from their headers |
//! | `task` | what is left to do about a frame, told and done step by step |
//! | `header_block` | fields, one by one |
//! | `inbound_*` | what received frames do, by theme |
//! | `diagnostic` | words about what is wrong, for logs |
//! | `outbound` | what waits to be sent; which comes next |
//! | `submit`, `submit_control` | what the application asks for: messages; everything else |
//! | `upgrade` | the beginning that HTTP/1.1 has made |
//! | `send` | items into octets: the outbound machine |
//! | `convert` | whether a frame may still be sent when its turn comes |
//! | `content` | DATA on its way out |
//! | `transit`, `aftermath` | the frame that is being sent; what follows from it |
//! | `streams`, `stream`, `lifecycle` | the table; one stream; opening and closing |
//! | `stake` | what a stream has to do with the scheduler |
//! | `flow`, `windows` | one window; all of them |
//! | `settings` | parameters of both ends |
//! | `schedule`, `priorities` | whose turn it is; who says so |
//! | `guards`, `bucket` | what a peer may do at little cost, and how often |
//! | `shutdown` | GOAWAY and the end |
//! | `query`, `counters` | what the application may ask |

mod aftermath;
mod bucket;
mod config;
mod content;
mod convert;
mod counters;
mod diagnostic;
mod event;
mod flow;
mod frame_head;
mod guards;
mod header_block;
mod inbound_control;
mod inbound_data;
mod inbound_extension;
mod inbound_frame;
mod inbound_headers;
mod inbound_settings;
mod lifecycle;
mod notice;
mod outbound;
mod priorities;
mod query;
mod recv;
mod schedule;
mod send;
mod settings;
mod shutdown;
mod stake;
mod stream;
mod streams;
mod submit;
mod submit_control;
mod task;
mod transit;
mod upgrade;
mod windows;

pub use config::{Config, ExtensionSet, Rate, Role};
pub use counters::Counters;
pub use event::{Content, Event, Header, Interest, ReadLength, Reply, Source, Step};
pub use guards::{Excess, Guard};
pub use notice::{Notice, Signal};
pub use query::StreamState;
pub use settings::pack_settings;
pub use upgrade::UpgradedRequest;

use crate::frame::StreamId;
use crate::hpack::{Decoder, Encoder};
use crate::mem::Mem;
use flow::{INITIAL_WINDOW, RecvWindow};
use guards::Guards;
use notice::Told;
use outbound::Outbound;
use recv::Inbound;
use schedule::Scheduler;
use settings::SettingsState;
use shutdown::Shutdown;
use streams::Streams;

/// What a client's first octets are (RFC 9113 section 3.4).
pub const CLIENT_MAGIC: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A word of the application that a session keeps for it and never looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opaque(pub usize);

/// One end of an HTTP/2 connection. See the [module](self) for how to drive it.
///
/// # Threads
///
/// A session is neither `Send` nor `Sync`: it stays in the thread that has made it.
///
/// ```compile_fail
/// fn sends<T: Send>() {}
/// sends::<nghttp2_engine::session::Session>();
/// ```
///
/// Two things that it hands out go on sharing memory with it, and count who shares without locks:
///
/// * [`Session::shared_header`] gives out the strings of the decompression table as
///   [`RcBuf`](crate::mem::RcBuf). The session counts such a string up when it is asked for once more,
///   and down when the entry leaves the table or the session ends. A string in one thread and its
///   session in another could count at the same time.
/// * [`Session::mem`] gives out a handle that can be cloned. With an
///   [`Allocator`](crate::mem::Allocator) all clones count one block, and each of them calls functions of
///   the application with a word of its own. [`Mem::new`] asks for no more than that these behave like
///   malloc: not that they may be called in another thread.
///
/// A session that has done neither, with [`Mem::system`], could be moved safely: then everything it
/// points to is its own, or never changes. But nothing in its type says so, and a promise to the compiler
/// would have to hold for all of them. Atomic counts would make the first point go away, for the price
/// of an atomic operation on each string; and not the second.
///
/// So drivers bring the connection to a thread before they make the session: a thread for each connection,
/// or a runtime in each of several threads whose tasks do not move (`spawn_local` in tokio). What is
/// for a session in another thread goes through a channel. Configuration and what sessions report by
/// value can go anywhere:
///
/// ```
/// use nghttp2_engine::{error::{Error, ErrorCode}, session::{Config, Counters, Reply, Source}};
/// fn sends<T: Send>() {}
/// sends::<(Config, Counters, Error, ErrorCode, Reply, Source)>();
/// ```
///
/// From C a session may change threads, because there the program vouches for what the compiler cannot
/// see: that the session, its strings and its allocator are used by one thread at a time.
pub struct Session {
    role: Role,
    config: Config,
    interest: Interest,
    mem: Mem,
    ids: Ids,
    streams: Streams,
    scheduler: Scheduler,
    settings: SettingsState,
    shutdown: Shutdown,
    /// What the peer lets us send on the whole connection. Negative never, zero often.
    send_window: i32,
    recv_window: RecvWindow,
    encoder: Encoder,
    decoder: Decoder,
    inbound: Inbound,
    outbound: Outbound,
    guards: Guards,
    counters: Counters,
    told: Told,
}

/// The stream ids that matter beyond the life of a stream.
struct Ids {
    /// The largest one that the peer has opened or promised, even if it was refused.
    last_received: StreamId,
    /// The largest one of the peer that was given to the application.
    last_processed: StreamId,
    /// The largest one of our own that was sent.
    last_sent: StreamId,
    /// The next one of our own. It may go beyond the largest possible id.
    next: u32,
}

impl Session {
    /// A session whose memory comes from `mem`. `interest` says what is told. `seed` should be
    /// unpredictable: it keeps peers from aiming at places in hash tables.
    ///
    /// Nothing is queued, except that a client's first output is [`CLIENT_MAGIC`]. SETTINGS must be
    /// submitted by the application.
    #[inline]
    pub fn new(role: Role, config: Config, interest: Interest, seed: u64, mem: Mem) -> Session {
        let next = match role {
            Role::Client => 1,
            Role::Server => 2,
        };
        let first = StreamId::CONNECTION;
        let seed_of_index = seed.rotate_left(32);
        let mut encoder = Encoder::new(config.max_encoder_table, seed_of_index, mem.clone());
        encoder.set_huffman(config.huffman);
        Session {
            role,
            config,
            interest,
            ids: Ids { last_received: first, last_processed: first, last_sent: first, next },
            streams: Streams::new(role, seed, mem.clone()),
            scheduler: Scheduler::default(),
            settings: SettingsState::new(config.peer_max_concurrent_streams, mem.clone()),
            shutdown: Shutdown::default(),
            send_window: INITIAL_WINDOW,
            recv_window: RecvWindow::new(INITIAL_WINDOW),
            encoder,
            decoder: Decoder::new(mem.clone()),
            inbound: Inbound::new(role, &config, mem.clone()),
            outbound: Outbound::new(role, mem.clone()),
            guards: Guards::new(&config),
            counters: Counters::default(),
            told: Told::NOTHING,
            mem,
        }
    }

    fn is_server(&self) -> bool {
        self.role == Role::Server
    }

    /// Whether a stream of this id has not been opened yet. Looks at the id only.
    fn is_idle(&self, id: StreamId) -> bool {
        let last =
            if self.streams.is_mine(id) { self.ids.last_sent } else { self.ids.last_received };
        !id.is_connection() && id > last
    }

    /// How many octets of heap the session holds, beyond its own object: as many as it has asked for,
    /// whatever the allocator makes of that. Of counted strings, those count that the table for
    /// decompressing knows.
    ///
    /// Nothing is kept for this: it goes through the frames that wait and through that table.
    pub fn memory(&self) -> usize {
        [
            self.mem.memory(),
            self.streams.memory(),
            self.settings.memory(),
            self.encoder.memory(),
            self.decoder.memory(),
            self.inbound.memory(),
            self.outbound.memory(),
        ]
        .into_iter()
        .fold(0, usize::saturating_add)
    }

    /// Where the session's memory comes from.
    pub fn mem(&self) -> &Mem {
        &self.mem
    }
}

#[cfg(test)]
mod tests;
