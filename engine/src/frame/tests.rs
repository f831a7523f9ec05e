//! What is packed is parsed again.

use super::*;
use crate::error::ErrorCode;
use crate::mem::Mem;

fn packed(kind: Kind, body: Body<'_>) -> std::vec::Vec<u8> {
    let head = Head { length: 0, kind, flags: Flags::NONE, stream_id: StreamId::new(1) };
    let mut out = Vec::new(Mem::system());
    Frame { head, body }.pack(&mut out).unwrap();
    out.to_vec()
}

#[test]
fn heads_survive_and_lose_the_reserved_bit() {
    let head = Head {
        length: 0xab_cdef,
        kind: Kind(0x77),
        flags: Flags(0x5a),
        stream_id: StreamId::new(0x1234_5678),
    };
    let mut octets = head.pack();
    assert_eq!(octets, *b"\xab\xcd\xef\x77\x5a\x12\x34\x56\x78");
    octets[5] |= 0x80;
    assert_eq!(Head::parse(&octets), head);
}

#[test]
fn fixed_payloads_survive() {
    let spec = PrioritySpec { depends_on: StreamId::new(7), weight: 256, exclusive: true };
    assert_eq!(packed(Kind::PRIORITY, Body::Priority(spec)), b"\x80\0\0\x07\xff");
    assert_eq!(PrioritySpec::parse(b"\x80\0\0\x07\xff"), Some(spec));
    let reset = RstStream { code: ErrorCode::CANCEL };
    assert_eq!(packed(Kind::RST_STREAM, Body::RstStream(reset)), b"\0\0\0\x08");
    assert_eq!(RstStream::parse(b"\0\0\0\x08"), Some(reset));
    let ping = Ping { opaque: *b"12345678" };
    assert_eq!(packed(Kind::PING, Body::Ping(ping)), b"12345678");
    assert_eq!(Ping::parse(b"12345678"), Some(ping));
    assert_eq!(
        WindowUpdate::parse(b"\xff\xff\xff\xff"),
        Some(WindowUpdate { increment: i32::MAX })
    );
}

#[test]
fn settings_survive_in_order() {
    let entries = [
        Setting { id: SettingId::MAX_FRAME_SIZE, value: 1 << 20 },
        Setting { id: SettingId(0xfade), value: u32::MAX },
    ];
    let payload = packed(Kind::SETTINGS, Body::Settings(Settings { entries: &entries }));
    assert!(Setting::parse_all(&payload).eq(entries));
}

#[test]
fn texts_survive() {
    let goaway = Goaway { last_stream_id: StreamId::new(5), code: ErrorCode(2), debug: b"why" };
    let payload = packed(Kind::GOAWAY, Body::Goaway(goaway));
    assert_eq!(Goaway::parse(&payload).unwrap().debug, b"why");
    let altsvc = Altsvc { origin: b"example.org", value: b"h2=\":443\"" };
    let payload = packed(Kind::ALTSVC, Body::Altsvc(altsvc));
    assert_eq!(Altsvc::parse(&payload).unwrap().value, altsvc.value);
    assert!(Altsvc::parse(b"\0\x05abcd").is_none());
    let update = PriorityUpdate { prioritized_id: StreamId::new(9), value: b"u=1" };
    let payload = packed(Kind::PRIORITY_UPDATE, Body::PriorityUpdate(update));
    assert_eq!(PriorityUpdate::parse(&payload).unwrap().prioritized_id, StreamId::new(9));
}

#[test]
fn origins_survive_and_end_with_nul() {
    let mut list = OriginBuf::new(Mem::system());
    list.push(b"https://a").unwrap();
    list.push(b"b").unwrap();
    let payload = packed(Kind::ORIGIN, Body::Origin(list.as_frame()));
    assert_eq!(payload, b"\0\x09https://a\0\x01b");
    let with_empty = [&payload[..], b"\0\0"].concat();
    let parsed = OriginBuf::parse(&with_empty, Mem::system()).unwrap().unwrap();
    assert!(parsed.as_frame().origins().eq([&b"https://a"[..], b"b"]));
    assert!(OriginBuf::parse(b"\0\x05abcd", Mem::system()).unwrap().is_none());
    assert!(OriginBuf::parse(b"\0", Mem::system()).unwrap().is_none());
}
