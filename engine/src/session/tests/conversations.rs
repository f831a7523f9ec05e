//! Whole conversations, and what a driver may do between two pulls.

use super::ends::{EXTENSION, End, Meddle, Told, converse, get, nothing};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Flags, PrioritySpec, Setting, SettingId, StreamId};
use crate::mem::{Field, Mem};
use crate::session::{Event, Opaque, Reply, Role, Source, Step, StreamState};

fn pair() -> (End, End) {
    (End::new(Role::Client, Mem::system()), End::new(Role::Server, Mem::system()))
}

fn id(number: i32) -> StreamId {
    StreamId::new(number)
}

/// Something of everything, so that every event and every step comes up.
fn script(client: &mut End, server: &mut End, meddle: Meddle<'_>) -> Result<()> {
    let entries = [Setting { id: SettingId::NO_RFC7540_PRIORITIES, value: 1 }];
    client.session.submit_settings(&entries)?;
    server.session.submit_settings(&entries)?;
    converse(client, server, meddle)?;

    let source = client.source(2500);
    let mut fields = get(b"/upload").to_vec();
    fields[0] = Field::new(b":method", b"POST");
    let upload = client.session.submit_request(None, &fields, source, Opaque(1))?;
    fields.push(Field::new(b"bad name", b"left out, with a diagnostic"));
    client.session.submit_request(None, &fields[..4], None, Opaque(2))?;
    client.session.submit_request(None, &fields, None, Opaque(3))?;
    client.session.submit_request(None, &get(b"/without-host")[..2], None, Opaque(4))?;
    client.session.submit_priority_update(upload, b"u=1")?;
    client.session.submit_ping(false, *b"12345678")?;
    client.session.submit_extension(EXTENSION, Flags::NONE, upload, 0)?;
    server.session.submit_altsvc(StreamId::CONNECTION, b"https://example.org", b"h3=\":443\"")?;
    server.session.submit_origin([&b"https://example.org"[..]].into_iter())?;
    converse(client, server, meddle)?;

    let promised = server.session.submit_push_promise(upload, &get(b"/pushed"), Opaque(5))?;
    let answer = [Field::new(b":status", b"200")];
    let source = server.source(3000).map(|source| Source { reader: 2, ..source });
    server.session.submit_response(upload, &answer, source)?;
    server.session.submit_response(promised, &answer, None)?;
    server.session.submit_response(id(3), &answer, None)?;
    // Too late: the answer to stream 3 has ended it.
    server.session.submit_response(id(3), &answer, None)?;
    converse(client, server, meddle)?;
    client.session.terminate_session(ErrorCode::NO_ERROR)?;
    converse(client, server, meddle)
}

#[test]
fn every_event_and_every_step_comes_up_in_the_script() {
    let (mut client, mut server) = pair();
    script(&mut client, &mut server, &mut nothing).unwrap();
    for what in [
        "AskTime",
        "FrameBegin",
        "HeadersBegin",
        "Header",
        "InvalidHeader",
        "Data",
        "ExtensionData",
        "ExtensionEnd",
        "Frame",
        "InvalidFrame",
        "StreamClosed",
        "Diagnostic",
        "AskPadding",
        "AskReadLength",
        "AskData",
        "AskExtension",
        "AskProceed",
        "Output",
        "SendData",
        "FrameSent",
        "FrameNotSent",
        "StepStreamClosed",
    ] {
        assert!(client.was_told(what) || server.was_told(what), "{what}");
    }
    assert_eq!(server.received, [b'd'; 2500]);
    assert_eq!(client.received, [b'e'; 3000]);
    assert!(!client.session.want_read() && !client.session.want_write());
}

/// What one end counts as sent has come, and is counted, at the other.
#[test]
fn both_ends_count_the_same() {
    let (mut client, mut server) = pair();
    script(&mut client, &mut server, &mut nothing).unwrap();
    let (ours, theirs) = (*client.session.counters(), *server.session.counters());
    for (from, to) in [(ours, theirs), (theirs, ours)] {
        assert_eq!(from.octets_sent, to.octets_received);
        assert_eq!(from.frames_sent, to.frames_received);
        assert_eq!(from.resets_sent, to.resets_received);
        assert!(from.octets_sent > 2500 && from.frames_sent > 10);
    }
    // Whoever was told of it has counted it.
    for end in [&client, &server] {
        let sent = end.log.iter().filter(|told| told.what == "FrameSent").count();
        assert_eq!(sent as u64, end.session.counters().frames_sent);
    }
}

/// Nothing is asked for before it is needed; nobody but the session knows, where it is the C library's.
#[test]
fn memory_is_what_is_needed() {
    let (mut client, mut server) = pair();
    assert_eq!((client.session.memory(), server.session.memory()), (0, 0));
    script(&mut client, &mut server, &mut nothing).unwrap();
    let before = server.session.memory();
    assert!(client.session.memory() > 0 && before > 0);
    server.session.submit_goaway(id(0), ErrorCode::NO_ERROR, &[0; 1000]).unwrap();
    assert!(server.session.memory() >= before + 1000);
}

/// Asks for everything, and submits one of everything: whatever was told, and to whom.
fn meddle_with_everything(end: &mut End, told: &Told) -> Result<()> {
    let session = &mut end.session;
    let on = told.stream_id;
    let _ = (session.stream_user_data(on), session.stream_received(on), session.stream_state(on));
    let _ = (session.stream_send_window(on), session.stream_recv_window(on), session.weight(on));
    let _ = (session.want_read(), session.want_write(), session.outbound_queue_len());
    for result in [
        session.set_stream_user_data(on, Opaque(9)),
        session.submit_ping(false, [0; 8]),
        session.submit_settings(&[Setting { id: SettingId::MAX_FRAME_SIZE, value: 20_000 }]),
        session.submit_rst_stream(on, ErrorCode::CANCEL),
        session.submit_window_update(StreamId::CONNECTION, 1),
        session.set_local_window_size(on, 70_000),
        session.submit_request(None, &get(b"/meddled"), None, Opaque(8)).map(|_| ()),
        session.submit_response(on, &[Field::new(b":status", b"200")], None),
        session.submit_trailers(on, &[Field::new(b"trailer", b"1")]),
        session.submit_push_promise(on, &get(b"/pushed"), Opaque(7)).map(|_| ()),
        session.submit_data(on, true, Source { object: 0, reader: 1 }),
        session.resume_data(on),
        session.consume(on, 1),
        session.submit_priority(on, Some(PrioritySpec::default())),
        session.submit_priority_update(on, b"u=7"),
        session.submit_altsvc(on, b"", b"clear"),
        session.submit_extension(EXTENSION, Flags::NONE, on, 0),
    ] {
        // Being refused is in order: most of it makes no sense most of the time.
        let _ = result;
    }
    Ok(())
}

#[test]
fn a_driver_may_meddle_between_any_two_pulls() {
    let (_, order) = undisturbed();
    for turn in 1..=order.len() {
        let (mut client, mut server) = pair();
        let mut count = 0;
        let outcome = script(&mut client, &mut server, &mut |end, told| {
            count += 1;
            if count == turn { meddle_with_everything(end, told) } else { Ok(()) }
        });
        // What the script itself does may be refused after that, but nothing else may happen.
        if let Err(error) = outcome {
            assert!(!error.is_fatal() || error == Error::Flooded, "{turn}: {error:?}");
        }
    }
}

#[test]
fn a_driver_may_end_the_session_between_any_two_pulls() {
    let (_, order) = undisturbed();
    for turn in 1..=order.len() {
        let (mut client, mut server) = pair();
        let mut count = 0;
        let outcome = script(&mut client, &mut server, &mut |end, _| {
            count += 1;
            if count == turn { end.session.terminate_session(ErrorCode::CANCEL) } else { Ok(()) }
        });
        if let Err(error) = outcome {
            assert!(!error.is_fatal(), "{turn}: {error:?}");
        }
        let ended = |end: &End| !end.session.want_read() && !end.session.want_write();
        assert!(count < turn || ended(&client) || ended(&server), "{turn}");
    }
}

#[test]
fn a_driver_may_drop_the_session_between_any_two_pulls() {
    let (_, order) = undisturbed();
    for turn in 1..=order.len() {
        let (mut client, mut server) = pair();
        let mut count = 0;
        let outcome = script(&mut client, &mut server, &mut |_, _| {
            count += 1;
            if count == turn { Err(Error::Cancel) } else { Ok(()) }
        });
        assert!(count < turn || outcome == Err(Error::Cancel), "{turn}");
    }
}

fn undisturbed() -> (Result<()>, Vec<Told>) {
    let (mut client, mut server) = pair();
    let mut order = Vec::new();
    let outcome = script(&mut client, &mut server, &mut |_, told| {
        order.push(told.clone());
        Ok(())
    });
    (outcome, order)
}

#[test]
fn a_refused_question_has_its_effect_only() {
    for question in ["HeadersBegin", "Header", "InvalidHeader", "ExtensionData", "ExtensionEnd"] {
        let (mut client, mut server) = pair();
        server.refuse = Some(question);
        // Without its stream the script may come to an early end.
        let outcome = script(&mut client, &mut server, &mut nothing);
        assert!(outcome.err().is_none_or(|error| !error.is_fatal()), "{question}");
        assert!(server.was_told(question), "{question}");
        let complete = |told: &Told| told.what == "Frame" && told.kind == Some(EXTENSION);
        let spoilt = question.starts_with("Extension");
        assert_eq!(server.log.iter().any(complete), !spoilt, "{question}");
    }
}

#[test]
fn a_question_that_was_not_asked_cannot_be_answered() {
    let (mut client, _) = pair();
    for answer in [Reply::Reject, Reply::Length(1)] {
        assert_eq!(client.session.answer_event(answer), Err(Error::InvalidState));
        assert_eq!(client.session.answer_step(answer), Err(Error::InvalidState));
    }
}

#[test]
fn an_extension_frame_without_an_answer_is_empty() {
    let (_, mut server) = pair();
    server.session.submit_extension(EXTENSION, Flags(0), id(0), 7).unwrap();
    let mut octets = Vec::new();
    let mut asked = 0;
    while let Some(step) = server.session.send().unwrap() {
        match step {
            Step::AskExtension { .. } => asked += 1,
            Step::Output(part) => {
                octets.extend_from_slice(part);
                let length = part.len();
                server.session.written(length);
            }
            _ => {}
        }
    }
    while server.session.settle().unwrap().is_some() {}
    assert_eq!((asked, &octets[..]), (1, &[0, 0, 0, EXTENSION.0, 0, 0, 0, 0, 0][..]));
}

#[test]
fn input_may_be_cut_anywhere() {
    let (mut client, mut server) = pair();
    client.session.submit_settings(&[]).unwrap();
    let source = client.source(300);
    client.session.submit_request(None, &get(b"/"), source, Opaque(0)).unwrap();
    let octets = client.output(&mut nothing).unwrap();
    server.input(&octets, &mut nothing).unwrap();
    let frames = |end: &End| -> Vec<Told> {
        end.log.iter().filter(|told| told.what != "Data").cloned().collect()
    };
    for cut in 0..octets.len() {
        let mut again = End::new(Role::Server, Mem::system());
        let (one, other) = octets.split_at(cut);
        again.input(one, &mut nothing).unwrap();
        again.input(other, &mut nothing).unwrap();
        assert_eq!(frames(&again), frames(&server), "{cut}");
        assert_eq!(again.received, server.received, "{cut}");
    }
}

#[test]
fn output_may_be_taken_octet_by_octet() {
    let (mut client, _) = pair();
    client.session.submit_settings(&[]).unwrap();
    client.session.submit_ping(false, *b"abcdefgh").unwrap();
    let mut octets = Vec::new();
    while let Some(step) = client.session.send().unwrap() {
        if let Step::Output(part) = step {
            octets.push(part[0]);
            client.session.written(1);
        }
        while client.session.settle().unwrap().is_some() {}
    }
    let ping = b"\x00\x00\x08\x06\x00\x00\x00\x00\x00abcdefgh";
    assert!(octets.ends_with(ping));
    assert_eq!(octets.len(), 24 + 9 + ping.len());
}

#[test]
fn a_stream_is_forgotten_when_both_ends_are_done() {
    let (mut client, mut server) = pair();
    client.session.submit_settings(&[]).unwrap();
    server.session.submit_settings(&[]).unwrap();
    let asked = client.session.submit_request(None, &get(b"/"), None, Opaque(0)).unwrap();
    converse(&mut client, &mut server, &mut nothing).unwrap();
    assert_eq!(server.session.stream_state(asked), StreamState::HalfClosedRemote);
    server.session.submit_response(asked, &[Field::new(b":status", b"200")], None).unwrap();
    converse(&mut client, &mut server, &mut nothing).unwrap();
    assert!(!server.session.has_stream(asked) && !client.session.has_stream(asked));
    assert_eq!(server.session.stream_state(asked), StreamState::Closed);
}

#[test]
fn a_sensitive_field_arrives_as_one() {
    let (mut client, mut server) = pair();
    let mut fields = get(b"/").to_vec();
    fields.push(Field::sensitive(b"authorization", b"secret"));
    client.session.submit_settings(&[]).unwrap();
    client.session.submit_request(None, &fields, None, Opaque(0)).unwrap();
    let octets = client.output(&mut nothing).unwrap();
    let mut rest = &octets[..];
    let mut sensitive = Vec::new();
    while let Some(event) = server.session.recv(&mut rest).unwrap() {
        if let Event::Header(header) = event {
            sensitive.push((header.name.to_vec(), header.sensitive));
        }
    }
    let marked: Vec<_> = sensitive.iter().filter(|field| field.1).collect();
    assert_eq!(marked, [&(b"authorization".to_vec(), true)]);
}
