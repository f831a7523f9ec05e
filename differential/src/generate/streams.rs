//! Several streams, or one under pressure: RFC 9218 priorities and flow control.

use super::Generator;
use crate::script::step;

/// Several responses at once under RFC 9218 priorities.
pub fn priorities(generator: &mut Generator) {
    let open = step('s', "open").arg("opt.builtin_recv_extension_type", 16);
    generator.push(open);
    generator.push(step('s', "submit_settings").arg("iv", "9:1"));
    generator.server.extensible = true;
    generator.push(step('s', "feed").word("magic"));
    let peer = generator.rng.pick(&["9:1", "4:1000000,9:1", "4:70000", "4:20000,9:0", ""]);
    generator.push(step('s', "feed").word("settings").arg_if(!peer.is_empty(), "iv", peer));
    if generator.rng.chance(80) {
        generator.push(step('s', "feed").word("winup").arg("inc", 1_000_000));
    }
    for _ in 0..generator.rng.range(2, 7) {
        let id = generator.server.next_peer;
        generator.server.next_peer += 2;
        generator.server.live.push(id);
        let mut nv = generator.request();
        if generator.rng.chance(60) {
            nv = format!("{nv}|priority={}", generator.priority_value());
        }
        let feed = step('s', "feed").word("headers").arg("stream", id).arg("flags", 1);
        generator.push(feed.arg("nv", nv));
        generator.push(step('s', "recv"));
        if generator.rng.chance(85) {
            let body = generator.body();
            let response = step('s', "submit_response").arg("stream", id);
            generator.push(response.arg("nv", ":status=200").arg("read", body));
        }
        if generator.rng.chance(40) {
            generator.write_output('s');
        }
    }
    for _ in 0..generator.rng.range(3, 15) {
        let id = generator.stream('s');
        match generator.rng.below(8) {
            0 | 1 => {
                let value = generator.priority_value();
                let feed = step('s', "feed").word("priupdate").arg("id", id).arg("value", value);
                generator.push(feed);
                generator.push(step('s', "recv"));
            }
            2 => {
                let change = step('s', "change_extpri_stream_priority").arg("stream", id);
                let change =
                    change.arg("u", generator.rng.below(9)).arg("i", generator.rng.below(2));
                generator.push(change);
            }
            3 => generator.push(step('s', "resume_data").arg("stream", id)),
            4 => {
                generator.feed_window_update('s');
                generator.push(step('s', "recv"));
            }
            5 => {
                let body = generator.body();
                let data = step('s', "submit_data").arg("stream", id).arg("flags", 1);
                generator.push(data.arg("read", body));
            }
            _ => generator.write_output('s'),
        }
    }
    generator.push(step('s', "drain"));
    generator.finish('s');
}

/// Windows: data in, updates out, by hand or automatic.
pub fn flow(generator: &mut Generator) {
    let manual = generator.rng.chance(60);
    let open = step('s', "open").arg_if(manual, "opt.no_auto_window_update", 1);
    generator.push(open);
    generator.push(step('s', "submit_settings").arg("iv", "9:1"));
    generator.server.extensible = true;
    if generator.rng.chance(50) {
        let window = generator.window();
        generator.push(step('s', "submit_settings").arg("iv", format!("4:{window}")));
    }
    generator.push(step('s', "feed").word("magic"));
    generator.push(step('s', "feed").word("settings"));
    if generator.rng.chance(70) {
        generator.settle('s');
    }
    // One stream, so that updates caused by one event come in one order.
    let nv = ":method=POST|:scheme=https|:authority=a|:path=/";
    generator.push(step('s', "feed").word("headers").arg("stream", 1).arg("nv", nv));
    generator.push(step('s', "recv"));
    generator.server.live.push(1);
    for _ in 0..generator.rng.range(4, 25) {
        match generator.rng.below(10) {
            0..=3 => {
                generator.feed_data('s');
                generator.read_input('s');
            }
            4 => {
                let window = generator.window();
                generator.push(step('s', "submit_settings").arg("iv", format!("4:{window}")));
                generator.push(step('s', "drain"));
                generator.feed_ack('s');
                generator.push(step('s', "recv"));
            }
            5 => generator.write_output('s'),
            _ => {
                let verb = generator.rng.pick(&[
                    "consume",
                    "consume_stream",
                    "consume_connection",
                    "submit_window_update",
                    "set_local_window_size",
                    "consume",
                ]);
                let id = if generator.rng.chance(30) { 0 } else { generator.stream('s') };
                let size = if generator.rng.chance(60) {
                    generator.rng.range(1, 40000)
                } else {
                    generator.window() * generator.rng.pick(&[1, 1, -1])
                };
                let call = step('s', verb).arg("stream", id);
                let key = if verb == "submit_window_update" { "inc" } else { "size" };
                let size = if verb.starts_with("consume") { size.abs() } else { size };
                generator.push(call.arg(key, size));
            }
        }
    }
    generator.push(step('s', "drain"));
    generator.finish('s');
}
