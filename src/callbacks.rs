//! The types of all functions that a program hands in.
#![allow(non_camel_case_types)]

use core::ffi::{c_char, c_int, c_void};

use crate::rcbuf::nghttp2_rcbuf;
use crate::session::nghttp2_session;
use crate::types::{nghttp2_data_source, nghttp2_frame, nghttp2_frame_hd, nghttp2_ssize};

/// Stands for the list of arguments in C, which is only passed on.
pub type va_list = *mut c_void;

/// Reads data to send, like ::nghttp2_data_source_read_callback2, which new programs use.
#[cfg(not(nghttp2_no_ssize_t))]
pub type nghttp2_data_source_read_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        stream_id: i32,
        buf: *mut u8,
        length: usize,
        data_flags: *mut u32,
        source: *mut nghttp2_data_source,
        user_data: *mut c_void,
    ) -> libc::ssize_t,
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
#[cfg(not(nghttp2_no_ssize_t))]
pub type nghttp2_send_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        data: *const u8,
        length: usize,
        flags: c_int,
        user_data: *mut c_void,
    ) -> libc::ssize_t,
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
#[cfg(not(nghttp2_no_ssize_t))]
pub type nghttp2_recv_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        buf: *mut u8,
        length: usize,
        flags: c_int,
        user_data: *mut c_void,
    ) -> libc::ssize_t,
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
#[cfg(not(nghttp2_no_ssize_t))]
pub type nghttp2_select_padding_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        max_payloadlen: usize,
        user_data: *mut c_void,
    ) -> libc::ssize_t,
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
#[cfg(not(nghttp2_no_ssize_t))]
pub type nghttp2_data_source_read_length_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame_type: u8,
        stream_id: i32,
        session_remote_window_size: i32,
        stream_remote_window_size: i32,
        remote_max_frame_size: u32,
        user_data: *mut c_void,
    ) -> libc::ssize_t,
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
#[cfg(not(nghttp2_no_ssize_t))]
pub type nghttp2_pack_extension_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        buf: *mut u8,
        len: usize,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> libc::ssize_t,
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
