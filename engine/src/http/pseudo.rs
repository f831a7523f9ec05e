//! Pseudo-headers whose verdict is known beforehand: those of HPACK's static table, which most messages
//! begin with.

use super::message::{Mark, Message};

/// A pseudo-header with a value that it may have.
#[derive(Clone, Copy)]
pub struct KnownPseudo {
    /// What must not have been seen of a message before it.
    before: u32,
    /// What is known of the message then.
    after: u32,
}

impl KnownPseudo {
    /// The pseudo-header that a field is, if it is one of these.
    pub const fn of(name: &[u8], value: &[u8]) -> Option<KnownPseudo> {
        let (mark, others) = match (name, value) {
            (b":method", b"GET" | b"POST") => (Mark::METHOD, Mark::NONE),
            (b":path", b"/" | b"/index.html") => (Mark::PATH, Mark::PATH_IS_ABSOLUTE),
            (b":scheme", b"http" | b"https") => (Mark::SCHEME, Mark::SCHEME_IS_HTTP),
            (b":status", b"200" | b"206") => (Mark::STATUS, Mark::SUCCESS),
            (b":status", b"204") => (Mark::STATUS, Mark::SUCCESS.with(Mark::NO_CONTENT)),
            (b":status", b"304") => (Mark::STATUS, Mark::NOT_MODIFIED),
            (b":status", b"400" | b"404" | b"500") => (Mark::STATUS, Mark::NONE),
            _ => return None,
        };
        let before = mark.with(Mark::PSEUDO_OVER).bits();
        Some(KnownPseudo { before, after: mark.with(others).bits() })
    }

    /// Whether it belongs to responses, and not to requests.
    pub const fn is_of_response(self) -> bool {
        self.before & Mark::STATUS.bits() != 0
    }
}

impl Message {
    /// The next field, in a header section that begins a message, is a pseudo-header for such messages.
    /// False says that it needs a closer look; then nothing has happened.
    #[inline]
    pub fn known_pseudo(&mut self, pseudo: KnownPseudo) -> bool {
        let fits = self.marks & pseudo.before == 0;
        if fits {
            self.marks |= pseudo.after;
        }
        fits
    }
}
