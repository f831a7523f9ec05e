//! The rules for requests (RFC 9113 section 8.3.1), received by a server, or by a client as a
//! promise.

use super::message::{
    Context, Mark, Message, Verdict, is_connection_specific, is_value, plain_value, te,
};
use super::octets::{is_host, is_method, is_path, is_scheme};

impl Message {
    /// The verdict on the next field of a request.
    pub fn request_field(&mut self, name: &[u8], value: &[u8], context: Context) -> Verdict {
        match self.check_name(name, context) {
            Ok(true) => self.request_pseudo(name, value, context),
            Ok(false) => self.request_regular(name, value, context),
            Err(verdict) => verdict,
        }
    }

    fn request_pseudo(&mut self, name: &[u8], value: &[u8], context: Context) -> Verdict {
        match name {
            b":authority" if is_host(value) => self.once(Mark::AUTHORITY, value),
            b":method" if is_method(value) => {
                if value == b"CONNECT" && context.pushed {
                    return Verdict::Reject;
                }
                self.note_method(value);
                self.set_if(value == b"OPTIONS", Mark::METHOD_IS_OPTIONS);
                self.once(Mark::METHOD, value)
            }
            b":path" if is_path(value) => {
                self.set_if(value.starts_with(b"/"), Mark::PATH_IS_ABSOLUTE);
                self.set_if(value == b"*", Mark::PATH_IS_ASTERISK);
                self.once(Mark::PATH, value)
            }
            b":scheme" if is_scheme(value) => {
                let http =
                    [&b"http"[..], b"https"].iter().any(|http| value.eq_ignore_ascii_case(http));
                self.set_if(http, Mark::SCHEME_IS_HTTP);
                self.once(Mark::SCHEME, value)
            }
            b":protocol"
                if context.server && context.extended_connect && is_value(value, context) =>
            {
                let blank = value.iter().all(|octet| matches!(octet, b' ' | b'\t'));
                if blank { Verdict::Reject } else { self.once(Mark::PROTOCOL, value) }
            }
            _ => Verdict::Reject,
        }
    }

    fn request_regular(&mut self, name: &[u8], value: &[u8], context: Context) -> Verdict {
        match name {
            b"host" if !is_host(value) => Verdict::Ignore,
            b"host" => self.once(Mark::HOST, value),
            b"content-length" => self.content_length(value),
            b"te" => te(value),
            b"priority" => self.priority_field(value, context),
            name if is_connection_specific(name) => Verdict::Reject,
            _ => plain_value(value, context),
        }
    }

    /// RFC 9218 section 5. A field that cannot be understood does no harm, but makes those beside it
    /// void.
    fn priority_field(&mut self, value: &[u8], context: Context) -> Verdict {
        let verdict = plain_value(value, context);
        let readable = context.priority && !context.trailer && !context.pushed;
        if verdict == Verdict::Deliver && (!readable || self.has(Mark::PRIORITY_VOID)) {
            return verdict;
        }
        if verdict == Verdict::Deliver && self.priority.update(value).is_ok() {
            self.set(Mark::PRIORITY);
        } else {
            self.unset(Mark::PRIORITY);
            self.set(Mark::PRIORITY_VOID);
        }
        verdict
    }

    /// Whether the header section of a request is complete and consistent.
    pub fn end_request(&mut self) -> bool {
        if self.has(Mark::METHOD_IS_CONNECT) && !self.has(Mark::PROTOCOL) {
            // A tunnel has no content that a length could be about (RFC 9113 section 8.5).
            self.content_length = -1;
            return self.has(Mark::AUTHORITY) && !self.has(Mark::SCHEME) && !self.has(Mark::PATH);
        }
        let named = [Mark::METHOD, Mark::SCHEME, Mark::PATH].iter().all(|mark| self.has(*mark));
        let addressed = self.has(Mark::AUTHORITY) || self.has(Mark::HOST);
        let connected = !self.has(Mark::PROTOCOL)
            || self.has(Mark::METHOD_IS_CONNECT) && self.has(Mark::AUTHORITY);
        named && addressed && connected && self.path_fits()
    }

    /// http and https want an absolute path, or `*` for OPTIONS.
    fn path_fits(&self) -> bool {
        !self.has(Mark::SCHEME_IS_HTTP)
            || self.has(Mark::PATH_IS_ABSOLUTE)
            || self.has(Mark::METHOD_IS_OPTIONS) && self.has(Mark::PATH_IS_ASTERISK)
    }

    /// Whether a promised request is complete and consistent. What comes next is its response.
    pub fn end_promise(&mut self) -> bool {
        let whole = self.end_request();
        self.forget_fields();
        whole
    }
}
