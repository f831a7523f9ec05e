//! PRIORITY_UPDATE (RFC 9218 section 7.1).

use bytes::Buf;

use super::StreamId;
use crate::error::Result;
use crate::mem::Vec;

/// A client's new wish about the order of responses.
#[derive(Clone, Copy)]
pub struct PriorityUpdate<'a> {
    /// Which response.
    pub prioritized_id: StreamId,
    /// A Priority field value.
    pub value: &'a [u8],
}

impl<'a> PriorityUpdate<'a> {
    /// The octets in front of the field value.
    pub(crate) const ID_LEN: usize = 4;

    pub(crate) fn parse(mut payload: &'a [u8]) -> Option<PriorityUpdate<'a>> {
        let prioritized_id = StreamId::from_wire(payload.try_get_u32().ok()?);
        Some(PriorityUpdate { prioritized_id, value: payload })
    }

    pub(crate) fn pack(&self, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(&self.prioritized_id.get().to_be_bytes())?;
        out.extend_from_slice(self.value)
    }
}
