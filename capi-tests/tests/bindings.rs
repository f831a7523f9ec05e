//! `sys/src/bindings.rs`, the declarations for Rust programs, is what the sources of the C shell say,
//! and has everything that the crate `libnghttp2-sys` has, with the same names, types and values.
//!
//! With `UPDATE_BINDINGS=1` it is rewritten instead of compared.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use quote::ToTokens;
use syn::{
    Attribute, Fields, FnArg, ForeignItem, GenericArgument, Item, PathArguments, ReturnType, Type,
};

/// See `build.rs`.
const FACADE: &str = include_str!(concat!(env!("OUT_DIR"), "/documented.rs"));

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn bindings() -> PathBuf {
    root().join("sys/src/bindings.rs")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

// ---- making ----

#[test]
fn the_bindings_are_fresh() {
    let expected = formatted(&generated());
    if env::var_os("UPDATE_BINDINGS").is_some() {
        fs::write(bindings(), &expected).unwrap();
    }
    let found = read(&bindings());
    let same = found.lines().zip(expected.lines()).take_while(|(a, b)| a == b).count();
    assert!(found == expected, "{}: line {} is stale; see above", bindings().display(), same + 1);
}

/// The facade in the form of today, with the traits that the crate's types have.
fn generated() -> String {
    let mut text = String::from(
        "// This file is generated from the Rust sources of the library. Change those.\n\
         #![allow(non_camel_case_types, unused_qualifications)]\n\n",
    );
    for line in FACADE.lines() {
        // A C type of that size, which the crate writes out.
        if line == "pub type ssize_t = isize;" {
            continue;
        }
        let line = line
            .replace("use std::os::raw::*;", "use core::ffi::*;")
            .replace("-> ssize_t", "-> isize")
            .replace("extern \"C\" {", "unsafe extern \"C\" {");
        match line.strip_prefix("pub enum ").and_then(|rest| rest.strip_suffix(" {}")) {
            Some(name) => text += &opaque(name),
            None => text += &line,
        }
        text.push('\n');
    }
    // Two enumerators of one value, which a Rust enumeration cannot have.
    text += "/// The same bit, in SETTINGS and PING.\n\
             pub const NGHTTP2_FLAG_ACK: nghttp2_flag = NGHTTP2_FLAG_END_STREAM;\n";
    with_debug(&text)
}

fn opaque(name: &str) -> String {
    format!("#[repr(C)]\n#[derive(Clone, Copy)]\npub struct {name} {{ _unused: [u8; 0] }}")
}

/// Structures can be printed unless there is a union in them.
fn with_debug(text: &str) -> String {
    let mut parts = text.split("#[derive(Clone, Copy)]");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let item = part.split("\n}").next().unwrap_or_default();
        let has_union = item.contains("pub union") || item.contains(": nghttp2_data_source ,");
        result +=
            if has_union { "#[derive(Clone, Copy)]" } else { "#[derive(Clone, Copy, Debug)]" };
        result += part;
    }
    result
}

fn formatted(text: &str) -> String {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root().join("rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt can be run");
    rustfmt.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = rustfmt.wait_with_output().unwrap();
    assert!(output.status.success(), "rustfmt refuses the text");
    String::from_utf8(output.stdout).unwrap()
}

// ---- comparing ----

/// The sources of the crate that is replaced.
fn original() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path"])
        .arg(root().join("Cargo.toml"))
        .output()
        .expect("cargo can be run");
    let text = String::from_utf8(output.stdout).unwrap();
    let files = text.split("\"manifest_path\":\"").filter_map(|rest| rest.split('"').next());
    let mut ours = files.filter(|file| file.contains("/libnghttp2-sys-"));
    Path::new(ours.next().expect("a dependency")).with_file_name("src").join("lib.rs")
}

#[test]
fn each_item_of_the_original_is_there_with_its_type() {
    let theirs = Items::read(&original());
    let ours = Items::read(&bindings());
    for (name, text) in &theirs.declarations {
        let found = ours.declarations.get(name);
        assert_eq!(found, Some(text), "`{name}` is not what it is in the original");
    }
    // So that a reader that reads nothing is noticed.
    let functions = theirs.declarations.values().filter(|text| text.starts_with("fn")).count();
    assert_eq!((functions, theirs.constants.len()), (180, 105));
    assert_eq!(theirs.declarations.len(), 364);
}

#[test]
fn the_compiler_finds_the_same_values_and_layouts() {
    let theirs = Items::read(&original());
    let mut text = format!(
        "#![allow(bad_style, clashing_extern_declarations, dead_code)]\n\
         #[path = {:?}] mod theirs;\n#[path = {:?}] mod ours;\nfn main() {{}}\n",
        original(),
        bindings().canonicalize().unwrap(),
    );
    for name in &theirs.constants {
        text += &format!("const _: () = assert!(theirs::{name} == ours::{name});\n");
    }
    for (name, fields) in &theirs.layouts {
        for what in ["size_of", "align_of"] {
            let of = |module| format!("std::mem::{what}::<{module}::{name}>()");
            text += &format!("const _: () = assert!({} == {});\n", of("theirs"), of("ours"));
        }
        for field in fields {
            let of = |module| format!("std::mem::offset_of!({module}::{name}, {field})");
            text += &format!("const _: () = assert!({} == {});\n", of("theirs"), of("ours"));
        }
    }
    compile(&text).unwrap_or_else(|messages| panic!("{messages}"));

    // The compiler would say if something differed.
    let wrong = text + "const _: () = assert!(theirs::NGHTTP2_ERR_EOF == ours::NGHTTP2_ERR_PROTO);";
    assert!(compile(&wrong).is_err(), "a wrong value goes unnoticed");
}

/// What the compiler has against a program, without linking it.
fn compile(text: &str) -> Result<(), String> {
    let directory = tempdir();
    let source = directory.join("main.rs");
    fs::write(&source, text).unwrap();
    let output = Command::new(env!("CAPI_TESTS_RUSTC"))
        .args(["--edition", "2021", "--emit", "metadata", "--out-dir"])
        .arg(&directory)
        .arg(&source)
        .output()
        .expect("the compiler can be run");
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

fn tempdir() -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bindings");
    fs::create_dir_all(&directory).unwrap();
    directory
}

/// Items by name, in words that do not depend on how somebody writes.
#[derive(Default)]
struct Items {
    declarations: BTreeMap<String, String>,
    constants: Vec<String>,
    layouts: Vec<(String, Vec<String>)>,
}

impl Items {
    fn read(path: &Path) -> Items {
        let file = syn::parse_file(&read(path)).expect("the file is Rust");
        let mut items = Items::default();
        file.items.iter().for_each(|item| items.add(item));
        items
    }

    fn add(&mut self, item: &Item) {
        let (name, text) = match item {
            Item::Const(item) => {
                self.constants.push(item.ident.to_string());
                (&item.ident, format!("const {}", plain(&item.ty)))
            }
            Item::Type(item) => (&item.ident, format!("type {}", plain(&item.ty))),
            Item::Struct(item) => {
                let layout = self.layout(&item.ident, &item.fields);
                (&item.ident, format!("struct {layout}; {}", traits(&item.attrs)))
            }
            Item::Union(item) => {
                let fields = Fields::Named(item.fields.clone());
                let layout = self.layout(&item.ident, &fields);
                (&item.ident, format!("union {layout}; {}", traits(&item.attrs)))
            }
            Item::ForeignMod(item) => {
                return item.items.iter().for_each(|item| self.function(item));
            }
            Item::Use(_) => return,
            other => panic!("what is `{}`?", other.to_token_stream()),
        };
        self.declarations.insert(name.to_string(), text);
    }

    /// The types of members, by name; those of opaque structures are nobody's business.
    fn layout(&mut self, name: &syn::Ident, fields: &Fields) -> String {
        let named = |field: &syn::Field| field.ident.as_ref().unwrap().to_string();
        let public = |field: &&syn::Field| matches!(field.vis, syn::Visibility::Public(_));
        let names = fields.iter().filter(public).map(named).collect();
        self.layouts.push((name.to_string(), names));
        let members = fields.iter().map(|field| format!("{}: {}", named(field), plain(&field.ty)));
        members.collect::<Vec<_>>().join(", ")
    }

    fn function(&mut self, item: &ForeignItem) {
        let ForeignItem::Fn(item) = item else { panic!("what is `{}`?", item.to_token_stream()) };
        let arguments = item.sig.inputs.iter().map(|input| match input {
            FnArg::Typed(input) => plain(&input.ty),
            FnArg::Receiver(_) => panic!("a receiver"),
        });
        let text =
            format!("fn({}){}", arguments.collect::<Vec<_>>().join(", "), result(&item.sig.output));
        self.declarations.insert(item.sig.ident.to_string(), text);
    }
}

/// What is derived, in alphabetical order, and how memory is laid out.
fn traits(attributes: &[Attribute]) -> String {
    let lists = attributes.iter().filter(|attribute| !attribute.path().is_ident("doc"));
    let texts = lists.map(|attribute| attribute.meta.to_token_stream().to_string());
    let mut words: Vec<String> = texts.flat_map(|text| words(&text)).collect();
    words.sort();
    words.join(" ")
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn result(output: &ReturnType) -> String {
    match output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, ty) => format!(" -> {}", plain(ty)),
    }
}

/// A type without the paths to its names and without the names of arguments.
fn plain(ty: &Type) -> String {
    match ty {
        Type::Path(path) => {
            let last = path.path.segments.last().expect("a path has an end");
            let inner = match &last.arguments {
                PathArguments::AngleBracketed(list) => list.args.iter().map(argument).collect(),
                _ => String::new(),
            };
            format!("{}{inner}", last.ident)
        }
        Type::Ptr(pointer) => {
            let kind = if pointer.mutability.is_some() { "mut" } else { "const" };
            format!("*{kind} {}", plain(&pointer.elem))
        }
        Type::BareFn(function) => {
            assert!(function.unsafety.is_some() && function.abi.is_some(), "a function of Rust");
            let arguments: Vec<_> = function.inputs.iter().map(|input| plain(&input.ty)).collect();
            format!("fn({}){}", arguments.join(", "), result(&function.output))
        }
        Type::Array(array) => {
            let length = array.len.to_token_stream().to_string();
            format!("[{}; {}]", plain(&array.elem), length.trim_end_matches("usize"))
        }
        other => panic!("what is `{}`?", other.to_token_stream()),
    }
}

fn argument(argument: &GenericArgument) -> String {
    match argument {
        GenericArgument::Type(ty) => format!("<{}>", plain(ty)),
        other => panic!("what is `{}`?", other.to_token_stream()),
    }
}
