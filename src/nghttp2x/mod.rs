//! Additions of ours: what `nghttp2/nghttp2x.h` declares and the original does not have.
//!
//! That header is made from the files here, and `nghttp2/nghttp2.h` from all others: no name of one is
//! in the other, so that a program which wants to run on the original as well sees what it may not use.

pub mod counters;
pub mod excess;
pub mod gather;
pub mod guards;
pub mod huffman;
pub mod memory;
