//! A client and a server, a script for both, and a wire that may damage what it carries.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use nghttp2_engine::error::ErrorCode;
use nghttp2_engine::mem::Mem;
use nghttp2_engine::session::Role;
use nghttp2_fuzz::account::Account;
use nghttp2_fuzz::end::{End, Manner};
use nghttp2_fuzz::operation::Operation;
use nghttp2_fuzz::setup::Setup;
use nghttp2_fuzz::wire::cut;

#[derive(Arbitrary, Debug)]
struct Script<'a> {
    setups: [Setup; 2],
    manners: [Manner; 2],
    cuts: u8,
    /// Whether there are requests at once.
    busy: bool,
    acts: Vec<Act<'a>>,
}

#[derive(Arbitrary, Debug)]
enum Act<'a> {
    Client(Operation<'a>),
    Server(Operation<'a>),
    /// What one has sent reaches the other.
    Carry {
        to_server: bool,
    },
    /// The same, but not as it was.
    Damage {
        to_server: bool,
        at: u16,
        how: How<'a>,
    },
    /// Both talk until neither has anything to say.
    Converse,
}

#[derive(Arbitrary, Debug)]
enum How<'a> {
    Change(u8),
    Insert(&'a [u8]),
    Remove(u8),
    Repeat(u8),
}

fuzz_target!(|script: Script| {
    Account::lend(usize::MAX, |mem| play(&script, mem));
});

fn play(script: &Script<'_>, mem: Mem) {
    let [one, other] = script.setups;
    let mut client = End::new(Role::Client, one, script.manners[0], mem.clone());
    let mut server = End::new(Role::Server, other, script.manners[1], mem);
    for (end, setup) in [(&mut client, one), (&mut server, other)] {
        let result = end.session.submit_settings(&setup.settings());
        end.note(result);
    }
    if script.busy {
        client.request();
        converse(&mut client, &mut server, script.cuts);
    }
    let mut sound = one.config().expect_magic == other.config().expect_magic;
    for act in &script.acts {
        if let Act::Client(operation) | Act::Server(operation) = act {
            sound &= operation.is_sound();
        }
        match act {
            Act::Client(operation) if client.fate.is_none() => operation.apply(&mut client),
            Act::Server(operation) if server.fate.is_none() => operation.apply(&mut server),
            Act::Client(_) | Act::Server(_) => {}
            Act::Carry { to_server } => {
                carry(&mut client, &mut server, *to_server, script.cuts, |_| ());
            }
            Act::Damage { to_server, at, how } => {
                sound = false;
                carry(&mut client, &mut server, *to_server, script.cuts, |octets| {
                    damage(octets, usize::from(*at), how);
                });
            }
            Act::Converse => converse(&mut client, &mut server, script.cuts),
        }
    }
    converse(&mut client, &mut server, script.cuts);
    if sound {
        check(&client);
        check(&server);
    }
    client.finish();
    server.finish();
}

fn converse(client: &mut End, server: &mut End, cuts: u8) {
    // In the worst case windows let through one octet at a time.
    for _ in 0..1000 + client.content + server.content {
        let there = carry(client, server, true, cuts, |_| ());
        let back = carry(client, server, false, cuts, |_| ());
        if there + back == 0 {
            return;
        }
    }
    panic!("they never stop talking");
}

/// Returns how many octets there were.
fn carry(
    client: &mut End,
    server: &mut End,
    to_server: bool,
    cuts: u8,
    spoil: impl FnOnce(&mut Vec<u8>),
) -> usize {
    let (from, to) = if to_server { (client, server) } else { (server, client) };
    from.transmit();
    let mut octets = from.take_output();
    let carried = octets.len();
    spoil(&mut octets);
    let pieces = if cuts == 0 { vec![&octets[..]] } else { cut(&octets, cuts) };
    for piece in pieces {
        to.receive(piece);
    }
    carried
}

fn damage(octets: &mut Vec<u8>, at: usize, how: &How<'_>) {
    let at = at % (octets.len() + 1);
    let until = |length: u8| octets.len().min(at + usize::from(length));
    match how {
        How::Change(mask) => {
            if let Some(octet) = octets.get_mut(at) {
                *octet ^= mask;
            }
        }
        How::Insert(more) => drop(octets.splice(at..at, more.iter().copied())),
        How::Remove(length) => drop(octets.drain(at..until(*length))),
        How::Repeat(length) => {
            let again = octets[at..until(*length)].to_vec();
            octets.splice(at..at, again);
        }
    }
}

/// Whatever the applications do, their libraries understand each other's frames and header blocks.
fn check(end: &End) {
    let complaint = end.complaint;
    for code in [ErrorCode::FRAME_SIZE_ERROR, ErrorCode::COMPRESSION_ERROR] {
        assert_ne!(complaint, Some(code));
    }
}
