//! RFC 7540 priorities: the dependency tree and its scheduler.
//!
//! The reference is an older release here, so these lives keep away from everything that has
//! changed since: no flawed messages, no window overflows, no CONTINUATION, no resets of
//! streams that may be gone, no termination inside callbacks.

use super::{Generator, Side};
use crate::script::{Step, step};

impl Generator {
    /// A stream a priority may name: live, idle, gone, the root, or itself.
    fn node(&mut self, target: char) -> i32 {
        match self.rng.below(20) {
            0..=2 => 0,
            3..=4 => self.rng.range(1, 60) as i32,
            5 => self.rng.range(60, 300) as i32,
            6 => self.side(target).next_own,
            _ => self.live(target),
        }
    }

    fn live(&mut self, target: char) -> i32 {
        let live = self.side(target).live.clone();
        if live.is_empty() { 1 } else { self.rng.pick(&live) }
    }

    fn weight(&mut self) -> i64 {
        match self.rng.below(10) {
            0 => self.rng.pick(&[1, 256]),
            1..=3 => 16,
            _ => self.rng.range(1, 256),
        }
    }

    /// A priority for the API, where weights may be out of range.
    fn spec(&mut self, target: char) -> String {
        let weight =
            if self.rng.chance(5) { self.rng.pick(&[0, -1, 257, 1000]) } else { self.weight() };
        let exclusive = self.rng.chance(25) as u8;
        format!("{}:{weight}:{exclusive}", self.node(target))
    }

    /// A priority for the wire.
    fn wire_spec(&mut self, target: char) -> String {
        let exclusive = self.rng.chance(25) as u8;
        format!("{}:{}:{exclusive}", self.node(target), self.weight())
    }

    /// A body of several frames.
    fn long_body(&mut self) -> String {
        let mut items = Vec::new();
        for _ in 0..self.rng.range(1, 3) {
            items.push(match self.rng.below(12) {
                0 => "defer".to_string(),
                1 => "0".to_string(),
                2 => "pause".to_string(),
                3..=6 => self.rng.range(1, 40).to_string(),
                7..=8 => (16384 * self.rng.range(1, 4)).to_string(),
                _ => self.rng.range(1, 60000).to_string(),
            });
        }
        items.push(format!("{}e", self.rng.range(0, 20000)));
        items.join(",")
    }

    fn open_tree(&mut self, target: char) {
        let mut open = step(target, "open").arg("tree", 1).arg("opt.no_closed_streams", 1);
        if self.rng.chance(15) {
            open = open.arg("readlen", self.rng.pick(&[100, 1000, 20000]));
            open = open.arg("cb", "+read_length2");
        } else if self.rng.chance(10) {
            open = open.arg("pad", self.rng.pick(&[1, 100, 256])).arg("cb", "+select_padding2");
        }
        if self.rng.chance(10) {
            open = open.arg("opt.no_auto_window_update", 1);
        }
        let fallback = target == 's' && self.rng.chance(15);
        self.push(open.arg_if(fallback, "opt.server_fallback_rfc7540_priorities", 1));
        if fallback && self.rng.chance(80) {
            self.push(step(target, "submit_settings").arg("iv", "9:1"));
        } else {
            let iv = self.rng.pick(&["", "", "3:100", "3:20", "3:5", "9:0", "4:200000"]);
            self.push(step(target, "submit_settings").arg_if(!iv.is_empty(), "iv", iv));
        }
    }

    fn tree_response(&mut self, target: char) -> Step {
        let body = self.long_body();
        let side = self.side(target);
        let id = match side.unanswered.len() {
            0 => self.live(target),
            _ => self.server.unanswered.remove(0),
        };
        let response = step(target, "submit_response").arg("stream", id);
        response.arg("nv", ":status=200").arg("read", body)
    }

    fn tree_request(&mut self, target: char) -> Step {
        let mut request = step(target, "submit_request").arg("nv", POST);
        if self.rng.chance(60) {
            request = request.arg("prio", self.spec(target));
        }
        // A request that depends on itself is refused, and its id is not spent.
        let own = format!("{}:", self.side(target).next_own);
        if request.text("prio").is_some_and(|spec| spec.starts_with(&own)) {
            return request;
        }
        if self.rng.chance(70) {
            request = request.arg("read", self.long_body());
        }
        let side = self.side(target);
        side.live.push(side.next_own);
        side.next_own += 2;
        request
    }

    /// Re-prioritisation by the application.
    fn tree_call(&mut self, target: char) -> Step {
        let verb = self.rng.pick(&[
            "change_stream_priority",
            "change_stream_priority",
            "create_idle_stream",
            "submit_priority",
        ]);
        let id = if verb == "create_idle_stream" && self.rng.chance(80) {
            self.rng.range(20, 120) as i32
        } else {
            self.node(target)
        };
        step(target, verb).arg("stream", id).arg("prio", self.spec(target))
    }

    fn feed_tree_request(&mut self) {
        let id = self.server.next_peer + 2 * self.rng.below(3) as i32;
        let feed = step('s', "feed").word("headers").arg("stream", id).arg("flags", 1);
        let feed = feed.arg("nv", POST);
        let prioritised = self.rng.chance(60);
        let feed = if prioritised { feed.arg("prio", self.wire_spec('s')) } else { feed };
        self.push(feed);
        self.server.live.push(id);
        self.server.unanswered.push(id);
        self.server.next_peer = id + 2;
        if self.rng.chance(60) {
            self.push(step('s', "recv"));
        }
    }

    fn feed_tree_priority(&mut self, target: char) {
        let many = if self.rng.chance(10) { self.rng.range(10, 40) } else { 1 };
        let base = 2 * self.rng.range(100, 200) as i32 + 1;
        for n in 0..many as i32 {
            let id = if many == 1 { self.node(target) } else { base + 2 * n };
            let feed = step(target, "feed").word("priority").arg("stream", id);
            let spec = self.wire_spec(target);
            self.push(feed.arg("prio", spec));
        }
    }

    fn some_output(&mut self, target: char) {
        let write = match self.rng.below(6) {
            0 => step(target, "drain"),
            _ if self.sends => {
                step(target, "send").arg("plan", self.rng.pick(&["100,wb", "wb", "10,20000,wb"]))
            }
            _ => step(target, "mem_send").arg("n", self.rng.range(1, 12)),
        };
        self.push(write);
    }

    fn resume(&mut self, target: char) {
        let id = self.live(target);
        self.push(step(target, "resume_data").arg("stream", id));
    }
}

const POST: &str = ":method=POST|:scheme=https|:authority=a|:path=/";

pub fn server(generator: &mut Generator) {
    generator.open_tree('s');
    generator.push(step('s', "feed").word("magic"));
    let peer = generator.rng.pick(&["4:1000000", "4:1000000", "4:30000", "4:1000000,9:1", "9:0"]);
    generator.push(step('s', "feed").word("settings").arg("iv", peer));
    generator.settle('s');
    if generator.rng.chance(80) {
        generator.push(step('s', "feed").word("winup").arg("inc", 10_000_000));
    }
    for _ in 0..generator.rng.range(2, 6) {
        generator.feed_tree_request();
    }
    for _ in 0..generator.rng.range(5, 35) {
        match generator.rng.below(24) {
            0..=3 => generator.feed_tree_request(),
            4..=6 => generator.feed_tree_priority('s'),
            7..=11 => {
                let response = generator.tree_response('s');
                generator.push(response);
            }
            12..=14 => generator.push(step('s', "recv")),
            15..=17 => generator.some_output('s'),
            18..=19 => {
                let call = generator.tree_call('s');
                generator.push(call);
            }
            20 => generator.resume('s'),
            21 => {
                let id = if generator.rng.chance(50) { 0 } else { generator.live('s') };
                let inc = generator.rng.range(1, 40000);
                generator.push(step('s', "feed").word("winup").arg("stream", id).arg("inc", inc));
            }
            22 => {
                let id = generator.live('s');
                generator.push(step('s', "feed").word("rst").arg("stream", id).arg("code", 8));
            }
            _ => {
                let id = generator.live('s');
                let push = step('s', "submit_push_promise").arg("stream", id).arg("nv", POST);
                generator.push(push);
                let promised = generator.server.next_own;
                generator.server.live.push(promised);
                generator.server.next_own += 2;
            }
        }
    }
    generator.push(step('s', "recv"));
    generator.push(step('s', "drain"));
    generator.finish('s');
}

pub fn client(generator: &mut Generator) {
    generator.open_tree('c');
    let peer = generator.rng.pick(&["4:1000000", "4:30000", "4:1000000,9:1", "9:0", "3:2"]);
    generator.push(step('c', "feed").word("settings").arg("iv", peer));
    if generator.rng.chance(80) {
        generator.push(step('c', "feed").word("winup").arg("inc", 10_000_000));
        generator.push(step('c', "recv"));
    }
    for _ in 0..generator.rng.range(5, 35) {
        match generator.rng.below(20) {
            0..=6 => {
                let request = generator.tree_request('c');
                generator.push(request);
            }
            7..=9 => {
                let call = generator.tree_call('c');
                generator.push(call);
            }
            10..=14 => generator.some_output('c'),
            15 => generator.resume('c'),
            16 => {
                let id = generator.live('c');
                let response = step('c', "feed").word("headers").arg("stream", id);
                let flags = generator.rng.below(2);
                generator.push(response.arg("flags", flags).arg("nv", ":status=200"));
            }
            17 => {
                let id = generator.live('c');
                let inc = generator.rng.range(1, 40000);
                generator.push(step('c', "feed").word("winup").arg("stream", id).arg("inc", inc));
            }
            18 => generator.feed_tree_priority('c'),
            _ => generator.push(step('c', "recv")),
        }
    }
    generator.push(step('c', "drain"));
    generator.finish('c');
}

pub fn pair(generator: &mut Generator) {
    generator.open_tree('s');
    generator.open_tree('c');
    for target in ['s', 'c'] {
        if generator.rng.chance(70) {
            let widen = step(target, "set_local_window_size").arg("size", 10_000_000);
            generator.push(widen);
        }
    }
    for _ in 0..generator.rng.range(5, 30) {
        match generator.rng.below(16) {
            0..=4 => {
                let before = generator.client.next_own;
                let request = generator.tree_request('c');
                generator.push(request);
                if generator.client.next_own > before {
                    let Side { live, unanswered, next_peer, .. } = &mut generator.server;
                    live.push(before);
                    unanswered.push(before);
                    *next_peer = before + 2;
                }
            }
            5..=7 => generator.push(step('-', "pump").arg("rounds", 1)),
            8..=10 => {
                let response = generator.tree_response('s');
                generator.push(response);
            }
            11..=12 => {
                let call = generator.tree_call('c');
                generator.push(call);
            }
            13 => {
                let call = generator.tree_call('s');
                generator.push(call);
            }
            14 => {
                let target = generator.rng.pick(&['s', 'c']);
                generator.resume(target);
            }
            _ => generator.push(step('-', "pump")),
        }
    }
    generator.push(step('-', "pump"));
    generator.finish('s');
    generator.push(step('c', "del"));
}
