//! The frame that is being sent.
//!
//! Its octets lie in a buffer behind room for its header and the Pad Length octet, which are written
//! last: the payload is never moved. A header block lies there as a whole; the header of each
//! CONTINUATION is written over octets that have been sent already.

use core::ops::Range;

use super::aftermath::Aftermaths;
use super::content::ContentFrame;
use super::outbound::Item;
use super::{CLIENT_MAGIC, ReadLength, Role};
use crate::error::Result;
use crate::frame::{Body, DEFAULT_MAX_PAYLOAD, Data, Flags, Frame, HEAD_LEN, Head, Kind};
use crate::mem::{Mem, Vec};

/// Room in front of a payload: for the frame header and for the Pad Length octet.
pub(super) const ROOM: usize = HEAD_LEN + 1;

/// The buffer is made no smaller. In octets.
const SMALLEST: usize = 64;

/// Room that is kept for the next frame. In octets.
const KEPT: usize = 1024;

/// What is done at the next pull. Asking a question moves on to what its neutral answer leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Take the next frame off its queue.
    Idle,
    /// Ask how much to pad, up to so many octets of payload.
    Padding { max: usize },
    /// Ask for the payload of an extension frame.
    Extension,
    /// Ask whether to go on.
    Proceed,
    /// Ask for content, up to so many octets.
    Content { limit: usize },
    /// Decide what becomes of content that was read, now that its padding is known.
    Build,
    /// Write the frame header.
    Seal,
    /// Let the application send content that it has itself.
    SendData,
    /// Hand out octets.
    Output,
    /// See to what follows from all octets of a frame having been taken, unless it was DATA.
    Taken,
    /// Nothing is left to do about the frame.
    Sent,
}

/// A question that was asked, and may be answered before the next pull.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    None,
    Padding { max: usize },
    Extension,
    Proceed,
    ReadLength(ReadLength),
    Content { limit: usize },
    SendData,
}

/// What is in transit.
pub(super) enum Cargo {
    None,
    /// The client's magic, which is no frame.
    Magic,
    Frame(Item),
    Content(ContentFrame),
}

/// Output that was taken.
#[derive(Clone, Copy)]
pub(super) struct Taken {
    pub octets: usize,
    /// Whether that was the rest of a frame.
    pub frame: bool,
}

pub(super) struct Transit {
    pub phase: Phase,
    pub question: Question,
    pub cargo: Cargo,
    pub aftermaths: Aftermaths,
    /// The frame header, of a header block with all its CONTINUATIONs.
    pub head: Head,
    /// The octets of padding including the Pad Length octet.
    pub padding: usize,
    /// A frame, behind [`ROOM`].
    pub buffer: Vec<u8>,
    /// Content, behind [`ROOM`]. It is as long as what was ever written to it.
    pub content: Vec<u8>,
    /// What is to be sent next, from `start` to `end` of the cargo's buffer.
    start: usize,
    end: usize,
    /// How much payload one frame of a header block may carry. It grows with DATA that the
    /// application wanted large, and then stays, as existing programs have it.
    pub frame_room: usize,
    /// Whether the next pull is the first one for new output.
    pub fresh: bool,
}

impl Transit {
    pub fn new(role: Role, mem: Mem) -> Transit {
        // A client's magic comes before everything else.
        let (phase, cargo) = match role {
            Role::Client => (Phase::Output, Cargo::Magic),
            Role::Server => (Phase::Idle, Cargo::None),
        };
        Transit {
            phase,
            question: Question::None,
            cargo,
            aftermaths: Aftermaths::NONE,
            head: Head::parse(&[0; HEAD_LEN]),
            padding: 0,
            buffer: Vec::new(mem.clone()),
            content: Vec::new(mem),
            start: 0,
            end: CLIENT_MAGIC.len(),
            frame_room: DEFAULT_MAX_PAYLOAD,
            fresh: true,
        }
    }

    /// Whether a frame is on its way. It is not yet while it is being made; and the magic does not
    /// count.
    pub fn is_busy(&self) -> bool {
        let made = matches!(self.question, Question::None | Question::Proceed | Question::SendData);
        made && self.phase != Phase::Idle && !matches!(self.cargo, Cargo::Magic)
    }

    /// Notes what the application is asked, and what comes next if it does not answer.
    #[inline]
    pub fn ask(&mut self, question: Question, next: Phase) {
        self.question = question;
        self.phase = next;
    }

    /// Whether DATA is on its way.
    #[inline]
    pub fn carries_content(&self) -> bool {
        matches!(self.cargo, Cargo::Content(_))
    }

    /// The octets to send next.
    #[inline]
    pub fn output(&self) -> &[u8] {
        let octets = match self.cargo {
            _ if self.carries_content() => &self.content[..],
            Cargo::Magic => &CLIENT_MAGIC[..],
            _ => &self.buffer[..],
        };
        octets.get(self.start..self.end).unwrap_or_default()
    }

    /// Where the content goes that is asked for. There is room for it.
    pub fn content_place(&self) -> Range<usize> {
        match self.question {
            Question::Content { limit } => ROOM..ROOM.wrapping_add(limit),
            _ => 0..0,
        }
    }

    /// The octets of content in a DATA frame.
    pub fn content_len(&self) -> usize {
        self.head.length.wrapping_sub(self.padding)
    }

    /// So many octets of the output were taken. What was more than there is does not count.
    #[inline]
    pub fn written(&mut self, len: usize) -> Taken {
        let start = self.start.saturating_add(len).min(self.end);
        let octets = start.wrapping_sub(self.start);
        self.start = start;
        let whole = self.start == self.end && self.phase == Phase::Output;
        if whole {
            self.phase = Phase::Taken;
        }
        Taken { octets, frame: whole && !matches!(self.cargo, Cargo::Magic) }
    }

    /// The frame as the application sees it.
    pub fn frame(&self) -> Frame<'_> {
        match &self.cargo {
            Cargo::Frame(item) => item.frame(self.head, self.padding),
            Cargo::None | Cargo::Magic | Cargo::Content(_) => {
                Frame { head: self.head, body: Body::Data(Data { padding: self.padding }) }
            }
        }
    }

    /// Starts on a frame whose payload goes to the buffer.
    #[inline]
    pub fn load(&mut self, item: Item) -> Result<()> {
        self.head = item.head();
        self.padding = 0;
        self.cargo = Cargo::Frame(item);
        self.buffer.clear();
        // Enough for most frames that have no fields.
        self.buffer.reserve(SMALLEST)?;
        self.buffer.resize(ROOM, 0)
    }

    /// What comes after the question for padding.
    pub fn phase_after_padding(&self) -> Phase {
        match self.cargo {
            Cargo::Content(_) => Phase::Build,
            _ => Phase::Proceed,
        }
    }

    /// Makes the payload `length` octets long by padding.
    pub fn pad_to(&mut self, length: usize) {
        self.padding = length.saturating_sub(self.head.length);
        if self.padding > 0 {
            self.head.length = length;
            self.head.flags = self.head.flags.with(Flags::PADDED);
        }
    }

    /// Makes room for so much content.
    #[inline]
    pub fn reserve_content(&mut self, limit: usize) -> Result<()> {
        let needed = ROOM.saturating_add(limit);
        if self.content.capacity() >= needed {
            return Ok(());
        }
        self.content.release();
        self.content.reserve_total(needed)?;
        self.content.resize(ROOM, 0)
    }

    /// Writes the frame header in front of content, and the padding.
    #[inline]
    pub fn seal_content(&mut self) -> Result<()> {
        let head = Head { kind: Kind::DATA, ..self.head }.pack();
        let whole = ROOM.saturating_add(self.head.length);
        match self.content.get_mut(1..whole).and_then(<[u8]>::first_chunk_mut) {
            Some(place) if self.padding == 0 => *place = head,
            _ => return self.seal(),
        }
        (self.start, self.end) = (1, whole);
        self.phase = Phase::Output;
        Ok(())
    }

    /// Writes the frame header and the padding.
    pub fn seal(&mut self) -> Result<()> {
        let padded = self.padding > 0;
        // Unpadded frames begin one octet later.
        self.start = usize::from(!padded);
        let payload = self.start.wrapping_add(HEAD_LEN);
        let whole = payload.saturating_add(self.head.length);
        let is_content = self.carries_content();
        let (buffer, length) = match is_content {
            true => (&mut self.content, self.head.length),
            false => (&mut self.buffer, self.head.length.min(self.frame_room)),
        };
        let zeros = self.padding.saturating_sub(1);
        if buffer.len() < whole {
            buffer.resize(whole, 0)?;
        } else if !is_content {
            // The application has not used all the room that it was lent.
            buffer.truncate(whole);
        }
        if padded {
            if let Some(padding) = buffer.get_mut(whole.wrapping_sub(zeros)..whole) {
                padding.fill(0);
            }
            if let Some(place) = buffer.get_mut(HEAD_LEN) {
                *place = zeros as u8;
            }
        }
        let mut head = Head { length, ..self.head };
        if length < self.head.length {
            head.flags = head.flags.without(Flags::END_HEADERS);
        }
        if let Some(place) = buffer.get_mut(self.start..).and_then(<[u8]>::first_chunk_mut) {
            *place = head.pack();
        }
        self.end = payload.wrapping_add(length);
        self.phase = Phase::Output;
        Ok(())
    }

    /// How much of a header block is still to be sent after the current frame.
    pub fn block_left(&self) -> usize {
        match self.cargo {
            Cargo::Frame(_) => self.buffer.len().saturating_sub(self.end),
            _ => 0,
        }
    }

    /// Makes the next CONTINUATION of a header block ready for output.
    pub fn seal_continuation(&mut self) {
        let left = self.block_left();
        let length = left.min(self.frame_room);
        let flags = Flags::END_HEADERS.when(length == left);
        let head = Head { length, kind: Kind::CONTINUATION, flags, stream_id: self.head.stream_id };
        self.start = self.end.saturating_sub(HEAD_LEN);
        let after = self.buffer.get_mut(self.start..);
        if let Some(place) = after.and_then(<[u8]>::first_chunk_mut) {
            *place = head.pack();
        }
        self.end = self.end.saturating_add(length);
        self.phase = Phase::Output;
    }

    /// How many octets of heap it holds.
    pub fn memory(&self) -> usize {
        let cargo = match &self.cargo {
            Cargo::Frame(item) => item.memory(),
            Cargo::None | Cargo::Magic | Cargo::Content(_) => 0,
        };
        self.buffer.memory().saturating_add(self.content.memory()).saturating_add(cargo)
    }

    /// Gives back what nothing is sent from for a while.
    pub fn release(&mut self) {
        self.content.release();
        self.buffer.release_above(KEPT);
    }
}
