//! Everything an application may ask of a session.

use arbitrary::Arbitrary;
use nghttp2_engine::error::ErrorCode;
use nghttp2_engine::frame::{Flags, Kind, SettingId, StreamId};
use nghttp2_engine::http::Priority;
use nghttp2_engine::mem::Field;
use nghttp2_engine::session::{Content, Opaque, Reply, Session, Source, UpgradedRequest};

use crate::end::End;
use crate::fields::Fields;
use crate::inbound::{Id, Parameter, Place};
use crate::setup::EXTENSION;

/// A call.
#[derive(Arbitrary, Clone, Debug)]
pub enum Operation<'a> {
    Request { place: Option<Place>, fields: Fields<'a>, content: Option<Given> },
    Response { id: Id, fields: Fields<'a>, content: Option<Given> },
    Trailers { id: Id, fields: Fields<'a> },
    Headers { id: Option<Id>, end: bool, place: Option<Place>, fields: Fields<'a> },
    Promise { id: Id, fields: Fields<'a> },
    Data { id: Id, end: bool, content: Given },
    Resume(Id),
    UpdateSource { id: Id, object: u8, reader: u8 },
    Reset { id: Id, code: u8 },
    Settings(Vec<Parameter>),
    Ping { ack: bool },
    Priority { id: Id, place: Option<Place> },
    Extension { kind: u8, flags: u8, id: Id },
    Altsvc { id: Id, origin: &'a [u8], value: &'a [u8] },
    Origin(Vec<&'a [u8]>),
    PriorityUpdate { id: Id, value: &'a [u8] },
    Upgrade { entries: Vec<Parameter>, request: u8 },
    Terminate { last: Option<Id>, code: u8 },
    Goaway { last: Id, code: u8, debug: &'a [u8] },
    Notice,
    Consume { id: Id, length: u16 },
    ConsumeConnection(u16),
    ConsumeStream { id: Id, length: u16 },
    WindowUpdate { id: Id, delta: i32 },
    Window { id: Id, size: i32 },
    ChangePlace { id: Id, place: Option<Place> },
    CreateIdle { id: Id, place: Option<Place> },
    ChangePriority { id: Id, urgency: u8, incremental: bool, ignore: bool },
    NextId(Id),
    UserData(Id),
    Ask(Id),
    PauseOutput,
    SharedHeader,
}

/// Content that the application gives a stream.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub struct Given {
    length: u16,
    nature: u8,
}

/// An answer, fitting or not.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Answer {
    Usual,
    Reject,
    Silent,
    Time(u16),
    Length(u16),
    Data { length: u8, eof: bool, more_follows: bool, elsewhere: bool },
    Deferred,
    Sent,
    Fail,
}

impl Answer {
    /// None is the usual one.
    pub fn get(self) -> Option<Reply> {
        Some(match self {
            Answer::Usual => return None,
            Answer::Reject => Reply::Reject,
            Answer::Silent => Reply::Silent,
            Answer::Time(now) => Reply::Time(u64::from(now)),
            Answer::Length(length) => Reply::Length(usize::from(length)),
            Answer::Data { length, eof, more_follows, elsewhere } => {
                Reply::Data(Content { length: usize::from(length), eof, more_follows, elsewhere })
            }
            Answer::Deferred => Reply::Deferred,
            Answer::Sent => Reply::Sent,
            Answer::Fail => Reply::Fail,
        })
    }
}

/// Codes that an application may give. Not those with which the engine complains of octets: by them
/// a target knows that two engines do not understand each other.
const CODES: [ErrorCode; 6] = [
    ErrorCode::NO_ERROR,
    ErrorCode::PROTOCOL_ERROR,
    ErrorCode::REFUSED_STREAM,
    ErrorCode::CANCEL,
    ErrorCode::ENHANCE_YOUR_CALM,
    ErrorCode(u32::MAX),
];

impl Operation<'_> {
    /// Whether it makes no frames of which the other end has to complain: not one of a type that the
    /// library knows with a payload that the application has made up.
    pub fn is_sound(&self) -> bool {
        let known =
            |kind: &u8| [Kind::ALTSVC, Kind::ORIGIN, Kind::PRIORITY_UPDATE].contains(&Kind(*kind));
        !matches!(self, Operation::Extension { kind, .. } if known(kind))
    }

    /// Makes the call. That it is refused is in order: much makes no sense at the time.
    pub fn apply(&self, end: &mut End) {
        end.allow(100);
        let code = |code: &u8| CODES[usize::from(*code) % CODES.len()];
        let place = |place: &Option<Place>| place.map(Place::get);
        let word = Opaque(1);
        let result = match self {
            Operation::Request { place: at, fields, content } => {
                let fields = list(end, fields);
                let source = content.map(|given| given.source(end));
                let request = end.session.submit_request(place(at), &fields, source, word);
                request.map(drop)
            }
            Operation::Response { id, fields, content } => {
                let fields = list(end, fields);
                let source = content.map(|given| given.source(end));
                end.session.submit_response(id.get(), &fields, source)
            }
            Operation::Trailers { id, fields } => {
                let fields = list(end, fields);
                end.session.submit_trailers(id.get(), &fields)
            }
            Operation::Headers { id, end: ends, place: at, fields } => {
                let id = id.map(Id::get);
                let fields = list(end, fields);
                end.session.submit_headers(id, *ends, place(at), &fields, word).map(drop)
            }
            Operation::Promise { id, fields } => {
                let fields = list(end, fields);
                end.session.submit_push_promise(id.get(), &fields, word).map(drop)
            }
            Operation::Data { id, end: ends, content } => {
                let source = content.source(end);
                end.session.submit_data(id.get(), *ends, source)
            }
            Operation::Resume(id) => {
                end.undefer();
                end.session.resume_data(id.get())
            }
            Operation::UpdateSource { id, object, reader } => {
                let (object, reader) = (usize::from(*object), usize::from(*reader) & !1);
                end.session.update_source(id.get(), Source { object, reader });
                Ok(())
            }
            Operation::Reset { id, code: why } => {
                end.session.submit_rst_stream(id.get(), code(why))
            }
            Operation::Settings(entries) => {
                let entries: Vec<_> = entries.iter().map(|entry| entry.get()).collect();
                end.session.submit_settings(&entries)
            }
            Operation::Ping { ack } => end.session.submit_ping(*ack, *b"abcdefgh"),
            Operation::Priority { id, place: at } => {
                end.session.submit_priority(id.get(), place(at))
            }
            Operation::Extension { kind, flags, id } => {
                let kind = if *kind == 0 { EXTENSION } else { Kind(*kind) };
                end.session.submit_extension(kind, Flags(*flags), id.get(), 1)
            }
            Operation::Altsvc { id, origin, value } => {
                end.session.submit_altsvc(id.get(), origin, value)
            }
            Operation::Origin(origins) => end.session.submit_origin(origins.iter().copied()),
            Operation::PriorityUpdate { id, value } => {
                end.session.submit_priority_update(id.get(), value)
            }
            Operation::Upgrade { entries, request } => {
                let payload: Vec<u8> =
                    entries.iter().flat_map(|entry| entry.get().pack()).collect();
                let request = match request % 3 {
                    0 => UpgradedRequest::Other,
                    1 => UpgradedRequest::Head,
                    _ => UpgradedRequest::Unknown,
                };
                end.session.upgrade(&payload, request, word)
            }
            Operation::Terminate { last: None, code: why } => {
                end.session.terminate_session(code(why))
            }
            Operation::Terminate { last: Some(last), code: why } => {
                end.session.terminate_session_after(last.get(), code(why))
            }
            Operation::Goaway { last, code: why, debug } => {
                end.session.submit_goaway(last.get(), code(why), debug)
            }
            Operation::Notice => end.session.submit_shutdown_notice(),
            Operation::Consume { id, length } => end.session.consume(id.get(), (*length).into()),
            Operation::ConsumeConnection(length) => {
                end.session.consume_connection((*length).into())
            }
            Operation::ConsumeStream { id, length } => {
                end.session.consume_stream(id.get(), (*length).into())
            }
            Operation::WindowUpdate { id, delta } => {
                end.session.submit_window_update(id.get(), *delta)
            }
            Operation::Window { id, size } => end.session.set_local_window_size(id.get(), *size),
            Operation::ChangePlace { id, place: at } => {
                end.session.change_stream_priority(id.get(), place(at))
            }
            Operation::CreateIdle { id, place: at } => {
                end.session.create_idle_stream(id.get(), place(at))
            }
            Operation::ChangePriority { id, urgency, incremental, ignore } => {
                let priority = Priority { urgency: *urgency, incremental: *incremental };
                end.session.change_response_priority(id.get(), priority, *ignore)
            }
            Operation::NextId(id) => end.session.set_next_stream_id(id.get()),
            Operation::UserData(id) => end.session.set_stream_user_data(id.get(), word),
            Operation::Ask(id) => {
                ask_everything(&end.session, id.get());
                Ok(())
            }
            Operation::PauseOutput => {
                end.session.pause_output();
                Ok(())
            }
            Operation::SharedHeader => end.session.shared_header().map(drop),
        };
        end.note(result);
    }
}

/// The fields, for whose octets there may be more pulls.
fn list<'f>(end: &mut End, fields: &Fields<'f>) -> Vec<Field<'f>> {
    let list = fields.list();
    let octets: usize = list.iter().map(|field| field.name().len() + field.value().len()).sum();
    end.allow(octets / 8);
    list
}

impl Given {
    fn source(self, end: &mut End) -> Source {
        end.source(usize::from(self.length), self.nature)
    }
}

/// All questions that change nothing. Some answers must fit together.
pub fn ask_everything(session: &Session, id: StreamId) {
    let _ = (session.stream_user_data(id), session.stream_received(id));
    let _ = (session.stream_window_size(id), session.stream_recv_window(id));
    let _ = (session.stream_send_window(id), session.response_priority(id));
    let _ = (session.is_local_closed(id), session.is_remote_closed(id), session.stream_state(id));
    let _ = (session.received(), session.window_size(), session.recv_window());
    let _ = (session.send_window(), session.next_stream_id(), session.may_request());
    let _ = (session.last_processed_stream_id(), session.outbound_queue_len(), session.role());
    let _ = (session.decoder_table_size(), session.encoder_table_size(), session.mem());
    let _ = (session.excess(), session.counters());
    for number in 0..12 {
        let _ = session.local_setting(SettingId(number));
        let _ = session.remote_setting(SettingId(number));
    }
    check_tree(session, id);
}

/// The neighbours of a stream in the dependency tree know it as well.
fn check_tree(session: &Session, id: StreamId) {
    let _ = (session.weight(id), session.weight_of_children(id));
    if let Some(parent) = session.parent(id) {
        let mut sibling = session.first_child(parent);
        let mut steps = 0;
        while sibling.is_some_and(|sibling| sibling != id) {
            steps += 1;
            assert!(steps < 10_000, "an endless list of siblings");
            sibling = sibling.and_then(|sibling| session.next_sibling(sibling));
        }
        assert!(sibling == Some(id), "not among the children of its parent");
    }
    if let Some(next) = session.next_sibling(id) {
        assert_eq!(session.previous_sibling(next), Some(id));
        assert_eq!(session.parent(next), session.parent(id));
    }
    if let Some(child) = session.first_child(id) {
        assert_eq!(session.parent(child), Some(id));
        assert_eq!(session.previous_sibling(child), None);
    }
}
