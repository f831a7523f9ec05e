//! Priorities: the dependency tree of RFC 7540, and the urgencies of RFC 9218.

use core::ffi::c_int;

use nghttp2_engine::frame::{PrioritySpec, StreamId};
use nghttp2_engine::http::{Priority, PriorityField};

use crate::door::{array, priority, status, with};
use crate::session::nghttp2_session;
use crate::types::{NGHTTP2_DEFAULT_WEIGHT, nghttp2_extpri, nghttp2_priority_spec};

/// Fills in pri_spec, a place in the dependency tree: below stream_id, 0 being the root, with a
/// share of `weight`, which is not checked here. `exclusive` counts as 0 or 1 (RFC 7540 section
/// 5.3.1).
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_priority_spec_init(
    pri_spec: *mut nghttp2_priority_spec,
    stream_id: i32,
    weight: i32,
    exclusive: c_int,
) {
    let exclusive = u8::from(exclusive != 0);
    // SAFETY: the pointer is the program's, for this.
    unsafe { pri_spec.write(nghttp2_priority_spec { stream_id, weight, exclusive }) };
}

/// Fills in pri_spec with the default place in the dependency tree: below the root, with weight 16
/// (RFC 7540 section 5.3.5).
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_priority_spec_default_init(pri_spec: *mut nghttp2_priority_spec) {
    // SAFETY: the pointer is the program's, for this.
    unsafe { nghttp2_priority_spec_init(pri_spec, 0, NGHTTP2_DEFAULT_WEIGHT, 0) };
}

/// Returns nonzero if pri_spec is the default place in the dependency tree.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_priority_spec_check_default(
    pri_spec: *const nghttp2_priority_spec,
) -> c_int {
    // SAFETY: the pointer is a priority's.
    let spec = unsafe { priority(pri_spec) };
    c_int::from(spec == Some(PrioritySpec::default()))
}

/// Queues PRIORITY, which gives stream_id the place pri_spec (RFC 7540 section 6.3). A weight
/// outside its range is brought into it. Does nothing if the peer has said that it does not use
/// these priorities. `flags` is ignored.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0, pri_spec is NULL, or the stream
/// depends on itself; or ::NGHTTP2_ERR_NOMEM.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_submit_priority(
    session: *mut nghttp2_session,
    flags: u8,
    stream_id: i32,
    pri_spec: *const nghttp2_priority_spec,
) -> c_int {
    let (_, id) = (flags, StreamId::new(stream_id));
    // SAFETY: the program vouches for its pointers.
    status(unsafe { with(session, |engine| engine.submit_priority(id, priority(pri_spec))) })
}

/// Gives stream_id, which may be idle, the place pri_spec in our dependency tree, without telling
/// the peer. Does nothing once NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such stream, or it depends on itself;
/// or ::NGHTTP2_ERR_NOMEM.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_change_stream_priority(
    session: *mut nghttp2_session,
    stream_id: i32,
    pri_spec: *const nghttp2_priority_spec,
) -> c_int {
    let id = StreamId::new(stream_id);
    // SAFETY: the program vouches for its pointers.
    status(unsafe { with(session, |engine| engine.change_stream_priority(id, priority(pri_spec))) })
}

/// Makes stream_id, an idle stream, at the place pri_spec in our dependency tree, without telling
/// the peer, for others to depend on. Does nothing once NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was
/// submitted with 1.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if the id has been used, or depends on itself; or
/// ::NGHTTP2_ERR_NOMEM.
///
/// @deprecated The priorities of RFC 7540 are deprecated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_create_idle_stream(
    session: *mut nghttp2_session,
    stream_id: i32,
    pri_spec: *const nghttp2_priority_spec,
) -> c_int {
    let id = StreamId::new(stream_id);
    // SAFETY: the program vouches for its pointers.
    status(unsafe { with(session, |engine| engine.create_idle_stream(id, priority(pri_spec))) })
}

/// Gives the response on stream_id the priority extpri (RFC 9218 section 4). With a nonzero
/// ignore_client_signal what the client says about it does not count from now on. An urgency above
/// 7 counts as 7. Does nothing unless NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; ::NGHTTP2_ERR_INVALID_ARGUMENT if there is
/// no such stream; or ::NGHTTP2_ERR_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_change_extpri_stream_priority(
    session: *mut nghttp2_session,
    stream_id: i32,
    extpri: *const nghttp2_extpri,
    ignore_client_signal: c_int,
) -> c_int {
    let id = StreamId::new(stream_id);
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        let nghttp2_extpri { urgency, inc } = *extpri;
        let priority =
            Priority { urgency: urgency.min(u32::from(u8::MAX)) as u8, incremental: inc & 1 != 0 };
        with(session, |engine| {
            engine.change_response_priority(id, priority, ignore_client_signal != 0)
        })
    })
}

/// Stores the priority of the response on stream_id in extpri, which is left alone unless
/// NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
///
/// Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; or ::NGHTTP2_ERR_INVALID_ARGUMENT if there
/// is no such stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_session_get_extpri_stream_priority(
    session: *mut nghttp2_session,
    extpri: *mut nghttp2_extpri,
    stream_id: i32,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        let found = with(session, |engine| engine.response_priority(StreamId::new(stream_id)));
        found.map(|priority| {
            if let Some(priority) = priority {
                let (urgency, inc) =
                    (u32::from(priority.urgency), c_int::from(priority.incremental));
                *extpri = nghttp2_extpri { urgency, inc };
            }
        })
    })
}

/// Parses len octets of `value` as the value of a Priority field (RFC 9218 section 4), and stores
/// what it says in extpri. What it does not mention stays, so fill in defaults first. If it cannot
/// be parsed, extpri is left alone.
///
/// Returns 0 or ::NGHTTP2_ERR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nghttp2_extpri_parse_priority(
    extpri: *mut nghttp2_extpri,
    value: *const u8,
    len: usize,
) -> c_int {
    // SAFETY: the program vouches for its pointers.
    status(unsafe {
        PriorityField::parse(array(value, len)).map(|field| {
            if let Some(urgency) = field.urgency {
                (*extpri).urgency = u32::from(urgency);
            }
            if let Some(incremental) = field.incremental {
                (*extpri).inc = c_int::from(incremental);
            }
        })
    })
}
