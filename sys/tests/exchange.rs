//! A request and its response between two sessions, by the declarations that Rust programs use.

use std::ffi::{CStr, c_int, c_void};
use std::{ptr, slice};

use libnghttp2_sys::*;

const BODY: &[u8] = b"as it was before, and without C";

/// What one end has heard.
#[derive(Default)]
struct Heard {
    fields: Vec<(String, String)>,
    body: Vec<u8>,
    closed: Vec<(i32, u32)>,
    /// How much of [`BODY`] this end has sent.
    sent: usize,
}

#[test]
fn a_request_is_answered() {
    // SAFETY: the functions are called as their documentation wants it.
    unsafe {
        let (mut at_client, mut at_server) = (Heard::default(), Heard::default());
        let callbacks = callbacks();
        let (mut client, mut server) = (ptr::null_mut(), ptr::null_mut());
        let user_data = (&raw mut at_client).cast();
        assert_eq!(nghttp2_session_client_new(&mut client, callbacks, user_data), 0);
        let user_data = (&raw mut at_server).cast();
        assert_eq!(nghttp2_session_server_new(&mut server, callbacks, user_data), 0);
        nghttp2_session_callbacks_del(callbacks);

        for session in [client, server] {
            let none = NGHTTP2_FLAG_NONE as u8;
            assert_eq!(nghttp2_submit_settings(session, none, ptr::null(), 0), 0);
        }
        let request = [
            field(":method", "GET"),
            field(":scheme", "https"),
            field(":authority", "example.org"),
            field(":path", "/"),
        ];
        let id = nghttp2_submit_request2(
            client,
            ptr::null(),
            request.as_ptr(),
            request.len(),
            ptr::null(),
            ptr::null_mut(),
        );
        assert_eq!(id, 1);
        while hand_over(client, server) + hand_over(server, client) > 0 {}

        assert_eq!(at_server.fields.len(), request.len());
        assert_eq!(at_server.fields[3], (":path".to_owned(), "/".to_owned()));
        assert_eq!(at_client.fields, [(":status".to_owned(), "200".to_owned())]);
        assert_eq!(at_client.body, BODY);
        assert_eq!(at_client.closed, [(1, NGHTTP2_NO_ERROR)]);
        assert_eq!(at_server.closed, [(1, NGHTTP2_NO_ERROR)]);
        nghttp2_session_del(client);
        nghttp2_session_del(server);
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    // SAFETY: the function needs no more than a number, and what it returns lasts.
    let version = unsafe { CStr::from_ptr((*nghttp2_version(0)).version_str) };
    let (_, interface) = env!("CARGO_PKG_VERSION").split_once('+').unwrap();
    assert_eq!(version.to_str().unwrap(), interface);
}

unsafe fn callbacks() -> *mut nghttp2_session_callbacks {
    let mut table = ptr::null_mut();
    // SAFETY: the table is there before it is filled.
    unsafe {
        assert_eq!(nghttp2_session_callbacks_new(&mut table), 0);
        nghttp2_session_callbacks_set_on_header_callback(table, Some(on_header));
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table, Some(on_chunk));
        nghttp2_session_callbacks_set_on_frame_recv_callback(table, Some(on_frame));
        nghttp2_session_callbacks_set_on_stream_close_callback(table, Some(on_close));
    }
    table
}

/// Neither text is written to, whatever the types of C say.
fn field(name: &str, value: &str) -> nghttp2_nv {
    nghttp2_nv {
        name: name.as_ptr().cast_mut(),
        value: value.as_ptr().cast_mut(),
        namelen: name.len(),
        valuelen: value.len(),
        flags: NGHTTP2_NV_FLAG_NONE as u8,
    }
}

/// Everything that one session has to say, to the other. Returns how much it was.
unsafe fn hand_over(from: *mut nghttp2_session, to: *mut nghttp2_session) -> usize {
    let mut sum = 0;
    loop {
        let mut octets = ptr::null();
        // SAFETY: what is handed out lasts until the next call with the same session.
        unsafe {
            let length = nghttp2_session_mem_send2(from, &mut octets);
            assert!(length >= 0, "error {length}");
            if length == 0 {
                return sum;
            }
            assert_eq!(nghttp2_session_mem_recv2(to, octets, length as usize), length);
            sum += length as usize;
        }
    }
}

/// SAFETY of all callbacks: the library passes on what was given to the session, and lengths that
/// belong to their pointers.
unsafe extern "C" fn on_header(
    _: *mut nghttp2_session,
    _: *const nghttp2_frame,
    name: *const u8,
    namelen: usize,
    value: *const u8,
    valuelen: usize,
    _: u8,
    user_data: *mut c_void,
) -> c_int {
    let text = |start, length| {
        String::from_utf8(unsafe { slice::from_raw_parts(start, length) }.to_vec()).unwrap()
    };
    let heard = unsafe { &mut *user_data.cast::<Heard>() };
    heard.fields.push((text(name, namelen), text(value, valuelen)));
    0
}

unsafe extern "C" fn on_chunk(
    _: *mut nghttp2_session,
    _: u8,
    _: i32,
    data: *const u8,
    len: usize,
    user_data: *mut c_void,
) -> c_int {
    let heard = unsafe { &mut *user_data.cast::<Heard>() };
    heard.body.extend_from_slice(unsafe { slice::from_raw_parts(data, len) });
    0
}

unsafe extern "C" fn on_frame(
    session: *mut nghttp2_session,
    frame: *const nghttp2_frame,
    _: *mut c_void,
) -> c_int {
    let hd = unsafe { (*frame).hd };
    if u32::from(hd.type_) != NGHTTP2_HEADERS
        || unsafe { (*frame).headers.cat } != NGHTTP2_HCAT_REQUEST
    {
        return 0;
    }
    let source = nghttp2_data_source { ptr: ptr::null_mut() };
    let body = nghttp2_data_provider2 { source, read_callback: Some(read_body) };
    let response = [field(":status", "200")];
    unsafe { nghttp2_submit_response2(session, hd.stream_id, response.as_ptr(), 1, &body) }
}

unsafe extern "C" fn read_body(
    _: *mut nghttp2_session,
    _: i32,
    buf: *mut u8,
    length: usize,
    data_flags: *mut u32,
    _: *mut nghttp2_data_source,
    user_data: *mut c_void,
) -> nghttp2_ssize {
    let heard = unsafe { &mut *user_data.cast::<Heard>() };
    // A few octets at a time, so that there is more than one DATA frame.
    let part = &BODY[heard.sent..];
    let part = &part[..part.len().min(length).min(10)];
    heard.sent += part.len();
    unsafe {
        ptr::copy_nonoverlapping(part.as_ptr(), buf, part.len());
        if heard.sent == BODY.len() {
            *data_flags |= NGHTTP2_DATA_FLAG_EOF;
        }
    }
    part.len() as nghttp2_ssize
}

unsafe extern "C" fn on_close(
    _: *mut nghttp2_session,
    stream_id: i32,
    error_code: u32,
    user_data: *mut c_void,
) -> c_int {
    let heard = unsafe { &mut *user_data.cast::<Heard>() };
    heard.closed.push((stream_id, error_code));
    0
}
