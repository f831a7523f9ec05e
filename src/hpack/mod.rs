//! Compression of header fields by itself (RFC 7541): its two ends, and what they have in common.

mod deflate;
mod inflate;

use core::ptr;

use nghttp2_engine::error::Result;
use nghttp2_engine::mem::{FieldFlags, Mem, Vec};

use crate::types::nghttp2_nv;
pub use deflate::*;
pub use inflate::*;

/// The table entries that a program has asked for. They must stay where they are until the table
/// changes.
struct Entries {
    list: Vec<nghttp2_nv>,
}

impl Entries {
    fn new(mem: Mem) -> Entries {
        Entries { list: Vec::new(mem) }
    }

    /// The entry with an index from 1 on; `entry` knows them all.
    fn get<'t>(
        &mut self,
        index: usize,
        count: usize,
        entry: impl Fn(usize) -> Option<(&'t [u8], &'t [u8])>,
    ) -> Result<*const nghttp2_nv> {
        if self.list.is_empty() {
            self.list.reserve_total(count)?;
            for (name, value) in (1..=count).filter_map(entry) {
                self.list.push(nv(name, value, FieldFlags::NONE))?;
            }
        }
        let place = index.checked_sub(1).and_then(|place| self.list.get(place));
        Ok(place.map_or(ptr::null(), ptr::from_ref))
    }

    /// The table has changed.
    fn forget(&mut self) {
        self.list.clear();
    }
}

fn nv(name: &[u8], value: &[u8], flags: FieldFlags) -> nghttp2_nv {
    nghttp2_nv {
        name: name.as_ptr().cast_mut(),
        value: value.as_ptr().cast_mut(),
        namelen: name.len(),
        valuelen: value.len(),
        flags: flags.bits(),
    }
}
