//! The transport callbacks: `send` takes and `recv` offers as much as the plan says.

use std::ffi::{c_int, c_void};

use c_types::*;

use super::called;
use crate::fields::Turn;
use crate::log::{ShowOutput, lent, log};

unsafe fn take(
    raw: *mut Session,
    data: *const u8,
    len: usize,
    flags: c_int,
    ud: *mut c_void,
    form: &str,
) -> isize {
    let data = unsafe { lent(data, len) };
    let text = format_args!("flags={flags} {}", ShowOutput(data));
    let Some(call) = called(raw, ud, "send", form, 0, text) else { return error::EOF as isize };
    let turn = call.endpoint.send_plan.borrow_mut().pop_front();
    let result = match (call.verdict, turn) {
        (Some(verdict), _) => verdict,
        (None, Some(Turn::Result(result))) => result,
        (None, Some(Turn::Octets(n))) => n.min(len) as i64,
        (None, None) => len as i64,
    };
    log!(call.log, "-> {result}");
    if let Some(taken) = data.get(..result.max(0) as usize) {
        call.endpoint.outbox.borrow_mut().extend_from_slice(taken);
    }
    result as isize
}

pub unsafe extern "C" fn send(
    raw: *mut Session,
    data: *const u8,
    len: usize,
    flags: c_int,
    ud: *mut c_void,
) -> isize {
    unsafe { take(raw, data, len, flags, ud, "send") }
}

pub unsafe extern "C" fn send2(
    raw: *mut Session,
    data: *const u8,
    len: usize,
    flags: c_int,
    ud: *mut c_void,
) -> isize {
    unsafe { take(raw, data, len, flags, ud, "send2") }
}

unsafe fn offer(
    raw: *mut Session,
    buf: *mut u8,
    len: usize,
    flags: c_int,
    ud: *mut c_void,
    form: &str,
) -> isize {
    let text = format_args!("length={len} flags={flags}");
    let Some(call) = called(raw, ud, "recv", form, 0, text) else { return error::EOF as isize };
    let endpoint = &call.endpoint;
    let turn = endpoint.recv_plan.borrow_mut().pop_front();
    let mut inbox = endpoint.inbox.borrow_mut();
    let result = match (call.verdict, turn) {
        (Some(verdict), _) => verdict,
        (None, Some(Turn::Result(result))) => result,
        (None, Some(Turn::Octets(n))) => n.min(len).min(inbox.len()) as i64,
        (None, None) if inbox.is_empty() => error::WOULDBLOCK,
        (None, None) => len.min(inbox.len()) as i64,
    };
    if call.verdict.is_some() {
        unsafe { buf.write_bytes(0, len) };
    }
    if result > 0 && result as usize <= inbox.len() {
        let given: Vec<u8> = inbox.drain(..result as usize).collect();
        unsafe { buf.copy_from_nonoverlapping(given.as_ptr(), given.len().min(len)) };
    }
    log!(call.log, "-> {result}");
    result as isize
}

pub unsafe extern "C" fn recv(
    raw: *mut Session,
    buf: *mut u8,
    len: usize,
    flags: c_int,
    ud: *mut c_void,
) -> isize {
    unsafe { offer(raw, buf, len, flags, ud, "recv") }
}

pub unsafe extern "C" fn recv2(
    raw: *mut Session,
    buf: *mut u8,
    len: usize,
    flags: c_int,
    ud: *mut c_void,
) -> isize {
    unsafe { offer(raw, buf, len, flags, ud, "recv2") }
}
