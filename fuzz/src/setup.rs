//! Options and interests out of a few bits.

use arbitrary::Arbitrary;
use nghttp2_engine::frame::{Kind, Setting, SettingId};
use nghttp2_engine::mem::Mem;
use nghttp2_engine::session::{Config, ExtensionSet, Interest, Rate, Role, Session};

/// The type of extension frames that only the application knows.
pub const EXTENSION: Kind = Kind(0xf0);

/// How a session is made. All zeros are the defaults, and an interest in everything.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub struct Setup {
    options: u16,
    /// What is not told.
    deaf: u32,
    settings: u8,
}

impl Setup {
    /// One that is interested in everything.
    pub fn new(options: u16, settings: u8) -> Setup {
        Setup { options, deaf: 0, settings }
    }

    pub fn config(self) -> Config {
        let option = |bit: u32| self.options >> bit & 1 == 1;
        let mut config = Config {
            manual_window_update: option(0),
            expect_magic: !option(1),
            enforce_http: !option(2),
            altsvc: !option(3),
            origin: !option(4),
            priority_update: !option(5),
            auto_ping_ack: !option(6),
            fallback_rfc7540_priorities: option(7),
            trimmed_values: !option(8),
            ..Config::default()
        };
        config.user_extensions.insert(EXTENSION);
        if option(9) {
            // Frames that the library knows by itself are the application's nevertheless.
            for kind in [Kind::ALTSVC, Kind::ORIGIN, Kind::PRIORITY_UPDATE] {
                config.user_extensions.insert(kind);
            }
        }
        if option(10) {
            config.user_extensions = ExtensionSet::default();
        }
        if option(11) {
            config.max_settings = 2;
            config.max_continuations = 1;
            config.max_reserved_remote_streams = 1;
            config.max_interim_responses = 1;
        }
        if option(12) {
            config.stream_resets = Rate { burst: 2, per_second: 1 };
            config.glitches = Rate { burst: 2, per_second: 1 };
            config.own_resets = Rate { burst: 2, per_second: 1 };
            config.control_frames = Rate { burst: 2, per_second: 1 };
            config.short_data = Rate { burst: 300, per_second: 1 };
            config.window_updates = 2;
        }
        if option(13) {
            config.max_outbound_ack = 2;
            config.max_outbound_queue = 2;
        }
        if option(14) {
            config.max_encoder_table = 64;
            config.max_send_header_block = 256;
        }
        if option(15) {
            config.peer_max_concurrent_streams = 1;
        }
        config
    }

    pub fn interest(self) -> Interest {
        let wanted = |(bit, _): &(usize, Interest)| self.deaf >> bit & 1 == 0;
        let wanted = Interest::EACH.into_iter().enumerate().filter(wanted);
        wanted.map(|(_, interest)| interest).fold(Interest::NONE, Interest::with)
    }

    pub fn session(self, role: Role, mem: Mem) -> Session {
        Session::new(role, self.config(), self.interest(), 7, mem)
    }

    /// The SETTINGS to begin with.
    pub fn settings(self) -> Vec<Setting> {
        let entries = [
            (SettingId::NO_RFC7540_PRIORITIES, 1),
            (SettingId::HEADER_TABLE_SIZE, 100),
            (SettingId::ENABLE_CONNECT_PROTOCOL, 1),
            (SettingId::MAX_CONCURRENT_STREAMS, 2),
            (SettingId::INITIAL_WINDOW_SIZE, 100),
            (SettingId::MAX_FRAME_SIZE, 20_000),
            (SettingId::ENABLE_PUSH, 0),
            (SettingId::MAX_HEADER_LIST_SIZE, 1000),
        ];
        let said = |(bit, _): &(usize, _)| self.settings >> bit & 1 == 1;
        let said = entries.into_iter().enumerate().filter(said);
        said.map(|(_, (id, value))| Setting { id, value }).collect()
    }
}
