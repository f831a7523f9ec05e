//! Makes a shared object of the release of the original that a crate brings, as a distribution would:
//! at the profile's optimization (which the workspace sets to 3), with nothing exported but what its
//! header declares. `BENCH_BAR` is its file.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(variable("DEP_NGHTTP2_ROOT"));
    let out = PathBuf::from(variable("OUT_DIR"));
    let archive = find(&root, "libnghttp2.a").expect("the crate has compiled an archive");

    let exports = out.join("exports.map");
    fs::write(&exports, version_script(&root)).expect("the list of exports can be written");
    let object = out.join("libnghttp2-bar.so");
    let status = Command::new(env::var("CC").unwrap_or_else(|_| "cc".into()))
        .arg("-shared")
        .arg(format!("-Wl,--version-script={}", exports.display()))
        .args(["-Wl,-z,relro,-z,now,-s", "-Wl,--whole-archive"])
        .arg(&archive)
        .arg("-Wl,--no-whole-archive")
        .arg("-o")
        .arg(&object)
        .status();
    let linked = status.expect("there is a C compiler").success();
    assert!(linked, "{} could not be linked", object.display());
    println!("cargo::rustc-env=BENCH_BAR={}", object.display());
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn find(directory: &Path, name: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(directory).ok()?.flatten().map(|entry| entry.path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let here = files.into_iter().find(|path| path.ends_with(name));
    here.or_else(|| folders.iter().find_map(|folder| find(folder, name)))
}

/// What the header names, and nothing else: calls among the rest then need no detour.
fn version_script(root: &Path) -> String {
    let header = root.join("include/nghttp2/nghttp2.h");
    let text = fs::read_to_string(&header).expect("the crate has a header");
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let names = text.split(|c| !is_of_name(c)).filter(|word| word.starts_with("nghttp2_"));
    let mut script = String::from("{ global:\n");
    for name in names {
        writeln!(script, "{name};").expect("text can grow");
    }
    script + "local: *; };\n"
}
