// This file is generated from the Rust sources of the library. Change those.
#![allow(non_camel_case_types, unused_qualifications)]

use core::ffi::*;
/// A table of callbacks. Sessions copy it when they are created.
///
/// Each callback gets the session that calls it, and as user_data the pointer that was given when
/// the session was made, or to nghttp2_session_set_user_data(). Frames, fields and other things
/// that its arguments point to are the library's, and end with the call unless something else is
/// said. It may submit frames and ask the session, but it must neither delete the session nor make
/// it receive.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_session_callbacks {
    _unused: [u8; 0],
}
/// Stands for the list of arguments in C, which is only passed on.
pub type va_list = *mut c_void;
/// Reads data to send, like ::nghttp2_data_source_read_callback2, which new programs use.
pub type nghttp2_data_source_read_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        stream_id: i32,
        buf: *mut u8,
        length: usize,
        data_flags: *mut u32,
        source: *mut nghttp2_data_source,
        user_data: *mut c_void,
    ) -> isize,
>;
/// Reads at most `length` octets of the content on stream_id into buf. It sets flags of
/// ::nghttp2_data_flag in data_flags. It may change what `source` holds.
///
/// Returns how many octets were read. Instead it may return ::NGHTTP2_ERR_DEFERRED, when there is
/// no data until nghttp2_session_resume_data() is called; ::NGHTTP2_ERR_PAUSE, which makes
/// nghttp2_session_mem_send2() and nghttp2_session_send() return, and is asked again by the next
/// call; ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, which resets the stream; or
/// ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal.
pub type nghttp2_data_source_read_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        stream_id: i32,
        buf: *mut u8,
        length: usize,
        data_flags: *mut u32,
        source: *mut nghttp2_data_source,
        user_data: *mut c_void,
    ) -> nghttp2_ssize,
>;
/// Sends octets, like ::nghttp2_send_callback2, which new programs use.
pub type nghttp2_send_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        data: *const u8,
        length: usize,
        flags: c_int,
        user_data: *mut c_void,
    ) -> isize,
>;
/// Sends at most `length` octets that are at `data`, for nghttp2_session_send(). `flags` is always
/// 0.
///
/// Returns how many were sent; ::NGHTTP2_ERR_WOULDBLOCK if none can be sent now; or
/// ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal.
pub type nghttp2_send_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        data: *const u8,
        length: usize,
        flags: c_int,
        user_data: *mut c_void,
    ) -> nghttp2_ssize,
>;
/// Sends a DATA `frame` whose octets the program has in `source`, after a read callback has set
/// ::NGHTTP2_DATA_FLAG_NO_COPY. To be sent are: the 9 octets of framehd; one octet with the value
/// frame->data.padlen - 1 if padlen is above 0; `length` octets of data; padlen - 1 zero octets.
///
/// Returns 0 when all was sent; ::NGHTTP2_ERR_WOULDBLOCK when nothing was, to be called again
/// later; ::NGHTTP2_ERR_PAUSE when all was sent and the library shall return;
/// ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, which resets the stream; or
/// ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal.
pub type nghttp2_send_data_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *mut nghttp2_frame,
        framehd: *const u8,
        length: usize,
        source: *mut nghttp2_data_source,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// Receives octets, like ::nghttp2_recv_callback2, which new programs use.
pub type nghttp2_recv_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        buf: *mut u8,
        length: usize,
        flags: c_int,
        user_data: *mut c_void,
    ) -> isize,
>;
/// Receives at most `length` octets into buf, for nghttp2_session_recv(). `flags` is always 0.
///
/// Returns how many were received; ::NGHTTP2_ERR_WOULDBLOCK if there are none now;
/// ::NGHTTP2_ERR_EOF if there will be none; or ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal.
pub type nghttp2_recv_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        buf: *mut u8,
        length: usize,
        flags: c_int,
        user_data: *mut c_void,
    ) -> nghttp2_ssize,
>;
/// A frame was received, with everything that belongs to it: of HEADERS and PUSH_PROMISE all
/// fields, of DATA all octets have been told. What `frame` refers to ends with the call.
///
/// Returns 0. Anything else is fatal.
pub type nghttp2_on_frame_recv_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// The received `frame` is in error, for the reason lib_error_code, of ::nghttp2_error. What the
/// library does about it, RST_STREAM or GOAWAY, follows by itself.
///
/// Returns 0. Anything else is fatal.
pub type nghttp2_on_invalid_frame_recv_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        lib_error_code: c_int,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// A piece of the content on stream_id was received: len octets at `data`, which points to the
/// program's own input. `flags` is that of the DATA frame. Padding is never told.
///
/// Returns 0; ::NGHTTP2_ERR_PAUSE, which makes nghttp2_session_mem_recv2() return, while the next
/// call goes on behind this piece; or ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal.
pub type nghttp2_on_data_chunk_recv_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        data: *const u8,
        len: usize,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// A `frame` other than DATA is about to be sent.
///
/// Returns 0; ::NGHTTP2_ERR_CANCEL, which drops it; anything else is fatal.
pub type nghttp2_before_frame_send_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// A `frame` was sent, CONTINUATION frames included.
///
/// Returns 0. Anything else is fatal.
pub type nghttp2_on_frame_send_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// A `frame` other than DATA that was submitted cannot be sent, for the reason lib_error_code, of
/// ::nghttp2_error.
///
/// Returns 0. Anything else is fatal.
pub type nghttp2_on_frame_not_send_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        lib_error_code: c_int,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// The stream stream_id is over, with error_code, of ::nghttp2_error_code or any other;
/// ::NGHTTP2_NO_ERROR if both ends have said all. It can still be asked about, and its user data be
/// had, until the call returns. Each stream that was opened or promised is told once.
///
/// Returns 0. Anything else is fatal.
pub type nghttp2_on_stream_close_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        stream_id: i32,
        error_code: u32,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// A header block begins, of the HEADERS or PUSH_PROMISE in `frame`. Its fields follow.
///
/// Returns 0; ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, which resets the stream it is for, of
/// PUSH_PROMISE the promised one; anything else is fatal.
pub type nghttp2_on_begin_headers_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// One field of the header block of `frame`: namelen octets of `name`, and valuelen octets of
/// `value`. A NUL stands behind both, which end with the call. `flags` is of ::nghttp2_nv_flag.
///
/// Returns 0; ::NGHTTP2_ERR_PAUSE, which makes nghttp2_session_mem_recv2() return, while the next
/// call goes on behind this field; ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, which resets the
/// stream; anything else is fatal.
pub type nghttp2_on_header_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        name: *const u8,
        namelen: usize,
        value: *const u8,
        valuelen: usize,
        flags: u8,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// Like ::nghttp2_on_header_callback, but `name` and `value` are counted: the program may keep them
/// after nghttp2_rcbuf_incref().
pub type nghttp2_on_header_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        name: *mut nghttp2_rcbuf,
        value: *mut nghttp2_rcbuf,
        flags: u8,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// A field that is invalid, but can be left out of its message, which is what happens when 0 is
/// returned. ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE resets the stream instead. Otherwise like
/// ::nghttp2_on_header_callback.
pub type nghttp2_on_invalid_header_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        name: *const u8,
        namelen: usize,
        value: *const u8,
        valuelen: usize,
        flags: u8,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// Like ::nghttp2_on_invalid_header_callback, but `name` and `value` are counted, as for
/// ::nghttp2_on_header_callback2.
pub type nghttp2_on_invalid_header_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        name: *mut nghttp2_rcbuf,
        value: *mut nghttp2_rcbuf,
        flags: u8,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// Chooses padding, like ::nghttp2_select_padding_callback2, which new programs use.
pub type nghttp2_select_padding_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        max_payloadlen: usize,
        user_data: *mut c_void,
    ) -> isize,
>;
/// Chooses the length that the payload of a HEADERS, PUSH_PROMISE or DATA `frame` gets by padding
/// (RFC 9113 section 6.1).
///
/// Returns frame->hd.length, for none, up to max_payloadlen octets. Any other number is fatal.
pub type nghttp2_select_padding_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        max_payloadlen: usize,
        user_data: *mut c_void,
    ) -> nghttp2_ssize,
>;
/// Chooses how much data to read, like ::nghttp2_data_source_read_length_callback2, which new
/// programs use.
pub type nghttp2_data_source_read_length_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame_type: u8,
        stream_id: i32,
        session_remote_window_size: i32,
        stream_remote_window_size: i32,
        remote_max_frame_size: u32,
        user_data: *mut c_void,
    ) -> isize,
>;
/// Chooses how many octets may be read for the next DATA frame on stream_id. frame_type is always
/// ::NGHTTP2_DATA. What may be sent is limited by session_remote_window_size and
/// stream_remote_window_size, the octets left in the windows of the connection and of the stream,
/// and by remote_max_frame_size, the peer's NGHTTP2_SETTINGS_MAX_FRAME_SIZE.
///
/// Returns a number of octets, which is brought down to these limits. 0 and less is fatal.
pub type nghttp2_data_source_read_length_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame_type: u8,
        stream_id: i32,
        session_remote_window_size: i32,
        stream_remote_window_size: i32,
        remote_max_frame_size: u32,
        user_data: *mut c_void,
    ) -> nghttp2_ssize,
>;
/// A frame header, `hd`, was received, of a frame that is not going to be ignored. Its payload has
/// not been looked at.
///
/// Returns 0. Anything else is fatal.
pub type nghttp2_on_begin_frame_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        hd: *const nghttp2_frame_hd,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// A piece of the payload of an extension frame with the header `hd` was received: len octets at
/// `data`, which points to the program's own input.
///
/// Returns 0; ::NGHTTP2_ERR_CANCEL, which ignores the rest of the frame; anything else is fatal.
pub type nghttp2_on_extension_chunk_recv_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        hd: *const nghttp2_frame_hd,
        data: *const u8,
        len: usize,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// An extension frame with the header `hd` was received as a whole. What is stored in `payload` is
/// what ::nghttp2_on_frame_recv_callback finds in frame->ext.payload; the library does not free it.
///
/// Returns 0; ::NGHTTP2_ERR_CANCEL, which drops the frame; anything else is fatal.
pub type nghttp2_unpack_extension_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        payload: *mut *mut c_void,
        hd: *const nghttp2_frame_hd,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// Writes the payload of an extension frame, like ::nghttp2_pack_extension_callback2, which new
/// programs use.
pub type nghttp2_pack_extension_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        buf: *mut u8,
        len: usize,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> isize,
>;
/// Writes at most len octets, the payload of the extension `frame`, to buf. frame->ext.payload is
/// what nghttp2_submit_extension() was given.
///
/// Returns how many octets were written; ::NGHTTP2_ERR_CANCEL, which drops the frame; any other
/// negative number is fatal.
pub type nghttp2_pack_extension_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        buf: *mut u8,
        len: usize,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> nghttp2_ssize,
>;
/// A text for people, like ::nghttp2_error_callback2, which new programs use.
pub type nghttp2_error_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        msg: *const c_char,
        len: usize,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// A text for people, msg, about what the peer does wrong. It has len octets, and a NUL behind
/// them. lib_error_code, of ::nghttp2_error, says what kind of fault it is.
///
/// Returns 0. Anything else is fatal.
pub type nghttp2_error_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        lib_error_code: c_int,
        msg: *const c_char,
        len: usize,
        user_data: *mut c_void,
    ) -> c_int,
>;
/// Fills dest with destlen octets that nobody can predict.
pub type nghttp2_rand_callback = Option<unsafe extern "C" fn(dest: *mut u8, destlen: usize)>;
/// Like malloc(3).
pub type nghttp2_malloc =
    Option<unsafe extern "C" fn(size: usize, mem_user_data: *mut c_void) -> *mut c_void>;
/// Like free(3).
pub type nghttp2_free = Option<unsafe extern "C" fn(ptr: *mut c_void, mem_user_data: *mut c_void)>;
/// Like calloc(3).
pub type nghttp2_calloc = Option<
    unsafe extern "C" fn(nmemb: usize, size: usize, mem_user_data: *mut c_void) -> *mut c_void,
>;
/// Like realloc(3).
pub type nghttp2_realloc = Option<
    unsafe extern "C" fn(ptr: *mut c_void, size: usize, mem_user_data: *mut c_void) -> *mut c_void,
>;
/// Prints debug output of the library: `format` and `args` are like those of vprintf(3).
pub type nghttp2_debug_vprintf_callback =
    Option<unsafe extern "C" fn(format: *const c_char, args: va_list)>;
/// Compresses fields.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_hd_deflater {
    _unused: [u8; 0],
}
/// Decompresses fields.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_hd_inflater {
    _unused: [u8; 0],
}
/// Counts since the session was made. Members may be added at the end with later versions of the
/// library; none is ever taken away.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2x_counters {
    /// Frames whose header has come as a whole, whatever became of them. Each CONTINUATION is one;
    /// ::NGHTTP2_CLIENT_MAGIC is none.
    pub frames_received: u64,
    /// Octets that the session has processed: frame headers, ::NGHTTP2_CLIENT_MAGIC, and what is ignored
    /// after the end of the session, too. So many nghttp2_session_mem_recv2() has returned in all, as
    /// long as it has not failed.
    pub octets_received: u64,
    /// Frames that were sent as a whole. Each CONTINUATION is one, DATA that
    /// ::nghttp2_send_data_callback has sent is, ::NGHTTP2_CLIENT_MAGIC is none.
    pub frames_sent: u64,
    /// Octets that nghttp2_session_mem_send2() has returned, or ::nghttp2_send_callback2 has taken: frame
    /// headers, padding and ::NGHTTP2_CLIENT_MAGIC, too. And those of the frames that
    /// ::nghttp2_send_data_callback has sent, header and padding included.
    pub octets_sent: u64,
    /// RST_STREAM frames that have come for streams which are not idle, open or over.
    pub resets_received: u64,
    /// RST_STREAM frames that were sent, the program's among them.
    pub resets_sent: u64,
    /// Glitches: suspicious frames (nghttp2_option_set_glitch_rate_limit()).
    pub glitches: u64,
    /// Streams that the peer has opened or promised, and that were turned away: because too many are
    /// open or reserved, promises are not wanted, or not on that stream, GOAWAY has been sent, or too
    /// many were reset. Malformed messages do not count, nor does what the program rejects.
    pub streams_refused: u64,
}
/// None.
pub const NGHTTP2X_LIMIT_NONE: nghttp2x_limit = 0;
/// nghttp2_option_set_stream_reset_rate_limit()
pub const NGHTTP2X_LIMIT_STREAM_RESETS: nghttp2x_limit = 1;
/// nghttp2x_option_set_own_reset_rate_limit()
pub const NGHTTP2X_LIMIT_OWN_RESETS: nghttp2x_limit = 2;
/// nghttp2_option_set_glitch_rate_limit()
pub const NGHTTP2X_LIMIT_GLITCHES: nghttp2x_limit = 3;
/// nghttp2x_option_set_max_header_list(), or NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE: octets
pub const NGHTTP2X_LIMIT_HEADER_LIST: nghttp2x_limit = 4;
/// nghttp2x_option_set_max_header_list(): fields
pub const NGHTTP2X_LIMIT_HEADER_FIELDS: nghttp2x_limit = 5;
/// nghttp2x_option_set_max_interim_responses()
pub const NGHTTP2X_LIMIT_INTERIM_RESPONSES: nghttp2x_limit = 6;
/// nghttp2_option_set_max_continuations()
pub const NGHTTP2X_LIMIT_CONTINUATIONS: nghttp2x_limit = 7;
/// nghttp2_option_set_max_settings()
pub const NGHTTP2X_LIMIT_SETTINGS: nghttp2x_limit = 8;
/// nghttp2_option_set_max_outbound_ack()
pub const NGHTTP2X_LIMIT_OUTBOUND_ACKS: nghttp2x_limit = 9;
/// nghttp2_option_set_max_outbound_queue_size()
pub const NGHTTP2X_LIMIT_OUTBOUND_QUEUE: nghttp2x_limit = 10;
/// nghttp2x_option_set_control_frame_rate_limit()
pub const NGHTTP2X_LIMIT_CONTROL_FRAMES: nghttp2x_limit = 11;
/// nghttp2x_option_set_short_data_rate_limit()
pub const NGHTTP2X_LIMIT_SHORT_DATA: nghttp2x_limit = 12;
/// nghttp2x_option_set_max_window_updates()
pub const NGHTTP2X_LIMIT_WINDOW_UPDATES: nghttp2x_limit = 13;
/// A limit, as an argument or field: any number.
pub type nghttp2x_limit = c_uint;
/// The limit that a peer ran into.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2x_excess {
    /// Which one.
    pub limit: nghttp2x_limit,
    /// The stream that it is about; 0 is the connection.
    pub stream_id: i32,
    /// How much it allows; of a rate, the burst. In what the limit counts.
    pub value: u64,
    /// How much more it allows each second, if it is a rate; otherwise 0.
    pub rate: u64,
}
/// If that makes them strictly shorter. The default, and what the original does.
pub const NGHTTP2X_HUFFMAN_SHORTER: nghttp2x_huffman = 0;
/// Always, though it makes some longer, four times at most.
pub const NGHTTP2X_HUFFMAN_ALWAYS: nghttp2x_huffman = 1;
/// Never: more octets for less time, at both ends.
pub const NGHTTP2X_HUFFMAN_NEVER: nghttp2x_huffman = 2;
/// A Huffman policy, as an argument: any number.
pub type nghttp2x_huffman = c_uint;
/// A set of options. Sessions copy it when they are created, so one set may serve for many. A later
/// call of the same function replaces what an earlier one has set, but for the types of extension
/// frames, which add up.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_option {
    _unused: [u8; 0],
}
/// A counted string, that header callbacks hand out.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_rcbuf {
    _unused: [u8; 0],
}
/// One end of an HTTP/2 connection.
///
/// A session does no I/O and starts no threads. One thread at a time may use it; a program with
/// several has to see to that. Pointers to it are not checked: they must come from a function like
/// nghttp2_session_client_new(), and not be used after nghttp2_session_del(). After an error for
/// which nghttp2_is_fatal() holds it can only be deleted.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_session {
    _unused: [u8; 0],
}
/// A stream of a session. nghttp2_session_find_stream() gives out such objects; they belong to the
/// session.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_stream {
    _unused: [u8; 0],
}
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
/// An argument is outside its range.
pub const NGHTTP2_ERR_INVALID_ARGUMENT: nghttp2_error = -501;
/// Room for a frame ran out.
pub const NGHTTP2_ERR_BUFFER_ERROR: nghttp2_error = -502;
/// The protocol version is not supported.
pub const NGHTTP2_ERR_UNSUPPORTED_VERSION: nghttp2_error = -503;
/// From a callback: nothing can be done now; try again later.
pub const NGHTTP2_ERR_WOULDBLOCK: nghttp2_error = -504;
/// A rule of the protocol, or of this role in it, forbids the operation.
pub const NGHTTP2_ERR_PROTO: nghttp2_error = -505;
/// A frame is malformed.
pub const NGHTTP2_ERR_INVALID_FRAME: nghttp2_error = -506;
/// The peer has closed the connection.
pub const NGHTTP2_ERR_EOF: nghttp2_error = -507;
/// From a read callback: there is no data now; nghttp2_session_resume_data() will follow.
pub const NGHTTP2_ERR_DEFERRED: nghttp2_error = -508;
/// All stream ids of this endpoint are spent.
pub const NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE: nghttp2_error = -509;
/// The stream is over, or never was.
pub const NGHTTP2_ERR_STREAM_CLOSED: nghttp2_error = -510;
/// RST_STREAM is queued for the stream.
pub const NGHTTP2_ERR_STREAM_CLOSING: nghttp2_error = -511;
/// We have said all on the stream.
pub const NGHTTP2_ERR_STREAM_SHUT_WR: nghttp2_error = -512;
/// The stream id is not valid here.
pub const NGHTTP2_ERR_INVALID_STREAM_ID: nghttp2_error = -513;
/// The state of the stream does not allow the frame.
pub const NGHTTP2_ERR_INVALID_STREAM_STATE: nghttp2_error = -514;
/// Another DATA frame is deferred already.
pub const NGHTTP2_ERR_DEFERRED_DATA_EXIST: nghttp2_error = -515;
/// GOAWAY forbids new streams.
pub const NGHTTP2_ERR_START_STREAM_NOT_ALLOWED: nghttp2_error = -516;
/// GOAWAY has been sent.
pub const NGHTTP2_ERR_GOAWAY_ALREADY_SENT: nghttp2_error = -517;
/// A header block is malformed.
pub const NGHTTP2_ERR_INVALID_HEADER_BLOCK: nghttp2_error = -518;
/// The call does not fit the state or the role of the session.
pub const NGHTTP2_ERR_INVALID_STATE: nghttp2_error = -519;
/// From a callback: something is wrong with this stream only.
pub const NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE: nghttp2_error = -521;
/// A frame is, or would be, too long or too short.
pub const NGHTTP2_ERR_FRAME_SIZE_ERROR: nghttp2_error = -522;
/// Compressing or decompressing fields has failed; the context is lost.
pub const NGHTTP2_ERR_HEADER_COMP: nghttp2_error = -523;
/// A flow-control window was overrun, or would become too large.
pub const NGHTTP2_ERR_FLOW_CONTROL: nghttp2_error = -524;
/// The buffer is too small.
pub const NGHTTP2_ERR_INSUFF_BUFSIZE: nghttp2_error = -525;
/// From a callback: stop here; the program will go on later.
pub const NGHTTP2_ERR_PAUSE: nghttp2_error = -526;
/// Too many SETTINGS frames of ours are not acknowledged.
pub const NGHTTP2_ERR_TOO_MANY_INFLIGHT_SETTINGS: nghttp2_error = -527;
/// The peer has switched server push off.
pub const NGHTTP2_ERR_PUSH_DISABLED: nghttp2_error = -528;
/// The stream has a data source already.
pub const NGHTTP2_ERR_DATA_EXIST: nghttp2_error = -529;
/// The session is about to end.
pub const NGHTTP2_ERR_SESSION_CLOSING: nghttp2_error = -530;
/// A header field breaks a rule of HTTP.
pub const NGHTTP2_ERR_HTTP_HEADER: nghttp2_error = -531;
/// A message breaks a rule of HTTP.
pub const NGHTTP2_ERR_HTTP_MESSAGING: nghttp2_error = -532;
/// The stream was refused.
pub const NGHTTP2_ERR_REFUSED_STREAM: nghttp2_error = -533;
/// A state that the library believes impossible.
pub const NGHTTP2_ERR_INTERNAL: nghttp2_error = -534;
/// From a callback, and to others: the frame is dropped.
pub const NGHTTP2_ERR_CANCEL: nghttp2_error = -535;
/// The first frame of the peer is not SETTINGS.
pub const NGHTTP2_ERR_SETTINGS_EXPECTED: nghttp2_error = -536;
/// A SETTINGS frame has more entries than allowed.
pub const NGHTTP2_ERR_TOO_MANY_SETTINGS: nghttp2_error = -537;
/// The border: codes below are fatal.
pub const NGHTTP2_ERR_FATAL: nghttp2_error = -900;
/// Memory ran out.
pub const NGHTTP2_ERR_NOMEM: nghttp2_error = -901;
/// A callback failed.
pub const NGHTTP2_ERR_CALLBACK_FAILURE: nghttp2_error = -902;
/// The first octets are not ::NGHTTP2_CLIENT_MAGIC.
pub const NGHTTP2_ERR_BAD_CLIENT_MAGIC: nghttp2_error = -903;
/// The peer makes us queue more than the limits allow.
pub const NGHTTP2_ERR_FLOODED: nghttp2_error = -904;
/// A header block is spread over too many CONTINUATION frames.
pub const NGHTTP2_ERR_TOO_MANY_CONTINUATIONS: nghttp2_error = -905;
/// No flag.
pub const NGHTTP2_NV_FLAG_NONE: nghttp2_nv_flag = 0;
/// The value is sensitive: no compression table may store it (RFC 7541 section 6.2.3).
pub const NGHTTP2_NV_FLAG_NO_INDEX: nghttp2_nv_flag = 0x01;
/// The name is not copied. It must be in lower case, and must stay as it is until the frame was
/// sent, was told to be not sent, or the session was deleted.
pub const NGHTTP2_NV_FLAG_NO_COPY_NAME: nghttp2_nv_flag = 0x02;
/// The value is not copied, and must stay as it is for as long.
pub const NGHTTP2_NV_FLAG_NO_COPY_VALUE: nghttp2_nv_flag = 0x04;
/// DATA (RFC 9113 section 6.1)
pub const NGHTTP2_DATA: nghttp2_frame_type = 0;
/// HEADERS (RFC 9113 section 6.2)
pub const NGHTTP2_HEADERS: nghttp2_frame_type = 0x01;
/// PRIORITY (RFC 7540 section 6.3)
pub const NGHTTP2_PRIORITY: nghttp2_frame_type = 0x02;
/// RST_STREAM (RFC 9113 section 6.4)
pub const NGHTTP2_RST_STREAM: nghttp2_frame_type = 0x03;
/// SETTINGS (RFC 9113 section 6.5)
pub const NGHTTP2_SETTINGS: nghttp2_frame_type = 0x04;
/// PUSH_PROMISE (RFC 9113 section 6.6)
pub const NGHTTP2_PUSH_PROMISE: nghttp2_frame_type = 0x05;
/// PING (RFC 9113 section 6.7)
pub const NGHTTP2_PING: nghttp2_frame_type = 0x06;
/// GOAWAY (RFC 9113 section 6.8)
pub const NGHTTP2_GOAWAY: nghttp2_frame_type = 0x07;
/// WINDOW_UPDATE (RFC 9113 section 6.9)
pub const NGHTTP2_WINDOW_UPDATE: nghttp2_frame_type = 0x08;
/// CONTINUATION (RFC 9113 section 6.10). Programs see its header only.
pub const NGHTTP2_CONTINUATION: nghttp2_frame_type = 0x09;
/// ALTSVC (RFC 7838 section 4)
pub const NGHTTP2_ALTSVC: nghttp2_frame_type = 0x0a;
/// ORIGIN (RFC 8336 section 2)
pub const NGHTTP2_ORIGIN: nghttp2_frame_type = 0x0c;
/// PRIORITY_UPDATE (RFC 9218 section 7.1)
pub const NGHTTP2_PRIORITY_UPDATE: nghttp2_frame_type = 0x10;
/// No flag.
pub const NGHTTP2_FLAG_NONE: nghttp2_flag = 0;
/// The sender's last frame on the stream.
pub const NGHTTP2_FLAG_END_STREAM: nghttp2_flag = 0x01;
/// The end of a header block.
pub const NGHTTP2_FLAG_END_HEADERS: nghttp2_flag = 0x04;
/// The frame is padded.
pub const NGHTTP2_FLAG_PADDED: nghttp2_flag = 0x08;
/// HEADERS with priority fields.
pub const NGHTTP2_FLAG_PRIORITY: nghttp2_flag = 0x20;
/// The size of the sender's table for decompressing fields, in octets.
pub const NGHTTP2_SETTINGS_HEADER_TABLE_SIZE: nghttp2_settings_id = 0x01;
/// Whether the sender accepts server push, 0 or 1.
pub const NGHTTP2_SETTINGS_ENABLE_PUSH: nghttp2_settings_id = 0x02;
/// How many streams the sender lets the receiver have open.
pub const NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS: nghttp2_settings_id = 0x03;
/// The window of each stream for what the sender receives, 0 to 2^31 - 1 octets.
pub const NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE: nghttp2_settings_id = 0x04;
/// The longest payload that the sender accepts, 2^14 to 2^24 - 1 octets.
pub const NGHTTP2_SETTINGS_MAX_FRAME_SIZE: nghttp2_settings_id = 0x05;
/// The largest header section that the sender cares for, in octets, 32 more for each field.
pub const NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE: nghttp2_settings_id = 0x06;
/// Whether extended CONNECT may be used, 0 or 1 (RFC 8441 section 3).
pub const NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL: nghttp2_settings_id = 0x08;
/// Whether the sender does without the priorities of RFC 7540, 0 or 1 (RFC 9218 section 2.1).
pub const NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES: nghttp2_settings_id = 0x09;
/// A parameter of ::nghttp2_settings_id_e; any other number is possible.
pub type nghttp2_settings_id = c_uint;
/// Not an error.
pub const NGHTTP2_NO_ERROR: nghttp2_error_code = 0x00;
/// An unspecific violation of the protocol.
pub const NGHTTP2_PROTOCOL_ERROR: nghttp2_error_code = 0x01;
/// An unexpected fault of the sender.
pub const NGHTTP2_INTERNAL_ERROR: nghttp2_error_code = 0x02;
/// Flow control was violated.
pub const NGHTTP2_FLOW_CONTROL_ERROR: nghttp2_error_code = 0x03;
/// SETTINGS was not acknowledged in time.
pub const NGHTTP2_SETTINGS_TIMEOUT: nghttp2_error_code = 0x04;
/// A frame came for a half-closed stream.
pub const NGHTTP2_STREAM_CLOSED: nghttp2_error_code = 0x05;
/// The size of a frame is wrong.
pub const NGHTTP2_FRAME_SIZE_ERROR: nghttp2_error_code = 0x06;
/// Nothing was done about the stream.
pub const NGHTTP2_REFUSED_STREAM: nghttp2_error_code = 0x07;
/// The stream is not needed any more.
pub const NGHTTP2_CANCEL: nghttp2_error_code = 0x08;
/// The compression context is lost.
pub const NGHTTP2_COMPRESSION_ERROR: nghttp2_error_code = 0x09;
/// The connection of a tunnel failed.
pub const NGHTTP2_CONNECT_ERROR: nghttp2_error_code = 0x0a;
/// The peer generates too much load.
pub const NGHTTP2_ENHANCE_YOUR_CALM: nghttp2_error_code = 0x0b;
/// The transport is not secure enough.
pub const NGHTTP2_INADEQUATE_SECURITY: nghttp2_error_code = 0x0c;
/// HTTP/1.1 is required.
pub const NGHTTP2_HTTP_1_1_REQUIRED: nghttp2_error_code = 0x0d;
/// No flag.
pub const NGHTTP2_DATA_FLAG_NONE: nghttp2_data_flag = 0;
/// These octets are the last.
pub const NGHTTP2_DATA_FLAG_EOF: nghttp2_data_flag = 0x01;
/// With ::NGHTTP2_DATA_FLAG_EOF: the stream does not end here, because trailers follow.
pub const NGHTTP2_DATA_FLAG_NO_END_STREAM: nghttp2_data_flag = 0x02;
/// Nothing was written to the buffer; ::nghttp2_send_data_callback will send the octets.
pub const NGHTTP2_DATA_FLAG_NO_COPY: nghttp2_data_flag = 0x04;
/// It opens a stream: a request.
pub const NGHTTP2_HCAT_REQUEST: nghttp2_headers_category = 0;
/// It is the first from the server, be it final or interim.
pub const NGHTTP2_HCAT_RESPONSE: nghttp2_headers_category = 1;
/// It is the first on a promised stream.
pub const NGHTTP2_HCAT_PUSH_RESPONSE: nghttp2_headers_category = 2;
/// It is any other: trailers, or what follows an interim response.
pub const NGHTTP2_HCAT_HEADERS: nghttp2_headers_category = 3;
/// A category of ::nghttp2_headers_category_e.
pub type nghttp2_headers_category = c_uint;
/// Nothing special.
pub const NGHTTP2_HD_INFLATE_NONE: nghttp2_hd_inflate_flag = 0;
/// The header block is complete.
pub const NGHTTP2_HD_INFLATE_FINAL: nghttp2_hd_inflate_flag = 0x01;
/// There is one more field.
pub const NGHTTP2_HD_INFLATE_EMIT: nghttp2_hd_inflate_flag = 0x02;
/// Not opened yet.
pub const NGHTTP2_STREAM_STATE_IDLE: nghttp2_stream_proto_state = 1;
/// Open both ways.
pub const NGHTTP2_STREAM_STATE_OPEN: nghttp2_stream_proto_state = NGHTTP2_STREAM_STATE_IDLE + 1;
/// Promised by us.
pub const NGHTTP2_STREAM_STATE_RESERVED_LOCAL: nghttp2_stream_proto_state =
    NGHTTP2_STREAM_STATE_OPEN + 1;
/// Promised by the peer.
pub const NGHTTP2_STREAM_STATE_RESERVED_REMOTE: nghttp2_stream_proto_state =
    NGHTTP2_STREAM_STATE_RESERVED_LOCAL + 1;
/// We have said all.
pub const NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL: nghttp2_stream_proto_state =
    NGHTTP2_STREAM_STATE_RESERVED_REMOTE + 1;
/// The peer has said all.
pub const NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE: nghttp2_stream_proto_state =
    NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL + 1;
/// Over.
pub const NGHTTP2_STREAM_STATE_CLOSED: nghttp2_stream_proto_state =
    NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE + 1;
/// A state of ::nghttp2_stream_proto_state_e.
pub type nghttp2_stream_proto_state = c_uint;
/// A number of octets, or a negative error code.
pub type nghttp2_ssize = isize;
/// What this library is.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_vec {
    /// Where it begins.
    pub base: *mut u8,
    /// How many octets it has.
    pub len: usize,
}
/// A header field.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_frame_hd {
    /// The length of the payload in octets, padding included. For a header block that continues in
    /// CONTINUATION frames, of all of them together.
    pub length: usize,
    /// The stream; 0 is the connection.
    pub stream_id: i32,
    /// The type, of ::nghttp2_frame_type or any other.
    pub type_: u8,
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
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_data {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// The octets of padding, the Pad Length octet included; 0 if the frame is not padded.
    pub padlen: usize,
}
/// A place in the dependency tree (RFC 7540 section 5.3).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_priority {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// The new place in the tree.
    pub pri_spec: nghttp2_priority_spec,
}
/// RST_STREAM.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_rst_stream {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// Why, of ::nghttp2_error_code or any other.
    pub error_code: u32,
}
/// One parameter in SETTINGS.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_settings_entry {
    /// Which one, of ::nghttp2_settings_id or any other.
    pub settings_id: i32,
    /// Its value.
    pub value: u32,
}
/// SETTINGS.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_ping {
    /// The frame header.
    pub hd: nghttp2_frame_hd,
    /// What the answer must repeat.
    pub opaque_data: [u8; 8],
}
/// GOAWAY.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_extpri {
    /// ::NGHTTP2_EXTPRI_URGENCY_HIGH to ::NGHTTP2_EXTPRI_URGENCY_LOW.
    pub urgency: u32,
    /// Whether parts of the response are of use before the whole has come, 0 or 1.
    pub inc: c_int,
}
/// The payload of ALTSVC.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_origin_entry {
    /// Its ASCII form. In a received frame a NUL follows.
    pub origin: *mut u8,
    /// The length of that in octets, without NUL.
    pub origin_len: usize,
}
/// The payload of ORIGIN.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_ext_origin {
    /// How many origins there are.
    pub nov: usize,
    /// The origins.
    pub ov: *mut nghttp2_origin_entry,
}
/// The payload of PRIORITY_UPDATE.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct nghttp2_ext_priority_update {
    /// The stream whose priority changes.
    pub stream_id: i32,
    /// The new value of the Priority field. No NUL follows.
    pub field_value: *mut u8,
    /// The length of that in octets.
    pub field_value_len: usize,
}
/// Error codes. They are negative. Those below ::NGHTTP2_ERR_FATAL mean that the session can only be
/// deleted.
pub type nghttp2_error = c_int;
/// Flags of ::nghttp2_nv.
pub type nghttp2_nv_flag = c_uint;
/// Frame types.
pub type nghttp2_frame_type = c_uint;
/// Flags of frames. What a bit means depends on the type.
pub type nghttp2_flag = c_uint;
/// Error codes on the wire (RFC 9113 section 7).
pub type nghttp2_error_code = c_uint;
/// Flags that a read callback sets.
pub type nghttp2_data_flag = c_uint;
/// What nghttp2_hd_inflate_hd3() has come to.
pub type nghttp2_hd_inflate_flag = c_uint;
unsafe extern "C" {
    /// Makes an empty table and stores it in callbacks_ptr. It is not made with any session's
    /// allocator. Fill it with the functions whose names begin like this one, hand it to
    /// nghttp2_session_client_new() or nghttp2_session_server_new(), and free it with
    /// nghttp2_session_callbacks_del(). A function that is NULL is not called.
    ///
    /// Returns 0 or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_session_callbacks_new(
        callbacks_ptr: *mut *mut nghttp2_session_callbacks,
    ) -> c_int;
    /// Frees a table. NULL is allowed. Sessions made with it are not concerned.
    pub fn nghttp2_session_callbacks_del(callbacks: *mut nghttp2_session_callbacks);
    /// Sets an ::nghttp2_send_callback, with which nghttp2_session_send() sends.
    ///
    /// @deprecated Use nghttp2_session_callbacks_set_send_callback2().
    pub fn nghttp2_session_callbacks_set_send_callback(
        cbs: *mut nghttp2_session_callbacks,
        send_callback: nghttp2_send_callback,
    );
    /// Sets an ::nghttp2_send_callback2, with which nghttp2_session_send() sends. It comes before that
    /// of nghttp2_session_callbacks_set_send_callback(). Programs that use nghttp2_session_mem_send2()
    /// need none.
    pub fn nghttp2_session_callbacks_set_send_callback2(
        cbs: *mut nghttp2_session_callbacks,
        send_callback: nghttp2_send_callback2,
    );
    /// Sets an ::nghttp2_recv_callback, with which nghttp2_session_recv() receives.
    ///
    /// @deprecated Use nghttp2_session_callbacks_set_recv_callback2().
    pub fn nghttp2_session_callbacks_set_recv_callback(
        cbs: *mut nghttp2_session_callbacks,
        recv_callback: nghttp2_recv_callback,
    );
    /// Sets an ::nghttp2_recv_callback2, with which nghttp2_session_recv() receives. It comes before
    /// that of nghttp2_session_callbacks_set_recv_callback(). Programs that use
    /// nghttp2_session_mem_recv2() need none.
    pub fn nghttp2_session_callbacks_set_recv_callback2(
        cbs: *mut nghttp2_session_callbacks,
        recv_callback: nghttp2_recv_callback2,
    );
    /// Sets an ::nghttp2_on_frame_recv_callback, which is called when a frame was received.
    pub fn nghttp2_session_callbacks_set_on_frame_recv_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_frame_recv_callback: nghttp2_on_frame_recv_callback,
    );
    /// Sets an ::nghttp2_on_invalid_frame_recv_callback, which is called when a received frame is in
    /// error.
    pub fn nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_invalid_frame_recv_callback: nghttp2_on_invalid_frame_recv_callback,
    );
    /// Sets an ::nghttp2_on_data_chunk_recv_callback, which is called when a piece of DATA was
    /// received.
    pub fn nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_data_chunk_recv_callback: nghttp2_on_data_chunk_recv_callback,
    );
    /// Sets an ::nghttp2_before_frame_send_callback, which is called before a frame other than DATA is
    /// sent.
    pub fn nghttp2_session_callbacks_set_before_frame_send_callback(
        cbs: *mut nghttp2_session_callbacks,
        before_frame_send_callback: nghttp2_before_frame_send_callback,
    );
    /// Sets an ::nghttp2_on_frame_send_callback, which is called when a frame was sent.
    pub fn nghttp2_session_callbacks_set_on_frame_send_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_frame_send_callback: nghttp2_on_frame_send_callback,
    );
    /// Sets an ::nghttp2_on_frame_not_send_callback, which is called when a frame cannot be sent.
    pub fn nghttp2_session_callbacks_set_on_frame_not_send_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_frame_not_send_callback: nghttp2_on_frame_not_send_callback,
    );
    /// Sets an ::nghttp2_on_stream_close_callback, which is called when a stream is over.
    pub fn nghttp2_session_callbacks_set_on_stream_close_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_stream_close_callback: nghttp2_on_stream_close_callback,
    );
    /// Sets an ::nghttp2_on_begin_headers_callback, which is called when a header block begins.
    pub fn nghttp2_session_callbacks_set_on_begin_headers_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_begin_headers_callback: nghttp2_on_begin_headers_callback,
    );
    /// Sets an ::nghttp2_on_header_callback, which is called for each received field.
    pub fn nghttp2_session_callbacks_set_on_header_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_header_callback: nghttp2_on_header_callback,
    );
    /// Sets an ::nghttp2_on_header_callback2, which is called for each received field, with counted
    /// strings. It comes before that of nghttp2_session_callbacks_set_on_header_callback().
    pub fn nghttp2_session_callbacks_set_on_header_callback2(
        cbs: *mut nghttp2_session_callbacks,
        on_header_callback2: nghttp2_on_header_callback2,
    );
    /// Sets an ::nghttp2_on_invalid_header_callback, which is called for a received field that is
    /// invalid and could be left out.
    pub fn nghttp2_session_callbacks_set_on_invalid_header_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_invalid_header_callback: nghttp2_on_invalid_header_callback,
    );
    /// Sets an ::nghttp2_on_invalid_header_callback2, which is called for a received field that is
    /// invalid and could be left out, with counted strings. It comes before that of
    /// nghttp2_session_callbacks_set_on_invalid_header_callback().
    pub fn nghttp2_session_callbacks_set_on_invalid_header_callback2(
        cbs: *mut nghttp2_session_callbacks,
        on_invalid_header_callback2: nghttp2_on_invalid_header_callback2,
    );
    /// Sets an ::nghttp2_select_padding_callback, which chooses padding.
    ///
    /// @deprecated Use nghttp2_session_callbacks_set_select_padding_callback2().
    pub fn nghttp2_session_callbacks_set_select_padding_callback(
        cbs: *mut nghttp2_session_callbacks,
        select_padding_callback: nghttp2_select_padding_callback,
    );
    /// Sets an ::nghttp2_select_padding_callback2, which chooses padding. It comes before that of
    /// nghttp2_session_callbacks_set_select_padding_callback(). Without any nothing is padded.
    pub fn nghttp2_session_callbacks_set_select_padding_callback2(
        cbs: *mut nghttp2_session_callbacks,
        select_padding_callback: nghttp2_select_padding_callback2,
    );
    /// Sets an ::nghttp2_data_source_read_length_callback, which chooses how much data is read.
    ///
    /// @deprecated Use nghttp2_session_callbacks_set_data_source_read_length_callback2().
    pub fn nghttp2_session_callbacks_set_data_source_read_length_callback(
        cbs: *mut nghttp2_session_callbacks,
        data_source_read_length_callback: nghttp2_data_source_read_length_callback,
    );
    /// Sets an ::nghttp2_data_source_read_length_callback2, which chooses how much data is read. It
    /// comes before that of nghttp2_session_callbacks_set_data_source_read_length_callback(). Without
    /// any it is at most 16,384 octets for each frame.
    pub fn nghttp2_session_callbacks_set_data_source_read_length_callback2(
        cbs: *mut nghttp2_session_callbacks,
        data_source_read_length_callback: nghttp2_data_source_read_length_callback2,
    );
    /// Sets an ::nghttp2_on_begin_frame_callback, which is called when a frame header was received.
    pub fn nghttp2_session_callbacks_set_on_begin_frame_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_begin_frame_callback: nghttp2_on_begin_frame_callback,
    );
    /// Sets an ::nghttp2_send_data_callback, which sends data that read callbacks do not copy.
    pub fn nghttp2_session_callbacks_set_send_data_callback(
        cbs: *mut nghttp2_session_callbacks,
        send_data_callback: nghttp2_send_data_callback,
    );
    /// Sets an ::nghttp2_pack_extension_callback, which writes extension frames.
    ///
    /// @deprecated Use nghttp2_session_callbacks_set_pack_extension_callback2().
    pub fn nghttp2_session_callbacks_set_pack_extension_callback(
        cbs: *mut nghttp2_session_callbacks,
        pack_extension_callback: nghttp2_pack_extension_callback,
    );
    /// Sets an ::nghttp2_pack_extension_callback2, which writes extension frames. It comes before that
    /// of nghttp2_session_callbacks_set_pack_extension_callback().
    pub fn nghttp2_session_callbacks_set_pack_extension_callback2(
        cbs: *mut nghttp2_session_callbacks,
        pack_extension_callback: nghttp2_pack_extension_callback2,
    );
    /// Sets an ::nghttp2_unpack_extension_callback, which is called when an extension frame was
    /// received. Without it those frames are ignored.
    pub fn nghttp2_session_callbacks_set_unpack_extension_callback(
        cbs: *mut nghttp2_session_callbacks,
        unpack_extension_callback: nghttp2_unpack_extension_callback,
    );
    /// Sets an ::nghttp2_on_extension_chunk_recv_callback, which is called when a piece of an extension
    /// frame was received.
    pub fn nghttp2_session_callbacks_set_on_extension_chunk_recv_callback(
        cbs: *mut nghttp2_session_callbacks,
        on_extension_chunk_recv_callback: nghttp2_on_extension_chunk_recv_callback,
    );
    /// Sets an ::nghttp2_error_callback, which gets texts for people.
    ///
    /// @deprecated Use nghttp2_session_callbacks_set_error_callback2().
    pub fn nghttp2_session_callbacks_set_error_callback(
        cbs: *mut nghttp2_session_callbacks,
        error_callback: nghttp2_error_callback,
    );
    /// Sets an ::nghttp2_error_callback2, which gets texts for people. It comes before that of
    /// nghttp2_session_callbacks_set_error_callback().
    pub fn nghttp2_session_callbacks_set_error_callback2(
        cbs: *mut nghttp2_session_callbacks,
        error_callback2: nghttp2_error_callback2,
    );
    /// Sets an ::nghttp2_rand_callback, which session constructors call once for 8 octets, to seed hash
    /// tables. Without it the library takes them from elsewhere.
    pub fn nghttp2_session_callbacks_set_rand_callback(
        cbs: *mut nghttp2_session_callbacks,
        rand_callback: nghttp2_rand_callback,
    );
    /// Makes a deflater whose table never holds more than max_deflate_dynamic_table_size octets (RFC
    /// 7541 section 4.2), and stores it in deflater_ptr. Free it with nghttp2_hd_deflate_del().
    ///
    /// Returns 0 or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_hd_deflate_new(
        deflater_ptr: *mut *mut nghttp2_hd_deflater,
        max_deflate_dynamic_table_size: usize,
    ) -> c_int;
    /// Like nghttp2_hd_deflate_new(), with an allocator, whose functions must work until the deflater
    /// is freed. `mem` may be NULL, for that of the C library.
    pub fn nghttp2_hd_deflate_new2(
        deflater_ptr: *mut *mut nghttp2_hd_deflater,
        max_deflate_dynamic_table_size: usize,
        mem: *mut nghttp2_mem,
    ) -> c_int;
    /// Frees a deflater.
    pub fn nghttp2_hd_deflate_del(deflater: *mut nghttp2_hd_deflater);
    /// Says that the decompressing end allows a table of settings_max_dynamic_table_size octets. The
    /// next header block announces what is used of that (RFC 7541 section 6.3).
    ///
    /// Returns 0.
    pub fn nghttp2_hd_deflate_change_table_size(
        deflater: *mut nghttp2_hd_deflater,
        settings_max_dynamic_table_size: usize,
    ) -> c_int;
    /// Writes the header block for nvlen fields in nva to buf, which has room for buflen octets: make
    /// it as large as nghttp2_hd_deflate_bound() says (RFC 7541 section 6).
    ///
    /// Returns the length of the block in octets; ::NGHTTP2_ERR_INSUFF_BUFSIZE if there is not room
    /// enough; ::NGHTTP2_ERR_NOMEM; or ::NGHTTP2_ERR_HEADER_COMP. After an error the deflater can only
    /// be freed.
    pub fn nghttp2_hd_deflate_hd2(
        deflater: *mut nghttp2_hd_deflater,
        buf: *mut u8,
        buflen: usize,
        nva: *const nghttp2_nv,
        nvlen: usize,
    ) -> nghttp2_ssize;
    /// Like nghttp2_hd_deflate_hd2().
    ///
    /// @deprecated Use nghttp2_hd_deflate_hd2().
    pub fn nghttp2_hd_deflate_hd(
        deflater: *mut nghttp2_hd_deflater,
        buf: *mut u8,
        buflen: usize,
        nva: *const nghttp2_nv,
        nvlen: usize,
    ) -> isize;
    /// Like nghttp2_hd_deflate_hd2(), but fills veclen buffers in vec, one after the other.
    pub fn nghttp2_hd_deflate_hd_vec2(
        deflater: *mut nghttp2_hd_deflater,
        vec: *const nghttp2_vec,
        veclen: usize,
        nva: *const nghttp2_nv,
        nvlen: usize,
    ) -> nghttp2_ssize;
    /// Like nghttp2_hd_deflate_hd_vec2().
    ///
    /// @deprecated Use nghttp2_hd_deflate_hd_vec2().
    pub fn nghttp2_hd_deflate_hd_vec(
        deflater: *mut nghttp2_hd_deflater,
        vec: *const nghttp2_vec,
        veclen: usize,
        nva: *const nghttp2_nv,
        nvlen: usize,
    ) -> isize;
    /// Returns how many octets the header block for nvlen fields in nva has at most.
    pub fn nghttp2_hd_deflate_bound(
        deflater: *mut nghttp2_hd_deflater,
        nva: *const nghttp2_nv,
        nvlen: usize,
    ) -> usize;
    /// Returns how many entries there are in the static and the dynamic table together.
    pub fn nghttp2_hd_deflate_get_num_table_entries(deflater: *mut nghttp2_hd_deflater) -> usize;
    /// Returns the table entry with index idx, from 1 on (RFC 7541 section 2.3.3); NULL for 0 and
    /// beyond the tables. It belongs to the deflater, and is valid until the table changes.
    pub fn nghttp2_hd_deflate_get_table_entry(
        deflater: *mut nghttp2_hd_deflater,
        idx: usize,
    ) -> *const nghttp2_nv;
    /// Returns how many octets the dynamic table holds (RFC 7541 section 4.1).
    pub fn nghttp2_hd_deflate_get_dynamic_table_size(deflater: *mut nghttp2_hd_deflater) -> usize;
    /// Returns how many octets the dynamic table may hold (RFC 7541 section 4.2).
    pub fn nghttp2_hd_deflate_get_max_dynamic_table_size(
        deflater: *mut nghttp2_hd_deflater,
    ) -> usize;
    /// Makes an inflater, and stores it in inflater_ptr. Its table holds at most 4,096 octets until
    /// nghttp2_hd_inflate_change_table_size() says otherwise. Free it with nghttp2_hd_inflate_del().
    ///
    /// Returns 0 or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_hd_inflate_new(inflater_ptr: *mut *mut nghttp2_hd_inflater) -> c_int;
    /// Like nghttp2_hd_inflate_new(), with an allocator, whose functions must work until the inflater
    /// is freed. `mem` may be NULL, for that of the C library.
    pub fn nghttp2_hd_inflate_new2(
        inflater_ptr: *mut *mut nghttp2_hd_inflater,
        mem: *mut nghttp2_mem,
    ) -> c_int;
    /// Frees an inflater.
    pub fn nghttp2_hd_inflate_del(inflater: *mut nghttp2_hd_inflater);
    /// Says that the compressing end was allowed a table of settings_max_dynamic_table_size octets, between
    /// two header blocks. If that is less than the table holds now, the next block must announce it.
    ///
    /// Returns 0, or ::NGHTTP2_ERR_INVALID_STATE inside a header block.
    pub fn nghttp2_hd_inflate_change_table_size(
        inflater: *mut nghttp2_hd_inflater,
        settings_max_dynamic_table_size: usize,
    ) -> c_int;
    /// Decompresses up to the next field. `in` has inlen octets of a header block; in_final is nonzero
    /// if the block ends there. What has happened is told in inflate_flags, of
    /// ::nghttp2_hd_inflate_flag:
    ///
    /// - With ::NGHTTP2_HD_INFLATE_EMIT there is a field in nv_out, whose strings end with the next
    ///   call. Call again with the rest of the input, even if nothing is left.
    /// - With ::NGHTTP2_HD_INFLATE_FINAL the block is complete. Call nghttp2_hd_inflate_end_headers().
    /// - Otherwise more input is needed.
    ///
    /// Returns how many octets were used; ::NGHTTP2_ERR_HEADER_COMP or ::NGHTTP2_ERR_NOMEM. After an
    /// error the inflater can only be freed.
    pub fn nghttp2_hd_inflate_hd3(
        inflater: *mut nghttp2_hd_inflater,
        nv_out: *mut nghttp2_nv,
        inflate_flags: *mut c_int,
        in_: *const u8,
        inlen: usize,
        in_final: c_int,
    ) -> nghttp2_ssize;
    /// Like nghttp2_hd_inflate_hd3().
    ///
    /// @deprecated Use nghttp2_hd_inflate_hd3().
    pub fn nghttp2_hd_inflate_hd2(
        inflater: *mut nghttp2_hd_inflater,
        nv_out: *mut nghttp2_nv,
        inflate_flags: *mut c_int,
        in_: *const u8,
        inlen: usize,
        in_final: c_int,
    ) -> isize;
    /// Like nghttp2_hd_inflate_hd3().
    ///
    /// @deprecated Use nghttp2_hd_inflate_hd3().
    pub fn nghttp2_hd_inflate_hd(
        inflater: *mut nghttp2_hd_inflater,
        nv_out: *mut nghttp2_nv,
        inflate_flags: *mut c_int,
        in_: *mut u8,
        inlen: usize,
        in_final: c_int,
    ) -> isize;
    /// Says that a header block was complete, before the next one begins.
    ///
    /// Returns 0.
    pub fn nghttp2_hd_inflate_end_headers(inflater: *mut nghttp2_hd_inflater) -> c_int;
    /// Returns how many entries there are in the static and the dynamic table together.
    pub fn nghttp2_hd_inflate_get_num_table_entries(inflater: *mut nghttp2_hd_inflater) -> usize;
    /// Returns the table entry with index idx, from 1 on (RFC 7541 section 2.3.3); NULL for 0 and
    /// beyond the tables. It belongs to the inflater, and is valid until the table changes.
    pub fn nghttp2_hd_inflate_get_table_entry(
        inflater: *mut nghttp2_hd_inflater,
        idx: usize,
    ) -> *const nghttp2_nv;
    /// Returns how many octets the dynamic table holds (RFC 7541 section 4.1).
    pub fn nghttp2_hd_inflate_get_dynamic_table_size(inflater: *mut nghttp2_hd_inflater) -> usize;
    /// Returns how many octets the dynamic table may hold (RFC 7541 section 4.2).
    pub fn nghttp2_hd_inflate_get_max_dynamic_table_size(
        inflater: *mut nghttp2_hd_inflater,
    ) -> usize;
    /// Stores what was counted so far in counters. `size` is `sizeof(nghttp2x_counters)`, as the
    /// program was compiled: members beyond are left alone, and those that the library does not know
    /// become 0. It may be called at any time until the session is deleted, and costs next to nothing.
    ///
    /// Returns how many octets the library knows of those that were asked for: `size`, unless the
    /// library is older than the header that the program was compiled with.
    pub fn nghttp2x_session_get_counters(
        session: *mut nghttp2_session,
        counters: *mut nghttp2x_counters,
        size: usize,
    ) -> usize;
    /// Says which limit the peer ran into last. Not each of them ends the session, but when the library
    /// ends it because of one, this is it from then on. A frame that is beyond a rate whose excess
    /// costs a glitch is noted as that, and if there was one glitch too many as
    /// ::NGHTTP2X_LIMIT_GLITCHES.
    ///
    /// It may be called until the session is deleted, also after a function has returned an error that
    /// is fatal.
    ///
    /// Returns 1; or 0 if the peer never ran into any, and ::NGHTTP2X_LIMIT_NONE in excess.
    pub fn nghttp2x_session_get_excess(
        session: *mut nghttp2_session,
        excess: *mut nghttp2x_excess,
    ) -> c_int;
    /// Fills veclen buffers in vec, one after the other, with octets to be sent: as many as there are now, or
    /// as the buffers take. Where they end within a frame, its rest comes first the next time, also from
    /// nghttp2_session_mem_send2(). So one system call sends what would take one for each frame otherwise.
    ///
    /// Callbacks are called as they are by nghttp2_session_send(): those about a frame having been sent when
    /// the last of its octets is in a buffer. Before ::nghttp2_send_data_callback sends something itself, the
    /// function returns what must go out first; the callback is called the next time.
    ///
    /// Returns how many octets are in the buffers, which are the program's then and must all be sent. 0 means
    /// that there is nothing to send now, or no room; so it is when a callback that sending has caused asks.
    /// A negative result is fatal: ::NGHTTP2_ERR_NOMEM or ::NGHTTP2_ERR_CALLBACK_FAILURE; what is in the
    /// buffers does not count then.
    pub fn nghttp2x_session_mem_sendv(
        session: *mut nghttp2_session,
        vec: *const nghttp2_vec,
        veclen: usize,
    ) -> nghttp2_ssize;
    /// Limits how much one header block may come to that the peer sends: to `octets` in all, where each
    /// field counts for its name, its value and 32 octets more (RFC 9113 section 10.5.1), and to so
    /// many `fields`. Where the session has sent NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE and the peer has
    /// acknowledged it, that holds in place of `octets`.
    ///
    /// Once a block goes beyond, no more of its fields are told, and its stream is reset with
    /// NGHTTP2_ENHANCE_YOUR_CALM; ::nghttp2_on_invalid_frame_recv_callback gets
    /// ::NGHTTP2_ERR_HTTP_MESSAGING, and a glitch is counted. Beyond four times as much the session is
    /// terminated with NGHTTP2_ENHANCE_YOUR_CALM.
    ///
    /// Default: 1,048,576 octets and 8,192 fields. 0 stands for no limit; as `octets` also in place of
    /// the one that was sent.
    pub fn nghttp2x_option_set_max_header_list(
        option: *mut nghttp2_option,
        octets: usize,
        fields: usize,
    );
    /// Limits for how many streams the peer may make the library queue RST_STREAM: `burst` at once, and
    /// `rate` more each second. Beyond, the session is terminated with NGHTTP2_ENHANCE_YOUR_CALM. What
    /// the program resets with nghttp2_submit_rst_stream() does not count; what it rejects from a
    /// callback does.
    ///
    /// Default: 1,000 and 33. A `burst` of 0 stands for no limit.
    pub fn nghttp2x_option_set_own_reset_rate_limit(
        option: *mut nghttp2_option,
        burst: u64,
        rate: u64,
    );
    /// Limits how many PING and SETTINGS frames the peer may send, acknowledgements apart: `burst` at
    /// once, and `rate` more each second. Receivers measure the connection by PING: each DATA frame
    /// that was sent, and each 256 octets of it, allow for one more, counted as by
    /// nghttp2x_option_set_max_window_updates(). Each frame beyond is a glitch
    /// (nghttp2_option_set_glitch_rate_limit()).
    ///
    /// Default: 1,000 and 100. A `burst` of 0 stands for no limit.
    pub fn nghttp2x_option_set_control_frame_rate_limit(
        option: *mut nghttp2_option,
        burst: u64,
        rate: u64,
    );
    /// Limits how many octets the payloads of DATA may be short of 256 in all: `burst` at once, and
    /// `rate` more each second. The longer frames make up for it with what they have more. Of each
    /// stream the first short frame does not count, nor does the last frame. Each frame beyond is a
    /// glitch (nghttp2_option_set_glitch_rate_limit()). An empty one that does not end its stream
    /// always is.
    ///
    /// Default: 2,560,000 both, which is about ten thousand frames of one octet. A `burst` of 0 stands
    /// for no limit. Programs that take more small messages than that each second, from one connection,
    /// should raise it.
    pub fn nghttp2x_option_set_short_data_rate_limit(
        option: *mut nghttp2_option,
        burst: u64,
        rate: u64,
    );
    /// Lets val WINDOW_UPDATE frames for the connection come more than one for each DATA frame that was
    /// sent, and for each 256 octets of it. A frame that a window has cut short counts by its octets
    /// only. Each update beyond is a glitch (nghttp2_option_set_glitch_rate_limit()).
    ///
    /// Default: 1,000. 0 stands for no limit.
    pub fn nghttp2x_option_set_max_window_updates(option: *mut nghttp2_option, val: usize);
    /// Lets a stream of a client have val interim responses (RFC 9110 section 15.2). With the next one
    /// the stream is reset with NGHTTP2_ENHANCE_YOUR_CALM; ::nghttp2_on_invalid_frame_recv_callback
    /// gets ::NGHTTP2_ERR_HTTP_MESSAGING, and a glitch is counted. Nothing is limited with
    /// nghttp2_option_set_no_http_messaging().
    ///
    /// Default: 100. 0 stands for no limit, and so does what is above 65,534.
    pub fn nghttp2x_option_set_max_interim_responses(option: *mut nghttp2_option, val: usize);
    /// Says when the strings in header blocks that a session sends are Huffman coded: `huffman` is of
    /// ::nghttp2x_huffman. Whatever a peer does, it must understand all of them. Default:
    /// ::NGHTTP2X_HUFFMAN_SHORTER.
    ///
    /// Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such policy; then nothing changes.
    pub fn nghttp2x_option_set_huffman(
        option: *mut nghttp2_option,
        huffman: nghttp2x_huffman,
    ) -> c_int;
    /// Says when the strings that a deflater compresses are Huffman coded, from its next header block
    /// on, like nghttp2x_option_set_huffman() does for a session. nghttp2_hd_deflate_bound() knows of
    /// it.
    ///
    /// Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such policy; then nothing changes.
    pub fn nghttp2x_hd_deflate_set_huffman(
        deflater: *mut nghttp2_hd_deflater,
        huffman: nghttp2x_huffman,
    ) -> c_int;
    /// Returns how many octets of heap a session holds: its own object; its streams, and the objects that
    /// nghttp2_session_find_stream() has given out; the tables for compressing fields; frames that wait,
    /// are being sent, or are being received. It is exactly what has been asked for and not given back,
    /// without what an allocator adds. Some of it is kept for later, up to a few kilooctets for each
    /// purpose.
    ///
    /// An ::nghttp2_rcbuf counts as long as it is in the session's table; one that a program, or a callback's
    /// argument, alone refers to does not. Nor do options, tables of callbacks, and what no-copy flags lend
    /// to the session.
    ///
    /// Nothing is counted beforehand: the time that it takes grows with the number of frames that wait, and
    /// of entries in the table; where entries share counted names, with the square of theirs (a table has
    /// some 128 entries at most unless a larger one was asked for). It may be called at any time until the
    /// session is deleted.
    pub fn nghttp2x_session_get_memory(session: *mut nghttp2_session) -> usize;
    /// Makes a set of options, all at their defaults, and stores it in option_ptr. It is not made with
    /// any session's allocator. Free it with nghttp2_option_del().
    ///
    /// Returns 0 or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_option_new(option_ptr: *mut *mut nghttp2_option) -> c_int;
    /// Frees a set of options. NULL is allowed. Sessions made with it are not concerned.
    pub fn nghttp2_option_del(option: *mut nghttp2_option);
    /// With a nonzero val, windows are not updated as data is received, but as the program says that it has
    /// consumed it, with nghttp2_session_consume() and its like. Default: 0.
    pub fn nghttp2_option_set_no_auto_window_update(option: *mut nghttp2_option, val: c_int);
    /// Assumes that the peer allows val streams until its SETTINGS come. Default: 100.
    pub fn nghttp2_option_set_peer_max_concurrent_streams(option: *mut nghttp2_option, val: u32);
    /// With a nonzero val, a server does not expect ::NGHTTP2_CLIENT_MAGIC, because the program has
    /// taken it off the input. Default: 0.
    pub fn nghttp2_option_set_no_recv_client_magic(option: *mut nghttp2_option, val: c_int);
    /// With a nonzero val, received messages are not held to the rules of HTTP (RFC 9113 section 8), for
    /// protocols other than HTTP. Default: 0.
    pub fn nghttp2_option_set_no_http_messaging(option: *mut nghttp2_option, val: c_int);
    /// Lets the server promise a client val streams without beginning the responses. Promises beyond
    /// are answered with RST_STREAM. Default: 200.
    pub fn nghttp2_option_set_max_reserved_remote_streams(option: *mut nghttp2_option, val: u32);
    /// Adds a frame `type` that the program handles itself, through
    /// ::nghttp2_unpack_extension_callback. Types below 10 are ignored. A type that the library could
    /// handle is left to the program, too.
    pub fn nghttp2_option_set_user_recv_extension_type(option: *mut nghttp2_option, type_: u8);
    /// Lets the library handle a frame `type`: ::NGHTTP2_ALTSVC, ::NGHTTP2_ORIGIN or
    /// ::NGHTTP2_PRIORITY_UPDATE. Others are ignored.
    pub fn nghttp2_option_set_builtin_recv_extension_type(option: *mut nghttp2_option, type_: u8);
    /// With a nonzero val, the program answers PING itself, with nghttp2_submit_ping(). Default: 0.
    pub fn nghttp2_option_set_no_auto_ping_ack(option: *mut nghttp2_option, val: c_int);
    /// Lets a header block that is sent have val octets. An estimate from above is compared; a frame
    /// beyond is not sent, with ::NGHTTP2_ERR_FRAME_SIZE_ERROR. Default: 65,536.
    pub fn nghttp2_option_set_max_send_header_block_length(option: *mut nghttp2_option, val: usize);
    /// Lets the table for compressing fields have val octets. Sizes above 4,096 are used only if the
    /// peer allows them. Default: 4,096.
    pub fn nghttp2_option_set_max_deflate_dynamic_table_size(
        option: *mut nghttp2_option,
        val: usize,
    );
    /// Has no effect: streams that are over are never kept, whatever val is.
    ///
    /// @deprecated There is nothing to choose any more.
    pub fn nghttp2_option_set_no_closed_streams(option: *mut nghttp2_option, val: c_int);
    /// Lets val acknowledgements of PING and SETTINGS wait to be sent. A peer that makes us queue more
    /// is cut off with ::NGHTTP2_ERR_FLOODED; with 0, by the first. Default: 1,000.
    pub fn nghttp2_option_set_max_outbound_ack(option: *mut nghttp2_option, val: usize);
    /// Lets a received SETTINGS frame have val entries. 0 is ignored. Default: 32.
    pub fn nghttp2_option_set_max_settings(option: *mut nghttp2_option, val: usize);
    /// With a nonzero val, a server that has sent NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES uses the
    /// priorities of RFC 7540 nevertheless if the client has not sent it. Default: 0.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_option_set_server_fallback_rfc7540_priorities(
        option: *mut nghttp2_option,
        val: c_int,
    );
    /// With a nonzero val, received field values may begin and end with blanks, which RFC 9113 section
    /// 8.2.1 forbids. Default: 0.
    pub fn nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(
        option: *mut nghttp2_option,
        val: c_int,
    );
    /// Lets a server accept so many RST_STREAM frames: `burst` at once, and `rate` more each second.
    /// Beyond, it sends GOAWAY and ignores new streams. Default: 1,000 and 33.
    pub fn nghttp2_option_set_stream_reset_rate_limit(
        option: *mut nghttp2_option,
        burst: u64,
        rate: u64,
    );
    /// Lets a header block need val CONTINUATION frames. A peer that uses more is cut off with
    /// ::NGHTTP2_ERR_TOO_MANY_CONTINUATIONS. 0 allows none. Default: 8.
    pub fn nghttp2_option_set_max_continuations(option: *mut nghttp2_option, val: usize);
    /// Lets the peer send so many suspicious frames: `burst` at once, and `rate` more each second.
    /// Beyond, the session is terminated with NGHTTP2_ENHANCE_YOUR_CALM. Default: 10,000 and 330.
    pub fn nghttp2_option_set_glitch_rate_limit(option: *mut nghttp2_option, burst: u64, rate: u64);
    /// Lets val frames wait to be sent that the library has queued only because of what the peer does:
    /// RST_STREAM, and acknowledgements. A peer that makes us queue more is cut off with
    /// ::NGHTTP2_ERR_FLOODED. Default: 5,000.
    pub fn nghttp2_option_set_max_outbound_queue_size(option: *mut nghttp2_option, val: usize);
    /// Fills in pri_spec, a place in the dependency tree: below stream_id, 0 being the root, with a
    /// share of `weight`, which is not checked here. `exclusive` counts as 0 or 1 (RFC 7540 section
    /// 5.3.1).
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_priority_spec_init(
        pri_spec: *mut nghttp2_priority_spec,
        stream_id: i32,
        weight: i32,
        exclusive: c_int,
    );
    /// Fills in pri_spec with the default place in the dependency tree: below the root, with weight 16
    /// (RFC 7540 section 5.3.5).
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_priority_spec_default_init(pri_spec: *mut nghttp2_priority_spec);
    /// Returns nonzero if pri_spec is the default place in the dependency tree.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_priority_spec_check_default(pri_spec: *const nghttp2_priority_spec) -> c_int;
    /// Queues PRIORITY, which gives stream_id the place pri_spec (RFC 7540 section 6.3). A weight
    /// outside its range is brought into it. Does nothing if the peer has said that it does not use
    /// these priorities. `flags` is ignored.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0, pri_spec is NULL, or the stream
    /// depends on itself; or ::NGHTTP2_ERR_NOMEM.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_submit_priority(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        pri_spec: *const nghttp2_priority_spec,
    ) -> c_int;
    /// Gives stream_id, which may be idle, the place pri_spec in our dependency tree, without telling
    /// the peer. Does nothing once NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such stream, or it depends on itself;
    /// or ::NGHTTP2_ERR_NOMEM.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_session_change_stream_priority(
        session: *mut nghttp2_session,
        stream_id: i32,
        pri_spec: *const nghttp2_priority_spec,
    ) -> c_int;
    /// Makes stream_id, an idle stream, at the place pri_spec in our dependency tree, without telling
    /// the peer, for others to depend on. Does nothing once NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was
    /// submitted with 1.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if the id has been used, or depends on itself; or
    /// ::NGHTTP2_ERR_NOMEM.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_session_create_idle_stream(
        session: *mut nghttp2_session,
        stream_id: i32,
        pri_spec: *const nghttp2_priority_spec,
    ) -> c_int;
    /// Gives the response on stream_id the priority extpri (RFC 9218 section 4). With a nonzero
    /// ignore_client_signal what the client says about it does not count from now on. An urgency above
    /// 7 counts as 7. Does nothing unless NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; ::NGHTTP2_ERR_INVALID_ARGUMENT if there is
    /// no such stream; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_session_change_extpri_stream_priority(
        session: *mut nghttp2_session,
        stream_id: i32,
        extpri: *const nghttp2_extpri,
        ignore_client_signal: c_int,
    ) -> c_int;
    /// Stores the priority of the response on stream_id in extpri, which is left alone unless
    /// NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; or ::NGHTTP2_ERR_INVALID_ARGUMENT if there
    /// is no such stream.
    pub fn nghttp2_session_get_extpri_stream_priority(
        session: *mut nghttp2_session,
        extpri: *mut nghttp2_extpri,
        stream_id: i32,
    ) -> c_int;
    /// Parses len octets of `value` as the value of a Priority field (RFC 9218 section 4), and stores
    /// what it says in extpri. What it does not mention stays, so fill in defaults first. If it cannot
    /// be parsed, extpri is left alone.
    ///
    /// Returns 0 or ::NGHTTP2_ERR_INVALID_ARGUMENT.
    pub fn nghttp2_extpri_parse_priority(
        extpri: *mut nghttp2_extpri,
        value: *const u8,
        len: usize,
    ) -> c_int;
    /// Returns nonzero if received octets should be passed to the session: while streams are open, and
    /// otherwise until GOAWAY was sent or received. It does not hold after
    /// nghttp2_session_terminate_session() once its GOAWAY was sent.
    pub fn nghttp2_session_want_read(session: *mut nghttp2_session) -> c_int;
    /// Returns nonzero if there is something to send. Data that is deferred, or blocked by a window,
    /// does not count, nor do requests that wait because of how many streams the peer allows. It may
    /// hold until sending has been tried once more, though all octets have gone out. When neither this
    /// nor nghttp2_session_want_read() holds, the connection can be closed.
    pub fn nghttp2_session_want_write(session: *mut nghttp2_session) -> c_int;
    /// Returns the pointer that was stored for stream_id; NULL if there is none, or no such stream.
    pub fn nghttp2_session_get_stream_user_data(
        session: *mut nghttp2_session,
        stream_id: i32,
    ) -> *mut c_void;
    /// Stores the pointer stream_user_data for stream_id, also if that is a request which waits to be
    /// sent. It replaces what was stored before; the library never looks at what it points to.
    ///
    /// Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such stream.
    pub fn nghttp2_session_set_stream_user_data(
        session: *mut nghttp2_session,
        stream_id: i32,
        stream_user_data: *mut c_void,
    ) -> c_int;
    /// Sets user_data, the pointer that is handed to all callbacks from now on.
    pub fn nghttp2_session_set_user_data(session: *mut nghttp2_session, user_data: *mut c_void);
    /// Returns how many frames wait to be sent. DATA does not count.
    pub fn nghttp2_session_get_outbound_queue_size(session: *mut nghttp2_session) -> usize;
    /// Returns how many octets of DATA were received on stream_id and not given back to its window yet;
    /// -1 if there is no such stream.
    pub fn nghttp2_session_get_stream_effective_recv_data_length(
        session: *mut nghttp2_session,
        stream_id: i32,
    ) -> i32;
    /// Returns the size of the window of stream_id for what the peer sends, as last set by SETTINGS,
    /// nghttp2_submit_window_update() and nghttp2_session_set_local_window_size(); -1 if there is no
    /// such stream.
    pub fn nghttp2_session_get_stream_effective_local_window_size(
        session: *mut nghttp2_session,
        stream_id: i32,
    ) -> i32;
    /// Returns how many octets the peer may still send on stream_id, 0 at least; -1 if there is no such
    /// stream.
    pub fn nghttp2_session_get_stream_local_window_size(
        session: *mut nghttp2_session,
        stream_id: i32,
    ) -> i32;
    /// Returns how many octets of DATA were received on the connection and not given back to its window yet.
    pub fn nghttp2_session_get_effective_recv_data_length(session: *mut nghttp2_session) -> i32;
    /// Returns the size of the connection's window for what the peer sends.
    pub fn nghttp2_session_get_effective_local_window_size(session: *mut nghttp2_session) -> i32;
    /// Returns how many octets the peer may still send on the connection. It is negative if the window
    /// was made smaller than what has been received already.
    pub fn nghttp2_session_get_local_window_size(session: *mut nghttp2_session) -> i32;
    /// Returns how many octets we may still send on stream_id, 0 at least, the connection's window
    /// aside; -1 if there is no such stream.
    pub fn nghttp2_session_get_stream_remote_window_size(
        session: *mut nghttp2_session,
        stream_id: i32,
    ) -> i32;
    /// Returns how many octets we may still send on the connection.
    pub fn nghttp2_session_get_remote_window_size(session: *mut nghttp2_session) -> i32;
    /// Returns 1 if we have said all on stream_id, 0 if not, and -1 if there is no such stream.
    pub fn nghttp2_session_get_stream_local_close(
        session: *mut nghttp2_session,
        stream_id: i32,
    ) -> c_int;
    /// Returns 1 if the peer has said all on stream_id, 0 if not, and -1 if there is no such stream.
    pub fn nghttp2_session_get_stream_remote_close(
        session: *mut nghttp2_session,
        stream_id: i32,
    ) -> c_int;
    /// Returns how many octets the table for decompressing received fields holds (RFC 7541 section 4.1).
    pub fn nghttp2_session_get_hd_inflate_dynamic_table_size(
        session: *mut nghttp2_session,
    ) -> usize;
    /// Returns how many octets the table for compressing sent fields holds (RFC 7541 section 4.1).
    pub fn nghttp2_session_get_hd_deflate_dynamic_table_size(
        session: *mut nghttp2_session,
    ) -> usize;
    /// Returns the parameter `id` of the peer's; before its SETTINGS have come, what is assumed (RFC
    /// 9113 section 6.5.2). 0 for one that is not known.
    pub fn nghttp2_session_get_remote_settings(
        session: *mut nghttp2_session,
        id: nghttp2_settings_id,
    ) -> u32;
    /// Returns the parameter `id` of ours, as the peer has acknowledged it last. 0 for one that is not
    /// known.
    pub fn nghttp2_session_get_local_settings(
        session: *mut nghttp2_session,
        id: nghttp2_settings_id,
    ) -> u32;
    /// Sets the id that our next stream gets to next_stream_id, which must be odd for a client and even
    /// for a server. Ids only go up.
    ///
    /// Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if it is smaller than what is next, or not for us.
    pub fn nghttp2_session_set_next_stream_id(
        session: *mut nghttp2_session,
        next_stream_id: i32,
    ) -> c_int;
    /// Returns the id that our next stream gets. Above 2^31 - 1 there will be none (RFC 9113 section
    /// 5.1.1).
    pub fn nghttp2_session_get_next_stream_id(session: *mut nghttp2_session) -> u32;
    /// Returns the id of the last stream of the peer's that callbacks were told about; 0 if there was
    /// none.
    pub fn nghttp2_session_get_last_proc_stream_id(session: *mut nghttp2_session) -> i32;
    /// Returns nonzero if a client may submit a request that can be sent: it has ids left, GOAWAY was
    /// not received, and the session is not about to end.
    pub fn nghttp2_session_check_request_allowed(session: *mut nghttp2_session) -> c_int;
    /// Returns nonzero for the server's end of a connection.
    pub fn nghttp2_session_check_server_session(session: *mut nghttp2_session) -> c_int;
    /// Counts one more reference, so that the string outlives the callback. It may outlive the session,
    /// as long as the allocator works.
    pub fn nghttp2_rcbuf_incref(rcbuf: *mut nghttp2_rcbuf);
    /// Counts one reference less, and frees the string with the last one. NULL is allowed.
    pub fn nghttp2_rcbuf_decref(rcbuf: *mut nghttp2_rcbuf);
    /// Returns where the string is and how long it is. A NUL stands behind it. It must not be changed,
    /// and is there as long as a reference to it is.
    pub fn nghttp2_rcbuf_get_buf(rcbuf: *mut nghttp2_rcbuf) -> nghttp2_vec;
    /// Returns nonzero if the string is one of the library's own, which are neither counted nor freed.
    pub fn nghttp2_rcbuf_is_static(rcbuf: *const nghttp2_rcbuf) -> c_int;
    /// Processes inlen octets at `in` that were received, calling callbacks about what they mean. They
    /// may be cut anywhere. `in` may be NULL if inlen is 0.
    ///
    /// Returns how many were processed: all, unless a callback returned ::NGHTTP2_ERR_PAUSE. Then the
    /// rest must be passed again, and even if nothing is left a call may be needed to hear of the
    /// frame's end.
    ///
    /// A negative result is fatal: ::NGHTTP2_ERR_NOMEM, ::NGHTTP2_ERR_CALLBACK_FAILURE,
    /// ::NGHTTP2_ERR_BAD_CLIENT_MAGIC, ::NGHTTP2_ERR_FLOODED or ::NGHTTP2_ERR_TOO_MANY_CONTINUATIONS.
    /// Other faults of the peer are answered by frames that the library queues.
    pub fn nghttp2_session_mem_recv2(
        session: *mut nghttp2_session,
        in_: *const u8,
        inlen: usize,
    ) -> nghttp2_ssize;
    /// Like nghttp2_session_mem_recv2().
    ///
    /// @deprecated Use nghttp2_session_mem_recv2().
    pub fn nghttp2_session_mem_recv(
        session: *mut nghttp2_session,
        in_: *const u8,
        inlen: usize,
    ) -> isize;
    /// Receives octets through ::nghttp2_recv_callback2 and processes them, until there are none. No
    /// callback may pause.
    ///
    /// Returns 0; ::NGHTTP2_ERR_EOF if the peer has closed the connection; or, which is fatal,
    /// ::NGHTTP2_ERR_NOMEM, ::NGHTTP2_ERR_CALLBACK_FAILURE, also if there is no function to receive
    /// with, ::NGHTTP2_ERR_BAD_CLIENT_MAGIC, ::NGHTTP2_ERR_FLOODED or
    /// ::NGHTTP2_ERR_TOO_MANY_CONTINUATIONS.
    pub fn nghttp2_session_recv(session: *mut nghttp2_session) -> c_int;
    /// Makes a session for the client's end, and stores it in session_ptr, which is left alone if that
    /// fails. callbacks is copied, and must not be NULL. user_data is handed to all callbacks. Free the
    /// session with nghttp2_session_del().
    ///
    /// Nothing is sent by itself except ::NGHTTP2_CLIENT_MAGIC: the program must submit SETTINGS, with
    /// nghttp2_submit_settings() (RFC 9113 section 3.4).
    ///
    /// Returns 0 or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_session_client_new(
        session_ptr: *mut *mut nghttp2_session,
        callbacks: *const nghttp2_session_callbacks,
        user_data: *mut c_void,
    ) -> c_int;
    /// Makes a session for the server's end; otherwise like nghttp2_session_client_new().
    pub fn nghttp2_session_server_new(
        session_ptr: *mut *mut nghttp2_session,
        callbacks: *const nghttp2_session_callbacks,
        user_data: *mut c_void,
    ) -> c_int;
    /// Like nghttp2_session_client_new(), with options, which are copied. `option` may be NULL.
    pub fn nghttp2_session_client_new2(
        session_ptr: *mut *mut nghttp2_session,
        callbacks: *const nghttp2_session_callbacks,
        user_data: *mut c_void,
        option: *const nghttp2_option,
    ) -> c_int;
    /// Like nghttp2_session_server_new(), with options, which are copied. `option` may be NULL.
    pub fn nghttp2_session_server_new2(
        session_ptr: *mut *mut nghttp2_session,
        callbacks: *const nghttp2_session_callbacks,
        user_data: *mut c_void,
        option: *const nghttp2_option,
    ) -> c_int;
    /// Like nghttp2_session_client_new2(), with an allocator for everything that belongs to the
    /// session. The structure is copied. `mem` may be NULL, for that of the C library.
    pub fn nghttp2_session_client_new3(
        session_ptr: *mut *mut nghttp2_session,
        callbacks: *const nghttp2_session_callbacks,
        user_data: *mut c_void,
        option: *const nghttp2_option,
        mem: *mut nghttp2_mem,
    ) -> c_int;
    /// Like nghttp2_session_server_new2(), with an allocator for everything that belongs to the
    /// session. The structure is copied. `mem` may be NULL, for that of the C library.
    pub fn nghttp2_session_server_new3(
        session_ptr: *mut *mut nghttp2_session,
        callbacks: *const nghttp2_session_callbacks,
        user_data: *mut c_void,
        option: *const nghttp2_option,
        mem: *mut nghttp2_mem,
    ) -> c_int;
    /// Deletes a session. NULL is allowed. No callback is called, whatever is still open. It must not be
    /// called from a callback of the session.
    pub fn nghttp2_session_del(session: *mut nghttp2_session);
    /// Ends the session: received octets are ignored from now on, GOAWAY with error_code, of
    /// ::nghttp2_error_code or any other, is sent (RFC 9113 section 6.8), and after it nothing. Then
    /// neither nghttp2_session_want_read() nor nghttp2_session_want_write() holds. A second call does
    /// nothing.
    ///
    /// Returns 0 or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_session_terminate_session(
        session: *mut nghttp2_session,
        error_code: u32,
    ) -> c_int;
    /// Like nghttp2_session_terminate_session(), with last_stream_id, the last stream of the peer that
    /// was, or may have been, acted upon.
    ///
    /// Returns 0, ::NGHTTP2_ERR_NOMEM, or ::NGHTTP2_ERR_INVALID_ARGUMENT if the id is one of ours.
    pub fn nghttp2_session_terminate_session2(
        session: *mut nghttp2_session,
        last_stream_id: i32,
        error_code: u32,
    ) -> c_int;
    /// Like nghttp2_session_upgrade2(), for programs that do not say whether the request was HEAD. The
    /// length of the response's content is not checked then.
    ///
    /// @deprecated Use nghttp2_session_upgrade2().
    pub fn nghttp2_session_upgrade(
        session: *mut nghttp2_session,
        settings_payload: *const u8,
        settings_payloadlen: usize,
        stream_user_data: *mut c_void,
    ) -> c_int;
    /// Says that the connection has just been upgraded from HTTP/1.1 (RFC 7540 section 3.2).
    /// settings_payload, of settings_payloadlen octets, is the value of HTTP2-Settings, decoded from
    /// base64url; head_request is nonzero if the request was HEAD. The request is on stream 1 then, for
    /// which a client stores stream_user_data. Client magic and SETTINGS must still be exchanged.
    ///
    /// Returns 0; ::NGHTTP2_ERR_PROTO if the session has been used already;
    /// ::NGHTTP2_ERR_INVALID_ARGUMENT if the payload is malformed; ::NGHTTP2_ERR_TOO_MANY_SETTINGS;
    /// ::NGHTTP2_ERR_CALLBACK_FAILURE; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_session_upgrade2(
        session: *mut nghttp2_session,
        settings_payload: *const u8,
        settings_payloadlen: usize,
        head_request: c_int,
        stream_user_data: *mut c_void,
    ) -> c_int;
    /// Returns the object of the stream stream_id, which may be idle; that of the dependency tree's
    /// root if it is 0; or NULL if there is no such stream, or no memory for its object. It belongs to
    /// the session, and is valid until the stream is over.
    pub fn nghttp2_session_find_stream(
        session: *mut nghttp2_session,
        stream_id: i32,
    ) -> *mut nghttp2_stream;
    /// Returns the state of a stream (RFC 9113 section 5.1). That of the root is
    /// ::NGHTTP2_STREAM_STATE_IDLE.
    pub fn nghttp2_stream_get_state(stream: *mut nghttp2_stream) -> nghttp2_stream_proto_state;
    /// Returns the root of the dependency tree (RFC 7540 section 5.3.1).
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_session_get_root_stream(session: *mut nghttp2_session) -> *mut nghttp2_stream;
    /// Returns the stream that a stream depends on; NULL for the root, and for streams outside the tree.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_stream_get_parent(stream: *mut nghttp2_stream) -> *mut nghttp2_stream;
    /// Returns the id of a stream.
    pub fn nghttp2_stream_get_stream_id(stream: *mut nghttp2_stream) -> i32;
    /// Returns the next one of the streams that depend on the same; NULL if it is the last.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_stream_get_next_sibling(stream: *mut nghttp2_stream) -> *mut nghttp2_stream;
    /// Returns the previous one of the streams that depend on the same; NULL if it is the first.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_stream_get_previous_sibling(stream: *mut nghttp2_stream) -> *mut nghttp2_stream;
    /// Returns the first one of the streams that depend on a stream; NULL if there is none.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_stream_get_first_child(stream: *mut nghttp2_stream) -> *mut nghttp2_stream;
    /// Returns the weight of a stream, ::NGHTTP2_MIN_WEIGHT to ::NGHTTP2_MAX_WEIGHT.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_stream_get_weight(stream: *mut nghttp2_stream) -> i32;
    /// Returns the sum of the weights of the streams that depend on a stream.
    ///
    /// @deprecated The priorities of RFC 7540 are deprecated.
    pub fn nghttp2_stream_get_sum_dependency_weight(stream: *mut nghttp2_stream) -> i32;
    /// Queues a request of nvlen fields in nva, which are copied (RFC 9113 section 8.3.1).
    /// Pseudo-header fields come first; what the fields say is not checked. The content is read through
    /// data_prd once the request was sent; NULL, or a provider without a function, stands for no
    /// content. The provider is copied. The place in the dependency tree is pri_spec, or the default if
    /// that is NULL. stream_user_data can be had through nghttp2_session_get_stream_user_data() as soon
    /// as the request is being sent.
    ///
    /// Requests beyond what the peer allows wait.
    ///
    /// Returns the id of the stream; ::NGHTTP2_ERR_PROTO for a server; ::NGHTTP2_ERR_INVALID_ARGUMENT
    /// if the stream depends on itself; ::NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE when all ids are spent;
    /// or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_request2(
        session: *mut nghttp2_session,
        pri_spec: *const nghttp2_priority_spec,
        nva: *const nghttp2_nv,
        nvlen: usize,
        data_prd: *const nghttp2_data_provider2,
        stream_user_data: *mut c_void,
    ) -> i32;
    /// Like nghttp2_submit_request2().
    ///
    /// @deprecated Use nghttp2_submit_request2().
    pub fn nghttp2_submit_request(
        session: *mut nghttp2_session,
        pri_spec: *const nghttp2_priority_spec,
        nva: *const nghttp2_nv,
        nvlen: usize,
        data_prd: *const nghttp2_data_provider,
        stream_user_data: *mut c_void,
    ) -> i32;
    /// Queues a response on stream_id, of nvlen fields in nva, which are copied (RFC 9113 section
    /// 8.3.2). The content is read through data_prd once the response was sent; NULL, or a provider
    /// without a function, stands for no content. The provider is copied. Whether there is such a
    /// stream is found out when it is to be sent.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is not positive; ::NGHTTP2_ERR_PROTO for
    /// a client; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_response2(
        session: *mut nghttp2_session,
        stream_id: i32,
        nva: *const nghttp2_nv,
        nvlen: usize,
        data_prd: *const nghttp2_data_provider2,
    ) -> c_int;
    /// Like nghttp2_submit_response2().
    ///
    /// @deprecated Use nghttp2_submit_response2().
    pub fn nghttp2_submit_response(
        session: *mut nghttp2_session,
        stream_id: i32,
        nva: *const nghttp2_nv,
        nvlen: usize,
        data_prd: *const nghttp2_data_provider,
    ) -> c_int;
    /// Queues trailers of nvlen fields in nva, which are copied (RFC 9113 section 8.1). They end the
    /// stream stream_id. Submit them from the read callback that sets ::NGHTTP2_DATA_FLAG_EOF and
    /// ::NGHTTP2_DATA_FLAG_NO_END_STREAM, or later: earlier they cut the content off.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is not positive; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_trailer(
        session: *mut nghttp2_session,
        stream_id: i32,
        nva: *const nghttp2_nv,
        nvlen: usize,
    ) -> c_int;
    /// Queues HEADERS of nvlen fields in nva, which are copied (RFC 9113 section 6.2). With stream_id
    /// -1 they are a request, and content can be submitted with nghttp2_submit_data2() later; otherwise
    /// an interim or final response, or trailers. Of `flags` only ::NGHTTP2_FLAG_END_STREAM counts.
    /// pri_spec and stream_user_data are as for nghttp2_submit_request2().
    ///
    /// Returns the id of the new stream, or 0 for one that is there; ::NGHTTP2_ERR_PROTO for a request
    /// by a server; ::NGHTTP2_ERR_INVALID_ARGUMENT for another id that is not positive, or if the
    /// stream depends on itself; ::NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE when all ids are spent; or
    /// ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_headers(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        pri_spec: *const nghttp2_priority_spec,
        nva: *const nghttp2_nv,
        nvlen: usize,
        stream_user_data: *mut c_void,
    ) -> i32;
    /// Queues DATA for stream_id (RFC 9113 section 6.1), read through data_prd, which is copied.
    /// `flags` may have ::NGHTTP2_FLAG_END_STREAM; then the end of the data ends the stream. Only one
    /// provider serves a stream at a time.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0 or the provider has no function;
    /// ::NGHTTP2_ERR_STREAM_CLOSED if there is no such stream; ::NGHTTP2_ERR_DATA_EXIST if it has a
    /// provider; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_data2(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        data_prd: *const nghttp2_data_provider2,
    ) -> c_int;
    /// Like nghttp2_submit_data2().
    ///
    /// @deprecated Use nghttp2_submit_data2().
    pub fn nghttp2_submit_data(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        data_prd: *const nghttp2_data_provider,
    ) -> c_int;
    /// Says that data for stream_id can be read again after a read callback has returned
    /// ::NGHTTP2_ERR_DEFERRED.
    ///
    /// Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if nothing was deferred.
    pub fn nghttp2_session_resume_data(session: *mut nghttp2_session, stream_id: i32) -> c_int;
    /// Queues RST_STREAM with error_code for stream_id (RFC 9113 section 6.4). A request that was not
    /// sent yet is taken back instead. For a stream that is over nothing is done. `flags` is ignored.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_rst_stream(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        error_code: u32,
    ) -> c_int;
    /// Queues PUSH_PROMISE for the request of nvlen fields in nva, which are copied, on the client's
    /// stream stream_id (RFC 9113 section 8.4). promised_stream_user_data is stored for the promised
    /// stream. The response is submitted with nghttp2_submit_response2() for the returned id. `flags`
    /// is ignored.
    ///
    /// Returns the id of the promised stream; ::NGHTTP2_ERR_PROTO for a client;
    /// ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is not that of a client's stream;
    /// ::NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE when all ids are spent; ::NGHTTP2_ERR_STREAM_CLOSED if
    /// that stream is not there; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_push_promise(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        nva: *const nghttp2_nv,
        nvlen: usize,
        promised_stream_user_data: *mut c_void,
    ) -> i32;
    /// Queues SETTINGS with niv parameters in iv, which are copied (RFC 9113 section 6.5). Most come
    /// into force when the peer has acknowledged them. Acknowledgements of the peer's are sent by the
    /// library. `flags` is ignored.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT for a value that is not allowed, or if
    /// NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES differs from what was said first; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_settings(
        session: *mut nghttp2_session,
        flags: u8,
        iv: *const nghttp2_settings_entry,
        niv: usize,
    ) -> c_int;
    /// Queues PING with 8 octets of opaque_data, which are copied, or zeros if that is NULL (RFC 9113
    /// section 6.7). With ::NGHTTP2_FLAG_ACK in `flags` it is an answer, for programs that have set
    /// nghttp2_option_set_no_auto_ping_ack().
    ///
    /// Returns 0; ::NGHTTP2_ERR_FLOODED if too many answers wait; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_ping(
        session: *mut nghttp2_session,
        flags: u8,
        opaque_data: *const u8,
    ) -> c_int;
    /// Queues GOAWAY with error_code and opaque_data_len octets of opaque_data, which are copied (RFC
    /// 9113 section 6.8). Streams of the peer up to last_stream_id go on; later ones are closed, and
    /// new ones ignored, when it was sent. `flags` is ignored. After
    /// nghttp2_session_terminate_session() nothing is queued, and the result is 0.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if last_stream_id is one of ours, or the frame would
    /// be too long; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_goaway(
        session: *mut nghttp2_session,
        flags: u8,
        last_stream_id: i32,
        error_code: u32,
        opaque_data: *const u8,
        opaque_data_len: usize,
    ) -> c_int;
    /// Queues a GOAWAY that announces another one (RFC 9113 section 6.8): the client should make no new
    /// requests, but those on their way are still served. After a while, submit the other one with
    /// nghttp2_submit_goaway(). Does nothing if any GOAWAY was submitted, sent or received before.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_shutdown_notice(session: *mut nghttp2_session) -> c_int;
    /// Gives the peer window_size_increment octets on stream_id, or on the connection if that is 0,
    /// with WINDOW_UPDATE (RFC 9113 section 6.9). A negative number takes so many away, by withholding
    /// later updates. 0, and streams that are not there, are ignored, as is `flags`.
    ///
    /// Returns 0; ::NGHTTP2_ERR_FLOW_CONTROL if the window would become too large or too small; or
    /// ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_window_update(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        window_size_increment: i32,
    ) -> c_int;
    /// Makes window_size octets the size of the window for what the peer sends on stream_id, or on the
    /// connection if that is 0. A larger one is announced with WINDOW_UPDATE, a smaller one is brought
    /// about by withholding updates. Streams that are not there are ignored, as is `flags`.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if window_size is negative; ::NGHTTP2_ERR_FLOW_CONTROL
    /// if what is left of the window would leave its range; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_session_set_local_window_size(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        window_size: i32,
    ) -> c_int;
    /// Says that `size` octets of the data on stream_id have been consumed, for sessions made with
    /// nghttp2_option_set_no_auto_window_update(). Windows are updated when half of them has been
    /// consumed. For a stream that is over, the connection's window gets its part all the same.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0; ::NGHTTP2_ERR_INVALID_STATE without
    /// that option; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_session_consume(
        session: *mut nghttp2_session,
        stream_id: i32,
        size: usize,
    ) -> c_int;
    /// Like nghttp2_session_consume(), for the connection's window only.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_STATE without the option; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_session_consume_connection(session: *mut nghttp2_session, size: usize) -> c_int;
    /// Like nghttp2_session_consume(), for the stream's window only. A stream that is over is ignored.
    pub fn nghttp2_session_consume_stream(
        session: *mut nghttp2_session,
        stream_id: i32,
        size: usize,
    ) -> c_int;
    /// Queues a frame of a `type` above 9, with these `flags`, on stream_id.
    /// ::nghttp2_pack_extension_callback2 writes its payload; there it finds `payload`, which is not
    /// copied, in frame->ext.payload.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT for another type; ::NGHTTP2_ERR_INVALID_STATE without
    /// that callback; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_extension(
        session: *mut nghttp2_session,
        type_: u8,
        flags: u8,
        stream_id: i32,
        payload: *mut c_void,
    ) -> c_int;
    /// Queues ALTSVC (RFC 7838 section 4) from a server: with stream_id 0 for `origin`, which has
    /// origin_len octets; on another stream for the origin of that stream, and then with an empty one.
    /// field_value, of field_value_len octets, is the value of Alt-Svc. Both texts are copied. `flags`
    /// is ignored.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; ::NGHTTP2_ERR_INVALID_ARGUMENT if the frame
    /// would be too long, or stream and origin do not fit; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_altsvc(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        origin: *const u8,
        origin_len: usize,
        field_value: *const u8,
        field_value_len: usize,
    ) -> c_int;
    /// Queues ORIGIN (RFC 8336 section 2) from a server, with nov origins in ov, which are copied.
    /// `flags` is ignored.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; ::NGHTTP2_ERR_INVALID_ARGUMENT if the frame
    /// would be too long; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_origin(
        session: *mut nghttp2_session,
        flags: u8,
        ov: *const nghttp2_origin_entry,
        nov: usize,
    ) -> c_int;
    /// Queues PRIORITY_UPDATE (RFC 9218 section 7.1) from a client, with field_value, a value of
    /// field_value_len octets for the Priority field of the request on stream_id, which is copied and
    /// not checked. Does nothing if the server uses the priorities of RFC 7540. `flags` is ignored.
    ///
    /// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a server; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id
    /// is 0, or the frame would be too long; or ::NGHTTP2_ERR_NOMEM.
    pub fn nghttp2_submit_priority_update(
        session: *mut nghttp2_session,
        flags: u8,
        stream_id: i32,
        field_value: *const u8,
        field_value_len: usize,
    ) -> c_int;
    /// Gives out octets to be sent: data_ptr is set to where they are. They are the library's, and
    /// valid until the next call that sends. All of them must be sent; callbacks have been told so
    /// already. Call it until it returns 0.
    ///
    /// Returns how many octets there are. 0 means that there is nothing to send now; then data_ptr is
    /// set to NULL. So it is when a callback that sending has caused asks: it must return first.
    ///
    /// A negative result is fatal: ::NGHTTP2_ERR_NOMEM or ::NGHTTP2_ERR_CALLBACK_FAILURE.
    pub fn nghttp2_session_mem_send2(
        session: *mut nghttp2_session,
        data_ptr: *mut *const u8,
    ) -> nghttp2_ssize;
    /// Like nghttp2_session_mem_send2().
    ///
    /// @deprecated Use nghttp2_session_mem_send2().
    pub fn nghttp2_session_mem_send(
        session: *mut nghttp2_session,
        data_ptr: *mut *const u8,
    ) -> isize;
    /// Sends through ::nghttp2_send_callback2 until there is nothing left, or that would block. From a
    /// callback that sending has caused, it does nothing: all goes out when that has returned.
    ///
    /// Returns 0, ::NGHTTP2_ERR_NOMEM or ::NGHTTP2_ERR_CALLBACK_FAILURE.
    pub fn nghttp2_session_send(session: *mut nghttp2_session) -> c_int;
    /// Returns what this library is; NULL if it is older than least_version, a number like
    /// ::NGHTTP2_VERSION_NUM, or 0 for any. The structure must not be changed, and is never freed.
    pub fn nghttp2_version(least_version: c_int) -> *mut nghttp2_info;
    /// Returns nonzero if after lib_error_code a session can only be deleted: if it is below
    /// ::NGHTTP2_ERR_FATAL.
    pub fn nghttp2_is_fatal(lib_error_code: c_int) -> c_int;
    /// Returns a text for lib_error_code, of ::nghttp2_error. It is never NULL, and never freed.
    pub fn nghttp2_strerror(lib_error_code: c_int) -> *const c_char;
    /// Returns the name of error_code, of ::nghttp2_error_code; `unknown` for others. It is never NULL,
    /// and never freed.
    pub fn nghttp2_http2_strerror(error_code: u32) -> *const c_char;
    /// Compares the names of two fields octet by octet.
    ///
    /// Returns a number below, equal to or above 0 as that of lhs is smaller than, equal to or larger
    /// than that of rhs, like memcmp(3). Of two names of which one begins with the other, the shorter
    /// one is smaller.
    pub fn nghttp2_nv_compare_name(lhs: *const nghttp2_nv, rhs: *const nghttp2_nv) -> c_int;
    /// Chooses a protocol for TLS (RFC 7301 section 3.2): from the client's list of inlen octets in
    /// `in`, each entry with its length in front.
    ///
    /// Returns 1 if there is `h2`; 0 if not, but `http/1.1`; and otherwise -1. `out` and outlen are set
    /// to the entry that was chosen, which is in the list; with -1 they are left alone.
    pub fn nghttp2_select_alpn(
        out: *mut *const c_uchar,
        outlen: *mut c_uchar,
        in_: *const c_uchar,
        inlen: c_uint,
    ) -> c_int;
    /// Like nghttp2_select_alpn().
    ///
    /// @deprecated Use nghttp2_select_alpn().
    pub fn nghttp2_select_next_protocol(
        out: *mut *mut c_uchar,
        outlen: *mut c_uchar,
        in_: *const c_uchar,
        inlen: c_uint,
    ) -> c_int;
    /// Writes niv parameters in iv to buf, which has room for buflen octets, as the payload of
    /// SETTINGS, which HTTP2-Settings carries in base64url when a connection is upgraded from HTTP/1.1
    /// (RFC 7540 section 3.2.1).
    ///
    /// Returns how many octets that are; ::NGHTTP2_ERR_INVALID_ARGUMENT for a value that is not
    /// allowed; or ::NGHTTP2_ERR_INSUFF_BUFSIZE if buflen is below 6 for each parameter.
    pub fn nghttp2_pack_settings_payload2(
        buf: *mut u8,
        buflen: usize,
        iv: *const nghttp2_settings_entry,
        niv: usize,
    ) -> nghttp2_ssize;
    /// Like nghttp2_pack_settings_payload2().
    ///
    /// @deprecated Use nghttp2_pack_settings_payload2().
    pub fn nghttp2_pack_settings_payload(
        buf: *mut u8,
        buflen: usize,
        iv: *const nghttp2_settings_entry,
        niv: usize,
    ) -> isize;
    /// Returns nonzero if `name`, of len octets, is the name of a field in lower case (RFC 9113 section
    /// 8.2.1). One colon in front is allowed.
    pub fn nghttp2_check_header_name(name: *const u8, len: usize) -> c_int;
    /// Returns nonzero if `value`, of len octets, is the value of a field, with blanks at its ends or
    /// without.
    pub fn nghttp2_check_header_value(value: *const u8, len: usize) -> c_int;
    /// Returns nonzero if `value`, of len octets, is the value of a field without blanks at its ends
    /// (RFC 9113 section 8.2.1).
    pub fn nghttp2_check_header_value_rfc9113(value: *const u8, len: usize) -> c_int;
    /// Returns nonzero if `value`, of len octets, is a method (RFC 9110 section 9.1).
    pub fn nghttp2_check_method(value: *const u8, len: usize) -> c_int;
    /// Returns nonzero if `value`, of len octets, may be the value of :path. Only its octets are looked
    /// at.
    pub fn nghttp2_check_path(value: *const u8, len: usize) -> c_int;
    /// Returns nonzero if `value`, of len octets, may be an authority. Only its octets are looked at.
    pub fn nghttp2_check_authority(value: *const u8, len: usize) -> c_int;
    /// Does nothing, whatever debug_vprintf_callback is: this library prints no debug output. The
    /// function is here for programs that set one where others do.
    pub fn nghttp2_set_debug_vprintf_callback(
        debug_vprintf_callback: nghttp2_debug_vprintf_callback,
    );
}
/// The same bit, in SETTINGS and PING.
pub const NGHTTP2_FLAG_ACK: nghttp2_flag = NGHTTP2_FLAG_END_STREAM;
