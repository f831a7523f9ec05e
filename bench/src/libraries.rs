//! The libraries that are compared.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::ffi::{Library, OURS};
use crate::workload::Against;

/// The release that is compiled with full optimization along with this program.
const BAR: &str = env!("BENCH_BAR");

/// All that were found: ours comes first.
pub struct Libraries {
    all: Vec<&'static Library>,
    newest: Option<usize>,
    installed: Option<usize>,
}

/// The workspace.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The build directory.
pub fn target() -> PathBuf {
    let directory = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    Path::new(ROOT).join(directory.unwrap_or_else(|| "target".into()))
}

/// Ours: that of `NGHTTP2_LIB_DIR`, as for the C tests, else of the build directory.
pub fn ours() -> PathBuf {
    let directory = env::var_os("NGHTTP2_LIB_DIR");
    let directory = directory.map_or_else(|| target().join("release"), PathBuf::from);
    directory.join("libnghttp2.so")
}

impl Libraries {
    /// Ours, those of the original that are there, and the given files.
    pub fn find(ours: &Path, more: &[PathBuf]) -> Result<Libraries, String> {
        let mut all = vec![Library::load(ours, Some(OURS))?];
        let mut add = |file: &Path, name: Option<&str>| {
            let library = Library::load(file, name).ok()?;
            all.push(library);
            Some(all.len() - 1)
        };
        let compiled = add(Path::new(BAR), Some("1.68.1 -O3"));
        let release = add(&target().join("originals/1.70.0/libnghttp2.so.14"), None);
        // By its name alone: where the system keeps it, is its own business.
        let installed = installed().and_then(|file| add(&file, None));
        for file in more {
            let name: OsString = file.file_name().unwrap_or_default().into();
            let name = name.to_string_lossy();
            add(file, Some(&name)).ok_or_else(|| format!("{} cannot be loaded", file.display()))?;
        }
        Ok(Libraries { all, newest: compiled.or(release), installed })
    }

    /// Ours by itself.
    pub fn only_ours(ours: &Path) -> Result<Libraries, String> {
        let all = vec![Library::load(ours, Some(OURS))?];
        Ok(Libraries { all, newest: None, installed: None })
    }

    pub fn all(&self) -> &[&'static Library] {
        &self.all
    }

    /// Where in the list those are that set the bar.
    pub fn bars(&self, against: Against) -> Vec<usize> {
        let bars = match against {
            Against::Newest => [self.newest, None],
            Against::Tree => [self.installed, None],
            Against::Better => [self.newest, self.installed],
        };
        bars.into_iter().flatten().collect()
    }
}

/// The library that the system's programs load.
fn installed() -> Option<PathBuf> {
    let directories =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
    let files = directories.iter().map(|directory| Path::new(directory).join("libnghttp2.so.14"));
    files.into_iter().find(|file| file.exists())
}
