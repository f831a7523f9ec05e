//! What the fuzz targets share. `README.md` says how they are run.
//!
//! | file | subject |
//! | --- | --- |
//! | `account` | memory that is counted, and refused on demand |
//! | `setup` | options and interests out of a few bits |
//! | `end` | one session and its driver, with a limit on how long it may take |
//! | `told` | what a session has said, in a form that can be compared |
//! | `stream` | octets into one session, whole and in pieces |
//! | `wire` | octets: the compact form of frames, cuts, the look of output |
//! | `inbound` | well-formed frames to receive |
//! | `operation` | everything an application may ask of a session |
//! | `fields` | header fields, legal and not |
//!
//! A target states what holds for every input, and panics where it does not.

pub mod account;
pub mod end;
pub mod fields;
pub mod inbound;
pub mod operation;
pub mod setup;
pub mod stream;
pub mod told;
pub mod wire;
