//! The C headers in `include/` are what the sources of the C shell say.
//!
//! With `UPDATE_HEADER=1` they are rewritten instead of compared.

use std::path::{Path, PathBuf};
use std::{env, fs};

use capi_tests::contract::Contract;
use cbindgen::{Builder, Config};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares a file with what it should be, or rewrites it.
fn assert_fresh(path: &str, expected: &str) {
    if env::var_os("UPDATE_HEADER").is_some() {
        fs::write(root().join(path), expected).unwrap();
    }
    let found = read(path);
    if let Some((line, (found, expected))) = found
        .lines()
        .zip(expected.lines())
        .enumerate()
        .find(|(_, (found, expected))| found != expected)
    {
        panic!("{path}:{}: `{found}` should be `{expected}`; run with UPDATE_HEADER=1", line + 1);
    }
    assert!(
        found == expected,
        "{path} has another length than it should; run with UPDATE_HEADER=1"
    );
}

/// What a header's sources come to.
fn generate(builder: Builder, config: Config) -> String {
    let mut header = Vec::new();
    builder.with_config(config).generate().unwrap().write(&mut header);
    // C89 and C++98 know no comma behind the last enumerator.
    String::from_utf8(header).unwrap().replace(",\n} ", "\n} ")
}

/// The header with our additions, from the module that has nothing else.
fn additions() -> String {
    let config = Config::from_file(root().join("cbindgen-nghttp2x.toml")).unwrap();
    generate(Builder::new().with_src(root().join("src/nghttp2x/mod.rs")), config)
}

/// Every name with the prefix of our additions.
fn names_of_additions(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| word.to_ascii_lowercase().starts_with("nghttp2x_"))
}

#[test]
fn the_header_is_fresh() {
    let mut config = Config::from_file(root().join("cbindgen.toml")).unwrap();
    let additions = additions();
    config.export.exclude.extend(names_of_additions(&additions).map(str::to_owned));
    let header = generate(Builder::new().with_crate(root()), config);
    // Two enumerators of one value, which a Rust enumeration cannot have.
    let end_of_flags = "\n} nghttp2_flag;";
    let ack =
        ",\n  /**\n   * SETTINGS and PING: an acknowledgement.\n   */\n  NGHTTP2_FLAG_ACK = 1";
    let header = header.replace(end_of_flags, &format!("{ack}{end_of_flags}"));
    assert_eq!(names_of_additions(&header).next(), None, "an addition is in the wrong header");
    assert_fresh("include/nghttp2/nghttp2.h", &header);
}

#[test]
fn the_header_of_additions_is_fresh() {
    let header = additions();
    assert_fresh("include/nghttp2/nghttp2x.h", &header);
    let functions = header.matches("NGHTTP2_EXTERN").count();
    assert_eq!(functions, Contract::additions().functions.len(), "each is declared once");
}

#[test]
fn the_version_header_is_fresh() {
    let manifest = read("Cargo.toml");
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("interface = \"")?.strip_suffix('"'))
        .expect("the manifest says which interface this is");
    let numbers: Vec<u8> = version.split('.').map(|number| number.parse().unwrap()).collect();
    let [major, minor, patch] = numbers[..] else { panic!("{version} has no three numbers") };
    let expected = read("include/nghttp2/nghttp2ver.h.in")
        .replace("@VERSION@", version)
        .replace("@NUMBER@", &format!("0x{major:02x}{minor:02x}{patch:02x}"));
    assert_fresh("include/nghttp2/nghttp2ver.h", &expected);
}
