//! The library under test.
//!
//! Cargo leaves `libnghttp2.so` alone in its directory, while the loader asks for the soname. So
//! the file is staged: a directory of our own holds links by both names.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};

pub struct Library {
    /// Where programs and their output go.
    pub work_dir: PathBuf,
    /// Holds `libnghttp2.so` and `libnghttp2.so.14`.
    pub link_dir: PathBuf,
    /// What programs load when they run; usually `link_dir`.
    pub run_dir: PathBuf,
    pub include_dir: PathBuf,
    /// The static library, if there is one beside the shared one.
    pub archive: Option<PathBuf>,
}

impl Library {
    /// Reads the environment and stages the library below `tmp`.
    pub fn from_environment(tmp: &Path) -> Library {
        let workspace = package_dir().join("..");
        let lib_dir = directory("NGHTTP2_LIB_DIR", workspace.join("target/release"));
        let include_dir = directory("NGHTTP2_INCLUDE_DIR", workspace.join("include"));

        let file = canonical(&lib_dir.join("libnghttp2.so"));
        let header = include_dir.join("nghttp2/nghttp2.h");
        assert!(header.is_file(), "there is no header {}", header.display());

        let work_dir = tmp.join("c-programs");
        let link_dir = work_dir.join("lib");
        fs::create_dir_all(&link_dir).expect("the staging directory can be made");
        relink(&file, &link_dir.join("libnghttp2.so"));
        relink(&file, &link_dir.join("libnghttp2.so.14"));

        let archive = Some(lib_dir.join("libnghttp2.a")).filter(|path| path.is_file());
        let run_dir = directory("NGHTTP2_RUN_DIR", link_dir.clone());
        Library { work_dir, link_dir, run_dir, include_dir, archive }
    }

    /// The file that programs load.
    pub fn loaded_file(&self) -> PathBuf {
        canonical(&self.run_dir.join("libnghttp2.so.14"))
    }
}

pub fn package_dir() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn directory(variable: &str, default: PathBuf) -> PathBuf {
    env::var_os(variable).map_or(default, PathBuf::from)
}

pub(crate) fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|error| {
        panic!("{}: {error}; build the library first (cargo build --release)", path.display())
    })
}

/// Several tests may stage at the same time, and read each other's links: they are never missing.
pub(crate) fn relink(target: &Path, link: &Path) {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let unique = format!("new-{}-{}", process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let new = link.with_extension(unique);
    symlink(target, &new)
        .and_then(|()| fs::rename(&new, link))
        .unwrap_or_else(|error| panic!("{}: {error}", link.display()));
}
