//! One record's outcome against its labels.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::AddAssign;

use serde::Serialize;

use super::labelled::{Label, Labelled};
use crate::finding::{Evidence, Finding, Kind, Outcome, Verdict};

/// Labels to flag and findings, and how many of each are met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Labels to flag.
    pub labels: usize,
    /// Those that a finding overlaps.
    pub found: usize,
    pub findings: usize,
    /// Those that overlap a label to flag.
    pub right: usize,
}

/// Labels to leave, by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Rows {
    pub labels: usize,
    /// No finding overlaps them.
    pub unflagged: usize,
    /// A left mention overlaps them.
    pub seen: usize,
    /// A left mention with the right row does.
    pub right_row: usize,
}

/// Which row decided about a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Got {
    Flag(u8),
    Leave(u8),
    Nothing,
}

/// A label or finding that the other side does not bear out.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Error {
    pub kind: ErrorKind,
    /// What the label or finding is about.
    pub about: Kind,
    /// The rule of the finding or of the mention that was left, else the family of the label; the rule of a gap.
    pub rule: String,
    /// Bytes of the record's text; both 0 for a gap that was missed, since its label names no place.
    pub start: usize,
    pub end: usize,
    /// For a miss the row that left it, if any; for a false alarm the row that flagged it.
    pub row: Option<u8>,
    /// The row of the label that a false alarm stands on, if any.
    pub label_row: Option<u8>,
    /// What led to the verdict, of a false alarm or of the mention that was left.
    pub evidence: Vec<Evidence>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// A label to flag without a finding.
    Miss,
    /// A finding without a label to flag.
    FalseAlarm,
}

/// What one record gives to the score.
#[derive(Debug, Default)]
pub struct RecordTally {
    pub counts: Counts,
    pub families: BTreeMap<String, Counts>,
    pub rows: BTreeMap<u8, Rows>,
    /// By gap; empty where nobody looked for gaps.
    pub gaps: BTreeMap<String, Counts>,
    /// What a label says, and what became of it.
    pub confusion: Vec<(String, Got)>,
}

/// Compares an outcome with the labels. A finding and a label match when they overlap.
pub fn compare(labelled: &Labelled, outcome: &Outcome) -> (RecordTally, Vec<Error>) {
    let mut tally = RecordTally::default();
    let mut errors = Vec::new();
    let phrases = || outcome.findings.iter().filter(|finding| finding.kind == Kind::Phrase);
    for label in &labelled.labels {
        let span = label.start..label.end;
        let finding = phrases().find(|finding| finding.overlaps(&span));
        let left = || outcome.left.iter().filter(|left| left.overlaps(&span));
        let got = match finding {
            Some(finding) => Got::Flag(finding.row.unwrap_or_default()),
            None => left().next().map_or(Got::Nothing, |left| Got::Leave(left.row.unwrap_or_default())),
        };
        match label.verdict {
            Verdict::Flag => {
                let counts = Counts { labels: 1, found: usize::from(finding.is_some()), ..Counts::default() };
                tally.add(&label.family, counts);
                tally.confusion.push(("flag".into(), got));
                if finding.is_none() {
                    errors.push(miss(label, left().next()));
                }
            }
            Verdict::Leave => {
                let row = label.row.unwrap_or_default();
                let right = left().any(|left| left.row.is_some_and(|got| same_row(got, row)));
                *tally.rows.entry(row).or_default() += Rows {
                    labels: 1,
                    unflagged: usize::from(finding.is_none()),
                    seen: usize::from(left().next().is_some()),
                    right_row: usize::from(right),
                };
                tally.confusion.push((format!("row {row}"), got));
            }
        }
    }
    for finding in phrases() {
        let on = |verdict| {
            labelled
                .labels
                .iter()
                .find(|label| label.verdict == verdict && finding.overlaps(&(label.start..label.end)))
        };
        let is_right = on(Verdict::Flag).is_some();
        tally.add(&finding.family, Counts { findings: 1, right: usize::from(is_right), ..Counts::default() });
        if !is_right {
            errors.push(Error {
                kind: ErrorKind::FalseAlarm,
                about: Kind::Phrase,
                rule: finding.rule.clone(),
                start: finding.start,
                end: finding.end,
                row: finding.row,
                label_row: on(Verdict::Leave).and_then(|label| label.row),
                evidence: finding.evidence.clone(),
            });
        }
    }
    errors.sort_by_key(|error| (error.start, error.end));
    if let Some(labels) = &labelled.gaps {
        errors.extend(compare_gaps(labels, outcome, &mut tally.gaps));
    }
    (tally, errors)
}

/// Compares the gaps of a record with what a reader missed in it. A label names no place, so a gap counts once a record.
fn compare_gaps(labels: &[String], outcome: &Outcome, tally: &mut BTreeMap<String, Counts>) -> Vec<Error> {
    let labels: BTreeSet<&str> = labels.iter().map(String::as_str).collect();
    let mut found: BTreeMap<&str, &Finding> = BTreeMap::new();
    for finding in outcome.findings.iter().filter(|finding| finding.kind == Kind::Gap) {
        found.entry(&finding.rule).or_insert(finding);
    }
    let mut errors = Vec::new();
    for gap in labels.iter().copied().chain(found.keys().copied()).collect::<BTreeSet<&str>>() {
        let (labelled, finding) = (labels.contains(gap), found.get(gap));
        let both = usize::from(labelled && finding.is_some());
        let counts = Counts {
            labels: usize::from(labelled),
            found: both,
            findings: usize::from(finding.is_some()),
            right: both,
        };
        *tally.entry(gap.to_owned()).or_default() += counts;
        if both == 0 {
            errors.push(Error {
                kind: if labelled { ErrorKind::Miss } else { ErrorKind::FalseAlarm },
                about: Kind::Gap,
                rule: gap.to_owned(),
                start: finding.map_or(0, |finding| finding.start),
                end: finding.map_or(0, |finding| finding.end),
                row: None,
                label_row: None,
                evidence: finding.map(|finding| finding.evidence.clone()).unwrap_or_default(),
            });
        }
    }
    errors
}

fn miss(label: &Label, left: Option<&Finding>) -> Error {
    Error {
        kind: ErrorKind::Miss,
        about: Kind::Phrase,
        rule: left.map_or(&label.family, |left| &left.rule).clone(),
        start: label.start,
        end: label.end,
        row: left.and_then(|left| left.row),
        label_row: None,
        evidence: left.map(|left| left.evidence.clone()).unwrap_or_default(),
    }
}

/// Rows 1 and 5 may both fit, and so may 2, 6 and 7.
fn same_row(a: u8, b: u8) -> bool {
    let group = |row| match row {
        5 => 1,
        6 | 7 => 2,
        row => row,
    };
    group(a) == group(b)
}

impl RecordTally {
    fn add(&mut self, family: &str, counts: Counts) {
        self.counts += counts;
        *self.families.entry(family.to_owned()).or_default() += counts;
    }
}

impl Counts {
    /// The share of findings that are right; 1 where there is none.
    pub fn precision(&self) -> f64 {
        share(self.right, self.findings)
    }

    /// The share of labels to flag that are found; 1 where there is none.
    pub fn recall(&self) -> f64 {
        share(self.found, self.labels)
    }

    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 {
            0.0
        } else {
            2.0 * precision * recall / (precision + recall)
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.labels += other.labels;
        self.found += other.found;
        self.findings += other.findings;
        self.right += other.right;
    }
}

impl AddAssign for Rows {
    fn add_assign(&mut self, other: Self) {
        self.labels += other.labels;
        self.unflagged += other.unflagged;
        self.seen += other.seen;
        self.right_row += other.right_row;
    }
}

impl fmt::Display for Got {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Got::Flag(row) => write!(f, "flag by row {row}"),
            Got::Leave(row) => write!(f, "leave by row {row}"),
            Got::Nothing => f.write_str("no mention"),
        }
    }
}
