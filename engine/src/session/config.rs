//! What a session is told once, at its creation.

use crate::frame::Kind;
use crate::hpack::Huffman;

/// Which end of the connection a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The end that sends requests.
    Client,
    /// The end that answers them, and may push.
    Server,
}

/// The options of a session, each with its default.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// Received data is given back to the peer's windows only as the application consumes it.
    /// Default: at once.
    pub manual_window_update: bool,
    /// How many streams the peer is assumed to allow until its SETTINGS come. Default: 100.
    pub peer_max_concurrent_streams: u32,
    /// A server expects the client's 24 octets of preface in front of its SETTINGS. Default: yes.
    pub expect_magic: bool,
    /// Received messages are held to the rules of HTTP. Default: yes.
    pub enforce_http: bool,
    /// How many streams a client lets the server reserve by promises. Default: 200.
    pub max_reserved_remote_streams: u32,
    /// The extension frames that are handed to the application.
    pub user_extensions: ExtensionSet,
    /// Whether a client parses ALTSVC. Default: no.
    pub altsvc: bool,
    /// Whether a client parses ORIGIN. Default: no.
    pub origin: bool,
    /// Whether a server parses PRIORITY_UPDATE. Default: no.
    pub priority_update: bool,
    /// PING is answered without the application. Default: yes.
    pub auto_ping_ack: bool,
    /// How long an outgoing header block may be, by an estimate from above. Default: 65,536 octets.
    pub max_send_header_block: usize,
    /// How large the table for compressing outgoing fields may grow. Default: 4,096 octets.
    pub max_encoder_table: usize,
    /// When the strings of outgoing fields are Huffman coded. Default: if that makes them shorter.
    pub huffman: Huffman,
    /// How many acknowledgements may wait to be sent. Default: 1,000.
    pub max_outbound_ack: usize,
    /// How many entries a received SETTINGS may have. Default: 32.
    pub max_settings: usize,
    /// A server that has switched priorities of RFC 7540 off uses them after all when the client
    /// does not switch them off. Default: no.
    pub fallback_rfc7540_priorities: bool,
    /// Blanks at the ends of a received field value make it invalid (RFC 9113 section 8.2.1).
    /// Default: yes.
    pub trimmed_values: bool,
    /// How many streams the peer of a server may reset: at once, and more each second.
    pub stream_resets: Rate,
    /// How many CONTINUATION frames a header block may need. Default: 8.
    pub max_continuations: usize,
    /// How many suspicious frames the peer may send: at once, and more each second.
    pub glitches: Rate,
    /// How many frames may wait to be sent that nobody but the peer has caused. Default: 5,000.
    pub max_outbound_queue: usize,
    /// How many streams may have to be reset for what the peer does on them: at once, and more each
    /// second. The connection ends beyond that. Default: 1,000 and 33.
    pub own_resets: Rate,
    /// How many PING and SETTINGS frames the peer may send: at once, and more each second and for what
    /// DATA we have sent, as below. Further ones are suspicious. Default: 1,000 and 100.
    pub control_frames: Rate,
    /// How many octets DATA frames may be short of 256, in all: at once, and more each second. Longer
    /// frames make up for it, and of each stream the first short one and the last one do not count.
    /// Further ones are suspicious. Default: 2,560,000, or ten thousand frames of one octet, and as
    /// many each second.
    pub short_data: Rate,
    /// How many updates of the connection's window the peer may be ahead of one for each DATA frame
    /// that we have sent, and for each 256 octets of it. A frame that a window has cut short counts by its
    /// octets only. Further ones are suspicious. Default: 1,000.
    pub window_updates: u64,
    /// How large the fields of a received header block may be together, each with 32 octets more than
    /// name and value have, unless we have announced a limit by SETTINGS_MAX_HEADER_LIST_SIZE and the
    /// peer has acknowledged it. Beyond it the stream ends, beyond four times as much the connection.
    /// `usize::MAX` is no limit, whatever was announced. Default: 1 MiB.
    pub max_header_list: usize,
    /// How many fields a received header block may have; beyond that as above. Default: 8,192.
    pub max_header_fields: usize,
    /// How many interim responses (1xx) a stream may have. Default: 100.
    pub max_interim_responses: u16,
}

/// A burst, and how much of it comes back each second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// What may happen at once.
    pub burst: u64,
    /// What may happen each second in the long run.
    pub per_second: u64,
}

impl Rate {
    /// As often as anybody likes.
    pub const UNLIMITED: Rate = Rate { burst: u64::MAX, per_second: 0 };
}

impl Default for Config {
    fn default() -> Config {
        Config {
            manual_window_update: false,
            peer_max_concurrent_streams: 100,
            expect_magic: true,
            enforce_http: true,
            max_reserved_remote_streams: 200,
            user_extensions: ExtensionSet::default(),
            altsvc: false,
            origin: false,
            priority_update: false,
            auto_ping_ack: true,
            max_send_header_block: 65_536,
            max_encoder_table: 4_096,
            huffman: Huffman::default(),
            max_outbound_ack: 1_000,
            max_settings: 32,
            fallback_rfc7540_priorities: false,
            trimmed_values: true,
            stream_resets: Rate { burst: 1_000, per_second: 33 },
            max_continuations: 8,
            glitches: Rate { burst: 10_000, per_second: 330 },
            max_outbound_queue: 5_000,
            own_resets: Rate { burst: 1_000, per_second: 33 },
            control_frames: Rate { burst: 1_000, per_second: 100 },
            short_data: Rate { burst: 2_560_000, per_second: 2_560_000 },
            window_updates: 1_000,
            max_header_list: 1 << 20,
            max_header_fields: 8_192,
            max_interim_responses: 100,
        }
    }
}

/// A set of frame types beyond those of RFC 9113.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExtensionSet {
    words: [u64; 4],
}

impl ExtensionSet {
    /// Adds a type. Those below 10 belong to HTTP/2 itself and are left out.
    pub fn insert(&mut self, kind: Kind) {
        if kind.0 > Kind::CONTINUATION.0
            && let Some(word) = self.words.get_mut(usize::from(kind.0 / 64))
        {
            *word |= 1 << (kind.0 % 64);
        }
    }

    /// Whether the type is in the set.
    pub fn contains(&self, kind: Kind) -> bool {
        let word = self.words.get(usize::from(kind.0 / 64));
        word.is_some_and(|word| word & 1 << (kind.0 % 64) != 0)
    }
}
