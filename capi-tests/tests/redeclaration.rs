//! Our header and the original's declare the same functions and callbacks.
//!
//! C11 accepts a declaration again if it is the same. So a file that includes the original's header
//! and then has the functions and function types of ours compiles, unless some type differs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use capi_tests::contract::Contract;
use capi_tests::headers::Header;
use capi_tests::library::{Library, package_dir};
use capi_tests::program::attempt;
use cbindgen::{Builder, Config, ItemType};

fn tmp() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

fn library() -> Library {
    Library::from_environment(&tmp().join("redeclaration"))
}

/// The declarations as our header has them, as far as the original has the names, behind its header.
fn redeclarations(original: &Header) -> String {
    let root = package_dir().join("..");
    let mut config = Config::from_file(root.join("cbindgen.toml")).expect("the file can be read");
    config.header = None;
    config.after_includes = None;
    config.trailer = None;
    config.documentation = false;
    config.sys_includes = vec!["nghttp2/nghttp2.h".to_owned()];
    config.export.item_types = vec![ItemType::Typedefs, ItemType::Functions];
    let ours = Header::ours(&library());
    config.export.exclude.extend(ours.beyond(original).map(str::to_owned));
    // Some types are those of members only.
    config.export.include = Contract::read().callbacks.into_iter().map(|it| it.name).collect();
    let bindings = Builder::new().with_crate(root).with_config(config).generate();
    let mut text = Vec::new();
    bindings.expect("declarations can be made").write(&mut text);
    String::from_utf8(text).expect("declarations are text")
}

/// Tries with every compiler there is.
fn compile(text: &str, original: &Header, test: &str) -> Result<(), String> {
    let source: PathBuf = library().work_dir.join(test).with_extension("c");
    fs::write(&source, text).expect("the program can be written");
    let is_installed = |name: &&str| attempt(Command::new(name).arg("--version")).is_ok();
    let compilers: Vec<&str> = ["gcc", "clang"].into_iter().filter(is_installed).collect();
    assert!(!compilers.is_empty(), "no compiler is installed");
    for compiler in compilers {
        let mut command = Command::new(compiler);
        command.args(["-std=c11", "-pedantic-errors", "-Wall", "-Wextra", "-Werror"]);
        attempt(command.args(["-fsyntax-only", "-I"]).arg(&original.dir).arg(&source))?;
    }
    Ok(())
}

fn agrees(original: &Header, functions: usize, types: usize) {
    let text = redeclarations(original);
    let found = |word: &str| text.lines().filter(|line| line.contains(word)).count();
    assert!(found("NGHTTP2_EXTERN") >= functions, "{} functions only", found("NGHTTP2_EXTERN"));
    assert!(found("typedef") >= types, "{} types only", found("typedef"));
    compile(&text, original, original.name).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn declarations_are_those_of_the_crate() {
    agrees(&Header::of_the_crate(), 181, 37);
}

/// Release 1.52 has 162 and 29; what is older has less.
#[test]
fn declarations_are_those_of_the_system() {
    agrees(&Header::of_the_system(tmp()), 140, 25);
}

/// Changes our declarations at one place, and expects a complaint about it.
fn is_noticed(test: &str, right: &str, wrong: &str, complaint: &str) {
    let original = Header::of_the_crate();
    let text = redeclarations(&original);
    assert_eq!(text.matches(right).count(), 1, "{right}");
    match compile(&text.replace(right, wrong), &original, test) {
        Ok(()) => panic!("nobody has noticed `{wrong}`"),
        Err(error) => assert!(error.contains(complaint), "another complaint: {error}"),
    }
}

#[test]
fn the_type_of_an_argument_of_a_callback_matters() {
    is_noticed(
        "argument",
        "(*nghttp2_realloc)(void *ptr, size_t size,",
        "(*nghttp2_realloc)(void *ptr, ssize_t size,",
        "nghttp2_realloc",
    );
}

#[test]
fn the_result_of_a_callback_matters() {
    is_noticed(
        "result",
        "typedef int (*nghttp2_on_stream_close_callback)",
        "typedef unsigned (*nghttp2_on_stream_close_callback)",
        "nghttp2_on_stream_close_callback",
    );
}

#[test]
fn const_in_a_function_matters() {
    is_noticed(
        "const",
        "int nghttp2_session_want_read(nghttp2_session *",
        "int nghttp2_session_want_read(const nghttp2_session *",
        "nghttp2_session_want_read",
    );
}
