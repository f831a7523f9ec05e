//! Extension frames of all kinds, built in or the application's own, both ways.

use super::Generator;
use crate::script::step;

pub fn server(generator: &mut Generator) {
    session(generator, 's');
    generator.push(step('s', "feed").word("magic"));
    generator.push(step('s', "feed").word("settings"));
    generator.feed_request('s');
    course(generator, 's');
}

fn session(generator: &mut Generator, target: char) {
    let mut open = step(target, "open");
    for kind in [10, 12, 16] {
        let builtin = generator.rng.chance(70);
        open = open.arg_if(builtin, "opt.builtin_recv_extension_type", kind);
    }
    for _ in 0..generator.rng.range(0, 2) {
        let kind = generator.rng.pick(&[10, 12, 16, 42, 200]);
        open = open.arg("opt.user_recv_extension_type", kind);
    }
    let callbacks = generator.rng.pick(&[
        "",
        "",
        "",
        "+pack_extension",
        "-unpack_extension",
        "-pack_extension2",
    ]);
    generator.push(open.arg_if(!callbacks.is_empty(), "cb", callbacks));
    generator.push(step(target, "submit_settings").arg("iv", "9:1"));
    generator.side(target).extensible = true;
    generator.rules(target, 3);
}

fn course(generator: &mut Generator, target: char) {
    for _ in 0..generator.rng.range(3, 20) {
        match generator.rng.below(10) {
            0..=5 => {
                generator.feed_any_extension(target);
                if generator.rng.chance(60) {
                    generator.read_input(target);
                }
            }
            6..=7 => {
                let call = generator.extension_call(target);
                generator.steps.extend(call);
            }
            8 => generator.any_frame(target, 98),
            _ => generator.write_output(target),
        }
    }
    generator.push(step(target, "recv"));
    generator.push(step(target, "drain"));
    generator.finish(target);
}

pub fn client(generator: &mut Generator) {
    session(generator, 'c');
    if let Some(call) = generator.request_call('c') {
        generator.push(call);
    }
    generator.push(step('c', "drain"));
    let peer = generator.rng.pick(&["", "9:1", "9:0"]);
    generator.push(step('c', "feed").word("settings").arg_if(!peer.is_empty(), "iv", peer));
    course(generator, 'c');
}
