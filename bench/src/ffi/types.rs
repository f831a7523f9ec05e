//! The C types that the functions in use need.

use std::ffi::{c_char, c_int, c_void};

macro_rules! opaque {
    ($($name:ident)*) => { $(pub enum $name {})* };
}

opaque!(CSession CCallbacks COption CDeflater CInflater);

#[repr(C)]
pub struct Info {
    pub age: c_int,
    pub version_num: c_int,
    pub version_str: *const c_char,
    pub proto_str: *const c_char,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Nv {
    pub name: *const u8,
    pub value: *const u8,
    pub namelen: usize,
    pub valuelen: usize,
    pub flags: u8,
}

/// What every frame begins with; the rest is not looked at.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct FrameHd {
    pub length: usize,
    pub stream_id: i32,
    pub kind: u8,
    pub flags: u8,
    pub reserved: u8,
}

/// `nghttp2_data_source`: the length of the body stands where a file descriptor would.
#[repr(C)]
#[derive(Clone, Copy)]
pub union DataSource {
    pub length: c_int,
    pub ptr: *mut c_void,
}

pub type ReadCallback = unsafe extern "C" fn(
    *mut CSession,
    i32,
    *mut u8,
    usize,
    *mut u32,
    *mut DataSource,
    *mut c_void,
) -> isize;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct DataProvider {
    pub source: DataSource,
    pub read_callback: Option<ReadCallback>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct SettingsEntry {
    pub settings_id: c_int,
    pub value: u32,
}

#[repr(C)]
pub struct Mem {
    pub user_data: *mut c_void,
    pub malloc: unsafe extern "C" fn(usize, *mut c_void) -> *mut c_void,
    pub free: unsafe extern "C" fn(*mut c_void, *mut c_void),
    pub calloc: unsafe extern "C" fn(usize, usize, *mut c_void) -> *mut c_void,
    pub realloc: unsafe extern "C" fn(*mut c_void, usize, *mut c_void) -> *mut c_void,
}

pub const NV_NO_INDEX: u8 = 1;
pub const END_STREAM: u8 = 1;
/// DATA is zero.
pub const HEADERS: u8 = 1;

pub const DATA_EOF: u32 = 1;
pub const DATA_NO_END_STREAM: u32 = 2;
pub const DATA_NO_COPY: u32 = 4;
pub const INFLATE_FINAL: c_int = 1;
pub const INFLATE_EMIT: c_int = 2;
pub const ERR_WOULDBLOCK: c_int = -504;
pub const ERR_DEFERRED: isize = -508;
