//! The receiving pump: feeds the engine, and calls the program about what comes out.

use core::ffi::{c_char, c_int, c_void};
use core::mem::MaybeUninit;
use core::ptr;

use nghttp2_engine::error::{Error, Result};
use nghttp2_engine::frame::Body;
use nghttp2_engine::mem::FieldFlags;
use nghttp2_engine::session::{Notice, Reply, Session};

use crate::callbacks::{nghttp2_on_header_callback, nghttp2_on_header_callback2};
use crate::door::{array, length, status, with};
use crate::rcbuf;
use crate::session::nghttp2_session;
use crate::system::seconds;
use crate::types::{nghttp2_frame, nghttp2_frame_hd, nghttp2_ssize};
use crate::util::nghttp2_is_fatal;
use crate::view::{View, hd};

/// Why the pump does not go on.
enum Stop {
    /// A callback asks for a pause.
    Paused,
    Failed(Error),
}

/// Whether to go on after a call.
type Next = core::result::Result<(), Stop>;

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Failed(error)
    }
}

/// Feeds input until it is used up, or a callback asks for a pause. What was used is gone from the
/// slice.
///
/// # Safety
/// The pointer is a session's.
#[inline(never)] // once for all ways in
pub(crate) unsafe fn pump(session: *mut nghttp2_session, input: &mut &[u8]) -> Result<()> {
    // SAFETY: the caller vouches for the pointer; no borrow of the engine is alive during a call.
    unsafe {
        loop {
            let before = *input;
            let Some(notice) = with(session, |engine| engine.pull(input))? else { return Ok(()) };
            match perform(session, notice, before, input) {
                Ok(()) => {}
                Err(Stop::Paused) => {
                    with(session, |engine| engine.pause_input(input));
                    return Ok(());
                }
                Err(Stop::Failed(error)) => return Err(error),
            }
        }
    }
}

/// Calls the program about a field.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
#[inline]
unsafe fn field(session: *mut nghttp2_session) -> Next {
    // SAFETY: the caller vouches for the pointer.
    unsafe {
        let callbacks = &raw const (*session).callbacks;
        let functions = ((*callbacks).on_header_counted, (*callbacks).on_header);
        let answer = field_answer(session, functions)?;
        pause_or_reject(session, answer)
    }
}

/// Calls the program about content.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
#[inline]
unsafe fn data(session: *mut nghttp2_session, before: &[u8], after: &[u8]) -> Next {
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let Some(call) = (*session).callbacks.on_data_chunk_recv else { return Ok(()) };
        let (head, chunk) =
            with(session, |engine| (engine.received_head(), engine.received_chunk(before, after)));
        let (id, flags) = (head.stream_id.get(), head.flags.0);
        let (data, len) = (chunk.as_ptr(), chunk.len());
        data_answer(call(session, flags, id, data, len, (*session).user_data))
    }
}

/// Calls the program about part of an extension frame's payload.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn extension_data(session: *mut nghttp2_session, before: &[u8], after: &[u8]) -> Next {
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let Some(call) = (*session).callbacks.on_extension_chunk_recv else { return Ok(()) };
        let (hd, chunk) = with(session, |engine| {
            (hd(engine.received_head()), engine.received_chunk(before, after))
        });
        let (data, len) = (chunk.as_ptr(), chunk.len());
        let answer = call(session, &raw const hd, data, len, (*session).user_data);
        reject_if(session, answer, Error::Cancel)
    }
}

/// Calls the program. Of the input, so much was there before the notice, and is left now.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
#[inline]
unsafe fn perform(
    session: *mut nghttp2_session,
    notice: Notice,
    before: &[u8],
    after: &[u8],
) -> Next {
    // SAFETY: the caller vouches for the pointer, the program for its functions. Table and user data
    // are read anew each time, because callbacks may change them.
    unsafe {
        let callbacks = &raw const (*session).callbacks;
        let user_data = (*session).user_data;
        let answer = match notice {
            Notice::Header => return field(session),
            Notice::Data => return data(session, before, after),
            Notice::ExtensionData => return extension_data(session, before, after),
            Notice::Frame => {
                let frame = received_frame(session)?;
                (*callbacks).on_frame_recv.map(|call| call(session, frame, user_data))
            }
            Notice::FrameBegin => {
                let hd = with(session, |engine| hd(engine.begun_head()));
                (*callbacks).on_begin_frame.map(|call| call(session, &raw const hd, user_data))
            }
            Notice::HeadersBegin => {
                let frame = received_frame(session)?;
                let answer =
                    (*callbacks).on_begin_headers.map(|call| call(session, frame, user_data));
                return reject_if_temporal(session, answer.unwrap_or(0));
            }
            Notice::StreamClosed => {
                let (id, code) = with(session, |engine| engine.closed_stream());
                (*callbacks).on_stream_close.map(|call| call(session, id.get(), code.0, user_data))
            }
            Notice::AskTime => {
                return Ok(with(session, |engine| engine.answer_event(Reply::Time(seconds())))?);
            }
            Notice::InvalidHeader => {
                let functions =
                    ((*callbacks).on_invalid_header_counted, (*callbacks).on_invalid_header);
                let answer = field_answer(session, functions)?;
                if answer == Error::Pause.number() {
                    with(session, |engine| engine.answer_event(Reply::Silent))?;
                }
                return pause_or_reject(session, answer);
            }
            Notice::InvalidFrame => {
                let frame = received_frame(session)?;
                let error = with(session, |engine| engine.fault()).number();
                (*callbacks)
                    .on_invalid_frame_recv
                    .map(|call| call(session, frame, error, user_data))
            }
            Notice::ExtensionEnd => return unpack(session),
            Notice::Diagnostic => {
                let (text, error) =
                    with(session, |engine| (engine.diagnostic() as *const [u8], engine.fault()));
                let (start, len) = (text.cast::<c_char>(), text.len().saturating_sub(1));
                match ((*callbacks).error, (*callbacks).error_v1) {
                    (Some(call), _) => Some(call(session, error.number(), start, len, user_data)),
                    (None, Some(call)) => Some(call(session, start, len, user_data)),
                    (None, None) => None,
                }
            }
        };
        match answer {
            None | Some(0) => Ok(()),
            Some(_) => Err(Error::CallbackFailure.into()),
        }
    }
}

/// The header of the frame that a notice is about.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn received_head(session: *mut nghttp2_session) -> nghttp2_frame_hd {
    // SAFETY: the caller vouches for the pointer.
    unsafe { with(session, |engine| hd(engine.received_head())) }
}

/// The frame that a notice is about, for a callback. The payload that the program has made of an
/// extension frame stays as it is.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn received_frame(session: *mut nghttp2_session) -> Result<*const nghttp2_frame> {
    // SAFETY: the caller vouches for the pointer; the engine keeps what the frame lends.
    unsafe {
        let view = &raw mut (*session).received;
        with(session, |engine| {
            if let Some((head, padding)) = engine.received_data() {
                View::fill_data(view, head, padding);
                return Ok(());
            }
            let frame = engine.received_frame();
            match frame.body {
                Body::Extension(_) => {
                    View::set_head(view, frame.head);
                    Ok(())
                }
                _ => View::fill(view, &frame),
            }
        })?;
        Ok(View::frame(view).cast_const())
    }
}

/// Of what a data callback returns, only two things count.
fn data_answer(answer: c_int) -> Next {
    if answer == Error::Pause.number() {
        return Err(Stop::Paused);
    }
    if nghttp2_is_fatal(answer) != 0 { Err(Error::CallbackFailure.into()) } else { Ok(()) }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn reject_if_temporal(session: *mut nghttp2_session, answer: c_int) -> Next {
    // SAFETY: the caller vouches for the pointer.
    unsafe { reject_if(session, answer, Error::TemporalCallbackFailure) }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn pause_or_reject(session: *mut nghttp2_session, answer: c_int) -> Next {
    if answer == Error::Pause.number() {
        return Err(Stop::Paused);
    }
    // SAFETY: the caller vouches for the pointer.
    unsafe { reject_if_temporal(session, answer) }
}

/// Passes on a rejection, which is what `rejection` stands for.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn reject_if(session: *mut nghttp2_session, answer: c_int, rejection: Error) -> Next {
    if answer == 0 {
        return Ok(());
    }
    if answer != rejection.number() {
        return Err(Error::CallbackFailure.into());
    }
    // SAFETY: the caller vouches for the pointer.
    unsafe { with(session, |engine| engine.answer_event(Reply::Reject))? };
    Ok(())
}

/// Calls the program about a field, with counted strings if it can take them.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
#[inline]
unsafe fn field_answer(
    session: *mut nghttp2_session,
    functions: (nghttp2_on_header_callback2, nghttp2_on_header_callback),
) -> Result<c_int> {
    // SAFETY: the caller vouches for the pointer, the program for its functions.
    unsafe {
        let view = &raw mut (*session).received;
        let (name, value, flags) = with(session, |engine| {
            let field = engine.received_field();
            View::set_head(view, field.head);
            (field.name as *const [u8], field.value as *const [u8], FieldFlags::of(field.sensitive))
        });
        let (flags, user_data) = (flags.bits(), (*session).user_data);
        let frame = View::frame(view).cast_const();
        match functions {
            (Some(call), _) => {
                counted(session, |name, value| call(session, frame, name, value, flags, user_data))
            }
            (None, Some(call)) => {
                let (namelen, valuelen) = (name.len(), value.len());
                let (name, value) = (name.cast(), value.cast());
                Ok(call(session, frame, name, namelen, value, valuelen, flags, user_data))
            }
            (None, None) => Ok(0),
        }
    }
}

/// Calls with name and value of the current field as counted strings, which the program may keep.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn counted(
    session: *mut nghttp2_session,
    call: impl FnOnce(*mut rcbuf::nghttp2_rcbuf, *mut rcbuf::nghttp2_rcbuf) -> c_int,
) -> Result<c_int> {
    // SAFETY: the caller vouches for the pointer; the references are taken back once each.
    unsafe {
        let (name, value) = with(session, Session::shared_header)?;
        let (name, value) = (rcbuf::into_raw(name), rcbuf::into_raw(value));
        let answer = call(name, value);
        drop((rcbuf::from_raw(name), rcbuf::from_raw(value)));
        Ok(answer)
    }
}

/// Lets the program make something of an extension frame, which stays in the view.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn unpack(session: *mut nghttp2_session) -> Next {
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let Some(call) = (*session).callbacks.unpack_extension else { return Ok(()) };
        let hd = received_head(session);
        let mut payload: *mut c_void = ptr::null_mut();
        let user_data = (*session).user_data;
        let answer = call(session, &raw mut payload, &raw const hd, user_data);
        View::set_payload(&raw mut (*session).received, payload);
        reject_if(session, answer, Error::Cancel)
    }
}

/// Feeds octets unless nothing is wanted any more; returns how many were used.
///
/// # Safety
/// The program vouches for its pointers.
unsafe fn mem_recv(session: *mut nghttp2_session, input: *const u8, len: usize) -> Result<usize> {
    // SAFETY: the caller vouches for the pointers.
    unsafe {
        let mut input = array(input, len);
        pump(session, &mut input)?;
        Ok(len.saturating_sub(input.len()))
    }
}

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
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_mem_recv2(
    session: *mut nghttp2_session,
    r#in: *const u8,
    inlen: usize,
) -> nghttp2_ssize {
    // SAFETY: the program vouches for its pointers.
    length(unsafe { mem_recv(session, r#in, inlen) })
}

/// Like nghttp2_session_mem_recv2().
///
/// @deprecated Use nghttp2_session_mem_recv2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_mem_recv(
    session: *mut nghttp2_session,
    r#in: *const u8,
    inlen: usize,
) -> libc::ssize_t {
    // SAFETY: the program vouches for its pointers.
    unsafe { nghttp2_session_mem_recv2(session, r#in, inlen) }
}

/// Receives octets through ::nghttp2_recv_callback2 and processes them, until there are none. No
/// callback may pause.
///
/// Returns 0; ::NGHTTP2_ERR_EOF if the peer has closed the connection; or, which is fatal,
/// ::NGHTTP2_ERR_NOMEM, ::NGHTTP2_ERR_CALLBACK_FAILURE, also if there is no function to receive
/// with, ::NGHTTP2_ERR_BAD_CLIENT_MAGIC, ::NGHTTP2_ERR_FLOODED or
/// ::NGHTTP2_ERR_TOO_MANY_CONTINUATIONS.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_recv(session: *mut nghttp2_session) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe { recv(session) })
}

/// # Safety
/// The pointer is a session's.
unsafe fn recv(session: *mut nghttp2_session) -> Result<()> {
    const LEN: usize = 16_384;
    let mut buffer = MaybeUninit::<[u8; LEN]>::uninit();
    let buffer = buffer.as_mut_ptr().cast::<u8>();
    loop {
        // SAFETY: the caller vouches for the session, the program for its functions: as many octets
        // as they say are there.
        unsafe {
            let callbacks = &raw const (*session).callbacks;
            let call = (*callbacks).recv.or((*callbacks).recv_v1).ok_or(Error::CallbackFailure)?;
            let received = call(session, buffer, LEN, 0, (*session).user_data);
            let received = match usize::try_from(received) {
                Ok(0) => return Ok(()),
                Ok(received) if received <= LEN => received,
                Ok(_) => return Err(Error::CallbackFailure),
                Err(_) if received == Error::WouldBlock.number() as isize => return Ok(()),
                Err(_) if received == Error::Eof.number() as isize => return Err(Error::Eof),
                Err(_) => return Err(Error::CallbackFailure),
            };
            mem_recv(session, buffer, received)?;
        }
    }
}
