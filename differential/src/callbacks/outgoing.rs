//! Callbacks that shape what is sent: padding, read length, NO_COPY data, extension payloads.

use std::ffi::{c_int, c_void};

use c_types::*;

use super::{called, neutral};
use crate::log::{Hex, ShowFrame, lent};

unsafe fn select(
    raw: *mut Session,
    frame: *const Frame,
    max: usize,
    ud: *mut c_void,
    form: &str,
) -> isize {
    let frame = unsafe { &*frame };
    let hd = unsafe { frame.hd };
    let text = format_args!("max={max} {}", ShowFrame(frame));
    let Some(call) = called(raw, ud, "select_padding", form, hd.stream_id, text) else {
        return hd.length as isize;
    };
    let padded = hd.length as i64 + call.endpoint.pad;
    call.result(padded.min(max as i64)) as isize
}

pub unsafe extern "C" fn select_padding(
    raw: *mut Session,
    frame: *const Frame,
    max: usize,
    ud: *mut c_void,
) -> isize {
    unsafe { select(raw, frame, max, ud, "select_padding") }
}

pub unsafe extern "C" fn select_padding2(
    raw: *mut Session,
    frame: *const Frame,
    max: usize,
    ud: *mut c_void,
) -> isize {
    unsafe { select(raw, frame, max, ud, "select_padding2") }
}

macro_rules! read_length_callback {
    ($name:ident) => {
        pub unsafe extern "C" fn $name(
            raw: *mut Session,
            kind: u8,
            stream: i32,
            session_window: i32,
            stream_window: i32,
            max_frame_size: u32,
            ud: *mut c_void,
        ) -> isize {
            let windows = format_args!("windows={session_window},{stream_window}");
            let text = format_args!("type={kind} stream={stream} {windows} max={max_frame_size}");
            let call = called(raw, ud, "read_length", stringify!($name), stream, text);
            call.map_or(1, |call| call.result(call.endpoint.read_length)) as isize
        }
    };
}

read_length_callback!(read_length);
read_length_callback!(read_length2);

pub unsafe extern "C" fn send_data(
    raw: *mut Session,
    frame: *mut Frame,
    framehd: *const u8,
    length: usize,
    source: *mut DataSource,
    ud: *mut c_void,
) -> c_int {
    let frame = unsafe { &*frame };
    let stream = unsafe { frame.hd.stream_id };
    let head = unsafe { lent(framehd, 9) };
    let tag = unsafe { (*source).ptr } as usize;
    let text = format_args!("{} head={} length={length} source={tag}", ShowFrame(frame), Hex(head));
    neutral(called(raw, ud, "send_data", "send_data", stream, text))
}

unsafe fn pack(
    raw: *mut Session,
    buf: *mut u8,
    len: usize,
    frame: *const Frame,
    ud: *mut c_void,
    form: &str,
) -> isize {
    let frame = unsafe { &*frame };
    let (stream, tag) = unsafe { (frame.hd.stream_id, frame.ext.payload as usize) };
    let text = format_args!("room={len} {}", ShowFrame(frame));
    let Some(call) = called(raw, ud, "pack_extension", form, stream, text) else { return 0 };
    // The tag doubles as the length of the payload.
    let length = tag.min(len);
    unsafe { buf.write_bytes(b'x', length) };
    call.result(length as i64) as isize
}

pub unsafe extern "C" fn pack_extension(
    raw: *mut Session,
    buf: *mut u8,
    len: usize,
    frame: *const Frame,
    ud: *mut c_void,
) -> isize {
    unsafe { pack(raw, buf, len, frame, ud, "pack_extension") }
}

pub unsafe extern "C" fn pack_extension2(
    raw: *mut Session,
    buf: *mut u8,
    len: usize,
    frame: *const Frame,
    ud: *mut c_void,
) -> isize {
    unsafe { pack(raw, buf, len, frame, ud, "pack_extension2") }
}
