//! Headers of the original, to hold ours against.
//!
//! None is kept here. One comes with a crate that carries a release of the original, always the
//! same; the other is the system's, or that of any release named in `NGHTTP2_ORIGINAL_INCLUDE_DIR`.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::contract::Contract;
use crate::library::{Library, canonical, relink};
use crate::program::{attempt, succeed};

const HEADER: &str = "nghttp2/nghttp2.h";

/// What an original does not have.
const ADDITIONS: &str = "nghttp2/nghttp2x.h";

#[derive(Clone)]
pub struct Header {
    /// For messages and file names.
    pub name: &'static str,
    /// Holds `nghttp2/nghttp2.h`.
    pub dir: PathBuf,
    /// That, and what is beside it.
    pub files: Vec<&'static str>,
    /// Every `nghttp2_...` and `NGHTTP2_...` in them, outside comments; our additions too.
    names: BTreeSet<String>,
}

impl Header {
    /// The one of the library under test.
    pub fn ours(library: &Library) -> Header {
        Header::new("ours", library.include_dir.clone())
    }

    /// Release 1.68.1, as the crate libnghttp2-sys brings it.
    pub fn of_the_crate() -> Header {
        let dir = Path::new(env!("CAPI_TESTS_DEP_NGHTTP2_ROOT")).join("include");
        original("crate", dir.clone())
            .unwrap_or_else(|| panic!("{}: no header of the original", dir.display()))
    }

    /// That of `NGHTTP2_ORIGINAL_INCLUDE_DIR`; else the installed one; else the one of Debian's
    /// package, which is unpacked below `tmp` and not installed. There is no test without one.
    pub fn of_the_system(tmp: &Path) -> Header {
        if let Some(dir) = env::var_os("NGHTTP2_ORIGINAL_INCLUDE_DIR") {
            return original("system", PathBuf::from(&dir))
                .unwrap_or_else(|| panic!("no header of the original in {}", dir.display()));
        }
        if let Some(header) = original("system", alone(Path::new("/usr/include"), tmp)) {
            return header;
        }
        static UNPACKED: OnceLock<PathBuf> = OnceLock::new();
        let dir = UNPACKED.get_or_init(|| unpack_package(&tmp.join("libnghttp2-dev")));
        original("system", dir.clone()).expect("Debian's package has the original's header")
    }

    fn new(name: &'static str, dir: PathBuf) -> Header {
        let mut files = vec![HEADER, ADDITIONS];
        files.retain(|file| dir.join(file).is_file());
        let names = files.iter().flat_map(|file| names(&dir, file)).collect();
        Header { name, dir, files, names }
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// What this header has and the other has not.
    pub fn beyond<'a>(&'a self, other: &'a Header) -> impl Iterator<Item = &'a str> {
        self.names.difference(&other.names).map(String::as_str)
    }
}

/// The header in this directory, unless there is none, or ours is installed there.
fn original(name: &'static str, dir: PathBuf) -> Option<Header> {
    if !dir.join(HEADER).is_file() {
        return None;
    }
    let header = Header::new(name, dir);
    let contract = Contract::read();
    let is_ours =
        contract.functions.iter().any(|function| function.ours && header.has(&function.name));
    (!is_ours).then_some(header)
}

/// A directory with nothing but the header that is installed in this one. A compiler does not look
/// into its own directories sooner because of `-I`, so that one in `/usr/local`, perhaps ours, would
/// be found before the distribution's.
fn alone(dir: &Path, tmp: &Path) -> PathBuf {
    let alone = tmp.join("system-include");
    fs::create_dir_all(&alone).expect("a directory for the header can be made");
    relink(&dir.join("nghttp2"), &alone.join("nghttp2"));
    alone
}

/// Declared and defined names, and those of arguments, which do no harm.
fn names(dir: &Path, file: &str) -> Vec<String> {
    let text = succeed(
        Command::new("cc").args(["-E", "-P", "-dD", "-I"]).arg(dir).arg(canonical(&dir.join(file))),
    );
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    const PREFIXES: [&str; 4] = ["nghttp2_", "NGHTTP2_", "nghttp2x_", "NGHTTP2X_"];
    words
        .filter(|word| PREFIXES.iter().any(|prefix| word.starts_with(prefix)))
        .map(str::to_owned)
        .collect()
}

/// Downloads Debian's package of the header, if that has not been done before.
fn unpack_package(dir: &Path) -> PathBuf {
    let include = dir.join("usr/include");
    if include.join(HEADER).is_file() {
        return include;
    }
    fs::create_dir_all(dir).expect("a directory for the package can be made");
    let download =
        || attempt(Command::new("apt-get").args(["download", "libnghttp2-dev"]).current_dir(dir));
    // The list of packages may be missing or outdated; only root can renew it.
    if download().is_err() {
        let renewed = attempt(Command::new("apt-get").arg("update"));
        if let Err(error) = renewed.and_then(|_| download()) {
            panic!(
                "no header of the original: set NGHTTP2_ORIGINAL_INCLUDE_DIR, or install \
                 libnghttp2-dev\n{error}"
            );
        }
    }
    let package = fs::read_dir(dir)
        .expect("the directory can be read")
        .map(|entry| entry.expect("the directory can be read").path())
        .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .expect("apt-get has downloaded a package");
    succeed(Command::new("dpkg").arg("-x").arg(package).arg(dir));
    include
}
