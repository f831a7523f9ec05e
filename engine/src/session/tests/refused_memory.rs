//! Each allocation of a conversation is refused once: what comes back is NOMEM, and nothing is lost.

use super::ends::{End, converse, get, nothing};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Setting, SettingId, StreamId};
use crate::mem::account::Account;
use crate::mem::{Field, Mem};
use crate::session::{Opaque, Role};

/// A conversation that uses every container: requests, content, a push, trailers, long fields.
fn conversation(mem: Mem) -> Result<()> {
    let mut client = End::new(Role::Client, mem.clone());
    let mut server = End::new(Role::Server, mem);
    let entries = [Setting { id: SettingId::HEADER_TABLE_SIZE, value: 8192 }];
    client.session.submit_settings(&entries)?;
    server.session.submit_settings(&entries)?;
    let long = [b'v'; 3000];
    for _ in 0..3 {
        let source = client.source(20_000);
        let mut fields = get(b"/").to_vec();
        fields.push(Field::new(b"long", &long));
        let asked = client.session.submit_request(None, &fields, source, Opaque(1))?;
        converse(&mut client, &mut server, &mut nothing)?;
        server.session.submit_push_promise(asked, &get(b"/pushed"), Opaque(2))?;
        server.session.submit_origin([&b"https://example.org"[..]].into_iter())?;
        server.session.submit_altsvc(StreamId::CONNECTION, b"https://example.org", b"clear")?;
        server.session.submit_response(asked, &[Field::new(b":status", b"200")], None)?;
        converse(&mut client, &mut server, &mut nothing)?;
    }
    client.session.submit_goaway(StreamId::CONNECTION, ErrorCode::NO_ERROR, &long)?;
    converse(&mut client, &mut server, &mut nothing)
}

#[test]
fn every_refusal_is_told_and_nothing_is_lost() {
    let account = Account::new();
    assert_eq!(account.lend(conversation), Ok(()));
    let requests = usize::MAX - account.grants.get();
    assert!(requests > 50, "{requests}");
    for refused in 0..requests {
        account.grants.set(refused);
        assert_eq!(account.lend(conversation), Err(Error::NoMem), "{refused} of {requests}");
    }
}
