//! Writes the reference.
//!
//! ```text
//! nghttp2-reference man INCLUDE_DIR DIR    one man page for each item
//! nghttp2-reference html INCLUDE_DIR DIR   one HTML page for each theme, and an index
//! nghttp2-reference gaps INCLUDE_DIR       prints what comments leave out
//! ```

use std::collections::BTreeMap;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use nghttp2_reference::item::Reference;
use nghttp2_reference::manual::File;
use nghttp2_reference::{gaps, manual, site};

/// Replaces a directory, so that no page of an item stays that is gone.
fn write(directory: &str, files: &BTreeMap<String, File>) -> io::Result<()> {
    let directory = Path::new(directory);
    if directory.exists() {
        fs::remove_dir_all(directory)?;
    }
    fs::create_dir_all(directory)?;
    for (name, file) in files {
        match file {
            File::Page(text) => fs::write(directory.join(name), text)?,
            File::Link(to) => symlink(to, directory.join(name))?,
        }
    }
    Ok(())
}

fn run(arguments: &[&str]) -> io::Result<bool> {
    match arguments {
        ["man", headers, directory] => {
            write(directory, &manual::files(&Reference::read(Path::new(headers))?))?;
        }
        ["html", headers, directory] => {
            write(directory, &site::files(&Reference::read(Path::new(headers))?))?;
        }
        ["gaps", headers] => {
            let gaps = gaps::all(&Reference::read(Path::new(headers))?);
            for gap in &gaps {
                println!("{gap}");
            }
            return Ok(gaps.is_empty());
        }
        _ => return Err(io::Error::other("usage: man|html|gaps INCLUDE_DIR [DIR]")),
    }
    Ok(true)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("nghttp2-reference: {error}");
            ExitCode::FAILURE
        }
    }
}
