//! Well-formed frames to receive, whatever they mean where they come.

use arbitrary::Arbitrary;
use nghttp2_engine::error::ErrorCode;
use nghttp2_engine::frame::{Flags, Kind, PrioritySpec, Setting, SettingId, StreamId};
use nghttp2_engine::mem::Field;

use crate::fields::Fields;
use crate::setup::EXTENSION;
use crate::wire::{expand, frame};

/// A stream: mostly one of the first, sometimes one that hardly can be.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub struct Id(u8);

/// The first streams are the most interesting ones.
const FEW: [i32; 16] = [1, 1, 1, 3, 3, 5, 5, 2, 2, 4, 7, 9, 6, 11, 8, 0];

impl Id {
    pub fn get(self) -> StreamId {
        StreamId::new(match self.0 {
            250 => i32::MIN,
            251 => -1,
            252 => i32::MAX,
            253 => i32::MAX - 1,
            254 => 0x10_0000,
            255 => 0x10_0001,
            few => FEW[usize::from(few) % FEW.len()],
        })
    }
}

/// A place in the dependency tree.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub struct Place {
    depends_on: Id,
    weight: i16,
    exclusive: bool,
}

impl Place {
    pub fn get(self) -> PrioritySpec {
        let Place { depends_on, weight, exclusive } = self;
        PrioritySpec { depends_on: depends_on.get(), weight: i32::from(weight), exclusive }
    }
}

/// One parameter, whose value is often at an edge.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub struct Parameter {
    id: u8,
    value: u8,
    offset: i8,
}

impl Parameter {
    pub fn get(self) -> Setting {
        const EDGES: [u32; 8] = [0, 1, 100, 4096, 16_384, 65_535, 0x7fff_ffff, 0xffff_ffff];
        let edge = EDGES[usize::from(self.value) % EDGES.len()];
        let id = SettingId(i32::from(self.id % 12));
        Setting { id, value: edge.wrapping_add_signed(i32::from(self.offset)) }
    }
}

/// One frame, or two.
#[derive(Arbitrary, Clone, Debug)]
pub enum Inbound<'a> {
    Magic,
    Settings(Vec<Parameter>),
    SettingsAck,
    Headers { id: Id, end: bool, fields: Fields<'a>, priority: Option<Place>, cut: Option<u8> },
    PushPromise { id: Id, promised: Id, fields: Fields<'a> },
    Data { id: Id, length: u16, end: bool, padding: Option<u8> },
    Priority { id: Id, place: Place },
    Reset { id: Id, code: u8 },
    Ping { ack: bool },
    Goaway { last: Id, code: u8, debug: &'a [u8] },
    WindowUpdate { id: Id, increment: u32 },
    Altsvc { id: Id, origin: &'a [u8], value: &'a [u8] },
    Origin(Vec<&'a [u8]>),
    PriorityUpdate { id: Id, value: &'a [u8] },
    Extension { id: Id, length: u8 },
    Compact(&'a [u8]),
    Raw(&'a [u8]),
}

impl Inbound<'_> {
    /// Appends the octets.
    pub fn pack(&self, out: &mut Vec<u8>) {
        let connection = StreamId::CONNECTION;
        match self {
            Inbound::Magic => out.extend_from_slice(nghttp2_engine::session::CLIENT_MAGIC),
            Inbound::Settings(entries) => {
                let payload: Vec<u8> =
                    entries.iter().flat_map(|entry| entry.get().pack()).collect();
                frame(out, Kind::SETTINGS, Flags::NONE, connection, &payload);
            }
            Inbound::SettingsAck => frame(out, Kind::SETTINGS, Flags::ACK, connection, b""),
            Inbound::Headers { id, end, fields, priority, cut } => {
                let mut payload = Vec::new();
                let mut flags = Flags::END_STREAM.when(*end);
                if let Some(place) = priority {
                    flags = flags.with(Flags::PRIORITY);
                    payload.extend_from_slice(&place_octets(*place));
                }
                payload.extend(block(&fields.list()));
                headers(out, Kind::HEADERS, flags, id.get(), &payload, *cut);
            }
            Inbound::PushPromise { id, promised, fields } => {
                let mut payload = promised.get().get().to_be_bytes().to_vec();
                payload.extend(block(&fields.list()));
                headers(out, Kind::PUSH_PROMISE, Flags::NONE, id.get(), &payload, None);
            }
            Inbound::Data { id, length, end, padding } => {
                let mut payload: Vec<u8> = padding.iter().copied().collect();
                payload.resize(payload.len() + usize::from(*length), b'd');
                let padded = Flags::PADDED.when(padding.is_some());
                let flags = Flags::END_STREAM.when(*end).with(padded);
                frame(out, Kind::DATA, flags, id.get(), &payload);
            }
            Inbound::Priority { id, place } => {
                frame(out, Kind::PRIORITY, Flags::NONE, id.get(), &place_octets(*place));
            }
            Inbound::Reset { id, code } => {
                let payload = u32::from(*code).to_be_bytes();
                frame(out, Kind::RST_STREAM, Flags::NONE, id.get(), &payload);
            }
            Inbound::Ping { ack } => {
                frame(out, Kind::PING, Flags::ACK.when(*ack), connection, b"12345678");
            }
            Inbound::Goaway { last, code, debug } => {
                let mut payload = last.get().get().to_be_bytes().to_vec();
                payload.extend(ErrorCode(u32::from(*code)).0.to_be_bytes());
                payload.extend_from_slice(debug);
                frame(out, Kind::GOAWAY, Flags::NONE, connection, &payload);
            }
            Inbound::WindowUpdate { id, increment } => {
                frame(out, Kind::WINDOW_UPDATE, Flags::NONE, id.get(), &increment.to_be_bytes());
            }
            Inbound::Altsvc { id, origin, value } => {
                let mut payload = (origin.len() as u16).to_be_bytes().to_vec();
                payload.extend_from_slice(origin);
                payload.extend_from_slice(value);
                frame(out, Kind::ALTSVC, Flags::NONE, id.get(), &payload);
            }
            Inbound::Origin(origins) => {
                let mut payload = Vec::new();
                for origin in origins {
                    payload.extend((origin.len() as u16).to_be_bytes());
                    payload.extend_from_slice(origin);
                }
                frame(out, Kind::ORIGIN, Flags::NONE, connection, &payload);
            }
            Inbound::PriorityUpdate { id, value } => {
                let mut payload = id.get().get().to_be_bytes().to_vec();
                payload.extend_from_slice(value);
                frame(out, Kind::PRIORITY_UPDATE, Flags::NONE, connection, &payload);
            }
            Inbound::Extension { id, length } => {
                let payload = vec![b'x'; usize::from(*length)];
                frame(out, EXTENSION, Flags::NONE, id.get(), &payload);
            }
            Inbound::Compact(octets) => out.extend(expand(octets)),
            Inbound::Raw(octets) => out.extend_from_slice(octets),
        }
    }
}

/// A header block, with the rest of it in a CONTINUATION if it is `cut`.
fn headers(
    out: &mut Vec<u8>,
    kind: Kind,
    flags: Flags,
    id: StreamId,
    block: &[u8],
    cut: Option<u8>,
) {
    let at = cut.map_or(block.len(), usize::from).min(block.len());
    let (first, rest) = block.split_at(at);
    frame(out, kind, flags.with(Flags::END_HEADERS.when(cut.is_none())), id, first);
    if cut.is_some() {
        frame(out, Kind::CONTINUATION, Flags::END_HEADERS, id, rest);
    }
}

fn place_octets(place: Place) -> [u8; 5] {
    let Place { depends_on, weight, exclusive } = place;
    let word = depends_on.get().get() as u32 & 0x7fff_ffff | u32::from(exclusive) << 31;
    let [a, b, c, d] = word.to_be_bytes();
    [a, b, c, d, weight as u8]
}

/// Fields as literals that no table remembers (RFC 7541 section 6.2.2).
fn block(fields: &[Field<'_>]) -> Vec<u8> {
    let mut block = Vec::new();
    for field in fields {
        block.push(0);
        for string in [field.name(), field.value()] {
            let mut left = string.len();
            if left < 0x7f {
                block.push(left as u8);
            } else {
                block.push(0x7f);
                left -= 0x7f;
                while left > 0x7f {
                    block.push(left as u8 | 0x80);
                    left >>= 7;
                }
                block.push(left as u8);
            }
            block.extend_from_slice(string);
        }
    }
    block
}
