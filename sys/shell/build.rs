//! Leaves the panic handler and the allocator to the program, which has those of the standard library.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-cfg=nghttp2_hosted");
}
