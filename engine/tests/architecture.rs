//! What the front page says about the modules, held against the source files.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each module may use the ones that are listed before it, except its neighbours.
const LAYERS: [&[&str]; 4] =
    [&["error", "words"], &["mem"], &["frame", "hpack", "http"], &["session"]];

/// No file of logic is longer than this many lines.
const LONGEST: usize = 500;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The name of the top module that a file belongs to.
fn module(file: &Path) -> String {
    let inside = file.strip_prefix(source()).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn layer(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&module))
        .unwrap_or_else(|| panic!("{module} is on no layer"))
}

/// The modules that a text reaches through `crate::`.
fn used(text: &str) -> Vec<&str> {
    text.split("crate::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""))
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn modules_use_lower_layers_only() {
    let mut uses = 0;
    for file in files(&source()) {
        let user = module(&file);
        if user == "lib" {
            continue;
        }
        for name in used(&fs::read_to_string(&file).unwrap()) {
            uses += 1;
            let fits = name == user || layer(name) < layer(&user);
            assert!(fits, "{} uses {name}", file.display());
        }
    }
    assert!(uses > 100, "only {uses} uses were seen");
}

#[test]
fn a_use_of_a_neighbour_would_be_seen() {
    assert_eq!(used("use crate::hpack::Encoder; crate::error::Result"), ["hpack", "error"]);
    assert_eq!(layer("hpack"), layer("frame"));
}

#[test]
fn no_file_is_too_long_to_read() {
    let workspace = source().join("../..");
    let mut all = files(&source());
    all.extend(files(&workspace.join("src")));
    assert!(all.len() > 50);
    for file in all {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", file.display());
    }
}

/// The parts of `mem` that its front page names; the last one is for tests.
const UNSAFE: [&str; 6] = ["handle", "vec", "boxed", "rcbuf", "field", "account"];

#[test]
fn unsafe_code_is_in_some_parts_of_mem_only() {
    let mut parts = UNSAFE.map(|part| source().join("mem").join(part).with_extension("rs"));
    parts.sort();
    let with_unsafe = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let mut words =
            code.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
        words.any(|word| word == "unsafe")
    };
    let found: Vec<_> = files(&source()).into_iter().filter(with_unsafe).collect();
    assert_eq!(found, parts);

    let forbidden = |map: &str| {
        let map = fs::read_to_string(source().join(map)).unwrap();
        map.matches("#[forbid(unsafe_code)]\npub mod").count()
            + map.matches("#[forbid(unsafe_code)]\nmod").count()
    };
    assert_eq!((forbidden("lib.rs"), forbidden("mem/mod.rs")), (6, 2));
}
