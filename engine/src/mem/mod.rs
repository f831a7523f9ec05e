//! Fallible memory: everything the engine allocates goes through a [`Mem`] handle, and every
//! refusal comes back as [`Error::NoMem`](crate::error::Error::NoMem).
//!
//! The types here are this crate's own, not aliases, so that growth which cannot fail *does not
//! exist*: [`Vec`], [`Box`], `Deque`, [`IdMap`] grow through methods that return `Result`.
//! [`RcBuf`] is a counted byte string that may outlive the session it came from; `FieldList` is a
//! header list in one block.
//!
//! This is the only module of the crate with `unsafe` code, and only its parts `handle`, `vec`,
//! `boxed`, `rcbuf` and `field` have any, and for tests `account`. Outside it is safe to use, with one
//! exception that is written out where it applies: handing in foreign functions or foreign pointers.

#[cfg(test)]
pub(crate) mod account;
mod boxed;
#[forbid(unsafe_code)]
mod deque;
mod field;
mod handle;
#[forbid(unsafe_code)]
mod id_map;
mod rcbuf;
mod vec;

pub use boxed::Box;
pub(crate) use deque::Deque;
pub(crate) use field::FieldList;
pub use field::{Field, FieldFlags};
pub use handle::{Allocator, Mem};
pub use id_map::IdMap;
pub use rcbuf::RcBuf;
pub(crate) use rcbuf::StaticStrings;
pub(crate) use vec::Tail;
pub use vec::{Vec, copy};
