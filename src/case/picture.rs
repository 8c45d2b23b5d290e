//! The picture over time: how many words speak of harm to the child, and how many of what the child does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::read::Draft;
use super::step::Balance;

/// A quarter of a year in which something was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quarter {
    pub year: i16,
    /// From 1.
    pub quarter: u8,
    pub entries: usize,
    pub words: Balance,
    /// In order of name; entries without an agency come first.
    pub agencies: Vec<Count>,
}

/// What one agency recorded in a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Count {
    pub agency: Option<String>,
    pub entries: usize,
    pub words: Balance,
}

/// The quarters in which something was recorded, in order.
pub(super) fn quarters(steps: &[Draft]) -> Vec<Quarter> {
    let mut quarters: BTreeMap<(i16, u8), BTreeMap<Option<&str>, Count>> = BTreeMap::new();
    for draft in steps {
        let Some(when) = draft.step.when else { continue };
        let quarter = quarters.entry((when.date.year(), when.date.month().div_ceil(3))).or_default();
        let agency = draft.step.agency.as_deref();
        let count = quarter.entry(agency).or_insert_with(|| Count {
            agency: agency.map(str::to_owned),
            entries: 0,
            words: Balance::default(),
        });
        count.entries += 1;
        count.words.add(draft.step.words);
    }
    quarters
        .into_iter()
        .map(|((year, quarter), agencies)| sum(year, quarter, agencies.into_values().collect()))
        .collect()
}

fn sum(year: i16, quarter: u8, agencies: Vec<Count>) -> Quarter {
    let mut words = Balance::default();
    agencies.iter().for_each(|count| words.add(count.words));
    let entries = agencies.iter().map(|count| count.entries).sum();
    Quarter { year, quarter, entries, words, agencies }
}
