//! The engine's frames as C structures.

use core::ffi::c_void;
use core::ptr;

use nghttp2_engine::error::Result;
use nghttp2_engine::frame::{Body, Frame, Head, PrioritySpec};
use nghttp2_engine::mem::{Field, Mem, Vec};

use crate::types::*;

/// A frame in the form that callbacks see. What it points to belongs to the engine, or to this.
pub(crate) struct View {
    frame: nghttp2_frame,
    extension: Extension,
    origins: Vec<nghttp2_origin_entry>,
}

/// What the payload of an extension frame points to.
#[derive(Clone, Copy)]
union Extension {
    altsvc: nghttp2_ext_altsvc,
    origin: nghttp2_ext_origin,
    priority_update: nghttp2_ext_priority_update,
}

impl View {
    pub fn new(mem: Mem) -> View {
        let hd = nghttp2_frame_hd { length: 0, stream_id: 0, r#type: 0, flags: 0, reserved: 0 };
        let origin = nghttp2_ext_origin { nov: 0, ov: ptr::null_mut() };
        View {
            frame: nghttp2_frame { hd },
            extension: Extension { origin },
            origins: Vec::new(mem),
        }
    }

    /// How many octets of heap it holds.
    pub fn memory(&self) -> usize {
        self.origins.memory()
    }

    /// The frame for a callback.
    ///
    /// # Safety
    /// The pointer is that of a view.
    pub unsafe fn frame(this: *mut View) -> *mut nghttp2_frame {
        // SAFETY: the caller vouches for it; no reference is made.
        unsafe { &raw mut (*this).frame }
    }

    /// Brings the frame header up to date, for a header block that goes on.
    ///
    /// # Safety
    /// The pointer is that of a view, of which no borrow is alive.
    pub unsafe fn set_head(this: *mut View, head: Head) {
        // SAFETY: the caller vouches for it.
        unsafe { (*this).frame.hd = hd(head) };
    }

    /// Says what the program has made of an extension frame.
    ///
    /// # Safety
    /// The pointer is that of a view, of which no borrow is alive.
    pub unsafe fn set_payload(this: *mut View, payload: *mut c_void) {
        // SAFETY: the caller vouches for it.
        unsafe { (*this).frame.ext.payload = payload };
    }

    /// Takes in DATA. Its header was written part by part, and so is read.
    ///
    /// # Safety
    /// The pointer is that of a view, of which no borrow is alive.
    #[inline]
    pub unsafe fn fill_data(this: *mut View, head: &Head, padding: usize) {
        // SAFETY: the caller vouches for the pointer.
        unsafe { (*this).frame.data = nghttp2_data { hd: hd(*head), padlen: padding } };
    }

    /// Takes in a frame.
    ///
    /// # Safety
    /// The pointer is that of a view, of which no borrow is alive. The view may be read as long as
    /// what the frame lends is there.
    pub unsafe fn fill(this: *mut View, frame: &Frame<'_>) -> Result<()> {
        let hd = hd(frame.head);
        let frame = match &frame.body {
            Body::Data(data) => nghttp2_frame { data: nghttp2_data { hd, padlen: data.padding } },
            Body::Headers(headers) => {
                let (nva, nvlen) = fields(headers.fields);
                let padlen = headers.padding;
                let (pri_spec, cat) = (priority(headers.priority), headers.category as u32);
                nghttp2_frame { headers: nghttp2_headers { hd, padlen, pri_spec, nva, nvlen, cat } }
            }
            Body::Priority(spec) => {
                nghttp2_frame { priority: nghttp2_priority { hd, pri_spec: priority(*spec) } }
            }
            Body::RstStream(reset) => {
                let error_code = reset.code.0;
                nghttp2_frame { rst_stream: nghttp2_rst_stream { hd, error_code } }
            }
            Body::Settings(settings) => {
                let niv = settings.entries.len();
                let iv = pointer(settings.entries).cast();
                nghttp2_frame { settings: nghttp2_settings { hd, niv, iv } }
            }
            Body::PushPromise(promise) => {
                let (nva, nvlen) = fields(promise.fields);
                let (padlen, reserved) = (promise.padding, 0);
                let promised_stream_id = promise.promised_id.get();
                nghttp2_frame {
                    push_promise: nghttp2_push_promise {
                        hd,
                        padlen,
                        nva,
                        nvlen,
                        promised_stream_id,
                        reserved,
                    },
                }
            }
            Body::Ping(ping) => {
                nghttp2_frame { ping: nghttp2_ping { hd, opaque_data: ping.opaque } }
            }
            Body::Goaway(goaway) => nghttp2_frame {
                goaway: nghttp2_goaway {
                    hd,
                    last_stream_id: goaway.last_stream_id.get(),
                    error_code: goaway.code.0,
                    opaque_data: pointer(goaway.debug),
                    opaque_data_len: goaway.debug.len(),
                    reserved: 0,
                },
            },
            Body::WindowUpdate(update) => nghttp2_frame {
                window_update: nghttp2_window_update {
                    hd,
                    window_size_increment: update.increment,
                    reserved: 0,
                },
            },
            Body::Extension(word) => {
                let payload = ptr::with_exposed_provenance_mut(*word);
                nghttp2_frame { ext: nghttp2_extension { hd, payload } }
            }
            Body::Altsvc(_) | Body::Origin(_) | Body::PriorityUpdate(_) => {
                // SAFETY: the caller vouches for the pointer.
                let payload = unsafe { Self::fill_extension(this, &frame.body)? };
                nghttp2_frame { ext: nghttp2_extension { hd, payload } }
            }
        };
        // SAFETY: the caller vouches for the pointer.
        unsafe { (*this).frame = frame };
        Ok(())
    }

    /// Takes in the payload of an extension frame; returns where it is.
    ///
    /// # Safety
    /// As for [`View::fill`].
    unsafe fn fill_extension(this: *mut View, body: &Body<'_>) -> Result<*mut c_void> {
        let extension = match body {
            Body::Altsvc(altsvc) => {
                let empty = altsvc.origin.is_empty() && altsvc.value.is_empty();
                let pointer =
                    |text: &[u8]| if empty { ptr::null_mut() } else { text.as_ptr().cast_mut() };
                Extension {
                    altsvc: nghttp2_ext_altsvc {
                        origin: pointer(altsvc.origin),
                        origin_len: altsvc.origin.len(),
                        field_value: pointer(altsvc.value),
                        field_value_len: altsvc.value.len(),
                    },
                }
            }
            Body::Origin(origin) => {
                // SAFETY: the caller vouches for the pointer; only this field is borrowed.
                let list = unsafe { &mut (*this).origins };
                list.clear();
                for origin in origin.origins() {
                    let (start, origin_len) = (origin.as_ptr().cast_mut(), origin.len());
                    list.push(nghttp2_origin_entry { origin: start, origin_len })?;
                }
                let (nov, ov) = (list.len(), pointer(&list[..]));
                Extension { origin: nghttp2_ext_origin { nov, ov } }
            }
            Body::PriorityUpdate(update) => Extension {
                priority_update: nghttp2_ext_priority_update {
                    stream_id: update.prioritized_id.get(),
                    field_value: pointer(update.value),
                    field_value_len: update.value.len(),
                },
            },
            _ => return Ok(ptr::null_mut()),
        };
        // SAFETY: the caller vouches for the pointer; no reference is made.
        unsafe {
            (*this).extension = extension;
            Ok((&raw mut (*this).extension).cast())
        }
    }
}

/// A frame header.
pub(crate) fn hd(head: Head) -> nghttp2_frame_hd {
    nghttp2_frame_hd {
        length: head.length,
        stream_id: head.stream_id.get(),
        r#type: head.kind.0,
        flags: head.flags.0,
        reserved: 0,
    }
}

fn priority(spec: PrioritySpec) -> nghttp2_priority_spec {
    nghttp2_priority_spec {
        stream_id: spec.depends_on.get(),
        weight: spec.weight,
        exclusive: u8::from(spec.exclusive),
    }
}

fn fields(fields: &[Field<'_>]) -> (*mut nghttp2_nv, usize) {
    (pointer(fields).cast(), fields.len())
}

/// Where a slice begins; NULL if there is nothing in it.
fn pointer<T>(slice: &[T]) -> *mut T {
    if slice.is_empty() { ptr::null_mut() } else { slice.as_ptr().cast_mut() }
}
