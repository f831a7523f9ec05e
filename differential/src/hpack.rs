//! The stand-alone HPACK objects: targets `d` and `i`.

use std::ffi::c_int;

use c_types::*;

use crate::fields::{fields, nva};
use crate::log::{Hex, Text, lent, log};
use crate::script::Step;
use crate::world::World;

pub fn perform(world: &World<'_>, step: &Step) {
    match (step.target, step.verb.as_str()) {
        ('d', "new") => new_deflater(world, step),
        ('i', "new") => new_inflater(world, step),
        ('d', _) if world.deflater.get().is_null() => log!(world.log, "no deflater"),
        ('i', _) if world.inflater.get().is_null() => log!(world.log, "no inflater"),
        ('d', _) => on_deflater(world, step),
        _ => on_inflater(world, step),
    }
}

fn new_deflater(world: &World<'_>, step: &Step) {
    if !world.deflater.get().is_null() {
        return;
    }
    let mut raw = std::ptr::null_mut();
    let max = step.int("max", 4096) as usize;
    let result = unsafe {
        match step.int("v", 2) {
            1 => world.api.hd_deflate_new(&mut raw, max),
            _ => world.api.hd_deflate_new2(&mut raw, max, world.mem()),
        }
    };
    log!(world.log, "= {result}");
    world.deflater.set(raw);
}

fn new_inflater(world: &World<'_>, step: &Step) {
    if !world.inflater.get().is_null() {
        return;
    }
    let mut raw = std::ptr::null_mut();
    let result = unsafe {
        match step.int("v", 2) {
            1 => world.api.hd_inflate_new(&mut raw),
            _ => world.api.hd_inflate_new2(&mut raw, world.mem()),
        }
    };
    log!(world.log, "= {result}");
    world.inflater.set(raw);
}

fn on_deflater(world: &World<'_>, step: &Step) {
    let (api, raw) = (world.api, world.deflater.get());
    match step.verb.as_str() {
        "change" => {
            let n = step.int("n", 4096) as usize;
            log!(world.log, "= {}", unsafe { api.hd_deflate_change_table_size(raw, n) });
        }
        "deflate" => deflate(world, step),
        "table" => table(world, |n| unsafe { api.hd_deflate_get_table_entry(raw, n) }),
        "del" => {
            unsafe { api.hd_deflate_del(raw) };
            world.deflater.set(std::ptr::null_mut());
            return;
        }
        _ => world.misspelt(),
    }
    let (entries, size, max) = unsafe {
        (
            api.hd_deflate_get_num_table_entries(raw),
            api.hd_deflate_get_dynamic_table_size(raw),
            api.hd_deflate_get_max_dynamic_table_size(raw),
        )
    };
    log!(world.log, "d: entries={entries} size={size} max={max}");
}

/// `v=1`, `v=2` into one buffer, `v=3`, `v=4` (old and new) into the pieces of `split=`.
/// `room=` is the size of the buffer; without it the bound is used.
fn deflate(world: &World<'_>, step: &Step) {
    let (api, raw) = (world.api, world.deflater.get());
    let fields = fields(step, "nv");
    let nva = nva(&fields);
    let (nv, nvlen) = (nva.as_ptr(), nva.len());
    let bound = unsafe { api.hd_deflate_bound(raw, nv, nvlen) };
    let room = step.int("room", bound as i64).clamp(0, 1 << 20) as usize;
    let mut buffer = vec![0xeeu8; room];
    let result = unsafe {
        match step.int("v", 2) {
            1 => api.hd_deflate_hd(raw, buffer.as_mut_ptr(), room, nv, nvlen),
            2 => api.hd_deflate_hd2(raw, buffer.as_mut_ptr(), room, nv, nvlen),
            version => {
                let vectors = vectors(&mut buffer, &step.ints("split"));
                let (v, len) = (vectors.as_ptr(), vectors.len());
                match version {
                    3 => api.hd_deflate_hd_vec(raw, v, len, nv, nvlen),
                    _ => api.hd_deflate_hd_vec2(raw, v, len, nv, nvlen),
                }
            }
        }
    };
    let block = buffer.get(..result.max(0) as usize).unwrap_or(&[]);
    log!(world.log, "= {result} bound={bound} {}", Hex(block));
    *world.block.borrow_mut() = block.to_vec();
}

/// The buffer cut into consecutive pieces; the last takes the rest.
fn vectors(buffer: &mut [u8], cuts: &[i64]) -> Vec<Vector> {
    let mut rest = buffer;
    let mut all = Vec::new();
    for &cut in cuts {
        let (piece, after) = rest.split_at_mut((cut.max(0) as usize).min(rest.len()));
        all.push(Vector { base: piece.as_mut_ptr(), len: piece.len() });
        rest = after;
    }
    if !rest.is_empty() {
        all.push(Vector { base: rest.as_mut_ptr(), len: rest.len() });
    }
    all
}

fn on_inflater(world: &World<'_>, step: &Step) {
    let (api, raw) = (world.api, world.inflater.get());
    match step.verb.as_str() {
        "change" => {
            let n = step.int("n", 4096) as usize;
            log!(world.log, "= {}", unsafe { api.hd_inflate_change_table_size(raw, n) });
        }
        "inflate" => inflate(world, step),
        "end" => log!(world.log, "= {}", unsafe { api.hd_inflate_end_headers(raw) }),
        "table" => table(world, |n| unsafe { api.hd_inflate_get_table_entry(raw, n) }),
        "del" => {
            unsafe { api.hd_inflate_del(raw) };
            world.inflater.set(std::ptr::null_mut());
            return;
        }
        _ => world.misspelt(),
    }
    let (entries, size, max) = unsafe {
        (
            api.hd_inflate_get_num_table_entries(raw),
            api.hd_inflate_get_dynamic_table_size(raw),
            api.hd_inflate_get_max_dynamic_table_size(raw),
        )
    };
    log!(world.log, "i: entries={entries} size={size} max={max}");
}

/// Decodes `hex=`, or what the deflater wrote last, in pieces of `cut=`. The last piece is
/// marked final unless `final=0`; after FINAL comes `end_headers` unless `end=0`.
fn inflate(world: &World<'_>, step: &Step) {
    let (api, raw) = (world.api, world.inflater.get());
    let mut input = step.bytes("hex").unwrap_or_else(|| world.block.borrow().clone());
    for poke in crate::fields::entries(step, "flip") {
        if let Some(octet) = input.get_mut(poke.settings_id as usize) {
            *octet ^= poke.value as u8;
        }
    }
    let cuts = step.ints("cut");
    let mut rest = input.as_mut_slice();
    let mut piece = 0;
    loop {
        let cut = cuts.get(piece % cuts.len().max(1)).copied().unwrap_or(0);
        let size = if cut <= 0 { rest.len() } else { rest.len().min(cut as usize) };
        let (now, later) = rest.split_at_mut(size);
        let last = later.is_empty() && step.int("final", 1) != 0;
        if !inflate_piece(world, step, now, last) {
            return;
        }
        if later.is_empty() {
            break;
        }
        rest = later;
        piece += 1;
    }
    if step.int("final", 1) != 0 && step.int("end", 1) != 0 {
        log!(world.log, "end = {}", unsafe { api.hd_inflate_end_headers(raw) });
    }
}

/// Returns false after an error.
fn inflate_piece(world: &World<'_>, step: &Step, mut input: &mut [u8], last: bool) -> bool {
    let (api, raw) = (world.api, world.inflater.get());
    for _ in 0..4000 {
        let mut flags: c_int = 0;
        let nothing = std::ptr::null_mut();
        let mut nv = Nv { name: nothing, value: nothing, namelen: 0, valuelen: 0, flags: 0xee };
        let (pointer, len) = (input.as_mut_ptr(), input.len());
        let last = last as c_int;
        let result = unsafe {
            match step.int("v", 3) {
                1 => api.hd_inflate_hd(raw, &mut nv, &mut flags, pointer, len, last),
                2 => api.hd_inflate_hd2(raw, &mut nv, &mut flags, pointer, len, last),
                _ => api.hd_inflate_hd3(raw, &mut nv, &mut flags, pointer, len, last),
            }
        };
        let Ok(count) = usize::try_from(result) else {
            log!(world.log, "= {result}");
            return false;
        };
        if flags & inflate_flag::EMIT != 0 {
            let (name, value) = unsafe { (lent(nv.name, nv.namelen), lent(nv.value, nv.valuelen)) };
            let nuls = unsafe { *nv.name.add(nv.namelen) | *nv.value.add(nv.valuelen) };
            let field = format_args!("[{}={} {}]", Text(name), Text(value), nv.flags);
            log!(world.log, "= {result} flags={flags} {field} nul={nuls}");
        } else if flags != 0 || count != len {
            log!(world.log, "= {result} of {len} flags={flags}");
        }
        input = &mut input[count.min(len)..];
        if flags & inflate_flag::FINAL != 0 {
            return true;
        }
        if flags & inflate_flag::EMIT == 0 && input.is_empty() {
            return true;
        }
    }
    true
}

/// The dynamic entries, the last static one, and both ends of the index range.
fn table(world: &World<'_>, entry: impl Fn(usize) -> *const Nv) {
    for n in std::iter::once(0).chain(61..200) {
        let nv = entry(n);
        if nv.is_null() {
            log!(world.log, "{n}: null");
            if n > 0 {
                break;
            }
            continue;
        }
        let nv = unsafe { *nv };
        let (name, value) = unsafe { (lent(nv.name, nv.namelen), lent(nv.value, nv.valuelen)) };
        log!(world.log, "{n}: [{}={} {}]", Text(name), Text(value), nv.flags);
    }
}

/// Deletes what the script left over.
pub fn close(world: &World<'_>) {
    unsafe {
        if !world.deflater.get().is_null() {
            world.api.hd_deflate_del(world.deflater.get());
        }
        if !world.inflater.get().is_null() {
            world.api.hd_inflate_del(world.inflater.get());
        }
    }
}
