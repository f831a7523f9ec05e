//! What the callbacks of one session work on: its user data.

use std::ffi::{c_int, c_void};

use c_types::{
    Callbacks, DataProvider, DataSource, FrameHd, ReadCallback, Session, data_flag, error, flag,
    frame_type,
};

use super::hpack::{FieldList, slice};
use super::library::Library;
use crate::digest::Digest;

/// The body of a message. What the data source needs fits into its own fields, so that the harness
/// keeps no books about streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    None,
    /// So many octets in one frame, then the end.
    Once(usize),
    /// The same, then trailers.
    WithTrailers(usize),
    /// Frames of so many octets without end.
    Endless(usize),
    /// The same, with the payload left to the send_data callback.
    EndlessNoCopy(usize),
    /// One such frame each time the stream is woken, otherwise deferred.
    Woken(usize),
}

/// One way to answer a request.
pub struct Answer {
    pub fields: FieldList,
    pub body: Body,
    pub trailers: FieldList,
}

pub struct Seat {
    pub(super) library: &'static Library,
    /// Whether what is seen goes into the digest.
    pub(super) watch: bool,
    pub digest: Digest,
    /// A server's answers, taken in turns. Without any it does not answer.
    pub(super) answers: &'static [Answer],
    pub(super) answered: usize,
    /// A stream woken just now.
    pub(super) awake: bool,
    /// DATA frames sent of endless bodies, and how many it shall be.
    pub frames_sent: u64,
    pub(super) frames_wanted: u64,
    /// Streams closed, and octets of content received.
    pub closed: u64,
    pub content: u64,
}

impl Seat {
    pub(super) unsafe fn of<'a>(user_data: *mut c_void) -> &'a mut Seat {
        unsafe { &mut *user_data.cast() }
    }

    /// Answers a request, once all of it is there.
    unsafe fn answer(&mut self, session: *mut Session, stream: i32) {
        let Some(answer) = self.answers.get(self.answered % self.answers.len().max(1)) else {
            return;
        };
        self.answered += 1;
        let fields = &answer.fields.entries;
        let provider = provider(answer.body);
        let pointer = provider.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
        let submit = self.library.functions.submit_response2;
        let result = unsafe { submit(session, stream, fields.as_ptr(), fields.len(), pointer) };
        self.library.check("submit_response2", result as isize);
    }

    unsafe fn trailers(&mut self, session: *mut Session, stream: i32) {
        let Some(answer) = self.answers.first() else { return };
        let fields = &answer.trailers.entries;
        let submit = self.library.functions.submit_trailer;
        let result = unsafe { submit(session, stream, fields.as_ptr(), fields.len()) };
        self.library.check("submit_trailer", result as isize);
    }
}

/// What bodies are made of: nothing compresses it, nothing looks at it.
static CONTENT: [u8; 65536] = [b'x'; 65536];

/// The C form of a body. Its length stands where a file descriptor would.
pub(super) fn provider(body: Body) -> Option<DataProvider> {
    let (length, read): (usize, ReadCallback) = match body {
        Body::None => return None,
        Body::Once(length) => (length, read_once),
        Body::WithTrailers(length) => (length, read_with_trailers),
        Body::Endless(length) => (length, read_endless),
        Body::EndlessNoCopy(length) => (length, read_no_copy),
        Body::Woken(length) => (length, read_woken),
    };
    let source = DataSource { fd: length as c_int };
    Some(DataProvider { source, read_callback: Some(read) })
}

/// Copies as much of a frame as there is room for.
unsafe fn fill(buffer: *mut u8, room: usize, source: *const DataSource) -> isize {
    let length = room.min(unsafe { (*source).fd } as usize).min(CONTENT.len());
    unsafe { std::ptr::copy_nonoverlapping(CONTENT.as_ptr(), buffer, length) };
    length as isize
}

unsafe extern "C" fn read_once(
    _: *mut Session,
    _: i32,
    buffer: *mut u8,
    room: usize,
    flags: *mut u32,
    source: *mut DataSource,
    _: *mut c_void,
) -> isize {
    unsafe {
        *flags |= data_flag::EOF;
        fill(buffer, room, source)
    }
}

unsafe extern "C" fn read_with_trailers(
    session: *mut Session,
    stream: i32,
    buffer: *mut u8,
    room: usize,
    flags: *mut u32,
    source: *mut DataSource,
    user_data: *mut c_void,
) -> isize {
    unsafe {
        *flags |= data_flag::EOF | data_flag::NO_END_STREAM;
        Seat::of(user_data).trailers(session, stream);
        fill(buffer, room, source)
    }
}

unsafe extern "C" fn read_endless(
    _: *mut Session,
    _: i32,
    buffer: *mut u8,
    room: usize,
    _: *mut u32,
    source: *mut DataSource,
    user_data: *mut c_void,
) -> isize {
    unsafe {
        Seat::of(user_data).frames_sent += 1;
        fill(buffer, room, source)
    }
}

unsafe extern "C" fn read_no_copy(
    _: *mut Session,
    _: i32,
    _: *mut u8,
    room: usize,
    flags: *mut u32,
    source: *mut DataSource,
    _: *mut c_void,
) -> isize {
    unsafe {
        *flags |= data_flag::NO_COPY;
        room.min((*source).fd as usize) as isize
    }
}

unsafe extern "C" fn read_woken(
    _: *mut Session,
    _: i32,
    buffer: *mut u8,
    room: usize,
    _: *mut u32,
    source: *mut DataSource,
    user_data: *mut c_void,
) -> isize {
    let seat = unsafe { Seat::of(user_data) };
    if !std::mem::take(&mut seat.awake) {
        return error::DEFERRED as isize;
    }
    seat.frames_sent += 1;
    unsafe { fill(buffer, room, source) }
}

/// The payload itself is not looked at: writing it would cost both libraries the same.
unsafe extern "C" fn send_data(
    _: *mut Session,
    frame: *mut FrameHd,
    head: *const u8,
    length: usize,
    _: *mut DataSource,
    user_data: *mut c_void,
) -> c_int {
    let seat = unsafe { Seat::of(user_data) };
    if seat.frames_sent == seat.frames_wanted {
        return error::WOULDBLOCK as c_int;
    }
    seat.frames_sent += 1;
    if seat.watch {
        seat.digest.output(unsafe { slice(head, 9) });
        seat.digest.event("send data", unsafe { (*frame).stream_id }, &length.to_be_bytes());
    }
    0
}

unsafe extern "C" fn on_begin_headers(
    _: *mut Session,
    frame: *const FrameHd,
    user_data: *mut c_void,
) -> c_int {
    let seat = unsafe { Seat::of(user_data) };
    if seat.watch {
        seat.digest.event("begin headers", unsafe { (*frame).stream_id }, b"");
    }
    0
}

unsafe extern "C" fn on_header(
    _: *mut Session,
    frame: *const FrameHd,
    name: *const u8,
    name_length: usize,
    value: *const u8,
    value_length: usize,
    flags: u8,
    user_data: *mut c_void,
) -> c_int {
    let seat = unsafe { Seat::of(user_data) };
    if seat.watch {
        let (stream, name) = unsafe { ((*frame).stream_id, slice(name, name_length)) };
        seat.digest.field(stream, name, unsafe { slice(value, value_length) }, flags);
    }
    0
}

unsafe extern "C" fn on_frame_recv(
    session: *mut Session,
    frame: *const FrameHd,
    user_data: *mut c_void,
) -> c_int {
    let (seat, head) = unsafe { (Seat::of(user_data), *frame) };
    if seat.watch {
        seat.digest.event("frame", head.stream_id, &[head.kind, head.flags]);
    }
    if head.kind <= frame_type::HEADERS && head.flags & flag::END_STREAM != 0 {
        unsafe { seat.answer(session, head.stream_id) };
    }
    0
}

unsafe extern "C" fn on_data_chunk(
    _: *mut Session,
    flags: u8,
    stream: i32,
    data: *const u8,
    length: usize,
    user_data: *mut c_void,
) -> c_int {
    let seat = unsafe { Seat::of(user_data) };
    seat.content += length as u64;
    if seat.watch {
        seat.digest.event("chunk", stream, &[flags]);
        seat.digest.event("octets", stream, unsafe { slice(data, length) });
    }
    0
}

unsafe extern "C" fn on_stream_close(
    _: *mut Session,
    stream: i32,
    error: u32,
    user_data: *mut c_void,
) -> c_int {
    let seat = unsafe { Seat::of(user_data) };
    seat.closed += 1;
    if seat.watch {
        seat.digest.event("close", stream, &error.to_be_bytes());
    }
    0
}

type Setter = unsafe extern "C" fn(*mut Callbacks, *const c_void);

/// Registers all of the above.
pub(super) unsafe fn register(library: &'static Library, callbacks: *mut Callbacks) {
    let all: [(&str, *const c_void); 6] = [
        ("send_data", send_data as *const c_void),
        ("on_begin_headers", on_begin_headers as *const c_void),
        ("on_header", on_header as *const c_void),
        ("on_frame_recv", on_frame_recv as *const c_void),
        ("on_data_chunk_recv", on_data_chunk as *const c_void),
        ("on_stream_close", on_stream_close as *const c_void),
    ];
    for (name, callback) in all {
        let name = format!("session_callbacks_set_{name}_callback");
        match unsafe { library.optional::<Setter>(&name) } {
            Some(set) => unsafe { set(callbacks, callback) },
            None => panic!("{} has no nghttp2_{name}", library.name),
        }
    }
}
