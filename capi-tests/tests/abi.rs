//! The C interface in the Rust sources is that of the headers, ours and the original's.
//!
//! The facade (see `build.rs`) goes through ctest2, which writes two programs: one in Rust that has
//! the facade, one in C that has a header. Built together they compare sizes, alignments, offsets,
//! signs and values; the C compiler compares the arguments of functions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use capi_tests::contract::Contract;
use capi_tests::headers::Header;
use capi_tests::library::Library;
use capi_tests::program::attempt;
use ctest2::TestGenerator;

const FACADE: &str = include_str!(concat!(env!("OUT_DIR"), "/facade.rs"));

/// Warnings count, other than those about the generated text itself.
const C_FLAGS: [&str; 6] = [
    "-Wall",
    "-Wextra",
    "-Werror",
    "-Wno-unused-parameter",
    "-Wno-type-limits",
    "-Wno-deprecated-declarations",
];

fn tmp() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

fn library() -> Library {
    Library::from_environment(&tmp().join("abi"))
}

/// Compares the facade, as far as the header has its names. Returns how many comparisons there were;
/// an error if one failed.
fn compare(facade: &str, header: &Header, test: &str) -> Result<usize, String> {
    let library = library();
    let dir = library.work_dir.join(test);
    fs::create_dir_all(&dir).expect("a directory for the test can be made");
    let source = dir.join("facade.rs");
    fs::write(&source, facade).expect("the facade can be written");
    let generated = generate(&source, header, &dir);

    let object = dir.join("in_c.o");
    let mut compiler = Command::new("cc");
    compiler.args(C_FLAGS).arg("-c").arg("-I").arg(&header.dir);
    attempt(compiler.arg(generated.with_extension("c")).arg("-o").arg(&object))?;

    let main = dir.join("main.rs");
    fs::write(&main, "include!(\"facade.rs\");\ninclude!(\"generated.rs\");\n")
        .expect("the program can be written");
    let program = dir.join("program");
    let mut compiler = Command::new(env!("CAPI_TESTS_RUSTC"));
    // Nobody reads the generated text: no lints.
    compiler.args(["--edition", "2021", "--cap-lints", "allow"]).arg(&main);
    for argument in [&object, &library.link_dir.join("libnghttp2.so")] {
        compiler.arg("-C").arg(format!("link-arg={}", argument.display()));
    }
    attempt(compiler.arg("-o").arg(&program))?;

    let output = Command::new(&program)
        .env("LD_LIBRARY_PATH", &library.link_dir)
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = text.split_once("PASSED ").and_then(|(_, rest)| rest.split_once(' '));
    match count.and_then(|(count, _)| count.parse().ok()) {
        Some(count) if output.status.success() => Ok(count),
        _ => Err(text),
    }
}

/// Writes `generated.rs` and `generated.c`.
fn generate(facade: &Path, header: &Header, dir: &Path) -> PathBuf {
    let names = header.clone();
    // Of C's own names, `ssize_t` is compared; `va_list` is a mere stand-in in the sources.
    let skip = move |name: &str| name == "va_list" || (name != "ssize_t" && !names.has(name));
    let mut generator = TestGenerator::new();
    header.files.iter().for_each(|file| {
        generator.header(file);
    });
    generator
        .target(env!("CAPI_TESTS_TARGET"))
        .out_dir(dir)
        .type_name(|name, _, _| name.to_owned())
        .field_name(|_, name| name.trim_end_matches('_').to_owned())
        .skip_roundtrip(|_| true)
        .skip_const(skip.clone())
        .skip_fn(skip.clone())
        .skip_type(skip.clone())
        .skip_struct(skip);
    generator.generate_files(facade, "generated.rs")
}

/// At least so many comparisons there are: names could vanish from the facade or in ctest2.
fn agrees(header: &Header, least: usize) {
    match compare(FACADE, header, header.name) {
        Ok(count) => assert!(count >= least, "{count} comparisons only, not {least}"),
        Err(error) => panic!("{}: {error}", header.dir.display()),
    }
}

#[test]
fn the_sources_agree_with_our_header() {
    let ours = Header::ours(&library());
    // The additions make the difference; an original has none.
    agrees(&ours, if ours.files.len() > 1 { 1204 } else { 1095 });
}

#[test]
fn the_sources_agree_with_the_header_of_the_crate() {
    agrees(&Header::of_the_crate(), 1095);
}

/// Release 1.52 makes 1051 comparisons; what is older has less.
#[test]
fn the_sources_agree_with_the_header_of_the_system() {
    agrees(&Header::of_the_system(tmp()), 900);
}

/// Nothing of the original is missing, and what is more is known.
#[test]
fn the_header_has_all_names_of_the_original() {
    let ours = Header::ours(&library());
    let (of_the_crate, of_the_system) = (Header::of_the_crate(), Header::of_the_system(tmp()));
    for original in [&of_the_crate, &of_the_system] {
        let missing: Vec<&str> = original.beyond(&ours).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", original.dir.display());
    }
    let is_addition = |name: &str| name.to_ascii_lowercase().starts_with("nghttp2x_");
    let surplus: Vec<&str> = ours.beyond(&of_the_crate).filter(|name| !is_addition(name)).collect();
    let contract = Contract::read();
    let only_ours = contract.expected_functions().filter(|function| function.ours);
    assert_eq!(surplus, only_ours.map(|function| &function.name).collect::<Vec<_>>());
}

/// Changes the facade at one place, and expects a complaint about it.
fn is_noticed(test: &str, right: &str, wrong: &str, complaint: &str) {
    assert_eq!(FACADE.matches(right).count(), 1, "{right}");
    let facade = FACADE.replace(right, wrong);
    match compare(&facade, &Header::ours(&library()), test) {
        Ok(count) => panic!("{count} comparisons, and none has noticed `{wrong}`"),
        Err(error) => assert!(error.contains(complaint), "another complaint: {error}"),
    }
}

#[test]
fn a_missing_member_matters() {
    is_noticed("missing", "pub payload : * mut c_void ,", "", "bad nghttp2_extension size");
}

#[test]
fn the_order_of_members_matters() {
    is_noticed(
        "order",
        "pub urgency : u32 ,\npub inc : c_int ,",
        "pub inc : c_int ,\npub urgency : u32 ,",
        "bad field offset urgency of nghttp2_extpri",
    );
}

#[test]
fn the_type_of_a_member_matters() {
    is_noticed("type", "pub weight : i32", "pub weight : u32", "nghttp2_priority_spec_weight");
}

#[test]
fn the_value_of_an_enumerator_matters() {
    is_noticed(
        "value",
        "NGHTTP2_REFUSED_STREAM : nghttp2_error_code = 0x07",
        "NGHTTP2_REFUSED_STREAM : nghttp2_error_code = 0x08",
        "bad NGHTTP2_REFUSED_STREAM value",
    );
}

#[test]
fn the_type_of_an_argument_matters() {
    is_noticed(
        "argument",
        "nghttp2_session_consume (session : * mut nghttp2_session , stream_id : i32 , size : usize)",
        "nghttp2_session_consume (session : * mut nghttp2_session , stream_id : i32 , size : u32)",
        "nghttp2_session_consume",
    );
}
