//! How often findings come, in each thousand words: by family, ask, voice, team and month.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{Checked, Counted, Report, Totals, count, name_of, safe_line};

/// The figures of a run. They compare wording, not people.
#[derive(Debug, Default)]
pub struct Rates {
    words: usize,
    findings: usize,
    family: BTreeMap<String, usize>,
    ask: BTreeMap<String, usize>,
    voice: BTreeMap<String, usize>,
    team: BTreeMap<Option<String>, Group>,
    month: BTreeMap<Option<String>, Group>,
}

/// Records that have a team or a month in common.
#[derive(Debug, Default, Clone, Copy)]
struct Group {
    records: usize,
    words: usize,
    findings: usize,
}

/// A figure as it is written.
#[derive(Serialize)]
struct Rate<'a> {
    /// Nothing for records that do not tell their team or their date.
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    records: Option<usize>,
    words: usize,
    findings: usize,
    per_1000_words: f64,
}

impl Rates {
    /// Counts a record.
    pub fn add(&mut self, counted: &Counted) {
        let findings = counted.findings.len();
        self.words += counted.words;
        self.findings += findings;
        for finding in &counted.findings {
            for (kind, name) in [
                (&mut self.family, finding.family.clone()),
                (&mut self.ask, name_of(finding.ask)),
                (&mut self.voice, name_of(finding.who)),
            ] {
                *kind.entry(name).or_default() += 1;
            }
        }
        for (groups, name) in [(&mut self.team, &counted.team), (&mut self.month, &counted.month)] {
            let group = groups.entry(name.clone()).or_default();
            *group = Group {
                records: group.records + 1,
                words: group.words + counted.words,
                findings: group.findings + findings,
            };
        }
    }

    pub fn words(&self) -> usize {
        self.words
    }

    /// The figures by what they are counted by, the most frequent first; months in order.
    fn tables(&self) -> [(&'static str, Vec<Rate<'_>>); 5] {
        let mut tables = [
            ("family", self.kinds(&self.family)),
            ("ask", self.kinds(&self.ask)),
            ("voice", self.kinds(&self.voice)),
            ("team", groups(&self.team)),
            ("month", groups(&self.month)),
        ];
        for (_, rates) in &mut tables[..4] {
            rates.sort_by(|one, other| other.per_1000_words.total_cmp(&one.per_1000_words));
        }
        tables
    }

    fn kinds<'a>(&self, kinds: &'a BTreeMap<String, usize>) -> Vec<Rate<'a>> {
        let rate = |(name, findings): (&'a String, &usize)| Rate {
            name: Some(name),
            records: None,
            words: self.words,
            findings: *findings,
            per_1000_words: per_1000(*findings, self.words),
        };
        kinds.iter().map(rate).collect()
    }

    /// The object of a JSON document: a list of figures for each of what they are counted by.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&BTreeMap::from(self.tables()))
    }

    /// Tables for people.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let rate = per_1000(self.findings, self.words);
        writeln!(out, "{} in {}: {rate:.2} in 1,000\n", count(self.findings, "finding"), count(self.words, "word"))?;
        for (by, rates) in self.tables() {
            let has_groups = rates.iter().any(|rate| rate.records.is_some());
            let records = if has_groups { "records" } else { "" };
            writeln!(out, "{by:<NAME$} {records:>8} {:>9} {:>15}", "findings", "in 1,000 words")?;
            for Rate { name, records, findings, per_1000_words, .. } in rates {
                let name = name.map_or_else(|| "(not given)".to_owned(), |name| cut(&safe_line(name)));
                let records = records.map_or_else(String::new, |records| records.to_string());
                writeln!(out, "  {name:<width$} {records:>8} {findings:>9} {per_1000_words:>15.2}", width = NAME - 2)?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

/// Columns of a name in a table.
const NAME: usize = 36;

/// A name that fits its column.
fn cut(name: &str) -> String {
    match name.chars().count() {
        length if length > NAME - 2 => name.chars().take(NAME - 3).chain(['…']).collect(),
        _ => name.to_owned(),
    }
}

fn groups(groups: &BTreeMap<Option<String>, Group>) -> Vec<Rate<'_>> {
    groups
        .iter()
        .map(|(name, group)| Rate {
            name: name.as_deref(),
            records: Some(group.records),
            words: group.words,
            findings: group.findings,
            per_1000_words: per_1000(group.findings, group.words),
        })
        .collect()
}

/// `--summary-only` for people.
pub struct TableRates;

impl Report for TableRates {
    fn record(&self, _out: &mut dyn Write, _checked: &Checked<'_>) -> io::Result<()> {
        Ok(())
    }

    fn finish(&self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        if let Some(rates) = &totals.rates {
            rates.write(out)?;
        }
        totals.finish(out)
    }
}

/// Findings in each thousand words, to the hundredth.
fn per_1000(findings: usize, words: usize) -> f64 {
    if words == 0 {
        return 0.0;
    }
    (findings as f64 * 100_000.0 / words as f64).round() / 100.0
}
