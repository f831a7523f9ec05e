//! The numbers that are macros in C.

use core::ffi::{c_int, c_uint};

/// How many octets ::NGHTTP2_PROTO_VERSION_ID has.
pub const NGHTTP2_PROTO_VERSION_ID_LEN: c_int = 2;

/// How many octets ::NGHTTP2_CLEARTEXT_PROTO_VERSION_ID has.
pub const NGHTTP2_CLEARTEXT_PROTO_VERSION_ID_LEN: c_int = 3;

/// The age of ::nghttp2_info.
pub const NGHTTP2_VERSION_AGE: c_int = 1;

/// The weight of a stream nothing is said about (RFC 7540 section 5.3.5).
pub const NGHTTP2_DEFAULT_WEIGHT: c_int = 16;

/// The largest weight of a stream.
pub const NGHTTP2_MAX_WEIGHT: c_int = 256;

/// The smallest weight of a stream.
pub const NGHTTP2_MIN_WEIGHT: c_int = 1;

/// The largest flow-control window, in octets (RFC 9113 section 6.9.1).
pub const NGHTTP2_MAX_WINDOW_SIZE: i32 = ((1u32 << 31) - 1) as i32;

/// The window of a stream before SETTINGS say otherwise, in octets.
pub const NGHTTP2_INITIAL_WINDOW_SIZE: c_int = (1 << 16) - 1;

/// The window of a connection at its start, in octets.
pub const NGHTTP2_INITIAL_CONNECTION_WINDOW_SIZE: c_int = (1 << 16) - 1;

/// The size of the HPACK tables before SETTINGS say otherwise, in octets.
pub const NGHTTP2_DEFAULT_HEADER_TABLE_SIZE: c_int = 1 << 12;

/// How many octets ::NGHTTP2_CLIENT_MAGIC has.
pub const NGHTTP2_CLIENT_MAGIC_LEN: c_int = 24;

/// How many entries a received SETTINGS frame may have by default.
pub const NGHTTP2_DEFAULT_MAX_SETTINGS: c_int = 32;

/// A number of streams that stands for no limit. Programs use it as a default.
pub const NGHTTP2_INITIAL_MAX_CONCURRENT_STREAMS: c_uint = (1u32 << 31) - 1;

/// The urgency of a response nothing is said about (RFC 9218 section 4.1).
pub const NGHTTP2_EXTPRI_DEFAULT_URGENCY: c_int = 3;

/// The most urgent.
pub const NGHTTP2_EXTPRI_URGENCY_HIGH: c_int = 0;

/// The least urgent.
pub const NGHTTP2_EXTPRI_URGENCY_LOW: c_int = 7;

/// How many urgencies there are.
pub const NGHTTP2_EXTPRI_URGENCY_LEVELS: c_int = NGHTTP2_EXTPRI_URGENCY_LOW + 1;
