//! The work, by subject.

mod connections;
mod data;
mod exchange;
mod floods;
mod hpack;
mod stories;
mod streams;

pub use data::endless;
pub use exchange::Pair;

use crate::workload::Workload;

/// Every workload, in the order of the tables.
pub fn all() -> Vec<Workload> {
    let mut all = hpack::decoding();
    all.extend(hpack::encoding());
    all.extend(exchange::both_ends());
    all.extend(exchange::one_end());
    all.extend(data::sending());
    all.extend(data::gathering());
    all.extend(data::receiving());
    all.extend(streams::schedulers());
    all.extend(streams::waking());
    all.extend(streams::resizing());
    all.extend(connections::all());
    all.extend(floods::all());
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::libraries::{self, Libraries};
    use crate::measure::differing;

    /// Small sizes, on all libraries that are there: each does the same.
    #[test]
    fn libraries_agree_on_every_workload() {
        let libraries = Libraries::find(&libraries::ours(), &[]).unwrap();
        assert!(libraries.all().len() > 1, "there is nothing to compare with");
        for workload in all() {
            let differing = differing(&workload, libraries.all(), 2);
            let names: Vec<&str> = differing.iter().map(|library| library.name.as_str()).collect();
            assert_eq!(names, [""; 0], "{}", workload.name);
        }
    }

    #[test]
    fn no_two_workloads_have_the_same_name() {
        let mut names: Vec<String> = all().into_iter().map(|workload| workload.name).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
