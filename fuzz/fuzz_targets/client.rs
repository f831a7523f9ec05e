//! Octets into a client that waits for responses. However they are cut, the same is told and the
//! same is sent.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nghttp2_engine::session::Role;
use nghttp2_fuzz::stream::{Conversation, check};

fuzz_target!(|conversation: Conversation| check(Role::Client, &conversation));
