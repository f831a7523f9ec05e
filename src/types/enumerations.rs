//! Enumerations.
//!
//! One that programs put into arguments and fields can hold any number there, so it is an integer type
//! here; the `repr(C)` enum of nearly the same name exists for the enumerators in the header only.

use core::ffi::c_uint;

/// Error codes. They are negative. Those below ::NGHTTP2_ERR_FATAL mean that the session can only be
/// deleted.
#[repr(C)]
pub enum nghttp2_error_e {
    /// An argument is outside its range.
    NGHTTP2_ERR_INVALID_ARGUMENT = -501,
    /// Room for a frame ran out.
    NGHTTP2_ERR_BUFFER_ERROR = -502,
    /// The protocol version is not supported.
    NGHTTP2_ERR_UNSUPPORTED_VERSION = -503,
    /// From a callback: nothing can be done now; try again later.
    NGHTTP2_ERR_WOULDBLOCK = -504,
    /// A rule of the protocol, or of this role in it, forbids the operation.
    NGHTTP2_ERR_PROTO = -505,
    /// A frame is malformed.
    NGHTTP2_ERR_INVALID_FRAME = -506,
    /// The peer has closed the connection.
    NGHTTP2_ERR_EOF = -507,
    /// From a read callback: there is no data now; nghttp2_session_resume_data() will follow.
    NGHTTP2_ERR_DEFERRED = -508,
    /// All stream ids of this endpoint are spent.
    NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE = -509,
    /// The stream is over, or never was.
    NGHTTP2_ERR_STREAM_CLOSED = -510,
    /// RST_STREAM is queued for the stream.
    NGHTTP2_ERR_STREAM_CLOSING = -511,
    /// We have said all on the stream.
    NGHTTP2_ERR_STREAM_SHUT_WR = -512,
    /// The stream id is not valid here.
    NGHTTP2_ERR_INVALID_STREAM_ID = -513,
    /// The state of the stream does not allow the frame.
    NGHTTP2_ERR_INVALID_STREAM_STATE = -514,
    /// Another DATA frame is deferred already.
    NGHTTP2_ERR_DEFERRED_DATA_EXIST = -515,
    /// GOAWAY forbids new streams.
    NGHTTP2_ERR_START_STREAM_NOT_ALLOWED = -516,
    /// GOAWAY has been sent.
    NGHTTP2_ERR_GOAWAY_ALREADY_SENT = -517,
    /// A header block is malformed.
    NGHTTP2_ERR_INVALID_HEADER_BLOCK = -518,
    /// The call does not fit the state or the role of the session.
    NGHTTP2_ERR_INVALID_STATE = -519,
    /// From a callback: something is wrong with this stream only.
    NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE = -521,
    /// A frame is, or would be, too long or too short.
    NGHTTP2_ERR_FRAME_SIZE_ERROR = -522,
    /// Compressing or decompressing fields has failed; the context is lost.
    NGHTTP2_ERR_HEADER_COMP = -523,
    /// A flow-control window was overrun, or would become too large.
    NGHTTP2_ERR_FLOW_CONTROL = -524,
    /// The buffer is too small.
    NGHTTP2_ERR_INSUFF_BUFSIZE = -525,
    /// From a callback: stop here; the program will go on later.
    NGHTTP2_ERR_PAUSE = -526,
    /// Too many SETTINGS frames of ours are not acknowledged.
    NGHTTP2_ERR_TOO_MANY_INFLIGHT_SETTINGS = -527,
    /// The peer has switched server push off.
    NGHTTP2_ERR_PUSH_DISABLED = -528,
    /// The stream has a data source already.
    NGHTTP2_ERR_DATA_EXIST = -529,
    /// The session is about to end.
    NGHTTP2_ERR_SESSION_CLOSING = -530,
    /// A header field breaks a rule of HTTP.
    NGHTTP2_ERR_HTTP_HEADER = -531,
    /// A message breaks a rule of HTTP.
    NGHTTP2_ERR_HTTP_MESSAGING = -532,
    /// The stream was refused.
    NGHTTP2_ERR_REFUSED_STREAM = -533,
    /// A state that the library believes impossible.
    NGHTTP2_ERR_INTERNAL = -534,
    /// From a callback, and to others: the frame is dropped.
    NGHTTP2_ERR_CANCEL = -535,
    /// The first frame of the peer is not SETTINGS.
    NGHTTP2_ERR_SETTINGS_EXPECTED = -536,
    /// A SETTINGS frame has more entries than allowed.
    NGHTTP2_ERR_TOO_MANY_SETTINGS = -537,
    /// The border: codes below are fatal.
    NGHTTP2_ERR_FATAL = -900,
    /// Memory ran out.
    NGHTTP2_ERR_NOMEM = -901,
    /// A callback failed.
    NGHTTP2_ERR_CALLBACK_FAILURE = -902,
    /// The first octets are not ::NGHTTP2_CLIENT_MAGIC.
    NGHTTP2_ERR_BAD_CLIENT_MAGIC = -903,
    /// The peer makes us queue more than the limits allow.
    NGHTTP2_ERR_FLOODED = -904,
    /// A header block is spread over too many CONTINUATION frames.
    NGHTTP2_ERR_TOO_MANY_CONTINUATIONS = -905,
}

/// Flags of ::nghttp2_nv.
#[repr(C)]
pub enum nghttp2_nv_flag_e {
    /// No flag.
    NGHTTP2_NV_FLAG_NONE = 0,
    /// The value is sensitive: no compression table may store it (RFC 7541 section 6.2.3).
    NGHTTP2_NV_FLAG_NO_INDEX = 0x01,
    /// The name is not copied. It must be in lower case, and must stay as it is until the frame was
    /// sent, was told to be not sent, or the session was deleted.
    NGHTTP2_NV_FLAG_NO_COPY_NAME = 0x02,
    /// The value is not copied, and must stay as it is for as long.
    NGHTTP2_NV_FLAG_NO_COPY_VALUE = 0x04,
}

/// Frame types.
#[repr(C)]
pub enum nghttp2_frame_type_e {
    /// DATA (RFC 9113 section 6.1)
    NGHTTP2_DATA = 0,
    /// HEADERS (RFC 9113 section 6.2)
    NGHTTP2_HEADERS = 0x01,
    /// PRIORITY (RFC 7540 section 6.3)
    NGHTTP2_PRIORITY = 0x02,
    /// RST_STREAM (RFC 9113 section 6.4)
    NGHTTP2_RST_STREAM = 0x03,
    /// SETTINGS (RFC 9113 section 6.5)
    NGHTTP2_SETTINGS = 0x04,
    /// PUSH_PROMISE (RFC 9113 section 6.6)
    NGHTTP2_PUSH_PROMISE = 0x05,
    /// PING (RFC 9113 section 6.7)
    NGHTTP2_PING = 0x06,
    /// GOAWAY (RFC 9113 section 6.8)
    NGHTTP2_GOAWAY = 0x07,
    /// WINDOW_UPDATE (RFC 9113 section 6.9)
    NGHTTP2_WINDOW_UPDATE = 0x08,
    /// CONTINUATION (RFC 9113 section 6.10). Programs see its header only.
    NGHTTP2_CONTINUATION = 0x09,
    /// ALTSVC (RFC 7838 section 4)
    NGHTTP2_ALTSVC = 0x0a,
    /// ORIGIN (RFC 8336 section 2)
    NGHTTP2_ORIGIN = 0x0c,
    /// PRIORITY_UPDATE (RFC 9218 section 7.1)
    NGHTTP2_PRIORITY_UPDATE = 0x10,
}

/// Flags of frames. What a bit means depends on the type.
//
// NGHTTP2_FLAG_ACK, the bit of NGHTTP2_FLAG_END_STREAM, cannot be here; the test that makes the C
// header adds it.
#[repr(C)]
pub enum nghttp2_flag_e {
    /// No flag.
    NGHTTP2_FLAG_NONE = 0,
    /// The sender's last frame on the stream.
    NGHTTP2_FLAG_END_STREAM = 0x01,
    /// The end of a header block.
    NGHTTP2_FLAG_END_HEADERS = 0x04,
    /// The frame is padded.
    NGHTTP2_FLAG_PADDED = 0x08,
    /// HEADERS with priority fields.
    NGHTTP2_FLAG_PRIORITY = 0x20,
}

/// Parameters that SETTINGS sets (RFC 9113 section 6.5.2).
#[repr(C)]
pub enum nghttp2_settings_id_e {
    /// The size of the sender's table for decompressing fields, in octets.
    NGHTTP2_SETTINGS_HEADER_TABLE_SIZE = 0x01,
    /// Whether the sender accepts server push, 0 or 1.
    NGHTTP2_SETTINGS_ENABLE_PUSH = 0x02,
    /// How many streams the sender lets the receiver have open.
    NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS = 0x03,
    /// The window of each stream for what the sender receives, 0 to 2^31 - 1 octets.
    NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE = 0x04,
    /// The longest payload that the sender accepts, 2^14 to 2^24 - 1 octets.
    NGHTTP2_SETTINGS_MAX_FRAME_SIZE = 0x05,
    /// The largest header section that the sender cares for, in octets, 32 more for each field.
    NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE = 0x06,
    /// Whether extended CONNECT may be used, 0 or 1 (RFC 8441 section 3).
    NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL = 0x08,
    /// Whether the sender does without the priorities of RFC 7540, 0 or 1 (RFC 9218 section 2.1).
    NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES = 0x09,
}

/// A parameter of ::nghttp2_settings_id_e; any other number is possible.
pub type nghttp2_settings_id = c_uint;

/// Error codes on the wire (RFC 9113 section 7).
#[repr(C)]
pub enum nghttp2_error_code_e {
    /// Not an error.
    NGHTTP2_NO_ERROR = 0x00,
    /// An unspecific violation of the protocol.
    NGHTTP2_PROTOCOL_ERROR = 0x01,
    /// An unexpected fault of the sender.
    NGHTTP2_INTERNAL_ERROR = 0x02,
    /// Flow control was violated.
    NGHTTP2_FLOW_CONTROL_ERROR = 0x03,
    /// SETTINGS was not acknowledged in time.
    NGHTTP2_SETTINGS_TIMEOUT = 0x04,
    /// A frame came for a half-closed stream.
    NGHTTP2_STREAM_CLOSED = 0x05,
    /// The size of a frame is wrong.
    NGHTTP2_FRAME_SIZE_ERROR = 0x06,
    /// Nothing was done about the stream.
    NGHTTP2_REFUSED_STREAM = 0x07,
    /// The stream is not needed any more.
    NGHTTP2_CANCEL = 0x08,
    /// The compression context is lost.
    NGHTTP2_COMPRESSION_ERROR = 0x09,
    /// The connection of a tunnel failed.
    NGHTTP2_CONNECT_ERROR = 0x0a,
    /// The peer generates too much load.
    NGHTTP2_ENHANCE_YOUR_CALM = 0x0b,
    /// The transport is not secure enough.
    NGHTTP2_INADEQUATE_SECURITY = 0x0c,
    /// HTTP/1.1 is required.
    NGHTTP2_HTTP_1_1_REQUIRED = 0x0d,
}

/// Flags that a read callback sets.
#[repr(C)]
pub enum nghttp2_data_flag_e {
    /// No flag.
    NGHTTP2_DATA_FLAG_NONE = 0,
    /// These octets are the last.
    NGHTTP2_DATA_FLAG_EOF = 0x01,
    /// With ::NGHTTP2_DATA_FLAG_EOF: the stream does not end here, because trailers follow.
    NGHTTP2_DATA_FLAG_NO_END_STREAM = 0x02,
    /// Nothing was written to the buffer; ::nghttp2_send_data_callback will send the octets.
    NGHTTP2_DATA_FLAG_NO_COPY = 0x04,
}

/// What a header block is, seen from the state of its stream.
#[repr(C)]
pub enum nghttp2_headers_category_e {
    /// It opens a stream: a request.
    NGHTTP2_HCAT_REQUEST = 0,
    /// It is the first from the server, be it final or interim.
    NGHTTP2_HCAT_RESPONSE = 1,
    /// It is the first on a promised stream.
    NGHTTP2_HCAT_PUSH_RESPONSE = 2,
    /// It is any other: trailers, or what follows an interim response.
    NGHTTP2_HCAT_HEADERS = 3,
}

/// A category of ::nghttp2_headers_category_e.
pub type nghttp2_headers_category = c_uint;

/// What nghttp2_hd_inflate_hd3() has come to.
#[repr(C)]
pub enum nghttp2_hd_inflate_flag_e {
    /// Nothing special.
    NGHTTP2_HD_INFLATE_NONE = 0,
    /// The header block is complete.
    NGHTTP2_HD_INFLATE_FINAL = 0x01,
    /// There is one more field.
    NGHTTP2_HD_INFLATE_EMIT = 0x02,
}

/// The state of a stream (RFC 9113 section 5.1).
#[repr(C)]
pub enum nghttp2_stream_proto_state_e {
    /// Not opened yet.
    NGHTTP2_STREAM_STATE_IDLE = 1,
    /// Open both ways.
    NGHTTP2_STREAM_STATE_OPEN,
    /// Promised by us.
    NGHTTP2_STREAM_STATE_RESERVED_LOCAL,
    /// Promised by the peer.
    NGHTTP2_STREAM_STATE_RESERVED_REMOTE,
    /// We have said all.
    NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL,
    /// The peer has said all.
    NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE,
    /// Over.
    NGHTTP2_STREAM_STATE_CLOSED,
}

/// A state of ::nghttp2_stream_proto_state_e.
pub type nghttp2_stream_proto_state = c_uint;
