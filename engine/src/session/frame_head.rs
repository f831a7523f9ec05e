//! Which frames are let in, as far as their headers tell (RFC 9113 section 6).

use super::guards::Guard;
use super::recv::{Kept, State};
use super::stream::{Mark, State as StreamState};
use super::streams::Slot;
use super::{Interest, Role, Session};
use crate::error::{ErrorCode, Result};
use crate::frame::{
    Altsvc, Flags, Goaway, Head, Kind, Ping, PrioritySpec, PriorityUpdate, PushPromise, RstStream,
    Settings, StreamId, WindowUpdate,
};

/// How a frame is let in.
pub(super) struct Admission {
    /// Its flags, without those that have no meaning.
    pub flags: Flags,
    /// What is read next.
    pub state: State,
    /// Whether the application hears of it.
    pub told: bool,
}

impl Admission {
    fn told(flags: Flags, state: State) -> Result<Admission> {
        Ok(Admission { flags, state, told: true })
    }

    fn silent(flags: Flags, state: State) -> Result<Admission> {
        Ok(Admission { flags, state, told: false })
    }
}

/// No field value of a PRIORITY_UPDATE that we would understand is longer, id included. In octets.
const MAX_PRIORITY_UPDATE: usize = 32;

impl Session {
    /// Checks what the frame header says, and notes what kind of frame it is. A session that is
    /// terminated here is in [`State::Ignore`].
    pub(super) fn admit(&mut self, head: Head) -> Result<Admission> {
        let flags = head.flags;
        match head.kind {
            Kind::DATA => self.admit_data(head, flags.only(Flags::END_STREAM.with(Flags::PADDED))),
            Kind::HEADERS => self.admit_headers(head),
            Kind::PRIORITY => {
                if head.length == PrioritySpec::LEN {
                    self.glitch();
                }
                self.admit_fixed(head, PrioritySpec::LEN, Flags::NONE)
            }
            Kind::RST_STREAM => self.admit_fixed(head, RstStream::LEN, Flags::NONE),
            Kind::SETTINGS => self.admit_settings(head),
            Kind::PUSH_PROMISE => self.admit_push_promise(head),
            Kind::PING => self.admit_fixed(head, Ping::LEN, flags.only(Flags::ACK)),
            Kind::GOAWAY if head.length < Goaway::FIXED_LEN => self.wrong_size(),
            Kind::GOAWAY => Admission::told(Flags::NONE, State::Text),
            Kind::WINDOW_UPDATE => self.admit_fixed(head, WindowUpdate::LEN, Flags::NONE),
            Kind::CONTINUATION => self.refuse("CONTINUATION: unexpected"),
            _ => self.admit_extension(head),
        }
    }

    /// A frame that ends the connection for its length.
    #[cold]
    fn wrong_size(&mut self) -> Result<Admission> {
        self.terminate(ErrorCode::FRAME_SIZE_ERROR, "")?;
        Admission::silent(Flags::NONE, State::Ignore)
    }

    /// A frame that ends the connection for being here.
    #[cold]
    fn refuse(&mut self, reason: &'static str) -> Result<Admission> {
        self.terminate(ErrorCode::PROTOCOL_ERROR, reason)?;
        Admission::silent(Flags::NONE, State::Ignore)
    }

    fn admit_fixed(&mut self, head: Head, length: usize, flags: Flags) -> Result<Admission> {
        if head.length == length { Admission::told(flags, State::Fixed) } else { self.wrong_size() }
    }

    #[inline(never)]
    fn admit_data(&mut self, head: Head, flags: Flags) -> Result<Admission> {
        self.inbound.kept = Kept::Data;
        let id = head.stream_id;
        if id.is_connection() {
            return self.refuse("DATA: stream_id == 0");
        }
        if self.is_idle(id) {
            return self.refuse("DATA: stream in idle");
        }
        let Some(slot) = self.streams.find(id) else {
            return Admission::silent(flags, State::IgnoredData);
        };
        if !self.expects_data(&self.streams[slot]) {
            return self.refuse_data(slot, flags);
        }
        let padded = flags.has(Flags::PADDED);
        if padded && head.length == 0 {
            return self.refuse("DATA: insufficient padding space");
        }
        if !flags.has(Flags::END_STREAM) {
            if head.length == 0 { self.glitch() } else { self.ration_data(slot, head.length) }
        }
        if padded {
            return Admission::told(flags, State::PadLength);
        }
        Admission::told(flags, State::Data)
    }

    /// DATA at the wrong time.
    #[cold]
    fn refuse_data(&mut self, slot: Slot, flags: Flags) -> Result<Admission> {
        let stream = &self.streams[slot];
        if stream.has(Mark::READ_SHUT) {
            self.terminate(ErrorCode::STREAM_CLOSED, "DATA: stream in half-closed(remote)")?;
            return Admission::silent(flags, State::Ignore);
        }
        match stream.state {
            StreamState::Closing => Admission::silent(flags, State::IgnoredData),
            _ if self.streams.is_mine(stream.id) => self.refuse("DATA: stream not opened"),
            _ => self.refuse("DATA: stream in reserved"),
        }
    }

    fn admit_headers(&mut self, head: Head) -> Result<Admission> {
        let known =
            Flags::END_STREAM.with(Flags::END_HEADERS).with(Flags::PADDED).with(Flags::PRIORITY);
        let flags = head.flags.only(known);
        let priority = PrioritySpec::default();
        self.inbound.kept = Kept::Headers { priority, category: crate::frame::Category::Headers };
        if flags.has(Flags::PADDED) {
            if head.length == 0 {
                return self.refuse("HEADERS: insufficient padding space");
            }
            return Admission::told(flags, State::PadLength);
        }
        if flags.has(Flags::PRIORITY) && head.length < PrioritySpec::LEN {
            return self.wrong_size();
        }
        Admission::told(flags, State::BlockFields)
    }

    #[inline(never)]
    fn admit_push_promise(&mut self, head: Head) -> Result<Admission> {
        let flags = head.flags.only(Flags::END_HEADERS.with(Flags::PADDED));
        self.inbound.kept = Kept::PushPromise { promised_id: StreamId::CONNECTION };
        if flags.has(Flags::PADDED) {
            if head.length == 0 {
                return self.refuse("PUSH_PROMISE: insufficient padding space");
            }
            return Admission::told(flags, State::PadLength);
        }
        if head.length < PushPromise::ID_LEN {
            return self.wrong_size();
        }
        Admission::told(flags, State::BlockFields)
    }

    #[inline(never)]
    fn admit_settings(&mut self, head: Head) -> Result<Admission> {
        let flags = head.flags.only(Flags::ACK);
        let ack = flags.has(Flags::ACK);
        if !head.length.is_multiple_of(Settings::ENTRY_LEN) || ack && head.length > 0 {
            return self.wrong_size();
        }
        if !ack {
            self.check_acks()?;
        }
        if head.length / Settings::ENTRY_LEN > self.config.max_settings {
            self.exceed(Guard::Settings, self.config.max_settings as u64);
            let reason = "SETTINGS: too many setting entries";
            self.terminate(ErrorCode::ENHANCE_YOUR_CALM, reason)?;
            return Admission::silent(flags, State::Ignore);
        }
        Admission::told(flags, State::Text)
    }

    /// RFC 9113 section 5.5: what is not known is ignored, but counted.
    #[inline(never)]
    fn admit_extension(&mut self, head: Head) -> Result<Admission> {
        if self.config.user_extensions.contains(head.kind) {
            if self.wants(Interest::EXTENSION_END) {
                return Admission::told(head.flags, State::Extension);
            }
            return self.ignore();
        }
        match head.kind {
            Kind::ALTSVC if self.config.altsvc => self.admit_altsvc(head),
            Kind::ORIGIN if self.config.origin => {
                // RFC 8336 section 2.1: the upper flags are reserved for incompatible changes.
                let reserved = Flags(0xf0);
                let fits =
                    head.stream_id.is_connection() && head.flags.only(reserved) == Flags::NONE;
                if self.role == Role::Client && fits {
                    return Admission::told(Flags::NONE, State::Text);
                }
                self.ignore()
            }
            Kind::PRIORITY_UPDATE if self.config.priority_update => {
                self.admit_priority_update(head)
            }
            _ => self.ignore(),
        }
    }

    fn ignore(&mut self) -> Result<Admission> {
        self.glitch();
        Admission::silent(Flags::NONE, State::Skip)
    }

    fn admit_altsvc(&mut self, head: Head) -> Result<Admission> {
        if self.role == Role::Server {
            return self.ignore();
        }
        if head.length < Altsvc::FIXED_LEN {
            return self.wrong_size();
        }
        Admission::told(Flags::NONE, State::AltsvcLength)
    }

    fn admit_priority_update(&mut self, head: Head) -> Result<Admission> {
        if self.role == Role::Client {
            return self.refuse("PRIORITY_UPDATE is received from server");
        }
        if head.length < PriorityUpdate::ID_LEN {
            return self.wrong_size();
        }
        self.glitch();
        if !self.settings.by_urgency() || head.length > MAX_PRIORITY_UPDATE {
            return Admission::silent(Flags::NONE, State::Skip);
        }
        Admission::told(Flags::NONE, State::Text)
    }
}
