//! PRIORITY, and the priority fields of HEADERS (RFC 7540 sections 5.3 and 6.3).

use bytes::Buf;

use super::StreamId;
use crate::error::Result;
use crate::mem::Vec;

/// A place in the dependency tree of RFC 7540.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrioritySpec {
    /// The stream this one depends on; zero is the root.
    pub depends_on: StreamId,
    /// The share among siblings, 1 to 256.
    pub weight: i32,
    /// Whether the stream takes over all present dependents of its parent.
    pub exclusive: bool,
}

impl PrioritySpec {
    pub(crate) const LEN: usize = 5;

    pub(crate) fn parse(mut payload: &[u8]) -> Option<PrioritySpec> {
        let word = payload.try_get_u32().ok()?;
        let weight = payload.try_get_u8().ok()?;
        Some(PrioritySpec {
            depends_on: StreamId::from_wire(word),
            weight: i32::from(weight).wrapping_add(1),
            exclusive: word >> 31 == 1,
        })
    }

    pub(crate) fn pack(&self, out: &mut Vec<u8>) -> Result<()> {
        let exclusive = u32::from(self.exclusive) << 31;
        out.extend_from_slice(&(self.depends_on.get() as u32 | exclusive).to_be_bytes())?;
        out.push(self.weight.wrapping_sub(1) as u8)
    }

    /// The same with the weight forced into its range.
    pub(crate) fn clamped(self) -> PrioritySpec {
        PrioritySpec { weight: self.weight.clamp(1, 256), ..self }
    }
}

impl Default for PrioritySpec {
    /// Below the root with weight 16, as streams are that nothing is said about (section 5.3.5).
    fn default() -> PrioritySpec {
        PrioritySpec { depends_on: StreamId::CONNECTION, weight: 16, exclusive: false }
    }
}
