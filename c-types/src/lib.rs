//! The types and constants of `nghttp2.h`, as far as programs need them that load libraries by name.
//!
//! These programs hold libraries against each other, so what they believe about layouts must not come
//! from one of them: it is written down here once more, for LP64 platforms. Opaque objects are empty
//! types that only ever appear behind pointers.

use std::ffi::{c_char, c_int, c_void};

macro_rules! opaque {
    ($($name:ident)*) => { $(pub enum $name {})* };
}

opaque!(Session Callbacks Options Rcbuf Stream Deflater Inflater);

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Info {
    pub age: c_int,
    pub version_num: c_int,
    pub version_str: *const c_char,
    pub proto_str: *const c_char,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Vector {
    pub base: *mut u8,
    pub len: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Nv {
    pub name: *mut u8,
    pub value: *mut u8,
    pub namelen: usize,
    pub valuelen: usize,
    pub flags: u8,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct FrameHd {
    pub length: usize,
    pub stream_id: i32,
    pub kind: u8,
    pub flags: u8,
    pub reserved: u8,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub union DataSource {
    pub fd: c_int,
    pub ptr: *mut c_void,
}

pub type ReadCallback = unsafe extern "C" fn(
    *mut Session,
    i32,
    *mut u8,
    usize,
    *mut u32,
    *mut DataSource,
    *mut c_void,
) -> isize;

/// `nghttp2_data_provider` and `nghttp2_data_provider2`: one layout.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DataProvider {
    pub source: DataSource,
    pub read_callback: Option<ReadCallback>,
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct PrioritySpec {
    pub stream_id: i32,
    pub weight: i32,
    pub exclusive: u8,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Data {
    pub hd: FrameHd,
    pub padlen: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Headers {
    pub hd: FrameHd,
    pub padlen: usize,
    pub pri_spec: PrioritySpec,
    pub nva: *mut Nv,
    pub nvlen: usize,
    pub cat: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Priority {
    pub hd: FrameHd,
    pub pri_spec: PrioritySpec,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct RstStream {
    pub hd: FrameHd,
    pub error_code: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct SettingsEntry {
    pub settings_id: i32,
    pub value: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Settings {
    pub hd: FrameHd,
    pub niv: usize,
    pub iv: *mut SettingsEntry,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct PushPromise {
    pub hd: FrameHd,
    pub padlen: usize,
    pub nva: *mut Nv,
    pub nvlen: usize,
    pub promised_stream_id: i32,
    pub reserved: u8,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Ping {
    pub hd: FrameHd,
    pub opaque_data: [u8; 8],
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Goaway {
    pub hd: FrameHd,
    pub last_stream_id: i32,
    pub error_code: u32,
    pub opaque_data: *mut u8,
    pub opaque_data_len: usize,
    pub reserved: u8,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct WindowUpdate {
    pub hd: FrameHd,
    pub window_size_increment: i32,
    pub reserved: u8,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Extension {
    pub hd: FrameHd,
    pub payload: *mut c_void,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub union Frame {
    pub hd: FrameHd,
    pub data: Data,
    pub headers: Headers,
    pub priority: Priority,
    pub rst_stream: RstStream,
    pub settings: Settings,
    pub push_promise: PushPromise,
    pub ping: Ping,
    pub goaway: Goaway,
    pub window_update: WindowUpdate,
    pub ext: Extension,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Altsvc {
    pub origin: *mut u8,
    pub origin_len: usize,
    pub field_value: *mut u8,
    pub field_value_len: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct OriginEntry {
    pub origin: *mut u8,
    pub origin_len: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Origin {
    pub nov: usize,
    pub ov: *mut OriginEntry,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct PriorityUpdate {
    pub stream_id: i32,
    pub field_value: *mut u8,
    pub field_value_len: usize,
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Extpri {
    pub urgency: u32,
    pub inc: c_int,
}

#[repr(C)]
pub struct Mem {
    pub user_data: *mut c_void,
    pub malloc: unsafe extern "C" fn(usize, *mut c_void) -> *mut c_void,
    pub free: unsafe extern "C" fn(*mut c_void, *mut c_void),
    pub calloc: unsafe extern "C" fn(usize, usize, *mut c_void) -> *mut c_void,
    pub realloc: unsafe extern "C" fn(*mut c_void, usize, *mut c_void) -> *mut c_void,
}

pub mod frame_type {
    pub const DATA: u8 = 0;
    pub const HEADERS: u8 = 1;
    pub const PRIORITY: u8 = 2;
    pub const RST_STREAM: u8 = 3;
    pub const SETTINGS: u8 = 4;
    pub const PUSH_PROMISE: u8 = 5;
    pub const PING: u8 = 6;
    pub const GOAWAY: u8 = 7;
    pub const WINDOW_UPDATE: u8 = 8;
    pub const CONTINUATION: u8 = 9;
    pub const ALTSVC: u8 = 10;
    pub const ORIGIN: u8 = 12;
    pub const PRIORITY_UPDATE: u8 = 16;
}

pub mod flag {
    pub const END_STREAM: u8 = 0x01;
    pub const ACK: u8 = 0x01;
    pub const END_HEADERS: u8 = 0x04;
    pub const PADDED: u8 = 0x08;
    pub const PRIORITY: u8 = 0x20;
}

pub mod nv_flag {
    pub const NO_INDEX: u8 = 1;
}

pub mod data_flag {
    pub const EOF: u32 = 1;
    pub const NO_END_STREAM: u32 = 2;
    pub const NO_COPY: u32 = 4;
}

pub mod inflate_flag {
    pub const FINAL: c_int = 1;
    pub const EMIT: c_int = 2;
    use std::ffi::c_int;
}

pub mod error {
    pub const WOULDBLOCK: i64 = -504;
    pub const EOF: i64 = -507;
    pub const DEFERRED: i64 = -508;
    pub const TEMPORAL: i64 = -521;
    pub const PAUSE: i64 = -526;
    pub const CANCEL: i64 = -535;
    pub const FATAL: i64 = -900;
}
