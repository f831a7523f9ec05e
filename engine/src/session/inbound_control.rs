//! What the small frames do: PRIORITY, RST_STREAM, PING, GOAWAY, WINDOW_UPDATE.

use super::Session;
use super::guards::Ration;
use super::inbound_settings::keep_parameters;
use super::recv::Kept;
use super::stream::{Closure, State};
use super::task::Task;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{
    Flags, Goaway, HEAD_LEN, Kind, Ping, PrioritySpec, RstStream, StreamId, WindowUpdate,
};

impl Session {
    /// A frame whose payload has a fixed length is complete.
    pub(super) fn fixed_frame(&mut self, payload: &[u8; HEAD_LEN]) -> Result<()> {
        match self.inbound.head.kind {
            Kind::PRIORITY => {
                self.on_priority(PrioritySpec::parse(payload).ok_or(Error::Internal)?)
            }
            Kind::RST_STREAM => {
                self.on_rst_stream(RstStream::parse(payload).ok_or(Error::Internal)?);
                Ok(())
            }
            Kind::PING => self.on_ping(Ping::parse(payload).ok_or(Error::Internal)?),
            Kind::WINDOW_UPDATE => {
                self.on_window_update(WindowUpdate::parse(payload).ok_or(Error::Internal)?);
                Ok(())
            }
            _ => Err(Error::Internal),
        }
    }

    /// A frame whose payload has any length is complete.
    #[inline(never)]
    pub(super) fn text_frame(&mut self) -> Result<()> {
        match self.inbound.head.kind {
            Kind::SETTINGS => {
                keep_parameters(&self.inbound.text, &mut self.inbound.entries)?;
                self.on_settings()
            }
            Kind::GOAWAY => self.on_goaway(),
            Kind::ALTSVC => {
                self.on_altsvc();
                Ok(())
            }
            Kind::ORIGIN => self.on_origin(),
            Kind::PRIORITY_UPDATE => self.on_priority_update(),
            _ => Err(Error::Internal),
        }
    }

    /// RFC 7540 section 6.3
    #[inline(never)]
    fn on_priority(&mut self, spec: PrioritySpec) -> Result<()> {
        self.inbound.kept = Kept::Priority(spec);
        let id = self.inbound.head.stream_id;
        if self.settings.by_urgency() || self.settings.peer_is_without_rfc7540() {
            return Ok(());
        }
        if id.is_connection() {
            self.connection_error(Error::Proto, "PRIORITY: stream_id == 0");
            return Ok(());
        }
        if spec.depends_on == id {
            return self.terminate(ErrorCode::PROTOCOL_ERROR, "depend on itself");
        }
        if !self.is_server() || self.prioritize_by_frame(id, spec)? {
            self.inbound.tasks.push(Task::Frame);
        }
        Ok(())
    }

    /// RFC 9113 section 6.4
    fn on_rst_stream(&mut self, frame: RstStream) {
        self.inbound.kept = Kept::RstStream(frame);
        let id = self.inbound.head.stream_id;
        if id.is_connection() {
            return self.connection_error(Error::Proto, "RST_STREAM: stream_id == 0");
        }
        if self.is_idle(id) {
            return self.connection_error(Error::Proto, "RST_STREAM: stream in idle");
        }
        if let Some(slot) = self.streams.find(id) {
            self.streams[slot].set(super::stream::Mark::READ_SHUT);
        }
        self.inbound.tasks.push(Task::Frame);
        self.inbound.tasks.push(Task::Close(Closure { id, code: frame.code }));
        self.inbound.tasks.push(Task::CountReset);
        self.count_reset_received();
    }

    /// RFC 9113 section 6.7
    fn on_ping(&mut self, frame: Ping) -> Result<()> {
        self.inbound.kept = Kept::Ping(frame);
        if !self.inbound.head.stream_id.is_connection() {
            self.connection_error(Error::Proto, "PING: stream_id != 0");
            return Ok(());
        }
        let ack = self.inbound.head.flags.has(Flags::ACK);
        if !ack && self.config.auto_ping_ack && !self.is_closing() {
            self.queue_ping_ack(frame)?;
        }
        self.inbound.tasks.push(Task::Frame);
        if ack {
            self.ration_ping_ack();
        } else {
            self.draw(Ration::ControlFrames, 1);
        }
        Ok(())
    }

    /// RFC 9113 section 6.8
    #[inline(never)]
    fn on_goaway(&mut self) -> Result<()> {
        let Goaway { last_stream_id: last, code, .. } =
            Goaway::parse(&self.inbound.text).ok_or(Error::Internal)?;
        self.inbound.kept = Kept::Goaway { last_stream_id: last, code };
        if !self.inbound.head.stream_id.is_connection() {
            self.connection_error(Error::Proto, "GOAWAY: stream_id != 0");
            return Ok(());
        }
        let mine = last.is_connection() || self.streams.is_mine(last);
        if !mine || last > self.shutdown.peer_last_id {
            self.connection_error(Error::Proto, "GOAWAY: invalid last_stream_id");
            return Ok(());
        }
        self.shutdown.received = true;
        self.shutdown.peer_last_id = last;
        self.inbound.tasks.push(Task::Frame);
        self.inbound.tasks.push(Task::CutOff(last));
        Ok(())
    }

    /// RFC 9113 section 6.9
    fn on_window_update(&mut self, frame: WindowUpdate) {
        self.inbound.kept = Kept::WindowUpdate(frame);
        let id = self.inbound.head.stream_id;
        if id.is_connection() {
            self.on_connection_window_update(frame.increment);
        } else {
            self.on_stream_window_update(id, frame.increment);
        }
    }

    fn on_connection_window_update(&mut self, increment: i32) {
        if increment == 0 {
            let reason = "WINDOW_UPDATE: window_size_increment == 0";
            return self.connection_error(Error::Proto, reason);
        }
        match self.send_window.checked_add(increment) {
            Some(window) => self.send_window = window,
            None => return self.connection_error(Error::FlowControl, ""),
        }
        self.inbound.tasks.push(Task::Frame);
        self.ration_window_update();
    }

    fn on_stream_window_update(&mut self, id: StreamId, increment: i32) {
        if self.is_idle(id) {
            return self.connection_error(Error::Proto, "WINDOW_UPDATE to idle stream");
        }
        let Some(slot) = self.streams.find(id) else { return };
        if self.streams[slot].state == State::Reserved && !self.streams.is_mine(id) {
            return self.connection_error(Error::Proto, "WINDOW_UPADATE to reserved stream");
        }
        if increment == 0 {
            let reason = "WINDOW_UPDATE: window_size_increment == 0";
            return self.connection_error(Error::Proto, reason);
        }
        if !self.grow_send_window(slot, increment) {
            let reason = "WINDOW_UPDATE: window size overflow";
            return self.connection_error(Error::FlowControl, reason);
        }
        self.inbound.tasks.push(Task::Frame);
    }
}
