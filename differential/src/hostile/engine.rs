//! The same inputs for the engine's own interface: a transcript from events and steps, in the words
//! that the driver of the C interface uses for callbacks.
//!
//! Only the steps that most rows are made of are there; inputs with others are left to the C interface,
//! as are actions within callbacks, for which an engine that is pulled has no need.

use nghttp2_engine::error::{Error, ErrorCode};
use nghttp2_engine::frame::{Head, Kind, Setting, SettingId, StreamId};
use nghttp2_engine::mem::{Allocator, Field, Mem};
use nghttp2_engine::session::{
    Config, Content, Event, Interest, Opaque, Rate, Reply, Role, Session, Source, Step,
};

use super::decoder;
use crate::fields::{entries, fields};
use crate::log::{Log, ShowOutput, Text, log, type_name};
use crate::meter::Meter;
use crate::script::{self, number};
use crate::{flood, wire};

/// The verbs that are there.
const VERBS: &[&str] = &[
    "open",
    "feed",
    "flood",
    "recv",
    "trickle",
    "drain",
    "mem_send",
    "submit_settings",
    "submit_request",
    "submit_response",
    "submit_rst_stream",
    "submit_goaway",
    "terminate_session",
    "set_local_window_size",
    "set_next_stream_id",
];

/// Whether the engine can be driven through a script from here.
pub fn knows(script: &[script::Step]) -> bool {
    decoder::knows(script)
        || script.iter().all(|step| {
            step.when.is_none()
                && matches!(step.target, 's' | 'c')
                && VERBS.contains(&step.verb.as_str())
                && step.text("read").is_none_or(|read| length(read).is_some())
        })
}

/// Runs a script; the transcript is in the log afterwards.
pub fn run(log: &Log, script: &[script::Step], meter: &Meter) {
    log.clear();
    let table = meter.table();
    let allocator = Allocator {
        user_data: table.user_data,
        malloc: table.malloc,
        free: table.free,
        calloc: table.calloc,
        realloc: table.realloc,
    };
    // SAFETY: the functions are those of the C library, counted; the meter outlives the session.
    let mem = unsafe { Mem::new(allocator) };
    if let Err(error) = &mem {
        log!(log, "= {}", error.number());
    }
    match (script.first(), mem) {
        (Some(first), Ok(mem)) if first.target == 'i' => decoder::run(log, script, mem),
        (Some(first), Ok(mem)) => on_session(log, script, open(first, mem)),
        _ => {}
    }
    log!(log, "end: {} blocks held", meter.blocks.get());
}

fn on_session(log: &Log, script: &[script::Step], session: Session) {
    let name = script.first().map_or('s', |step| step.target);
    let (inbox, content) = (Vec::new(), Vec::new());
    let mut driver = Driver { log, session, name, inbox, content, dead: false };
    for step in script {
        log!(log, "> {step}");
        log.enter();
        driver.perform(step);
        let (read, write) = (driver.session.want_read(), driver.session.want_write());
        log!(log, "{name}: want_read={} want_write={}", read as u8, write as u8);
        log.leave();
    }
}

/// A session with the options of an `open` step.
fn open(step: &script::Step, mem: Mem) -> Session {
    let role = if step.target == 's' { Role::Server } else { Role::Client };
    let mut config = Config::default();
    let mut interest = Interest::NONE;
    let without = step.text("cb").unwrap_or("");
    for (label, part) in INTERESTS {
        if without != "none" && without != format!("-{label}") {
            interest = interest.with(*part);
        }
    }
    for (key, value) in &step.args {
        let Some(option) = key.strip_prefix("opt.") else { continue };
        let (first, second) = value.split_once(':').unwrap_or((value, "0"));
        let (first, second) = (number(first).unwrap_or(0), number(second).unwrap_or(0));
        let rate = Rate { burst: first as u64, per_second: second as u64 };
        match option {
            "no_auto_window_update" => config.manual_window_update = first != 0,
            "user_recv_extension_type" => config.user_extensions.insert(Kind(first as u8)),
            "builtin_recv_extension_type" => match first {
                10 => config.altsvc = true,
                12 => config.origin = true,
                _ => config.priority_update = true,
            },
            "max_settings" => config.max_settings = first as usize,
            "max_outbound_queue_size" => config.max_outbound_queue = first as usize,
            "max_continuations" => config.max_continuations = first as usize,
            "stream_reset_rate_limit" => config.stream_resets = rate,
            "glitch_rate_limit" => config.glitches = rate,
            "no_rfc9113_leading_and_trailing_ws_validation" => config.trimmed_values = first == 0,
            _ => {}
        }
    }
    Session::new(role, config, interest, 7, mem)
}

/// What the driver of the C interface asks for, by callback.
const INTERESTS: &[(&str, Interest)] = &[
    ("on_begin_frame", Interest::FRAME_BEGIN),
    ("on_begin_headers", Interest::HEADERS_BEGIN),
    ("on_header", Interest::HEADER),
    ("on_invalid_header", Interest::INVALID_HEADER),
    ("on_data_chunk_recv", Interest::DATA),
    ("on_extension_chunk_recv", Interest::EXTENSION_DATA),
    ("unpack_extension", Interest::EXTENSION_END),
    ("on_frame_recv", Interest::FRAME),
    ("on_invalid_frame_recv", Interest::INVALID_FRAME),
    ("on_stream_close", Interest::STREAM_CLOSED),
    ("error2", Interest::DIAGNOSTIC),
    ("on_frame_not_send", Interest::FRAME_NOT_SENT),
];

struct Driver<'a> {
    log: &'a Log,
    session: Session,
    name: char,
    inbox: Vec<u8>,
    /// Octets left of each source.
    content: Vec<usize>,
    dead: bool,
}

impl Driver<'_> {
    fn perform(&mut self, step: &script::Step) {
        let known = matches!(step.verb.as_str(), "feed" | "flood");
        if self.dead && !known {
            log!(self.log, "session is dead");
            return;
        }
        match step.verb.as_str() {
            "open" => {}
            "feed" => self.inbox.extend(wire::build(step)),
            "flood" => self.inbox.extend(flood::build(step)),
            "recv" => {
                let input = std::mem::take(&mut self.inbox);
                self.inbox = self.receive(&input, step);
            }
            "trickle" => self.trickle(step),
            "drain" => self.produce(step.int("n", 500) as usize),
            "mem_send" => self.produce(step.int("n", 1) as usize),
            _ => {
                let result = self.submit(step).unwrap_or_else(|error| i64::from(error.number()));
                log!(self.log, "= {result}");
            }
        }
    }

    fn submit(&mut self, step: &script::Step) -> Result<i64, Error> {
        let id = StreamId::new(step.int("stream", 0) as i32);
        let code = ErrorCode(step.int("code", 0) as u32);
        let owned = fields(step, "nv");
        let nv: Vec<Field<'_>> = owned.iter().map(|f| Field::new(&f.name, &f.value)).collect();
        let source = step.text("read").and_then(length).map(|length| {
            self.content.push(length);
            Source { object: self.content.len() - 1, reader: 1 }
        });
        let session = &mut self.session;
        match step.verb.as_str() {
            "submit_settings" => {
                let setting = |entry: &c_types::SettingsEntry| Setting {
                    id: SettingId(entry.settings_id),
                    value: entry.value,
                };
                let list: Vec<Setting> = entries(step, "iv").iter().map(setting).collect();
                session.submit_settings(&list)?;
            }
            "submit_request" => {
                let id = session.submit_request(None, &nv, source, Opaque::default())?;
                return Ok(i64::from(id.get()));
            }
            "submit_response" => session.submit_response(id, &nv, source)?,
            "submit_rst_stream" => session.submit_rst_stream(id, code)?,
            "submit_goaway" => {
                let last = StreamId::new(step.int("last", 0) as i32);
                session.submit_goaway(last, code, &step.bytes("debug").unwrap_or_default())?;
            }
            "terminate_session" => session.terminate_session(code)?,
            "set_local_window_size" => {
                session.set_local_window_size(id, step.int("size", 0) as i32)?;
            }
            _ => session.set_next_stream_id(id)?,
        }
        Ok(0)
    }

    /// Hands octets over, in pieces of `cut=`, no more of them than `calls=`; returns the rest.
    fn receive(&mut self, input: &[u8], step: &script::Step) -> Vec<u8> {
        let cuts = step.ints("cut");
        let calls = step.int("calls", i64::from(u32::MAX)) as usize;
        let mut rest = input;
        for call in 0..calls {
            let cut = cuts.get(call % cuts.len().max(1)).copied().unwrap_or(0);
            let size = if cut <= 0 { rest.len() } else { rest.len().min(cut as usize) };
            let (mut piece, later) = rest.split_at(size);
            if let Err(error) = self.pull(&mut piece) {
                log!(self.log, "= {} after {}", error.number(), input.len() - rest.len());
                self.dead = true;
                return Vec::new();
            }
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
        log!(self.log, "= {}, 0 left", input.len() - rest.len());
        rest.to_vec()
    }

    fn pull(&mut self, piece: &mut &[u8]) -> Result<(), Error> {
        while let Some(event) = self.session.recv(piece)? {
            let reply = matches!(event, Event::AskTime).then_some(Reply::Time(1));
            tell(self.log, self.name, event);
            if let Some(reply) = reply {
                self.session.answer_event(reply)?;
            }
        }
        Ok(())
    }

    fn trickle(&mut self, step: &script::Step) {
        let input = std::mem::take(&mut self.inbox);
        let mut rest = input.as_slice();
        while !rest.is_empty() && !self.dead && !self.log.is_full() {
            let size = flood::length(rest, step.int("frames", 1).max(1) as usize);
            let (now, later) = rest.split_at(size);
            self.receive(now, step);
            if !self.dead {
                self.produce(usize::MAX);
            }
            rest = later;
        }
    }

    /// Sends up to so many pieces.
    fn produce(&mut self, most: usize) {
        let mut sent = 0;
        while sent < most {
            match self.push() {
                Ok(Some(true)) => sent += 1,
                Ok(Some(false)) => {}
                Ok(None) => {
                    log!(self.log, "= 0 null");
                    return;
                }
                Err(error) => {
                    log!(self.log, "= {}", error.number());
                    self.dead = true;
                    return;
                }
            }
        }
    }

    /// One step on the way out; whether octets went.
    fn push(&mut self) -> Result<Option<bool>, Error> {
        let name = self.name;
        let Some(step) = self.session.send()? else { return Ok(None) };
        let (mut reply, mut written) = (None, None);
        match step {
            Step::Output(part) => {
                log!(self.log, "= {} {}", part.len(), ShowOutput(part));
                written = Some(part.len());
            }
            Step::AskData { stream_id, source, buffer } => {
                log!(self.log, "{name}.read stream={}", stream_id.get());
                let mut none = 0;
                let left = self.content.get_mut(source.object).unwrap_or(&mut none);
                let length = buffer.len().min(*left);
                *left -= length;
                let eof = *left == 0;
                reply = Some(Reply::Data(Content {
                    length,
                    eof,
                    more_follows: false,
                    elsewhere: false,
                }));
            }
            other => told(self.log, name, other),
        }
        if let Some(reply) = reply {
            self.session.answer_step(reply)?;
        }
        let Some(written) = written else { return Ok(Some(false)) };
        self.session.written(written);
        while let Some(step) = self.session.settle()? {
            told(self.log, name, step);
        }
        Ok(Some(true))
    }
}

/// Writes an event down.
fn tell(log: &Log, name: char, event: Event<'_>) {
    match event {
        Event::AskTime | Event::ExtensionEnd(_) => {}
        Event::FrameBegin(head) => log!(log, "{name}.on_begin_frame {}", show(head)),
        Event::HeadersBegin(frame) => log!(log, "{name}.on_begin_headers {}", show(frame.head)),
        Event::Header(header) => {
            let (field, value) = (Text(header.name), Text(header.value));
            log!(log, "{name}.on_header [{field}={value} 0] in {}", show(header.head));
        }
        Event::InvalidHeader(header) => {
            let (field, value) = (Text(header.name), Text(header.value));
            log!(log, "{name}.on_invalid_header [{field}={value} 0] in {}", show(header.head));
        }
        Event::Data { stream_id, chunk, .. } => {
            log!(log, "{name}.on_data_chunk_recv stream={} len={}", stream_id.get(), chunk.len());
        }
        Event::ExtensionData { head, chunk } => {
            let hex = crate::log::Hex(chunk);
            log!(log, "{name}.on_extension_chunk_recv {} chunk={hex}", show(head));
        }
        Event::Frame(frame) => log!(log, "{name}.on_frame_recv {}", show(frame.head)),
        Event::InvalidFrame(frame, error) => {
            let (code, frame) = (error.number(), show(frame.head));
            log!(log, "{name}.on_invalid_frame_recv error={code} {frame}");
        }
        Event::StreamClosed { stream_id, code } => closed(log, name, stream_id, code),
        Event::Diagnostic { error, text } => {
            log!(log, "{name}.error2 {} {}", error.number(), Text(text));
        }
    }
}

/// Writes a step down that is no question and no octets.
fn told(log: &Log, name: char, step: Step<'_>) {
    match step {
        Step::FrameNotSent(frame, error) => {
            let (code, frame) = (error.number(), show(frame.head));
            log!(log, "{name}.on_frame_not_send error={code} {frame}");
        }
        Step::StreamClosed { stream_id, code } => closed(log, name, stream_id, code),
        _ => {}
    }
}

fn closed(log: &Log, name: char, id: StreamId, code: ErrorCode) {
    log!(log, "{name}.on_stream_close stream={} code={}", id.get(), code.0);
}

fn show(head: Head) -> String {
    let Head { length, kind, flags, stream_id } = head;
    let number = if type_name(kind.0) == "type" { format!("{:#04x}", kind.0) } else { "".into() };
    let name = type_name(kind.0);
    format!("{name}{number} stream={} len={length} flags={:#x}", stream_id.get(), flags.0)
}

/// The length of a source of one stretch.
fn length(read: &str) -> Option<usize> {
    read.strip_suffix('e')?.parse().ok()
}
