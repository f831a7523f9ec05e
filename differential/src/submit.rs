//! The `nghttp2_submit_*` family.

use std::ffi::c_void;

use c_types::*;

use crate::endpoint::Endpoint;
use crate::fields::{entries, fields, priority};
use crate::log::log;
use crate::script::{Step, unescape};
use crate::source::{Source, provider};
use crate::world::World;

pub fn perform(world: &World<'_>, endpoint: &Endpoint, step: &Step) -> bool {
    let Some(result) = (unsafe { submit(world, endpoint, step) }) else { return false };
    log!(world.log, "= {result}");
    if result > 0 {
        endpoint.watch(result as i32);
    }
    true
}

unsafe fn submit(world: &World<'_>, endpoint: &Endpoint, step: &Step) -> Option<i64> {
    let api = world.api;
    let raw = endpoint.raw.get();
    let flags = step.int("flags", 0) as u8;
    let stream = step.int("stream", 0) as i32;
    let code = step.int("code", 0) as u32;
    let user_data = step.int("ud", 0) as *mut c_void;
    let old = step.int("v", 2) == 1;
    let nva = endpoint.lend(fields(step, "nv"));
    let (nv, nvlen) = (if nva.is_empty() { std::ptr::null() } else { nva.as_ptr() }, nva.len());
    let spec = priority(step, "prio");
    let spec = spec.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    let body = step.has("read").then(|| provider(endpoint.add_source(Source::of(step)), step));
    let body = body.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    let text = |key: &str| unescape(step.text(key).unwrap_or(""));
    let result = unsafe {
        match step.verb.as_str() {
            "submit_request" if old => api.submit_request(raw, spec, nv, nvlen, body, user_data),
            "submit_request" => api.submit_request2(raw, spec, nv, nvlen, body, user_data),
            "submit_response" if old => api.submit_response(raw, stream, nv, nvlen, body),
            "submit_response" => api.submit_response2(raw, stream, nv, nvlen, body),
            "submit_trailer" => api.submit_trailer(raw, stream, nv, nvlen),
            "submit_headers" => api.submit_headers(raw, flags, stream, spec, nv, nvlen, user_data),
            // The provider is not optional here.
            "submit_data" if body.is_null() => return Some(0),
            "submit_data" if old => api.submit_data(raw, flags, stream, body),
            "submit_data" => api.submit_data2(raw, flags, stream, body),
            "submit_priority" => api.submit_priority(raw, flags, stream, spec),
            "submit_rst_stream" => api.submit_rst_stream(raw, flags, stream, code),
            "submit_settings" => {
                let iv = entries(step, "iv");
                let pointer = if iv.is_empty() { std::ptr::null() } else { iv.as_ptr() };
                api.submit_settings(raw, flags, pointer, iv.len())
            }
            "submit_push_promise" => {
                api.submit_push_promise(raw, flags, stream, nv, nvlen, user_data)
            }
            "submit_ping" => {
                let data = step.bytes("hex").filter(|data| data.len() >= 8);
                let pointer = data.as_ref().map_or(std::ptr::null(), |data| data.as_ptr());
                api.submit_ping(raw, flags, pointer)
            }
            "submit_goaway" => {
                let debug = step.bytes("debug").unwrap_or_default();
                let last = step.int("last", 0) as i32;
                api.submit_goaway(raw, flags, last, code, debug.as_ptr(), debug.len())
            }
            "submit_shutdown_notice" => api.submit_shutdown_notice(raw),
            "submit_window_update" => {
                api.submit_window_update(raw, flags, stream, step.int("inc", 0) as i32)
            }
            "submit_extension" => {
                let tag = step.int("payload", 0) as *mut c_void;
                api.submit_extension(raw, step.int("type", 0) as u8, flags, stream, tag)
            }
            "submit_altsvc" => {
                let (origin, value) = (text("origin"), text("value"));
                let (o, v) = (origin.as_ptr(), value.as_ptr());
                api.submit_altsvc(raw, flags, stream, o, origin.len(), v, value.len())
            }
            "submit_origin" => {
                let list = step.text("list").map(|list| list.split('|').map(unescape));
                let mut list: Vec<Vec<u8>> = list.into_iter().flatten().collect();
                let entry = |origin: &mut Vec<u8>| OriginEntry {
                    origin: origin.as_mut_ptr(),
                    origin_len: origin.len(),
                };
                let ov: Vec<OriginEntry> = list.iter_mut().map(entry).collect();
                api.submit_origin(raw, flags, ov.as_ptr(), ov.len())
            }
            "submit_priority_update" => {
                let value = text("value");
                api.submit_priority_update(raw, flags, stream, value.as_ptr(), value.len())
            }
            _ => return None,
        }
    };
    Some(result as i64)
}
