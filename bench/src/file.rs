//! What loading a library costs: the size of its file, its relocations, the time.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use crate::ffi;
use crate::statistics::Spread;

/// What a program prints.
fn output(program: &str, arguments: &[&OsStr]) -> Result<String, String> {
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// Octets of the file without symbols that only debuggers need.
pub fn stripped_size(file: &Path, scratch: &Path) -> Result<u64, String> {
    let stripped = scratch.join("stripped.so");
    let arguments = [OsStr::new("--strip-all"), file.as_os_str(), "-o".as_ref(), stripped.as_ref()];
    output("strip", &arguments)?;
    let metadata = std::fs::metadata(&stripped).map_err(|error| error.to_string())?;
    Ok(metadata.len())
}

/// What the loader has to fill in.
pub fn relocations(file: &Path) -> Result<usize, String> {
    let text = output("readelf", &["-rW".as_ref(), file.as_os_str()])?;
    Ok(text.lines().filter(|line| line.contains(" R_")).count())
}

/// How often files are loaded, in turns.
const ROUNDS: usize = 200;

/// Microseconds that it takes to load each of the files, none of which may be loaded already.
pub fn load_times(files: &[&Path]) -> Result<Vec<f64>, String> {
    let mut times = vec![Vec::new(); files.len()];
    for _ in 0..ROUNDS {
        for (file, times) in files.iter().zip(&mut times) {
            times.push(ffi::load_time(file)? * 1e6);
        }
    }
    Ok(times.iter().filter_map(|times| Spread::of(times)).map(|spread| spread.median).collect())
}
