//! What floods cost: processor time and memory for each octet that the attacker sends.
//!
//! The program sets no callback here, so that the library is measured and not the transcript. Times are
//! averages, the best of several turns that the libraries take, because whatever else the machine does
//! only adds to them; they are there to be read, nothing is asserted about them.

use super::examine::Library;
use super::file::Input;
use super::{side, ways};
use crate::script::Script;

/// How often each library has its turn.
const ROUNDS: usize = 5;

/// Prints a table of all floods, a pair of columns for each library.
pub fn report<'a>(
    libraries: &[Library],
    floods: impl Iterator<Item = &'a Input>,
) -> Result<bool, String> {
    let heads: Vec<String> =
        libraries.iter().map(|l| format!("{:>10} {:>9}", side(l), "")).collect();
    println!("{:<4} {:<62} {:>9} {}", "", "", "octets", heads.join(" "));
    let units = vec![format!("{:>10} {:>9}", "ns/octet", "KiB"); libraries.len()];
    println!("{:<4} {:<62} {:>9} {}", "row", "flood", "sent", units.join(" "));
    for input in floods {
        let script = quiet(input);
        let fed = input.script[input.skipped..].iter().map(|step| ways::feeds(step).len());
        let octets = fed.sum::<usize>().max(1) as u64;
        let mut costs = vec![None; libraries.len()];
        for _ in 0..ROUNDS {
            for (cost, library) in costs.iter_mut().zip(libraries) {
                if library.knows(input) {
                    let (time, peak) = library.cost(&script)?;
                    let (least, most) = cost.unwrap_or((time, peak));
                    *cost = Some((least.min(time), most.max(peak)));
                }
            }
        }
        let cells: Vec<String> = costs.into_iter().map(|cost| cell(cost, octets)).collect();
        let chosen = if input.chosen.is_empty() { "" } else { ": " };
        let name = format!("{}{chosen}{}", input.sentence, input.chosen);
        let name: String = name.chars().take(62).collect();
        println!("{:<4} {name:<62} {octets:>9} {}", input.id, cells.join(" "));
    }
    Ok(true)
}

/// A pair of columns.
fn cell(cost: Option<(u64, u64)>, octets: u64) -> String {
    let Some((time, peak)) = cost else { return format!("{:>10} {:>9}", "-", "-") };
    let each = time as f64 / octets as f64;
    format!("{each:>10.1} {:>9}", peak.div_ceil(1024))
}

/// The script without callbacks.
fn quiet(input: &Input) -> Script {
    let mut script = input.script.clone();
    if let Some(open) = script.first_mut() {
        open.args.retain(|(key, _)| key != "cb");
        *open = open.clone().arg("cb", "none");
    }
    script
}
