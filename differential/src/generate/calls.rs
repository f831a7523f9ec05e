//! Calls of the application on a session, used as steps and as actions inside callbacks.

use super::Generator;
use crate::script::{Step, escape, step};

type Make = fn(&mut Generator, char) -> Option<Step>;

const SERVER: &[(u32, Make)] = &[
    (24, Generator::response_call),
    (3, Generator::headers_call),
    (4, Generator::data_call),
    (3, Generator::trailer_call),
    (7, Generator::push_call),
    (3, Generator::altsvc_call),
    (2, Generator::origin_call),
    (2, Generator::shutdown_call),
    (5, Generator::extpri_call),
    (30, Generator::common_call),
];

const CLIENT: &[(u32, Make)] = &[
    (24, Generator::request_call),
    (3, Generator::headers_call),
    (4, Generator::data_call),
    (3, Generator::trailer_call),
    (4, Generator::priority_update_call),
    (1, Generator::wrong_side_call),
    (30, Generator::common_call),
];

const COMMON: &[(u32, Make)] = &[
    (7, Generator::rst_call),
    (4, Generator::settings_call),
    (3, Generator::ping_call),
    (2, Generator::goaway_call),
    (4, Generator::terminate_call),
    (6, Generator::window_update_call),
    (6, Generator::local_window_call),
    (9, Generator::consume_call),
    (9, Generator::resume_call),
    (3, Generator::extension_call),
    (3, Generator::user_data_call),
    (1, Generator::next_id_call),
    (1, Generator::set_user_data_call),
    (1, Generator::wrong_side_call),
];

impl Generator {
    /// A random call on a session.
    pub fn call(&mut self, target: char) -> Step {
        let table = if target == 's' { SERVER } else { CLIENT };
        for _ in 0..10 {
            let make = self.rng.weighted(table);
            if let Some(step) = make(self, target) {
                return step;
            }
        }
        step(target, "getters")
    }

    fn common_call(&mut self, target: char) -> Option<Step> {
        let make = self.rng.weighted(COMMON);
        make(self, target)
    }

    /// Whether another data source may be submitted: without RFC 9218 priorities on both
    /// libraries the order of several streams is not comparable.
    fn may_send_data(&mut self, target: char) -> bool {
        let side = self.side(target);
        if !side.extensible && side.sources > 0 {
            return false;
        }
        side.sources += 1;
        true
    }

    /// Adds a body to a submission, most of the time.
    pub fn with_body(&mut self, step: Step, target: char, percent: u64) -> Step {
        if !self.rng.chance(percent) || !self.may_send_data(target) {
            return step;
        }
        let step = step.arg("read", self.body());
        let old = self.rng.chance(20);
        let step = step.arg_if(old, "v", 1);
        // A provider without a callback counts as none, except for submit_data.
        let absent = step.verb != "submit_data" && self.rng.chance(3);
        step.arg_if(absent, "no_read", 1)
    }

    fn response_call(&mut self, target: char) -> Option<Step> {
        let (id, nv) = (self.stream(target), self.response());
        let step = step(target, "submit_response").arg("stream", id).arg("nv", nv);
        Some(self.with_body(step, target, 75))
    }

    pub fn request_call(&mut self, target: char) -> Option<Step> {
        let nv = if self.rng.chance(4) { self.connect_request() } else { self.request() };
        let tag = self.rng.range(1, 99);
        let step = step(target, "submit_request").arg("nv", nv).arg("ud", tag);
        let side = self.side(target);
        side.live.push(side.next_own);
        side.next_own += 2;
        Some(self.with_body(step, target, 40))
    }

    fn headers_call(&mut self, target: char) -> Option<Step> {
        let fresh = target == 'c' && self.rng.chance(30);
        let id = if fresh { -1 } else { self.stream(target) };
        let nv = match self.rng.below(3) {
            0 if target == 's' => ":status=103|link=x".to_string(),
            0 | 1 if target == 's' => self.response(),
            0 => self.request(),
            _ => self.trailers(),
        };
        if fresh {
            let side = self.side(target);
            side.live.push(side.next_own);
            side.next_own += 2;
        }
        let flags = self.rng.pick(&[0, 0, 1, 0x2d]);
        let step = step(target, "submit_headers").arg("stream", id).arg("nv", nv);
        Some(step.arg("flags", flags).arg("ud", self.rng.range(1, 99)))
    }

    fn data_call(&mut self, target: char) -> Option<Step> {
        let id = self.stream(target);
        let step = step(target, "submit_data").arg("stream", id).arg("flags", self.rng.below(2));
        let step = self.with_body(step, target, 100);
        step.has("read").then_some(step)
    }

    fn trailer_call(&mut self, target: char) -> Option<Step> {
        let (id, nv) = (self.stream(target), self.trailers());
        Some(step(target, "submit_trailer").arg("stream", id).arg("nv", nv))
    }

    fn push_call(&mut self, target: char) -> Option<Step> {
        let (id, nv) = (self.stream(target), self.request());
        let side = self.side(target);
        let promised = side.next_own;
        side.next_own += 2;
        side.live.push(promised);
        let step = step(target, "submit_push_promise").arg("stream", id).arg("nv", nv);
        Some(step.arg("ud", self.rng.range(1, 99)))
    }

    fn altsvc_call(&mut self, target: char) -> Option<Step> {
        let id = if self.rng.chance(50) { 0 } else { self.stream(target) };
        let origin = if self.rng.chance(50) { "https://a" } else { "" };
        let value = self.rng.pick(&["h2=:1", "clear", ""]);
        let step = step(target, "submit_altsvc").arg("stream", id);
        let step = step.arg("origin", escape(origin.as_bytes()));
        Some(step.arg("value", escape(value.as_bytes())))
    }

    fn origin_call(&mut self, target: char) -> Option<Step> {
        let list = self.rng.pick(&["https://a", "https://a|https://b:8", "", "x||y"]);
        Some(step(target, "submit_origin").arg("list", list))
    }

    fn shutdown_call(&mut self, target: char) -> Option<Step> {
        Some(step(target, "submit_shutdown_notice"))
    }

    fn extpri_call(&mut self, target: char) -> Option<Step> {
        let id = self.stream(target);
        let step = step(target, "change_extpri_stream_priority").arg("stream", id);
        let step = step.arg("u", self.rng.pick(&[0, 1, 3, 7, 8, 99]));
        let ignore = self.rng.chance(20);
        Some(step.arg("i", self.rng.below(2)).arg_if(ignore, "ignore", 1))
    }

    fn priority_update_call(&mut self, target: char) -> Option<Step> {
        let (id, value) = (self.stream(target), self.priority_value());
        Some(step(target, "submit_priority_update").arg("stream", id).arg("value", value))
    }

    fn rst_call(&mut self, target: char) -> Option<Step> {
        let (id, code) = (self.stream(target), self.code());
        Some(step(target, "submit_rst_stream").arg("stream", id).arg("code", code))
    }

    fn settings_call(&mut self, target: char) -> Option<Step> {
        let iv = self.settings(target, true);
        Some(step(target, "submit_settings").arg_if(!iv.is_empty(), "iv", iv))
    }

    fn ping_call(&mut self, target: char) -> Option<Step> {
        let data = self.rng.chance(50);
        let step = step(target, "submit_ping").arg("flags", self.rng.pick(&[0, 0, 1, 0xff]));
        Some(step.arg_if(data, "hex", "1122334455667788"))
    }

    fn goaway_call(&mut self, target: char) -> Option<Step> {
        let last = if self.rng.chance(80) { self.stream(target) } else { i32::MAX };
        let code = self.code();
        let debug = self.rng.chance(30);
        let step = step(target, "submit_goaway").arg("last", last).arg("code", code);
        Some(step.arg_if(debug, "debug", self.rng.pick(&["6162", "00*16376", "00*16377"])))
    }

    fn terminate_call(&mut self, target: char) -> Option<Step> {
        let code = self.code();
        match self.rng.below(3) {
            0 => {
                let last = self.stream(target);
                let step = step(target, "terminate_session2").arg("last", last);
                Some(step.arg("code", code))
            }
            1 => Some(step(target, "terminate_session").arg("code", code)),
            _ => None,
        }
    }

    fn window_update_call(&mut self, target: char) -> Option<Step> {
        let id = if self.rng.chance(40) { 0 } else { self.stream(target) };
        let inc = self.window() * self.rng.pick(&[1, 1, 1, -1]);
        Some(step(target, "submit_window_update").arg("stream", id).arg("inc", inc))
    }

    fn local_window_call(&mut self, target: char) -> Option<Step> {
        let id = if self.rng.chance(40) { 0 } else { self.stream(target) };
        let size = if self.rng.chance(5) { -1 } else { self.window() };
        Some(step(target, "set_local_window_size").arg("stream", id).arg("size", size))
    }

    fn consume_call(&mut self, target: char) -> Option<Step> {
        let id = self.stream(target);
        let size = match self.rng.below(8) {
            0 => 0,
            // More does not fit any window; the original wraps around.
            1 | 2 => (1 << 31) - 1,
            _ => self.rng.range(1, 40000),
        };
        let verb = self.rng.pick(&["consume", "consume", "consume_connection", "consume_stream"]);
        Some(step(target, verb).arg("stream", id).arg("size", size))
    }

    fn resume_call(&mut self, target: char) -> Option<Step> {
        let id = self.stream(target);
        Some(step(target, "resume_data").arg("stream", id))
    }

    pub fn extension_call(&mut self, target: char) -> Option<Step> {
        match (target, self.rng.below(4)) {
            ('s', 0) => return self.altsvc_call(target),
            ('s', 1) => return self.origin_call(target),
            ('c', 0 | 1) => return self.priority_update_call(target),
            _ => {}
        }
        let id = self.stream(target);
        let kind = self.rng.pick(&[9, 10, 12, 16, 42, 200]);
        let step = step(target, "submit_extension").arg("type", kind).arg("stream", id);
        Some(step.arg("flags", self.rng.below(256)).arg("payload", self.rng.pick(&[0, 5, 16384])))
    }

    fn user_data_call(&mut self, target: char) -> Option<Step> {
        let id = self.stream(target);
        let step = step(target, "set_stream_user_data").arg("stream", id);
        Some(step.arg("ud", self.rng.range(100, 120)))
    }

    fn next_id_call(&mut self, target: char) -> Option<Step> {
        let id = match self.rng.below(8) {
            0 => i32::MAX,
            1 => i32::MAX - 1,
            2 => 0,
            3 => -1,
            _ => self.rng.range(1, 40) as i32,
        };
        let side = self.side(target);
        if id >= side.next_own && id % 2 == side.next_own % 2 {
            side.next_own = id.min(i32::MAX - 200);
        }
        Some(step(target, "set_next_stream_id").arg("stream", id))
    }

    fn set_user_data_call(&mut self, target: char) -> Option<Step> {
        Some(step(target, "set_user_data").arg("ud", self.rng.range(50, 60)))
    }

    /// What only the other side may do.
    fn wrong_side_call(&mut self, target: char) -> Option<Step> {
        let table = if target == 's' { CLIENT } else { SERVER };
        let (own, live) = {
            let side = self.side(target);
            (side.next_own, side.live.len())
        };
        let make = table[self.rng.below(table.len() as u64 - 1) as usize].1;
        let step = make(self, target);
        // It will not open a stream.
        let side = self.side(target);
        side.next_own = own;
        side.live.truncate(live);
        step
    }
}
