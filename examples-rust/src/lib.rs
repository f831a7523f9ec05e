//! The programs are in `bin`. This is here so that the Rust example of the README at the top is compiled
//! and run.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
