//! A stream of octets into one session, whole and in pieces.

use std::fmt::{self, Debug, Formatter};

use arbitrary::{Arbitrary, Result, Unstructured};
use nghttp2_engine::error::Error;
use nghttp2_engine::frame::{Flags, Kind, SettingId, StreamId};
use nghttp2_engine::mem::Mem;
use nghttp2_engine::session::{CLIENT_MAGIC, Role};

use crate::account::Account;
use crate::end::{End, Manner};
use crate::setup::Setup;
use crate::told::{Text, Told};
use crate::wire::{cut, expand, frame, without_updates};

/// How the session is, how its input comes, and the input.
///
/// The first octets of a fuzzer's input decide about everything but the input of the session, which is
/// what remains of it.
pub struct Conversation<'a> {
    pub setup: Setup,
    pub manner: Manner,
    pub cuts: u8,
    /// Whether the rest stands for frames in the compact form.
    pub compact: bool,
    /// Whether the peer begins as it should, without a word about it in the rest.
    pub greets: bool,
    pub rest: &'a [u8],
}

/// In the octet before the rest: [`Conversation::compact`].
pub const COMPACT: u8 = 1;
/// [`Conversation::greets`]
pub const GREETS: u8 = 2;

impl<'a> Arbitrary<'a> for Conversation<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Conversation<'a>> {
        let (setup, manner, cuts) = (u.arbitrary()?, u.arbitrary()?, u.arbitrary()?);
        let form: u8 = u.arbitrary()?;
        let rest = u.bytes(u.len())?;
        let (compact, greets) = (form & COMPACT != 0, form & GREETS != 0);
        Ok(Conversation { setup, manner, cuts, compact, greets, rest })
    }
}

impl Debug for Conversation<'_> {
    /// With the octets as a step of a script of `differential` would have them.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let hex: String = self.octets().iter().map(|octet| format!("{octet:02x}")).collect();
        writeln!(f, "{:?}\n{:?}\ncuts {}", self.setup, self.manner, self.cuts)?;
        writeln!(f, "{:#?}\n{:?}", self.setup.config(), self.setup.settings())?;
        let greeting =
            if self.greets { "magic if it is expected, and SETTINGS twice, then " } else { "" };
        write!(f, "{greeting}feed raw hex={hex}")
    }
}

/// What came of it.
#[derive(Debug, PartialEq)]
struct Outcome {
    log: Vec<Told>,
    output: Text,
    fate: Option<Error>,
    /// Whether it came to a point from which on it counts how the input is cut.
    ended: bool,
}

/// More memory than this, for each octet and at least, is never needed.
const MEMORY: (usize, usize) = (200, 1 << 20);

impl Conversation<'_> {
    fn octets(&self) -> Vec<u8> {
        if self.compact { expand(self.rest) } else { self.rest.to_vec() }
    }
}

/// What a peer begins with that does everything right: magic, SETTINGS and their acknowledgement.
pub fn greeting(role: Role, setup: Setup) -> Vec<u8> {
    let mut octets = Vec::new();
    if role == Role::Server && setup.config().expect_magic {
        octets.extend_from_slice(CLIENT_MAGIC);
    }
    for flags in [Flags::NONE, Flags::ACK] {
        frame(&mut octets, Kind::SETTINGS, flags, StreamId::CONNECTION, b"");
    }
    octets
}

/// Runs it whole and in pieces, and compares.
pub fn check(role: Role, conversation: &Conversation<'_>) {
    let mut octets = Vec::new();
    if conversation.greets {
        octets = greeting(role, conversation.setup);
    }
    octets.extend(conversation.octets());
    let whole = run(role, conversation, &[&octets]);
    let pieces = run(role, conversation, &cut(&octets, conversation.cuts));
    if whole.ended || pieces.ended {
        assert!(agree(&whole.log, &pieces.log), "{whole:?} begins differently from {pieces:?}");
    } else {
        assert_eq!(whole, pieces, "it counts how the input is cut");
    }
}

/// Whether two accounts are the same as far as both go. A piece of content may be missing.
fn agree(one: &[Told], other: &[Told]) -> bool {
    let common = one.len().min(other.len());
    let (Some((a, one)), Some((b, other))) =
        (one[..common].split_last(), other[..common].split_last())
    else {
        return true;
    };
    one == other && (a == b || matches!((a, b), (Told::Octets { .. }, Told::Octets { .. })))
}

fn run(role: Role, conversation: &Conversation<'_>, pieces: &[&[u8]]) -> Outcome {
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    let (outcome, most) =
        Account::lend(usize::MAX, |mem| converse(role, conversation, pieces, mem));
    assert!(most < MEMORY.0 * length + MEMORY.1, "{most} octets of memory for {length}");
    outcome.expect("memory")
}

fn converse(role: Role, conversation: &Conversation<'_>, pieces: &[&[u8]], mem: Mem) -> Outcome {
    let mut end = End::new(role, conversation.setup, conversation.manner, mem);
    // Whether content goes beyond a small window depends on how soon the window is given back, and that
    // on the cuts.
    let mut settings = conversation.setup.settings();
    settings.retain(|setting| setting.id != SettingId::INITIAL_WINDOW_SIZE);
    let result = end.session.submit_settings(&settings);
    end.note(result);
    if role == Role::Client {
        end.request();
    }
    end.transmit();
    for piece in pieces {
        end.receive(piece);
    }
    end.transmit();
    let (log, output, fate) = (end.log.clone(), Text(without_updates(&end.output)), end.fate);
    let ended = end.ended;
    end.finish();
    Outcome { log, output, fate, ended }
}
