//! Data sources: a plan of reads, and the read callbacks.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ffi::c_void;

use c_types::*;

use crate::callbacks::called;
use crate::log::log;
use crate::script::{Step, number};

/// One item of a `read=` value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Item {
    /// So many octets, over as many reads as it takes; the flags go with the last of them,
    /// NO_COPY with each.
    Body {
        left: usize,
        flags: u32,
    },
    Result(i64),
    /// Claims more octets than the buffer holds.
    Over,
    /// The application puts another source in place; the next read finds it.
    Swap(usize),
}

pub struct Source {
    items: RefCell<VecDeque<Item>>,
    offset: Cell<usize>,
}

impl Source {
    pub fn of(step: &Step) -> Source {
        let items = step.text("read").unwrap_or("").split(',').filter_map(item).collect();
        Source { items: RefCell::new(items), offset: Cell::new(0) }
    }

    /// Result and flags of one read of at most `room` octets.
    fn next(&self, room: usize, pointer: &mut usize) -> (i64, u32) {
        let mut items = self.items.borrow_mut();
        match items.front_mut() {
            None => (0, data_flag::EOF),
            Some(Item::Body { left, flags }) if *left > room => {
                *left -= room;
                (room as i64, *flags & data_flag::NO_COPY)
            }
            Some(&mut Item::Body { left, flags }) => {
                items.pop_front();
                (left as i64, flags)
            }
            Some(&mut Item::Result(result)) => {
                items.pop_front();
                (result, 0)
            }
            Some(Item::Over) => {
                items.pop_front();
                (room as i64 + 1, 0)
            }
            Some(&mut Item::Swap(other)) => {
                items.pop_front();
                *pointer = other;
                (0, 0)
            }
        }
    }
}

fn item(text: &str) -> Option<Item> {
    match text {
        "defer" => return Some(Item::Result(error::DEFERRED)),
        "pause" => return Some(Item::Result(error::PAUSE)),
        "temp" => return Some(Item::Result(error::TEMPORAL)),
        "over" => return Some(Item::Over),
        _ => {}
    }
    if let Some(other) = text.strip_prefix("swap") {
        return Some(Item::Swap(number(other)? as usize));
    }
    let digits = text.trim_end_matches(['e', 'n', 'c']);
    let flags = text[digits.len()..].bytes().fold(0, |flags, letter| {
        flags
            | match letter {
                b'e' => data_flag::EOF,
                b'n' => data_flag::NO_END_STREAM,
                _ => data_flag::NO_COPY,
            }
    });
    match number(digits)? {
        n if n < 0 => Some(Item::Result(n)),
        n => Some(Item::Body { left: n as usize, flags }),
    }
}

/// A provider for the step; `no_read` leaves the callback out.
pub fn provider(source: usize, step: &Step) -> DataProvider {
    let callback: ReadCallback = read;
    DataProvider {
        source: DataSource { ptr: source as *mut c_void },
        read_callback: (!step.has("no_read")).then_some(callback),
    }
}

unsafe extern "C" fn read(
    session: *mut Session,
    stream: i32,
    buf: *mut u8,
    length: usize,
    data_flags: *mut u32,
    source: *mut DataSource,
    user_data: *mut c_void,
) -> isize {
    let tag = unsafe { (*source).ptr } as usize;
    let preset = unsafe { *data_flags };
    let call = called(
        session,
        user_data,
        "read",
        "read",
        stream,
        format_args!("stream={stream} length={length} source={tag} flags={preset}"),
    );
    let Some(call) = call else { return 0 };
    let found = call.endpoint.sources.borrow().get(tag.wrapping_sub(1)).cloned();
    let Some(found) = found else { return error::TEMPORAL as isize };
    let mut pointer = tag;
    let (mut result, flags) = found.next(length, &mut pointer);
    if pointer != tag {
        unsafe { (*source).ptr = pointer as *mut c_void };
    }
    if let Some(verdict) = call.verdict {
        result = verdict;
    }
    unsafe { *data_flags = flags };
    if result > 0 && result as usize <= length && flags & data_flag::NO_COPY == 0 {
        let start = found.offset.get();
        let octets = unsafe { std::slice::from_raw_parts_mut(buf, result as usize) };
        for (n, octet) in octets.iter_mut().enumerate() {
            *octet = (start + n) as u8 ^ stream as u8;
        }
    }
    if result > 0 {
        found.offset.set(found.offset.get() + result as usize);
    }
    log!(call.log, "-> {result} flags={flags}");
    result as isize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::step;

    #[test]
    fn a_body_is_carried_over_reads_and_ends_with_its_flags() {
        let mut tag = 1;
        let source = Source::of(&step('s', "x").arg("read", "250,defer,10en"));
        assert_eq!(source.next(100, &mut tag), (100, 0));
        assert_eq!(source.next(100, &mut tag), (100, 0));
        assert_eq!(source.next(100, &mut tag), (50, 0));
        assert_eq!(source.next(100, &mut tag), (error::DEFERRED, 0));
        assert_eq!(source.next(100, &mut tag), (10, data_flag::EOF | data_flag::NO_END_STREAM));
        assert_eq!(source.next(100, &mut tag), (0, data_flag::EOF));
    }
}
