//! One stream: its states (RFC 9113 section 5.1, in finer steps), windows, message, content to send,
//! and its places in the lists and queues of the session.

use super::Opaque;
use super::flow::RecvWindow;
use super::schedule::Branch;
use super::stake::StakeId;
use super::streams::Slot;
use crate::error::ErrorCode;
use crate::frame::StreamId;
use crate::http::{Message, Priority};

/// Where a stream stands, apart from which halves are shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing but a priority signal has named it.
    Idle,
    /// Our request is about to be sent.
    Initial,
    /// The request has been sent or received, the response has not begun.
    Opening,
    /// The response has begun.
    Opened,
    /// Promised; the response has not begun.
    Reserved,
    /// RST_STREAM is queued.
    Closing,
}

/// What a stream is, has, or waits for. One bit each.
#[derive(Clone, Copy)]
pub(super) struct Mark(u16);

impl Mark {
    /// Nothing more is received.
    pub const READ_SHUT: Mark = Mark(1 << 0);
    /// Nothing more is sent.
    pub const WRITE_SHUT: Mark = Mark(1 << 1);
    /// The application has been told of the end; the stream goes at the next step.
    pub const LEAVING: Mark = Mark(1 << 2);
    /// GOAWAY has cut the stream off; the application is about to be told.
    pub const CUT_OFF: Mark = Mark(1 << 3);
    /// The content that is sent ends the stream.
    pub const ENDS_STREAM: Mark = Mark(1 << 4);
    /// The application has no content now.
    pub const DEFERRED: Mark = Mark(1 << 5);
    /// The window was found shut when the stream's turn came.
    pub const BLOCKED: Mark = Mark(1 << 6);
    /// Priority signals of the client do not count any more.
    pub const PRIORITY_FIXED: Mark = Mark(1 << 7);
    /// It takes its turns in the dependency tree, not by urgency.
    pub const IN_TREE: Mark = Mark(1 << 8);
    /// Promised, and the response has not begun: it does not count as open.
    pub const PROMISED: Mark = Mark(1 << 9);
    /// A short DATA frame has come that was not the last.
    pub const SENDS_SHORT_DATA: Mark = Mark(1 << 10);
    /// There is content to send.
    pub const HAS_CONTENT: Mark = Mark(1 << 11);
}

pub(super) struct Stream {
    pub id: StreamId,
    pub state: State,
    marks: u16,
    /// How far the window for what we send differs from the peer's SETTINGS_INITIAL_WINDOW_SIZE. So
    /// a change of that rewrites no stream; it only wakes those that were blocked.
    pub send_offset: i32,
    pub recv: RecvWindow,
    pub message: Message,
    pub user_data: Opaque,
    /// Its content and its dependants.
    pub stake: StakeId,
    /// Urgency and way of delivery (RFC 9218).
    pub priority: Priority,
    /// How many streams came before it, of those that are scheduled by urgency.
    pub seq: u32,
    /// Place in the dependency tree (RFC 7540).
    pub branch: Branch,
    /// Neighbours in the list of streams it belongs to.
    pub older: Slot,
    pub newer: Slot,
}

impl Stream {
    pub fn new(id: StreamId, state: State, window: i32) -> Stream {
        Stream {
            id,
            state,
            marks: 0,
            send_offset: 0,
            recv: RecvWindow::new(window),
            message: Message::new(),
            user_data: Opaque::default(),
            stake: StakeId::NONE,
            priority: Priority::default(),
            seq: 0,
            branch: Branch::default(),
            older: Slot::NONE,
            newer: Slot::NONE,
        }
    }

    #[inline]
    pub fn has(&self, mark: Mark) -> bool {
        self.marks & mark.0 != 0
    }

    pub fn set(&mut self, mark: Mark) {
        self.marks |= mark.0;
    }

    pub fn unset(&mut self, mark: Mark) {
        self.marks &= !mark.0;
    }

    /// Shuts one half. Returns whether both are shut now.
    pub fn shut(&mut self, half: Mark) -> bool {
        const BOTH: u16 = Mark::READ_SHUT.0 | Mark::WRITE_SHUT.0;
        let marks = self.marks | half.0;
        self.marks = marks;
        marks & BOTH == BOTH
    }

    /// Whether it is neither idle nor about to end.
    #[inline]
    pub fn is_alive(&self) -> bool {
        !matches!(self.state, State::Idle | State::Closing)
    }

    pub fn is_closing(&self) -> bool {
        self.state == State::Closing
    }

    /// Whether there is content that may be sent as soon as it is the stream's turn.
    #[inline]
    pub fn is_ready(&self) -> bool {
        const HINDRANCES: u16 = Mark::DEFERRED.0 | Mark::BLOCKED.0 | Mark::LEAVING.0;
        self.marks & (HINDRANCES | Mark::HAS_CONTENT.0) == Mark::HAS_CONTENT.0
    }

    /// Forgets what was noted while the stream was idle, except for its priority.
    pub fn awaken(&mut self, state: State) {
        self.state = state;
        self.marks = 0;
    }

    /// Drops the content that was to be sent.
    pub fn detach_source(&mut self) {
        self.unset(Mark::HAS_CONTENT);
        self.unset(Mark::DEFERRED);
        self.unset(Mark::BLOCKED);
        self.unset(Mark::ENDS_STREAM);
    }
}

/// How a stream ends.
#[derive(Clone, Copy)]
pub(super) struct Closure {
    pub id: StreamId,
    pub code: ErrorCode,
}

/// A peer that opens streams and does nothing with them must not cost more.
const _: () = assert!(size_of::<Stream>() <= 96);
