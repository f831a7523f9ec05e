//! Tells dependants where the C headers are: they read `DEP_NGHTTP2_ROOT`.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let headers = Path::new("../include/nghttp2");
    println!("cargo::rerun-if-changed={}", headers.display());

    let out = env::var_os("OUT_DIR").map(PathBuf::from).expect("cargo names a directory");
    let root = out.join("i");
    let copies = root.join("include/nghttp2");
    fs::create_dir_all(&copies).expect("a directory can be made");
    for name in ["nghttp2.h", "nghttp2ver.h", "nghttp2x.h"] {
        fs::copy(headers.join(name), copies.join(name)).expect("a header can be copied");
    }
    println!("cargo::metadata=root={}", root.display());
}
