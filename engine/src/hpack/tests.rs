//! The two ends together, and the cases of the specification.

use super::*;
use crate::error::{Error, Result};
use crate::mem::account::Account;
use crate::mem::{Field, Mem, Vec};

type Owned = (std::vec::Vec<u8>, std::vec::Vec<u8>);

/// Decodes a block that comes in pieces of `step` octets.
fn decode(decoder: &mut Decoder, block: &[u8], step: usize) -> Result<std::vec::Vec<Owned>> {
    let mut fields = std::vec::Vec::new();
    for mut piece in block.chunks(step) {
        while decoder.decode(&mut piece)? {
            let Decoded { name, value, .. } = decoder.field();
            fields.push((name.to_vec(), value.to_vec()));
        }
    }
    decoder.check_whole()?;
    decoder.end_block();
    Ok(fields)
}

fn encode(encoder: &mut Encoder, fields: &[(&str, &str)]) -> std::vec::Vec<u8> {
    let fields: std::vec::Vec<_> =
        fields.iter().map(|(name, value)| Field::new(name.as_bytes(), value.as_bytes())).collect();
    let mut out = Vec::new(Mem::system());
    encoder.encode(&fields, &mut out, usize::MAX).unwrap();
    assert!(out.len() <= encoder.bound(&fields));
    out.to_vec()
}

fn owned(fields: &[(&str, &str)]) -> std::vec::Vec<Owned> {
    fields
        .iter()
        .map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()))
        .collect()
}

/// A header block and the fields in it.
type Case = (&'static [u8], &'static [(&'static str, &'static str)]);

/// RFC 7541 appendix C.4: three requests with Huffman coding on one context.
const REQUESTS: [Case; 3] = [
    (
        b"\x82\x86\x84\x41\x8c\xf1\xe3\xc2\xe5\xf2\x3a\x6b\xa0\xab\x90\xf4\xff",
        &[(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "www.example.com")],
    ),
    (
        b"\x82\x86\x84\xbe\x58\x86\xa8\xeb\x10\x64\x9c\xbf",
        &[
            (":method", "GET"),
            (":scheme", "http"),
            (":path", "/"),
            (":authority", "www.example.com"),
            ("cache-control", "no-cache"),
        ],
    ),
    (
        b"\x82\x87\x85\xbf\x40\x88\x25\xa8\x49\xe9\x5b\xa9\x7d\x7f\x89\x25\xa8\x49\xe9\x5b\xb8\xe8\xb4\xbf",
        &[
            (":method", "GET"),
            (":scheme", "https"),
            (":path", "/index.html"),
            (":authority", "www.example.com"),
            ("custom-key", "custom-value"),
        ],
    ),
];

#[test]
fn the_requests_of_the_rfc_decode_however_they_are_cut() {
    for step in [1, 2, 3, 7, 100] {
        let mut decoder = Decoder::new(Mem::system());
        for (block, fields) in REQUESTS {
            assert_eq!(decode(&mut decoder, block, step), Ok(owned(fields)));
        }
        assert_eq!(decoder.table_size(), 164);
        assert_eq!(decoder.entry(62), Some((&b"custom-key"[..], &b"custom-value"[..])));
    }
}

#[test]
fn the_requests_of_the_rfc_are_encoded_as_there() {
    let mut encoder = Encoder::new(4096, 1, Mem::system());
    for (block, fields) in REQUESTS {
        assert_eq!(encode(&mut encoder, fields), block);
    }
    assert_eq!((encoder.table_size(), encoder.entries()), (164, 64));
}

#[test]
fn the_choices_of_the_encoder() {
    let mut encoder = Encoder::new(4096, 99, Mem::system());
    for (name, value, expected) in [
        (":method", "GET", &b"\x82"[..]),
        (":method", "PUT", b"\x42\x03PUT"),
        (":method", "PUT", b"\xbe"),
        (":path", "/foo", b"\x04\x83\x62\x53\x9f"),
        (":path", "/foo", b"\x04\x83\x62\x53\x9f"),
        ("authorization", "abc", b"\x1f\x08\x82\x1c\x64"),
        ("cookie", "short", b"\x1f\x11\x84\x44\xe7\xb1\x3f"),
        ("content-length", "5", b"\x0f\x0d\x01\x35"),
        ("foo", "bar", b"\x40\x82\x94\xe7\x03bar"),
        ("foo", "bar", b"\xbe"),
        ("foo", "baz", b"\x7e\x03baz"),
        ("set-cookie", "a=b", b"\x0f\x28\x03a=b"),
        ("te", "trailers", b"\x40\x02te\x86\x4d\x83\x35\x05\xb1\x1f"),
        ("host", "a", b"\x66\x01a"),
        ("", "", b"\x40\x00\x00"),
    ] {
        assert_eq!(encode(&mut encoder, &[(name, value)]), expected, "{name}: {value}");
    }
    let mut out = Vec::new(Mem::system());
    encoder
        .encode(
            &[Field::sensitive(b"foo", b"bar"), Field::sensitive(b":method", b"GET")],
            &mut out,
            usize::MAX,
        )
        .unwrap();
    assert_eq!(&out[..], b"\x1f\x32\x03bar\x12\x03GET");
}

#[test]
fn a_field_of_three_quarters_of_the_table_is_the_largest_that_is_indexed() {
    for (len, first) in [(3072 - 32 - 1, 0x40), (3072 - 32, 0x00)] {
        let mut encoder = Encoder::new(4096, 0, Mem::system());
        assert_eq!(encode(&mut encoder, &[("x", &"\u{1}".repeat(len))])[0], first);
    }
}

#[test]
fn changes_of_the_table_size_are_announced() {
    let fields = &[("a", "b")];
    for (cap, expected) in [
        (0, &b"\x20\x00\x01a\x01b"[..]),
        (100, b"\x3f\x45\x40\x01a\x01b"),
        (8192, b"\x40\x01a\x01b"),
    ] {
        assert_eq!(encode(&mut Encoder::new(cap, 0, Mem::system()), fields), expected);
    }
    let mut encoder = Encoder::new(8192, 0, Mem::system());
    encoder.set_allowed_table_size(8192);
    assert_eq!(encode(&mut encoder, &[]), b"\x3f\xe1\x3f");
    encoder.set_allowed_table_size(100);
    encoder.set_allowed_table_size(5000);
    assert_eq!(encode(&mut encoder, &[]), b"\x3f\x45\x3f\xe9\x26");
    assert_eq!(encode(&mut encoder, &[]), b"");
}

#[test]
fn a_smaller_table_must_be_announced_by_the_peer() {
    let smaller = || {
        let mut decoder = Decoder::new(Mem::system());
        decoder.set_allowed_table_size(100).unwrap();
        decoder.set_allowed_table_size(4096).unwrap();
        decoder
    };
    assert!(decode(&mut smaller(), b"\x82", 9).is_err());
    assert!(decode(&mut smaller(), b"", 9).is_err());
    assert!(decode(&mut smaller(), b"\x3f\x46", 9).is_err());
    assert!(decode(&mut smaller(), b"\x3f\x45\x3f\xe1\x1f\x82", 9).is_ok());
}

#[test]
fn literals_are_the_same_whole_and_cut_anywhere() {
    let long = "v".repeat(300);
    let mut block = b"\x40\x01a\x00\x0f\x0d\x011\x1f\x08\x82\x1c\x64\x7e\x83\x62\x53\x9f".to_vec();
    // A value whose length takes three octets; then the same field by its index.
    block.extend_from_slice(b"\x7f\x00\x7f\xad\x01");
    block.extend_from_slice(long.as_bytes());
    block.extend_from_slice(b"\xbe\x00\x82\x94\xe7\x03bar");
    let fields = [
        ("a", ""),
        ("content-length", "1"),
        ("authorization", "abc"),
        ("a", "/foo"),
        ("a", &long),
        ("a", &long),
        ("foo", "bar"),
    ];
    for cut in 0..=block.len() {
        let mut decoder = Decoder::new(Mem::system());
        let mut decoded = std::vec::Vec::new();
        let (front, back) = block.split_at(cut);
        for mut piece in [front, back] {
            while decoder.decode(&mut piece).unwrap() {
                let Decoded { name, value, sensitive } = decoder.field();
                assert_eq!(sensitive, name == b"authorization");
                decoded.push((name.to_vec(), value.to_vec()));
            }
            assert!(piece.is_empty());
        }
        decoder.check_whole().unwrap();
        assert_eq!(decoded, owned(&fields), "cut at {cut}");
    }
}

#[test]
fn any_octets_are_the_same_whole_and_octet_by_octet() {
    let mut random = 3_u32;
    let mut draw = |below: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) % below
    };
    let mut decoded = 0;
    for _ in 0..20_000 {
        let mut decoders = [1, 100].map(|step| (step, Decoder::new(Mem::system())));
        for _ in 0..4 {
            let fields = [
                &b"\x82"[..],
                b"\xbe",
                b"\x40\x01a\x01b",
                b"\x00\x83\x62\x53\x9f\x01x",
                b"\x0f\x0d\x011",
                b"\x54\x02xy",
                b"\x1f\x08\x82\x1c\x64",
            ];
            let mut block = std::vec::Vec::new();
            for _ in 0..draw(6) {
                block.extend_from_slice(fields[draw(7) as usize]);
                if draw(8) == 0 {
                    let place = draw(block.len() as u32) as usize;
                    block[place] = draw(256) as u8;
                }
            }
            let [whole, pieces] = decoders.each_mut().map(|(step, decoder)| {
                (decode(decoder, &block, *step), decoder.table_size(), decoder.entries())
            });
            assert_eq!(whole, pieces, "{block:x?}");
            decoded += whole.0.map_or(0, |fields| fields.len());
        }
    }
    assert!(decoded > 5_000, "{decoded}");
}

#[test]
fn table_sizes_change_between_blocks_only() {
    let mut decoder = Decoder::new(Mem::system());
    assert_eq!(decoder.decode(&mut &b"\x82"[..]), Ok(true));
    assert_eq!(decoder.set_allowed_table_size(1), Err(Error::InvalidState));
    decoder.end_block();
    assert_eq!(decoder.set_allowed_table_size(1), Ok(()));
}

#[test]
fn broken_blocks_are_refused_for_good() {
    for (why, block) in [
        ("index 0", &b"\x80"[..]),
        ("an index behind the table", b"\xbe"),
        ("an index so far behind that it needs more octets", b"\xff\x80\x01"),
        ("a name behind the table", b"\x7e\x01a"),
        ("an endless integer", b"\x00\x7f\x80\x80\x80\x80\x80\x00"),
        ("a table size above ours", b"\x3f\xe2\x1f"),
        ("a table size behind a field", b"\x82\x20"),
        ("a string longer than any", b"\x00\x7f\x82\xff\x03"),
        ("a block that ends in a string", b"\x00\x02a"),
        ("a block that ends in a length", b"\x00"),
        ("padding of eight bits", b"\x00\x82\x1f\xff\x00"),
        ("the end-of-string symbol", b"\x00\x84\xff\xff\xff\xff\x00"),
    ] {
        for step in [1, 100] {
            let mut decoder = Decoder::new(Mem::system());
            assert_eq!(decode(&mut decoder, block, step), Err(Error::HeaderComp), "{why}");
            assert_eq!(decode(&mut decoder, b"\x82", 1), Err(Error::HeaderComp), "{why}");
        }
    }
}

#[test]
fn an_entry_may_be_evicted_by_one_that_takes_its_name() {
    let mut decoder = Decoder::new(Mem::system());
    let (name, long) = ("n".repeat(2000), "v".repeat(2064));
    let mut first = std::vec![0x40, 0x7f, 0xd1, 0x0e];
    first.extend_from_slice(name.as_bytes());
    first.extend_from_slice(b"\x01x");
    decode(&mut decoder, &first, 11).unwrap();
    let mut second = std::vec![0x7e, 0x7f, 0x91, 0x0f];
    second.extend_from_slice(long.as_bytes());
    assert_eq!(decode(&mut decoder, &second, 100).unwrap(), owned(&[(&name, &long)]));
    assert_eq!(decoder.entry(62), Some((name.as_bytes(), long.as_bytes())));
    // One octet more, and it does not fit: it is still delivered, and the table is empty.
    second[2] = 0x92;
    second.push(b'v');
    assert_eq!(decode(&mut decoder, &second, 100).unwrap().len(), 1);
    assert_eq!((decoder.table_size(), decoder.entries()), (0, 61));
}

#[test]
fn a_string_has_65_536_octets_at_most() {
    let begin = |mut block: &[u8]| Decoder::new(Mem::system()).decode(&mut block);
    assert_eq!(begin(b"\x00\x01n\x7f\x81\xff\x03"), Ok(false));
    assert_eq!(begin(b"\x00\x01n\x7f\x82\xff\x03"), Err(Error::HeaderComp));
}

#[test]
fn one_huge_literal_is_not_remembered_for_life() {
    let account = Account::new();
    let use_it = |mem| {
        let mut decoder = Decoder::new(mem);
        let before = account.blocks.get();
        // Not indexed: a name of one octet, a value of 3,000.
        let text = [b'v'; 3000];
        let (mut front, mut back) = text.split_at(1000);
        assert_eq!(decoder.decode(&mut &b"\x00\x01n\x7f\xb9\x16"[..]), Ok(false));
        assert_eq!(decoder.decode(&mut front), Ok(false));
        assert_eq!(decoder.decode(&mut back), Ok(true));
        assert_eq!(decoder.field().value, &text);
        assert!(account.blocks.get() > before);
        decoder.end_block();
        assert_eq!((decoder.field().value, account.blocks.get()), (&b""[..], before));
        // The room for a small one stays.
        assert_eq!(decode(&mut decoder, b"\x00\x01n\x01v", 5)?, owned(&[("n", "v")]));
        assert!(account.blocks.get() > before);
        Ok(())
    };
    account.lend(use_it).unwrap();
}

#[test]
fn entries_share_their_counted_strings() {
    let mut decoder = Decoder::new(Mem::system());
    let mut block = &b"\x40\x01a\x01b\xbe\x82\x54\x01c\x0f\x05\x01d"[..];
    let mut next = || {
        assert_eq!(decoder.decode(&mut block), Ok(true));
        let (name, value) = decoder.shared_field().unwrap();
        assert_eq!((&*name, &*value), (decoder.field().name, decoder.field().value));
        (name, value)
    };
    let (first, again) = (next(), next());
    assert_eq!((first.0.as_ptr(), first.1.as_ptr()), (again.0.as_ptr(), again.1.as_ptr()));
    let (method, get) = next();
    assert!(method.is_static() && get.is_static() && !first.0.is_static());
    for _ in 0..2 {
        let (name, value) = next();
        assert!(name.is_static() && !value.is_static());
    }
    assert_eq!(decoder.decode(&mut block), Ok(false));
    assert_eq!(decoder.shared_field().err(), Some(Error::InvalidState));
}

#[test]
fn counted_strings_live_as_long_as_their_entries() {
    let mut decoder = Decoder::new(Mem::system());
    let mut given = std::vec::Vec::new();
    for step in 0..300_usize {
        // Half of the entries are named by the one before; one in three is asked for, late.
        let value = [step as u8 | 1; 3];
        let name: &[u8] = if step % 2 == 0 { b"\x40\x01n" } else { b"\x7e" };
        let block = [name, b"\x03", &value].concat();
        assert_eq!(decoder.decode(&mut &block[..]), Ok(true));
        decoder.end_block();
        if step == 150 {
            decoder.set_allowed_table_size(1000).unwrap();
            assert_eq!(decoder.decode(&mut &b"\x3f\xc9\x07"[..]), Ok(false));
        }
        let entries = decoder.entries() - STATIC_ENTRIES;
        if step % 3 == 0 {
            let age = entries / 2;
            let mut ask = || {
                assert_eq!(decoder.decode(&mut &[0x80 + 62 + age as u8][..]), Ok(true));
                decoder.shared_field().unwrap()
            };
            let (first, again) = (ask(), ask());
            assert!(first.0.is_same(&again.0) && first.1.is_same(&again.1));
            assert_eq!((&*first.0, first.1.len()), (&b"n"[..], 3));
            given.push((step - age, first.1));
        }
        for (number, value) in &given {
            let others = given.iter().filter(|(_, other)| other.is_same(value)).count();
            let is_there = step - number < entries;
            assert_eq!(value.is_shared(), is_there || others > 1, "entry {number} at {step}");
        }
    }
    assert!(given.len() == 100 && decoder.entries() < STATIC_ENTRIES + 29);
}

#[test]
fn random_lists_survive_random_table_sizes() {
    let mut random = 42_u32;
    let mut draw = |below: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) % below
    };
    for round in 0..50 {
        let mut encoder = Encoder::new(draw(9000) as usize, 7, Mem::system());
        let mut decoder = Decoder::new(Mem::system());
        for _ in 0..100 {
            if draw(10) == 0 {
                let size = draw(9000) as usize;
                encoder.set_allowed_table_size(size);
                decoder.set_allowed_table_size(size).unwrap();
            }
            let names = ["cookie", "x-a", "x-b", ":path", ":method", "accept", "date"];
            let fields: std::vec::Vec<(String, String)> = (0..draw(12))
                .map(|_| {
                    let value =
                        (0..draw(6) * draw(40)).map(|_| char::from(32 + draw(95) as u8)).collect();
                    (
                        names[draw(7) as usize].into(),
                        if draw(2) == 0 { "again".into() } else { value },
                    )
                })
                .collect();
            let fields: std::vec::Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let block = encode(&mut encoder, &fields);
            let step = 1 + draw(50) as usize;
            assert_eq!(decode(&mut decoder, &block, step), Ok(owned(&fields)), "round {round}");
            assert_eq!(encoder.table_size(), decoder.table_size());
        }
    }
}

#[test]
fn strings_are_coded_as_they_should_be() {
    // One that becomes shorter, one that becomes longer, and one of each kind of length.
    let long = "x".repeat(200);
    let fields = [("name", "value"), ("a", "\u{1}\u{2}<>"), ("b", ""), ("c", &long[..])];
    let block = |huffman| {
        let mut encoder = Encoder::new(4096, 0, Mem::system());
        encoder.set_huffman(huffman);
        let block = encode(&mut encoder, &fields);
        let decoded = decode(&mut Decoder::new(Mem::system()), &block, usize::MAX).unwrap();
        assert_eq!(decoded, owned(&fields), "{huffman:?}");
        block
    };
    let [shorter, always, never] = [Huffman::Shorter, Huffman::Always, Huffman::Never].map(block);
    assert!(never.starts_with(b"\x40\x04name\x05value\x40\x01a\x04\x01\x02<>\x40\x01b\x00"));
    assert!(
        shorter.starts_with(b"\x40\x83\xa8\x74\x97\x84\xee\x3a\x2d\x2f\x40\x01a\x04\x01\x02<>")
    );
    assert!(always.starts_with(b"\x40\x83\xa8\x74\x97\x84\xee\x3a\x2d\x2f\x40\x81\x1f\x8a"));
    assert!(always.windows(3).any(|octets| octets == b"\x81\x8f\x80"));
    assert!(shorter.len() < never.len() && shorter.len() < always.len());
}
