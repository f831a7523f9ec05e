//! PUSH_PROMISE (RFC 9113 section 6.6).

use bytes::Buf;

use super::StreamId;
use crate::error::Result;
use crate::mem::{Field, Vec};

/// The announcement of a stream that the server will open.
#[derive(Clone, Copy)]
pub struct PushPromise<'a> {
    /// The octets of padding including the Pad Length octet; zero if the frame is not padded.
    pub padding: usize,
    /// The stream.
    pub promised_id: StreamId,
    /// The request that is answered. Empty for received frames, whose fields are told one by one.
    pub fields: &'a [Field<'a>],
}

impl PushPromise<'_> {
    /// The octets in front of the header block.
    pub(crate) const ID_LEN: usize = 4;

    pub(crate) fn parse_id(mut payload: &[u8]) -> Option<StreamId> {
        payload.try_get_u32().ok().map(StreamId::from_wire)
    }

    pub(crate) fn pack_id(promised_id: StreamId, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(&promised_id.get().to_be_bytes())
    }
}
