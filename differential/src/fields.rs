//! Values of script arguments that are more than numbers: header lists, SETTINGS entries,
//! priorities, plans. Also a small HPACK encoder for fed header blocks: literals and static
//! references only, no Huffman code, so that what it writes can be read off the script.

use c_types::{Nv, PrioritySpec, SettingsEntry};

use crate::script::{Step, number, unescape};

/// One header field of a script.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub flags: u8,
    pub name: Vec<u8>,
    pub value: Vec<u8>,
}

/// The header list of an argument.
pub fn fields(step: &Step, key: &str) -> Vec<Field> {
    let Some(text) = step.text(key) else { return Vec::new() };
    text.split('|').filter(|part| !part.is_empty()).map(field).collect()
}

fn field(text: &str) -> Field {
    let (flags, text) = match text.split_once('^') {
        Some((flags, rest)) => (number(flags).unwrap_or(0) as u8, rest),
        None => (0, text),
    };
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    Field { flags, name: expand(name), value: expand(value) }
}

/// Undoes the escapes; `~500a` is 500 times `a`.
fn expand(text: &str) -> Vec<u8> {
    let Some(rest) = text.strip_prefix('~') else { return unescape(text) };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let times = rest[..digits].parse().unwrap_or(0usize).min(1 << 20);
    unescape(&rest[digits..]).repeat(times)
}

/// The C view of a header list; borrows it.
pub fn nva(fields: &[Field]) -> Vec<Nv> {
    let nv = |field: &Field| Nv {
        name: field.name.as_ptr().cast_mut(),
        value: field.value.as_ptr().cast_mut(),
        namelen: field.name.len(),
        valuelen: field.value.len(),
        flags: field.flags,
    };
    fields.iter().map(nv).collect()
}

/// `3:100,4:70000`.
pub fn entries(step: &Step, key: &str) -> Vec<SettingsEntry> {
    let Some(text) = step.text(key) else { return Vec::new() };
    let pair = |part: &str| {
        let (id, value) = part.split_once(':')?;
        Some(SettingsEntry { settings_id: number(id)? as i32, value: number(value)? as u32 })
    };
    text.split(',').filter_map(pair).collect()
}

/// `DEPENDENCY:WEIGHT:EXCLUSIVE`.
pub fn priority(step: &Step, key: &str) -> Option<PrioritySpec> {
    let mut parts = step.text(key)?.split(':').map(|part| number(part).unwrap_or(0));
    Some(PrioritySpec {
        stream_id: parts.next()? as i32,
        weight: parts.next().unwrap_or(16) as i32,
        exclusive: parts.next().unwrap_or(0) as u8,
    })
}

/// One item of a `plan=` value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Turn {
    Octets(usize),
    Result(i64),
}

/// The turns of a transport.
pub fn plan(step: &Step, key: &str) -> Vec<Turn> {
    let Some(text) = step.text(key) else { return Vec::new() };
    let turn = |part: &str| match part {
        "wb" => Some(Turn::Result(c_types::error::WOULDBLOCK)),
        "eof" => Some(Turn::Result(c_types::error::EOF)),
        _ => match number(part)? {
            n if n < 0 => Some(Turn::Result(n)),
            n => Some(Turn::Octets(n as usize)),
        },
    };
    text.split(',').filter_map(turn).collect()
}

/// How fed header blocks are written.
#[derive(Clone, Copy, PartialEq)]
pub enum Representation {
    WithoutIndexing,
    Incremental,
    NeverIndexed,
    /// Static entries where one fits, else incremental.
    Static,
}

impl Representation {
    pub fn of(step: &Step) -> Representation {
        match step.int("rep", 3) {
            0 => Representation::WithoutIndexing,
            1 => Representation::Incremental,
            2 => Representation::NeverIndexed,
            _ => Representation::Static,
        }
    }
}

/// The static entries a fed block refers to: (index, name, value).
const STATIC: &[(u64, &str, &str)] = &[
    (1, ":authority", ""),
    (2, ":method", "GET"),
    (3, ":method", "POST"),
    (4, ":path", "/"),
    (6, ":scheme", "http"),
    (7, ":scheme", "https"),
    (8, ":status", "200"),
    (9, ":status", "204"),
    (11, ":status", "304"),
    (28, "content-length", ""),
    (32, "cookie", ""),
    (38, "host", ""),
];

/// Appends one header block.
pub fn encode(out: &mut Vec<u8>, fields: &[Field], representation: Representation) {
    for field in fields {
        let named = STATIC.iter().find(|(_, name, _)| name.as_bytes() == field.name);
        let whole = STATIC.iter().find(|(_, name, value)| {
            name.as_bytes() == field.name && value.as_bytes() == field.value
        });
        let (pattern, bits, name_index) = match (representation, whole, named) {
            (Representation::Static, Some((index, ..)), _) => {
                integer(out, 0x80, 7, *index);
                continue;
            }
            (Representation::Static, None, Some((index, ..))) => (0x40, 6, *index),
            (Representation::Static | Representation::Incremental, ..) => (0x40, 6, 0),
            (Representation::WithoutIndexing, ..) => (0x00, 4, 0),
            (Representation::NeverIndexed, ..) => (0x10, 4, 0),
        };
        integer(out, pattern, bits, name_index);
        if name_index == 0 {
            string(out, &field.name);
        }
        string(out, &field.value);
    }
}

fn string(out: &mut Vec<u8>, bytes: &[u8]) {
    integer(out, 0, 7, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// RFC 7541, section 5.1.
pub fn integer(out: &mut Vec<u8>, pattern: u8, bits: u8, value: u64) {
    let limit = (1u64 << bits) - 1;
    if value < limit {
        out.push(pattern | value as u8);
        return;
    }
    out.push(pattern | limit as u8);
    let mut rest = value - limit;
    while rest >= 128 {
        out.push((rest & 127) as u8 | 128);
        rest >>= 7;
    }
    out.push(rest as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::step;

    #[test]
    fn fields_keep_flags_escapes_and_repeats() {
        let step = step('s', "x").arg("nv", ":path=/a%20b|3^cookie=~5z|empty");
        let expected = [(0, ":path", "/a b"), (3, "cookie", "zzzzz"), (0, "empty", "")];
        let found = fields(&step, "nv");
        assert_eq!(found.len(), expected.len());
        for (field, (flags, name, value)) in found.iter().zip(expected) {
            assert_eq!(field.flags, flags);
            assert_eq!(field.name, name.as_bytes());
            assert_eq!(field.value, value.as_bytes());
        }
    }

    #[test]
    fn integers_follow_the_examples_of_the_rfc() {
        for (bits, value, expected) in
            [(5, 10, &[10][..]), (5, 1337, &[31, 154, 10]), (8, 42, &[42])]
        {
            let mut out = Vec::new();
            integer(&mut out, 0, bits, value);
            assert_eq!(out, expected);
        }
    }
}
