//! What is counted of a record, when the record itself is gone.

use caselint::{Ask, Finding, Outcome, Record, Who};

/// What one record adds to the figures of a run.
#[derive(Debug, Default)]
pub struct Counted {
    /// Words of its text: what white space parts and has a letter or a digit in it.
    pub words: usize,
    pub findings: Vec<CountedFinding>,
    /// Mentions that were seen and left alone.
    pub left: usize,
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
    pub fn of(record: &Record, outcome: &Outcome) -> Self {
        let texts = std::iter::once(&record.text).chain(record.fields.iter().map(|field| &field.text));
        Counted {
            words: texts.map(|text| words(text)).sum(),
            findings: outcome.findings.iter().map(CountedFinding::of).collect(),
            left: outcome.left.len(),
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

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
