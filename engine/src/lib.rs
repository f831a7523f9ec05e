//! HTTP/2 without I/O: octets in, events out; requests in, octets out.
#![cfg_attr(not(test), no_std)]
#![deny(unsafe_code)]
#![cfg_attr(
    test,
    allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

#[forbid(unsafe_code)]
pub mod error;
#[forbid(unsafe_code)]
pub mod frame;
#[forbid(unsafe_code)]
pub mod hpack;
#[forbid(unsafe_code)]
pub mod http;
#[allow(unsafe_code)]
pub mod mem;
#[forbid(unsafe_code)]
pub mod session;
