//! The stand-alone encoder and decoder.

use super::Generator;
use crate::fields::{Field, Representation, encode, integer};
use crate::script::{hex, step};

pub fn life(generator: &mut Generator) {
    let max = generator.rng.pick(&[0, 1, 33, 64, 100, 4095, 4096, 4097, 8192, 65536]);
    let old = generator.rng.chance(20);
    generator.push(step('d', "new").arg("max", max).arg_if(old, "v", 1));
    generator.push(step('i', "new").arg_if(old, "v", 1));
    if max > 4096 && generator.rng.chance(50) {
        generator.push(step('i', "change").arg("n", max));
    }
    for _ in 0..generator.rng.range(2, 20) {
        match generator.rng.below(20) {
            0..=10 => {
                encode_block(generator);
                decode_block(generator);
            }
            11..=12 => {
                let size = generator.table_size();
                generator.push(step('d', "change").arg("n", size));
                if generator.rng.chance(70) {
                    generator.push(step('i', "change").arg("n", size));
                }
            }
            13..=16 => hand_written(generator),
            17 => {
                for target in ['d', 'i'] {
                    generator.push(step(target, "del"));
                    generator.push(step(target, "new"));
                }
            }
            18 => generator.push(step('d', "table")),
            _ => generator.push(step('i', "table")),
        }
    }
    generator.push(step('d', "table"));
    generator.push(step('i', "table"));
}

fn encode_block(generator: &mut Generator) {
    let count = generator.rng.range(0, 8);
    let fields: Vec<String> = (0..count).map(|_| generator.hpack_field()).collect();
    let mut deflate = step('d', "deflate").arg("nv", fields.join("|"));
    match generator.rng.below(10) {
        0 => deflate = deflate.arg("room", generator.rng.range(0, 200)),
        1 => deflate = deflate.arg("v", 1),
        2 | 3 => {
            let split = generator.rng.pick(&["1", "5,5", "0,1,2,3", "1,1,1,1,1,1", "100"]);
            deflate = deflate.arg("v", generator.rng.range(3, 4)).arg("split", split);
        }
        _ => {}
    }
    generator.push(deflate);
}

fn decode_block(generator: &mut Generator) {
    let mut inflate = step('i', "inflate");
    if let Some(cuts) = generator.cuts() {
        inflate = inflate.arg("cut", cuts);
    }
    match generator.rng.below(24) {
        0 => {
            let flip = format!("{}:{}", generator.rng.below(30), 1 << generator.rng.below(8));
            inflate = inflate.arg("flip", flip);
        }
        1 => inflate = inflate.arg("final", 0),
        2 => inflate = inflate.arg("end", 0),
        3 => inflate = inflate.arg("v", generator.rng.range(1, 2)),
        _ => {}
    }
    generator.push(inflate);
}

/// A block no encoder of ours writes: any representation, sizes, indexes, Huffman bits.
fn hand_written(generator: &mut Generator) {
    let mut block = Vec::new();
    for _ in 0..generator.rng.range(1, 5) {
        match generator.rng.below(100) {
            // The longest string that is accepted, and one octet more.
            98.. => {
                let length = generator.rng.pick(&[65535, 65536, 65537]);
                block.extend_from_slice(b"\x00\x01a");
                integer(&mut block, 0, 7, length);
                block.extend(vec![b'b'; length as usize]);
            }
            n => special(generator, &mut block, n % 8),
        }
    }
    let mut inflate = step('i', "inflate").arg("hex", hex(&block));
    if let Some(cuts) = generator.cuts() {
        inflate = inflate.arg("cut", cuts);
    }
    generator.push(inflate);
    // Most such blocks leave a decoder that only repeats its error.
    if generator.rng.chance(60) {
        generator.push(step('i', "del"));
        generator.push(step('i', "new"));
    }
}

/// One representation, often a wrong one.
fn special(generator: &mut Generator, block: &mut Vec<u8>, kind: u64) {
    match kind {
        0 => integer(block, 0x80, 7, generator.rng.pick(&[0, 1, 2, 61, 62, 63, 64, 70, 1000])),
        1 => integer(block, 0x20, 5, generator.rng.pick(&[0, 1, 30, 31, 100, 4096, 4097])),
        2 => {
            let (pattern, bits) = generator.rng.pick(&[(0x40, 6), (0x00, 4), (0x10, 4)]);
            integer(block, pattern, bits, generator.rng.pick(&[1, 4, 15, 16, 61, 62, 63, 99]));
            block.extend_from_slice(b"\x03abc");
        }
        3 => {
            // A Huffman string of random octets, often badly padded.
            let length = generator.rng.range(0, 6);
            block.extend_from_slice(b"\x40\x01a");
            integer(block, 0x80, 7, length as u64);
            let octets = generator.rng.octets(length as usize);
            block.extend(octets);
        }
        4 => {
            let octets = generator.rng.pick(&[
                &b"\x7f\x80\x80\x80\x80\x80\x00"[..],
                b"\x7f\x80\x80\x80\x80\x00\x01a",
                b"\xff\xff\xff\xff\xff\x0f",
                b"\xff\x80\x00",
                b"\x40\x7f\xff\xff\x7f",
                b"\x00\x7f\x82\xff\x03",
                b"\x40\x80\x80",
                b"\x40\x83\xff\xff\xff\x00",
                b"\x40\x84\xff\xff\xff\xff\x00",
            ]);
            block.extend_from_slice(octets);
        }
        _ => {
            let name = generator.rng.pick(&["a", "foo", ":path", "cookie", "x-long"]);
            let value = b"v".repeat(generator.rng.range(0, 80) as usize);
            let representation = generator.rng.pick(&[
                Representation::WithoutIndexing,
                Representation::Incremental,
                Representation::NeverIndexed,
            ]);
            let field = Field { flags: 0, name: name.into(), value };
            encode(block, &[field], representation);
        }
    }
}

impl Generator {
    fn table_size(&mut self) -> i64 {
        self.rng.pick(&[0, 1, 32, 33, 64, 100, 1000, 4095, 4096, 4097, 8192, 0xffff_ffff])
    }

    fn hpack_field(&mut self) -> String {
        let flags = self.rng.pick(&["", "", "", "", "", "1^", "2^", "7^"]);
        let name = self.rng.pick(&[
            ":method",
            ":path",
            ":status",
            ":authority",
            ":scheme",
            "accept",
            "age",
            "authorization",
            "content-length",
            "cookie",
            "set-cookie",
            "etag",
            "location",
            "host",
            "te",
            "foo",
            "bar",
            "x-a",
            "via",
            "",
            "if-none-match",
            "www-authenticate",
            "Foo",
        ]);
        let value = match self.rng.below(12) {
            0 => "".into(),
            1 => self.rng.pick(&["GET", "POST", "/", "/index.html", "200", "404", "https"]).into(),
            2 => format!("~{}a", self.rng.range(15, 25)),
            3 => format!("~{}z", self.rng.range(0, 3100)),
            4 => {
                let length = self.rng.range(0, 12) as usize;
                crate::script::escape(&self.rng.octets(length))
            }
            5 => format!("~{}%00", self.rng.range(0, 20)),
            _ => self.rng.below(6).to_string(),
        };
        format!("{flags}{name}={value}")
    }
}
