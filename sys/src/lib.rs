//! The C interface of libnghttp2, as the crate `libnghttp2-sys` has it, without C code behind it.
//!
//! Programs that use `libnghttp2-sys`, such as those with `curl` and its feature `http2`, get our
//! library instead when their `Cargo.toml` says
//!
//! ```toml
//! [patch.crates-io]
//! libnghttp2-sys = { path = "../libnghttp2/sys" }
//! ```
//!
//! Functions, types and constants have the same names and types. Those of `nghttp2/nghttp2x.h` come on
//! top, and so do the constants that are macros with a number in C. No C compiler is needed. Dependants
//! find the headers in `DEP_NGHTTP2_ROOT`; there is no `lib/libnghttp2.a`, since the code comes with
//! this crate.

mod bindings;

pub use bindings::*;

// Nothing here calls it by a Rust name; it is what the declarations refer to.
extern crate nghttp2_shell as _;
