//! What a compiler is shown of how programs use the library, for profile-guided optimization.
//!
//! Every workload counts alike: each is repeated until it has taken about as many instructions as the
//! others, by the figures that `baseline.txt` has for one unit. So training is the same as long as that file
//! is, and does not depend on how fast the library runs that counts for the compiler.

use crate::baseline::Figures;
use crate::ffi::Library;
use crate::workload::Workload;

/// The instructions of each workload.
const SHARE: f64 = 20_000_000.0;

/// What a unit takes that was not written down yet.
const USUAL: f64 = 1_000.0;

/// How many operations a workload's share is.
fn operations(workload: &Workload, figures: &Figures) -> u64 {
    let unit = figures.get(&format!("instructions: {}", workload.name)).unwrap_or(USUAL);
    let operation = unit * workload.units;
    ((SHARE / operation) as u64).clamp(2, workload.most - 1)
}

/// Does the work.
pub fn train(workloads: &[Workload], library: &'static Library, figures: &Figures) {
    for workload in workloads.iter().filter(|workload| (workload.takes_part)(library)) {
        let operations = operations(workload, figures);
        (workload.prepare)(library, false, operations).go(operations);
    }
}
