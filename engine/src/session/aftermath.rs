//! What follows from a frame having been sent, or from its not being sent.
//!
//! Like the tasks of the inbound side, and for the same reason, this is written down step by step: the
//! application is told in between, and may do anything.

use super::outbound::{Item, Parting};
use super::stream::{Closure, Mark, State};
use super::transit::{Cargo, Phase};
use super::{Interest, Session, Signal};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Category, Flags, StreamId};

/// One step.
#[derive(Clone, Copy)]
pub(super) enum Aftermath {
    /// Tell that the frame was sent.
    FrameSent,
    /// Let the frame take effect on our own state.
    Effect,
    /// Tell that the frame is not sent.
    FrameNotSent(Error),
    /// Undo what the frame has begun.
    Undo(Error),
    /// Nothing more will be sent on the stream.
    ShutWrite(StreamId),
    /// Tell that a stream is over.
    Close(Closure),
    /// Remove a stream whose end was told.
    Remove(StreamId),
    /// Close what a GOAWAY has cut off.
    CloseCutOff,
    /// Be done with the frame.
    Finish,
    /// Give up: the application is at its end.
    Fail,
}

/// A short stack of steps. No frame has more than fit.
pub(super) struct Aftermaths {
    stack: [Aftermath; Aftermaths::PLACES],
    len: usize,
}

impl Aftermaths {
    const PLACES: usize = 8;

    pub const NONE: Aftermaths =
        Aftermaths { stack: [Aftermath::Finish; Aftermaths::PLACES], len: 0 };

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Puts steps in front of the others, the first one first.
    #[inline]
    pub fn push<const N: usize>(&mut self, steps: [Aftermath; N]) {
        for step in steps.into_iter().rev() {
            debug_assert!(self.len < Aftermaths::PLACES);
            if let Some(place) = self.stack.get_mut(self.len) {
                *place = step;
                self.len = self.len.wrapping_add(1);
            }
        }
    }

    /// Takes the first step off. It is read where it lies, for the reason that tasks are.
    fn pop(&mut self) -> Option<&Aftermath> {
        self.len = self.len.checked_sub(1)?;
        self.stack.get(self.len)
    }
}

impl Session {
    fn follow<const N: usize>(&mut self, steps: [Aftermath; N]) {
        self.outbound.transit.aftermaths.push(steps);
    }

    /// All octets of a frame were taken.
    pub(super) fn frame_taken(&mut self) -> Result<()> {
        let transit = &mut self.outbound.transit;
        if transit.block_left() > 0 {
            transit.seal_continuation();
            return Ok(());
        }
        transit.phase = Phase::Sent;
        match transit.cargo {
            Cargo::Frame(_) if self.interest.has(Interest::FRAME_SENT) => {
                self.follow([Aftermath::FrameSent, Aftermath::Effect]);
            }
            Cargo::Frame(_) => self.frame_takes_effect()?,
            Cargo::None | Cargo::Magic | Cargo::Content(_) => {}
        }
        Ok(())
    }

    /// The frame in transit cannot be sent.
    #[cold]
    pub(super) fn fail(&mut self, error: Error) {
        let Cargo::Frame(item) = &self.outbound.transit.cargo else { return };
        let silent = match item {
            Item::WindowUpdate { .. } => error != Error::Cancel,
            Item::RstStream { .. } => error == Error::StreamClosed,
            _ => false,
        };
        self.follow([Aftermath::Undo(error), Aftermath::Finish]);
        if !silent {
            self.follow([Aftermath::FrameNotSent(error)]);
        }
    }

    /// The application is at its end, while a frame was being made. A stream that the frame should have
    /// opened is told to be over; then nothing is left but to drop the session.
    #[cold]
    pub(super) fn give_up(&mut self) -> Result<()> {
        match self.outbound.transit.cargo {
            Cargo::Content(_) => return self.fail_content(),
            _ => self.follow([Aftermath::Undo(Error::CallbackFailure), Aftermath::Fail]),
        }
        Ok(())
    }

    /// Performs the next step. Some is what it has to tell.
    pub(super) fn perform_aftermath(&mut self) -> Result<Option<Signal>> {
        let Some(step) = self.outbound.transit.aftermaths.pop() else { return Ok(None) };
        match *step {
            Aftermath::FrameSent => return Ok(Some(Signal::FrameSent)),
            Aftermath::FrameNotSent(error) => {
                self.told.fault = error;
                let told = self.wants(Interest::FRAME_NOT_SENT);
                return Ok(told.then_some(Signal::FrameNotSent));
            }
            Aftermath::Effect => self.frame_takes_effect()?,
            Aftermath::Undo(error) => self.undo_frame(error)?,
            Aftermath::ShutWrite(id) => self.shut_write(id),
            Aftermath::Close(closure) => {
                if self.begin_close(closure.id) {
                    self.follow([Aftermath::Remove(closure.id)]);
                    self.told.closure = closure;
                    let told = self.wants(Interest::STREAM_CLOSED);
                    return Ok(told.then_some(Signal::StreamClosed));
                }
            }
            Aftermath::Remove(id) => self.remove_stream(id),
            Aftermath::CloseCutOff => {
                if let Some(id) = self.next_cut_off() {
                    let code = ErrorCode::REFUSED_STREAM;
                    self.follow([Aftermath::Close(Closure { id, code }), Aftermath::CloseCutOff]);
                }
            }
            Aftermath::Finish => self.finish_frame(),
            Aftermath::Fail => {
                self.finish_frame();
                return Err(Error::CallbackFailure);
            }
        }
        Ok(None)
    }

    fn frame_takes_effect(&mut self) -> Result<()> {
        let Cargo::Frame(item) = &mut self.outbound.transit.cargo else { return Ok(()) };
        match item {
            Item::Headers(item) => {
                let (id, category, source) = (item.stream_id, item.category, item.take_source());
                let ends_stream = item.ends_stream;
                self.headers_sent(id, category, ends_stream)?;
                if let Some(source) = source {
                    match self.submit_data(id, true, source) {
                        Err(error) if error.is_fatal() => return Err(error),
                        // A stream that has content already keeps that.
                        _ => {}
                    }
                }
            }
            Item::RstStream { stream_id: id, code, .. } => {
                let closure = Closure { id: *id, code: *code };
                self.count_reset_sent();
                self.follow([Aftermath::Close(closure)]);
            }
            Item::Goaway { last, parting, .. } => {
                let (last, parting) = (*last, *parting);
                if parting == Parting::Notice {
                    return Ok(());
                }
                self.shutdown.sent = true;
                self.shutdown.terminated |= parting == Parting::Terminal;
                self.streams.cut_off(false, last);
                self.follow([Aftermath::CloseCutOff]);
            }
            Item::WindowUpdate { stream_id: id, .. } => {
                let id = *id;
                self.window_update_sent(id)?;
            }
            Item::Ping { ack: false, .. } => self.expect_ping_ack(),
            Item::Priority { stream_id, spec } => {
                let (id, spec) = (*stream_id, *spec);
                if !self.is_server() && !self.settings.is_without_rfc7540() {
                    self.prioritize_by_frame(id, spec)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn headers_sent(&mut self, id: StreamId, category: Category, ends_stream: bool) -> Result<()> {
        let Some(slot) = self.streams.find(id) else { return Ok(()) };
        match category {
            Category::Request => self.streams[slot].state = State::Opening,
            Category::Response => self.streams[slot].state = State::Opened,
            Category::PushResponse => self.open_promised(slot),
            Category::Headers => {}
        }
        if ends_stream {
            self.shut_write(id);
        }
        Ok(())
    }

    /// Nothing more will be sent on the stream. If nothing will be received either, it ends.
    fn shut_write(&mut self, id: StreamId) {
        let Some(slot) = self.streams.find(id) else { return };
        if self.streams[slot].shut(Mark::WRITE_SHUT) {
            let code = ErrorCode::NO_ERROR;
            self.follow([Aftermath::Close(Closure { id, code })]);
        }
    }

    /// A stream that the frame should have opened ends.
    #[cold]
    fn undo_frame(&mut self, error: Error) -> Result<()> {
        let Cargo::Frame(item) = &self.outbound.transit.cargo else { return Ok(()) };
        let closure = match item {
            Item::Headers(item) if item.category == Category::Request => {
                let code = item.cancelled.unwrap_or(ErrorCode::REFUSED_STREAM);
                Some(Closure { id: item.stream_id, code })
            }
            Item::PushPromise { promised_id, .. } => {
                Some(Closure { id: *promised_id, code: ErrorCode::INTERNAL_ERROR })
            }
            _ => None,
        };
        if let Some(closure) = closure {
            self.follow([Aftermath::Close(closure)]);
        }
        if error == Error::HeaderComp {
            self.terminate(ErrorCode::INTERNAL_ERROR, "")?;
        }
        Ok(())
    }

    /// The octets of a DATA frame were taken: they count against the windows, and content that is
    /// complete leaves room for other content.
    #[inline]
    pub(super) fn content_taken(&mut self) {
        let slot = self.content_slot();
        let transit = &mut self.outbound.transit;
        transit.phase = Phase::Sent;
        let Cargo::Content(content) = &transit.cargo else { return };
        let (id, eof, elsewhere) = (content.stream_id, content.eof, content.elsewhere);
        let length = transit.head.length;
        let ends_stream = transit.head.flags.has(Flags::END_STREAM);
        let told = self.wants(Interest::FRAME_SENT);
        self.send_window = self.send_window.wrapping_sub(length as i32);
        let mut window = self.send_window;
        if let Some(slot) = slot {
            let stream = &mut self.streams[slot];
            stream.send_offset = stream.send_offset.wrapping_sub(length as i32);
            window = window.min(self.send_window_of(&self.streams[slot]));
            if eof {
                self.drop_content(slot);
            }
        }
        self.welcome_answers(length, window <= 0 && !eof);
        if elsewhere {
            // Nobody refers to octets of ours.
            if !told && !ends_stream {
                return self.finish_frame();
            }
            self.follow([Aftermath::Finish]);
        }
        if ends_stream {
            self.follow([Aftermath::ShutWrite(id)]);
        }
        if told {
            self.follow([Aftermath::FrameSent]);
        }
    }
}
