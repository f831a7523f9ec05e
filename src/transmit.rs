//! The sending pump: pulls octets out of the engine, and asks the program on the way.

use core::ffi::{c_int, c_void};
use core::mem::transmute;
use core::ptr;

use nghttp2_engine::error::{Error, Result};
use nghttp2_engine::frame::{Kind, StreamId};
use nghttp2_engine::mem::copy;
use nghttp2_engine::session::{Content, ReadLength, Reply, Session, Signal, Source};

use crate::callbacks::nghttp2_data_source_read_callback2;
use crate::door::{array_mut, data_source, length, status, with};
use crate::session::nghttp2_session;
use crate::types::{nghttp2_data_flag_e, nghttp2_frame, nghttp2_ssize, nghttp2_vec};
use crate::view::View;

/// Why nothing more can be done now.
enum Stop {
    /// A callback says so.
    Waiting,
    Failed(Error),
}

/// Whether to go on after a call.
type Next = core::result::Result<(), Stop>;

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Failed(error)
    }
}

/// Sends, unless the program does so from within a callback of that: what has been lent to it, and
/// output that is about to be returned, must stay where they are. Nothing is lost, since more is sent
/// when the callback has returned.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
#[inline]
unsafe fn alone<T: Default>(
    session: *mut nghttp2_session,
    work: impl FnOnce() -> Result<T>,
) -> Result<T> {
    // SAFETY: the caller vouches for the pointer.
    unsafe {
        if (*session).is_sending {
            return Ok(T::default());
        }
        (*session).is_sending = true;
        let result = work();
        (*session).is_sending = false;
        result
    }
}

/// Pulls until there are octets to send, or nothing can be done now: with `others_first`, not before other
/// octets have gone out.
///
/// # Safety
/// The pointer is a session's.
#[inline(never)] // once for all ways out
unsafe fn produce(
    session: *mut nghttp2_session,
    others_first: bool,
) -> Result<Option<*const [u8]>> {
    // SAFETY: the caller vouches for the pointer; no borrow of the engine is alive during a call.
    unsafe {
        while let Some(signal) = with(session, Session::pull_output)? {
            let next = match signal {
                Signal::Output => {
                    return Ok(Some(with(session, |engine| engine.output() as *const [u8])));
                }
                Signal::AskData => read(session),
                Signal::SendData if others_first => Err(Stop::Waiting),
                _ => perform(session, signal),
            };
            match next {
                Ok(()) => {}
                Err(Stop::Waiting) => {
                    with(session, Session::pause_output);
                    break;
                }
                Err(Stop::Failed(error)) => return Err(error),
            }
        }
        Ok(None)
    }
}

/// Tells the program what follows from octets that were taken.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn settle(session: *mut nghttp2_session) -> Result<()> {
    // SAFETY: the caller vouches for the pointer; no borrow of the engine is alive during a call.
    unsafe {
        while let Some(signal) = with(session, Session::pull_aftermath)? {
            if let Err(Stop::Failed(error)) = perform(session, signal) {
                return Err(error);
            }
        }
        Ok(())
    }
}

/// The frame that a signal is about, for a callback.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn sent_frame(session: *mut nghttp2_session) -> Result<*mut nghttp2_frame> {
    // SAFETY: the caller vouches for the pointer; the engine keeps what the frame lends.
    unsafe {
        let view = &raw mut (*session).sent;
        with(session, |engine| match engine.sent_data() {
            Some((head, padding)) => {
                View::fill_data(view, head, padding);
                Ok(())
            }
            None => View::fill(view, &engine.sent_frame()),
        })?;
        Ok(View::frame(view))
    }
}

/// Calls the program.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn perform(session: *mut nghttp2_session, signal: Signal) -> Next {
    // SAFETY: the caller vouches for the pointer, the program for its functions. Table and user data
    // are read anew each time, because callbacks may change them.
    unsafe {
        let callbacks = &raw const (*session).callbacks;
        let user_data = (*session).user_data;
        let answer = match signal {
            Signal::AskData => return read(session),
            Signal::SendData => return send_data(session),
            Signal::AskPadding => return select_padding(session),
            Signal::AskReadLength => return read_length(session),
            Signal::AskExtension => return pack_extension(session),
            Signal::AskProceed => {
                let frame = sent_frame(session)?;
                let answer =
                    (*callbacks).before_frame_send.map(|call| call(session, frame, user_data));
                if answer == Some(Error::Cancel.number()) {
                    return reply(session, Reply::Reject);
                }
                answer
            }
            Signal::FrameSent => {
                let frame = sent_frame(session)?;
                (*callbacks).on_frame_send.map(|call| call(session, frame, user_data))
            }
            Signal::FrameNotSent => {
                let frame = sent_frame(session)?;
                let error = with(session, |engine| engine.fault()).number();
                (*callbacks).on_frame_not_send.map(|call| call(session, frame, error, user_data))
            }
            Signal::StreamClosed => {
                let (id, code) = with(session, |engine| engine.closed_stream());
                (*callbacks).on_stream_close.map(|call| call(session, id.get(), code.0, user_data))
            }
            Signal::Output => return Err(Stop::Waiting),
        };
        match answer {
            None | Some(0) => Ok(()),
            Some(_) => Err(Error::CallbackFailure.into()),
        }
    }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn reply(session: *mut nghttp2_session, reply: Reply) -> Next {
    // SAFETY: the caller vouches for the pointer.
    Ok(unsafe { with(session, |engine| engine.answer_step(reply)) }?)
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn select_padding(session: *mut nghttp2_session) -> Next {
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let callbacks = &raw const (*session).callbacks;
        let call = (*callbacks).select_padding.or((*callbacks).select_padding_v1);
        let Some(call) = call else { return Ok(()) };
        let frame = sent_frame(session)?;
        let max = with(session, |engine| engine.most_payload());
        let length = call(session, frame, max, (*session).user_data);
        reply(session, usize::try_from(length).map_or(Reply::Fail, Reply::Length))
    }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
unsafe fn read_length(session: *mut nghttp2_session) -> Next {
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let windows = with(session, |engine| engine.read_length()).ok_or(Error::Internal)?;
        let ReadLength { stream_id, connection_window, stream_window, max_frame_size } = windows;
        let (kind, id) = (Kind::DATA.0, stream_id.get());
        let (callbacks, user_data) = (&raw const (*session).callbacks, (*session).user_data);
        let call = (*callbacks).read_length.or((*callbacks).read_length_v1);
        let Some(call) = call else { return Ok(()) };
        let length =
            call(session, kind, id, connection_window, stream_window, max_frame_size, user_data);
        reply(session, usize::try_from(length).map_or(Reply::Fail, Reply::Length))
    }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
#[inline]
unsafe fn read(session: *mut nghttp2_session) -> Next {
    // SAFETY: the caller vouches for the pointer.
    let asked = unsafe {
        with(session, |engine| {
            let (stream_id, source) = engine.content_source()?;
            let (storage, place) = engine.content_storage();
            Some((stream_id, source, storage.as_mut_ptr().add(place.start), place.len()))
        })
    };
    let Some((stream_id, source, buffer, length)) = asked else {
        return Err(Error::Internal.into());
    };
    let mut read_from = data_source(source);
    let mut flags = nghttp2_data_flag_e::NGHTTP2_DATA_FLAG_NONE as u32;
    // SAFETY: the caller vouches for the pointer, the program for its function, which was stored as
    // a number.
    let read = unsafe {
        let reader = ptr::with_exposed_provenance::<c_void>(source.reader);
        let reader = transmute::<*const c_void, nghttp2_data_source_read_callback2>(reader);
        let Some(call) = reader else { return Err(Error::CallbackFailure.into()) };
        let (flags, read_from) = (&raw mut flags, &raw mut read_from);
        call(session, stream_id.get(), buffer, length, flags, read_from, (*session).user_data)
    };
    let has = |flag: nghttp2_data_flag_e| flags & flag as u32 != 0;
    // SAFETY: the caller vouches for the pointer.
    unsafe { keep_source(session, stream_id, source, read_from) };
    let Ok(filled) = usize::try_from(read) else {
        // SAFETY: the caller vouches for the pointer.
        return unsafe { nothing_read(session, read) };
    };
    let content = Content {
        length: filled,
        eof: has(nghttp2_data_flag_e::NGHTTP2_DATA_FLAG_EOF),
        more_follows: has(nghttp2_data_flag_e::NGHTTP2_DATA_FLAG_NO_END_STREAM),
        elsewhere: has(nghttp2_data_flag_e::NGHTTP2_DATA_FLAG_NO_COPY),
    };
    // SAFETY: the caller vouches for the pointer, the program for having written so much: to this
    // place, since nothing else can be sent meanwhile.
    unsafe {
        with(session, |engine| {
            let (storage, place) = engine.content_storage();
            if !content.elsewhere && filled <= place.len() {
                storage.assume_init(place.start.wrapping_add(filled));
            }
            engine.give_content(content)
        })?;
    }
    Ok(())
}

/// Passes on why there is no content.
///
/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
#[cold]
unsafe fn nothing_read(session: *mut nghttp2_session, read: nghttp2_ssize) -> Next {
    let answer = match c_int::try_from(read).ok().and_then(Error::from_number) {
        Some(Error::Deferred) => Reply::Deferred,
        Some(Error::TemporalCallbackFailure) => Reply::Reject,
        Some(Error::Pause) => return Err(Stop::Waiting),
        _ => Reply::Fail,
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
unsafe fn pack_extension(session: *mut nghttp2_session) -> Next {
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let callbacks = &raw const (*session).callbacks;
        let call = (*callbacks).pack_extension.or((*callbacks).pack_extension_v1);
        let Some(call) = call else { return Ok(()) };
        let frame = sent_frame(session)?;
        let (buffer, len) = with(session, |engine| {
            let buffer = engine.extension_buffer();
            (buffer.as_mut_ptr(), buffer.len())
        });
        let length = call(session, buffer, len, frame, (*session).user_data);
        if length == Error::Cancel.number() as nghttp2_ssize {
            return reply(session, Reply::Reject);
        }
        reply(session, usize::try_from(length).map_or(Reply::Fail, Reply::Length))
    }
}

/// # Safety
/// The pointer is a session's, and no borrow of it is alive.
#[inline]
unsafe fn send_data(session: *mut nghttp2_session) -> Next {
    // SAFETY: the caller vouches for the pointer, the program for its function.
    unsafe {
        let frame = sent_frame(session)?;
        let asked =
            with(session, |engine| engine.content_source().zip(Some(engine.content_head())));
        let Some(((stream_id, source), (head, length))) = asked else {
            return Err(Error::Internal.into());
        };
        let mut send_from = data_source(source);
        let Some(call) = (*session).callbacks.send_data else {
            return Err(Error::CallbackFailure.into());
        };
        let user_data = (*session).user_data;
        let answer = call(session, frame, head.as_ptr(), length, &raw mut send_from, user_data);
        keep_source(session, stream_id, source, send_from);
        if answer == 0 {
            return Ok(with(session, Session::content_sent)?);
        }
        match Error::from_number(answer) {
            Some(Error::WouldBlock) => Err(Stop::Waiting),
            Some(Error::Pause) => {
                reply(session, Reply::Sent)?;
                settle(session)?;
                Err(Stop::Waiting)
            }
            Some(Error::TemporalCallbackFailure) => reply(session, Reply::Reject),
            _ => Err(Error::CallbackFailure.into()),
        }
    }
}

/// # Safety
/// The program vouches for its pointers.
unsafe fn mem_send(session: *mut nghttp2_session, data_ptr: *mut *const u8) -> Result<usize> {
    // SAFETY: the caller vouches for the pointers.
    unsafe {
        *data_ptr = ptr::null();
        alone(session, || {
            let Some(output) = produce(session, false)? else { return Ok(0) };
            with(session, |engine| engine.written(output.len()));
            settle(session)?;
            *data_ptr = output.cast();
            Ok(output.len())
        })
    }
}

/// Gives out octets to be sent: data_ptr is set to where they are. They are the library's, and
/// valid until the next call that sends. All of them must be sent; callbacks have been told so
/// already. Call it until it returns 0.
///
/// Returns how many octets there are. 0 means that there is nothing to send now; then data_ptr is
/// set to NULL. So it is when a callback that sending has caused asks: it must return first.
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
    unsafe { nghttp2_session_mem_send2(session, data_ptr) }
}

/// Sends through ::nghttp2_send_callback2 until there is nothing left, or that would block. From a
/// callback that sending has caused, it does nothing: all goes out when that has returned.
///
/// Returns 0, ::NGHTTP2_ERR_NOMEM or ::NGHTTP2_ERR_CALLBACK_FAILURE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_send(session: *mut nghttp2_session) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe { alone(session, || send(session)) })
}

/// # Safety
/// The pointer is a session's.
unsafe fn send(session: *mut nghttp2_session) -> Result<()> {
    loop {
        // SAFETY: the caller vouches for the pointer, the program for its functions.
        unsafe {
            let Some(output) = produce(session, false)? else { return Ok(()) };
            let (data, len) = (output.cast(), output.len());
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

/// Fills buffers of the program's, one after the other. Returns how many octets are in them.
///
/// # Safety
/// The pointer is a session's, and the buffers may be written to.
pub(crate) unsafe fn gather(
    session: *mut nghttp2_session,
    buffers: &[nghttp2_vec],
) -> Result<usize> {
    // SAFETY: the caller vouches for the pointers; output stays where it is until it was taken.
    unsafe {
        alone(session, || {
            let mut gathered = 0_usize;
            for buffer in buffers {
                let mut room = array_mut(buffer.base, buffer.len);
                while !room.is_empty() {
                    let Some(output) = produce(session, gathered > 0)? else { return Ok(gathered) };
                    let taken = output.len().min(room.len());
                    copy(&*output, room);
                    room = room.get_mut(taken..).unwrap_or_default();
                    gathered = gathered.wrapping_add(taken);
                    with(session, |engine| engine.written(taken));
                    if taken == output.len() {
                        settle(session)?;
                    }
                }
            }
            Ok(gathered)
        })
    }
}
