//! Every structure, union, enumeration and constant of the C interface.
#![allow(non_camel_case_types, clippy::upper_case_acronyms)]

mod constants;
mod enumerations;
mod structures;

pub use constants::*;
pub use enumerations::*;
pub use structures::*;
