//! Whose case the records say that they are.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Document;

/// What the records say of whose case they are. Of one child each list has one name at most.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Identity {
    /// Case numbers, in order.
    pub cases: Vec<Named>,
    /// Dates of birth, in order.
    pub births: Vec<Named>,
    /// The name that is taken to be the child's: by far the one that most entries hold.
    pub child: Option<Named>,
    /// How many records there are.
    pub records: usize,
}

/// A name and how many records, or for a person how many entries, bear it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Named {
    pub name: String,
    pub records: usize,
}

impl Identity {
    pub(super) fn of(documents: &[Document], child: Option<Named>) -> Identity {
        let cases = documents.iter().filter_map(|document| document.record.case.clone());
        let births = documents.iter().filter_map(|document| document.record.subject.date_of_birth);
        Identity {
            cases: counted(cases),
            births: counted(births.map(|date| date.to_string())),
            child,
            records: documents.len(),
        }
    }

    /// Whether the records seem to be of more than one child.
    pub fn is_mixed(&self) -> bool {
        self.cases.len() > 1 || self.births.len() > 1
    }
}

/// A child is named in so many entries at least.
const FEWEST: usize = 3;

/// The name that at least a third of the entries hold, and twice as many as any other. It stands within some sentence. Each entry gives its
/// names as [`Draft::names`](super::read::Draft::names) has them.
pub(super) fn child<'a>(entries: impl ExactSizeIterator<Item = &'a BTreeMap<String, bool>> + Clone) -> Option<Named> {
    let within = entries.clone().flat_map(|names| names.iter().filter(|(_, within)| **within));
    let sure: BTreeSet<&String> = within.map(|(name, _)| name).collect();
    let number = entries.len();
    let all = entries.flat_map(BTreeMap::keys).filter(|name| sure.contains(name));
    let mut names = counted(all.cloned());
    names.sort_by_key(|named| Reverse(named.records));
    let next = names.get(1).map_or(0, |named| named.records);
    names.into_iter().next().filter(|first| {
        let held = first.records;
        held >= FEWEST && 3 * held >= number && held >= 2 * next
    })
}

fn counted(names: impl Iterator<Item = String>) -> Vec<Named> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    counts.into_iter().map(|(name, records)| Named { name, records }).collect()
}
