use std::fmt;

use caselint::Ask;
use serde::{Deserialize, Serialize};

use super::{Counted, count, safe};
use crate::input::{Kinds, kinds};

/// What a run came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Files of which something was read; standard input counts as one.
    pub files: usize,
    pub records: usize,
    /// Records with at least one finding.
    pub records_with_findings: usize,
    pub findings: usize,
    pub reword: usize,
    pub analyse: usize,
    pub consider: usize,
    /// Mentions that were seen and left alone.
    pub left: usize,
    /// Those of them that stand in what is printed in a form.
    pub printed: usize,
    /// Sentences of analysis that stand word for word in many records.
    pub repeated: usize,
    /// Findings that stand in the baseline, where there is one. They are not among the findings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<usize>,
    /// Findings of the baseline that were found no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<usize>,
    /// Files of other kinds that were passed over in folders, archives and mails.
    pub skipped: usize,
    /// The same by kind.
    #[serde(skip)]
    pub skipped_kinds: Kinds,
    /// Files and records that could not be read.
    pub errors: usize,
    /// The user ended the run early.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub interrupted: bool,
}

impl Summary {
    /// Counts a record.
    pub fn add(&mut self, counted: &Counted) {
        self.records += 1;
        self.records_with_findings += usize::from(!counted.findings.is_empty());
        self.findings += counted.findings.len();
        self.left += counted.left;
        self.printed += counted.printed;
        for finding in &counted.findings {
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
        let mut records = count(self.records, "record");
        if self.files > 1 && self.files < self.records {
            records = format!("{records} in {}", count(self.files, "file"));
        }
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
            if self.printed > 0 {
                write!(f, ", {} of them printed in forms", self.printed)?;
            }
        }
        if self.repeated > 0 {
            write!(f, "; {} repeated in many records", count(self.repeated, "sentence of analysis"))?;
        }
        if let Some(known) = self.known {
            write!(f, "; {} that stand in the baseline", count(known, "finding"))?;
        }
        if let Some(gone) = self.gone {
            write!(f, "; {gone} of the baseline found no more")?;
        }
        if self.skipped > 0 {
            let kinds = safe(&kinds(&self.skipped_kinds));
            write!(f, "; {} passed over ({kinds})", count(self.skipped, "file of another kind"))?;
        }
        if self.errors > 0 {
            write!(f, "; {}", count(self.errors, "error"))?;
        }
        if self.interrupted {
            write!(f, "; ended early, at your word")?;
        }
        Ok(())
    }
}
