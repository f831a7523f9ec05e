//! Frames to feed: what a peer sends in a healthy connection, and what it should not.

use super::Generator;
use crate::script::{Step, escape, hex, step};

impl Generator {
    fn feed(&self, target: char, kind: &str) -> Step {
        step(target, "feed").word(kind)
    }

    /// The peer's preface: magic for a server, then SETTINGS.
    pub fn preface(&mut self, target: char, magic: bool) {
        if target == 's' && magic {
            let feed = self.feed('s', "magic");
            self.push(feed);
        }
        let iv = self.settings(target, false);
        let feed = self.feed(target, "settings").arg_if(!iv.is_empty(), "iv", iv);
        self.push(feed);
    }

    /// Some frame; `health` is the percentage of sensible ones.
    pub fn any_frame(&mut self, target: char, health: u64) {
        if self.rng.chance(health) {
            self.good_frame(target);
        } else {
            self.bad_frame(target);
        }
    }

    fn good_frame(&mut self, target: char) {
        type Make = fn(&mut Generator, char);
        const SERVER: &[(u32, Make)] = &[
            (30, Generator::feed_request),
            (25, Generator::feed_data),
            (6, Generator::feed_trailers),
            (8, Generator::feed_rst),
            (12, Generator::feed_window_update),
            (4, Generator::feed_ping),
            (5, Generator::feed_settings),
            (4, Generator::feed_ack),
            (2, Generator::feed_goaway),
            (6, Generator::feed_priority_update),
            (2, Generator::feed_priority),
            (5, Generator::feed_extension),
        ];
        const CLIENT: &[(u32, Make)] = &[
            (30, Generator::feed_response),
            (25, Generator::feed_data),
            (6, Generator::feed_trailers),
            (8, Generator::feed_rst),
            (12, Generator::feed_window_update),
            (4, Generator::feed_ping),
            (5, Generator::feed_settings),
            (4, Generator::feed_ack),
            (4, Generator::feed_goaway),
            (10, Generator::feed_push),
            (4, Generator::feed_altsvc),
            (3, Generator::feed_origin),
            (5, Generator::feed_extension),
        ];
        let table = if target == 's' { SERVER } else { CLIENT };
        let make = self.rng.weighted(table);
        make(self, target);
    }

    /// A new request on the next stream; the stream is noted.
    pub fn feed_request(&mut self, target: char) {
        let id = self.side(target).next_peer;
        let nv = if self.rng.chance(4) { self.connect_request() } else { self.request() };
        let feed = self.headers_step(target, id, nv);
        self.push(feed);
        let side = self.side(target);
        side.live.push(id);
        side.next_peer += 2;
    }

    /// HEADERS with some framing variety.
    pub fn headers_step(&mut self, target: char, id: i32, nv: String) -> Step {
        let end = if self.rng.chance(50) { 1 } else { 0 };
        let mut feed =
            self.feed(target, "headers").arg("stream", id).arg_if(end == 1, "flags", end);
        feed = feed.arg("nv", nv);
        if self.rng.chance(10) {
            feed = feed.arg("pad", self.rng.pick(&[0, 1, 3, 255]));
        }
        if self.extensible(target) && self.rng.chance(8) {
            let spec =
                format!("{}:{}:{}", self.rng.below(8), self.rng.range(1, 256), self.rng.below(2));
            feed = feed.arg("prio", spec);
        }
        if self.rng.chance(12) {
            feed = feed
                .arg("split", self.rng.pick(&["0", "1", "5", "1,1", "2,3,4", "1,1,1,1,1,1,1,1"]));
        }
        if self.rng.chance(15) {
            feed = feed.arg("rep", self.rng.below(3));
        }
        feed
    }

    fn extensible(&mut self, target: char) -> bool {
        self.side(target).extensible
    }

    fn feed_response(&mut self, target: char) {
        let id = self.stream(target);
        if self.rng.chance(12) {
            let nv = self.rng.pick(&[":status=100", ":status=103|link=x", ":status=199"]);
            let feed = self.feed(target, "headers").arg("stream", id).arg("nv", nv);
            self.push(feed);
        }
        let nv = self.response();
        let feed = self.headers_step(target, id, nv);
        self.push(feed);
    }

    pub fn feed_data(&mut self, target: char) {
        let id = self.stream(target);
        let len = match self.rng.below(12) {
            0 => 0,
            1..=7 => self.rng.range(1, 500),
            8..=9 => self.rng.range(1000, 16384),
            10 => 16384,
            _ => self.rng.range(1, 20),
        };
        let end = self.rng.chance(20);
        let mut feed = self.feed(target, "data").arg("stream", id).arg("len", len);
        feed = feed.arg_if(end, "flags", 1);
        if self.rng.chance(12) {
            feed = feed.arg("pad", self.rng.pick(&[0, 1, 10, 255]));
        }
        let times = if self.rng.chance(10) { self.rng.range(2, 6) } else { 1 };
        for _ in 0..times {
            self.push(feed.clone());
        }
    }

    fn feed_trailers(&mut self, target: char) {
        let id = self.stream(target);
        let nv = self.trailers();
        let flags = if self.rng.chance(85) { 1 } else { 0 };
        let feed = self.feed(target, "headers").arg("stream", id).arg("flags", flags);
        self.push(feed.arg("nv", nv));
    }

    pub fn feed_rst(&mut self, target: char) {
        let (id, code) = (self.stream(target), self.code());
        let feed = self.feed(target, "rst").arg("stream", id).arg("code", code);
        self.push(feed);
    }

    pub fn feed_window_update(&mut self, target: char) {
        let id = if self.rng.chance(40) { 0 } else { self.stream(target) };
        let inc = match self.rng.below(12) {
            0 => self.rng.pick(&[0, (1 << 31) - 1, -1]),
            _ => self.rng.range(1, 70000),
        };
        let feed = self.feed(target, "winup").arg("stream", id).arg("inc", inc);
        self.push(feed);
    }

    fn feed_ping(&mut self, target: char) {
        let mut feed = self.feed(target, "ping");
        if self.rng.chance(30) {
            feed = feed.arg("ack", 1);
        }
        self.push(feed.arg("hex", "0102030405060708"));
    }

    pub fn feed_settings(&mut self, target: char) {
        let iv = self.settings(target, false);
        let feed = self.feed(target, "settings").arg_if(!iv.is_empty(), "iv", iv);
        self.push(feed);
    }

    /// Acknowledges one SETTINGS, rarely one that was never sent.
    pub fn feed_ack(&mut self, target: char) {
        let side = self.side(target);
        if side.unacknowledged == 0 && !self.rng.chance(8) {
            return;
        }
        let side = self.side(target);
        side.unacknowledged = side.unacknowledged.saturating_sub(1);
        let feed = self.feed(target, "settings").arg("ack", 1);
        self.push(feed);
    }

    /// Lets the session read and write, then acknowledges all its SETTINGS.
    pub fn settle(&mut self, target: char) {
        self.push(step(target, "recv"));
        self.push(step(target, "drain"));
        for _ in 0..self.side(target).unacknowledged {
            self.feed_ack(target);
        }
    }

    fn feed_goaway(&mut self, target: char) {
        let last = if self.rng.chance(70) { self.stream(target) } else { i32::MAX };
        let code = self.code();
        let mut feed = self.feed(target, "goaway").arg("last", last).arg("code", code);
        if self.rng.chance(30) {
            feed = feed.arg("debug", "6279653a");
        }
        self.push(feed);
    }

    fn feed_priority_update(&mut self, target: char) {
        if !self.extensible(target) {
            return;
        }
        let (id, value) = (self.stream(target), self.priority_value());
        let feed = self.feed(target, "priupdate").arg("id", id).arg("value", value);
        self.push(feed);
    }

    fn feed_priority(&mut self, target: char) {
        if !self.extensible(target) {
            return;
        }
        let id = self.stream(target);
        let spec =
            format!("{}:{}:{}", self.rng.below(10), self.rng.range(1, 256), self.rng.below(2));
        let feed = self.feed(target, "priority").arg("stream", id).arg("prio", spec);
        self.push(feed);
    }

    fn feed_extension(&mut self, target: char) {
        let kind = self.rng.pick(&[10, 11, 12, 16, 42, 200, 255]);
        if kind == 16 && !self.extensible(target) {
            return;
        }
        let id = self.stream(target);
        let len = self.rng.range(0, 40);
        let payload = self.rng.octets(len as usize);
        let feed = self.feed(target, "frame").arg("type", kind).arg("stream", id);
        let feed = feed.arg("flags", self.rng.below(256)).arg("payload", hex(&payload));
        self.push(feed);
    }

    /// An extension frame, sound or cut short.
    pub fn feed_any_extension(&mut self, target: char) {
        let before = self.steps.len();
        match self.rng.below(5) {
            0 => self.feed_altsvc(target),
            1 => self.feed_origin(target),
            2 => self.feed_priority_update(target),
            _ => self.feed_extension(target),
        }
        if self.rng.chance(15)
            && let Some(feed) = self.steps.get_mut(before)
        {
            let poke = format!("{}:{}", self.rng.range(9, 20), self.rng.below(256));
            feed.args.push(("poke".into(), poke));
        }
    }

    fn feed_push(&mut self, target: char) {
        let id = self.stream(target);
        let side = self.side(target);
        let promised = side.next_peer;
        side.next_peer += 2;
        side.live.push(promised);
        let promised = if self.rng.chance(6) { self.rng.range(0, 9) as i32 } else { promised };
        let nv = if self.rng.chance(90) { self.request() } else { self.response() };
        let mut feed = self.feed(target, "push").arg("stream", id).arg("promised", promised);
        feed = feed.arg("nv", nv);
        if self.rng.chance(10) {
            feed = feed.arg("pad", self.rng.pick(&[0, 7]));
        }
        if self.rng.chance(10) {
            feed = feed.arg("split", self.rng.pick(&["0", "3", "1,1"]));
        }
        self.push(feed);
        if self.rng.chance(60) {
            let nv = self.response();
            let feed = self.headers_step(target, promised, nv);
            self.push(feed);
        }
    }

    fn feed_altsvc(&mut self, target: char) {
        let id = if self.rng.chance(50) { 0 } else { self.stream(target) };
        let origin = if self.rng.chance(50) { "https://a" } else { "" };
        let value = self.rng.pick(&["h2=\":1\"", "clear", ""]);
        let feed = self.feed(target, "altsvc").arg("stream", id);
        let feed = feed.arg("origin", escape(origin.as_bytes()));
        self.push(feed.arg("value", escape(value.as_bytes())));
    }

    fn feed_origin(&mut self, target: char) {
        let id = if self.rng.chance(85) { 0 } else { self.stream(target) };
        let list = self.rng.pick(&["https://a", "https://a|https://b:8", "", "x||y"]);
        let feed = self.feed(target, "origin").arg("stream", id).arg("list", list);
        self.push(feed);
    }

    /// A frame with something wrong, or at least unusual.
    fn bad_frame(&mut self, target: char) {
        let extensible = self.extensible(target);
        let id = self.stream(target);
        let feed = match self.rng.below(16) {
            0 => self.feed(target, "data").arg("stream", id).arg("pad", 3).arg("claim", 200),
            1 => self.feed(target, "frame").arg("type", 0).arg("flags", 8).arg("stream", id),
            2 => {
                let nv = self.request();
                let step = self.headers_step(target, id, nv);
                step.arg("pad", 2).arg("claim", 250)
            }
            3 => self.feed(target, "headers").arg("stream", id).arg("block", "ffffffffff"),
            4 => {
                let block = self.rng.range(1, 30) as usize;
                let block = self.rng.octets(block);
                self.feed(target, "headers").arg("stream", id).arg("block", hex(&block))
            }
            5 => {
                let nv = self.request();
                let step = self.headers_step(target, id, nv);
                step.arg("open", 1)
            }
            6 => self.feed(target, "cont").arg("stream", id).arg("flags", self.rng.pick(&[0, 4])),
            7 => {
                let length = self.rng.range(0, 12);
                let payload = self.rng.octets(length as usize);
                let kind = self.kind(extensible);
                let flags = self.rng.below(256) & priority_mask(kind, extensible);
                let feed = self.feed(target, "frame").arg("type", kind).arg("flags", flags);
                feed.arg("stream", id).arg("payload", hex(&payload))
            }
            8 => {
                let kind = self.kind(extensible);
                let feed = self.feed(target, "frame").arg("type", kind).arg("stream", id);
                feed.arg("length", self.rng.pick(&[16385, 0xff_ffff, 20]))
            }
            9 => self.feed(target, "ping").arg("stream", id),
            10 => self.feed(target, "settings").arg("stream", id).arg("iv", "3:1"),
            11 => self.feed(target, "goaway").arg("stream", id).arg("last", id),
            12 => {
                let nv = self.request();
                let id = self.rng.range(0, 9) as i32;
                self.headers_step(target, id, nv)
            }
            13 => {
                let count = self.rng.range(30, 36) as usize;
                let iv = vec!["3:100"; count].join(",");
                self.feed(target, "settings").arg("iv", iv)
            }
            14 => self.feed(target, "push").arg("stream", id).arg("promised", self.rng.range(0, 8)),
            _ => {
                let length = self.rng.range(1, 40) as usize;
                let octets = self.rng.octets(length);
                self.feed(target, "raw").arg("hex", hex(&octets))
            }
        };
        self.push(feed);
    }

    /// A frame type; priority signals only where they cannot show.
    fn kind(&mut self, extensible: bool) -> u8 {
        let kind = self.rng.pick(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 16, 99]);
        if !extensible && (kind == 2 || kind == 16) { 6 } else { kind }
    }

    /// A raw frame of any type, flags, stream and payload.
    pub fn random_frame(&mut self, target: char) {
        let extensible = self.extensible(target);
        let kind = self.kind(extensible);
        let id = self.stream(target);
        let natural = match kind {
            2 => 5,
            3 | 8 => 4,
            4 => 6 * self.rng.below(4),
            6 => 8,
            7 => 8 + self.rng.below(5),
            _ => self.rng.below(24),
        };
        let length = if self.rng.chance(80) { natural } else { self.rng.below(24) };
        let mut payload = self.rng.octets(length as usize);
        // Small numbers mean more than large ones.
        if self.rng.chance(60) {
            for octet in payload.iter_mut() {
                if self.rng.chance(60) {
                    *octet = 0;
                }
            }
        }
        let flags = self.rng.pick(&[0, 1, 4, 5, 8, 0x0d, 0x20, 0x25, 0x2d, 0xff, 0x40]);
        let flags = flags & priority_mask(kind, extensible);
        let feed = self.feed(target, "frame").arg("type", kind).arg("flags", flags);
        self.push(feed.arg("stream", id).arg("payload", hex(&payload)));
    }
}

/// HEADERS with the PRIORITY flag would show in the tree of RFC 7540.
fn priority_mask(kind: u8, extensible: bool) -> u64 {
    if kind == 1 && !extensible { 0xdf } else { 0xff }
}
