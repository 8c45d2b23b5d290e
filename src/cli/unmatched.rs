//! Decisions of the register that match nothing any more: the words were changed, or the record goes by another name.

use std::collections::HashSet;

use caselint::register::Decision;

use super::Error;
use super::gathered::Gathered;
use super::ledger::Ledger;
use crate::report::{count, safe};

pub struct Unmatched {
    /// Those of records that were read and that hold no such finding any more.
    gone: Vec<Decision>,
    /// How many belong to records that were not read.
    elsewhere: usize,
}

impl Unmatched {
    pub fn of(ledger: &Ledger, records: &[Gathered]) -> Result<Self, Error> {
        let read: HashSet<&str> = records.iter().map(|record| record.name.as_str()).collect();
        let found: HashSet<(&str, String)> = records
            .iter()
            .flat_map(|record| record.findings.iter().map(|finding| (record.name.as_str(), ledger.finding(finding))))
            .collect();
        let (of_read, elsewhere): (Vec<Decision>, Vec<Decision>) = ledger
            .register
            .standing()?
            .into_iter()
            .partition(|decision| read.contains(decision.record.as_str()));
        let is_gone = |decision: &Decision| !found.contains(&(decision.record.as_str(), decision.finding.clone()));
        Ok(Unmatched { gone: of_read.into_iter().filter(is_gone).collect(), elsewhere: elsewhere.len() })
    }

    /// What a person should know of it.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.gone.is_empty() {
            let (number, verb) = (count(self.gone.len(), "decision"), if self.gone.len() == 1 { "matches" } else { "match" });
            lines.push(format!("{number} {verb} nothing any more, since the words were changed or taken out:"));
        }
        lines.extend(self.gone.iter().map(|decision| {
            let Decision { at, by, record, rule, choice, .. } = decision;
            let day = at.get(..10).unwrap_or(at);
            format!("  {}: {rule}, {choice}, {day}, {}", safe(record), safe(by))
        }));
        if self.elsewhere > 0 {
            let number = count(self.elsewhere, "decision");
            lines.push(format!("{number} of the register belong to records that were not read now."));
        }
        lines
    }
}
