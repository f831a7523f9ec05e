//! HPACK by itself, through the public functions. An operation is a story from its first block to its
//! last, with a new table; what is counted is fields.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use super::stories::{self, Blocks, Story};
use crate::digest::Digest;
use crate::ffi::{Deflater, Inflater, Library};
use crate::workload::{Run, Workload, groups};

/// What other encoders have made of the corpus: the directories, and what shows there.
const ENCODERS: [(&str, &str); 4] = [
    ("haskell-http2-linear-huffman", "another policy"),
    ("nghttp2-16384-4096", "large table"),
    ("nghttp2-change-table-size", "table resized"),
    ("swift-nio-hpack-plain-text", "no Huffman"),
];

/// `HPACK_CORPUS` names a directory; the C tests have one, too.
fn corpus() -> PathBuf {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../capi-tests/data/hpack");
    env::var_os("HPACK_CORPUS").map_or_else(|| own.into(), PathBuf::from)
}

struct Decoding {
    library: &'static Library,
    stories: Arc<Vec<Blocks>>,
    watch: bool,
    digest: Digest,
    fields: usize,
}

impl Run for Decoding {
    fn go(&mut self, operations: u64) {
        for _ in 0..operations {
            for story in &*self.stories {
                let mut inflater = Inflater::new(self.library);
                for (limit, block) in story {
                    if let Some(limit) = limit {
                        inflater.change_table_size(*limit);
                    }
                    let digest = self.watch.then_some(&mut self.digest);
                    self.fields += inflater.decode(block, digest);
                }
            }
        }
    }

    fn digest(&self) -> Digest {
        self.digest
    }
}

fn decoding_of(
    name: &str,
    fields: usize,
    stories: impl Fn(&'static Library) -> Arc<Vec<Blocks>> + 'static,
) -> Workload {
    let prepare = move |library, watch, _| Decoding {
        library,
        stories: stories(library),
        watch,
        digest: Digest::default(),
        fields: 0,
    };
    Workload::new(format!("decode {name}"), &groups::DECODE, "field", prepare).units(fields)
}

/// The blocks of a made-up story are made by the library that is measured: all make the same.
fn decoding_own(story: Story) -> Workload {
    let name = story.name.clone();
    decoding_of(&name, story.fields(), move |library| Arc::new(vec![story.blocks(library)]))
}

pub fn decoding() -> Vec<Workload> {
    let mut workloads = Vec::new();
    let corpus = corpus();
    let fields: usize = stories::corpus(&corpus).iter().map(Story::fields).sum();
    for (encoder, what) in ENCODERS {
        let blocks = Arc::new(stories::corpus_blocks(&corpus, encoder));
        if !blocks.is_empty() {
            let name = format!("corpus, {what}");
            workloads.push(decoding_of(&name, fields, move |_| Arc::clone(&blocks)));
        }
    }
    for story in stories::made_up() {
        let is_indexed = story.name == "hits";
        let workload = decoding_own(story);
        workloads.push(if is_indexed { workload.at_least(4.0) } else { workload });
    }
    workloads.push(decoding_own(stories::incompressible()));
    workloads
}

struct Encoding {
    library: &'static Library,
    stories: Arc<Vec<Story>>,
    huffman: bool,
    watch: bool,
    digest: Digest,
    out: Vec<u8>,
}

impl Run for Encoding {
    fn go(&mut self, operations: u64) {
        for _ in 0..operations {
            for story in &*self.stories {
                let mut deflater = Deflater::new(self.library, 4096);
                if !self.huffman {
                    deflater = deflater.without_huffman();
                }
                for section in &story.sections {
                    let length = deflater.encode(&mut self.out, section);
                    if self.watch {
                        self.digest.output(&self.out[..length]);
                    }
                }
            }
        }
    }

    fn digest(&self) -> Digest {
        self.digest
    }
}

fn encoding_of(name: &str, stories: Vec<Story>, huffman: bool) -> Workload {
    let fields = stories.iter().map(Story::fields).sum();
    let stories = Arc::new(stories);
    let prepare = move |library, watch, _| Encoding {
        library,
        stories: Arc::clone(&stories),
        huffman,
        watch,
        digest: Digest::default(),
        out: vec![0; 1 << 16],
    };
    Workload::new(format!("encode {name}"), &groups::ENCODE, "field", prepare).units(fields)
}

pub fn encoding() -> Vec<Workload> {
    let mut workloads = Vec::new();
    let corpus = stories::corpus(&corpus());
    if !corpus.is_empty() {
        workloads.push(encoding_of("corpus", corpus, true));
    }
    let mut made_up = stories::made_up();
    made_up.push(stories::incompressible());
    for story in made_up {
        let name = story.name.clone();
        workloads.push(encoding_of(&name, vec![story], true));
    }
    let browser = stories::made_up().into_iter().find(|story| story.name == "browser");
    let never = browser.map(|story| encoding_of("browser, no Huffman", vec![story], false));
    workloads.extend(never.map(|workload| workload.only_on(|library| !library.is_original)));
    workloads
}
