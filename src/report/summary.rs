use std::fmt;

use caselint::{Ask, Outcome};
use serde::Serialize;

use crate::input::{Kinds, kinds};

/// What a run came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub records: usize,
    /// Records with at least one finding.
    pub records_with_findings: usize,
    pub findings: usize,
    pub reword: usize,
    pub analyse: usize,
    pub consider: usize,
    /// Mentions that were seen and left alone.
    pub left: usize,
    /// Files of other kinds that were passed over in folders, archives and mails.
    pub skipped: usize,
    /// The same by kind.
    #[serde(skip)]
    pub skipped_kinds: Kinds,
    /// Files and records that could not be read.
    pub errors: usize,
}

impl Summary {
    /// Counts a record.
    pub fn add(&mut self, outcome: &Outcome) {
        self.records += 1;
        self.records_with_findings += usize::from(!outcome.findings.is_empty());
        self.findings += outcome.findings.len();
        self.left += outcome.left.len();
        for finding in &outcome.findings {
            match finding.ask {
                Ask::Reword => self.reword += 1,
                Ask::Analyse => self.analyse += 1,
                // Asks that are milder still may come to be.
                _ => self.consider += 1,
            }
        }
    }

    /// Counts files that were passed over.
    pub fn skip(&mut self, passed: &Kinds) {
        for (kind, count) in passed {
            self.skipped += count;
            *self.skipped_kinds.entry(kind.clone()).or_default() += count;
        }
    }

    /// Whether something was found that asks for `ask` or more.
    pub fn asks_for(&self, ask: Ask) -> bool {
        let at_least = match ask {
            Ask::Reword => self.reword,
            Ask::Analyse => self.reword + self.analyse,
            _ => self.findings,
        };
        at_least > 0
    }

    fn by_ask(&self) -> String {
        let parts = [(self.reword, "to reword"), (self.analyse, "to analyse"), (self.consider, "to consider")];
        parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let records = count(self.records, "record");
        match self.findings {
            0 if self.records == 0 => write!(f, "no record was read")?,
            // The absence of findings is no praise.
            0 => write!(f, "{records}: nothing found by these rules")?,
            findings => {
                write!(f, "{records}: {} ({})", count(findings, "finding"), self.by_ask())?;
                let without = self.records - self.records_with_findings;
                if without > 0 {
                    write!(f, "; nothing found by these rules in {without}")?;
                }
            }
        }
        if self.left > 0 {
            write!(f, "; {} seen and left alone", count(self.left, "mention"))?;
        }
        if self.skipped > 0 {
            write!(f, "; {} passed over ({})", count(self.skipped, "file of another kind"), kinds(&self.skipped_kinds))?;
        }
        if self.errors > 0 {
            write!(f, "; {}", count(self.errors, "error"))?;
        }
        Ok(())
    }
}

/// A number with its noun, in the plural where it needs one.
pub fn count(number: usize, noun: &str) -> String {
    match (number, noun.split_once(' ')) {
        (1, _) => format!("1 {noun}"),
        (_, Some((first, rest))) => format!("{number} {first}s {rest}"),
        (_, None) => format!("{number} {noun}s"),
    }
}
