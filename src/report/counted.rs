//! What is counted of a record, when the record itself is gone.

use std::collections::BTreeSet;

use caselint::tell::words_in;
use caselint::{Ask, Finding, Outcome, Reason, Record, Who};

use super::text_of;

/// What one record adds to the figures of a run.
#[derive(Debug, Default)]
pub struct Counted {
    /// Words of its text: what white space parts and has a letter or a digit in it.
    pub words: usize,
    pub findings: Vec<CountedFinding>,
    /// Mentions that were seen and left alone.
    pub left: usize,
    /// Those of them that stand in what is printed in a form.
    pub printed: usize,
    /// The fingerprints of findings that stand in the baseline.
    pub known: Vec<String>,
    /// The sentences of analysis that cleared mentions, each once.
    pub analysis: BTreeSet<String>,
    /// The team that wrote it; the agency where no team is named.
    pub team: Option<String>,
    /// Year and month of its date, such as 2014-03.
    pub month: Option<String>,
}

/// What a finding is counted by.
#[derive(Debug)]
pub struct CountedFinding {
    pub family: String,
    pub ask: Ask,
    pub who: Who,
}

impl Counted {
    /// Counts a record. The places of the outcome are those of the record's text.
    pub fn of(record: &Record, outcome: &Outcome) -> Self {
        Counted {
            words: words_in(record),
            findings: outcome.findings.iter().map(CountedFinding::of).collect(),
            left: outcome.left.len(),
            printed: outcome.left.iter().filter(|left| left.reason == Reason::Printed).count(),
            known: Vec::new(),
            analysis: outcome.left.iter().filter_map(|left| analysis(record, left)).collect(),
            team: record.team.clone().or_else(|| record.agency.clone()),
            month: record.date.map(|date| date.to_string().chars().take("2014-03".len()).collect()),
        }
    }
}

impl CountedFinding {
    fn of(finding: &Finding) -> Self {
        CountedFinding { family: finding.family.clone(), ask: finding.ask, who: finding.voice.who }
    }
}

/// The sentence of the analysis that cleared a mention.
fn analysis(record: &Record, left: &Finding) -> Option<String> {
    let sentence = text_of(record, left).get(left.analysis.clone())?.trim();
    (left.reason == Reason::Contextualised && !sentence.is_empty()).then(|| sentence.to_owned())
}
