//! Functions without an object.

use super::Generator;
use crate::script::{escape, hex, step};

pub fn life(generator: &mut Generator) {
    for _ in 0..generator.rng.range(5, 40) {
        one(generator);
    }
}

fn one(generator: &mut Generator) {
    let rng = &mut generator.rng;
    let call = match rng.below(14) {
        0..=3 => {
            let kind = rng.pick(&[
                "header_name",
                "header_value",
                "header_value_rfc9113",
                "method",
                "path",
                "authority",
            ]);
            let length = rng.weighted(&[(60, 1), (10, 0), (20, 2), (10, 5)]);
            let octets = rng.octets(length);
            step('-', "check").word(kind).arg("text", escape(&octets))
        }
        4 => step('-', "strerror").arg("code", rng.range(-910, 10)),
        5 => step('-', "strerror").arg("code", rng.range(-540, -500)),
        6 => step('-', "http2_strerror").arg("code", rng.range(-1, 16)),
        7 => step('-', "is_fatal").arg("code", rng.range(-910, -890)),
        8 => {
            let text = priority_text(generator);
            let rng = &mut generator.rng;
            let call = step('-', "extpri_parse_priority").arg("text", escape(text.as_bytes()));
            call.arg("u", rng.below(8)).arg("i", rng.below(2))
        }
        9 => {
            let all: [&[u8]; 8] = [
                b"\x02h2",
                b"\x08http/1.1",
                b"\x02h3",
                b"\x00",
                b"\x05h2-14",
                b"\xff",
                b"\x02h",
                b"\x03h2c",
            ];
            let mut list = Vec::new();
            for _ in 0..rng.range(0, 4) {
                list.extend_from_slice(rng.pick(&all));
            }
            step('-', "select_alpn").arg("hex", hex(&list)).arg("v", rng.range(1, 2))
        }
        10 => {
            let iv = generator.settings('s', false);
            let rng = &mut generator.rng;
            let room = rng.chance(30);
            let call = step('-', "pack_settings_payload").arg("iv", iv);
            call.arg_if(room, "room", rng.range(0, 20)).arg("v", rng.range(1, 2))
        }
        11 => {
            let spec = format!("{}:{}:{}", rng.range(-1, 9), rng.range(-1, 300), rng.below(2));
            let absent = rng.chance(20);
            let call = step('-', "priority_spec").arg_if(!absent, "prio", spec);
            call.arg("exclusive", rng.range(-1, 2))
        }
        12 => {
            let names = ["a", "b", "ab", "", "abc", "A"];
            let nv = format!("{}=|{}=", rng.pick(&names), rng.pick(&names));
            step('-', "nv_compare_name").arg("nv", nv)
        }
        _ => match rng.below(4) {
            0 => step('-', "version").arg("n", rng.pick(&[0, 1, 0x01_0000, 0x7fff_ffff, -1])),
            1 => step('-', "rcbuf_decref_null"),
            _ => step('-', "del_null"),
        },
    };
    generator.push(call);
}

/// Structured-field dictionaries, mostly well-formed.
fn priority_text(generator: &mut Generator) -> String {
    let rng = &mut generator.rng;
    let mut text = String::new();
    for _ in 0..rng.range(0, 4) {
        text.push_str(rng.pick(&["", ",", ", ", " ,", ",\t", ",,"]));
        text.push_str(rng.pick(&["u", "i", "u", "i", "a", "*b", "U", "u1", "1u", "", "a-._*9"]));
        text.push_str(rng.pick(&[
            "",
            "=1",
            "=7",
            "=8",
            "=?0",
            "=?1",
            "=?2",
            "=-0",
            "=00",
            "=1.0",
            "=1.",
            "=\"x\"",
            "=\"\\\"\"",
            "=\"\\x\"",
            "=tok",
            "=*t/:",
            "=:YQ==:",
            "=:YQ:",
            "=:Y!:",
            "=@1",
            "=@-1.0",
            "=%\"a%c3%a4\"",
            "=%\"%ff\"",
            "=(1 2)",
            "=()",
            "=(1",
            "=( a  b )",
            "=999999999999999",
            "=9999999999999999",
            "=123456789012.123",
            "=1234567890123.1",
            "=1.1234",
            "= 1",
            "=",
        ]));
        text.push_str(rng.pick(&["", "", "", ";a", "; a=1", ";A", ";", ";a=?1;b", " ;a"]));
    }
    text.push_str(rng.pick(&["", "", "", " ", "\t", ",", "\u{80}"]));
    text
}
