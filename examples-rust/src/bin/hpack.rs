//! Header compression by itself (RFC 7541): two lists of fields, one after the other.
//!
//!     cargo run --bin hpack
//!
//! An encoder and a decoder remember fields they have seen, each in a table of its own, so the second
//! list takes less than the first. Both tables stay equal as long as the decoder reads every block, in
//! the order in which they were made: one pair of contexts belongs to one direction of a connection.

use nghttp2_engine::error::{Error, Result};
use nghttp2_engine::hpack::{DEFAULT_TABLE_SIZE, Decoder, Encoder, STATIC_ENTRIES};
use nghttp2_engine::mem::{Field, Mem, Vec as Block};

fn main() -> Result<()> {
    // Where memory comes from. The engine allocates nothing behind your back.
    let mem = Mem::system();
    // The number keeps strangers from aiming at places in the encoder's hash table. In a program that
    // compresses what they choose, it comes from a source of random numbers.
    let mut encoder = Encoder::new(DEFAULT_TABLE_SIZE, 42, mem.clone());
    let mut decoder = Decoder::new(mem.clone());

    let first = [
        Field::new(b":method", b"GET"),
        Field::new(b":scheme", b"https"),
        Field::new(b":authority", b"example.org"),
        Field::new(b":path", b"/"),
        Field::new(b"user-agent", b"hpack-example"),
        // Kept out of both tables, so that nobody can find it out by guessing and measuring.
        Field::sensitive(b"authorization", b"Basic c2VjcmV0"),
    ];
    let [method, scheme, authority, _, agent, authorization] = first;
    let path = Field::new(b":path", b"/style.css");
    let second = [method, scheme, authority, path, agent, authorization];

    for fields in [&first, &second] {
        let mut block = Block::new(mem.clone());
        let most = encoder.bound(fields);
        encoder.encode(fields, &mut block, most)?;

        // A block may arrive in pieces of any size.
        let mut decoded = 0;
        for mut piece in block.chunks(7) {
            while decoder.decode(&mut piece)? {
                let field = decoder.field();
                let expected = fields.get(decoded).ok_or(Error::Internal)?;
                assert_eq!((field.name, field.value), (expected.name(), expected.value()));
                assert_eq!(field.sensitive, expected.is_sensitive());
                println!("{}: {}", field.name.escape_ascii(), field.value.escape_ascii());
                decoded += 1;
            }
        }
        // The last piece may have ended within a field: only now is it known.
        decoder.check_whole()?;
        decoder.end_block();
        assert_eq!(decoded, fields.len());

        let plain: usize =
            fields.iter().map(|field| field.name().len() + field.value().len()).sum();
        // The static table is the same for all; the entries behind it are those of this connection.
        let remembered = encoder.entries() - STATIC_ENTRIES;
        println!("-- {} octets for {plain}; fields remembered: {remembered}", block.len());
    }
    assert_eq!(encoder.table_size(), decoder.table_size());
    Ok(())
}
