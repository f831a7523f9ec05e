//! What HPACK is measured on: sequences of field sections that share one table.

use std::fs;
use std::path::Path;

use crate::ffi::{Deflater, Field, FieldList, Library};
use crate::traffic::{self, Random, fields};

/// Sections of fields, from which a library makes blocks, one after the other.
pub struct Story {
    pub name: String,
    pub sections: Vec<FieldList>,
}

/// Blocks that somebody has made, each with the limit of the table that begins to hold with it.
pub type Blocks = Vec<(Option<usize>, Vec<u8>)>;

impl Story {
    fn new(name: &str, sections: impl IntoIterator<Item = Vec<Field>>) -> Story {
        let sections = sections.into_iter().map(|section| FieldList::new(&section)).collect();
        Story { name: name.into(), sections }
    }

    /// How many fields there are in all.
    pub fn fields(&self) -> usize {
        self.sections.iter().map(FieldList::len).sum()
    }

    /// The blocks that a library makes of it.
    pub fn blocks(&self, library: &'static Library) -> Blocks {
        let mut deflater = Deflater::new(library, 4096);
        let mut out = vec![0; 1 << 16];
        let mut block = |section: &FieldList| {
            let length = deflater.encode(&mut out, section);
            (None, out[..length].to_vec())
        };
        self.sections.iter().map(&mut block).collect()
    }
}

const SECTIONS: usize = 200;

/// Traffic that is made up, by kind.
pub fn made_up() -> Vec<Story> {
    let mut random = Random(9);
    let mut story = |name: &str, make: &dyn Fn(&mut Random, usize) -> Vec<Field>| {
        Story::new(name, (0..SECTIONS).map(|index| make(&mut random, index)))
    };
    vec![
        story("api", &|random, _| traffic::api_request(random, "GET")),
        story("browser", &traffic::cookie_request),
        story("grpc", &traffic::grpc_request),
        story("cdn", &|random, _| cdn_response(random)),
        story("hits", &|_, index| hits(index)),
        story("huffman", &|random, _| kept_out(random, &|random| random.base64(60))),
    ]
}

/// What a cache in front of many sites answers.
fn cdn_response(random: &mut Random) -> Vec<Field> {
    let mut response = traffic::browser_response(random);
    let ray = format!("{}-AMS", random.hex(16));
    response.extend(fields(&[
        ("age", &random.below(86400).to_string()),
        ("via", "1.1 varnish, 1.1 varnish"),
        ("x-cache", ["HIT, HIT", "HIT, MISS"][random.below(2)]),
        ("x-served-by", &format!("cache-ams{}-AMS", 21000 + random.below(40))),
        ("cf-ray", &ray),
        ("vary", "accept-encoding"),
        ("access-control-allow-origin", "*"),
    ]));
    response
}

/// The same few fields again and again: after the first section each is an octet or two.
fn hits(index: usize) -> Vec<Field> {
    let mut section = fields(&[
        (":method", "GET"),
        (":scheme", "https"),
        (":path", "/"),
        (":authority", "www.example.org"),
        ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
        ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("accept-language", "en-US,en;q=0.5"),
        ("accept-encoding", "gzip, deflate"),
        ("cache-control", "no-cache"),
        ("dnt", "1"),
    ]);
    section.push(Field::new("x-shard", format!("{}", index % 4)));
    section
}

/// Values that must not enter the table, so that each is a string each time.
fn kept_out(random: &mut Random, value: &dyn Fn(&mut Random) -> String) -> Vec<Field> {
    let field = |index| Field::new(&format!("x-value-{index}"), value(random)).unindexed();
    (0..8).map(field).collect()
}

/// Strings that Huffman's code would make longer.
pub fn incompressible() -> Story {
    let mut random = Random(11);
    let mut section = |_| {
        kept_out(&mut random, &|random| {
            String::from_utf8_lossy(&random.text(b"~^}<>|{\\`", 60)).into_owned()
        })
    };
    Story::new("plain", (0..SECTIONS).map(&mut section))
}

/// Header sets of real sites: all of a corpus as one.
pub fn corpus(directory: &Path) -> Vec<Story> {
    let sections = |text: &str| -> Vec<Vec<Field>> {
        let mut sections: Vec<Vec<Field>> = Vec::new();
        for line in text.lines() {
            match (line.split_once('\t'), sections.last_mut()) {
                (Some((name, value)), Some(section)) => section.push(Field::new(name, value)),
                _ if line.starts_with("= ") => sections.push(Vec::new()),
                _ => {}
            }
        }
        sections
    };
    let files = files(&directory.join("headers"));
    let stories = files.iter().map(|text| sections(text));
    stories.map(|sections| Story::new("corpus", sections)).collect()
}

/// Blocks of one encoder of a corpus, story by story.
pub fn corpus_blocks(directory: &Path, encoder: &str) -> Vec<Blocks> {
    let block = |line: &str| {
        let mut words = line.split(' ').skip(1);
        let size = words.next()?.parse().ok();
        let digits = words.next()?;
        let octet = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let octets: Option<Vec<u8>> = (0..digits.len()).step_by(2).map(octet).collect();
        Some((size, octets?))
    };
    let stories = files(&directory.join(encoder));
    stories.iter().map(|text| text.lines().filter_map(block).collect()).collect()
}

/// The texts of a directory, by name.
fn files(directory: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}
