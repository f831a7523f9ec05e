//! A session with everything that belongs to it: rules, inbox, data sources, allocator.
//!
//! Callbacks re-enter while a call on the same session is under way, so every field is a cell
//! and no borrow is held across a call into the library.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::ffi::{c_int, c_void};
use std::rc::Rc;

use c_types::*;

use crate::api::Api;
use crate::callbacks;
use crate::fields::{Field, Turn};
use crate::log::{Log, log};
use crate::meter::Meter;
use crate::script::{Step, number};
use crate::source::Source;

/// A step waiting for a callback.
pub struct Rule {
    pub step: Step,
    pub seen: Cell<u32>,
}

pub struct Endpoint {
    pub name: char,
    pub raw: Cell<*mut Session>,
    pub user_data: Cell<usize>,
    pub rules: RefCell<Vec<Rc<Rule>>>,
    /// Octets fed and not yet received.
    pub inbox: RefCell<Vec<u8>>,
    /// Octets sent and not yet carried to the other side.
    pub outbox: RefCell<Vec<u8>>,
    pub sources: RefCell<Vec<Rc<Source>>>,
    /// Header lists and other memory that must outlive the frames made from it.
    pub lent: RefCell<Vec<Vec<Field>>>,
    pub send_plan: RefCell<VecDeque<Turn>>,
    pub recv_plan: RefCell<VecDeque<Turn>>,
    /// Streams whose getters are recorded, in order.
    pub watched: RefCell<Vec<i32>>,
    /// What the getters said last.
    pub snapshot: RefCell<Vec<i64>>,
    pub stream_snapshots: RefCell<HashMap<i32, Vec<i64>>>,
    pub tree: RefCell<String>,
    pub walks_tree: bool,
    /// Name and value offered by the running header callback.
    pub offered: Cell<[*mut Rcbuf; 2]>,
    /// Buffers kept beyond their callback.
    pub kept: RefCell<Vec<*mut Rcbuf>>,
    /// Octets added by select_padding.
    pub pad: i64,
    /// Result of data_source_read_length.
    pub read_length: i64,
    pub receiving: Cell<bool>,
    pub sending: Cell<bool>,
    /// A fatal error was returned; only deletion is defined from here on.
    pub dead: Cell<bool>,
}

/// Most streams whose getters are recorded.
const WATCHED: usize = 10;

impl Endpoint {
    pub fn watch(&self, id: i32) {
        let mut watched = self.watched.borrow_mut();
        if watched.len() < WATCHED
            && let Err(place) = watched.binary_search(&id)
        {
            watched.insert(place, id);
        }
    }

    /// Keeps a header list alive and gives its C view.
    pub fn lend(&self, fields: Vec<Field>) -> Vec<Nv> {
        let nva = crate::fields::nva(&fields);
        self.lent.borrow_mut().push(fields);
        nva
    }

    pub fn add_source(&self, source: Source) -> usize {
        let mut sources = self.sources.borrow_mut();
        sources.push(Rc::new(source));
        sources.len()
    }

    /// Notes a fatal result.
    pub fn judge(&self, result: i64) {
        if result < error::FATAL {
            self.dead.set(true);
        }
    }
}

/// Performs an `open` step.
pub fn open(api: &Api, log: &Log, step: &Step, meter: &Meter) -> Option<Rc<Endpoint>> {
    let server = step.target == 's';
    let endpoint = Rc::new(Endpoint {
        name: step.target,
        raw: Cell::new(std::ptr::null_mut()),
        user_data: Cell::new(step.int("ud", 7) as usize),
        rules: RefCell::default(),
        inbox: RefCell::default(),
        outbox: RefCell::default(),
        sources: RefCell::default(),
        lent: RefCell::default(),
        send_plan: RefCell::default(),
        recv_plan: RefCell::default(),
        watched: RefCell::default(),
        snapshot: RefCell::default(),
        stream_snapshots: RefCell::default(),
        tree: RefCell::default(),
        walks_tree: step.has("tree"),
        offered: Cell::new([std::ptr::null_mut(); 2]),
        kept: RefCell::default(),
        pad: step.int("pad", 0),
        read_length: step.int("readlen", 16384),
        receiving: Cell::new(false),
        sending: Cell::new(false),
        dead: Cell::new(false),
    });
    let user_data = endpoint.user_data.get() as *mut c_void;
    let mut raw = std::ptr::null_mut();
    let result = unsafe {
        let callbacks = callback_table(api, step);
        let options = options(api, step);
        let mem = meter.table();
        let mem: *mut Mem =
            if step.int("mem", 1) == 0 { std::ptr::null_mut() } else { &raw const mem as *mut Mem };
        let result = match (step.int("new", 3), server) {
            (1, true) => api.session_server_new(&mut raw, callbacks, user_data),
            (1, false) => api.session_client_new(&mut raw, callbacks, user_data),
            (2, true) => api.session_server_new2(&mut raw, callbacks, user_data, options),
            (2, false) => api.session_client_new2(&mut raw, callbacks, user_data, options),
            (_, true) => api.session_server_new3(&mut raw, callbacks, user_data, options, mem),
            (_, false) => api.session_client_new3(&mut raw, callbacks, user_data, options, mem),
        };
        api.session_callbacks_del(callbacks);
        if !options.is_null() {
            api.option_del(options);
        }
        result
    };
    log!(log, "= {result}");
    if raw.is_null() {
        return None;
    }
    let check = unsafe { api.session_check_server_session(raw) };
    log!(log, "check_server_session {check}");
    endpoint.raw.set(raw);
    Some(endpoint)
}

/// The callbacks of the `cb=` argument: the usual ones, plus `+name`, minus `-name`; `none`
/// begins with an empty table.
unsafe fn callback_table(api: &Api, step: &Step) -> *mut Callbacks {
    type Setter = unsafe extern "C" fn(*mut Callbacks, *mut c_void);
    let mut table = std::ptr::null_mut();
    unsafe { api.session_callbacks_new(&mut table) };
    let wish = step.text("cb").unwrap_or("");
    let mut items = wish.split(',').peekable();
    let none = items.next_if_eq(&"none").is_some();
    let items: Vec<&str> = items.collect();
    for callback in callbacks::TABLE {
        let wanted = items.iter().rev().find_map(|item| match item.split_at_checked(1) {
            Some(("+", name)) if name == callback.label => Some(true),
            Some(("-", name)) if name == callback.label => Some(false),
            _ => None,
        });
        if !wanted.unwrap_or(callback.usual && !none) {
            continue;
        }
        let name = format!("session_callbacks_set_{}", callback.setter);
        if let Some(address) = api.setter(&name) {
            let setter: Setter = unsafe { std::mem::transmute(address) };
            unsafe { setter(table, callback.function as *mut c_void) };
        }
    }
    table
}

/// The argument type of an option setter.
pub enum Kind {
    Int,
    U32,
    U8,
    Size,
    Rate,
}

/// Every option setter and the type of its argument.
pub const OPTIONS: &[(&str, Kind)] = &[
    ("no_auto_window_update", Kind::Int),
    ("peer_max_concurrent_streams", Kind::U32),
    ("no_recv_client_magic", Kind::Int),
    ("no_http_messaging", Kind::Int),
    ("max_reserved_remote_streams", Kind::U32),
    ("user_recv_extension_type", Kind::U8),
    ("builtin_recv_extension_type", Kind::U8),
    ("no_auto_ping_ack", Kind::Int),
    ("max_send_header_block_length", Kind::Size),
    ("max_deflate_dynamic_table_size", Kind::Size),
    ("no_closed_streams", Kind::Int),
    ("max_outbound_ack", Kind::Size),
    ("max_settings", Kind::Size),
    ("server_fallback_rfc7540_priorities", Kind::Int),
    ("no_rfc9113_leading_and_trailing_ws_validation", Kind::Int),
    ("stream_reset_rate_limit", Kind::Rate),
    ("max_continuations", Kind::Size),
    ("glitch_rate_limit", Kind::Rate),
    ("max_outbound_queue_size", Kind::Size),
];

/// The option object of the `opt.NAME=` arguments; null without any.
unsafe fn options(api: &Api, step: &Step) -> *mut Options {
    if !step.args.iter().any(|(key, _)| key.starts_with("opt.")) {
        return std::ptr::null_mut();
    }
    let mut options = std::ptr::null_mut();
    unsafe { api.option_new(&mut options) };
    for (key, value) in &step.args {
        let Some(name) = key.strip_prefix("opt.") else { continue };
        let Some((_, kind)) = OPTIONS.iter().find(|(known, _)| *known == name) else { continue };
        let Some(address) = api.setter(&format!("option_set_{name}")) else { continue };
        let (first, second) = value.split_once(':').unwrap_or((value, "0"));
        let (first, second) = (number(first).unwrap_or(0), number(second).unwrap_or(0));
        unsafe { set_option(address, kind, options, first, second) };
    }
    options
}

unsafe fn set_option(
    address: *mut c_void,
    kind: &Kind,
    options: *mut Options,
    first: i64,
    second: i64,
) {
    unsafe fn call<T>(address: *mut c_void, options: *mut Options, value: T) {
        type Set<T> = unsafe extern "C" fn(*mut Options, T);
        let set = unsafe { std::mem::transmute::<*mut c_void, Set<T>>(address) };
        unsafe { set(options, value) };
    }
    type SetRate = unsafe extern "C" fn(*mut Options, u64, u64);
    unsafe {
        match kind {
            Kind::Int => call(address, options, first as c_int),
            Kind::U32 => call(address, options, first as u32),
            Kind::U8 => call(address, options, first as u8),
            Kind::Size => call(address, options, first as usize),
            Kind::Rate => {
                let set = std::mem::transmute::<*mut c_void, SetRate>(address);
                set(options, first as u64, second as u64)
            }
        }
    }
}
