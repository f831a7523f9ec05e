//! Finds and reads the scenario files of a folder.

use std::path::{Path, PathBuf};

use super::file::{self, File};

/// Every scenario file at or below `path`, by name.
pub fn find(path: &str) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    collect(Path::new(path), &mut files)?;
    files.sort();
    if files.is_empty() { Err(format!("{path}: no scenarios")) } else { Ok(files) }
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let failed = |e| format!("{}: {e}", path.display());
    if path.is_dir() {
        for entry in std::fs::read_dir(path).map_err(failed)? {
            collect(&entry.map_err(failed)?.path(), files)?;
        }
    } else if path.extension().is_some_and(|extension| extension == "script") {
        files.push(path.into());
    }
    Ok(())
}

/// The theme of a file is the folder it is in.
pub fn theme(path: &Path) -> String {
    last(path.parent())
}

/// A file with its theme, for people.
pub fn name(path: &Path) -> String {
    format!("{}/{}", theme(path), last(Some(path)))
}

fn last(path: Option<&Path>) -> String {
    path.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned()
}

pub fn read(path: &Path) -> Result<File, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    file::parse(&text).map_err(|e| format!("{}: {e}", path.display()))
}
