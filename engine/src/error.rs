//! What can go wrong, in two vocabularies: [`Error`] is what a call returns, [`ErrorCode`] is what
//! RST_STREAM and GOAWAY say on the wire (RFC 9113 section 7).

use core::ffi::CStr;
use core::fmt;

/// The result of every call that can fail.
pub type Result<T> = core::result::Result<T, Error>;

/// Why a call failed. The numbers are those of the C interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Error {
    /// An argument is outside its documented range.
    InvalidArgument = -501,
    /// Room for a frame ran out.
    BufferError = -502,
    /// The protocol version is not supported.
    UnsupportedVersion = -503,
    /// The operation would block; it may be tried again later.
    WouldBlock = -504,
    /// A rule of the protocol, or of this role in it, forbids the operation.
    Proto = -505,
    /// A frame is malformed.
    InvalidFrame = -506,
    /// The peer has closed the connection.
    Eof = -507,
    /// The data source has nothing to give now; the application will resume it.
    Deferred = -508,
    /// Every stream id of this endpoint is spent.
    StreamIdNotAvailable = -509,
    /// The stream is closed, or never existed.
    StreamClosed = -510,
    /// RST_STREAM is queued for the stream.
    StreamClosing = -511,
    /// Our half of the stream is closed.
    StreamShutWr = -512,
    /// The stream id is not valid here.
    InvalidStreamId = -513,
    /// The stream's state does not allow the frame.
    InvalidStreamState = -514,
    /// Another DATA frame is already deferred.
    DeferredDataExist = -515,
    /// A GOAWAY forbids new streams.
    StartStreamNotAllowed = -516,
    /// GOAWAY has been sent.
    GoawayAlreadySent = -517,
    /// A header block is malformed.
    InvalidHeaderBlock = -518,
    /// The call does not fit the object's state or role.
    InvalidState = -519,
    /// A callback failed in a way that concerns one stream only.
    TemporalCallbackFailure = -521,
    /// A frame would be, or is, longer than allowed.
    FrameSize = -522,
    /// Header compression failed; the context cannot be used any more.
    HeaderComp = -523,
    /// A flow-control window would overflow, or was overrun.
    FlowControl = -524,
    /// The caller's buffer is too small.
    InsufficientBuffer = -525,
    /// A callback asked for a pause.
    Pause = -526,
    /// Too many of our SETTINGS frames wait for their acknowledgement.
    TooManyInflightSettings = -527,
    /// The peer has switched off server push.
    PushDisabled = -528,
    /// The stream already has a data source.
    DataExist = -529,
    /// The session is being closed.
    SessionClosing = -530,
    /// A header field breaks a rule of HTTP.
    HttpHeader = -531,
    /// A message breaks a rule of HTTP.
    HttpMessaging = -532,
    /// The stream was refused.
    RefusedStream = -533,
    /// A state that this library believes impossible.
    Internal = -534,
    /// The application cancelled the frame.
    Cancel = -535,
    /// The peer's first frame is not SETTINGS.
    SettingsExpected = -536,
    /// A SETTINGS frame has more entries than allowed.
    TooManySettings = -537,
    /// The allocator refused. Fatal.
    NoMem = -901,
    /// A callback failed. Fatal.
    CallbackFailure = -902,
    /// The first octets are not the client connection preface. Fatal.
    BadClientMagic = -903,
    /// The peer makes us queue more than the limits allow. Fatal.
    Flooded = -904,
    /// A header block is spread over too many CONTINUATION frames. Fatal.
    TooManyContinuations = -905,
}

impl Error {
    /// Every error, in the order of their numbers.
    const ALL: [Error; 41] = [
        Error::InvalidArgument,
        Error::BufferError,
        Error::UnsupportedVersion,
        Error::WouldBlock,
        Error::Proto,
        Error::InvalidFrame,
        Error::Eof,
        Error::Deferred,
        Error::StreamIdNotAvailable,
        Error::StreamClosed,
        Error::StreamClosing,
        Error::StreamShutWr,
        Error::InvalidStreamId,
        Error::InvalidStreamState,
        Error::DeferredDataExist,
        Error::StartStreamNotAllowed,
        Error::GoawayAlreadySent,
        Error::InvalidHeaderBlock,
        Error::InvalidState,
        Error::TemporalCallbackFailure,
        Error::FrameSize,
        Error::HeaderComp,
        Error::FlowControl,
        Error::InsufficientBuffer,
        Error::Pause,
        Error::TooManyInflightSettings,
        Error::PushDisabled,
        Error::DataExist,
        Error::SessionClosing,
        Error::HttpHeader,
        Error::HttpMessaging,
        Error::RefusedStream,
        Error::Internal,
        Error::Cancel,
        Error::SettingsExpected,
        Error::TooManySettings,
        Error::NoMem,
        Error::CallbackFailure,
        Error::BadClientMagic,
        Error::Flooded,
        Error::TooManyContinuations,
    ];

    /// The number of the C interface: -501 to -537, or -901 to -905.
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// The error with this number.
    pub fn from_number(number: i32) -> Option<Error> {
        Self::ALL.into_iter().find(|error| error.number() == number)
    }

    /// Whether the session can only be deleted after this error.
    pub const fn is_fatal(self) -> bool {
        self.number() < -900
    }

    /// A short English text.
    pub const fn text(self) -> &'static CStr {
        match self {
            Error::InvalidArgument => c"Invalid argument",
            Error::BufferError => c"Out of buffer space",
            Error::UnsupportedVersion => c"Unsupported SPDY version",
            Error::WouldBlock => c"Operation would block",
            Error::Proto => c"Protocol error",
            Error::InvalidFrame => c"Invalid frame octets",
            Error::Eof => c"EOF",
            Error::Deferred => c"Data transfer deferred",
            Error::StreamIdNotAvailable => c"No more Stream ID available",
            Error::StreamClosed => c"Stream was already closed or invalid",
            Error::StreamClosing => c"Stream is closing",
            Error::StreamShutWr => c"The transmission is not allowed for this stream",
            Error::InvalidStreamId => c"Stream ID is invalid",
            Error::InvalidStreamState => c"Invalid stream state",
            Error::DeferredDataExist => c"Another DATA frame has already been deferred",
            Error::StartStreamNotAllowed => c"request HEADERS is not allowed",
            Error::GoawayAlreadySent => c"GOAWAY has already been sent",
            Error::InvalidHeaderBlock => c"Invalid header block",
            Error::InvalidState => c"Invalid state",
            Error::TemporalCallbackFailure => {
                c"The user callback function failed due to the temporal error"
            }
            Error::FrameSize => c"The length of the frame is invalid",
            Error::HeaderComp => c"Header compression/decompression error",
            Error::FlowControl => c"Flow control error",
            Error::InsufficientBuffer => c"Insufficient buffer size given to function",
            Error::Pause => c"Callback was paused by the application",
            Error::TooManyInflightSettings => c"Too many inflight SETTINGS",
            Error::PushDisabled => c"Server push is disabled by peer",
            Error::DataExist => {
                c"DATA or HEADERS frame has already been submitted for the stream"
            }
            Error::SessionClosing => c"The current session is closing",
            Error::HttpHeader => c"Invalid HTTP header field was received",
            Error::HttpMessaging => c"Violation in HTTP messaging rule",
            Error::RefusedStream => c"Stream was refused",
            Error::Internal => c"Internal error",
            Error::Cancel => c"Cancel",
            Error::SettingsExpected => {
                c"When a local endpoint expects to receive SETTINGS frame, it receives an other type of frame"
            }
            Error::TooManySettings => {
                c"SETTINGS frame contained more than the maximum allowed entries"
            }
            Error::NoMem => c"Out of memory",
            Error::CallbackFailure => c"The user callback function failed",
            Error::BadClientMagic => c"Received bad client magic byte string",
            Error::Flooded => {
                c"Flooding was detected in this HTTP/2 session, and it must be closed"
            }
            Error::TooManyContinuations => {
                c"Too many CONTINUATION frames following a HEADER frame"
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().to_str().unwrap_or_default())
    }
}

impl core::error::Error for Error {}

/// An error code of RST_STREAM and GOAWAY (RFC 9113 section 7). Unknown codes are kept as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorCode(pub u32);

impl ErrorCode {
    /// Not an error: a graceful end.
    pub const NO_ERROR: ErrorCode = ErrorCode(0);
    /// An unspecific violation of the protocol.
    pub const PROTOCOL_ERROR: ErrorCode = ErrorCode(1);
    /// An unexpected fault of the sender.
    pub const INTERNAL_ERROR: ErrorCode = ErrorCode(2);
    /// The flow-control rules were violated.
    pub const FLOW_CONTROL_ERROR: ErrorCode = ErrorCode(3);
    /// SETTINGS was not acknowledged in time.
    pub const SETTINGS_TIMEOUT: ErrorCode = ErrorCode(4);
    /// A frame came for a half-closed stream.
    pub const STREAM_CLOSED: ErrorCode = ErrorCode(5);
    /// A frame has an invalid size.
    pub const FRAME_SIZE_ERROR: ErrorCode = ErrorCode(6);
    /// The stream was not processed at all.
    pub const REFUSED_STREAM: ErrorCode = ErrorCode(7);
    /// The stream is not needed any more.
    pub const CANCEL: ErrorCode = ErrorCode(8);
    /// The field compression context is lost.
    pub const COMPRESSION_ERROR: ErrorCode = ErrorCode(9);
    /// A tunnel's connection failed.
    pub const CONNECT_ERROR: ErrorCode = ErrorCode(10);
    /// The peer generates excessive load.
    pub const ENHANCE_YOUR_CALM: ErrorCode = ErrorCode(11);
    /// The transport is not secure enough.
    pub const INADEQUATE_SECURITY: ErrorCode = ErrorCode(12);
    /// HTTP/1.1 is required instead.
    pub const HTTP_1_1_REQUIRED: ErrorCode = ErrorCode(13);

    /// The name the RFC gives the code; `unknown` for others.
    pub const fn name(self) -> &'static CStr {
        match self {
            Self::NO_ERROR => c"NO_ERROR",
            Self::PROTOCOL_ERROR => c"PROTOCOL_ERROR",
            Self::INTERNAL_ERROR => c"INTERNAL_ERROR",
            Self::FLOW_CONTROL_ERROR => c"FLOW_CONTROL_ERROR",
            Self::SETTINGS_TIMEOUT => c"SETTINGS_TIMEOUT",
            Self::STREAM_CLOSED => c"STREAM_CLOSED",
            Self::FRAME_SIZE_ERROR => c"FRAME_SIZE_ERROR",
            Self::REFUSED_STREAM => c"REFUSED_STREAM",
            Self::CANCEL => c"CANCEL",
            Self::COMPRESSION_ERROR => c"COMPRESSION_ERROR",
            Self::CONNECT_ERROR => c"CONNECT_ERROR",
            Self::ENHANCE_YOUR_CALM => c"ENHANCE_YOUR_CALM",
            Self::INADEQUATE_SECURITY => c"INADEQUATE_SECURITY",
            Self::HTTP_1_1_REQUIRED => c"HTTP_1_1_REQUIRED",
            _ => c"unknown",
        }
    }
}

impl From<Error> for ErrorCode {
    /// What the wire says about a fault of the peer that the library knows under `error`.
    fn from(error: Error) -> ErrorCode {
        match error {
            Error::StreamClosed => ErrorCode::STREAM_CLOSED,
            Error::HeaderComp => ErrorCode::COMPRESSION_ERROR,
            Error::FrameSize => ErrorCode::FRAME_SIZE_ERROR,
            Error::FlowControl => ErrorCode::FLOW_CONTROL_ERROR,
            Error::RefusedStream => ErrorCode::REFUSED_STREAM,
            Error::Proto | Error::HttpHeader | Error::HttpMessaging => ErrorCode::PROTOCOL_ERROR,
            _ => ErrorCode::INTERNAL_ERROR,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unique_and_found_again() {
        for error in Error::ALL {
            assert_eq!(Error::from_number(error.number()), Some(error));
        }
        for number in [0, 1, -500, -520, -538, -900, -906] {
            assert_eq!(Error::from_number(number), None);
        }
    }

    #[test]
    fn only_the_nine_hundreds_are_fatal() {
        assert!(Error::NoMem.is_fatal());
        assert!(!Error::TooManySettings.is_fatal());
    }
}
