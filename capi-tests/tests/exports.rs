//! What the library file says of itself: symbols, soname, needed libraries.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use capi_tests::contract::Contract;
use capi_tests::library::Library;
use capi_tests::program::succeed;

fn library() -> Library {
    Library::from_environment(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports"))
}

/// The values of one kind in the dynamic section: `(SONAME) ... [libnghttp2.so.14]`.
fn dynamic_entries(library: &Library, kind: &str) -> Vec<String> {
    let text = succeed(Command::new("readelf").args(["-d", "-W"]).arg(library.loaded_file()));
    let of_kind = text.lines().filter(|line| line.contains(kind));
    of_kind.filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned())).collect()
}

#[test]
fn exactly_the_documented_functions_are_exported() {
    let library = library();
    let text =
        succeed(Command::new("nm").args(["-D", "--defined-only"]).arg(library.loaded_file()));
    let exported: BTreeSet<&str> =
        text.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
    let contracts = [Contract::read(), Contract::additions()];
    let documented: BTreeSet<&str> = contracts
        .iter()
        .flat_map(Contract::expected_functions)
        .map(|function| function.name.as_str())
        .collect();
    let missing: Vec<_> = documented.difference(&exported).collect();
    let surplus: Vec<_> = exported.difference(&documented).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:?}, surplus {surplus:?}");
    for line in text.lines() {
        assert_eq!(line.split_whitespace().nth(1), Some("T"), "not a function: {line}");
    }
}

/// Programs may have another libnghttp2 inside them, whose functions come first when symbols are looked for:
/// handed a session of ours, those would not know what it is.
#[test]
fn no_call_of_our_own_leaves_the_library() {
    let library = library();
    let text = succeed(Command::new("readelf").args(["-r", "-W"]).arg(library.loaded_file()));
    let original = std::env::var_os("NGHTTP2_ORIGINAL").is_some();
    for line in text.lines().filter(|line| line.contains(" nghttp2")) {
        assert!(original, "bound by whoever loads the library: {line}");
    }
    assert!(text.contains("R_") && text.contains(" malloc"), "no relocations: {text}");
}

#[test]
fn soname_is_that_of_the_original() {
    assert_eq!(dynamic_entries(&library(), "(SONAME)"), ["libnghttp2.so.14"]);
}

#[test]
fn nothing_but_the_c_library_is_needed() {
    assert_eq!(dynamic_entries(&library(), "(NEEDED)"), ["libc.so.6"]);
}

/// What the library may ask of the C library. A panic, an abort, an unwinder or a second allocator
/// would show as a symbol that is not here. Those that begin with `_` are weak, and put there by the
/// linker for every shared object.
const IMPORTS: [&str; 14] = [
    "_ITM_deregisterTMCloneTable",
    "_ITM_registerTMCloneTable",
    "__cxa_finalize",
    "__gmon_start__",
    // Octets.
    "bcmp",
    "memcmp",
    "memcpy",
    "memset",
    // The allocator of programs that bring none.
    "calloc",
    "free",
    "malloc",
    "realloc",
    // The time for rate limits; the kernel's random octets for the keys of hash tables.
    "clock_gettime",
    "getauxval",
];

#[test]
fn nothing_can_abort() {
    let library = library();
    let text =
        succeed(Command::new("nm").args(["-D", "--undefined-only"]).arg(library.loaded_file()));
    let imported = text.lines().filter_map(|line| line.split_whitespace().nth(1));
    for symbol in imported {
        let name = symbol.split('@').next().unwrap_or(symbol);
        let original = std::env::var_os("NGHTTP2_ORIGINAL").is_some();
        assert!(original || IMPORTS.contains(&name), "{name} is imported");
    }
}
