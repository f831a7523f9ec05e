//! Structures and unions.

use core::ffi::{c_char, c_int, c_void};

use super::nghttp2_headers_category;
use crate::callbacks::{
    nghttp2_calloc, nghttp2_data_source_read_callback, nghttp2_data_source_read_callback2,
    nghttp2_free, nghttp2_malloc, nghttp2_realloc,
};

/// A number of octets, or a negative error code.
pub type nghttp2_ssize = isize;

/// What this library is.
#[repr(C)]
pub struct nghttp2_info {
    /// The age of this structure, currently ::NGHTTP2_VERSION_AGE. Members come in with later ages.
    pub age: c_int,
    /// The version as ::NGHTTP2_VERSION_NUM has it.
    pub version_num: c_int,
    /// The version as ::NGHTTP2_VERSION has it.
    pub version_str: *const c_char,
    /// The protocol, `h2`.
    pub proto_str: *const c_char,
}

/// A piece of memory.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_vec {
    /// Where it begins.
    pub base: *mut u8,
    /// How many octets it has.
    pub len: usize,
}

/// A header field.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_nv {
    /// The name. A program need not end it with NUL; the library always does.
    pub name: *mut u8,
    /// The value, likewise.
    pub value: *mut u8,
    /// The length of the name in octets, without NUL.
    pub namelen: usize,
    /// The length of the value in octets, without NUL.
    pub valuelen: usize,
    /// Flags of ::nghttp2_nv_flag, combined by OR.
    pub flags: u8,
}

/// The header of a frame.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_frame_hd {
    /// The length of the payload in octets, padding included. For a header block that continues in
    /// CONTINUATION frames, of all of them together.
    pub length: usize,
    /// The stream; 0 is the connection.
    pub stream_id: i32,
    /// The type, of ::nghttp2_frame_type or any other.
    pub r#type: u8,
    /// The flags, of ::nghttp2_flag, combined by OR.
    pub flags: u8,
    /// The reserved bit in front of the stream id; always 0.
    pub reserved: u8,
}

/// What a data source reads from. It belongs to the program; the library copies it and hands it back.
#[repr(C)]
#[derive(Clone, Copy)]
pub union nghttp2_data_source {
    /// A file descriptor.
    pub fd: c_int,
    /// Anything else.
    pub ptr: *mut c_void,
}

/// What to read from, and how. Use ::nghttp2_data_provider2 in new programs.
#[cfg(not(nghttp2_no_ssize_t))]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_data_provider {
    /// What to read from.
    pub source: nghttp2_data_source,
    /// How.
    pub read_callback: nghttp2_data_source_read_callback,
}

/// What to read from, and how.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_data_provider2 {
    /// What to read from.
    pub source: nghttp2_data_source,
    /// How.
    pub read_callback: nghttp2_data_source_read_callback2,
}

/// DATA. The octets come through ::nghttp2_on_data_chunk_recv_callback.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_data {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// The octets of padding, the Pad Length octet included; 0 if the frame is not padded.
    pub padlen: usize,
}

/// A place in the dependency tree (RFC 7540 section 5.3).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_priority_spec {
    /// The stream this one depends on; 0 is the root.
    pub stream_id: i32,
    /// The share among those that depend on the same, ::NGHTTP2_MIN_WEIGHT to ::NGHTTP2_MAX_WEIGHT.
    pub weight: i32,
    /// Whether the stream takes over all that depend on its parent, 0 or 1.
    pub exclusive: u8,
}

/// HEADERS.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_headers {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// The octets of padding, the Pad Length octet included; 0 if the frame is not padded.
    pub padlen: usize,
    /// The priority fields, or the default if there are none.
    pub pri_spec: nghttp2_priority_spec,
    /// The fields, of a frame that is sent. Those of a received one come through
    /// ::nghttp2_on_header_callback; then this is NULL.
    pub nva: *mut nghttp2_nv,
    /// How many fields there are in nva.
    pub nvlen: usize,
    /// What the header block is.
    pub cat: nghttp2_headers_category,
}

/// PRIORITY.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_priority {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// The new place in the tree.
    pub pri_spec: nghttp2_priority_spec,
}

/// RST_STREAM.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_rst_stream {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// Why, of ::nghttp2_error_code or any other.
    pub error_code: u32,
}

/// One parameter in SETTINGS.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_settings_entry {
    /// Which one, of ::nghttp2_settings_id or any other.
    pub settings_id: i32,
    /// Its value.
    pub value: u32,
}

/// SETTINGS.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_settings {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// How many entries there are. Of a received frame, repetitions have been merged.
    pub niv: usize,
    /// The entries.
    pub iv: *mut nghttp2_settings_entry,
}

/// PUSH_PROMISE.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_push_promise {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// The octets of padding, the Pad Length octet included; 0 if the frame is not padded.
    pub padlen: usize,
    /// The fields of the promised request, as in ::nghttp2_headers.
    pub nva: *mut nghttp2_nv,
    /// How many fields there are in nva.
    pub nvlen: usize,
    /// The stream on which the response will come.
    pub promised_stream_id: i32,
    /// The reserved bit in front of it; always 0.
    pub reserved: u8,
}

/// PING.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_ping {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// What the answer must repeat.
    pub opaque_data: [u8; 8],
}

/// GOAWAY.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_goaway {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// The last stream of the receiver that the sender may have acted upon.
    pub last_stream_id: i32,
    /// Why, of ::nghttp2_error_code or any other.
    pub error_code: u32,
    /// More about why; NULL if there is nothing.
    pub opaque_data: *mut u8,
    /// How many octets that has.
    pub opaque_data_len: usize,
    /// The reserved bit in front of the stream id; always 0.
    pub reserved: u8,
}

/// WINDOW_UPDATE.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_window_update {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// How many octets more may be sent.
    pub window_size_increment: i32,
    /// The reserved bit in front of it; always 0.
    pub reserved: u8,
}

/// A frame of a type beyond RFC 9113.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_extension {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// For types that the library knows: ::nghttp2_ext_altsvc, ::nghttp2_ext_origin or
    /// ::nghttp2_ext_priority_update. For others: what the program has put there.
    pub payload: *mut c_void,
}

/// Any frame; the type in hd says which member is the right one.
#[repr(C)]
#[derive(Clone, Copy)]
pub union nghttp2_frame {
    /// What all frames have in common.
    pub hd: nghttp2_frame_hd,
    /// DATA
    pub data: nghttp2_data,
    /// HEADERS
    pub headers: nghttp2_headers,
    /// PRIORITY
    pub priority: nghttp2_priority,
    /// RST_STREAM
    pub rst_stream: nghttp2_rst_stream,
    /// SETTINGS
    pub settings: nghttp2_settings,
    /// PUSH_PROMISE
    pub push_promise: nghttp2_push_promise,
    /// PING
    pub ping: nghttp2_ping,
    /// GOAWAY
    pub goaway: nghttp2_goaway,
    /// WINDOW_UPDATE
    pub window_update: nghttp2_window_update,
    /// All other types
    pub ext: nghttp2_extension,
}

/// Four functions that serve as an allocator. Each gets mem_user_data as its last argument, and all
/// must be set. They must not call into the session that uses them.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_mem {
    /// Handed to each function.
    pub mem_user_data: *mut c_void,
    /// Like malloc(3).
    pub malloc: nghttp2_malloc,
    /// Like free(3).
    pub free: nghttp2_free,
    /// Like calloc(3).
    pub calloc: nghttp2_calloc,
    /// Like realloc(3).
    pub realloc: nghttp2_realloc,
}

/// The priority of a response (RFC 9218 section 4).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_extpri {
    /// ::NGHTTP2_EXTPRI_URGENCY_HIGH to ::NGHTTP2_EXTPRI_URGENCY_LOW.
    pub urgency: u32,
    /// Whether parts of the response are of use before the whole has come, 0 or 1.
    pub inc: c_int,
}

/// The payload of ALTSVC.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_ext_altsvc {
    /// The origin it is about; it may be empty. In a received frame no NUL follows.
    pub origin: *mut u8,
    /// The length of that in octets.
    pub origin_len: usize,
    /// The value of the Alt-Svc field. In a received frame no NUL follows.
    pub field_value: *mut u8,
    /// The length of that in octets.
    pub field_value_len: usize,
}

/// One origin.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_origin_entry {
    /// Its ASCII form. In a received frame a NUL follows.
    pub origin: *mut u8,
    /// The length of that in octets, without NUL.
    pub origin_len: usize,
}

/// The payload of ORIGIN.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_ext_origin {
    /// How many origins there are.
    pub nov: usize,
    /// The origins.
    pub ov: *mut nghttp2_origin_entry,
}

/// The payload of PRIORITY_UPDATE.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nghttp2_ext_priority_update {
    /// The stream whose priority changes.
    pub stream_id: i32,
    /// The new value of the Priority field. No NUL follows.
    pub field_value: *mut u8,
    /// The length of that in octets.
    pub field_value_len: usize,
}
