//! Parameters from one end to the other: packed, in frames, and with an upgrade from HTTP/1.1.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use nghttp2_engine::error::Error;
use nghttp2_engine::frame::{Body, Setting, SettingId, Settings};
use nghttp2_engine::mem::Mem;
use nghttp2_engine::session::{
    Config, Event, Interest, Opaque, Role, Session, Step, UpgradedRequest, pack_settings,
};
use nghttp2_fuzz::account::Account;
use nghttp2_fuzz::inbound::Parameter;
use nghttp2_fuzz::setup::Setup;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    upgrades: bool,
    setup: Setup,
    lists: Vec<Vec<Parameter>>,
    /// Offered as what a client has said in HTTP/1.1.
    payload: &'a [u8],
}

fuzz_target!(|input: Input| {
    Account::lend(usize::MAX, |mem| {
        upgrade_with(input.payload, mem.clone());
        converse(&input, mem);
    });
});

/// Whatever a client says, the server answers that, or ends the connection.
fn upgrade_with(payload: &[u8], mem: Mem) {
    let mut server = Session::new(Role::Server, Config::default(), Interest::ALL, 1, mem);
    let result = server.upgrade(payload, UpgradedRequest::Other, Opaque(1));
    let entries = payload.len() / Settings::ENTRY_LEN;
    match result {
        Ok(()) => {
            assert!(payload.len().is_multiple_of(Settings::ENTRY_LEN) && entries <= 32);
            let told = receive(&mut server, b"");
            assert!(told.is_none_or(|told| told.len() <= entries + 1));
        }
        Err(Error::TooManySettings) => assert!(entries > 32),
        Err(error) => {
            assert_eq!(error, Error::InvalidArgument);
            assert!(!payload.len().is_multiple_of(Settings::ENTRY_LEN));
        }
    }
}

fn converse(input: &Input<'_>, mem: Mem) {
    let config = Config { expect_magic: true, ..input.setup.config() };
    let mut client = Session::new(Role::Client, config, Interest::ALL, 1, mem.clone());
    let mut server = Session::new(Role::Server, config, Interest::ALL, 2, mem);
    server.submit_settings(&[]).expect("nothing is refused");
    // Here nothing but the parameters themselves shall end the connection.
    let limit = config.max_settings;
    let mut lists =
        input.lists.iter().take(20).map(|list| {
            list.iter().take(limit).map(|parameter| parameter.get()).collect::<Vec<_>>()
        });
    if input.upgrades {
        let first = lists.next().unwrap_or_default();
        let mut payload = vec![0; first.len() * Settings::ENTRY_LEN];
        let Ok(length) = pack_settings(&first, &mut payload) else { return };
        assert_eq!(length, payload.len());
        if client.upgrade(&payload, UpgradedRequest::Other, Opaque(1)).is_err() {
            return;
        }
        server.upgrade(&payload, UpgradedRequest::Other, Opaque(1)).expect("the client could");
        receive(&mut server, b"").expect("the client has checked it");
        compare(&first, &server);
        let there = output(&mut client);
        if receive(&mut server, &there).is_none() {
            return;
        }
    }
    let mut decided = None;
    for list in lists {
        let packed = pack_settings(&list, &mut [0; 6 * 32]);
        if client.submit_settings(&list).is_err() {
            let decides = list.iter().any(|entry| entry.id == SettingId::NO_RFC7540_PRIORITIES);
            assert!(packed.is_err() || decides, "{list:?}");
            continue;
        }
        assert_eq!(packed, Ok(list.len() * Settings::ENTRY_LEN));
        let there = output(&mut client);
        let Some(told) = receive(&mut server, &there) else { return };
        let repeats = decided.is_some_and(|decided| {
            last(&list, SettingId::NO_RFC7540_PRIORITIES).is_some_and(|value| value != decided)
        });
        decided = decided.or(Some(last(&list, SettingId::NO_RFC7540_PRIORITIES).unwrap_or(0)));
        if repeats || !server.want_read() {
            return;
        }
        assert!(told.len() <= list.len() + 1, "{told:?} from {list:?}");
        compare(&list, &server);
        let back = output(&mut server);
        if receive(&mut client, &back).is_none() {
            return;
        }
        agree(&client, &server);
    }
}

/// The last value of a parameter counts.
fn compare(list: &[Setting], server: &Session) {
    if !server.want_read() || server.outbound_queue_len() == 0 {
        return;
    }
    for entry in list {
        let known = server.remote_setting(entry.id);
        // Some are a server's to say, others cannot be taken back.
        let special = [SettingId::ENABLE_CONNECT_PROTOCOL, SettingId::NO_RFC7540_PRIORITIES];
        if let Some(known) = known.filter(|_| !special.contains(&entry.id)) {
            assert_eq!(Some(known), last(list, entry.id), "{list:?}");
        }
    }
}

/// What the client has had acknowledged is what the server has noted.
fn agree(client: &Session, server: &Session) {
    for id in [
        SettingId::HEADER_TABLE_SIZE,
        SettingId::ENABLE_PUSH,
        SettingId::INITIAL_WINDOW_SIZE,
        SettingId::MAX_FRAME_SIZE,
        SettingId::MAX_HEADER_LIST_SIZE,
    ] {
        if server.want_read() && client.want_read() {
            assert_eq!(client.local_setting(id), server.remote_setting(id), "{id:?}");
        }
    }
}

fn last(list: &[Setting], id: SettingId) -> Option<u32> {
    list.iter().rev().find(|entry| entry.id == id).map(|entry| entry.value)
}

fn output(session: &mut Session) -> Vec<u8> {
    let mut octets = Vec::new();
    while let Some(step) = session.send().expect("nothing is refused") {
        if let Step::Output(part) = step {
            octets.extend_from_slice(part);
            let taken = part.len();
            session.written(taken);
            while session.settle().expect("nothing is refused").is_some() {}
        }
    }
    octets
}

/// The entries that the session is told of; None if it does not live on.
fn receive(session: &mut Session, mut octets: &[u8]) -> Option<Vec<Setting>> {
    let mut entries = Vec::new();
    loop {
        match session.recv(&mut octets) {
            Ok(Some(Event::Frame(frame))) => {
                if let Body::Settings(settings) = frame.body {
                    entries.extend_from_slice(settings.entries);
                }
            }
            Ok(Some(Event::InvalidFrame(..))) => return None,
            Ok(Some(_)) => {}
            Ok(None) => return Some(entries),
            Err(error) => {
                assert!(error.is_fatal(), "{error:?}");
                return None;
            }
        }
    }
}
