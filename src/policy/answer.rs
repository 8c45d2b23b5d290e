//! What a system is told about a note.

use serde::Serialize;

use super::{Decision, Display, Policy};
use crate::finding::{Ask, Finding, Outcome};
use crate::linter::Linter;
use crate::offsets::Unit;
use crate::record::Record;

/// The decision on a note, what to show of it, and what was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Answer {
    /// The id of the record, where it has one.
    pub id: Option<String>,
    pub decision: Decision,
    pub display: Display,
    /// Their offsets count in the unit that was asked for.
    pub findings: Vec<Finding>,
    pub summary: Counts,
}

/// How many findings there are, by what they ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Counts {
    pub findings: usize,
    pub reword: usize,
    pub analyse: usize,
    pub consider: usize,
    /// Phrases that were seen and left alone.
    pub left: usize,
}

impl Answer {
    /// Checks a note. The profile and jurisdiction of the policy are those of the linter, which the caller has chosen by them.
    pub fn new(linter: &Linter, record: &Record, policy: &Policy) -> Answer {
        Answer::counted_in(Unit::Utf8, linter, record, policy)
    }

    /// As [`Answer::new`], with offsets in another unit than bytes.
    pub fn counted_in(unit: Unit, linter: &Linter, record: &Record, policy: &Policy) -> Answer {
        let mut outcome = linter.check(record);
        outcome.count_in(unit, record);
        let decision = policy.decide(&outcome.findings);
        Answer {
            id: record.id.clone(),
            decision,
            display: Display::new(policy, decision, &outcome.findings),
            summary: Counts::of(&outcome),
            findings: outcome.findings,
        }
    }
}

impl Counts {
    fn of(outcome: &Outcome) -> Counts {
        let asking = |ask| outcome.findings.iter().filter(|finding| finding.ask == ask).count();
        Counts {
            findings: outcome.findings.len(),
            reword: asking(Ask::Reword),
            analyse: asking(Ask::Analyse),
            consider: asking(Ask::Consider),
            left: outcome.left.len(),
        }
    }
}
