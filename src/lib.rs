//! The C interface of libnghttp2, on top of the [engine](nghttp2_engine).
//!
//! # Where things are
//!
//! | file | subject |
//! | --- | --- |
//! | `types` | every structure, union, enumeration and constant |
//! | `callbacks`, `callback_table` | the types of a program's functions; their table |
//! | `options` | what a session is told at its creation |
//! | `door` | from C pointers to the engine and back: the only way |
//! | `session` | making, deleting, terminating, upgrading |
//! | `receive`, `transmit` | the pumps: pull the engine, call the program |
//! | `view` | the engine's frames as C structures |
//! | `submit`, `submit_control` | what programs ask for |
//! | `query`, `stream` | what programs want to know; stream objects |
//! | `hpack`, `rcbuf` | compression by itself; counted strings |
//! | `nghttp2x` | additions of ours, in a header of their own |
//! | `priority`, `util` | priorities; small functions that need no session |
//! | `system` | the time, and octets that nobody can guess |
//! | `runtime` | what takes the place of the standard library |
//!
//! # The contract
//!
//! Exported functions trust what the C interface says about pointers: a session, table or option
//! pointer is one that the matching constructor gave out and that was not deleted; an array has as
//! many elements as the number beside it says, and may be NULL if that is 0; a pointer for a result
//! can be written to. Objects are used by one thread at a time.
//!
//! Programs call back into the session from their callbacks, through a pointer they have saved. So no
//! reference into a session may be alive while a callback runs: `door::with` is the only way from a
//! pointer to the engine, and what comes out of it holds no reference.
#![cfg_attr(not(any(panic = "unwind", nghttp2_hosted)), no_std)]
#![allow(non_camel_case_types, clippy::missing_safety_doc)]

mod callback_table;
pub mod callbacks;
mod door;
pub mod hpack;
pub mod nghttp2x;
pub mod options;
mod priority;
mod query;
pub mod rcbuf;
mod receive;
#[cfg(not(any(panic = "unwind", nghttp2_hosted)))]
mod runtime;
pub mod session;
pub mod stream;
mod submit;
mod submit_control;
mod system;
mod transmit;
pub mod types;
mod util;
mod view;
