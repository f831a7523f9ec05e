//! One end of a connection, behind a safe type.

use std::ffi::c_void;
use std::ptr;

use c_types::{Callbacks, Options, Session, SettingsEntry, Vector};

use super::hpack::{FieldList, slice};
use super::library::Library;
use super::meter::Meter;
use super::seat::{Answer, Body, Seat, provider, register};
use crate::digest::Digest;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Client,
    Server,
}

/// SETTINGS parameters in use.
pub mod setting {
    pub const MAX_CONCURRENT_STREAMS: i32 = 3;
    pub const INITIAL_WINDOW_SIZE: i32 = 4;
    pub const NO_RFC7540_PRIORITIES: i32 = 9;
}

/// Callbacks and options, made once for many sessions of a library.
pub struct Kit {
    library: &'static Library,
    callbacks: *mut Callbacks,
    options: *mut Options,
}

impl Kit {
    pub fn new(library: &'static Library) -> Kit {
        let (mut callbacks, mut options) = (ptr::null_mut(), ptr::null_mut());
        unsafe {
            let result = (library.functions.session_callbacks_new)(&mut callbacks);
            library.check("session_callbacks_new", result as isize);
            register(library, callbacks);
            let result = (library.functions.option_new)(&mut options);
            library.check("option_new", result as isize);
        }
        Kit { library, callbacks, options }
    }

    /// Lets a peer do what it likes, so that every library works through the same frames. Limits that
    /// a library does not have need no lifting; of ours some are off with 0.
    pub fn without_limits(self) -> Kit {
        const MANY: u64 = 1 << 40;
        self.set_pair("stream_reset_rate_limit", MANY, MANY);
        self.set_pair("glitch_rate_limit", MANY, MANY);
        self.set_size("max_continuations", usize::MAX >> 8);
        self.set_size("max_outbound_ack", usize::MAX >> 8);
        self.set_size("max_outbound_queue_size", usize::MAX >> 8);
        self.set_pair("own_reset_rate_limit", 0, 0);
        self.set_pair("control_frame_rate_limit", 0, 0);
        self.set_pair("short_data_rate_limit", 0, 0);
        self.set_pair("max_header_list", 0, 0);
        self.set_size("max_window_updates", 0);
        self.with_priority_update()
    }

    /// Lets a server understand PRIORITY_UPDATE.
    fn with_priority_update(self) -> Kit {
        type Set = unsafe extern "C" fn(*mut Options, u8);
        let name = "option_set_builtin_recv_extension_type";
        if let Some(set) = unsafe { self.library.optional::<Set>(name) } {
            unsafe { set(self.options, 0x10) };
        }
        self
    }

    /// A client may have more requests open than the peer has allowed so far.
    pub fn with_many_streams(self) -> Kit {
        type Set = unsafe extern "C" fn(*mut Options, u32);
        let name = "option_set_peer_max_concurrent_streams";
        if let Some(set) = unsafe { self.library.optional::<Set>(name) } {
            unsafe { set(self.options, 1 << 20) };
        }
        self
    }

    fn set_pair(&self, name: &str, first: u64, second: u64) {
        type Set = unsafe extern "C" fn(*mut Options, u64, u64);
        if let Some(set) = unsafe { self.library.optional::<Set>(&format!("option_set_{name}")) } {
            unsafe { set(self.options, first, second) };
        }
    }

    fn set_size(&self, name: &str, value: usize) {
        type Set = unsafe extern "C" fn(*mut Options, usize);
        if let Some(set) = unsafe { self.library.optional::<Set>(&format!("option_set_{name}")) } {
            unsafe { set(self.options, value) };
        }
    }

    /// Makes a session and deletes it.
    pub fn create_and_delete(&self) {
        let session = unsafe { self.create(Role::Server, ptr::null_mut(), None) };
        unsafe { (self.library.functions.session_del)(session) };
    }

    unsafe fn create(
        &self,
        role: Role,
        user_data: *mut c_void,
        meter: Option<&Meter>,
    ) -> *mut Session {
        let functions = &self.library.functions;
        let new = match role {
            Role::Client => functions.session_client_new3,
            Role::Server => functions.session_server_new3,
        };
        let mut memory = meter.map(Meter::table);
        let memory = memory.as_mut().map_or(ptr::null_mut(), ptr::from_mut);
        let mut session = ptr::null_mut();
        let (callbacks, options) = (self.callbacks, self.options);
        let result = unsafe { new(&mut session, callbacks, user_data, options, memory) };
        self.library.check("session_new3", result as isize);
        session
    }
}

impl Drop for Kit {
    fn drop(&mut self) {
        unsafe {
            (self.library.functions.session_callbacks_del)(self.callbacks);
            (self.library.functions.option_del)(self.options);
        }
    }
}

/// A session with its callbacks' data.
pub struct Endpoint {
    library: &'static Library,
    session: *mut Session,
    /// Belongs to the callbacks as long as a function of the library runs.
    seat: *mut Seat,
    /// What is left of the last frame, where frames are put into a buffer one by one.
    rest: (*const u8, usize),
}

impl Endpoint {
    /// With `watch` all that the callbacks see goes into the digest.
    pub fn new(kit: &Kit, role: Role, watch: bool) -> Endpoint {
        Endpoint::with_memory(kit, role, watch, None)
    }

    /// The meter must outlive the session; those of this program are never dropped.
    pub fn metered(kit: &Kit, role: Role, meter: &'static Meter) -> Endpoint {
        Endpoint::with_memory(kit, role, false, Some(meter))
    }

    fn with_memory(kit: &Kit, role: Role, watch: bool, meter: Option<&Meter>) -> Endpoint {
        let library = kit.library;
        let seat = Box::into_raw(Box::new(Seat {
            library,
            watch,
            digest: Digest::default(),
            answers: &[],
            answered: 0,
            awake: false,
            closed: 0,
            frames_sent: 0,
            frames_wanted: u64::MAX,
            content: 0,
        }));
        let session = unsafe { kit.create(role, seat.cast(), meter) };
        Endpoint { library, session, seat, rest: (ptr::null(), 0) }
    }

    /// What the callbacks have kept.
    pub fn seat(&self) -> &Seat {
        unsafe { &*self.seat }
    }

    /// Requests are answered with these in turns from now on.
    pub fn answer_with(&mut self, answers: &'static [Answer]) {
        unsafe { (*self.seat).answers = answers };
    }

    pub fn settings(&mut self, entries: &[(i32, u32)]) {
        let entry = |&(settings_id, value): &(i32, u32)| SettingsEntry { settings_id, value };
        let entries: Vec<SettingsEntry> = entries.iter().map(entry).collect();
        let submit = self.library.functions.submit_settings;
        let result = unsafe { submit(self.session, 0, entries.as_ptr(), entries.len()) };
        self.library.check("submit_settings", result as isize);
    }

    #[inline]
    pub fn request(&mut self, fields: &FieldList, body: Body) -> i32 {
        let provider = provider(body);
        let pointer = provider.as_ref().map_or(ptr::null(), ptr::from_ref);
        let (nva, count) = (fields.entries.as_ptr(), fields.entries.len());
        let submit = self.library.functions.submit_request2;
        let none = ptr::null_mut();
        let stream = unsafe { submit(self.session, none, nva, count, pointer, none) };
        self.library.check("submit_request2", stream as isize);
        stream
    }

    /// Wakes a stream with a body of the kind `Woken`.
    #[inline]
    pub fn wake(&mut self, stream: i32) {
        unsafe { (*self.seat).awake = true };
        let result = unsafe { (self.library.functions.session_resume_data)(self.session, stream) };
        self.library.check("session_resume_data", result as isize);
    }

    /// Sends, to nobody, until so many more DATA frames of endless bodies have left. A call may send
    /// one frame, or as many as the send_data callback lets pass.
    #[inline]
    pub fn send_data_frames(&mut self, count: u64) {
        let wanted = self.seat().frames_sent + count;
        unsafe { (*self.seat).frames_wanted = wanted };
        while self.seat().frames_sent < wanted {
            let is_silent = self.output().is_empty();
            assert!(!is_silent || self.seat().frames_sent == wanted, "nothing more is sent");
        }
    }

    /// Sends all there is, to nobody. Returns how much it was.
    #[inline]
    pub fn drain(&mut self) -> usize {
        let mut sum = 0;
        loop {
            let length = self.output().len();
            if length == 0 {
                return sum;
            }
            sum += length;
        }
    }

    /// Fills a buffer with what there is to send, by one call of the library that can; of others as
    /// programs do, who keep the rest of the last frame for the next time. Returns how much it is.
    #[inline]
    pub fn fill(&mut self, buffer: &mut [u8]) -> usize {
        match self.library.mem_sendv {
            Some(sendv) => {
                let vec = Vector { base: buffer.as_mut_ptr(), len: buffer.len() };
                let length = unsafe { sendv(self.session, &vec, 1) };
                self.library.check("session_mem_sendv", length);
                length as usize
            }
            None => self.fill_by_frames(buffer),
        }
    }

    fn fill_by_frames(&mut self, buffer: &mut [u8]) -> usize {
        let mut filled = 0;
        while filled < buffer.len() {
            if self.rest.1 == 0 {
                let octets: *const [u8] = self.output();
                self.rest = (octets.cast(), octets.len());
                if octets.is_empty() {
                    break;
                }
            }
            let (start, len) = self.rest;
            let taken = len.min(buffer.len() - filled);
            // What was returned stays until the next call.
            unsafe {
                ptr::copy_nonoverlapping(start, buffer[filled..].as_mut_ptr(), taken);
                self.rest = (start.add(taken), len - taken);
            }
            filled += taken;
        }
        filled
    }

    /// Appends all that there is to send.
    #[inline]
    pub fn send(&mut self, out: &mut Vec<u8>) {
        loop {
            let octets = self.output();
            if octets.is_empty() {
                return;
            }
            out.extend_from_slice(octets);
        }
    }

    #[inline]
    fn output(&mut self) -> &[u8] {
        let mut data = ptr::null();
        let send = self.library.functions.session_mem_send2;
        let length = unsafe { send(self.session, &mut data) };
        self.library.check("session_mem_send2", length);
        let octets = unsafe { slice(data, length as usize) };
        let seat = unsafe { &mut *self.seat };
        if seat.watch {
            seat.digest.output(octets);
        }
        octets
    }

    /// Takes octets from the peer: all of them.
    #[inline]
    pub fn receive(&mut self, octets: &[u8]) {
        let receive = self.library.functions.session_mem_recv2;
        let taken = unsafe { receive(self.session, octets.as_ptr(), octets.len()) };
        self.library.check("session_mem_recv2", taken);
        assert_eq!(taken as usize, octets.len(), "{} has stopped", self.library.name);
    }

    /// Ends the program if the session has ended itself: what it does then is nothing to measure.
    pub fn must_be_alive(&self) {
        let is_alive = unsafe { (self.library.functions.session_want_read)(self.session) != 0 };
        assert!(is_alive, "{} has ended the session", self.library.name);
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        unsafe {
            (self.library.functions.session_del)(self.session);
            drop(Box::from_raw(self.seat));
        }
    }
}
