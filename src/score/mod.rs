//! How right the verdicts are on records that somebody has labelled: precision, recall, rows, errors, with intervals.

mod bootstrap;
mod labelled;
mod tally;

pub use bootstrap::Interval;
pub use labelled::{Label, Labelled};
pub use tally::{Counts, Error, ErrorKind, Got, Rows};

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Linter;
use crate::finding::Kind;
use tally::RecordTally;

/// What labelled records gave. Add them one by one, then read the [`Report`].
#[derive(Debug, Default)]
pub struct Score {
    records: Vec<RecordTally>,
    /// The records in which somebody looked for gaps.
    with_gaps: usize,
    /// By pair, whether the phrases of every member so far are wholly right.
    pairs: BTreeMap<String, bool>,
}

/// The figures of a [`Score`].
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Report {
    pub records: usize,
    pub overall: Figures,
    pub by_family: BTreeMap<String, Figures>,
    /// Gaps, over the records in which somebody looked for them; nothing where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gaps: Option<Gaps>,
    /// How labels to leave fared, by the row they carry.
    pub by_row: BTreeMap<u8, Rows>,
    /// Labels to leave that a left mention overlaps, and those whose row is right; rows 1 and 5 count as one, and so do 2, 6 and 7.
    pub rows: Rows,
    /// By what a label says (`flag`, `row 6`), how often which row decided.
    pub confusion: BTreeMap<String, BTreeMap<String, usize>>,
    /// Minimal pairs, and those of which every member is wholly right.
    pub pairs: usize,
    pub pairs_right: usize,
}

/// How right the gaps are. A label names no place, so a gap counts once a record.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Gaps {
    /// Those in which somebody looked for gaps.
    pub records: usize,
    pub overall: Figures,
    /// By rule.
    pub by_gap: BTreeMap<String, Figures>,
}

/// Counts with the shares that follow from them.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Figures {
    #[serde(flatten)]
    pub counts: Counts,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    /// 95 % intervals by bootstrap over records; overall only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Intervals>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Intervals {
    pub precision: Interval,
    pub recall: Interval,
    pub f1: Interval,
}

impl Score {
    /// Checks a record and compares the outcome with its labels. Gives each miss and false alarm.
    pub fn add(&mut self, linter: &Linter, labelled: &Labelled) -> Vec<Error> {
        let outcome = linter.check(&labelled.record);
        let (tally, errors) = tally::compare(labelled, &outcome);
        if let Some(pair) = &labelled.pair {
            *self.pairs.entry(pair.clone()).or_insert(true) &= errors.iter().all(|error| error.about == Kind::Gap);
        }
        self.with_gaps += usize::from(labelled.gaps.is_some());
        self.records.push(tally);
        errors
    }

    pub fn report(&self) -> Report {
        let mut report = Report {
            records: self.records.len(),
            overall: Figures::new(Counts::default()),
            by_family: BTreeMap::new(),
            gaps: self.gaps(),
            by_row: BTreeMap::new(),
            rows: Rows::default(),
            confusion: BTreeMap::new(),
            pairs: self.pairs.len(),
            pairs_right: self.pairs.values().filter(|&&right| right).count(),
        };
        let mut families: BTreeMap<&str, Counts> = BTreeMap::new();
        let mut overall = Counts::default();
        for record in &self.records {
            overall += record.counts;
            for (family, counts) in &record.families {
                *families.entry(family).or_default() += *counts;
            }
            for (row, rows) in &record.rows {
                *report.by_row.entry(*row).or_default() += *rows;
                report.rows += *rows;
            }
            for (said, got) in &record.confusion {
                *report.confusion.entry(said.clone()).or_default().entry(got.to_string()).or_default() += 1;
            }
        }
        report.overall = Figures::new(overall);
        let counts: Vec<Counts> = self.records.iter().map(|record| record.counts).collect();
        report.overall.intervals = bootstrap::intervals(&counts);
        report.by_family = figures(families);
        report
    }

    fn gaps(&self) -> Option<Gaps> {
        let mut gaps: BTreeMap<&str, Counts> = BTreeMap::new();
        let mut counts = Vec::new();
        for record in &self.records {
            let mut all = Counts::default();
            for (gap, counts) in &record.gaps {
                *gaps.entry(gap).or_default() += *counts;
                all += *counts;
            }
            counts.push(all);
        }
        let mut overall = Figures::new(counts.iter().fold(Counts::default(), |mut sum, &counts| {
            sum += counts;
            sum
        }));
        overall.intervals = bootstrap::intervals(&counts);
        (self.with_gaps > 0).then(|| Gaps { records: self.with_gaps, overall, by_gap: figures(gaps) })
    }
}

fn figures(counts: BTreeMap<&str, Counts>) -> BTreeMap<String, Figures> {
    counts.into_iter().map(|(name, counts)| (name.to_owned(), Figures::new(counts))).collect()
}

impl Figures {
    fn new(counts: Counts) -> Self {
        Figures {
            counts,
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            intervals: None,
        }
    }
}
