//! Everything else that is done to a session: flow control, termination, setters, upgrade.

use std::ffi::c_void;

use c_types::*;

use crate::endpoint::Endpoint;
use crate::fields::priority;
use crate::log::log;
use crate::script::Step;
use crate::snapshot;
use crate::world::World;

pub fn perform(world: &World<'_>, endpoint: &Endpoint, step: &Step) -> bool {
    match step.verb.as_str() {
        "getters" => {
            snapshot::record_one(world, endpoint);
            return true;
        }
        "keep" => {
            keep(world, endpoint);
            return true;
        }
        "set_user_data" => {
            let tag = step.int("ud", 0) as usize;
            endpoint.user_data.set(tag);
            unsafe { world.api.session_set_user_data(endpoint.raw.get(), tag as *mut c_void) };
            return true;
        }
        "get_extpri_stream_priority" => return get_extpri(world, endpoint, step),
        _ => {}
    }
    let Some(result) = (unsafe { control(world, endpoint, step) }) else { return false };
    log!(world.log, "= {result}");
    true
}

unsafe fn control(world: &World<'_>, endpoint: &Endpoint, step: &Step) -> Option<i64> {
    let api = world.api;
    let raw = endpoint.raw.get();
    let stream = step.int("stream", 0) as i32;
    let size = step.int("size", 0) as usize;
    let code = step.int("code", 0) as u32;
    let flags = step.int("flags", 0) as u8;
    let spec =
        || priority(step, "prio").unwrap_or(PrioritySpec { weight: 16, ..Default::default() });
    let result = unsafe {
        match step.verb.as_str() {
            "resume_data" => api.session_resume_data(raw, stream),
            "consume" => api.session_consume(raw, stream, size),
            "consume_connection" => api.session_consume_connection(raw, size),
            "consume_stream" => api.session_consume_stream(raw, stream, size),
            "set_local_window_size" => {
                let window = step.int("size", 0) as i32;
                api.session_set_local_window_size(raw, flags, stream, window)
            }
            "terminate_session" => api.session_terminate_session(raw, code),
            "terminate_session2" => {
                api.session_terminate_session2(raw, step.int("last", 0) as i32, code)
            }
            "set_next_stream_id" => api.session_set_next_stream_id(raw, stream),
            "set_stream_user_data" => {
                let tag = step.int("ud", 0) as *mut c_void;
                api.session_set_stream_user_data(raw, stream, tag)
            }
            "change_stream_priority" => api.session_change_stream_priority(raw, stream, &spec()),
            "create_idle_stream" => api.session_create_idle_stream(raw, stream, &spec()),
            "change_extpri_stream_priority" => {
                let extpri = extpri(step);
                let ignore = step.int("ignore", 0) as i32;
                api.session_change_extpri_stream_priority(raw, stream, &extpri, ignore)
            }
            "upgrade" => {
                let payload = step.bytes("payload").unwrap_or_default();
                let tag = step.int("ud", 0) as *mut c_void;
                let (p, len) = (payload.as_ptr(), payload.len());
                let result = match step.text("head") {
                    None => api.session_upgrade(raw, p, len, tag),
                    Some(_) => api.session_upgrade2(raw, p, len, step.int("head", 0) as i32, tag),
                };
                endpoint.judge(result.into());
                result
            }
            _ => return None,
        }
    };
    Some(result as i64)
}

pub fn extpri(step: &Step) -> Extpri {
    Extpri { urgency: step.int("u", 3) as u32, inc: step.int("i", 0) as i32 }
}

fn get_extpri(world: &World<'_>, endpoint: &Endpoint, step: &Step) -> bool {
    if !world.api.has("session_get_extpri_stream_priority") {
        return true;
    }
    let stream = step.int("stream", 0) as i32;
    let mut extpri = Extpri { urgency: 99, inc: 99 };
    let raw = endpoint.raw.get();
    let result = unsafe { world.api.session_get_extpri_stream_priority(raw, &mut extpri, stream) };
    log!(world.log, "= {result} u={} i={}", extpri.urgency, extpri.inc);
    true
}

/// Holds on to the name and value of the running header callback.
fn keep(world: &World<'_>, endpoint: &Endpoint) {
    for rcbuf in endpoint.offered.get() {
        if !rcbuf.is_null() {
            unsafe { world.api.rcbuf_incref(rcbuf) };
            endpoint.kept.borrow_mut().push(rcbuf);
        }
    }
}
