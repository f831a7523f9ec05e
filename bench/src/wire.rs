//! Frames by hand, for what no library would send, and where a peer would only be in the way.

use c_types::frame_type;

pub const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The largest value of a window.
pub const MOST: u32 = (1 << 31) - 1;

pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let mut frame = (payload.len() as u32).to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

pub fn settings(entries: &[(i32, u32)]) -> Vec<u8> {
    let mut payload = Vec::new();
    for &(id, value) in entries {
        payload.extend((id as u16).to_be_bytes());
        payload.extend(value.to_be_bytes());
    }
    frame(frame_type::SETTINGS, 0, 0, &payload)
}

pub fn window_update(stream: u32, increment: u32) -> Vec<u8> {
    frame(frame_type::WINDOW_UPDATE, 0, stream, &increment.to_be_bytes())
}

pub fn reset(stream: u32) -> Vec<u8> {
    frame(frame_type::RST_STREAM, 0, stream, &8u32.to_be_bytes())
}

/// The fields every request needs, without any use of the dynamic table.
pub fn request_block() -> Vec<u8> {
    let mut block = vec![0x82, 0x87, 0x84];
    block.extend(literal(0x01, "", b"example.org"));
    block
}

/// A literal field with these first bits; its name is in them, or follows.
pub fn literal(first: u8, name: &str, value: &[u8]) -> Vec<u8> {
    let mut field = vec![first];
    for string in [name.as_bytes(), value] {
        if first & 0x0f != 0 && string.is_empty() {
            continue;
        }
        field.extend(length(string.len()));
        field.extend(string);
    }
    field
}

/// An integer with a prefix of seven bits, the eighth being zero: no Huffman's code.
fn length(length: usize) -> Vec<u8> {
    let Some(mut rest) = length.checked_sub(127) else { return vec![length as u8] };
    let mut octets = vec![127];
    while rest >= 128 {
        octets.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    octets.push(rest as u8);
    octets
}

/// A client that lets the server send as much as it likes.
pub fn generous_client() -> Vec<u8> {
    let mut octets = PREFACE.to_vec();
    octets.extend(settings(&[(crate::ffi::setting::INITIAL_WINDOW_SIZE, MOST)]));
    octets.extend(window_update(0, MOST - 65_535));
    octets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_nine_octets_in_front() {
        let expected = [0, 0, 4, 8, 0, 0, 0, 0, 3, 0, 0, 1, 0];
        assert_eq!(window_update(3, 256), expected);
    }

    #[test]
    fn long_strings_have_long_lengths() {
        assert_eq!(length(126), [126]);
        assert_eq!(length(127), [127, 0]);
        assert_eq!(length(4000), [127, 0xa1, 0x1e]);
        assert_eq!(literal(0x40, "a", b""), [0x40, 1, b'a', 0]);
        assert_eq!(literal(0x01, "", b"b"), [0x01, 1, b'b']);
    }
}
