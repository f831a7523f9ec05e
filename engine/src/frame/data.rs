//! DATA (RFC 9113 section 6.1).

/// Octets of a message's content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Data {
    /// The octets of padding including the Pad Length octet; zero if the frame is not padded.
    pub padding: usize,
}
