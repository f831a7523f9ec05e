//! Structures and unions have the sizes, alignments, offsets and types of `api/types.txt`, in our
//! header as in the original's.

use std::fs;
use std::path::Path;
use std::process::Command;

use capi_tests::contract::Contract;
use capi_tests::headers::Header;
use capi_tests::library::Library;
use capi_tests::names;
use capi_tests::program::attempt;

fn tmp() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

fn library() -> Library {
    Library::from_environment(&tmp().join("layout"))
}

/// Holds the table against a header, as far as that has the types. Returns how many members were
/// looked at.
fn compare(contract: &Contract, header: &Header, test: &str) -> Result<usize, String> {
    let text = names::layouts(contract, |name| header.has(name));
    let source = library().work_dir.join(test).with_extension("c");
    fs::write(&source, &text).expect("the program can be written");
    let mut compiler = Command::new("cc");
    compiler.args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I"]);
    attempt(compiler.arg(&header.dir).arg(&source))?;
    Ok(text.matches("assert_offset_").count())
}

fn agrees(header: &Header, least: usize) {
    match compare(&Contract::read(), header, header.name) {
        Ok(count) => assert!(count >= least, "{count} members only, not {least}"),
        Err(error) => panic!("{}: {error}", header.dir.display()),
    }
}

#[test]
fn the_table_is_that_of_our_header() {
    agrees(&Header::ours(&library()), 90);
}

/// An original has none.
#[test]
fn the_table_of_additions_is_that_of_their_header() {
    let (contract, ours) = (Contract::additions(), Header::ours(&library()));
    if ours.files.contains(&contract.header) {
        assert_eq!(compare(&contract, &ours, "additions"), Ok(12));
    }
}

#[test]
fn the_table_is_that_of_the_crate() {
    agrees(&Header::of_the_crate(), 90);
}

/// Release 1.52 has 88 members; what is older has less.
#[test]
fn the_table_is_that_of_the_system() {
    agrees(&Header::of_the_system(tmp()), 75);
}

#[test]
fn a_wrong_offset_is_noticed() {
    let mut contract = Contract::read();
    let layouts = &mut contract.layouts;
    let layout =
        layouts.iter_mut().find(|layout| layout.name == "nghttp2_nv").expect("it is there");
    layout.fields.last_mut().expect("it has members").offset += 1;
    match compare(&contract, &Header::ours(&library()), "wrong") {
        Ok(count) => panic!("{count} members, and none is at another place"),
        Err(error) => assert!(error.contains("assert_offset_nghttp2_nv_flags"), "{error}"),
    }
}
