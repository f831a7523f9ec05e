//! The table of callbacks, and the exported functions that make, fill and free one.

use core::ffi::c_int;
use core::ptr::NonNull;

use nghttp2_engine::mem::{Box, Mem};
use nghttp2_engine::session::Interest;

use crate::callbacks::*;
use crate::door::status;

/// A table of callbacks. Sessions copy it when they are created.
///
/// Each callback gets the session that calls it, and as user_data the pointer that was given when
/// the session was made, or to nghttp2_session_set_user_data(). Frames, fields and other things
/// that its arguments point to are the library's, and end with the call unless something else is
/// said. It may submit frames and ask the session, but it must neither delete the session nor make
/// it receive.
#[derive(Clone, Copy, Default)]
pub struct nghttp2_session_callbacks {
    pub(crate) send: nghttp2_send_callback2,
    pub(crate) send_v1: nghttp2_send_callback,
    pub(crate) recv: nghttp2_recv_callback2,
    pub(crate) recv_v1: nghttp2_recv_callback,
    pub(crate) on_frame_recv: nghttp2_on_frame_recv_callback,
    pub(crate) on_invalid_frame_recv: nghttp2_on_invalid_frame_recv_callback,
    pub(crate) on_data_chunk_recv: nghttp2_on_data_chunk_recv_callback,
    pub(crate) before_frame_send: nghttp2_before_frame_send_callback,
    pub(crate) on_frame_send: nghttp2_on_frame_send_callback,
    pub(crate) on_frame_not_send: nghttp2_on_frame_not_send_callback,
    pub(crate) on_stream_close: nghttp2_on_stream_close_callback,
    pub(crate) on_begin_headers: nghttp2_on_begin_headers_callback,
    pub(crate) on_header: nghttp2_on_header_callback,
    pub(crate) on_header_counted: nghttp2_on_header_callback2,
    pub(crate) on_invalid_header: nghttp2_on_invalid_header_callback,
    pub(crate) on_invalid_header_counted: nghttp2_on_invalid_header_callback2,
    pub(crate) select_padding: nghttp2_select_padding_callback2,
    pub(crate) select_padding_v1: nghttp2_select_padding_callback,
    pub(crate) read_length: nghttp2_data_source_read_length_callback2,
    pub(crate) read_length_v1: nghttp2_data_source_read_length_callback,
    pub(crate) on_begin_frame: nghttp2_on_begin_frame_callback,
    pub(crate) send_data: nghttp2_send_data_callback,
    pub(crate) pack_extension: nghttp2_pack_extension_callback2,
    pub(crate) pack_extension_v1: nghttp2_pack_extension_callback,
    pub(crate) unpack_extension: nghttp2_unpack_extension_callback,
    pub(crate) on_extension_chunk_recv: nghttp2_on_extension_chunk_recv_callback,
    pub(crate) error: nghttp2_error_callback2,
    pub(crate) error_v1: nghttp2_error_callback,
    pub(crate) rand: nghttp2_rand_callback,
}

impl nghttp2_session_callbacks {
    /// What the program wants to hear of.
    pub(crate) fn interest(&self) -> Interest {
        let header = self.on_header.is_some() || self.on_header_counted.is_some();
        let invalid_header =
            self.on_invalid_header.is_some() || self.on_invalid_header_counted.is_some();
        let wanted = [
            (self.on_begin_frame.is_some(), Interest::FRAME_BEGIN),
            // Field callbacks see the frame that this brings.
            (self.on_begin_headers.is_some() || header || invalid_header, Interest::HEADERS_BEGIN),
            (header, Interest::HEADER),
            (invalid_header, Interest::INVALID_HEADER),
            (self.on_data_chunk_recv.is_some(), Interest::DATA),
            (self.on_extension_chunk_recv.is_some(), Interest::EXTENSION_DATA),
            (self.unpack_extension.is_some(), Interest::EXTENSION_END),
            (self.on_frame_recv.is_some(), Interest::FRAME),
            (self.on_invalid_frame_recv.is_some(), Interest::INVALID_FRAME),
            (self.on_stream_close.is_some(), Interest::STREAM_CLOSED),
            (self.error.is_some() || self.error_v1.is_some(), Interest::DIAGNOSTIC),
            (self.select_padding.or(self.select_padding_v1).is_some(), Interest::PADDING),
            (self.read_length.or(self.read_length_v1).is_some(), Interest::READ_LENGTH),
            (self.pack_extension.or(self.pack_extension_v1).is_some(), Interest::EXTENSION),
            (self.before_frame_send.is_some(), Interest::PROCEED),
            (self.on_frame_send.is_some(), Interest::FRAME_SENT),
            (self.on_frame_not_send.is_some(), Interest::FRAME_NOT_SENT),
            (self.send_data.is_some(), Interest::SEND_DATA),
        ];
        wanted.into_iter().fold(
            Interest::NONE,
            |interest, (wanted, one)| {
                if wanted { interest.with(one) } else { interest }
            },
        )
    }
}

/// Makes an empty table and stores it in callbacks_ptr. It is not made with any session's
/// allocator. Fill it with the functions whose names begin like this one, hand it to
/// nghttp2_session_client_new() or nghttp2_session_server_new(), and free it with
/// nghttp2_session_callbacks_del(). A function that is NULL is not called.
///
/// Returns 0 or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_new(
    callbacks_ptr: *mut *mut nghttp2_session_callbacks,
) -> c_int {
    let made = Box::new(nghttp2_session_callbacks::default(), Mem::system());
    // SAFETY: the pointer is the program's, for this.
    status(made.map(|table| unsafe { *callbacks_ptr = table.into_raw().as_ptr() }))
}

/// Frees a table. NULL is allowed. Sessions made with it are not concerned.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_del(callbacks: *mut nghttp2_session_callbacks) {
    if let Some(callbacks) = NonNull::new(callbacks) {
        // SAFETY: nghttp2_session_callbacks_new() made it so.
        drop(unsafe { Box::from_raw(callbacks, Mem::system()) });
    }
}

/// Sets an ::nghttp2_send_callback, with which nghttp2_session_send() sends.
///
/// @deprecated Use nghttp2_session_callbacks_set_send_callback2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_send_callback(
    cbs: *mut nghttp2_session_callbacks,
    send_callback: nghttp2_send_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).send_v1 = send_callback };
}

/// Sets an ::nghttp2_send_callback2, with which nghttp2_session_send() sends. It comes before that
/// of nghttp2_session_callbacks_set_send_callback(). Programs that use nghttp2_session_mem_send2()
/// need none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_send_callback2(
    cbs: *mut nghttp2_session_callbacks,
    send_callback: nghttp2_send_callback2,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).send = send_callback };
}

/// Sets an ::nghttp2_recv_callback, with which nghttp2_session_recv() receives.
///
/// @deprecated Use nghttp2_session_callbacks_set_recv_callback2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_recv_callback(
    cbs: *mut nghttp2_session_callbacks,
    recv_callback: nghttp2_recv_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).recv_v1 = recv_callback };
}

/// Sets an ::nghttp2_recv_callback2, with which nghttp2_session_recv() receives. It comes before
/// that of nghttp2_session_callbacks_set_recv_callback(). Programs that use
/// nghttp2_session_mem_recv2() need none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_recv_callback2(
    cbs: *mut nghttp2_session_callbacks,
    recv_callback: nghttp2_recv_callback2,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).recv = recv_callback };
}

/// Sets an ::nghttp2_on_frame_recv_callback, which is called when a frame was received.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_frame_recv_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_frame_recv_callback: nghttp2_on_frame_recv_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_frame_recv = on_frame_recv_callback };
}

/// Sets an ::nghttp2_on_invalid_frame_recv_callback, which is called when a received frame is in
/// error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_invalid_frame_recv_callback: nghttp2_on_invalid_frame_recv_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_invalid_frame_recv = on_invalid_frame_recv_callback };
}

/// Sets an ::nghttp2_on_data_chunk_recv_callback, which is called when a piece of DATA was
/// received.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_data_chunk_recv_callback: nghttp2_on_data_chunk_recv_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_data_chunk_recv = on_data_chunk_recv_callback };
}

/// Sets an ::nghttp2_before_frame_send_callback, which is called before a frame other than DATA is
/// sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_before_frame_send_callback(
    cbs: *mut nghttp2_session_callbacks,
    before_frame_send_callback: nghttp2_before_frame_send_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).before_frame_send = before_frame_send_callback };
}

/// Sets an ::nghttp2_on_frame_send_callback, which is called when a frame was sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_frame_send_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_frame_send_callback: nghttp2_on_frame_send_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_frame_send = on_frame_send_callback };
}

/// Sets an ::nghttp2_on_frame_not_send_callback, which is called when a frame cannot be sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_frame_not_send_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_frame_not_send_callback: nghttp2_on_frame_not_send_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_frame_not_send = on_frame_not_send_callback };
}

/// Sets an ::nghttp2_on_stream_close_callback, which is called when a stream is over.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_stream_close_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_stream_close_callback: nghttp2_on_stream_close_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_stream_close = on_stream_close_callback };
}

/// Sets an ::nghttp2_on_begin_headers_callback, which is called when a header block begins.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_begin_headers_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_begin_headers_callback: nghttp2_on_begin_headers_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_begin_headers = on_begin_headers_callback };
}

/// Sets an ::nghttp2_on_header_callback, which is called for each received field.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_header_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_header_callback: nghttp2_on_header_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_header = on_header_callback };
}

/// Sets an ::nghttp2_on_header_callback2, which is called for each received field, with counted
/// strings. It comes before that of nghttp2_session_callbacks_set_on_header_callback().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_header_callback2(
    cbs: *mut nghttp2_session_callbacks,
    on_header_callback2: nghttp2_on_header_callback2,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_header_counted = on_header_callback2 };
}

/// Sets an ::nghttp2_on_invalid_header_callback, which is called for a received field that is
/// invalid and could be left out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_invalid_header_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_invalid_header_callback: nghttp2_on_invalid_header_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_invalid_header = on_invalid_header_callback };
}

/// Sets an ::nghttp2_on_invalid_header_callback2, which is called for a received field that is
/// invalid and could be left out, with counted strings. It comes before that of
/// nghttp2_session_callbacks_set_on_invalid_header_callback().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_invalid_header_callback2(
    cbs: *mut nghttp2_session_callbacks,
    on_invalid_header_callback2: nghttp2_on_invalid_header_callback2,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_invalid_header_counted = on_invalid_header_callback2 };
}

/// Sets an ::nghttp2_select_padding_callback, which chooses padding.
///
/// @deprecated Use nghttp2_session_callbacks_set_select_padding_callback2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_select_padding_callback(
    cbs: *mut nghttp2_session_callbacks,
    select_padding_callback: nghttp2_select_padding_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).select_padding_v1 = select_padding_callback };
}

/// Sets an ::nghttp2_select_padding_callback2, which chooses padding. It comes before that of
/// nghttp2_session_callbacks_set_select_padding_callback(). Without any nothing is padded.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_select_padding_callback2(
    cbs: *mut nghttp2_session_callbacks,
    select_padding_callback: nghttp2_select_padding_callback2,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).select_padding = select_padding_callback };
}

/// Sets an ::nghttp2_data_source_read_length_callback, which chooses how much data is read.
///
/// @deprecated Use nghttp2_session_callbacks_set_data_source_read_length_callback2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_data_source_read_length_callback(
    cbs: *mut nghttp2_session_callbacks,
    data_source_read_length_callback: nghttp2_data_source_read_length_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).read_length_v1 = data_source_read_length_callback };
}

/// Sets an ::nghttp2_data_source_read_length_callback2, which chooses how much data is read. It
/// comes before that of nghttp2_session_callbacks_set_data_source_read_length_callback(). Without
/// any it is at most 16,384 octets for each frame.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_data_source_read_length_callback2(
    cbs: *mut nghttp2_session_callbacks,
    data_source_read_length_callback: nghttp2_data_source_read_length_callback2,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).read_length = data_source_read_length_callback };
}

/// Sets an ::nghttp2_on_begin_frame_callback, which is called when a frame header was received.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_begin_frame_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_begin_frame_callback: nghttp2_on_begin_frame_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_begin_frame = on_begin_frame_callback };
}

/// Sets an ::nghttp2_send_data_callback, which sends data that read callbacks do not copy.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_send_data_callback(
    cbs: *mut nghttp2_session_callbacks,
    send_data_callback: nghttp2_send_data_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).send_data = send_data_callback };
}

/// Sets an ::nghttp2_pack_extension_callback, which writes extension frames.
///
/// @deprecated Use nghttp2_session_callbacks_set_pack_extension_callback2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_pack_extension_callback(
    cbs: *mut nghttp2_session_callbacks,
    pack_extension_callback: nghttp2_pack_extension_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).pack_extension_v1 = pack_extension_callback };
}

/// Sets an ::nghttp2_pack_extension_callback2, which writes extension frames. It comes before that
/// of nghttp2_session_callbacks_set_pack_extension_callback().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_pack_extension_callback2(
    cbs: *mut nghttp2_session_callbacks,
    pack_extension_callback: nghttp2_pack_extension_callback2,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).pack_extension = pack_extension_callback };
}

/// Sets an ::nghttp2_unpack_extension_callback, which is called when an extension frame was
/// received. Without it those frames are ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_unpack_extension_callback(
    cbs: *mut nghttp2_session_callbacks,
    unpack_extension_callback: nghttp2_unpack_extension_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).unpack_extension = unpack_extension_callback };
}

/// Sets an ::nghttp2_on_extension_chunk_recv_callback, which is called when a piece of an extension
/// frame was received.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_on_extension_chunk_recv_callback(
    cbs: *mut nghttp2_session_callbacks,
    on_extension_chunk_recv_callback: nghttp2_on_extension_chunk_recv_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).on_extension_chunk_recv = on_extension_chunk_recv_callback };
}

/// Sets an ::nghttp2_error_callback, which gets texts for people.
///
/// @deprecated Use nghttp2_session_callbacks_set_error_callback2().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_error_callback(
    cbs: *mut nghttp2_session_callbacks,
    error_callback: nghttp2_error_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).error_v1 = error_callback };
}

/// Sets an ::nghttp2_error_callback2, which gets texts for people. It comes before that of
/// nghttp2_session_callbacks_set_error_callback().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_error_callback2(
    cbs: *mut nghttp2_session_callbacks,
    error_callback2: nghttp2_error_callback2,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).error = error_callback2 };
}

/// Sets an ::nghttp2_rand_callback, which session constructors call once for 8 octets, to seed hash
/// tables. Without it the library takes them from elsewhere.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_callbacks_set_rand_callback(
    cbs: *mut nghttp2_session_callbacks,
    rand_callback: nghttp2_rand_callback,
) {
    // SAFETY: the table is the program's.
    unsafe { (*cbs).rand = rand_callback };
}
