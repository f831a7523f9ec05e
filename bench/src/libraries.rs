//! The libraries that are compared.

use std::env;
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
    tree: Option<usize>,
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
    /// Ours by itself.
    pub fn only_ours(ours: &Path) -> Result<Libraries, String> {
        let all = vec![Library::load(ours, Some(OURS))?];
        Ok(Libraries { all, newest: None, installed: None, tree: None })
    }

    /// Ours, those of the original that are there, and the given files.
    pub fn find(ours: &Path, more: &[PathBuf]) -> Result<Libraries, String> {
        let mut libraries = Libraries::only_ours(ours)?;
        let originals = target().join("originals");
        let compiled = libraries.add(Path::new(BAR), Some("1.68.1 -O3")).ok();
        let release = libraries.add(&originals.join("1.70.0/libnghttp2.so.14"), None).ok();
        libraries.newest = compiled.or(release);
        libraries.installed = installed().and_then(|file| libraries.add(&file, None).ok());
        let has_tree = |index: &usize| libraries.all[*index].has_tree;
        libraries.tree = libraries.installed.filter(has_tree);
        if libraries.tree.is_none() {
            libraries.tree = libraries.add(&originals.join("1.64.0/libnghttp2.so.14"), None).ok();
        }
        for file in more {
            let name = file.to_string_lossy();
            let library = Library::load(file, Some(&name))?;
            libraries.all.push(library);
        }
        Ok(libraries)
    }

    /// Takes in an original, by a name that no other has.
    fn add(&mut self, file: &Path, name: Option<&str>) -> Result<usize, String> {
        let library = Library::load(file, name)?;
        let is_known = self.all.iter().any(|other| other.name == library.name);
        if is_known || !library.is_original {
            return Err(format!("{} is nothing new", file.display()));
        }
        self.all.push(library);
        Ok(self.all.len() - 1)
    }

    pub fn all(&self) -> &[&'static Library] {
        &self.all
    }

    /// Where in the list those are that set the bar.
    pub fn bars(&self, against: Against) -> Vec<usize> {
        let bars = match against {
            Against::Newest => [self.newest, None],
            Against::Tree => [self.tree, None],
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
