//! Rules: callbacks that return something, or do something.

use super::Generator;
use crate::script::{Step, step};

const CLOSURE: &str = "on_stream_close";

/// Events and what they may return, the documented codes first. PAUSE comes separately.
const EVENTS: &[(&str, &[i64])] = &[
    ("on_begin_frame", &[-902, -1, 1]),
    ("on_begin_headers", &[-521, -521, -521, -902, -1]),
    ("on_header", &[-521, -521, -521, -902, -1]),
    ("on_invalid_header", &[-521, -521, -902, 1]),
    ("on_frame_recv", &[-902, -521, 1]),
    ("on_invalid_frame_recv", &[-902, 1]),
    ("on_data_chunk_recv", &[-902, -1, 1, -521, -899]),
    ("before_frame_send", &[-535, -535, -535, -902, 1]),
    ("on_frame_send", &[-902, 1]),
    ("on_frame_not_send", &[-902, 1]),
    ("on_extension_chunk_recv", &[-535, -535, -902, 1]),
    ("unpack_extension", &[-535, -535, -902, 1]),
    ("pack_extension", &[-535, -535, -902, 16385, 0]),
    ("send_data", &[-504, -504, -526, -521, -902, 1]),
    ("read", &[-508, -526, -521, -902, -1, 0]),
    ("select_padding", &[0, -1, 100000]),
    ("read_length", &[0, -1, 1, 100000]),
    ("error", &[-902, 1]),
    ("send", &[-504, -504, -902, -1]),
];

/// Events in which the application does something.
const ACTIVE: &[(u32, &str)] = &[
    (25, "on_frame_recv"),
    (10, "on_begin_headers"),
    (8, "on_header"),
    (15, "on_data_chunk_recv"),
    (6, "on_begin_frame"),
    (12, "on_stream_close"),
    (8, "on_frame_send"),
    (5, "before_frame_send"),
    (6, "on_frame_not_send"),
    (4, "on_invalid_frame_recv"),
    (10, "read"),
    (3, "on_extension_chunk_recv"),
    (2, "unpack_extension"),
    (2, "send_data"),
    (2, "error"),
    (1, "select_padding"),
];

impl Generator {
    /// A few rules at once.
    pub fn rules(&mut self, target: char, at_most: i64) {
        for _ in 0..self.rng.range(0, at_most) {
            self.rule(target);
        }
    }

    pub fn rule(&mut self, target: char) {
        if self.rng.chance(45) {
            self.return_rule(target);
        } else {
            self.action_rule(target);
        }
    }

    fn nth(&mut self) -> u32 {
        self.rng.weighted(&[(35, 1), (25, 2), (15, 3), (10, 5), (5, 9), (4, 0)])
    }

    fn return_rule(&mut self, target: char) {
        let (event, values) = self.rng.pick(EVENTS);
        let can_pause = ["on_header", "on_data_chunk_recv", "on_invalid_header"].contains(&event);
        let value = if can_pause && self.pauses && self.rng.chance(70) {
            -526
        } else {
            self.rng.pick(values)
        };
        // A body that never ends would keep `nghttp2_session_send` busy for ever.
        let nth = if event == "read" && value == 0 { 2 } else { self.nth() };
        let step = step(target, "return").arg("value", value);
        self.push(step.on(event, None, nth));
    }

    fn action_rule(&mut self, target: char) {
        let mut event = self.rng.weighted(ACTIVE);
        // Closures caused by one event have no order: only one of them acts, and on itself.
        let acts = |step: &Step| step.when.as_ref().is_some_and(|when| when.event == CLOSURE);
        if event == CLOSURE && self.steps.iter().any(|step| step.target == target && acts(step)) {
            event = "on_frame_recv";
        }
        let nth = self.nth();
        let by_stream = event == CLOSURE || self.rng.chance(20);
        let stream = by_stream.then(|| self.stream(target));
        let mut action = match self.rng.below(10) {
            0 if !by_stream => step(target, "getters"),
            1..=5 if event == "on_header" => step(target, "keep"),
            2 if !self.sends && ["on_data_chunk_recv", "on_frame_recv"].contains(&event) => {
                step(target, "mem_send").arg("n", self.rng.range(1, 3))
            }
            _ => self.call(target),
        };
        if !self.side(target).extensible {
            // A rule may act often, and there must be one data source at most.
            action.args.retain(|(key, _)| key != "read");
        }
        if event == CLOSURE
            && let Some((_, id)) = action.args.iter_mut().find(|(key, _)| key == "stream")
        {
            *id = stream.unwrap_or(0).to_string();
        }
        self.push(action.on(event, stream, nth));
    }
}
