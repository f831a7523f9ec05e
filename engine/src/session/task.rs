//! What is left to do about something that was received.
//!
//! The reactions of RFC 9113 section 5.4 consist of a few steps in a definite order, some of which are
//! told to the application, which may do anything in between. So a reaction is written down as tasks,
//! and each pull performs them until one has something to tell.

use super::guards::{Guard, Ration};
use super::recv::{Progress, Question, State};
use super::stream::Closure;
use super::{Interest, Notice, Opaque, Session, UpgradedRequest};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::StreamId;

/// One step of a reaction.
#[derive(Clone, Copy)]
pub(super) enum Task {
    /// Count something suspicious, and end the connection if that was too much.
    Glitch,
    /// Count a stream that the peer has reset, and say goodbye if that was too much.
    CountReset,
    /// Take so much of a ration that seemed to be used up.
    Draw(Ration, u64),
    /// Tell that a frame has begun.
    FrameBegin,
    /// Tell of a field that is left out.
    InvalidHeader,
    /// Tell that a frame was received.
    Frame,
    /// Tell that a frame is in error.
    InvalidFrame(Error),
    /// Tell people what is wrong.
    Diagnose(Complaint),
    /// Queue RST_STREAM.
    Reset(Closure),
    /// End the connection with GOAWAY.
    Terminate(ErrorCode, &'static str),
    /// Let the Priority field of the request take effect.
    Prioritize(StreamId),
    /// Nothing more will be received on the stream.
    ShutRead(StreamId),
    /// Nothing more is wanted on the stream, which is about to be reset.
    MarkReadShut(StreamId),
    /// Tell that a stream is over.
    Close(Closure),
    /// Remove a stream whose end was told.
    Remove(StreamId),
    /// The peer will do nothing about our streams above this one.
    CutOff(StreamId),
    /// Close what a GOAWAY has cut off.
    CloseCutOff,
    /// Make the stream of a request that was upgraded from HTTP/1.1.
    OpenUpgraded(UpgradedRequest),
}

/// What people are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Complaint {
    /// The peer does not seem to speak HTTP/2.
    SettingsExpected,
    /// The current field spoils its message.
    FieldRejected,
    /// The current field is left out.
    FieldIgnored,
}

/// A short queue of tasks. No reaction has more than fit.
pub(super) struct Tasks {
    ring: [Task; Tasks::PLACES],
    first: usize,
    len: usize,
}

impl Tasks {
    const PLACES: usize = 8;

    pub const NONE: Tasks = Tasks { ring: [Task::Frame; Tasks::PLACES], first: 0, len: 0 };

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// Appends a task.
    pub fn push(&mut self, task: Task) {
        self.put(self.first.wrapping_add(self.len), task);
    }

    /// Puts a task in front of the others.
    pub fn push_next(&mut self, task: Task) {
        self.first = self.first.wrapping_sub(1);
        self.put(self.first, task);
    }

    #[inline]
    fn put(&mut self, place: usize, task: Task) {
        debug_assert!(self.len < Tasks::PLACES);
        if let Some(place) = self.ring.get_mut(place % Tasks::PLACES) {
            *place = task;
            self.len = self.len.wrapping_add(1);
        }
    }

    /// Takes the first task off. It is read where it lies: copying what has just been written part by
    /// part would have to wait for it.
    fn pop(&mut self) -> Option<&Task> {
        self.len = self.len.checked_sub(1)?;
        let first = self.first;
        self.first = first.wrapping_add(1);
        self.ring.get(first % Tasks::PLACES)
    }
}

impl Session {
    /// Performs the next task.
    #[inline]
    pub(super) fn perform_task(&mut self) -> Result<Progress> {
        let Some(task) = self.inbound.tasks.pop() else { return Ok(Progress::Done) };
        match *task {
            Task::Glitch => return self.count(Task::Glitch),
            Task::CountReset => return self.count(Task::CountReset),
            Task::Draw(ration, cost) => return self.count(Task::Draw(ration, cost)),
            Task::FrameBegin => {
                let told = self.inbound.state != State::Ignore;
                return Ok(Progress::tell_if(told, Notice::FrameBegin));
            }
            Task::InvalidHeader => {
                if self.wants(Interest::INVALID_HEADER) {
                    self.inbound.question = Question::InvalidHeader;
                    return Ok(Progress::Tell(Notice::InvalidHeader));
                }
            }
            Task::Frame => {
                return Ok(Progress::tell_if(self.wants(Interest::FRAME), Notice::Frame));
            }
            Task::InvalidFrame(error) => {
                self.told.fault = error;
                return Ok(Progress::tell_if(
                    self.wants(Interest::INVALID_FRAME),
                    Notice::InvalidFrame,
                ));
            }
            Task::Diagnose(complaint) => {
                if self.wants(Interest::DIAGNOSTIC) {
                    if complaint == Complaint::FieldIgnored {
                        self.inbound.question = Question::FieldIgnored;
                    }
                    self.told.fault = self.diagnose(complaint)?;
                    return Ok(Progress::Tell(Notice::Diagnostic));
                }
            }
            Task::Reset(closure) => self.queue_reset(closure)?,
            Task::Terminate(code, reason) => self.terminate(code, reason)?,
            Task::Prioritize(id) => self.apply_priority_field(id),
            Task::ShutRead(id) => self.shut_read(id),
            Task::MarkReadShut(id) => self.mark_read_shut(id),
            Task::Close(closure) => {
                if self.begin_close(closure.id) {
                    self.inbound.tasks.push_next(Task::Remove(closure.id));
                    self.told.closure = closure;
                    let told = self.wants(Interest::STREAM_CLOSED);
                    return Ok(Progress::tell_if(told, Notice::StreamClosed));
                }
            }
            Task::Remove(id) => self.remove_stream(id),
            Task::OpenUpgraded(request) => {
                self.open_upgraded(request, Opaque::default())?;
                self.resume_interrupted();
                return Ok(Progress::Upgraded);
            }
            Task::CutOff(last) => {
                if self.may_cut_off(last) {
                    self.streams.cut_off(true, last);
                    self.inbound.tasks.push_next(Task::CloseCutOff);
                }
            }
            Task::CloseCutOff => {
                if let Some(id) = self.next_cut_off() {
                    self.inbound.tasks.push_next(Task::CloseCutOff);
                    let code = ErrorCode::REFUSED_STREAM;
                    self.inbound.tasks.push_next(Task::Close(Closure { id, code }));
                }
            }
        }
        Ok(Progress::Done)
    }

    /// Takes a token from the bucket that a task is about. The first one for new input needs to know
    /// the time.
    fn count(&mut self, task: Task) -> Result<Progress> {
        let applies = match task {
            Task::CountReset => self.is_server() && !self.shutdown.submitted,
            _ => !self.shutdown.terminating,
        };
        if !applies {
            return Ok(Progress::Done);
        }
        let Some(now) = self.inbound.now else {
            // Whoever does not answer finds time standing still.
            self.inbound.now = Some(self.inbound.last_time);
            self.inbound.question = Question::Time;
            self.inbound.tasks.push_next(task);
            return Ok(Progress::Tell(Notice::AskTime));
        };
        match task {
            Task::Glitch => {
                self.count_glitch();
                if !self.guards.glitches.take(now) {
                    self.exceed_rate(Guard::Glitches, self.config.glitches);
                    self.terminate(ErrorCode::ENHANCE_YOUR_CALM, "")?;
                }
            }
            Task::CountReset if self.guards.stream_resets.take(now) => {}
            // The original counts no longer, but there are still new streams.
            Task::CountReset if self.shutdown.announced => {
                let rate = self.config.stream_resets;
                self.overstep(StreamId::CONNECTION, Guard::StreamResets, rate);
                self.inbound.tasks.push_next(Task::Glitch);
            }
            Task::CountReset => {
                self.exceed_rate(Guard::StreamResets, self.config.stream_resets);
                self.queue_goaway_for_resets()?;
            }
            Task::Draw(ration, cost) => self.draw_at(ration, cost, now)?,
            _ => {}
        }
        Ok(Progress::Done)
    }

    /// Says that the frame, or its header block, is a reason for suspicion.
    pub(super) fn glitch(&mut self) {
        // Nearly always the time is known, nothing comes first, and the peer may have done it.
        match self.inbound.now {
            Some(now)
                if self.inbound.tasks.is_empty()
                    && !self.shutdown.terminating
                    && self.guards.glitches.take(now) =>
            {
                self.count_glitch();
            }
            _ => self.inbound.tasks.push(Task::Glitch),
        }
    }
}
