//! The inputs for a decoder by itself, on the engine's own: a transcript in the words of the driver for
//! the C interface.

use nghttp2_engine::error::Error;
use nghttp2_engine::hpack::Decoder;
use nghttp2_engine::mem::Mem;

use crate::log::{Log, Text, log};
use crate::script::Step;

/// Whether the steps are among those that are here.
pub fn knows(script: &[Step]) -> bool {
    let known = |step: &Step| matches!(step.verb.as_str(), "new" | "change" | "inflate" | "table");
    script.iter().all(|step| step.target == 'i' && step.when.is_none() && known(step))
}

pub fn run(log: &Log, script: &[Step], mem: Mem) {
    let mut decoder = Decoder::new(mem);
    for step in script {
        log!(log, "> {step}");
        log.enter();
        match step.verb.as_str() {
            "change" => {
                let result = decoder.set_allowed_table_size(step.int("n", 4096) as usize);
                log!(log, "= {}", result.map_or_else(Error::number, |()| 0));
            }
            "inflate" => match inflate(log, &mut decoder, step) {
                Ok(()) => log!(log, "end = 0"),
                Err(error) => log!(log, "= {}", error.number()),
            },
            "table" => table(log, &decoder),
            _ => {}
        }
        log.leave();
    }
}

/// Decodes a whole block in pieces of `cut=`.
fn inflate(log: &Log, decoder: &mut Decoder, step: &Step) -> Result<(), Error> {
    let block = step.bytes("hex").unwrap_or_default();
    let cuts = step.ints("cut");
    let mut rest = block.as_slice();
    for piece in 0.. {
        let cut = cuts.get(piece % cuts.len().max(1)).copied().unwrap_or(0);
        let size = if cut <= 0 { rest.len() } else { rest.len().min(cut as usize) };
        let (mut now, later) = rest.split_at(size);
        let length = now.len();
        while decoder.decode(&mut now)? {
            let field = decoder.field();
            let (name, value) = (Text(field.name), Text(field.value));
            let (taken, sensitive) = (length - now.len(), field.sensitive as u8);
            log!(log, "= {taken} [{name}={value} {sensitive}] of {length}");
        }
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    decoder.check_whole()?;
    decoder.end_block();
    Ok(())
}

/// The dynamic entries.
fn table(log: &Log, decoder: &Decoder) {
    for (n, (name, value)) in (62..).map_while(|n| Some((n, decoder.entry(n)?))) {
        log!(log, "{n}: [{}={}]", Text(name), Text(value));
    }
}
