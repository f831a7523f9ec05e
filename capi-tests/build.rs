//! Writes the facade: the C interface as the Rust sources have it, in the plain old Rust that ctest2
//! can read, to `OUT_DIR/facade.rs`.
//!
//! What is C's business is taken over and all else left out: constants, enumerators (as constants),
//! structures, unions, aliases, opaque types, and every exported function as a declaration.
//! `tests/abi.rs` holds it against C headers. `tests/bindings.rs` makes declarations for Rust programs
//! of `OUT_DIR/documented.rs`, which is the same with its comments.

use std::path::{Path, PathBuf};
use std::{env, fs};

use quote::{format_ident, quote};
use syn::{
    Attribute, Expr, ExprLit, Fields, FnArg, Ident, Item, ItemEnum, ItemFn, Lit, Meta, Pat, UnOp,
    Visibility,
};

fn main() {
    let sources = Path::new("../src");
    println!("cargo::rerun-if-changed={}", sources.display());
    println!("cargo::rerun-if-changed=build.rs");
    // What the tests cannot find out by themselves.
    for variable in ["RUSTC", "TARGET", "DEP_NGHTTP2_ROOT"] {
        println!("cargo::rustc-env=CAPI_TESTS_{variable}={}", variable_of_cargo(variable));
    }

    let mut facade = Facade::default();
    for file in rust_files(sources) {
        let text = fs::read_to_string(&file).expect("a source file can be read");
        let syntax = syn::parse_file(&text).expect("a source file is Rust");
        syntax.items.iter().for_each(|item| facade.add(item));
    }
    let out = PathBuf::from(variable_of_cargo("OUT_DIR"));
    let text = facade.text();
    let plain = text.lines().filter(|line| !line.starts_with("///"));
    let plain = plain.collect::<Vec<_>>().join("\n");
    fs::write(out.join("facade.rs"), plain).expect("the facade can be written");
    fs::write(out.join("documented.rs"), text).expect("the facade can be written");
}

fn variable_of_cargo(name: &str) -> String {
    env::var(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).expect("the sources can be listed") {
        let path = entry.expect("the sources can be listed").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Items as text.
#[derive(Default)]
struct Facade {
    items: Vec<String>,
    functions: Vec<String>,
    /// The enumerations' own names, the integers that stand for them, and the comments.
    enumerations: Vec<(Ident, &'static str, Vec<String>)>,
    aliases: Vec<Ident>,
}

impl Facade {
    fn add(&mut self, item: &Item) {
        match item {
            Item::Const(item) if is_public(&item.vis) => {
                let (name, ty, value) = (&item.ident, &item.ty, &item.expr);
                self.document(&item.attrs);
                self.items.push(quote!(pub const #name: #ty = #value;).to_string());
            }
            Item::Type(item) if is_public(&item.vis) => {
                let (name, ty) = (&item.ident, &item.ty);
                self.aliases.push(name.clone());
                self.document(&item.attrs);
                self.items.push(quote!(pub type #name = #ty;).to_string());
            }
            Item::Enum(item) if is_of_c(&item.ident) => self.add_enumeration(item),
            Item::Struct(item) if is_of_c(&item.ident) => {
                let name = &item.ident;
                self.document(&item.attrs);
                if is_repr_c(&item.attrs) {
                    self.add_layout(&format!("struct {name}"), &item.fields);
                } else {
                    self.items.push(format!("pub enum {name} {{}}"));
                }
            }
            Item::Union(item) if is_of_c(&item.ident) => {
                let fields = Fields::Named(item.fields.clone());
                self.document(&item.attrs);
                self.add_layout(&format!("union {}", item.ident), &fields);
            }
            Item::Fn(item) if is_exported(item) => self.add_function(item),
            _ => {}
        }
    }

    fn document(&mut self, attributes: &[Attribute]) {
        self.items.extend(comments(attributes));
    }

    fn add_enumeration(&mut self, item: &ItemEnum) {
        let name = c_name(&item.ident);
        let mut previous: Option<&Ident> = None;
        let mut is_signed = false;
        for variant in &item.variants {
            let enumerator = &variant.ident;
            let value = match (&variant.discriminant, previous) {
                (Some((_, value)), _) => quote!(#value),
                (None, Some(previous)) => quote!(#previous + 1),
                (None, None) => quote!(0),
            };
            is_signed |= matches!(&variant.discriminant, Some((_, value)) if is_negative(value));
            self.document(&variant.attrs);
            self.items.push(quote!(pub const #enumerator: #name = #value;).to_string());
            previous = Some(enumerator);
        }
        let integer = if is_signed { "c_int" } else { "c_uint" };
        self.enumerations.push((name, integer, comments(&item.attrs)));
    }

    /// Members of unions must be `Copy`, so everything is.
    fn add_layout(&mut self, head: &str, fields: &Fields) {
        let fields = fields.iter().map(|field| {
            let name = plain(field.ident.as_ref().expect("members have names"));
            let ty = &field.ty;
            let mut lines = comments(&field.attrs);
            lines.push(quote!(pub #name: #ty,).to_string());
            lines.join("\n")
        });
        let fields: Vec<String> = fields.collect();
        let body = fields.join("\n");
        self.items.push(format!("#[repr(C)] #[derive(Clone, Copy)] pub {head} {{\n{body}\n}}"));
    }

    fn add_function(&mut self, item: &ItemFn) {
        let (name, output) = (&item.sig.ident, &item.sig.output);
        let arguments = item.sig.inputs.iter().map(|input| {
            let FnArg::Typed(input) = input else { panic!("{name} has a receiver") };
            let Pat::Ident(pattern) = &*input.pat else { panic!("{name} takes apart an argument") };
            let (argument, ty) = (plain(&pattern.ident), &input.ty);
            quote!(#argument: #ty)
        });
        self.functions.extend(comments(&item.attrs));
        self.functions.push(quote!(pub fn #name(#(#arguments),*) #output;).to_string());
    }

    fn text(&self) -> String {
        let mut lines =
            vec!["use std::os::raw::*;".to_owned(), "pub type ssize_t = isize;".to_owned()];
        lines.extend(self.items.iter().cloned());
        for (name, integer, comments) in &self.enumerations {
            if !self.aliases.contains(name) {
                lines.extend(comments.iter().cloned());
                lines.push(format!("pub type {name} = {integer};"));
            }
        }
        lines.push("extern \"C\" {".to_owned());
        lines.extend(self.functions.iter().cloned());
        lines.push("}\n".to_owned());
        // Names stand alone: there is one module.
        lines.join("\n").replace("libc :: ", "")
    }
}

/// Documentation as it is written in sources.
fn comments(attributes: &[Attribute]) -> Vec<String> {
    let texts = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    texts.map(|text| format!("///{text}")).collect()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_of_c(name: &Ident) -> bool {
    let name = name.to_string();
    name.starts_with("nghttp2_") || name.starts_with("nghttp2x_")
}

fn is_repr_c(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| quote!(#attribute).to_string() == "# [repr (C)]")
}

fn is_exported(item: &ItemFn) -> bool {
    let mut attributes = item.attrs.iter();
    attributes.any(|attribute| quote!(#attribute).to_string() == "# [unsafe (no_mangle)]")
}

fn is_negative(value: &Expr) -> bool {
    matches!(value, Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)))
}

/// The `_e` is ours: an enumeration that only carries names has it.
fn c_name(enumeration: &Ident) -> Ident {
    let name = enumeration.to_string();
    Ident::new(name.strip_suffix("_e").unwrap_or(&name), enumeration.span())
}

/// A member or argument called `type` is `type_` in the facade.
fn plain(name: &Ident) -> Ident {
    match name.to_string().strip_prefix("r#") {
        Some(keyword) => format_ident!("{keyword}_"),
        None => name.clone(),
    }
}
