//! Structures and unions are laid out as in `api/layout.txt`.
//!
//! The table is not made from our header: `UPDATE_LAYOUT=1` rewrites it from that of the crate, a
//! release of the original. The command is in its head.

use std::env;
use std::fs;
use std::path::Path;

use capi_tests::contract::Contract;
use capi_tests::headers::Header;
use capi_tests::layout::{TABLE, measure};
use capi_tests::library::{Library, package_dir};

fn tmp() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

fn library() -> Library {
    Library::from_environment(&tmp().join("layout"))
}

const HEAD: &str = "\
# Where the members of the original's structures and unions are, on x86_64 Linux (LP64), in octets.
# NAME SIZE ALIGNMENT, and for each member:  NAME OFFSET SIZE ALIGNMENT
# Made from the header of a release of the original:
#   UPDATE_LAYOUT=1 cargo test -p capi-tests --test layout of_the_crate
";

/// Without its remarks.
fn table() -> String {
    let path = package_dir().join("api").join(TABLE);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

/// A line of the table with the type it is about in front.
fn rows(table: &str) -> Vec<(&str, &str)> {
    let mut of = "";
    let rows = table.lines().map(|line| {
        if !line.starts_with(' ') {
            of = line.split(' ').next().unwrap_or(line);
        }
        (of, line)
    });
    rows.collect()
}

fn agrees(header: &Header, least: usize) {
    let (expected, found) = (table(), measure(&library(), header));
    let (expected, found) = (rows(&expected), rows(&found));
    let mut visible = expected.iter().filter(|(of, _)| header.has(of));
    for row in &found {
        assert_eq!(Some(row), visible.next(), "{}", header.dir.display());
    }
    assert_eq!(visible.next(), None, "{}", header.dir.display());
    assert!(found.len() >= least, "{} lines only, not {least}", found.len());
}

#[test]
fn our_layout_is_that_of_the_table() {
    agrees(&Header::ours(&library()), 116);
}

#[test]
fn the_table_is_that_of_the_crate() {
    let header = Header::of_the_crate();
    if env::var_os("UPDATE_LAYOUT").is_some() {
        let text = format!("{HEAD}{}", measure(&library(), &header));
        fs::write(package_dir().join("api").join(TABLE), text).expect("the table can be written");
    }
    agrees(&header, 116);
}

/// Release 1.52 has 113 lines; what is older has less.
#[test]
fn the_table_is_that_of_the_system() {
    agrees(&Header::of_the_system(tmp()), 90);
}

/// As many lines as the documented interface has types and members: none is forgotten.
#[test]
fn the_table_is_complete() {
    let layouts = Contract::read().layouts;
    let members: usize = layouts.iter().map(|layout| layout.fields.len()).sum();
    assert_eq!(table().lines().count(), layouts.len() + members);
}
