//! The frame header (RFC 9113 section 4.1).

/// The octets of a frame header.
pub const HEAD_LEN: usize = 9;

/// What all frames begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The length of the payload in octets, padding included.
    pub length: usize,
    /// The type.
    pub kind: Kind,
    /// The flags; which ones count depends on the type.
    pub flags: Flags,
    /// The stream, or zero for the connection.
    pub stream_id: StreamId,
}

impl Head {
    pub(crate) fn parse(octets: &[u8; HEAD_LEN]) -> Head {
        let [a, b, c, kind, flags, id @ ..] = *octets;
        Head {
            length: u32::from_be_bytes([0, a, b, c]) as usize,
            kind: Kind(kind),
            flags: Flags(flags),
            stream_id: StreamId::from_wire(u32::from_be_bytes(id)),
        }
    }

    pub(crate) fn pack(&self) -> [u8; HEAD_LEN] {
        let [_, a, b, c] = (self.length as u32).to_be_bytes();
        let [d, e, f, g] = self.stream_id.get().to_be_bytes();
        [a, b, c, self.kind.0, self.flags.0, d, e, f, g]
    }
}

/// A frame type. Unknown ones are kept as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(pub u8);

impl Kind {
    /// RFC 9113 section 6.1
    pub const DATA: Kind = Kind(0x00);
    /// RFC 9113 section 6.2
    pub const HEADERS: Kind = Kind(0x01);
    /// RFC 9113 section 6.3
    pub const PRIORITY: Kind = Kind(0x02);
    /// RFC 9113 section 6.4
    pub const RST_STREAM: Kind = Kind(0x03);
    /// RFC 9113 section 6.5
    pub const SETTINGS: Kind = Kind(0x04);
    /// RFC 9113 section 6.6
    pub const PUSH_PROMISE: Kind = Kind(0x05);
    /// RFC 9113 section 6.7
    pub const PING: Kind = Kind(0x06);
    /// RFC 9113 section 6.8
    pub const GOAWAY: Kind = Kind(0x07);
    /// RFC 9113 section 6.9
    pub const WINDOW_UPDATE: Kind = Kind(0x08);
    /// RFC 9113 section 6.10
    pub const CONTINUATION: Kind = Kind(0x09);
    /// RFC 7838 section 4
    pub const ALTSVC: Kind = Kind(0x0a);
    /// RFC 8336 section 2
    pub const ORIGIN: Kind = Kind(0x0c);
    /// RFC 9218 section 7.1
    pub const PRIORITY_UPDATE: Kind = Kind(0x10);
}

/// The flags of a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(pub u8);

impl Flags {
    /// No flag.
    pub const NONE: Flags = Flags(0);
    /// DATA, HEADERS: the sender's last frame on the stream.
    pub const END_STREAM: Flags = Flags(0x01);
    /// SETTINGS, PING: an acknowledgement.
    pub const ACK: Flags = Flags(0x01);
    /// HEADERS, PUSH_PROMISE, CONTINUATION: the end of the header block.
    pub const END_HEADERS: Flags = Flags(0x04);
    /// DATA, HEADERS, PUSH_PROMISE: padding, and a length of it.
    pub const PADDED: Flags = Flags(0x08);
    /// HEADERS: priority fields of RFC 7540.
    pub const PRIORITY: Flags = Flags(0x20);

    /// Whether all flags of `other` are set.
    pub const fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// These flags and those of `other`.
    pub const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// Those of these flags that are also in `other`.
    pub const fn only(self, other: Flags) -> Flags {
        Flags(self.0 & other.0)
    }

    /// These flags without those of `other`.
    pub const fn without(self, other: Flags) -> Flags {
        Flags(self.0 & !other.0)
    }

    /// These flags if `condition` holds, none otherwise.
    pub const fn when(self, condition: bool) -> Flags {
        if condition { self } else { Flags::NONE }
    }
}

/// The number of a stream, 1 to 2^31 - 1: odd for those a client opens, even for those a server
/// does. Zero stands for the connection. Applications may ask for negative ones; no stream has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct StreamId(i32);

impl StreamId {
    /// The connection as a whole.
    pub const CONNECTION: StreamId = StreamId(0);
    /// The largest.
    pub const MAX: StreamId = StreamId(i32::MAX);

    /// The id with this number.
    pub const fn new(id: i32) -> StreamId {
        StreamId(id)
    }

    /// The low 31 bits of a word; the highest is reserved, and ignored on receipt.
    pub(crate) const fn from_wire(word: u32) -> StreamId {
        StreamId((word & 0x7fff_ffff) as i32)
    }

    /// The number.
    pub const fn get(self) -> i32 {
        self.0
    }

    /// Whether it stands for the connection.
    pub const fn is_connection(self) -> bool {
        self.0 == 0
    }

    /// Whether only a client could have opened the stream.
    pub const fn is_odd(self) -> bool {
        self.0 & 1 == 1
    }
}
