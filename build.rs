//! Sets the soname, makes symbols that are defined nowhere an error, and binds what the library calls of its
//! own to itself, though another libnghttp2 be in the same process: where libraries are ELF files.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|set| set == value);
    if is("CARGO_CFG_TARGET_OS", "windows") || is("CARGO_CFG_TARGET_VENDOR", "apple") {
        return;
    }
    for argument in ["-Wl,-soname,libnghttp2.so.14", "-Wl,-z,defs", "-Wl,-Bsymbolic-functions"] {
        println!("cargo:rustc-cdylib-link-arg={argument}");
    }
}
