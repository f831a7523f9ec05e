//! All getters after each step; only what changed is written down.

use std::fmt;

use c_types::*;

use crate::endpoint::Endpoint;
use crate::log::log;
use crate::world::World;

const SESSION: &[&str] = &[
    "want_read",
    "want_write",
    "outbound_queue_size",
    "effective_recv_data_length",
    "effective_local_window_size",
    "local_window_size",
    "remote_window_size",
    "hd_inflate_size",
    "hd_deflate_size",
    "next_stream_id",
    "last_proc_stream_id",
    "request_allowed",
    "remote.1",
    "remote.2",
    "remote.3",
    "remote.4",
    "remote.5",
    "remote.6",
    "remote.8",
    "remote.9",
    "local.1",
    "local.2",
    "local.3",
    "local.4",
    "local.5",
    "local.6",
    "local.8",
    "local.9",
];

const STREAM: &[&str] = &[
    "user_data",
    "effective_recv_data_length",
    "effective_local_window_size",
    "local_window_size",
    "remote_window_size",
    "local_close",
    "remote_close",
    "state",
    "extpri",
    "urgency",
    "incremental",
];

/// The identifiers `get_*_settings` knows; any other aborts the process.
const SETTINGS: [u32; 8] = [1, 2, 3, 4, 5, 6, 8, 9];

/// Records both sessions.
pub fn record(world: &World<'_>) {
    for target in ['s', 'c'] {
        if let Some(endpoint) = world.endpoint(target) {
            record_one(world, &endpoint);
        }
    }
}

/// Records one session.
pub fn record_one(world: &World<'_>, endpoint: &Endpoint) {
    let mut now = Vec::with_capacity(SESSION.len());
    unsafe { session(world, endpoint.raw.get(), &mut now) };
    let before = endpoint.snapshot.replace(now.clone());
    if before != now {
        let changes = Changes { names: SESSION, before: &before, now: &now };
        log!(world.log, "{}:{changes}", endpoint.name);
    }
    let watched = endpoint.watched.borrow().clone();
    for id in watched {
        let mut now = Vec::with_capacity(STREAM.len());
        unsafe { stream(world, endpoint.raw.get(), id, &mut now) };
        let before = endpoint.stream_snapshots.borrow_mut().insert(id, now.clone());
        let before = before.unwrap_or_default();
        if before != now {
            let changes = Changes { names: STREAM, before: &before, now: &now };
            log!(world.log, "{}.{id}:{changes}", endpoint.name);
        }
    }
    if endpoint.walks_tree {
        tree(world, endpoint);
    }
}

struct Changes<'a> {
    names: &'a [&'a str],
    before: &'a [i64],
    now: &'a [i64],
}

impl fmt::Display for Changes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (name, value)) in self.names.iter().zip(self.now).enumerate() {
            if self.before.get(n) != Some(value) {
                write!(f, " {name}={value}")?;
            }
        }
        Ok(())
    }
}

unsafe fn session(world: &World<'_>, raw: *mut Session, out: &mut Vec<i64>) {
    let api = world.api;
    unsafe {
        out.extend([
            api.session_want_read(raw) as i64,
            api.session_want_write(raw) as i64,
            api.session_get_outbound_queue_size(raw) as i64,
            api.session_get_effective_recv_data_length(raw) as i64,
            api.session_get_effective_local_window_size(raw) as i64,
            api.session_get_local_window_size(raw) as i64,
            api.session_get_remote_window_size(raw) as i64,
            api.session_get_hd_inflate_dynamic_table_size(raw) as i64,
            api.session_get_hd_deflate_dynamic_table_size(raw) as i64,
            api.session_get_next_stream_id(raw) as i64,
            api.session_get_last_proc_stream_id(raw) as i64,
            api.session_check_request_allowed(raw) as i64,
        ]);
        out.extend(SETTINGS.iter().map(|&id| api.session_get_remote_settings(raw, id) as i64));
        out.extend(SETTINGS.iter().map(|&id| api.session_get_local_settings(raw, id) as i64));
    }
}

unsafe fn stream(world: &World<'_>, raw: *mut Session, id: i32, out: &mut Vec<i64>) {
    let api = world.api;
    unsafe {
        let object = api.session_find_stream(raw, id);
        let state = if object.is_null() { -9 } else { api.stream_get_state(object) as i64 };
        let mut extpri = Extpri { urgency: 99, inc: 99 };
        let result = if api.has("session_get_extpri_stream_priority") {
            api.session_get_extpri_stream_priority(raw, &mut extpri, id)
        } else {
            0
        };
        out.extend([
            api.session_get_stream_user_data(raw, id) as i64,
            api.session_get_stream_effective_recv_data_length(raw, id) as i64,
            api.session_get_stream_effective_local_window_size(raw, id) as i64,
            api.session_get_stream_local_window_size(raw, id) as i64,
            api.session_get_stream_remote_window_size(raw, id) as i64,
            api.session_get_stream_local_close(raw, id) as i64,
            api.session_get_stream_remote_close(raw, id) as i64,
            state,
            result as i64,
            extpri.urgency as i64,
            extpri.inc as i64,
        ]);
    }
}

/// Walks the dependency tree: `id:weight(sum)[children…]`, written down when it changed.
fn tree(world: &World<'_>, endpoint: &Endpoint) {
    let mut text = String::new();
    let root = unsafe { world.api.session_get_root_stream(endpoint.raw.get()) };
    unsafe { walk(world, root, std::ptr::null_mut(), &mut text, 0) };
    if *endpoint.tree.borrow() != text {
        log!(world.log, "{}: tree {text}", endpoint.name);
        *endpoint.tree.borrow_mut() = text;
    }
}

unsafe fn walk(
    world: &World<'_>,
    node: *mut Stream,
    parent: *mut Stream,
    out: &mut String,
    depth: u32,
) {
    use std::fmt::Write;
    let api = world.api;
    if node.is_null() || depth > 200 {
        return;
    }
    unsafe {
        let (id, weight) = (api.stream_get_stream_id(node), api.stream_get_weight(node));
        let sum = api.stream_get_sum_dependency_weight(node);
        let state = api.stream_get_state(node);
        let _ = write!(out, "{id}:{weight}({sum})s{state}");
        if api.stream_get_parent(node) != parent {
            out.push_str("!parent");
        }
        let mut child = api.stream_get_first_child(node);
        let mut previous: *mut Stream = std::ptr::null_mut();
        while !child.is_null() && out.len() < 20000 {
            out.push_str(if previous.is_null() { "[" } else { " " });
            if api.stream_get_previous_sibling(child) != previous {
                out.push_str("!previous ");
            }
            walk(world, child, node, out, depth + 1);
            previous = child;
            child = api.stream_get_next_sibling(child);
        }
        if !previous.is_null() {
            out.push(']');
        }
    }
}
