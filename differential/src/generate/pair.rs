//! A client and a server wired together.

use super::Generator;
use crate::script::step;

fn begin(generator: &mut Generator) {
    let server = generator.open('s', 100);
    generator.open('c', 100);
    if server.has("opt.no_recv_client_magic") {
        // The client sends it all the same; the first octets are then a frame head.
        generator.push(step('c', "mem_send").arg("n", 1));
    }
}

pub fn life(generator: &mut Generator) {
    begin(generator);
    generator.rules('s', 4);
    generator.rules('c', 3);
    for _ in 0..generator.rng.range(3, 25) {
        match generator.rng.below(20) {
            0..=5 => {
                if let Some(call) = generator.request_call('c') {
                    let id = call.int("stream", 0);
                    generator.push(call);
                    let opened = generator.client.live.last().copied().unwrap_or(id as i32);
                    generator.server.live.push(opened);
                    generator.server.next_peer = opened + 2;
                }
            }
            6..=9 => generator.pump(),
            10..=13 => {
                let call = generator.call('s');
                if call.verb == "submit_push_promise"
                    && let Some(&promised) = generator.server.live.last()
                {
                    generator.client.live.push(promised);
                }
                generator.push(call);
            }
            14..=16 => {
                let call = generator.call('c');
                generator.push(call);
            }
            17 => generator.rule('s'),
            18 => generator.rule('c'),
            _ => {
                let target = generator.rng.pick(&['s', 'c']);
                generator.write_output(target);
            }
        }
    }
    generator.pump();
    generator.finish('c');
    generator.push(step('s', "del"));
}

impl Generator {
    /// Carries octets, now and then spoilt.
    fn pump(&mut self) {
        let mut pump = step('-', "pump");
        if let Some(cuts) = self.cuts().filter(|_| self.rng.chance(40)) {
            pump = pump.arg("cut", cuts);
        }
        if self.rng.chance(6) {
            let flip = format!("{}:{}", self.rng.below(200), 1 << self.rng.below(8));
            let way = self.rng.pick(&["flip_c", "flip_s"]);
            pump = pump.arg(way, flip);
        }
        if self.rng.chance(20) {
            pump = pump.arg("rounds", 1);
        }
        self.push(pump);
    }
}

/// One stream each way at a time, with every kind of data source.
pub fn data(generator: &mut Generator) {
    begin(generator);
    let windows = generator.rng.chance(40);
    if windows {
        let window = generator.window();
        generator.push(step('c', "submit_settings").arg("iv", format!("4:{window}")));
    }
    generator.push(step('-', "pump"));
    for round in 0..generator.rng.range(1, 3) {
        let id = 2 * round as i32 + 1;
        let body = generator.body();
        let post = ":method=POST|:scheme=https|:authority=a|:path=/";
        let request = step('c', "submit_request").arg("nv", post);
        let upload = generator.rng.chance(40) && (generator.client.extensible || round == 0);
        generator.push(request.arg_if(upload, "read", body));
        generator.client.live.push(id);
        generator.server.live.push(id);
        if generator.rng.chance(20) {
            generator.rules('s', 3);
        }
        let body = generator.body();
        let nv = generator.response();
        let response = step('s', "submit_response").arg("stream", id).arg("nv", nv);
        let download = generator.server.extensible || round == 0;
        let response = response.arg_if(download, "read", body);
        let old = generator.rng.chance(25);
        let response = response.arg_if(old, "v", 1);
        if generator.rng.chance(25) {
            let trailer = step('s', "submit_trailer").arg("stream", id).arg("nv", "t=1");
            let nth = generator.rng.range(1, 3) as u32;
            generator.push(trailer.on("read", Some(id), nth));
        }
        if generator.rng.chance(50) {
            generator.push(response.on("on_begin_headers", Some(id), 1));
            generator.push(step('-', "pump"));
        } else {
            generator.push(step('-', "pump"));
            generator.push(response);
        }
        for _ in 0..generator.rng.range(1, 8) {
            match generator.rng.below(8) {
                0..=2 => generator.pump(),
                3 | 4 => {
                    let target = generator.rng.pick(&['s', 's', 'c']);
                    generator.push(step(target, "resume_data").arg("stream", id));
                }
                5 => {
                    let target = generator.rng.pick(&['s', 'c']);
                    generator.write_output(target);
                }
                6 => generator.rule('s'),
                _ => {
                    let call = generator.call('c');
                    generator.push(call);
                }
            }
        }
        generator.push(step('s', "resume_data").arg("stream", id));
        generator.push(step('-', "pump"));
    }
    generator.finish('s');
    generator.push(step('c', "del"));
}

/// Server push in all its states.
pub fn push(generator: &mut Generator) {
    generator.open('s', 100);
    generator.open('c', 100);
    generator.rules('s', 2);
    generator.rules('c', 2);
    for _ in 0..generator.rng.range(1, 3) {
        if let Some(call) = generator.request_call('c') {
            generator.push(call);
            let id = generator.client.next_own - 2;
            generator.server.live.push(id);
            generator.server.next_peer = id + 2;
        }
    }
    generator.push(step('-', "pump"));
    for _ in 0..generator.rng.range(3, 15) {
        match generator.rng.below(12) {
            0..=2 => {
                let id = generator.rng.pick(&[1, 1, 1, 3, 2]);
                let nv = generator.request();
                let push = step('s', "submit_push_promise").arg("stream", id).arg("nv", nv);
                generator.push(push.arg("ud", generator.server.next_own));
                generator.server.live.push(generator.server.next_own);
                generator.client.live.push(generator.server.next_own);
                generator.server.next_own += 2;
            }
            3..=5 => {
                let id = generator.stream('s');
                let nv = generator.response();
                let verb =
                    generator.rng.pick(&["submit_response", "submit_response", "submit_headers"]);
                let response = step('s', verb).arg("stream", id).arg("nv", nv);
                let response = generator.with_body(response, 's', 60);
                generator.push(response);
            }
            6..=8 => generator.pump(),
            9 => {
                let call = generator.call('c');
                generator.push(call);
            }
            10 => {
                let call = generator.call('s');
                generator.push(call);
            }
            _ => {
                let target = generator.rng.pick(&['s', 'c']);
                generator.write_output(target);
            }
        }
    }
    generator.pump();
    generator.finish('c');
    generator.push(step('s', "del"));
}

/// HTTP/1.1 upgrade: stream 1 exists without HEADERS.
pub fn upgrade(generator: &mut Generator) {
    begin(generator);
    let payload = generator.rng.pick(&[
        "",
        "00030000006400040000ffff",
        "000300",
        "00020000002a",
        "000400ffffff",
        "0004ffffffff",
        "000500000001",
        "000900000001",
        "000100000000",
    ]);
    for target in ['c', 's'] {
        let upgrade = step(target, "upgrade").arg("payload", payload).arg("ud", 5);
        let plain = generator.rng.chance(30);
        let head = generator.rng.below(2);
        let early = generator.rng.chance(85);
        let upgrade = upgrade.arg_if(!plain, "head", head);
        if early {
            generator.push(upgrade.clone());
        }
        if generator.rng.chance(15) {
            generator.push(step('-', "pump"));
            generator.push(upgrade);
        }
    }
    generator.client.live.push(1);
    generator.server.live.push(1);
    generator.client.next_own = 3;
    generator.server.next_peer = 3;
    for _ in 0..generator.rng.range(2, 12) {
        match generator.rng.below(5) {
            0 | 1 => generator.pump(),
            2 => {
                let call = generator.call('c');
                generator.push(call);
            }
            _ => {
                let call = generator.call('s');
                generator.push(call);
            }
        }
    }
    generator.push(step('-', "pump"));
    generator.finish('s');
    generator.push(step('c', "del"));
}
