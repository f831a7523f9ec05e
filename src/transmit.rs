//! The sending pump: pulls octets out of the engine, and asks the program on the way.

use core::ffi::{c_int, c_void};
use core::mem::transmute;
use core::ptr;

use nghttp2_engine::error::{Error, Result};
use nghttp2_engine::frame::{HEAD_LEN, Kind, StreamId};
use nghttp2_engine::session::{Content, ReadLength, Reply, Session, Source, Step};

use crate::callbacks::nghttp2_data_source_read_callback2;
use crate::door::{data_source, length, status, with};
use crate::session::nghttp2_session;
use crate::types::{nghttp2_data_flag_e, nghttp2_frame, nghttp2_ssize};
use crate::view::View;

/// A step without a borrow. The frame, where there is one, is in the session's view.
enum Call {
    SelectPadding { max: usize },
    ReadLength(ReadLength),
    Read { stream_id: StreamId, source: Source, buffer: *mut u8, length: usize },
    PackExtension { buffer: *mut u8, length: usize },
    BeforeSend,
    SendData { head: [u8; HEAD_LEN], length: usize, source: Source, stream_id: StreamId },
    FrameSend,
    FrameNotSend(Error),
    StreamClose { stream_id: i32, error_code: u32 },
    Output { data: *const u8, len: usize },
}

/// Whether to go on after a call.
#[derive(PartialEq)]
enum Next {
    GoOn,
    /// Nothing more can be done now.
    Stop,
}

impl Call {
    /// # Safety
    /// The pointer is the session's view, of which no borrow is alive.
    unsafe fn new(step: Step<'_>, view: *mut View) -> Result<Call> {
        // SAFETY: the caller vouches for the pointer; the engine keeps what frames lend.
        let fill = |frame| unsafe { View::fill(view, &frame) };
        Ok(match step {
            Step::AskPadding { frame, max } => {
                fill(frame)?;
                Call::SelectPadding { max }
            }
            Step::AskReadLength(windows) => Call::ReadLength(windows),
            Step::AskData { stream_id, source, buffer } => {
                Call::Read { stream_id, source, buffer: buffer.as_mut_ptr(), length: buffer.len() }
            }
            Step::AskExtension { frame, buffer } => {
                let (buffer, length) = (buffer.as_mut_ptr(), buffer.len());
                fill(frame)?;
                Call::PackExtension { buffer, length }
            }
            Step::AskProceed(frame) => {
                fill(frame)?;
                Call::BeforeSend
            }
            Step::SendData { frame, head, length, source } => {
                fill(frame)?;
                Call::SendData { head, length, source, stream_id: frame.stream_id() }
            }
            Step::FrameSent(frame) => {
                fill(frame)?;
                Call::FrameSend
            }
            Step::FrameNotSent(frame, error) => {
                fill(frame)?;
                Call::FrameNotSend(error)
            }
            Step::StreamClosed { stream_id, code } => {
                Call::StreamClose { stream_id: stream_id.get(), error_code: code.0 }
            }
            Step::Output(octets) => Call::Output { data: octets.as_ptr(), len: octets.len() },
        })
    }
}

/// Pulls until there are octets to send, or nothing can be done now.
///
/// # Safety
/// The pointer is a session's.
unsafe fn produce(session: *mut nghttp2_session) -> Result<Option<(*const u8, usize)>> {
    // SAFETY: the caller vouches for the pointer; no borrow of the engine is alive during a call.
    unsafe {
        let view = &raw mut (*session).sent;
        loop {
            let call = with(session, |engine| match engine.send()? {
                Some(step) => Call::new(step, view).map(Some),
                None => Ok(None),
            })?;
            match call {
                None => return Ok(None),
                Some(Call::Output { data, len }) => return Ok(Some((data, len))),
                Some(call) => {
                    if perform(session, call)? == Next::Stop {
                        with(session, Session::pause_output);
                        return Ok(None);
                    }
                }
            }
        }
    }
}

/// Tells the program what follows from octets that were taken.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn settle(session: *mut nghttp2_session) -> Result<()> {
    // SAFETY: the caller vouches for the pointer; no borrow of the engine is alive during a call.
    unsafe {
        let view = &raw mut (*session).sent;
        loop {
            let call = with(session, |engine| match engine.settle()? {
                Some(step) => Call::new(step, view).map(Some),
                None => Ok(None),
            })?;
            let Some(call) = call else { return Ok(()) };
            perform(session, call)?;
        }
    }
}

/// Calls the program.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn perform(session: *mut nghttp2_session, call: Call) -> Result<Next> {
    // SAFETY: the caller vouches for the pointer, the program for its functions. Table and user data
    // are read anew each time, because callbacks may change them.
    unsafe {
        let callbacks = &raw const (*session).callbacks;
        let user_data = (*session).user_data;
        let frame = View::frame(&raw mut (*session).sent);
        let answer = match call {
            Call::SelectPadding { max } => return select_padding(session, frame, max),
            Call::ReadLength(windows) => return read_length(session, windows),
            Call::Read { stream_id, source, buffer, length } => {
                return read(session, stream_id, source, buffer, length);
            }
            Call::PackExtension { buffer, length } => {
                return pack_extension(session, frame, buffer, length);
            }
            Call::SendData { head, length, source, stream_id } => {
                return send_data(session, frame, &head, length, source, stream_id);
            }
            Call::BeforeSend => {
                let answer =
                    (*callbacks).before_frame_send.map(|call| call(session, frame, user_data));
                if answer == Some(Error::Cancel.number()) {
                    return reply(session, Reply::Reject);
                }
                answer
            }
            Call::FrameSend => {
                (*callbacks).on_frame_send.map(|call| call(session, frame, user_data))
            }
            Call::FrameNotSend(error) => (*callbacks)
                .on_frame_not_send
                .map(|call| call(session, frame, error.number(), user_data)),
            Call::StreamClose { stream_id, error_code } => (*callbacks)
                .on_stream_close
                .map(|call| call(session, stream_id, error_code, user_data)),
            Call::Output { .. } => return Ok(Next::Stop),
        };
        match answer {
            None | Some(0) => Ok(Next::GoOn),
            Some(_) => Err(Error::CallbackFailure),
        }
    }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn reply(session: *mut nghttp2_session, reply: Reply) -> Result<Next> {
    // SAFETY: the caller vouches for the pointer.
    unsafe { with(session, |engine| engine.answer_step(reply)).map(|()| Next::GoOn) }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn select_padding(
    session: *mut nghttp2_session,
    frame: *const nghttp2_frame,
    max: usize,
) -> Result<Next> {
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let callbacks = &raw const (*session).callbacks;
        let call = (*callbacks).select_padding.or((*callbacks).select_padding_v1);
        let Some(call) = call else { return Ok(Next::GoOn) };
        let length = call(session, frame, max, (*session).user_data);
        reply(session, usize::try_from(length).map_or(Reply::Fail, Reply::Length))
    }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn read_length(session: *mut nghttp2_session, windows: ReadLength) -> Result<Next> {
    let ReadLength { stream_id, connection_window, stream_window, max_frame_size } = windows;
    let (kind, id) = (Kind::DATA.0, stream_id.get());
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let (callbacks, user_data) = (&raw const (*session).callbacks, (*session).user_data);
        let call = (*callbacks).read_length.or((*callbacks).read_length_v1);
        let Some(call) = call else { return Ok(Next::GoOn) };
        let length =
            call(session, kind, id, connection_window, stream_window, max_frame_size, user_data);
        reply(session, usize::try_from(length).map_or(Reply::Fail, Reply::Length))
    }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn read(
    session: *mut nghttp2_session,
    stream_id: StreamId,
    source: Source,
    buffer: *mut u8,
    length: usize,
) -> Result<Next> {
    let mut read_from = data_source(source);
    let mut flags = nghttp2_data_flag_e::NGHTTP2_DATA_FLAG_NONE as u32;
    // SAFETY: the caller vouches for the pointer, the program for its function, which was stored as
    // a number.
    let read = unsafe {
        let reader = ptr::with_exposed_provenance::<c_void>(source.reader);
        let reader = transmute::<*const c_void, nghttp2_data_source_read_callback2>(reader);
        let Some(call) = reader else { return Err(Error::CallbackFailure) };
        let (flags, read_from) = (&raw mut flags, &raw mut read_from);
        call(session, stream_id.get(), buffer, length, flags, read_from, (*session).user_data)
    };
    let has = |flag: nghttp2_data_flag_e| flags & flag as u32 != 0;
    // SAFETY: the caller vouches for the pointer.
    unsafe { keep_source(session, stream_id, source, read_from) };
    let answer = match usize::try_from(read) {
        Ok(length) => Reply::Data(Content {
            length,
            eof: has(nghttp2_data_flag_e::NGHTTP2_DATA_FLAG_EOF),
            more_follows: has(nghttp2_data_flag_e::NGHTTP2_DATA_FLAG_NO_END_STREAM),
            elsewhere: has(nghttp2_data_flag_e::NGHTTP2_DATA_FLAG_NO_COPY),
        }),
        Err(_) => match c_int::try_from(read).ok().and_then(Error::from_number) {
            Some(Error::Deferred) => Reply::Deferred,
            Some(Error::TemporalCallbackFailure) => Reply::Reject,
            Some(Error::Pause) => return Ok(Next::Stop),
            _ => Reply::Fail,
        },
    };
    // SAFETY: the caller vouches for the pointer.
    unsafe { reply(session, answer) }
}

/// Keeps what the program has changed in a source.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn keep_source(
    session: *mut nghttp2_session,
    stream_id: StreamId,
    source: Source,
    changed: crate::types::nghttp2_data_source,
) {
    let object = usize::from(changed);
    if object != source.object {
        // SAFETY: the caller vouches for the pointer.
        unsafe {
            with(session, |engine| engine.update_source(stream_id, Source { object, ..source }))
        };
    }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn pack_extension(
    session: *mut nghttp2_session,
    frame: *const nghttp2_frame,
    buffer: *mut u8,
    len: usize,
) -> Result<Next> {
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let callbacks = &raw const (*session).callbacks;
        let call = (*callbacks).pack_extension.or((*callbacks).pack_extension_v1);
        let Some(call) = call else { return Ok(Next::GoOn) };
        let length = call(session, buffer, len, frame, (*session).user_data);
        if length == Error::Cancel.number() as nghttp2_ssize {
            return reply(session, Reply::Reject);
        }
        reply(session, usize::try_from(length).map_or(Reply::Fail, Reply::Length))
    }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn send_data(
    session: *mut nghttp2_session,
    frame: *mut nghttp2_frame,
    head: &[u8; HEAD_LEN],
    length: usize,
    source: Source,
    stream_id: StreamId,
) -> Result<Next> {
    let mut send_from = data_source(source);
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let Some(call) = (*session).callbacks.send_data else { return Err(Error::CallbackFailure) };
        let user_data = (*session).user_data;
        let answer = call(session, frame, head.as_ptr(), length, &raw mut send_from, user_data);
        keep_source(session, stream_id, source, send_from);
        match Error::from_number(answer) {
            None if answer == 0 => reply(session, Reply::Sent),
            Some(Error::WouldBlock) => Ok(Next::Stop),
            Some(Error::Pause) => {
                reply(session, Reply::Sent)?;
                settle(session)?;
                Ok(Next::Stop)
            }
            Some(Error::TemporalCallbackFailure) => reply(session, Reply::Reject),
            _ => Err(Error::CallbackFailure),
        }
    }
}

/// # Safety
/// The program vouches for its pointers.
unsafe fn mem_send(session: *mut nghttp2_session, data_ptr: *mut *const u8) -> Result<usize> {
    // SAFETY: the caller vouches for the pointers.
    unsafe {
        *data_ptr = ptr::null();
        let Some((data, len)) = produce(session)? else { return Ok(0) };
        with(session, |engine| engine.written(len));
        settle(session)?;
        *data_ptr = data;
        Ok(len)
    }
}

/// Returns octets to be sent: how many, and in data_ptr where they are. They are valid until the next
/// call that sends. All of them must be sent; callbacks have been told so already. 0 means that there
/// is nothing to send now; then data_ptr is NULL.
///
/// A negative result is fatal: ::NGHTTP2_ERR_NOMEM or ::NGHTTP2_ERR_CALLBACK_FAILURE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_mem_send2(
    session: *mut nghttp2_session,
    data_ptr: *mut *const u8,
) -> nghttp2_ssize {
    // SAFETY: the program vouches for its pointers.
    length(unsafe { mem_send(session, data_ptr) })
}

/// Like nghttp2_session_mem_send2().
///
/// @deprecated Use nghttp2_session_mem_send2().
#[cfg(not(nghttp2_no_ssize_t))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_mem_send(
    session: *mut nghttp2_session,
    data_ptr: *mut *const u8,
) -> libc::ssize_t {
    // SAFETY: the program vouches for its pointers.
    length(unsafe { mem_send(session, data_ptr) })
}

/// Sends through ::nghttp2_send_callback2 until there is nothing left, or that would block.
///
/// Returns 0, ::NGHTTP2_ERR_NOMEM or ::NGHTTP2_ERR_CALLBACK_FAILURE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_send(session: *mut nghttp2_session) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe { send(session) })
}

/// # Safety
/// The pointer is a session's.
unsafe fn send(session: *mut nghttp2_session) -> Result<()> {
    loop {
        // SAFETY: the caller vouches for the pointer, the program for its functions.
        unsafe {
            let Some((data, len)) = produce(session)? else { return Ok(()) };
            let callbacks = &raw const (*session).callbacks;
            let call = (*callbacks).send.or((*callbacks).send_v1).ok_or(Error::CallbackFailure)?;
            let sent = call(session, data, len, 0, (*session).user_data);
            if sent == Error::WouldBlock.number() as nghttp2_ssize {
                return Ok(());
            }
            let sent = usize::try_from(sent).map_err(|_| Error::CallbackFailure)?;
            if sent > len {
                return Err(Error::CallbackFailure);
            }
            with(session, |engine| engine.written(sent));
            if sent == len {
                settle(session)?;
            }
        }
    }
}
