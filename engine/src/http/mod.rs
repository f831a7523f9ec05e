//! HTTP in HTTP/2 (RFC 9113 section 8): what makes a field legal and a message well-formed.
//!
//! Nothing here knows about frames or compression; it sees names and values, one by one.
//!
//! | file | subject |
//! | --- | --- |
//! | `octets` | which octets names, values, methods, paths and authorities may consist of |
//! | `traits` | what can be said of a field by itself |
//! | `message` | a message as its fields and data come in |
//! | `pseudo` | pseudo-headers that need no second look |
//! | `request`, `response` | the rules for single fields of each, and for the whole section |
//! | `priority` | the Priority field (RFC 9218 section 4) |
//! | `structured` | dictionaries of structured fields (RFC 9651), which Priority is one of |

mod message;
mod octets;
mod priority;
mod pseudo;
mod request;
mod response;
mod structured;
mod traits;

pub use message::{Context, Message, Verdict};
pub use octets::{
    is_authority, is_field_name, is_field_value, is_method, is_path, is_trimmed_field_value,
};
pub use priority::{Priority, PriorityField};
pub use pseudo::KnownPseudo;
pub use traits::Traits;

#[cfg(test)]
mod tests;
