//! Octets: the compact form of frames, cuts, the look of output.

use nghttp2_engine::frame::{Flags, HEAD_LEN, Kind, StreamId};
use nghttp2_engine::session::CLIENT_MAGIC;

/// The types that the compact form knows, by the low four bits of its first octet.
const KINDS: [Kind; 16] = [
    Kind::DATA,
    Kind::HEADERS,
    Kind::PRIORITY,
    Kind::RST_STREAM,
    Kind::SETTINGS,
    Kind::PUSH_PROMISE,
    Kind::PING,
    Kind::GOAWAY,
    Kind::WINDOW_UPDATE,
    Kind::CONTINUATION,
    Kind::ALTSVC,
    Kind::ORIGIN,
    Kind::PRIORITY_UPDATE,
    Kind(0x0b),
    crate::setup::EXTENSION,
    Kind(0xff),
];

/// In the first octet of the compact form: the payload is repeated 60 times.
const REPEATED: u8 = 0x80;

/// Frames out of their compact form, in which lengths are always right: octets for type, flags, stream
/// and length of the payload, and the payload. Mutations of real frames rarely get beyond the lengths.
pub fn expand(mut compact: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some((&[kind, flags, stream, length], rest)) = compact.split_first_chunk() {
        let (payload, rest) = rest.split_at(rest.len().min(usize::from(length)));
        compact = rest;
        let times = if kind & REPEATED == 0 { 1 } else { 60 };
        let id = match stream {
            0..0x80 => i32::from(stream),
            _ => i32::MAX - i32::from(stream & 0x7f),
        };
        let kind = KINDS[usize::from(kind & 0x0f)];
        frame(&mut out, kind, Flags(flags), StreamId::new(id), &payload.repeat(times));
    }
    out
}

/// What stands for a type in the compact form; for unknown ones, that of unknown ones.
pub fn compact_kind(kind: u8) -> u8 {
    KINDS.iter().position(|known| known.0 == kind).unwrap_or(KINDS.len() - 1) as u8
}

/// Appends one frame.
pub fn frame(out: &mut Vec<u8>, kind: Kind, flags: Flags, id: StreamId, payload: &[u8]) {
    out.extend_from_slice(&(payload.len() as u32).to_be_bytes()[1..]);
    out.extend_from_slice(&[kind.0, flags.0]);
    out.extend_from_slice(&id.get().to_be_bytes());
    out.extend_from_slice(payload);
}

/// Pieces of the input, their lengths a function of `seed`: one octet each for zero, otherwise about
/// as long as its low four bits say.
pub fn cut(mut octets: &[u8], seed: u8) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut state = u32::from(seed);
    while !octets.is_empty() {
        state = scramble(state);
        let most = 1 << (seed & 0x0f).min(12);
        let length = if seed == 0 { 1 } else { 1 + state as usize % most };
        let (piece, rest) = octets.split_at(length.min(octets.len()));
        octets = rest;
        pieces.push(piece);
    }
    pieces
}

/// Another number.
pub fn scramble(number: u32) -> u32 {
    let number = number.wrapping_mul(0x9e37_79b1).wrapping_add(0x7f4a_7c15);
    number ^ number >> 15
}

/// Output without WINDOW_UPDATE frames: when they come, and how much they say, depends on how large the
/// pieces of content are that a receiver gets.
pub fn without_updates(output: &[u8]) -> Vec<u8> {
    let (mut kept, mut rest) = match output.split_at_checked(CLIENT_MAGIC.len()) {
        Some((magic, rest)) if magic == CLIENT_MAGIC => (magic.to_vec(), rest),
        _ => (Vec::new(), output),
    };
    while let Some(&[a, b, c, kind, ..]) = rest.first_chunk::<HEAD_LEN>() {
        let length = HEAD_LEN + u32::from_be_bytes([0, a, b, c]) as usize;
        let (frame, after) = rest.split_at(length.min(rest.len()));
        rest = after;
        if Kind(kind) != Kind::WINDOW_UPDATE {
            kept.extend_from_slice(frame);
        }
    }
    kept
}

/// Checks that output is a string of whole frames, that nothing comes between the parts of a header
/// block, and that no header or payload is larger than any peer allows. Returns how many frames there
/// are.
pub fn check_output(mut octets: &[u8], by_client: bool) -> usize {
    if by_client && !octets.is_empty() {
        octets = octets.strip_prefix(&CLIENT_MAGIC[..]).expect("magic");
    }
    let mut block_of = None;
    let mut frames = 0;
    while !octets.is_empty() {
        let (head, rest) = octets.split_first_chunk::<HEAD_LEN>().expect("a whole frame header");
        let [a, b, c, kind, flags, id @ ..] = *head;
        let length = u32::from_be_bytes([0, a, b, c]) as usize;
        let (kind, flags, id) = (Kind(kind), Flags(flags), u32::from_be_bytes(id));
        match block_of {
            Some(of) => assert!(kind == Kind::CONTINUATION && of == id, "a block is interrupted"),
            None => assert!(kind != Kind::CONTINUATION, "a CONTINUATION of nothing"),
        }
        let has_block = [Kind::HEADERS, Kind::PUSH_PROMISE, Kind::CONTINUATION].contains(&kind);
        block_of = (has_block && !flags.has(Flags::END_HEADERS)).then_some(id);
        octets = rest.get(length..).expect("a whole payload");
        frames += 1;
    }
    assert!(block_of.is_none(), "a header block without an end");
    frames
}
