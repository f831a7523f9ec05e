//! The header declares what is documented, in C89, C11 and C++17, for gcc and clang.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use capi_tests::contract::Contract;
use capi_tests::library::Library;
use capi_tests::names;
use capi_tests::program::{run, succeed};

fn library() -> Library {
    Library::from_environment(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("names"))
}

fn is_installed(compiler: &str) -> bool {
    Command::new(compiler).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// The original's header ends enumerations with a comma, which pedantic C89 rejects in all headers
/// but the system's.
fn include_option() -> &'static str {
    if env::var_os("NGHTTP2_ORIGINAL").is_some() { "-isystem" } else { "-I" }
}

fn compiles(name: &str, compilers: [&str; 2], standard: &str, with_ssize_t: bool) {
    let text = names::program(&Contract::read(), with_ssize_t);
    compiles_text(name, &text, compilers, standard);
}

/// The same for our additions, which an original does not have.
fn compiles_additions(name: &str, compilers: [&str; 2], standard: &str) {
    if env::var_os("NGHTTP2_ORIGINAL").is_none() {
        let text = names::program(&Contract::additions(), true);
        compiles_text(name, &text, compilers, standard);
    }
}

/// Compiles the generated program with each compiler there is, links and runs it.
fn compiles_text(name: &str, text: &str, compilers: [&str; 2], standard: &str) {
    let library = library();
    let source: PathBuf = library.work_dir.join(name);
    fs::write(&source, text).expect("it can be written");
    let installed: Vec<&str> = compilers.into_iter().filter(|name| is_installed(name)).collect();
    assert!(!installed.is_empty(), "none of {compilers:?} is installed");
    for compiler in installed {
        let program = library.work_dir.join(format!("{name}-{compiler}"));
        succeed(
            Command::new(compiler)
                .arg(format!("-std={standard}"))
                .args(["-Wall", "-Wextra", "-Werror", "-pedantic", include_option()])
                .arg(&library.include_dir)
                .arg(&source)
                .arg("-L")
                .arg(&library.link_dir)
                .args(["-lnghttp2", "-o"])
                .arg(&program),
        );
        run(&library, &program, &[]);
    }
}

#[test]
fn names_c89() {
    compiles("names_c89.c", ["gcc", "clang"], "c89", true);
}

#[test]
fn names_c11() {
    compiles("names_c11.c", ["gcc", "clang"], "c11", true);
}

#[test]
fn names_cpp17() {
    compiles("names_cpp17.cpp", ["g++", "clang++"], "c++17", true);
}

#[test]
fn names_without_ssize_t_c11() {
    compiles("names_without_ssize_t_c11.c", ["gcc", "clang"], "c11", false);
}

#[test]
fn names_without_ssize_t_cpp17() {
    compiles("names_without_ssize_t_cpp17.cpp", ["g++", "clang++"], "c++17", false);
}

#[test]
fn names_of_additions_c89() {
    compiles_additions("additions_c89.c", ["gcc", "clang"], "c89");
}

#[test]
fn names_of_additions_c11() {
    compiles_additions("additions_c11.c", ["gcc", "clang"], "c11");
}

#[test]
fn names_of_additions_cpp17() {
    compiles_additions("additions_cpp17.cpp", ["g++", "clang++"], "c++17");
}

#[test]
fn contract_of_additions_is_complete() {
    let contract = Contract::additions();
    assert_eq!(contract.functions.len(), 12);
    assert_eq!(contract.layouts.len(), 2);
    assert_eq!(contract.enumerations.len(), 2);
    let fields: usize = contract.layouts.iter().map(|layout| layout.fields.len()).sum();
    assert_eq!(fields, 12);
    let enumerators: usize = contract.enumerations.iter().map(|e| e.enumerators.len()).sum();
    assert_eq!(enumerators, 17);
}

#[test]
fn contract_is_complete() {
    let contract = Contract::read();
    assert_eq!(contract.functions.len(), 182);
    assert_eq!(contract.opaque.len(), 7);
    assert_eq!(contract.layouts.len(), 26);
    assert_eq!(contract.callbacks.len(), 36);
    assert_eq!(contract.enumerations.len(), 10);
    assert_eq!(contract.macros.len(), 24);
    let fields: usize = contract.layouts.iter().map(|layout| layout.fields.len()).sum();
    assert_eq!(fields, 90);
    let enumerators: usize = contract.enumerations.iter().map(|e| e.enumerators.len()).sum();
    assert_eq!(enumerators, 105);
}
