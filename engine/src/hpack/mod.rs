//! HPACK, header compression for HTTP/2 (RFC 7541).
//!
//! [`Encoder`] and [`Decoder`] each hold one compression context. Both work on whole or partial
//! header blocks, know nothing of frames or of what fields mean, and produce octet for octet what
//! libnghttp2 produces.
//!
//! | file | RFC 7541 |
//! | --- | --- |
//! | `integer` | 5.1, integers with a prefix |
//! | `huffman`, `huffman_table` | 5.2 and appendix B, string literals |
//! | `static_table` | 2.3.1 and appendix A |
//! | `dynamic_table`, `span` | 2.3.2 and 4, storage and eviction; where a field lies in a text |
//! | `decoder`, `literal`, `decoded` | 3 and 6, blocks into fields; those not in a table; the last one |
//! | `shared` | the decoder's strings as counted ones |
//! | `encoder`, `index` | 6, fields into blocks; finding a field in the tables |

mod decoded;
mod decoder;
mod dynamic_table;
mod encoder;
mod huffman;
mod huffman_table;
mod index;
mod integer;
mod literal;
mod shared;
mod span;
mod static_table;

pub use decoded::Decoded;
pub use decoder::Decoder;
pub use encoder::{Encoder, Huffman};

/// The size of a dynamic table before anyone says otherwise: SETTINGS_HEADER_TABLE_SIZE's initial
/// value (RFC 9113 section 6.5.2).
pub const DEFAULT_TABLE_SIZE: usize = 4096;

/// What an entry weighs in a table besides its name and value (section 4.1).
const ENTRY_OVERHEAD: usize = 32;

/// How many entries the static table has; the dynamic table's indexes follow.
pub const STATIC_ENTRIES: usize = static_table::LEN;

/// Name and value of the static table's entry `index`, from 1 to [`STATIC_ENTRIES`]. Entries without a
/// value are there for their names.
pub const fn static_entry(index: usize) -> (&'static [u8], &'static [u8]) {
    static_table::entry(index)
}

/// Whether a literal enters the dynamic table (section 6.2).
#[derive(Clone, Copy, PartialEq)]
enum Treatment {
    Indexed,
    NotIndexed,
    /// Nor on further hops.
    NeverIndexed,
}

#[cfg(test)]
mod tests;
