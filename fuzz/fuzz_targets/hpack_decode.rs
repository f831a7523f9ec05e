//! Header blocks into a decoder. However they are cut, the same fields come out, and no table is larger
//! than allowed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nghttp2_engine::error::Error;
use nghttp2_engine::hpack::{DEFAULT_TABLE_SIZE, Decoder};
use nghttp2_engine::http::{
    is_authority, is_field_name, is_field_value, is_method, is_path, is_trimmed_field_value,
};
use nghttp2_fuzz::account::Account;
use nghttp2_fuzz::wire::cut;

// The first octet decides about the cuts. Each block has its length in front, and 255 says that it is
// all that is left; 0 is followed by another size for the table, in two octets.
fuzz_target!(|input: &[u8]| {
    let Some((&cuts, acts)) = input.split_first() else { return };
    let acts = parse(acts);
    let whole = decode(&acts, |block| vec![block]);
    let pieces = decode(&acts, |block| cut(block, cuts));
    assert_eq!(whole, pieces, "it counts how a block is cut");
});

enum Act<'a> {
    Block(&'a [u8]),
    Size(usize),
}

fn parse(mut input: &[u8]) -> Vec<Act<'_>> {
    let mut acts = Vec::new();
    while let Some((&length, rest)) = input.split_first() {
        let length = match length {
            0 => 2,
            255 => rest.len(),
            length => rest.len().min(length.into()),
        };
        let Some((part, rest)) = rest.split_at_checked(length) else { break };
        acts.push(match (input[0], part) {
            (0, &[high, low]) => Act::Size(u16::from_be_bytes([high, low]).into()),
            _ => Act::Block(part),
        });
        input = rest;
    }
    acts
}

/// Name and value, and whether they are sensitive.
type Field = (Vec<u8>, Vec<u8>, bool);

fn decode<'b>(
    acts: &[Act<'b>],
    pieces: impl Fn(&'b [u8]) -> Vec<&'b [u8]>,
) -> (Vec<Field>, Option<Error>) {
    let mut fields = Vec::new();
    let (error, _) = Account::lend(usize::MAX, |mem| {
        let mut decoder = Decoder::new(mem);
        let mut allowed = DEFAULT_TABLE_SIZE;
        for act in acts {
            let block = match *act {
                Act::Block(block) => block,
                Act::Size(size) => {
                    allowed = size;
                    decoder.set_allowed_table_size(size).expect("between blocks");
                    continue;
                }
            };
            for piece in pieces(block) {
                decode_piece(&mut decoder, piece, &mut fields)?;
                let sizes = (decoder.table_size(), decoder.table_limit());
                assert!(sizes.0 <= sizes.1 && sizes.1 <= allowed, "{sizes:?} of {allowed}");
            }
            decoder.check_whole()?;
            decoder.end_block();
            check_entries(&decoder);
        }
        Ok::<(), Error>(())
    });
    (fields, error.and_then(Result::err))
}

fn decode_piece(
    decoder: &mut Decoder,
    mut piece: &[u8],
    fields: &mut Vec<Field>,
) -> Result<(), Error> {
    let mut budget = piece.len() + 1;
    loop {
        budget = budget.checked_sub(1).expect("more fields than octets");
        match decoder.decode(&mut piece) {
            Ok(true) => {}
            Ok(false) => {
                assert!(piece.is_empty(), "octets are left");
                return Ok(());
            }
            Err(error) => {
                assert_eq!(error, Error::HeaderComp);
                assert_eq!(decoder.decode(&mut piece), Err(Error::HeaderComp));
                return Err(error);
            }
        }
        let field = decoder.field();
        let (name, value, sensitive) = (field.name.to_vec(), field.value.to_vec(), field.sensitive);
        let shared = decoder.shared_field().expect("there is one");
        assert!(*shared.0 == name && *shared.1 == value, "the counted strings differ");
        check_octets(&name);
        check_octets(&value);
        fields.push((name, value, sensitive));
    }
}

/// What is said of a text, many octets at a time, is what is said of its octets one by one.
fn check_octets(text: &[u8]) {
    let each = |text: &[u8], holds: fn(&[u8]) -> bool| text.iter().all(|octet| holds(&[*octet]));
    for holds in [is_field_value, is_method, is_path, is_authority] {
        assert!(text.is_empty() || holds(text) == each(text, holds), "{}", text.escape_ascii());
    }
    let name = text.strip_prefix(b":").unwrap_or(text);
    assert_eq!(is_field_name(text), !name.is_empty() && each(name, is_field_name));
    let trimmed = text.trim_ascii() == text;
    assert_eq!(is_trimmed_field_value(text), trimmed && is_field_value(text));
}

/// The sizes of the entries make up the size of the table (RFC 7541 section 4.1).
fn check_entries(decoder: &Decoder) {
    let sizes = (62..=decoder.entries()).map(|index| {
        let (name, value) = decoder.entry(index).expect("an entry");
        name.len() + value.len() + 32
    });
    assert_eq!(sizes.sum::<usize>(), decoder.table_size());
    assert!(decoder.entry(0).is_none() && decoder.entry(decoder.entries() + 1).is_none());
}
