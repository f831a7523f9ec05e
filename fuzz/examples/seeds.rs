//! Writes what fuzzing begins with: `cargo run --example seeds DIRECTORY`.
//!
//! The targets that read octets get conversations of two real sessions, frames of each type, header
//! blocks of a real encoder, and values of the Priority field. Those that read scripts find their way
//! without.

use std::fs::{create_dir_all, write};
use std::path::{Path, PathBuf};

use nghttp2_engine::error::{ErrorCode, Result};
use nghttp2_engine::frame::{Flags, HEAD_LEN, Setting, SettingId, StreamId};
use nghttp2_engine::hpack::Encoder;
use nghttp2_engine::mem::{Field, Mem, Vec as Octets};
use nghttp2_engine::session::{CLIENT_MAGIC, Opaque, Role};
use nghttp2_fuzz::end::{End, Manner};
use nghttp2_fuzz::fields::{get, ok, post};
use nghttp2_fuzz::setup::{EXTENSION, Setup};
use nghttp2_fuzz::stream::{COMPACT, GREETS};
use nghttp2_fuzz::wire::compact_kind;

fn main() {
    let directory = PathBuf::from(std::env::args().nth(1).expect("a directory"));
    conversations(&directory).expect("two sessions that understand each other");
    frames(&directory);
    limits(&directory);
    tree(&directory);
    blocks(&directory);
    for (number, value) in PRIORITIES.iter().enumerate() {
        let input = [&[0; size_of::<usize>()], value.as_bytes()].concat();
        save(&directory, "structured_field", &format!("value-{number}"), &input);
    }
}

const PRIORITIES: [&str; 6] = [
    "u=1, i",
    "i=?0, u=7",
    "a=(1 \"b\" :YQ==:);c, u=2;d=?1",
    "d=@1659578233, e=%\"%c3%bc\"",
    "f=-1.5;g=*t/:x,\ti",
    "u=8",
];

fn save(directory: &Path, target: &str, name: &str, input: &[u8]) {
    let directory = directory.join(target);
    create_dir_all(&directory).expect("a directory that can be made");
    write(directory.join(name), input).expect("a file that can be written");
}

/// Input for `server` or `client`: the setup, the manner, the cuts and the form; then octets.
fn stream_input(options: u16, settings: u8, form: u8, octets: &[u8]) -> Vec<u8> {
    let [low, high] = options.to_le_bytes();
    let (deaf, manner, cuts) = ([0; 4], [0, 0, 8, 0], 3);
    let mut input = vec![low, high];
    input.extend(deaf);
    input.push(settings);
    input.extend(manner);
    input.extend([cuts, form]);
    input.extend_from_slice(octets);
    input
}

/// What each end of a conversation has received, in both forms.
fn conversations(directory: &Path) -> Result<()> {
    // SETTINGS_NO_RFC7540_PRIORITIES=1, and small limits.
    for (number, settings) in [0, 1, 0b0001_1111].into_iter().enumerate() {
        let (to_server, to_client) = converse(settings)?;
        for (target, octets) in [("server", to_server), ("client", to_client)] {
            let raw = stream_input(0, settings, 0, &octets);
            save(directory, target, &format!("conversation-{number}"), &raw);
            let compact = stream_input(0, settings, COMPACT | GREETS, &compact(&octets));
            save(directory, target, &format!("compact-{number}"), &compact);
        }
    }
    Ok(())
}

fn converse(settings: u8) -> Result<(Vec<u8>, Vec<u8>)> {
    let setup = Setup::new(0, settings);
    let mut client = End::new(Role::Client, setup, Manner::QUIET, Mem::system());
    let mut server = End::new(Role::Server, setup, Manner::QUIET, Mem::system());
    client.session.submit_settings(&setup.settings())?;
    server.session.submit_settings(&setup.settings())?;

    let source = client.source(300, 0);
    let upload = client.session.submit_request(None, &post(), Some(source), Opaque(1))?;
    for number in 2..5 {
        client.session.submit_request(None, &get(), None, Opaque(number))?;
    }
    client.session.submit_priority_update(upload, b"u=1")?;
    client.session.submit_ping(false, *b"12345678")?;
    client.session.submit_extension(EXTENSION, Flags::NONE, upload, 0)?;
    server.session.submit_origin([&b"https://a.example"[..]].into_iter())?;
    server.session.submit_altsvc(StreamId::CONNECTION, b"https://a.example", b"h3=\":443\"")?;
    let mut carried = (carry(&mut client, &mut server), carry(&mut server, &mut client));

    let source = server.source(300, 0);
    server.session.submit_response(upload, &ok(), Some(source))?;
    let promised = server.session.submit_push_promise(upload, &get(), Opaque(5))?;
    for id in [StreamId::new(3), promised] {
        server.session.submit_response(id, &ok(), None)?;
    }
    client.session.submit_rst_stream(StreamId::new(5), ErrorCode::CANCEL)?;
    let entries = [Setting { id: SettingId::HEADER_TABLE_SIZE, value: 64 }];
    client.session.submit_settings(&entries)?;
    for _ in 0..3 {
        carried.0.extend(carry(&mut client, &mut server));
        carried.1.extend(carry(&mut server, &mut client));
    }
    client.session.submit_goaway(StreamId::CONNECTION, ErrorCode::NO_ERROR, b"done")?;
    carried.0.extend(carry(&mut client, &mut server));
    carried.1.extend(carry(&mut server, &mut client));
    Ok(carried)
}

fn carry(from: &mut End, to: &mut End) -> Vec<u8> {
    from.transmit();
    let octets = from.take_output();
    to.receive(&octets);
    octets
}

/// The frames of a conversation in the compact form, as far as they fit in.
fn compact(octets: &[u8]) -> Vec<u8> {
    let mut rest = octets.strip_prefix(&CLIENT_MAGIC[..]).unwrap_or(octets);
    let mut out = Vec::new();
    while let Some((&[_, a, b, kind, flags, .., id], after)) = rest.split_first_chunk::<HEAD_LEN>()
    {
        let length = usize::from(u16::from_be_bytes([a, b]));
        let (payload, after) = after.split_at(length);
        rest = after;
        let payload = &payload[..length.min(255)];
        out.extend([compact_kind(kind), flags, id, payload.len() as u8]);
        out.extend_from_slice(payload);
    }
    out
}

/// Sessions with low limits: updates of the window that are good for nothing, and interim responses
/// without end.
fn limits(directory: &Path) {
    const LOW: u16 = 1 << 11 | 1 << 12;
    let request = [1, 4, 1, 6, 0x83, 0x84, 0x87, 0x41, 1, b'a'];
    let update = [8, 0, 0, 4, 0, 0, 0, 1];
    let interim = [1, 4, 1, 5, 0x08, 3, b'1', b'0', b'0'];
    let updates = [&request[..], &update.repeat(6)].concat();
    for (target, octets) in [("server", updates), ("client", interim.repeat(3))] {
        let input = stream_input(LOW, 0, COMPACT | GREETS, &octets);
        save(directory, target, "limits", &input);
    }
}

/// Frames of each type, with each flag.
fn frames(directory: &Path) {
    for kind in 0..16 {
        let mut octets = vec![1, 4, 1, 4, 0x83, 0x84, 0x87, 0x41, 1, b'a'];
        for flags in [0, 1, 4, 5, 8, 0x20] {
            for length in [0, 4, 5, 6, 8] {
                octets.extend([kind, flags, flags & 1, length]);
                octets.extend(&[0, 0, 0, 1, 0x88, 0, 0, 1][..usize::from(length)]);
            }
        }
        for target in ["server", "client"] {
            let input = stream_input(0, 0, COMPACT | GREETS, &octets);
            save(directory, target, &format!("frames-{kind}"), &input);
        }
    }
}

/// Streams that depend on each other, in changing ways, while they have content to send.
fn tree(directory: &Path) {
    let mut octets = Vec::new();
    for (id, depends_on, weight) in [(1, 0, 15), (3, 1, 255), (5, 1, 0), (7, 5, 100)] {
        octets.extend([1, 0x25, id, 11, 0, 0, 0, depends_on, weight]);
        octets.extend([0x82, 0x84, 0x87, 0x41, 1, b'a']);
    }
    for (id, exclusive, depends_on, weight) in
        [(1, 0x80, 7, 3), (5, 0, 3, 20), (3, 0x80, 0, 1), (9, 0, 3, 4), (7, 0, 7, 9), (5, 0, 3, 2)]
    {
        octets.extend([2, 0, id, 5, exclusive, 0, 0, depends_on, weight]);
        octets.extend([8, 0, 0, 4, 0, 0, 0, 50]);
    }
    let input = stream_input(0, 0, COMPACT | GREETS, &octets);
    save(directory, "server", "tree", &input);
}

/// Blocks of an encoder whose table changes.
fn blocks(directory: &Path) {
    let mut encoder = Encoder::new(4096, 7, Mem::system());
    let mut input = vec![3];
    let cookie = Field::new(b"cookie", b"a longer one that is indexed");
    let lists = [get(), post(), ok(), vec![cookie], vec![cookie, Field::sensitive(b"a", b"b")]];
    for (number, list) in lists.iter().chain(&lists).enumerate() {
        if number == lists.len() {
            encoder.set_allowed_table_size(80);
            input.extend([0, 80, 0]);
        }
        let mut block = Octets::new(Mem::system());
        encoder.encode(list, &mut block, 255).expect("memory");
        input.push(block.len() as u8);
        input.extend_from_slice(&block);
    }
    save(directory, "hpack_decode", "blocks", &input);
}
