//! Guards: what costs a peer little and us much is rationed.
//!
//! Three kinds of things are rationed: what happens on a connection, by token buckets; what is in a
//! header block; and what waits because of the peer. Most excesses are glitches, which have a bucket
//! of their own; when that is empty, the connection ends. The others end the connection or the stream
//! themselves. What the peer ran into is kept for the application to ask.

use super::bucket::Bucket;
use super::recv::State;
use super::settings::UNSET;
use super::stream::{Closure, Mark};
use super::streams::Slot;
use super::task::Task;
use super::{Config, Rate, Session};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::StreamId;

/// A limit that a peer can run into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// [`Config::stream_resets`]
    StreamResets,
    /// [`Config::own_resets`]
    OwnResets,
    /// [`Config::glitches`]
    Glitches,
    /// [`Config::max_header_list`], or the SETTINGS_MAX_HEADER_LIST_SIZE that was acknowledged
    HeaderList,
    /// [`Config::max_header_fields`]
    HeaderFields,
    /// [`Config::max_interim_responses`]
    InterimResponses,
    /// [`Config::max_continuations`]
    Continuations,
    /// [`Config::max_settings`]
    Settings,
    /// [`Config::max_outbound_ack`]
    OutboundAcks,
    /// [`Config::max_outbound_queue`]
    OutboundQueue,
    /// [`Config::control_frames`]
    ControlFrames,
    /// [`Config::short_data`]
    ShortData,
    /// [`Config::window_updates`]
    WindowUpdates,
}

/// The limit that a peer ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excess {
    /// Which.
    pub guard: Guard,
    /// How much it allows; of a rate, at once.
    pub limit: u64,
    /// How much more each second, of a rate.
    pub per_second: u64,
    /// The stream that it is about; zero for the connection.
    pub stream_id: StreamId,
}

/// What a bucket of its own is kept for, apart from what existing programs know.
#[derive(Clone, Copy)]
pub(super) enum Ration {
    OwnResets,
    ControlFrames,
    /// One token an octet that DATA is short of [`SHORT_DATA`].
    ShortData,
}

/// What the fields of a header block come to.
#[derive(Default)]
pub(super) struct HeaderList {
    size: usize,
    fields: usize,
    /// How large they may be together.
    max_size: usize,
}

/// Shorter DATA costs more to deal with than it is worth, and so does giving back less. In octets.
const SHORT_DATA: usize = 256;

/// What is so many times as long as a header list may be is far too long.
const FAR: usize = 4;

/// So many streams may be open while the peer changes what concerns many of them at will.
const FEW_STREAMS: usize = 100;

/// How much of everything is left to the peer.
pub(super) struct Guards {
    pub stream_resets: Bucket,
    pub glitches: Bucket,
    own_resets: Bucket,
    control_frames: Bucket,
    short_data: Bucket,
    /// How many answers the peer has earned by receiving DATA.
    earned: u64,
    /// So many of them have become tokens for PING.
    earned_by_ping: u64,
    /// How many updates of the connection's window have come.
    window_updates: u64,
    /// How many of our PINGs have not been answered.
    pings: u64,
    /// What the peer ran into last, or what the connection ends for.
    pub excess: Option<Excess>,
}

impl Guards {
    pub fn new(config: &Config) -> Guards {
        Guards {
            stream_resets: Bucket::new(config.stream_resets),
            glitches: Bucket::new(config.glitches),
            own_resets: Bucket::new(config.own_resets),
            control_frames: Bucket::new(config.control_frames),
            short_data: Bucket::new(config.short_data),
            earned: 0,
            earned_by_ping: 0,
            window_updates: 0,
            pings: 0,
            excess: None,
        }
    }

    fn ration(&mut self, ration: Ration) -> &mut Bucket {
        match ration {
            Ration::OwnResets => &mut self.own_resets,
            Ration::ControlFrames => &mut self.control_frames,
            Ration::ShortData => &mut self.short_data,
        }
    }

    /// Lets a bucket fill up by the time `now`, with what was earned by then as far as there is room.
    fn fill(&mut self, ration: Ration, now: u64) {
        self.ration(ration).fill(now);
        if let Ration::ControlFrames = ration {
            let earned = self.earned.wrapping_sub(self.earned_by_ping);
            let given = self.control_frames.give(earned);
            self.earned_by_ping = self.earned_by_ping.wrapping_add(given);
        }
    }
}

impl Session {
    /// The limit that the peer ran into last, if it ever did; once the connection is on its way to the
    /// end for one, that one.
    pub fn excess(&self) -> Option<Excess> {
        self.guards.excess
    }

    /// Notes that the peer ran into a limit, for which the connection ends.
    #[cold]
    pub(super) fn exceed(&mut self, guard: Guard, limit: u64) {
        self.exceed_rate(guard, Rate { burst: limit, per_second: 0 });
    }

    /// The same for a rate.
    #[cold]
    pub(super) fn exceed_rate(&mut self, guard: Guard, rate: Rate) {
        self.note_excess(StreamId::CONNECTION, guard, rate);
    }

    /// The same, where that is fatal.
    #[cold]
    pub(super) fn flood(&mut self, guard: Guard, limit: usize) -> Error {
        self.exceed(guard, limit as u64);
        Error::Flooded
    }

    /// Notes that the peer ran into a limit for which the connection does not end. If it is on its way
    /// to the end, the reason for that stays.
    #[cold]
    pub(super) fn overstep(&mut self, stream_id: StreamId, guard: Guard, rate: Rate) {
        if !self.shutdown.refusing {
            self.note_excess(stream_id, guard, rate);
        }
    }

    /// Notes an excess, whatever follows from it.
    fn note_excess(&mut self, stream_id: StreamId, guard: Guard, rate: Rate) {
        let Rate { burst: limit, per_second } = rate;
        self.guards.excess = Some(Excess { guard, limit, per_second, stream_id });
    }

    /// Takes so much of a ration. The time is only asked for the first time, and when the ration seems
    /// to be used up.
    #[inline]
    pub(super) fn draw(&mut self, ration: Ration, cost: u64) {
        if !self.guards.ration(ration).take_in_stock(cost) {
            self.inbound.tasks.push(Task::Draw(ration, cost));
        }
    }

    /// Does so with what has been added to the ration since.
    pub(super) fn draw_at(&mut self, ration: Ration, cost: u64, now: u64) -> Result<()> {
        self.guards.fill(ration, now);
        if self.guards.ration(ration).take_in_stock(cost) {
            return Ok(());
        }
        let (guard, rate) = match ration {
            Ration::OwnResets => (Guard::OwnResets, self.config.own_resets),
            Ration::ControlFrames => (Guard::ControlFrames, self.config.control_frames),
            Ration::ShortData => (Guard::ShortData, self.config.short_data),
        };
        if guard == Guard::OwnResets {
            self.exceed_rate(guard, rate);
            let reason = "too many streams had to be reset";
            return self.terminate(ErrorCode::ENHANCE_YOUR_CALM, reason);
        }
        self.overstep(StreamId::CONNECTION, guard, rate);
        self.inbound.tasks.push_next(Task::Glitch);
        Ok(())
    }

    /// A DATA frame has come that does not end its stream. Long ones make up for short ones. The first
    /// short one of a stream is free: many a message is one, and an empty frame that ends the stream.
    #[inline]
    pub(super) fn ration_data(&mut self, slot: Slot, length: usize) {
        match SHORT_DATA.checked_sub(length) {
            None => {
                self.guards.short_data.give(length.wrapping_sub(SHORT_DATA) as u64);
            }
            Some(missing) if self.streams[slot].has(Mark::SENDS_SHORT_DATA) => {
                self.draw(Ration::ShortData, missing as u64);
            }
            Some(_) => self.streams[slot].set(Mark::SENDS_SHORT_DATA),
        }
    }

    /// DATA has been sent, and a window may have cut it short. Receivers that give back what they read
    /// piece by piece send several updates of the connection's window for a long frame, and maybe long
    /// after it; those that measure how much is on its way send a PING for a frame. A window of a few
    /// octets at a time earns nothing.
    #[inline]
    pub(super) fn welcome_answers(&mut self, length: usize, cut_short: bool) {
        let answers = (length / SHORT_DATA).wrapping_add(usize::from(!cut_short));
        self.guards.earned = self.guards.earned.wrapping_add(answers as u64);
    }

    /// An update of the connection's window has come.
    pub(super) fn ration_window_update(&mut self) {
        let limit = self.config.window_updates;
        if self.guards.window_updates < limit.saturating_add(self.guards.earned) {
            self.guards.window_updates = self.guards.window_updates.wrapping_add(1);
            return;
        }
        let limit = Rate { burst: limit, per_second: 0 };
        self.overstep(StreamId::CONNECTION, Guard::WindowUpdates, limit);
        self.glitch();
    }

    /// A PING has been sent.
    pub(super) fn expect_ping_ack(&mut self) {
        self.guards.pings = self.guards.pings.saturating_add(1);
    }

    /// The answer to a PING has come.
    pub(super) fn ration_ping_ack(&mut self) {
        match self.guards.pings.checked_sub(1) {
            Some(rest) => self.guards.pings = rest,
            None => self.glitch(),
        }
    }

    /// The peer has changed the windows of all streams.
    pub(super) fn ration_window_shift(&mut self) {
        if self.streams.active() > FEW_STREAMS {
            self.glitch();
        }
    }

    /// A request has got a place in the dependency tree. Work on the tree grows with its depth, and
    /// with how many streams an exclusive one came in front of.
    #[cold]
    pub(super) fn ration_dependency(&mut self, slot: Slot) {
        let laborious = self.streams.has_siblings_below(slot) || self.streams.is_deep_in_tree(slot);
        if laborious && self.streams.active() > FEW_STREAMS {
            self.glitch();
        }
    }

    /// A header block begins. Its fields may be as large as the peer has agreed to by acknowledging our
    /// SETTINGS_MAX_HEADER_LIST_SIZE; if there was none, as large as anybody could want. Whoever wants
    /// no limit has announced one in vain.
    pub(super) fn begin_header_list(&mut self) {
        let max_size = match (self.config.max_header_list, self.settings.local.max_header_list_size)
        {
            (usize::MAX, _) => usize::MAX,
            (size, UNSET) => size,
            (_, size) => size as usize,
        };
        self.inbound.list = HeaderList { size: 0, fields: 0, max_size };
    }

    /// A field has been decoded, told or not (RFC 9113 section 10.5.1). False says that it is the one
    /// that was too much.
    #[inline]
    pub(super) fn ration_field(&mut self) -> Result<bool> {
        let size = self.decoder.field_size();
        let list = &mut self.inbound.list;
        list.size = list.size.saturating_add(size);
        list.fields = list.fields.saturating_add(1);
        if list.size > list.max_size || list.fields > self.config.max_header_fields {
            return self.header_list_is_too_long();
        }
        Ok(true)
    }

    /// Once there is too much no more fields are told; once there is far too much, the peer is not
    /// worth the decompressing.
    #[cold]
    fn header_list_is_too_long(&mut self) -> Result<bool> {
        let HeaderList { size, fields, max_size } = self.inbound.list;
        let max_fields = self.config.max_header_fields;
        let far = size / FAR > max_size || fields / FAR > max_fields;
        if !far && !self.inbound.telling {
            return Ok(true);
        }
        let (guard, limit) = match size > max_size {
            true => (Guard::HeaderList, max_size),
            false => (Guard::HeaderFields, max_fields),
        };
        let limit = Rate { burst: limit as u64, per_second: 0 };
        let stream_id = self.inbound.subject();
        match far {
            true => self.note_excess(stream_id, guard, limit),
            false => self.overstep(stream_id, guard, limit),
        }
        let ended = self.inbound.state == State::LastPiece;
        self.stop_telling();
        if far {
            self.terminate(ErrorCode::ENHANCE_YOUR_CALM, "header list is far too long")?;
        } else if !ended {
            self.calm_stream(stream_id);
        }
        Ok(false)
    }

    /// An interim response is complete. False says that the stream has had enough of them.
    pub(super) fn ration_interim_responses(&mut self, stream_id: StreamId, count: u16) -> bool {
        let limit = self.config.max_interim_responses;
        if count <= limit {
            return true;
        }
        let limit = Rate { burst: u64::from(limit), per_second: 0 };
        self.overstep(stream_id, Guard::InterimResponses, limit);
        self.calm_stream(stream_id);
        false
    }

    /// Ends a stream on which the peer wants too much.
    fn calm_stream(&mut self, id: StreamId) {
        let code = ErrorCode::ENHANCE_YOUR_CALM;
        self.inbound.tasks.push(Task::Reset(Closure { id, code }));
        self.inbound.tasks.push(Task::InvalidFrame(Error::HttpMessaging));
        self.glitch();
    }
}
