//! Whose case the records say that they are.

use std::collections::BTreeMap;

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
    pub records: usize,
}

/// A name and how many records bear it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Named {
    pub name: String,
    pub records: usize,
}

impl Identity {
    pub(super) fn of(documents: &[Document]) -> Identity {
        let cases = documents.iter().filter_map(|document| document.record.case.clone());
        let births = documents.iter().filter_map(|document| document.record.subject.date_of_birth);
        Identity {
            cases: counted(cases),
            births: counted(births.map(|date| date.to_string())),
            records: documents.len(),
        }
    }

    /// Whether the records seem to be of more than one child.
    pub fn is_mixed(&self) -> bool {
        self.cases.len() > 1 || self.births.len() > 1
    }
}

fn counted(names: impl Iterator<Item = String>) -> Vec<Named> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    counts.into_iter().map(|(name, records)| Named { name, records }).collect()
}
