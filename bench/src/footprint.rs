//! The tables of memory and of files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::file;
use crate::libraries::Libraries;
use crate::memory::FIGURES;
use crate::table::Table;
use crate::verdict::Verdict;

/// Heap, all libraries side by side.
pub fn heap(libraries: &Libraries) -> Table {
    let mut table = head("heap", libraries);
    for figure in FIGURES {
        let values: Vec<f64> = libraries.all().iter().map(|library| figure.of(library)).collect();
        row(&mut table, figure.name, &values, figure.most, 1);
    }
    table
}

/// The files. That of a release of the original is what ours must not be larger than.
pub fn files(libraries: &Libraries, scratch: &Path) -> Result<Table, String> {
    let mut table = head("file", libraries);
    let files: Vec<&Path> = libraries.all().iter().map(|library| library.file.as_path()).collect();
    let collect =
        |values: Vec<Result<f64, String>>| values.into_iter().collect::<Result<Vec<_>, _>>();

    let sizes = files.iter().map(|file| Ok(file::stripped_size(file, scratch)? as f64));
    row(&mut table, "octets, stripped", &collect(sizes.collect())?, Some(186_816.0), 0);
    let relocations = files.iter().map(|file| Ok(file::relocations(file)? as f64));
    row(&mut table, "relocations", &collect(relocations.collect())?, Some(150.0), 0);

    // What is loaded is not loaded again, so copies are.
    let copies: Vec<PathBuf> =
        (0..files.len()).map(|index| scratch.join(format!("copy-{index}.so"))).collect();
    for (file, copy) in files.iter().zip(&copies) {
        fs::copy(file, copy).map_err(|error| error.to_string())?;
    }
    let copies: Vec<&Path> = copies.iter().map(PathBuf::as_path).collect();
    let times = file::load_times(&copies)?;
    let most =
        libraries.bars(crate::workload::Against::Newest).first().map(|&bar| times[bar] * 0.8);
    row(&mut table, "microseconds to load", &times, most, 1);
    Ok(table)
}

fn head(what: &str, libraries: &Libraries) -> Table {
    let mut head = vec![what];
    head.extend(libraries.all().iter().map(|library| library.name.as_str()));
    head.extend(["target", "verdict"]);
    Table::new(&head)
}

/// A row; the first value is ours.
fn row(table: &mut Table, name: &str, values: &[f64], most: Option<f64>, digits: usize) {
    let mut row = vec![name.to_owned()];
    row.extend(values.iter().map(|value| format!("{value:.digits$}")));
    row.push(most.map_or("-".into(), |most| format!("{most:.digits$}")));
    let verdict = values.first().map_or(Verdict::None, |ours| Verdict::at_most(*ours, most));
    row.push(verdict.to_string());
    table.row(row);
}
