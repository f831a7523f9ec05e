//! What an encoder is given comes out of a decoder, and both have the same table.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use nghttp2_engine::hpack::{Decoder, Encoder, Huffman};
use nghttp2_engine::mem::{Box, Mem, Vec as Octets};
use nghttp2_fuzz::account::Account;
use nghttp2_fuzz::fields::Fields;
use nghttp2_fuzz::wire::cut;

#[derive(Arbitrary, Debug)]
struct Script<'a> {
    cap: u16,
    seed: u8,
    cuts: u8,
    acts: Vec<Act<'a>>,
}

#[derive(Arbitrary, Debug)]
enum Act<'a> {
    /// A header block.
    Block(Fields<'a>),
    /// The decoder's end allows another table.
    Size(u16),
}

fuzz_target!(|script: Script| {
    Account::lend_and_look(usize::MAX, |mem, account| play(&script, mem, account));
});

fn play(script: &Script<'_>, mem: Mem, account: &Account) {
    let mut encoder = Encoder::new(script.cap.into(), script.seed.into(), mem.clone());
    encoder.set_huffman(match script.seed % 4 {
        1 => Huffman::Always,
        2 => Huffman::Never,
        _ => Huffman::Shorter,
    });
    // One of the two is where the C interface has both.
    let mut decoder = Box::new(Decoder::new(mem.clone()), mem.clone()).expect("there is room");
    for act in &script.acts {
        match act {
            Act::Size(size) => {
                encoder.set_allowed_table_size((*size).into());
                decoder.set_allowed_table_size((*size).into()).expect("between blocks");
            }
            Act::Block(fields) => {
                let fields = fields.list();
                let mut block = Octets::new(mem.clone());
                encoder.encode(&fields, &mut block, usize::MAX).expect("there is room");
                assert!(block.len() <= encoder.bound(&fields), "longer than promised");
                let mut fields = fields.iter();
                for mut piece in cut(&block, script.cuts) {
                    while decoder.decode(&mut piece).expect("a good block") {
                        let (field, sent) = (decoder.field(), fields.next().expect("no more"));
                        assert_eq!((field.name, field.value), (sent.name(), sent.value()));
                        assert!(field.sensitive || !sent.is_sensitive(), "a secret is told");
                    }
                }
                assert!(fields.next().is_none(), "a field is lost");
                decoder.check_whole().expect("a whole block");
                decoder.end_block();
                compare(&encoder, &decoder);
                let memory = encoder.memory() + decoder.memory() + block.memory();
                account.check(memory + size_of::<Decoder>(), 2 * block.len() + 1000);
            }
        }
    }
    let given_out = decoder.into_raw();
    // SAFETY: it is what was given out, from the same memory.
    drop(unsafe { Box::from_raw(given_out, mem) });
}

fn compare(encoder: &Encoder, decoder: &Decoder) {
    assert_eq!(encoder.table_size(), decoder.table_size());
    assert_eq!(encoder.table_limit(), decoder.table_limit());
    assert_eq!(encoder.entries(), decoder.entries());
    for index in 62..=encoder.entries() {
        assert_eq!(encoder.entry(index), decoder.entry(index));
    }
}
