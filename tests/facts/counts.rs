//! How much the lexicon holds.

use caselint::upkeep::Catalogue;
use std::collections::BTreeSet;

fn catalogue() -> Catalogue {
    Catalogue::new(&[]).expect("the embedded lexicon is sound")
}

pub fn concerns() -> String {
    catalogue().entries.len().to_string()
}

pub fn families() -> String {
    let catalogue = catalogue();
    catalogue
        .entries
        .iter()
        .map(|entry| entry.family.as_str())
        .collect::<BTreeSet<_>>()
        .len()
        .to_string()
}

pub fn gaps() -> String {
    catalogue().gaps.len().to_string()
}

/// Examples of concerns, all of which are run as tests.
pub fn examples() -> String {
    let catalogue = catalogue();
    catalogue
        .entries
        .iter()
        .map(|entry| entry.concern.flags.len() + entry.concern.leaves.len())
        .sum::<usize>()
        .to_string()
}

pub fn sources() -> String {
    catalogue().sources.len().to_string()
}

pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
