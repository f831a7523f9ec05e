//! The rules for responses (RFC 9113 section 8.3.2), and for what follows them on a client.

use super::message::{Context, Mark, Message, Verdict, plain_value, te};
use super::traits::{Name, Traits};

impl Message {
    /// The verdict on the next field of a response.
    pub fn response_field(&mut self, traits: Traits, value: &[u8], context: Context) -> Verdict {
        let name = traits.name();
        if let Err(verdict) = self.check_name(name, context) {
            return verdict;
        }
        match name {
            Name::Status => self.status_field(value),
            name if name.is_pseudo() => Verdict::Reject,
            Name::ContentLength => self.response_length(value),
            Name::Te => te(value),
            _ => plain_value(traits, context),
        }
    }

    fn status_field(&mut self, value: &[u8]) -> Verdict {
        let [hundreds @ b'1'..=b'9', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] = value else {
            return Verdict::Reject;
        };
        // Switching protocols is of no use in HTTP/2 (RFC 9113 section 8.6).
        if value == b"101" {
            return Verdict::Reject;
        }
        let verdict = self.once(Mark::STATUS, value);
        if verdict == Verdict::Deliver {
            self.status = [hundreds, tens, ones].iter().fold(0, |status, digit| {
                status.wrapping_mul(10).wrapping_add(u16::from(digit.wrapping_sub(b'0')))
            });
        }
        verdict
    }

    /// RFC 9110 section 8.6: some responses must not have a length; servers that say it anyway are
    /// forgiven where it does no harm.
    fn response_length(&mut self, value: &[u8]) -> Verdict {
        match self.status {
            204 if value == b"0" && self.content_length < 0 => {
                self.content_length = 0;
                Verdict::Drop
            }
            204 | 100..200 => Verdict::Reject,
            200..300 if self.has(Mark::METHOD_IS_CONNECT) => Verdict::Drop,
            _ => self.content_length(value),
        }
    }

    /// Whether the header section of a response, interim or final, is complete.
    pub fn end_response(&mut self) -> bool {
        match self.status {
            0 => return false,
            100..200 => {
                self.forget_fields();
                self.set(Mark::FINAL_EXPECTED);
                self.interim_responses = self.interim_responses.saturating_add(1);
                return true;
            }
            _ => self.unset(Mark::FINAL_EXPECTED),
        }
        let connect = self.has(Mark::METHOD_IS_CONNECT);
        if self.has(Mark::METHOD_IS_HEAD) || matches!(self.status, 204 | 304) {
            self.content_length = 0;
        } else if connect || self.has(Mark::CONTENT_UNCHECKED) {
            self.content_length = -1;
        }
        true
    }
}
