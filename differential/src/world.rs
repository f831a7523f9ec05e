//! One run of one script on one library.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use c_types::*;

use crate::api::Api;
use crate::endpoint::{self, Endpoint, Rule};
use crate::log::{Log, log};
use crate::meter::Meter;
use crate::script::Step;
use crate::{control, functions, hpack, snapshot, submit, transport};

pub struct World<'a> {
    pub api: &'a Api,
    pub log: &'a Log,
    pub server: RefCell<Option<Rc<Endpoint>>>,
    pub client: RefCell<Option<Rc<Endpoint>>>,
    pub deflater: Cell<*mut Deflater>,
    pub inflater: Cell<*mut Inflater>,
    /// The last block of the deflater.
    pub block: RefCell<Vec<u8>>,
    meter: Rc<Meter>,
    mem: Mem,
    /// Depth of actions inside callbacks inside actions, and actions left to do: a frame
    /// submitted whenever one was sent would go on for ever.
    nesting: Cell<u32>,
    actions: Cell<u32>,
    /// What rand_callback fills in.
    pub entropy: u8,
    /// A step had a verb that nobody knows.
    misspelt: Cell<bool>,
}

const NESTING: u32 = 4;
const ACTIONS: u32 = 60;

/// Repetitions of one step.
const MOST_TIMES: i64 = 20_000;

thread_local! {
    static CURRENT: Cell<*const World<'static>> = const { Cell::new(std::ptr::null()) };
}

/// Runs a script; the transcript is in the log afterwards. Returns whether every verb is known.
pub fn run(api: &Api, log: &Log, script: &[Step], entropy: u8) -> bool {
    run_metered(api, log, script, entropy, &Rc::default())
}

/// The same with a meter of the caller's.
pub fn run_metered(api: &Api, log: &Log, script: &[Step], entropy: u8, meter: &Rc<Meter>) -> bool {
    log.clear();
    let meter = meter.clone();
    let mem = meter.table();
    let world = World {
        api,
        log,
        server: RefCell::default(),
        client: RefCell::default(),
        deflater: Cell::new(std::ptr::null_mut()),
        inflater: Cell::new(std::ptr::null_mut()),
        block: RefCell::default(),
        meter,
        mem,
        nesting: Cell::new(0),
        actions: Cell::new(ACTIONS),
        entropy,
        misspelt: Cell::new(false),
    };
    CURRENT.set(std::ptr::from_ref(&world).cast());
    for step in script {
        world.step(step);
        if log.is_full() {
            break;
        }
    }
    world.close();
    CURRENT.set(std::ptr::null());
    !world.misspelt.get()
}

impl World<'_> {
    /// The world whose script is running; callbacks find their way back through it.
    pub fn current() -> Option<&'static World<'static>> {
        // The pointer is set for the duration of `run` only, and callbacks happen only then.
        unsafe { CURRENT.get().as_ref() }
    }

    pub fn endpoint(&self, target: char) -> Option<Rc<Endpoint>> {
        match target {
            's' => self.server.borrow().clone(),
            'c' => self.client.borrow().clone(),
            _ => None,
        }
    }

    pub fn endpoint_of(&self, raw: *mut Session) -> Option<Rc<Endpoint>> {
        let has = |endpoint: &Rc<Endpoint>| endpoint.raw.get() == raw;
        let server = self.endpoint('s').filter(has);
        server.or_else(|| self.endpoint('c').filter(has))
    }

    /// Notes a verb that nobody knows.
    pub fn misspelt(&self) {
        log!(self.log, "unknown verb");
        self.misspelt.set(true);
    }

    /// The allocator for stand-alone HPACK objects, which keep the pointer.
    pub fn mem(&self) -> *mut Mem {
        std::ptr::from_ref(&self.mem).cast_mut()
    }

    /// One line of the script, with the getters afterwards.
    fn step(&self, step: &Step) {
        log!(self.log, "> {step}");
        self.log.enter();
        if step.when.is_some() {
            self.register(step);
        } else {
            self.perform(step);
            snapshot::record(self);
        }
        self.log.leave();
    }

    fn register(&self, step: &Step) {
        if let Some(endpoint) = self.endpoint(step.target) {
            let rule = Rule { step: step.clone(), seen: Cell::new(0) };
            endpoint.rules.borrow_mut().push(Rc::new(rule));
        }
    }

    /// An action inside a callback.
    pub fn act(&self, step: &Step) {
        if self.nesting.get() >= NESTING || self.actions.get() == 0 || self.log.is_full() {
            return;
        }
        self.actions.set(self.actions.get() - 1);
        self.nesting.set(self.nesting.get() + 1);
        self.log.enter();
        log!(self.log, "do {} {}", step.target, step.verb);
        self.log.enter();
        self.perform(step);
        self.log.leave();
        self.log.leave();
        self.nesting.set(self.nesting.get() - 1);
    }

    /// Does a step, as often as its `times=` says.
    fn perform(&self, step: &Step) {
        for _ in 0..step.int("times", 1).clamp(0, MOST_TIMES) {
            self.perform_once(step);
        }
    }

    fn perform_once(&self, step: &Step) {
        match step.target {
            'd' | 'i' => hpack::perform(self, step),
            's' | 'c' if step.verb == "open" => self.open(step),
            's' | 'c' => match self.endpoint(step.target) {
                Some(endpoint) => self.perform_on(&endpoint, step),
                None => log!(self.log, "no session"),
            },
            _ if step.verb == "pump" => transport::pump(self, step),
            _ => functions::perform(self, step),
        }
    }

    fn open(&self, step: &Step) {
        let slot = if step.target == 's' { &self.server } else { &self.client };
        if slot.borrow().is_some() {
            return;
        }
        let endpoint = endpoint::open(self.api, self.log, step, &self.meter);
        *slot.borrow_mut() = endpoint;
    }

    fn perform_on(&self, endpoint: &Rc<Endpoint>, step: &Step) {
        let id = step.int("stream", 0);
        if step.has("stream") && step.verb != "feed" && i32::try_from(id).is_ok() {
            endpoint.watch(id as i32);
        }
        if step.verb == "del" {
            if self.nesting.get() == 0 {
                self.delete(endpoint);
            }
            return;
        }
        if endpoint.dead.get() {
            log!(self.log, "session is dead");
            return;
        }
        let known = transport::perform(self, endpoint, step)
            || submit::perform(self, endpoint, step)
            || control::perform(self, endpoint, step);
        if !known {
            self.misspelt();
        }
    }

    fn delete(&self, endpoint: &Rc<Endpoint>) {
        unsafe { self.api.session_del(endpoint.raw.get()) };
        endpoint.raw.set(std::ptr::null_mut());
        // Buffers kept from header callbacks outlive their session.
        for rcbuf in endpoint.kept.take() {
            log!(self.log, "kept {}", crate::callbacks::show_rcbuf(self, rcbuf));
            unsafe { self.api.rcbuf_decref(rcbuf) };
        }
        let slot = if endpoint.name == 's' { &self.server } else { &self.client };
        *slot.borrow_mut() = None;
    }

    /// Deletes what the script left over; every block must have come back.
    fn close(&self) {
        for target in ['s', 'c'] {
            if let Some(endpoint) = self.endpoint(target) {
                self.delete(&endpoint);
            }
        }
        hpack::close(self);
        let (blocks, empty) = (self.meter.blocks.get(), self.meter.empty_requests.get());
        log!(self.log, "end: {blocks} blocks held, {empty} empty requests");
    }
}
