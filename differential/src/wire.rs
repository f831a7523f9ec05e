//! The frame factory: `feed` steps into octets, well-formed or not.

use c_types::{flag, frame_type};

use crate::fields::{Representation, encode, entries, fields, priority};
use crate::script::{Step, unescape};

pub const MAGIC: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The octets of one `feed` step.
pub fn build(step: &Step) -> Vec<u8> {
    let mut out = Vec::new();
    match step.word.as_deref().unwrap_or("") {
        "magic" => out.extend_from_slice(MAGIC),
        "raw" => out.extend(step.bytes("hex").unwrap_or_default()),
        "headers" => headers(&mut out, step),
        "push" => push_promise(&mut out, step),
        "data" => data(&mut out, step),
        kind => {
            let (kind, flags, payload) = simple(kind, step);
            frame(&mut out, kind, step.int("flags", flags as i64) as u8, stream(step), &payload);
        }
    }
    damage(&mut out, step);
    out
}

fn stream(step: &Step) -> i32 {
    step.int("stream", 0) as i32
}

/// Appends one frame.
pub fn frame(out: &mut Vec<u8>, kind: u8, flags: u8, stream: i32, payload: &[u8]) {
    out.extend_from_slice(&(payload.len() as u32).to_be_bytes()[1..]);
    out.extend_from_slice(&[kind, flags]);
    out.extend_from_slice(&stream.to_be_bytes());
    out.extend_from_slice(payload);
}

fn simple(kind: &str, step: &Step) -> (u8, u8, Vec<u8>) {
    let number = |key: &str, default: i64| (step.int(key, default) as u32).to_be_bytes();
    let text = |key: &str| unescape(step.text(key).unwrap_or(""));
    let short = |len: usize| (len as u16).to_be_bytes();
    match kind {
        "settings" => {
            let mut payload = Vec::new();
            for entry in entries(step, "iv") {
                payload.extend_from_slice(&(entry.settings_id as u16).to_be_bytes());
                payload.extend_from_slice(&entry.value.to_be_bytes());
            }
            let flags = if step.has("ack") { flag::ACK } else { 0 };
            (frame_type::SETTINGS, flags, payload)
        }
        "ping" => {
            let flags = if step.has("ack") { flag::ACK } else { 0 };
            (frame_type::PING, flags, step.bytes("hex").unwrap_or(vec![0; 8]))
        }
        "priority" => (frame_type::PRIORITY, 0, priority_octets(step).to_vec()),
        "rst" => (frame_type::RST_STREAM, 0, number("code", 8).to_vec()),
        "winup" => (frame_type::WINDOW_UPDATE, 0, number("inc", 1).to_vec()),
        "goaway" => {
            let mut payload = number("last", 0).to_vec();
            payload.extend_from_slice(&number("code", 0));
            payload.extend(step.bytes("debug").unwrap_or_default());
            (frame_type::GOAWAY, 0, payload)
        }
        "cont" => {
            let mut block = step.bytes("block").unwrap_or_default();
            encode(&mut block, &fields(step, "nv"), Representation::of(step));
            (frame_type::CONTINUATION, flag::END_HEADERS, block)
        }
        "altsvc" => {
            let origin = text("origin");
            let mut payload = short(origin.len()).to_vec();
            payload.extend(origin);
            payload.extend(text("value"));
            (frame_type::ALTSVC, 0, payload)
        }
        "origin" => {
            let mut payload = Vec::new();
            for origin in step.text("list").unwrap_or("").split('|') {
                let origin = unescape(origin);
                payload.extend_from_slice(&short(origin.len()));
                payload.extend(origin);
            }
            (frame_type::ORIGIN, 0, payload)
        }
        "priupdate" => {
            let mut payload = number("id", 1).to_vec();
            payload.extend(text("value"));
            (frame_type::PRIORITY_UPDATE, 0, payload)
        }
        _ => (step.int("type", 0) as u8, 0, step.bytes("payload").unwrap_or_default()),
    }
}

fn priority_octets(step: &Step) -> [u8; 5] {
    let spec = priority(step, "prio").unwrap_or_default();
    let word = (spec.stream_id as u32 & 0x7fff_ffff) | (spec.exclusive as u32) << 31;
    let [a, b, c, d] = word.to_be_bytes();
    [a, b, c, d, (spec.weight - 1) as u8]
}

/// Padding as `(flag, Pad Length octet, trailing octets)`.
fn padding(step: &Step) -> (u8, Vec<u8>, Vec<u8>) {
    match step.text("pad") {
        None => (0, Vec::new(), Vec::new()),
        Some(_) => {
            let pad = step.int("pad", 0) as u8;
            let claimed = step.int("claim", pad as i64) as u8;
            (flag::PADDED, vec![claimed], vec![0; pad as usize])
        }
    }
}

fn data(out: &mut Vec<u8>, step: &Step) {
    let (padded, mut payload, tail) = padding(step);
    match step.bytes("hex") {
        Some(bytes) => payload.extend(bytes),
        None => {
            let len = step.int("len", 0).clamp(0, 1 << 20) as usize;
            payload.extend((0..len).map(|n| b'a' + (n % 23) as u8));
        }
    }
    payload.extend(tail);
    let flags = step.int("flags", 0) as u8 | padded;
    frame(out, frame_type::DATA, flags, stream(step), &payload);
}

fn headers(out: &mut Vec<u8>, step: &Step) {
    let (padded, mut prefix, tail) = padding(step);
    let mut flags = padded;
    if step.has("prio") {
        flags |= flag::PRIORITY;
        prefix.extend(priority_octets(step));
    }
    block(out, step, frame_type::HEADERS, flags, prefix, tail);
}

fn push_promise(out: &mut Vec<u8>, step: &Step) {
    let (padded, mut prefix, tail) = padding(step);
    prefix.extend((step.int("promised", 2) as u32).to_be_bytes());
    block(out, step, frame_type::PUSH_PROMISE, padded, prefix, tail);
}

/// A header block, cut into CONTINUATION frames by `split=`; `open` leaves END_HEADERS off.
fn block(out: &mut Vec<u8>, step: &Step, kind: u8, flags: u8, mut prefix: Vec<u8>, tail: Vec<u8>) {
    let mut octets = step.bytes("block").unwrap_or_default();
    encode(&mut octets, &fields(step, "nv"), Representation::of(step));
    let mut rest = octets.as_slice();
    let mut pieces = Vec::new();
    for cut in step.ints("split") {
        let (piece, after) = rest.split_at((cut.max(0) as usize).min(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    let last = pieces.len() - 1;
    for (n, piece) in pieces.into_iter().enumerate() {
        let end = if n == last && !step.has("open") { flag::END_HEADERS } else { 0 };
        if n == 0 {
            prefix.extend_from_slice(piece);
            prefix.extend_from_slice(&tail);
            let flags = flags | step.int("flags", 0) as u8 | end;
            frame(out, kind, flags, stream(step), &prefix);
        } else {
            frame(out, frame_type::CONTINUATION, end, stream(step), piece);
        }
    }
}

/// Spoils the finished octets: `length=` lies in the first head, `poke=OFFSET:VALUE,…`
/// overwrites, `keep=` cuts off.
fn damage(out: &mut Vec<u8>, step: &Step) {
    if step.has("length") && out.len() >= 9 {
        let length = step.int("length", 0) as u32;
        out[..3].copy_from_slice(&length.to_be_bytes()[1..]);
    }
    for poke in entries(step, "poke") {
        if let Some(octet) = out.get_mut(poke.settings_id as usize) {
            *octet = poke.value as u8;
        }
    }
    if step.has("keep") {
        out.truncate(step.int("keep", 0).max(0) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::step;

    #[test]
    fn a_split_block_ends_on_its_last_frame_only() {
        let feed = step('s', "feed").word("headers").arg("stream", 1).arg("flags", 1);
        let out = build(&feed.arg("nv", ":method=GET|:path=/").arg("split", 1));
        assert_eq!(out, b"\0\0\x01\x01\x01\0\0\0\x01\x82\0\0\x01\x09\x04\0\0\0\x01\x84");
    }

    #[test]
    fn padding_may_lie() {
        let feed = step('s', "feed").word("data").arg("stream", 1).arg("hex", "41");
        let out = build(&feed.arg("pad", 2).arg("claim", 9));
        assert_eq!(out, b"\0\0\x04\0\x08\0\0\0\x01\x09A\0\0");
    }
}
