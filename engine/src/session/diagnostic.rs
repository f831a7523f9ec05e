//! Texts for people about what the peer does wrong.

use super::Session;
use super::task::Complaint;
use crate::error::{Error, Result};
use crate::mem::Vec;

impl Session {
    /// Writes the text of a complaint to where the event finds it; returns what it is about.
    pub(super) fn diagnose(&mut self, complaint: Complaint) -> Result<Error> {
        let text = &mut self.inbound.diagnostic;
        text.clear();
        let lead: &[u8] = match complaint {
            Complaint::SettingsExpected => {
                text.extend_from_slice(
                    b"Remote peer returned unexpected data while we expected SETTINGS frame.  \
                    Perhaps, peer does not support HTTP/2 properly.\0",
                )?;
                return Ok(Error::SettingsExpected);
            }
            Complaint::FieldRejected => b"Invalid HTTP header field was received",
            Complaint::FieldIgnored => b"Ignoring received invalid HTTP header field",
        };
        let head = self.inbound.head;
        let field = self.decoder.field();
        text.extend_from_slice(lead)?;
        text.extend_from_slice(b": frame type: ")?;
        push_number(text, u32::from(head.kind.0))?;
        text.extend_from_slice(b", stream: ")?;
        push_number(text, head.stream_id.get().unsigned_abs())?;
        text.extend_from_slice(b", name: [")?;
        text.extend_from_slice(up_to_nul(field.name))?;
        text.extend_from_slice(b"], value: [")?;
        text.extend_from_slice(up_to_nul(field.value))?;
        text.extend_from_slice(b"]\0")?;
        Ok(Error::HttpHeader)
    }
}

/// A text must not end before its end.
fn up_to_nul(text: &[u8]) -> &[u8] {
    text.split(|octet| *octet == 0).next().unwrap_or_default()
}

/// Appends a number in decimal.
fn push_number(text: &mut Vec<u8>, number: u32) -> Result<()> {
    let mut divisor = 1_000_000_000;
    while divisor > 1 && number < divisor {
        divisor /= 10;
    }
    while divisor > 0 {
        text.push(b'0'.wrapping_add((number / divisor % 10) as u8))?;
        divisor /= 10;
    }
    Ok(())
}
