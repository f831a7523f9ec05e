//! Every callback of the library: writes its arguments down, runs the rules of the script,
//! returns what they say or the neutral value.

use std::ffi::{c_char, c_int, c_void};
use std::fmt;
use std::rc::Rc;

use c_types::*;

use crate::endpoint::Endpoint;
use crate::log::{Hex, Log, ShowFrame, ShowHd, Text, lent, log};
use crate::world::World;

mod outgoing;
mod wire;

use outgoing::*;
use wire::*;

/// One setter of the callback table.
pub struct Callback {
    pub label: &'static str,
    pub setter: &'static str,
    pub function: *const (),
    /// Set unless the script says otherwise.
    pub usual: bool,
}

macro_rules! callbacks {
    ($($label:literal $setter:literal $function:ident $usual:literal;)*) => {
        pub const TABLE: &[Callback] = &[$(Callback {
            label: $label,
            setter: $setter,
            function: $function as *const (),
            usual: $usual,
        }),*];
    };
}

callbacks! {
    "send" "send_callback" send false;
    "send2" "send_callback2" send2 true;
    "recv" "recv_callback" recv false;
    "recv2" "recv_callback2" recv2 true;
    "on_frame_recv" "on_frame_recv_callback" on_frame_recv true;
    "on_invalid_frame_recv" "on_invalid_frame_recv_callback" on_invalid_frame_recv true;
    "on_data_chunk_recv" "on_data_chunk_recv_callback" on_data_chunk_recv true;
    "before_frame_send" "before_frame_send_callback" before_frame_send true;
    "on_frame_send" "on_frame_send_callback" on_frame_send true;
    "on_frame_not_send" "on_frame_not_send_callback" on_frame_not_send true;
    "on_stream_close" "on_stream_close_callback" on_stream_close true;
    "on_begin_headers" "on_begin_headers_callback" on_begin_headers true;
    "on_header" "on_header_callback" on_header true;
    "on_header2" "on_header_callback2" on_header2 false;
    "on_invalid_header" "on_invalid_header_callback" on_invalid_header true;
    "on_invalid_header2" "on_invalid_header_callback2" on_invalid_header2 false;
    "select_padding" "select_padding_callback" select_padding false;
    "select_padding2" "select_padding_callback2" select_padding2 false;
    "read_length" "data_source_read_length_callback" read_length false;
    "read_length2" "data_source_read_length_callback2" read_length2 false;
    "on_begin_frame" "on_begin_frame_callback" on_begin_frame true;
    "send_data" "send_data_callback" send_data true;
    "pack_extension" "pack_extension_callback" pack_extension false;
    "pack_extension2" "pack_extension_callback2" pack_extension2 true;
    "unpack_extension" "unpack_extension_callback" unpack_extension true;
    "on_extension_chunk_recv" "on_extension_chunk_recv_callback" on_extension_chunk_recv true;
    "error" "error_callback" error false;
    "error2" "error_callback2" error2 true;
    "rand" "rand_callback" rand true;
}

/// An invocation that has been written down and whose rules have run.
pub struct Called {
    pub endpoint: Rc<Endpoint>,
    pub log: &'static Log,
    /// The result the script asks for.
    pub verdict: Option<i64>,
}

impl Called {
    /// The result for the library, written down unless neutral.
    fn result(&self, neutral: i64) -> i64 {
        let result = self.verdict.unwrap_or(neutral);
        if self.verdict.is_some() {
            log!(self.log, "-> {result}");
        }
        result
    }
}

/// Writes an invocation down and runs the rules for `event`. `form` is the name of the callback
/// actually called: the old and the new form of one event share their rules.
pub fn called(
    raw: *mut Session,
    user_data: *mut c_void,
    event: &str,
    form: &str,
    stream: i32,
    text: fmt::Arguments<'_>,
) -> Option<Called> {
    let world = World::current()?;
    let log = world.log;
    let Some(endpoint) = world.endpoint_of(raw) else {
        log!(log, "{form} for an unknown session");
        return None;
    };
    log!(log, "{}.{form} {text}", endpoint.name);
    if user_data as usize != endpoint.user_data.get() {
        log!(log, "user_data={}", user_data as usize);
    }
    if stream > 0 {
        endpoint.watch(stream);
    }
    let verdict = run_rules(world, &endpoint, event, stream);
    Some(Called { endpoint, log, verdict })
}

fn run_rules(
    world: &'static World<'static>,
    endpoint: &Rc<Endpoint>,
    event: &str,
    stream: i32,
) -> Option<i64> {
    let mut verdict = None;
    let count = endpoint.rules.borrow().len();
    for n in 0..count {
        let rule = endpoint.rules.borrow()[n].clone();
        let Some(when) = &rule.step.when else { continue };
        if when.event != event || when.stream.is_some_and(|id| id != stream) {
            continue;
        }
        rule.seen.set(rule.seen.get() + 1);
        if when.nth != 0 && when.nth != rule.seen.get() {
            continue;
        }
        if rule.step.verb == "return" {
            verdict = Some(rule.step.int("value", 0));
            continue;
        }
        world.act(&rule.step);
    }
    verdict
}

fn neutral(call: Option<Called>) -> c_int {
    call.map_or(0, |call| call.result(0)) as c_int
}

macro_rules! frame_callback {
    ($name:ident) => {
        unsafe extern "C" fn $name(
            raw: *mut Session,
            frame: *const Frame,
            ud: *mut c_void,
        ) -> c_int {
            let frame = unsafe { &*frame };
            let stream = unsafe { frame.hd.stream_id };
            let name = stringify!($name);
            neutral(called(raw, ud, name, name, stream, format_args!("{}", ShowFrame(frame))))
        }
    };
}

frame_callback!(on_frame_recv);
frame_callback!(before_frame_send);
frame_callback!(on_frame_send);
frame_callback!(on_begin_headers);

macro_rules! failed_frame_callback {
    ($name:ident) => {
        unsafe extern "C" fn $name(
            raw: *mut Session,
            frame: *const Frame,
            code: c_int,
            ud: *mut c_void,
        ) -> c_int {
            let frame = unsafe { &*frame };
            let stream = unsafe { frame.hd.stream_id };
            let name = stringify!($name);
            let text = format_args!("error={code} {}", ShowFrame(frame));
            neutral(called(raw, ud, name, name, stream, text))
        }
    };
}

failed_frame_callback!(on_invalid_frame_recv);
failed_frame_callback!(on_frame_not_send);

unsafe extern "C" fn on_begin_frame(
    raw: *mut Session,
    hd: *const FrameHd,
    ud: *mut c_void,
) -> c_int {
    let hd = unsafe { *hd };
    let text = format_args!("{}", ShowHd(hd));
    neutral(called(raw, ud, "on_begin_frame", "on_begin_frame", hd.stream_id, text))
}

unsafe extern "C" fn on_data_chunk_recv(
    raw: *mut Session,
    flags: u8,
    stream: i32,
    data: *const u8,
    len: usize,
    ud: *mut c_void,
) -> c_int {
    let data = unsafe { lent(data, len) };
    let text = format_args!("stream={stream} flags={flags:#x} len={len} {}", Hex(data));
    neutral(called(raw, ud, "on_data_chunk_recv", "on_data_chunk_recv", stream, text))
}

unsafe extern "C" fn on_stream_close(
    raw: *mut Session,
    stream: i32,
    code: u32,
    ud: *mut c_void,
) -> c_int {
    let text = format_args!("stream={stream} code={code}");
    neutral(called(raw, ud, "on_stream_close", "on_stream_close", stream, text))
}

macro_rules! header_callback {
    ($name:ident $event:literal) => {
        #[allow(clippy::too_many_arguments)]
        unsafe extern "C" fn $name(
            raw: *mut Session,
            frame: *const Frame,
            name: *const u8,
            namelen: usize,
            value: *const u8,
            valuelen: usize,
            flags: u8,
            ud: *mut c_void,
        ) -> c_int {
            let (name, value) = unsafe { (lent(name, namelen), lent(value, valuelen)) };
            let frame = unsafe { &*frame };
            let stream = unsafe { frame.hd.stream_id };
            let form = stringify!($name);
            let field = format_args!("[{}={} {flags}]", Text(name), Text(value));
            let text = format_args!("{field} in {}", ShowFrame(frame));
            neutral(called(raw, ud, $event, form, stream, text))
        }
    };
}

header_callback!(on_header "on_header");
header_callback!(on_invalid_header "on_invalid_header");

macro_rules! header_callback2 {
    ($name:ident $event:literal) => {
        unsafe extern "C" fn $name(
            raw: *mut Session,
            frame: *const Frame,
            name: *mut Rcbuf,
            value: *mut Rcbuf,
            flags: u8,
            ud: *mut c_void,
        ) -> c_int {
            let frame = unsafe { &*frame };
            let stream = unsafe { frame.hd.stream_id };
            let form = stringify!($name);
            let Some(world) = World::current() else { return 0 };
            let endpoint = world.endpoint_of(raw);
            let offer = |rcbufs| endpoint.iter().for_each(|e| e.offered.set(rcbufs));
            offer([name, value]);
            let (name, value) = (show_rcbuf(world, name), show_rcbuf(world, value));
            let text = format_args!("[{name}={value} {flags}] in {}", ShowFrame(frame));
            let result = neutral(called(raw, ud, $event, form, stream, text));
            offer([std::ptr::null_mut(); 2]);
            result
        }
    };
}

header_callback2!(on_header2 "on_header");
header_callback2!(on_invalid_header2 "on_invalid_header");

/// Contents of a shared buffer: its text, whether static, whether its NUL is there.
pub fn show_rcbuf(world: &World<'_>, rcbuf: *mut Rcbuf) -> String {
    let vector = unsafe { world.api.rcbuf_get_buf(rcbuf) };
    let fixed = unsafe { world.api.rcbuf_is_static(rcbuf) };
    if vector.base.is_null() {
        return "null".into();
    }
    let bytes = unsafe { lent(vector.base, vector.len) };
    let nul = unsafe { *vector.base.add(vector.len) };
    let nul = if nul == 0 { "" } else { " without NUL" };
    format!("{}{}{nul}", Text(bytes), if fixed != 0 { "(static)" } else { "" })
}

unsafe extern "C" fn unpack_extension(
    raw: *mut Session,
    payload: *mut *mut c_void,
    hd: *const FrameHd,
    ud: *mut c_void,
) -> c_int {
    let hd = unsafe { *hd };
    unsafe { *payload = (hd.kind as usize + 1000) as *mut c_void };
    let text = format_args!("{}", ShowHd(hd));
    neutral(called(raw, ud, "unpack_extension", "unpack_extension", hd.stream_id, text))
}

unsafe extern "C" fn on_extension_chunk_recv(
    raw: *mut Session,
    hd: *const FrameHd,
    data: *const u8,
    len: usize,
    ud: *mut c_void,
) -> c_int {
    let hd = unsafe { *hd };
    let text = format_args!("{} chunk={}", ShowHd(hd), Hex(unsafe { lent(data, len) }));
    let event = "on_extension_chunk_recv";
    neutral(called(raw, ud, event, event, hd.stream_id, text))
}

unsafe extern "C" fn error(
    raw: *mut Session,
    text: *const c_char,
    len: usize,
    ud: *mut c_void,
) -> c_int {
    let message = unsafe { lent(text.cast(), len) };
    neutral(called(raw, ud, "error", "error", 0, format_args!("{}", Text(message))))
}

unsafe extern "C" fn error2(
    raw: *mut Session,
    code: c_int,
    text: *const c_char,
    len: usize,
    ud: *mut c_void,
) -> c_int {
    let message = unsafe { lent(text.cast(), len) };
    neutral(called(raw, ud, "error", "error2", 0, format_args!("{code} {}", Text(message))))
}

unsafe extern "C" fn rand(dest: *mut u8, len: usize) {
    // The order of the library's stream table depends on these octets.
    let Some(world) = World::current() else { return };
    unsafe { dest.write_bytes(world.entropy, len) };
    log!(world.log, "rand {len}");
}
