//! Octets into a server. However they are cut, the same is told and the same is sent.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nghttp2_engine::session::Role;
use nghttp2_fuzz::stream::{Conversation, check};

fuzz_target!(|conversation: Conversation| check(Role::Server, &conversation));
