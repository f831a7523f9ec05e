//! The transcript: lines of text in memory shared with the parent process, so that what was
//! written before a crash can still be read.

use std::cell::Cell;
use std::fmt::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use c_types::*;

/// Longest octet string printed in full.
const SHOWN: usize = 64;

/// Words the driver passes through the library are smaller than any address.
pub const TAGS: usize = 0x10000;

pub struct Log {
    base: *mut u8,
    capacity: usize,
    depth: Cell<usize>,
}

const HEAD: usize = size_of::<AtomicUsize>();

/// Zeroed memory that a forked child shares with its parent.
pub fn shared(size: usize) -> *mut u8 {
    let base = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            size,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_SHARED | libc::MAP_ANONYMOUS,
            -1,
            0,
        )
    };
    assert!(base != libc::MAP_FAILED, "no shared memory");
    base.cast()
}

impl Log {
    /// A transcript in a shared mapping of its own.
    pub fn new(capacity: usize) -> Log {
        let base = shared(capacity);
        Log { base, capacity, depth: Cell::new(0) }
    }

    fn len(&self) -> &AtomicUsize {
        unsafe { &*self.base.cast() }
    }

    pub fn clear(&self) {
        self.len().store(0, Ordering::Relaxed);
        self.depth.set(0);
    }

    pub fn bytes(&self) -> &[u8] {
        unsafe {
            std::slice::from_raw_parts(self.base.add(HEAD), self.len().load(Ordering::Relaxed))
        }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }

    pub fn is_full(&self) -> bool {
        self.len().load(Ordering::Relaxed) + HEAD + 4096 > self.capacity
    }

    /// Octets beyond the capacity are dropped; both libraries lose the same ones.
    pub fn push(&self, bytes: &[u8]) {
        let len = self.len().load(Ordering::Relaxed);
        let room = self.capacity - HEAD - len;
        let n = bytes.len().min(room);
        unsafe { self.base.add(HEAD + len).copy_from_nonoverlapping(bytes.as_ptr(), n) };
        self.len().store(len + n, Ordering::Relaxed);
    }

    /// Writes one indented line.
    pub fn line(&self, text: fmt::Arguments<'_>) {
        for _ in 0..self.depth.get() {
            self.push(b"  ");
        }
        let _ = (&mut &*self).write_fmt(text);
        self.push(b"\n");
    }

    /// Indents everything written until [`Log::leave`].
    pub fn enter(&self) {
        self.depth.set(self.depth.get() + 1);
    }

    pub fn leave(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }

    pub fn depth(&self) -> usize {
        self.depth.get()
    }
}

impl Write for &Log {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes());
        Ok(())
    }
}

/// Writes one line to a transcript.
macro_rules! log {
    ($log:expr, $($format:tt)*) => { $log.line(format_args!($($format)*)) };
}
pub(crate) use log;

/// Octets in hex; long ones as a beginning, a length and a checksum.
pub struct Hex<'a>(pub &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let shown = if self.0.len() > SHOWN { SHOWN / 2 } else { self.0.len() };
        let mut buffer = [0u8; 2 * SHOWN];
        for (pair, &b) in buffer.chunks_exact_mut(2).zip(&self.0[..shown]) {
            pair[0] = DIGITS[(b >> 4) as usize];
            pair[1] = DIGITS[(b & 15) as usize];
        }
        f.write_str(std::str::from_utf8(&buffer[..2 * shown]).unwrap_or(""))?;
        if shown < self.0.len() {
            write!(f, "..[{} octets, sum {:08x}]", self.0.len(), checksum(self.0))?;
        }
        Ok(())
    }
}

/// Octets as text, escaped where not printable.
pub struct Text<'a>(pub &'a [u8]);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if self.0.len() > 2 * SHOWN { SHOWN } else { self.0.len() };
        for &b in &self.0[..shown] {
            if (0x20..0x7f).contains(&b) && b != b'%' {
                f.write_char(b as char)?;
            } else {
                write!(f, "%{b:02x}")?;
            }
        }
        if shown < self.0.len() {
            write!(f, "..[{} octets, sum {:08x}]", self.0.len(), checksum(self.0))?;
        }
        Ok(())
    }
}

/// Eight octets a round, to keep long bodies cheap.
pub fn checksum(bytes: &[u8]) -> u32 {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let word = word.try_into().map_or(0, u64::from_le_bytes);
        sum = (sum.rotate_left(5) ^ word).wrapping_mul(0x0100_0000_01b3);
    }
    for &b in words.remainder() {
        sum = (sum ^ b as u64).wrapping_mul(0x0100_0000_01b3);
    }
    (sum ^ (sum >> 32)) as u32
}

/// The octets behind a pointer the library handed out.
///
/// # Safety
/// `base` is null or points to `len` octets that stay put for `'a`.
pub unsafe fn lent<'a>(base: *const u8, len: usize) -> &'a [u8] {
    if base.is_null() || len == 0 {
        return &[];
    }
    unsafe { std::slice::from_raw_parts(base, len) }
}

/// The name of a frame type.
pub fn type_name(kind: u8) -> &'static str {
    match kind {
        0 => "DATA",
        1 => "HEADERS",
        2 => "PRIORITY",
        3 => "RST_STREAM",
        4 => "SETTINGS",
        5 => "PUSH_PROMISE",
        6 => "PING",
        7 => "GOAWAY",
        8 => "WINDOW_UPDATE",
        9 => "CONTINUATION",
        10 => "ALTSVC",
        12 => "ORIGIN",
        16 => "PRIORITY_UPDATE",
        _ => "type",
    }
}

/// A frame header as a callback sees it.
pub struct ShowHd(pub FrameHd);

impl fmt::Display for ShowHd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hd = self.0;
        f.write_str(type_name(hd.kind))?;
        if type_name(hd.kind) == "type" {
            write!(f, "{:#04x}", hd.kind)?;
        }
        write!(f, " stream={} len={} flags={:#x}", hd.stream_id, hd.length, hd.flags)?;
        if hd.reserved != 0 {
            write!(f, " reserved={}", hd.reserved)?;
        }
        Ok(())
    }
}

/// Every field of a frame as a callback sees it.
pub struct ShowFrame<'a>(pub &'a Frame);

impl fmt::Display for ShowFrame<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frame = self.0;
        let hd = unsafe { frame.hd };
        ShowHd(hd).fmt(f)?;
        unsafe {
            match hd.kind {
                frame_type::DATA => write!(f, " padlen={}", frame.data.padlen),
                frame_type::HEADERS => {
                    let headers = frame.headers;
                    write!(f, " cat={} padlen={}", headers.cat, headers.padlen)?;
                    if headers.pri_spec.stream_id != 0
                        || headers.pri_spec.weight != 16
                        || headers.pri_spec.exclusive != 0
                    {
                        show_priority(f, &headers.pri_spec)?;
                    }
                    show_fields(f, headers.nva, headers.nvlen)
                }
                frame_type::PRIORITY => show_priority(f, &frame.priority.pri_spec),
                frame_type::RST_STREAM => write!(f, " code={}", frame.rst_stream.error_code),
                frame_type::SETTINGS => show_settings(f, &frame.settings),
                frame_type::PUSH_PROMISE => {
                    let push = frame.push_promise;
                    write!(f, " promised={} padlen={}", push.promised_stream_id, push.padlen)?;
                    if push.reserved != 0 {
                        write!(f, " reserved={}", push.reserved)?;
                    }
                    show_fields(f, push.nva, push.nvlen)
                }
                frame_type::PING => write!(f, " data={}", Hex(&frame.ping.opaque_data)),
                frame_type::GOAWAY => {
                    let goaway = frame.goaway;
                    let debug = lent(goaway.opaque_data, goaway.opaque_data_len);
                    write!(f, " last={} code={}", goaway.last_stream_id, goaway.error_code)?;
                    write!(f, " debug={}", Text(debug))
                }
                frame_type::WINDOW_UPDATE => {
                    write!(f, " increment={}", frame.window_update.window_size_increment)
                }
                kind => show_payload(f, kind, frame.ext.payload.cast()),
            }
        }
    }
}

fn show_priority(f: &mut fmt::Formatter<'_>, spec: &PrioritySpec) -> fmt::Result {
    write!(f, " prio={}:{}:{}", spec.stream_id, spec.weight, spec.exclusive)
}

unsafe fn show_fields(f: &mut fmt::Formatter<'_>, nva: *const Nv, len: usize) -> fmt::Result {
    write!(f, " fields={len}")?;
    for n in 0..if nva.is_null() { 0 } else { len } {
        let nv = unsafe { *nva.add(n) };
        let (name, value) = unsafe { (lent(nv.name, nv.namelen), lent(nv.value, nv.valuelen)) };
        write!(f, " [{}={} {}]", Text(name), Text(value), nv.flags)?;
    }
    Ok(())
}

unsafe fn show_settings(f: &mut fmt::Formatter<'_>, settings: &Settings) -> fmt::Result {
    write!(f, " niv={}", settings.niv)?;
    for n in 0..if settings.iv.is_null() { 0 } else { settings.niv } {
        let entry = unsafe { *settings.iv.add(n) };
        write!(f, " {}:{}", entry.settings_id, entry.value)?;
    }
    Ok(())
}

/// The payload of an extension frame: one of the public structures, or the driver's own tag,
/// which is a small number and no address.
unsafe fn show_payload(f: &mut fmt::Formatter<'_>, kind: u8, payload: *const u8) -> fmt::Result {
    if (payload as usize) < TAGS {
        return write!(f, " payload={}", payload as usize);
    }
    unsafe {
        match kind {
            frame_type::ALTSVC => {
                let altsvc = payload.cast::<Altsvc>().read();
                let origin = lent(altsvc.origin, altsvc.origin_len);
                let value = lent(altsvc.field_value, altsvc.field_value_len);
                write!(f, " origin={} value={}", Text(origin), Text(value))
            }
            frame_type::ORIGIN => {
                let origins = payload.cast::<Origin>().read();
                write!(f, " nov={}", origins.nov)?;
                for n in 0..if origins.ov.is_null() { 0 } else { origins.nov } {
                    let entry = *origins.ov.add(n);
                    write!(f, " [{}]", Text(lent(entry.origin, entry.origin_len)))?;
                }
                Ok(())
            }
            frame_type::PRIORITY_UPDATE => {
                let update = payload.cast::<PriorityUpdate>().read();
                let value = lent(update.field_value, update.field_value_len);
                write!(f, " prioritized={} value={}", update.stream_id, Text(value))
            }
            _ => f.write_str(" payload=address"),
        }
    }
}

/// Output of a session: the frame heads are told, then the octets.
pub struct ShowOutput<'a>(pub &'a [u8]);

impl fmt::Display for ShowOutput<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.0;
        if let Some(hd) = parse_hd(bytes)
            && bytes.len() == 9 + hd.length
        {
            return write!(f, "{} {}", ShowHd(hd), Hex(&bytes[9..]));
        }
        Hex(bytes).fmt(f)
    }
}

/// Reads the nine octets that begin every frame.
pub fn parse_hd(bytes: &[u8]) -> Option<FrameHd> {
    let head: &[u8; 9] = bytes.first_chunk()?;
    Some(FrameHd {
        length: u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize,
        kind: head[3],
        flags: head[4],
        stream_id: (u32::from_be_bytes([head[5], head[6], head[7], head[8]]) & 0x7fff_ffff) as i32,
        reserved: head[5] >> 7,
    })
}
