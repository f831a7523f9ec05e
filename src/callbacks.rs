//! The types of all functions that a program hands in.
#![allow(non_camel_case_types)]

use core::ffi::{c_char, c_int, c_void};

use crate::rcbuf::nghttp2_rcbuf;
use crate::session::nghttp2_session;
use crate::types::{nghttp2_data_source, nghttp2_frame, nghttp2_frame_hd, nghttp2_ssize};

/// Stands for the list of arguments in C, which is only passed on.
pub type va_list = *mut c_void;

/// Reads data to send. See ::nghttp2_data_source_read_callback2, which new programs use.
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

/// Reads at most length octets of a stream's data into buf, and returns how many. It sets flags of
/// ::nghttp2_data_flag in data_flags. It may change what source holds.
///
/// Instead of a number it may return ::NGHTTP2_ERR_DEFERRED, when there is no data until
/// nghttp2_session_resume_data() is called; ::NGHTTP2_ERR_PAUSE, which makes nghttp2_session_mem_send2()
/// and nghttp2_session_send() return, and is asked again by the next call;
/// ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, which resets the stream; or
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

/// Sends octets. See ::nghttp2_send_callback2, which new programs use.
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

/// Sends at most length octets for nghttp2_session_send(), and returns how many were sent;
/// ::NGHTTP2_ERR_WOULDBLOCK if none can be sent now; or ::NGHTTP2_ERR_CALLBACK_FAILURE, which is
/// fatal. flags is always 0.
pub type nghttp2_send_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        data: *const u8,
        length: usize,
        flags: c_int,
        user_data: *mut c_void,
    ) -> nghttp2_ssize,
>;

/// Sends a DATA frame whose octets the program has, after a read callback has set
/// ::NGHTTP2_DATA_FLAG_NO_COPY. To be sent are: the 9 octets of framehd; one octet with the value
/// frame->data.padlen - 1 if padlen is above 0; length octets of data; padlen - 1 zero octets.
///
/// Returns 0 when all was sent; ::NGHTTP2_ERR_WOULDBLOCK when nothing was, to be called again later;
/// ::NGHTTP2_ERR_PAUSE when all was sent and the library shall return;
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

/// Receives octets. See ::nghttp2_recv_callback2, which new programs use.
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

/// Receives at most length octets into buf for nghttp2_session_recv(), and returns how many;
/// ::NGHTTP2_ERR_WOULDBLOCK if there are none now; ::NGHTTP2_ERR_EOF if there will be none; or
/// ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal. flags is always 0.
pub type nghttp2_recv_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        buf: *mut u8,
        length: usize,
        flags: c_int,
        user_data: *mut c_void,
    ) -> nghttp2_ssize,
>;

/// A frame was received, with everything that belongs to it. What frame refers to ends with the call.
/// Anything but 0 is fatal.
pub type nghttp2_on_frame_recv_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// A received frame is in error; what the library does about it follows by itself. Anything but 0 is
/// fatal.
pub type nghttp2_on_invalid_frame_recv_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        lib_error_code: c_int,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// A piece of a message's content was received. data points to the program's own input.
///
/// ::NGHTTP2_ERR_PAUSE makes nghttp2_session_mem_recv2() return; the next call goes on behind this
/// piece. ::NGHTTP2_ERR_CALLBACK_FAILURE is fatal.
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

/// A frame other than DATA is about to be sent. ::NGHTTP2_ERR_CANCEL drops it; anything else but 0 is
/// fatal.
pub type nghttp2_before_frame_send_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// A frame was sent, CONTINUATION frames included. Anything but 0 is fatal.
pub type nghttp2_on_frame_send_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// A frame other than DATA that was submitted cannot be sent, for the reason lib_error_code. Anything
/// but 0 is fatal.
pub type nghttp2_on_frame_not_send_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        lib_error_code: c_int,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// A stream is over. It can still be asked about, and its user data be had, until the call returns.
/// Each stream that was opened or promised is told once. Anything but 0 is fatal.
pub type nghttp2_on_stream_close_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        stream_id: i32,
        error_code: u32,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// A header block begins. ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE resets the stream it is for;
/// anything else but 0 is fatal.
pub type nghttp2_on_begin_headers_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// One field of a header block. A NUL stands behind name and value; both end with the call. flags is
/// of ::nghttp2_nv_flag.
///
/// ::NGHTTP2_ERR_PAUSE makes nghttp2_session_mem_recv2() return; the next call goes on behind this
/// field. ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE resets the stream. Anything else but 0 is fatal.
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

/// Like ::nghttp2_on_header_callback, but name and value are counted: the program may keep them after
/// nghttp2_rcbuf_incref().
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

/// Like ::nghttp2_on_invalid_header_callback, but name and value are counted.
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

/// Chooses padding. See ::nghttp2_select_padding_callback2, which new programs use.
#[cfg(not(nghttp2_no_ssize_t))]
pub type nghttp2_select_padding_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        max_payloadlen: usize,
        user_data: *mut c_void,
    ) -> libc::ssize_t,
>;

/// Chooses the length that the payload of a HEADERS, PUSH_PROMISE or DATA frame gets by padding:
/// frame->hd.length, for none, up to max_payloadlen octets. Any other result is fatal.
pub type nghttp2_select_padding_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        frame: *const nghttp2_frame,
        max_payloadlen: usize,
        user_data: *mut c_void,
    ) -> nghttp2_ssize,
>;

/// Chooses how much data to read. See ::nghttp2_data_source_read_length_callback2, which new programs
/// use.
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

/// Chooses how many octets may be read for the next DATA frame. The result is brought down to what
/// the windows and the peer's SETTINGS_MAX_FRAME_SIZE allow; 0 and less is fatal.
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

/// A frame header was received, of a frame that is not going to be ignored. Anything but 0 is fatal.
pub type nghttp2_on_begin_frame_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        hd: *const nghttp2_frame_hd,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// A piece of the payload of an extension frame was received. ::NGHTTP2_ERR_CANCEL ignores the rest
/// of the frame; anything else but 0 is fatal.
pub type nghttp2_on_extension_chunk_recv_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        hd: *const nghttp2_frame_hd,
        data: *const u8,
        len: usize,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// An extension frame was received as a whole. What is stored in payload is what
/// ::nghttp2_on_frame_recv_callback finds in frame->ext.payload; the library does not free it.
/// ::NGHTTP2_ERR_CANCEL drops the frame; anything else but 0 is fatal.
pub type nghttp2_unpack_extension_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        payload: *mut *mut c_void,
        hd: *const nghttp2_frame_hd,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// Writes the payload of an extension frame. See ::nghttp2_pack_extension_callback2, which new
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

/// Writes at most len octets, the payload of an extension frame, to buf, and returns how many.
/// ::NGHTTP2_ERR_CANCEL drops the frame; any other negative number is fatal.
pub type nghttp2_pack_extension_callback2 = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        buf: *mut u8,
        len: usize,
        frame: *const nghttp2_frame,
        user_data: *mut c_void,
    ) -> nghttp2_ssize,
>;

/// A text for people. See ::nghttp2_error_callback2, which new programs use.
pub type nghttp2_error_callback = Option<
    unsafe extern "C" fn(
        session: *mut nghttp2_session,
        msg: *const c_char,
        len: usize,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// A text for people about what the peer does wrong. It has len octets, and a NUL behind them.
/// Anything but 0 is fatal.
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

/// Prints debug output of the library.
pub type nghttp2_debug_vprintf_callback =
    Option<unsafe extern "C" fn(format: *const c_char, args: va_list)>;
