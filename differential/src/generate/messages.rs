//! HTTP messages with flaws, for the rules of RFC 9113 section 8.

use super::{Generator, client};
use crate::script::{escape, step};

/// Header lists with one flaw or peculiarity each.
pub fn requests(generator: &mut Generator) {
    let open = generator.open('s', 90);
    if generator.rng.chance(20) {
        generator.push(step('s', "submit_settings").arg("iv", "8:1"));
    }
    generator.rules('s', 1);
    generator.preface('s', !open.has("opt.no_recv_client_magic"));
    for _ in 0..generator.rng.range(1, 6) {
        let id = generator.server.next_peer;
        let nv = generator.flawed_request();
        let feed = generator.headers_step('s', id, nv);
        let ended = feed.int("flags", 0) == 1;
        generator.push(feed);
        generator.server.live.push(id);
        generator.server.next_peer += 2;
        if !ended && generator.rng.chance(70) {
            let len = generator.rng.pick(&[0, 1, 5, 6]);
            let data = step('s', "feed").word("data").arg("stream", id).arg("len", len);
            let end = generator.rng.chance(60);
            generator.push(data.arg_if(end, "flags", 1));
            if !end && generator.rng.chance(50) {
                let nv = generator.flawed_trailers();
                let trailers = step('s', "feed").word("headers").arg("stream", id);
                let flags = generator.rng.pick(&[1, 1, 1, 0]);
                generator.push(trailers.arg("flags", flags).arg("nv", nv));
            }
        }
        generator.read_input('s');
    }
    generator.push(step('s', "drain"));
    generator.finish('s');
}

/// Names and values that make the HTTP rules speak.
const NAMES: &[&str] = &[
    "",
    ":",
    ":foo",
    "Foo",
    "fo%20o",
    "a:b",
    "a%01B",
    "aB%01",
    "foo",
    "connection",
    "keep-alive",
    "proxy-connection",
    "transfer-encoding",
    "upgrade",
    "te",
    "content-length",
    "host",
    "priority",
    ":method",
    ":path",
    ":scheme",
    ":authority",
    ":status",
    ":protocol",
    "%80",
    "_",
    "x%00",
    "TE",
    "Connection",
    "cookie",
    "link",
];

const VALUES: &[&str] = &[
    "",
    "a",
    "%20a",
    "a%20",
    "%09a",
    "a%00b",
    "a%7f",
    "a%80",
    "%ff",
    "trailers",
    "Trailers",
    "gzip",
    "0",
    "5",
    "6",
    "05",
    "-1",
    "9223372036854775807",
    "9223372036854775808",
    "0%20",
    "5,5",
    "200",
    "GET",
    "CONNECT",
    "/",
    "*",
    "x",
    "https",
    "ht%20tp",
    "1http",
    "a@b",
    "a/b",
    "a b",
    "u=1,i",
    "u=9",
    "%22",
    "%0d%0a",
    "websocket",
    "%20",
    "%09",
];

impl Generator {
    fn peculiar_field(&mut self) -> String {
        let name = self.rng.pick(NAMES);
        let value = if self.rng.chance(4) {
            let length = self.rng.range(0, 4) as usize;
            escape(&self.rng.octets(length))
        } else {
            self.rng.pick(VALUES).replace(' ', "%20")
        };
        // Whether a Priority field counts shows only in EXT mode.
        format!("{name}={value}")
    }

    /// A request with fields replaced, removed, repeated, added or moved.
    fn flawed_request(&mut self) -> String {
        let base = if self.rng.chance(15) { self.connect_request() } else { self.request() };
        let mut fields: Vec<String> = base.split('|').map(String::from).collect();
        if self.rng.chance(25) {
            fields.push(
                self.rng.pick(&["content-length=5", "content-length=0", "content-length=1"]).into(),
            );
        }
        if self.rng.chance(15) {
            fields.push("host=example.org".into());
        }
        self.spoil(&mut fields);
        fields.join("|")
    }

    /// Changes a header list once or twice.
    pub fn spoil(&mut self, fields: &mut Vec<String>) {
        for _ in 0..self.rng.range(0, 3) {
            let place = self.rng.below(fields.len() as u64) as usize;
            match self.rng.below(6) {
                0 if fields.len() > 1 => {
                    fields.remove(place);
                }
                1 => {
                    let copy = fields[place].clone();
                    fields.push(copy);
                }
                2 => {
                    let moved = fields.remove(place);
                    fields.push(moved);
                }
                3 => {
                    let name = fields[place].split('=').next().unwrap_or("").to_string();
                    let value = self.rng.pick(VALUES).replace(' ', "%20");
                    fields[place] = format!("{name}={value}");
                }
                4 => fields.push(self.peculiar_field()),
                _ => {
                    let field = self.peculiar_field();
                    fields.insert(place, field);
                }
            }
        }
    }

    pub fn flawed_trailers(&mut self) -> String {
        let mut fields = vec![self.ordinary_field()];
        self.spoil(&mut fields);
        fields.join("|")
    }
}

/// Responses with a flaw or peculiarity each.
pub fn responses(generator: &mut Generator) {
    client::begin(generator, 50, 4);
    generator.push(step('c', "recv"));
    let live = generator.client.live.clone();
    for id in live {
        if generator.rng.chance(25) {
            let nv = generator.flawed_response(true);
            let feed = step('c', "feed").word("headers").arg("stream", id).arg("nv", nv);
            let flags = generator.rng.pick(&[0, 0, 0, 1]);
            generator.push(feed.arg("flags", flags));
        }
        let nv = generator.flawed_response(false);
        let feed = generator.headers_step('c', id, nv);
        generator.push(feed);
        if generator.rng.chance(60) {
            let data = step('c', "feed").word("data").arg("stream", id);
            let len = generator.rng.pick(&[0, 1, 5, 6]);
            let end = generator.rng.chance(60);
            generator.push(data.arg("len", len).arg_if(end, "flags", 1));
        }
        if generator.rng.chance(30) {
            let nv = generator.flawed_trailers();
            let trailers = step('c', "feed").word("headers").arg("stream", id);
            let flags = generator.rng.pick(&[1, 1, 1, 0]);
            generator.push(trailers.arg("flags", flags).arg("nv", nv));
        }
        if generator.rng.chance(60) {
            generator.read_input('c');
        }
    }
    generator.push(step('c', "recv"));
    generator.push(step('c', "drain"));
    generator.finish('c');
}

impl Generator {
    fn flawed_response(&mut self, informational: bool) -> String {
        let status = if informational {
            self.rng.pick(&["100", "103", "199", "101"])
        } else {
            self.rng.pick(&[
                "200", "200", "200", "200", "204", "304", "404", "099", "20", "2000", "999", "2x0",
                "",
            ])
        };
        let mut fields = vec![format!(":status={status}")];
        if self.rng.chance(40) {
            let length = ["content-length=0", "content-length=1", "content-length=5"];
            fields.push(self.rng.pick(&length).into());
        }
        if self.rng.chance(30) {
            fields.push(self.ordinary_field());
        }
        if self.rng.chance(50) {
            self.spoil(&mut fields);
        }
        fields.join("|")
    }
}
