//! What a library has shown, as numbers that can be compared.

/// Everything seen so far. Two libraries that did the same have the same digest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// Octets that were sent, in order; how they were cut does not count.
    pub octets: u64,
    /// Callbacks, in order.
    pub events: u64,
}

const PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a, one octet after the other.
fn hash(mut state: u64, octets: &[u8]) -> u64 {
    for &octet in octets {
        state = (state ^ u64::from(octet)).wrapping_mul(PRIME);
    }
    state
}

/// Lets every bit of a number count.
fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    number ^ (number >> 29)
}

impl Digest {
    /// Octets that leave.
    pub fn output(&mut self, octets: &[u8]) {
        self.octets = hash(self.octets ^ PRIME, octets) ^ PRIME;
    }

    /// A callback: what it is, which stream it is about, and octets that come with it.
    pub fn event(&mut self, what: &str, stream: i32, octets: &[u8]) {
        let event = hash(hash(hash(PRIME, what.as_bytes()), &stream.to_be_bytes()), octets);
        self.add(event);
    }

    /// A field, as a callback or a decoder shows it.
    pub fn field(&mut self, stream: i32, name: &[u8], value: &[u8], flags: u8) {
        let event = hash(hash(PRIME, &stream.to_be_bytes()), name);
        let event = hash(mix(event), value);
        self.add(hash(mix(event), &[flags]));
    }

    fn add(&mut self, event: u64) {
        self.events = mix(self.events.wrapping_mul(PRIME) ^ event);
    }

    /// Two ends as one.
    pub fn with(self, other: Digest) -> Digest {
        Digest {
            octets: mix(self.octets).wrapping_add(other.octets),
            events: mix(self.events).wrapping_add(other.events),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_of_the_output_do_not_count() {
        let mut whole = Digest::default();
        whole.output(b"octets");
        let mut cut = Digest::default();
        cut.output(b"oct");
        cut.output(b"");
        cut.output(b"ets");
        assert_eq!(whole, cut);
        cut.output(b"!");
        assert_ne!(whole.octets, cut.octets);
    }

    #[test]
    fn order_counts() {
        let of = |streams: [i32; 2]| {
            let mut digest = Digest::default();
            for stream in streams {
                digest.event("close", stream, b"");
            }
            digest
        };
        assert_ne!(of([1, 3]), of([3, 1]));
        assert_eq!(of([1, 3]), of([1, 3]));
    }

    #[test]
    fn names_and_values_are_kept_apart() {
        let mut one = Digest::default();
        one.field(0, b"ab", b"c", 0);
        let mut other = Digest::default();
        other.field(0, b"a", b"bc", 0);
        assert_ne!(one, other);
    }
}
