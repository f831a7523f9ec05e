//! Functions without an object: target `-`.

use std::ffi::{CStr, c_char};

use c_types::*;

use crate::fields::{entries, fields, nva, priority};
use crate::log::{Hex, log};
use crate::script::{Step, unescape};
use crate::world::World;

pub fn perform(world: &World<'_>, step: &Step) {
    let api = world.api;
    match step.verb.as_str() {
        "check" => check(world, step),
        "check_octets" => check_octets(world, step),
        "strerror" | "http2_strerror" | "is_fatal" => codes(world, step),
        "set_debug_vprintf_callback" => unsafe {
            api.set_debug_vprintf_callback(std::ptr::null_mut());
        },
        "version" => version(world, step),
        "extpri_parse_priority" => parse_priority(world, step),
        "select_alpn" => select_alpn(world, step),
        "pack_settings_payload" => pack_settings(world, step),
        "priority_spec" => priority_spec(world, step),
        "nv_compare_name" => {
            let fields = fields(step, "nv");
            if let [left, right, ..] = nva(&fields)[..] {
                let order = unsafe { api.nv_compare_name(&left, &right) };
                log!(world.log, "= {}", order.signum());
            }
        }
        "rcbuf_decref_null" => unsafe { api.rcbuf_decref(std::ptr::null_mut()) },
        "del_null" => unsafe {
            api.session_del(std::ptr::null_mut());
            api.session_callbacks_del(std::ptr::null_mut());
            api.option_del(std::ptr::null_mut());
        },
        _ => world.misspelt(),
    }
}

fn c_text(text: *const c_char) -> String {
    if text.is_null() {
        return "null".into();
    }
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// What the functions of one error code say about `code=`, or about all from there `to=`.
fn codes(world: &World<'_>, step: &Step) {
    let api = world.api;
    let first = step.int("code", 0);
    for code in first..=step.int("to", first).min(first.saturating_add(1000)) {
        let said = unsafe {
            match step.verb.as_str() {
                "strerror" => c_text(api.strerror(code as i32)),
                "http2_strerror" => c_text(api.http2_strerror(code as u32)),
                _ => (api.is_fatal(code as i32) != 0).to_string(),
            }
        };
        log!(world.log, "= {said}");
    }
}

fn check(world: &World<'_>, step: &Step) {
    let text = unescape(step.text("text").unwrap_or(""));
    log!(world.log, "= {}", check_text(world, step, &text));
}

/// The octets that a check accepts between `before=` and `after=`.
fn check_octets(world: &World<'_>, step: &Step) {
    let part = |key: &str| unescape(step.text(key).unwrap_or(""));
    let accepted = |octet: &u8| {
        let text = [part("before"), vec![*octet], part("after")].concat();
        check_text(world, step, &text) != 0
    };
    let octets: Vec<u8> = (0..=255).filter(accepted).collect();
    log!(world.log, "= {} octets {}", octets.len(), Hex(&octets));
}

fn check_text(world: &World<'_>, step: &Step, text: &[u8]) -> i32 {
    let (api, p, len) = (world.api, text.as_ptr(), text.len());
    unsafe {
        match step.word.as_deref().unwrap_or("") {
            "header_name" => api.check_header_name(p, len),
            "header_value" => api.check_header_value(p, len),
            "header_value_rfc9113" => api.check_header_value_rfc9113(p, len),
            "method" => api.check_method(p, len),
            "path" => api.check_path(p, len),
            _ => api.check_authority(p, len),
        }
    }
}

/// The numbers of two releases differ; whether a release is accepted need not.
fn version(world: &World<'_>, step: &Step) {
    let info = unsafe { world.api.version(step.int("n", 0) as i32) };
    if info.is_null() {
        log!(world.log, "= null");
        return;
    }
    let info = unsafe { *info };
    log!(world.log, "= age {} proto {}", info.age, c_text(info.proto_str));
}

fn parse_priority(world: &World<'_>, step: &Step) {
    if !world.api.has("extpri_parse_priority") {
        return;
    }
    let text = unescape(step.text("text").unwrap_or(""));
    let mut extpri = crate::control::extpri(step);
    let result = unsafe { world.api.extpri_parse_priority(&mut extpri, text.as_ptr(), text.len()) };
    log!(world.log, "= {result} u={} i={}", extpri.urgency, extpri.inc);
}

fn select_alpn(world: &World<'_>, step: &Step) {
    let input = step.bytes("hex").unwrap_or_default();
    let (p, len) = (input.as_ptr(), input.len() as u32);
    let mut length = 0xeeu8;
    let untouched: *const u8 = std::ptr::dangling();
    let mut out = untouched;
    let result = unsafe {
        match step.int("v", 2) {
            1 => {
                let mut found = untouched.cast_mut();
                let result = world.api.select_next_protocol(&mut found, &mut length, p, len);
                out = found;
                result
            }
            _ => world.api.select_alpn(&mut out, &mut length, p, len),
        }
    };
    if out == untouched {
        log!(world.log, "= {result} untouched {length}");
    } else {
        log!(world.log, "= {result} at {} length {length}", out as usize - p as usize);
    }
}

fn pack_settings(world: &World<'_>, step: &Step) {
    let iv = entries(step, "iv");
    let mut buffer = vec![0xeeu8; step.int("room", 6 * iv.len() as i64).clamp(0, 4096) as usize];
    let (p, len) = (buffer.as_mut_ptr(), buffer.len());
    let result = unsafe {
        match step.int("v", 2) {
            1 => world.api.pack_settings_payload(p, len, iv.as_ptr(), iv.len()),
            _ => world.api.pack_settings_payload2(p, len, iv.as_ptr(), iv.len()),
        }
    };
    log!(world.log, "= {result} {}", Hex(&buffer));
}

fn priority_spec(world: &World<'_>, step: &Step) {
    let mut spec = PrioritySpec { stream_id: 99, weight: 99, exclusive: 99 };
    unsafe {
        match priority(step, "prio") {
            Some(given) => {
                let (id, weight) = (given.stream_id, given.weight);
                let exclusive = step.int("exclusive", given.exclusive as i64) as i32;
                world.api.priority_spec_init(&mut spec, id, weight, exclusive);
            }
            None => world.api.priority_spec_default_init(&mut spec),
        }
        let default = world.api.priority_spec_check_default(&spec) != 0;
        let PrioritySpec { stream_id, weight, exclusive } = spec;
        log!(world.log, "{stream_id}:{weight}:{exclusive} default={default}");
    }
}
