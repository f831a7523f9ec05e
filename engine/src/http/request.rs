//! The rules for requests (RFC 9113 section 8.3.1), received by a server, or by a client as a
//! promise.

use super::message::{Context, Mark, Message, Verdict, plain_value, te};
use super::traits::{Name, Traits};

impl Message {
    /// The verdict on the next field of a request.
    pub fn request_field(&mut self, traits: Traits, value: &[u8], context: Context) -> Verdict {
        let name = traits.name();
        if let Err(verdict) = self.check_name(name, context) {
            return verdict;
        }
        match name {
            Name::Authority if traits.fits() => self.once(Mark::AUTHORITY, value),
            Name::Method if traits.fits() => self.method(value, context),
            Name::Path if traits.fits() => {
                self.set_if(value.starts_with(b"/"), Mark::PATH_IS_ABSOLUTE);
                self.set_if(value == b"*", Mark::PATH_IS_ASTERISK);
                self.once(Mark::PATH, value)
            }
            Name::Scheme if traits.fits() => {
                let http =
                    [&b"http"[..], b"https"].iter().any(|http| value.eq_ignore_ascii_case(http));
                self.set_if(http, Mark::SCHEME_IS_HTTP);
                self.once(Mark::SCHEME, value)
            }
            Name::Protocol => self.protocol(traits, value, context),
            name if name.is_pseudo() => Verdict::Reject,
            Name::Host if traits.fits() => self.once(Mark::HOST, value),
            Name::Host => Verdict::Ignore,
            Name::ContentLength => self.content_length(value),
            Name::Te => te(value),
            Name::Priority => self.priority_field(traits, value, context),
            _ => plain_value(traits, context),
        }
    }

    fn method(&mut self, value: &[u8], context: Context) -> Verdict {
        if value == b"CONNECT" && context.pushed {
            return Verdict::Reject;
        }
        self.note_method(value);
        self.set_if(value == b"OPTIONS", Mark::METHOD_IS_OPTIONS);
        self.once(Mark::METHOD, value)
    }

    /// Extended CONNECT (RFC 8441 section 4), where we have said that it may be used.
    fn protocol(&mut self, traits: Traits, value: &[u8], context: Context) -> Verdict {
        let blank = value.iter().all(|octet| matches!(octet, b' ' | b'\t'));
        let usable = context.server && context.extended_connect;
        if !usable || blank || !traits.is_value(context.trimmed) {
            return Verdict::Reject;
        }
        self.once(Mark::PROTOCOL, value)
    }

    /// RFC 9218 section 5. A field that cannot be understood does no harm, but makes those beside it
    /// void.
    fn priority_field(&mut self, traits: Traits, value: &[u8], context: Context) -> Verdict {
        let verdict = plain_value(traits, context);
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
            self.forget_length();
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
