//! Floods: thousands of frames in one step.
//!
//! `flood headers+rst rounds=1000 stream=3 step=2 nv=… code=8` is so many times a HEADERS frame and
//! an RST_STREAM frame, each time on a stream two further on. The arguments are those of `feed`, for
//! all the frames; `data.len=1` is for the DATA frames only. Where there is `promised=` or `id=`, that
//! grows instead of `stream=`. Stream 0 stays what it is.

use std::borrow::Cow;

use crate::script::Step;
use crate::wire;

/// Rounds of one flood.
const MOST: i64 = 100_000;

/// What grows by `step=` each time: the first of these that is there.
const GROWING: &[&str] = &["promised", "id", "stream"];

/// The octets of one `flood` step.
pub fn build(step: &Step) -> Vec<u8> {
    let kinds: Vec<&str> = step.word.as_deref().unwrap_or("").split('+').collect();
    let mut frames: Vec<Step> = kinds.iter().map(|kind| one(step, kind)).collect();
    let stride = step.int("step", 0);
    let mut out = Vec::new();
    for _ in 0..step.int("rounds", 1).clamp(0, MOST) {
        for frame in &mut frames {
            out.extend(wire::build(frame));
            grow(frame, stride);
        }
    }
    out
}

/// The `feed` step of one frame of the group.
fn one(step: &Step, kind: &str) -> Step {
    let mut frame = Step { word: Some(kind.into()), args: Vec::new(), ..step.clone() };
    for (key, value) in &step.args {
        match key.split_once('.') {
            // What is said for this kind comes first: the first of two equal keys counts.
            Some((of, own)) if of == kind => {
                frame.args.insert(0, (Cow::Owned(own.into()), value.clone()));
            }
            Some(_) => {}
            None => frame.args.push((key.clone(), value.clone())),
        }
    }
    frame
}

fn grow(frame: &mut Step, stride: i64) {
    if stride == 0 {
        return;
    }
    let Some(grows) = GROWING.iter().find(|key| frame.has(key)) else { return };
    let argument = frame.args.iter_mut().find(|(key, _)| key == grows);
    if let Some((_, value)) = argument
        && let Ok(number @ 1..) = value.parse::<i64>()
    {
        *value = (number + stride).to_string();
    }
}

/// The length of the first `count` frames, or of all that is there.
pub fn length(octets: &[u8], count: usize) -> usize {
    let mut length = 0;
    for _ in 0..count {
        let Some(head) = octets.get(length..).and_then(crate::log::parse_hd) else {
            return octets.len();
        };
        length += 9 + head.length;
    }
    length.min(octets.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::step;

    #[test]
    fn each_round_is_one_stride_further() {
        let flood = step('s', "flood").word("headers+rst").arg("rounds", 2).arg("stream", 3);
        let flood = flood.arg("step", 2).arg("block", "82").arg("rst.code", 1);
        let out = build(&flood);
        let headers = |id| [0, 0, 1, 1, 4, 0, 0, 0, id, 0x82];
        let reset = |id| [0, 0, 4, 3, 0, 0, 0, 0, id, 0, 0, 0, 1];
        let round = |id| [&headers(id)[..], &reset(id)[..]].concat();
        assert_eq!(out, [round(3), round(5)].concat());
        assert_eq!(length(&out, 2), round(3).len());
        assert_eq!(length(&out, 9), out.len());
    }
}
