//! A message as its parts come in: what was seen of it, and how long its content must be.

use super::Priority;
use super::traits::{Name, Traits};

/// What is known of the message that a stream is receiving. For a client that includes what matters
/// of its own request.
#[derive(Clone, Copy)]
pub struct Message {
    pub(super) marks: u32,
    /// How many interim responses there were.
    pub(super) interim_responses: u16,
    /// What the Priority fields so far add up to.
    pub(super) priority: Priority,
    /// How much content is still to come, if a length was announced; else how much has come. In octets.
    content: i64,
}

/// One of these belongs to each stream.
const _: () = assert!(size_of::<Message>() == 16);

/// Facts about a message that are remembered. One bit each.
#[derive(Clone, Copy)]
pub(super) struct Mark(u32);

impl Mark {
    pub const NONE: Mark = Mark(0);
    pub const AUTHORITY: Mark = Mark(1 << 0);
    pub const METHOD: Mark = Mark(1 << 1);
    pub const PATH: Mark = Mark(1 << 2);
    pub const SCHEME: Mark = Mark(1 << 3);
    pub const PROTOCOL: Mark = Mark(1 << 4);
    pub const STATUS: Mark = Mark(1 << 5);
    pub const HOST: Mark = Mark(1 << 6);
    /// A valid Priority field, and no invalid one.
    pub const PRIORITY: Mark = Mark(1 << 7);
    /// An invalid Priority field: no other counts.
    pub const PRIORITY_VOID: Mark = Mark(1 << 8);
    pub const METHOD_IS_HEAD: Mark = Mark(1 << 9);
    pub const METHOD_IS_CONNECT: Mark = Mark(1 << 10);
    pub const METHOD_IS_OPTIONS: Mark = Mark(1 << 11);
    pub const PATH_IS_ABSOLUTE: Mark = Mark(1 << 12);
    pub const PATH_IS_ASTERISK: Mark = Mark(1 << 13);
    pub const SCHEME_IS_HTTP: Mark = Mark(1 << 14);
    /// A regular field has come, so no pseudo-header may.
    pub const PSEUDO_OVER: Mark = Mark(1 << 15);
    /// After an interim response.
    pub const FINAL_EXPECTED: Mark = Mark(1 << 16);
    /// Nobody knows whether the request was HEAD.
    pub const CONTENT_UNCHECKED: Mark = Mark(1 << 17);
    /// The status code is 1xx.
    pub const INTERIM: Mark = Mark(1 << 18);
    /// The status code is 2xx.
    pub const SUCCESS: Mark = Mark(1 << 19);
    /// The status code is 204.
    pub const NO_CONTENT: Mark = Mark(1 << 20);
    /// The status code is 304.
    pub const NOT_MODIFIED: Mark = Mark(1 << 21);
    /// Something says how long the content is.
    pub const LENGTH: Mark = Mark(1 << 22);

    const OF_REQUEST: u32 = Mark::METHOD_IS_HEAD.0
        | Mark::METHOD_IS_CONNECT.0
        | Mark::METHOD_IS_OPTIONS.0
        | Mark::CONTENT_UNCHECKED.0;

    /// Both facts.
    pub const fn with(self, other: Mark) -> Mark {
        Mark(self.0 | other.0)
    }

    pub const fn bits(self) -> u32 {
        self.0
    }
}

/// What the rules for a field depend on besides the message.
#[derive(Clone, Copy)]
pub struct Context {
    /// Whether the recipient is a server.
    pub server: bool,
    /// Whether the field is in the trailer section.
    pub trailer: bool,
    /// Whether the stream was promised by a server.
    pub pushed: bool,
    /// Whether extended CONNECT may be used (RFC 8441).
    pub extended_connect: bool,
    /// Whether blanks at the ends of a value make it invalid.
    pub trimmed: bool,
    /// Whether the Priority field is understood.
    pub priority: bool,
}

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The application gets it.
    Deliver,
    /// It is meaningless, and nobody hears of it.
    Drop,
    /// It is invalid, but the message can do without it.
    Ignore,
    /// The message is malformed.
    Reject,
}

impl Message {
    /// A message of which nothing has been seen.
    pub fn new() -> Message {
        Message { marks: 0, interim_responses: 0, priority: Priority::default(), content: 0 }
    }

    pub(super) fn has(&self, mark: Mark) -> bool {
        self.marks & mark.0 != 0
    }

    pub(super) fn set(&mut self, mark: Mark) {
        self.marks |= mark.0;
    }

    pub(super) fn set_if(&mut self, condition: bool, mark: Mark) {
        if condition {
            self.set(mark);
        }
    }

    pub(super) fn unset(&mut self, mark: Mark) {
        self.marks &= !mark.0;
    }

    /// Forgets what was seen of the fields; what is known of the request stays.
    pub(super) fn forget_fields(&mut self) {
        self.forget_length();
        self.marks &= Mark::OF_REQUEST;
    }

    /// The content must have this length.
    pub(super) fn set_length(&mut self, length: i64) {
        self.forget_length();
        self.set(Mark::LENGTH);
        self.content = length.saturating_sub(self.content);
    }

    /// The content may have any length. To be called before any has come if it was known.
    pub(super) fn forget_length(&mut self) {
        if self.has(Mark::LENGTH) {
            self.unset(Mark::LENGTH);
            self.content = 0;
        }
    }

    /// The request, sent by us, had this method.
    pub fn note_method(&mut self, method: &[u8]) {
        self.set_if(method == b"HEAD", Mark::METHOD_IS_HEAD);
        self.set_if(method == b"CONNECT", Mark::METHOD_IS_CONNECT);
    }

    /// The request was sent by other means, and nobody knows its method.
    pub fn note_unknown_method(&mut self) {
        self.set(Mark::CONTENT_UNCHECKED);
    }

    /// How many interim responses there were.
    pub fn interim_responses(&self) -> u16 {
        self.interim_responses
    }

    /// Whether only interim responses have come so far.
    pub fn expects_final(&self) -> bool {
        self.has(Mark::FINAL_EXPECTED)
    }

    /// A field that no rule applies to but those for all fields, which it keeps: it is delivered.
    #[inline]
    pub fn plain_field(&mut self) {
        self.set(Mark::PSEUDO_OVER);
    }

    /// The checks that names come through first, the same for requests and responses.
    pub(super) fn check_name(&mut self, name: Name, context: Context) -> Result<(), Verdict> {
        if name.is_pseudo() {
            let late = context.trailer || self.has(Mark::PSEUDO_OVER);
            return if late { Err(Verdict::Reject) } else { Ok(()) };
        }
        self.set(Mark::PSEUDO_OVER);
        match name {
            Name::Uppercase | Name::ConnectionSpecific => Err(Verdict::Reject),
            Name::Invalid => Err(Verdict::Ignore),
            _ => Ok(()),
        }
    }

    /// A field that must not be empty and must not come twice.
    pub(super) fn once(&mut self, mark: Mark, value: &[u8]) -> Verdict {
        if value.is_empty() || self.has(mark) {
            return Verdict::Reject;
        }
        self.set(mark);
        Verdict::Deliver
    }

    /// Content-Length (RFC 9110 section 8.6).
    pub(super) fn content_length(&mut self, value: &[u8]) -> Verdict {
        match parse_length(value) {
            Some(length) if !self.has(Mark::LENGTH) => self.set_length(length),
            _ => return Verdict::Reject,
        }
        Verdict::Deliver
    }

    /// `len` octets of content have come. False says that they must not.
    #[inline]
    pub fn data(&mut self, len: usize) -> bool {
        let len = i64::try_from(len).unwrap_or(i64::MAX);
        let known = self.has(Mark::LENGTH);
        let change = if known { len.wrapping_neg() } else { len };
        self.content = self.content.saturating_add(change);
        !self.expects_final() && (!known || self.content >= 0)
    }

    /// Whether the message may end here.
    #[inline]
    pub fn may_end(&self) -> bool {
        !self.expects_final() && (!self.has(Mark::LENGTH) || self.content == 0)
    }

    /// What the Priority fields say, if there are any and they are valid.
    pub fn priority(&self) -> Option<Priority> {
        self.has(Mark::PRIORITY).then_some(self.priority)
    }
}

impl Default for Message {
    fn default() -> Message {
        Message::new()
    }
}

/// A field that no rule but that for all values applies to.
pub(super) fn plain_value(traits: Traits, context: Context) -> Verdict {
    if traits.is_value(context.trimmed) { Verdict::Deliver } else { Verdict::Ignore }
}

/// TE may only say `trailers` (RFC 9113 section 8.2.2).
pub(super) fn te(value: &[u8]) -> Verdict {
    if value.eq_ignore_ascii_case(b"trailers") { Verdict::Deliver } else { Verdict::Reject }
}

fn parse_length(value: &[u8]) -> Option<i64> {
    if value.is_empty() {
        return None;
    }
    value.iter().try_fold(0_i64, |length, digit| {
        let digit = char::from(*digit).to_digit(10)?;
        length.checked_mul(10)?.checked_add(i64::from(digit))
    })
}
