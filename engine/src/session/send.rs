//! Items into octets: the outbound machine.
//!
//! One frame at a time is in [`Transit`](super::transit::Transit). It goes through phases: questions
//! to the application, then output, then what follows from having been sent.

use super::transit::{Cargo, Phase, Question, ROOM};
use super::{Interest, Reply, Session, Signal};
use crate::error::{Error, Result};
use crate::frame::DEFAULT_MAX_PAYLOAD;

/// What has become of the next frame.
enum Start {
    /// It is on its way, or something was done about its stream.
    Begun,
    /// So is it, and the application is to be asked.
    Asking(Signal),
    /// There is none that may be sent.
    Nothing,
}

impl Session {
    /// Goes on until there is something to ask, to tell, or to send. None says that there is nothing
    /// to do now.
    ///
    /// An error is fatal: the session can only be dropped.
    #[inline]
    pub fn pull_output(&mut self) -> Result<Option<Signal>> {
        if core::mem::replace(&mut self.outbound.transit.fresh, false) {
            self.trim_idle_streams();
        }
        loop {
            if !self.outbound.transit.aftermaths.is_empty() {
                match self.perform_aftermath()? {
                    Some(signal) => return Ok(Some(signal)),
                    None => continue,
                }
            }
            let transit = &mut self.outbound.transit;
            let signal = match transit.phase {
                Phase::Idle | Phase::Sent => {
                    if transit.phase == Phase::Sent {
                        self.finish_frame();
                    }
                    match self.start_next()? {
                        Start::Asking(signal) => signal,
                        Start::Begun => continue,
                        Start::Nothing => {
                            self.outbound.transit.ask(Question::None, Phase::Idle);
                            self.outbound.transit.fresh = true;
                            self.release_when_idle();
                            return Ok(None);
                        }
                    }
                }
                Phase::Padding { max } => {
                    transit.ask(Question::Padding { max }, transit.phase_after_padding());
                    Signal::AskPadding
                }
                Phase::Extension => {
                    transit.ask(Question::Extension, Phase::Proceed);
                    Signal::AskExtension
                }
                Phase::Proceed if self.interest.has(Interest::PROCEED) => {
                    transit.ask(Question::Proceed, Phase::Seal);
                    Signal::AskProceed
                }
                Phase::Content { limit } => {
                    transit.ask(Question::Content { limit }, Phase::Idle);
                    Signal::AskData
                }
                Phase::Build => {
                    self.build_content(self.content_slot())?;
                    continue;
                }
                Phase::Proceed | Phase::Seal => {
                    transit.seal()?;
                    continue;
                }
                Phase::SendData => {
                    if !self.may_send_data() {
                        continue;
                    }
                    self.outbound.transit.ask(Question::SendData, Phase::SendData);
                    Signal::SendData
                }
                Phase::Output => {
                    transit.ask(Question::None, Phase::Output);
                    transit.fresh = true;
                    Signal::Output
                }
                Phase::Taken => {
                    self.frame_taken()?;
                    continue;
                }
            };
            return Ok(Some(signal));
        }
    }

    /// What follows from octets that were taken: to be pulled until None after [`Session::written`],
    /// before the session is used for anything else. Skipping it is made up for by the next
    /// [`Session::pull_output`].
    #[inline]
    pub fn pull_aftermath(&mut self) -> Result<Option<Signal>> {
        let transit = &self.outbound.transit;
        let nothing_follows = transit.aftermaths.is_empty() && transit.phase != Phase::Taken;
        if nothing_follows { Ok(None) } else { self.next_aftermath() }
    }

    fn next_aftermath(&mut self) -> Result<Option<Signal>> {
        loop {
            if !self.outbound.transit.aftermaths.is_empty() {
                match self.perform_aftermath()? {
                    Some(signal) => return Ok(Some(signal)),
                    None => continue,
                }
            }
            if self.outbound.transit.phase != Phase::Taken || self.outbound.transit.block_left() > 0
            {
                return Ok(None);
            }
            self.frame_taken()?;
        }
    }

    /// Says that `len` octets of the last [`Signal::Output`] were taken.
    #[inline]
    pub fn written(&mut self, len: usize) {
        let taken = self.outbound.transit.written(len);
        self.count_output(taken);
        if taken.frame && self.outbound.transit.carries_content() {
            self.content_taken();
        }
    }

    /// Says that nothing will be sent for a while, although there may be more. Not needed when
    /// [`Session::pull_output`] has returned octets or None.
    pub fn pause_output(&mut self) {
        self.outbound.transit.fresh = true;
    }

    /// Answers the question that the last step was. [`Error::InvalidState`] if that was none, or has
    /// no such answer; [`Error::CallbackFailure`] for a number outside its range, and for
    /// [`Reply::Fail`]: the session can only be dropped then.
    pub fn answer_step(&mut self, reply: Reply) -> Result<()> {
        let question = core::mem::replace(&mut self.outbound.transit.question, Question::None);
        let transit = &mut self.outbound.transit;
        match (question, reply) {
            (Question::Padding { max }, Reply::Length(length)) => {
                if !(transit.head.length..=max).contains(&length) {
                    return self.give_up();
                }
                transit.pad_to(length);
            }
            (Question::Extension, Reply::Length(length)) => {
                if length > DEFAULT_MAX_PAYLOAD {
                    return self.give_up();
                }
                transit.head.length = length;
                transit.buffer.truncate(ROOM.wrapping_add(length));
            }
            (Question::Extension, Reply::Reject) => {
                // It never was ready to be sent.
                transit.phase = Phase::Idle;
                self.fail(Error::Cancel);
            }
            (Question::Proceed, Reply::Reject) => self.fail(Error::Cancel),
            (Question::ReadLength(windows), Reply::Length(length)) => {
                self.read_length_is(windows, length)?
            }
            (Question::Padding { .. } | Question::Extension, Reply::Fail) => return self.give_up(),
            (Question::ReadLength(_), Reply::Fail) => return self.fail_content(),
            (Question::Content { limit }, reply) => return self.answer_content(limit, reply),
            (Question::SendData, Reply::Sent) => self.sent_elsewhere(),
            (Question::SendData, Reply::Reject) => return self.reject_content(),
            _ => return Err(Error::InvalidState),
        }
        Ok(())
    }

    /// Takes the next frame off its queue, or lets a stream take its turn.
    #[inline]
    fn start_next(&mut self) -> Result<Start> {
        if self.load_next()? {
            self.start_item()?;
            return Ok(Start::Begun);
        }
        if self.send_window <= 0 {
            return Ok(Start::Nothing);
        }
        match self.scheduler.next(&mut self.streams) {
            Some(slot) => Ok(self.start_content(slot)?.map_or(Start::Begun, Start::Asking)),
            None => Ok(Start::Nothing),
        }
    }

    /// Checks whether the frame that was loaded may be sent, and writes its payload.
    fn start_item(&mut self) -> Result<()> {
        match self.convert() {
            Ok(phase) => {
                self.outbound.transit.phase = phase;
                Ok(())
            }
            Err(error) if error.is_fatal() => Err(error),
            Err(error) => {
                self.fail(error);
                Ok(())
            }
        }
    }

    /// The frame is done with.
    #[inline]
    pub(super) fn finish_frame(&mut self) {
        self.drop_hopeless_content();
        let transit = &mut self.outbound.transit;
        transit.cargo = Cargo::None;
        transit.phase = Phase::Idle;
    }

    /// Memory goes back when no stream is left that could need it soon.
    fn release_when_idle(&mut self) {
        if self.streams.active() == 0 {
            self.outbound.transit.release();
        }
    }
}
