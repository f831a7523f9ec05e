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
        // Switching protocols is of no use in HTTP/2 (RFC 9113 section 8.6).
        let code = matches!(value, [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9']);
        if !code || value == b"101" {
            return Verdict::Reject;
        }
        let verdict = self.once(Mark::STATUS, value);
        if verdict == Verdict::Deliver {
            self.set_if(value.starts_with(b"1"), Mark::INTERIM);
            self.set_if(value.starts_with(b"2"), Mark::SUCCESS);
            self.set_if(value == b"204", Mark::NO_CONTENT);
            self.set_if(value == b"304", Mark::NOT_MODIFIED);
        }
        verdict
    }

    /// RFC 9110 section 8.6: some responses must not have a length; servers that say it anyway are
    /// forgiven where it does no harm.
    fn response_length(&mut self, value: &[u8]) -> Verdict {
        if self.has(Mark::NO_CONTENT) && value == b"0" && !self.has(Mark::LENGTH) {
            self.set_length(0);
            return Verdict::Drop;
        }
        if self.has(Mark::NO_CONTENT) || self.has(Mark::INTERIM) {
            return Verdict::Reject;
        }
        if self.has(Mark::SUCCESS) && self.has(Mark::METHOD_IS_CONNECT) {
            return Verdict::Drop;
        }
        self.content_length(value)
    }

    /// Whether the header section of a response, interim or final, is complete.
    pub fn end_response(&mut self) -> bool {
        if !self.has(Mark::STATUS) {
            return false;
        }
        if self.has(Mark::INTERIM) {
            self.forget_fields();
            self.set(Mark::FINAL_EXPECTED);
            self.interim_responses = self.interim_responses.saturating_add(1);
            return true;
        }
        self.unset(Mark::FINAL_EXPECTED);
        let empty = [Mark::METHOD_IS_HEAD, Mark::NO_CONTENT, Mark::NOT_MODIFIED];
        if empty.into_iter().any(|mark| self.has(mark)) {
            self.set_length(0);
        } else if self.has(Mark::METHOD_IS_CONNECT) || self.has(Mark::CONTENT_UNCHECKED) {
            self.forget_length();
        }
        true
    }
}
