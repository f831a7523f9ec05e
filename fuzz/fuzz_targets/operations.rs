//! One session, and an application that may do anything between two pulls. Memory may run out.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use nghttp2_engine::frame::{Flags, Kind, StreamId};
use nghttp2_engine::session::Role;
use nghttp2_fuzz::account::Account;
use nghttp2_fuzz::end::{End, Manner};
use nghttp2_fuzz::inbound::Inbound;
use nghttp2_fuzz::operation::{Answer, Operation};
use nghttp2_fuzz::setup::Setup;
use nghttp2_fuzz::stream::greeting;
use nghttp2_fuzz::wire::frame;

#[derive(Arbitrary, Debug)]
struct Script<'a> {
    client: bool,
    stage: Stage,
    setup: Setup,
    manner: Manner,
    /// How many requests for memory are granted.
    grants: Option<u16>,
    acts: Vec<Act<'a>>,
}

/// How far the connection has come.
#[derive(Arbitrary, Debug, PartialEq)]
enum Stage {
    Fresh,
    /// The peer has begun as it should.
    Greeted,
    /// And there are streams.
    Busy,
}

#[derive(Arbitrary, Debug)]
enum Act<'a> {
    Call(Operation<'a>),
    /// More octets come.
    Feed(Inbound<'a>),
    /// One event is pulled, or the input is handed in later.
    PullEvent,
    AnswerEvent(Answer),
    PauseInput,
    PullStep,
    Settle,
    AnswerStep(Answer),
    /// Everything that can be done is done.
    Receive,
    Transmit,
}

fuzz_target!(|script: Script| {
    let grants = script.grants.map_or(usize::MAX, usize::from);
    Account::lend_and_look(grants, |mem, account| {
        let role = if script.client { Role::Client } else { Role::Server };
        let mut end = End::new(role, script.setup, script.manner, mem);
        let result = end.session.submit_settings(&script.setup.settings());
        end.note(result);
        let input = begin(&mut end, &script);
        play(&mut end, &script.acts, input, account);
        end.finish();
    });
});

/// Returns what the peer has sent so far.
fn begin(end: &mut End, script: &Script<'_>) -> Vec<u8> {
    if script.stage == Stage::Fresh {
        return Vec::new();
    }
    let role = end.session.role();
    let mut input = greeting(role, script.setup);
    if script.stage == Stage::Busy {
        if role == Role::Client {
            end.request();
            end.transmit();
        }
        for id in [1, 3, 5] {
            let id = StreamId::new(id);
            let block = if role == Role::Client { &b"\x88"[..] } else { b"\x83\x84\x87\x41\x01a" };
            frame(&mut input, Kind::HEADERS, Flags::END_HEADERS, id, block);
        }
    }
    end.allow(500);
    input
}

fn play(end: &mut End, acts: &[Act<'_>], mut input: Vec<u8>, account: &Account) {
    let mut taken = 0;
    for act in acts {
        if end.fate.is_some() {
            return;
        }
        let mut rest = &input[taken..];
        match act {
            Act::Call(operation) => operation.apply(end),
            Act::Feed(inbound) => {
                let before = input.len();
                inbound.pack(&mut input);
                end.allow(200 + 16 * (input.len() - before));
                continue;
            }
            Act::PullEvent => drop(end.pull_event(&mut rest)),
            Act::AnswerEvent(answer) => end.answer_event(answer.get()),
            Act::PauseInput => end.session.pause_input(&mut rest),
            Act::PullStep => drop(end.pull_step(false)),
            Act::Settle => drop(end.pull_step(true)),
            Act::AnswerStep(answer) => end.answer_step(answer.get()),
            Act::Receive => {
                while end.fate.is_none() && end.pull_event(&mut rest).is_some() {
                    end.answer_event(None);
                }
            }
            Act::Transmit => end.transmit(),
        }
        taken = input.len() - rest.len();
        // A field that was told last is not counted.
        account.check(end.session.memory(), input.len());
        end.allow(10);
    }
}
