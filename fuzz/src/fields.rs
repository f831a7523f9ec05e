//! Header fields, legal and not.

use arbitrary::Arbitrary;
use nghttp2_engine::mem::Field;

type Pairs = &'static [(&'static [u8], &'static [u8])];

const GET: Pairs = &[
    (b":method", b"GET"),
    (b":scheme", b"https"),
    (b":authority", b"a.example"),
    (b":path", b"/"),
];
const POST: Pairs =
    &[(b":method", b"POST"), (b":scheme", b"https"), (b":authority", b"a"), (b":path", b"/p")];
const HEAD: Pairs =
    &[(b":method", b"HEAD"), (b":scheme", b"http"), (b":path", b"/"), (b"host", b"a.example")];
const OPTIONS: Pairs =
    &[(b":method", b"OPTIONS"), (b":scheme", b"http"), (b":authority", b"a"), (b":path", b"*")];
const CONNECT: Pairs = &[(b":method", b"CONNECT"), (b":authority", b"a.example:443")];
const WEBSOCKET: Pairs = &[
    (b":method", b"CONNECT"),
    (b":protocol", b"websocket"),
    (b":scheme", b"https"),
    (b":authority", b"a.example"),
    (b":path", b"/chat"),
];
const OK: Pairs = &[(b":status", b"200")];
const EARLY: Pairs = &[(b":status", b"103"), (b"link", b"</style.css>")];
const EMPTY: Pairs = &[(b":status", b"204")];
const TRAILERS: Pairs = &[(b"trailer", b"yes")];

const STOCK: [Pairs; 11] =
    [GET, POST, HEAD, OPTIONS, CONNECT, WEBSOCKET, OK, EARLY, EMPTY, TRAILERS, &[]];

const MORE: Pairs = &[
    (b"content-length", b"5"),
    (b"content-length", b"0"),
    (b"cookie", b"a=b"),
    (b"cookie", b"a longer one that is indexed"),
    (b"authorization", b"secret"),
    (b"priority", b"u=1, i"),
    (b"priority", b"u=9"),
    (b"te", b"trailers"),
    (b"te", b"gzip"),
    (b"connection", b"close"),
    (b"transfer-encoding", b"chunked"),
    (b"Upper", b"case"),
    (b"blank", b" at the end "),
    (b"", b"no name"),
    (b"zero", b"\0"),
    (b"host", b"b.example"),
    (b":status", b"101"),
    (b":path", b"/again"),
    (b":unknown", b"pseudo"),
];

/// A header list.
#[derive(Arbitrary, Clone, Debug)]
pub struct Fields<'a> {
    stock: u8,
    /// Each names one of [`MORE`].
    more: &'a [u8],
    own: Option<(&'a [u8], &'a [u8], bool)>,
    /// How much of a long value there is.
    long: Option<u16>,
}

/// The longest list has one field with 65,535 of these.
static LONG: [u8; 65_535] = [b'v'; 65_535];

impl<'a> Fields<'a> {
    pub fn list(&self) -> Vec<Field<'a>> {
        let stock = STOCK[usize::from(self.stock) % STOCK.len()];
        let more = self.more.iter().take(40).map(|&at| MORE[usize::from(at) % MORE.len()]);
        let pairs = stock.iter().copied().chain(more);
        let mut list: Vec<Field<'a>> = pairs.map(|(name, value)| Field::new(name, value)).collect();
        if let Some((name, value, sensitive)) = self.own {
            let new = if sensitive { Field::sensitive } else { Field::new };
            list.push(new(name, value));
        }
        if let Some(length) = self.long {
            // Mostly much shorter, which takes less time.
            let length = usize::from(length >> (length & 7));
            list.push(Field::new(b"long", &LONG[..length]));
        }
        list
    }
}

/// The same with `:method: POST`, for targets that need no choice.
pub fn post() -> Vec<Field<'static>> {
    POST.iter().map(|(name, value)| Field::new(name, value)).collect()
}

/// A plain request.
pub fn get() -> Vec<Field<'static>> {
    GET.iter().map(|(name, value)| Field::new(name, value)).collect()
}

/// A plain response.
pub fn ok() -> Vec<Field<'static>> {
    OK.iter().map(|(name, value)| Field::new(name, value)).collect()
}
