//! From findings to output: one writer a format.

mod baseline;
mod case_chronology;
mod case_json;
mod case_matters;
mod case_page;
mod case_terminal;
mod compact;
mod counted;
mod csv;
mod excerpt;
mod gutter;
mod json;
mod jsonl;
mod key;
#[cfg(feature = "parquet")]
mod parquet;
mod rates;
mod repeated;
mod rows;
mod sarif;
mod sarif_rules;
mod summary;
mod terminal;
mod verdict;
mod wrap;

use std::io::{self, Write};
use std::ops::Range;

use caselint::case::Case;
use caselint::tell::place_in_words;
pub use caselint::tell::{count, name_of, safe, safe_line};
use caselint::{Finding, Outcome, Record};

use crate::input::Origin;

pub use baseline::{Baseline, Compared, Gone};
pub use case_json::write as write_case_json;
pub use case_page::Page;
pub use case_terminal::write as write_case;
pub use compact::{Compact, compact_line};
pub use counted::Counted;
pub use csv::Csv;
#[cfg(feature = "register")]
pub use excerpt::{Room, cut as cut_excerpt};
pub use json::{Json, JsonRates};
pub use jsonl::Jsonl;
pub use key::{Key, SHORTEST};
#[cfg(feature = "parquet")]
pub use parquet::Parquet;
pub use rates::{Rates, TableRates};
pub use repeated::Repeated;
pub use rows::Rows;
pub use sarif::Sarif;
pub use summary::Summary;
pub use terminal::Terminal;
pub use wrap::lines;
#[cfg(feature = "register")]
pub use wrap::{hanging, said};

/// Writes what was found, record by record. Records are written by several threads, each to memory of its own, and put together in order.
pub trait Report: Send + Sync {
    /// What stands before the first record.
    fn start(&self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One record.
    fn record(&self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()>;

    /// Puts a record that was written to memory into its place.
    fn put(&self, out: &mut dyn Write, written: &[u8], _is_first: bool) -> io::Result<()> {
        out.write_all(written)
    }

    /// What stands after the last record.
    fn finish(&self, _out: &mut dyn Write, _totals: &Totals) -> io::Result<()> {
        Ok(())
    }
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Totals {
    pub summary: Summary,
    /// Where they are asked for.
    pub rates: Option<Rates>,
    /// Nothing where only a part of the records is seen, as in a run that goes on.
    pub repeated: Option<Repeated>,
    /// Where there is a baseline.
    pub compared: Option<Compared>,
}

impl Totals {
    /// Counts a record.
    pub fn add(&mut self, counted: &Counted) {
        self.summary.add(counted);
        if let Some(rates) = &mut self.rates {
            rates.add(counted);
        }
        if let Some(repeated) = &mut self.repeated {
            repeated.add(counted);
            self.summary.repeated = repeated.sentences();
        }
        if let Some(compared) = &mut self.compared {
            compared.add(counted);
            self.summary.known = Some(self.summary.known.unwrap_or(0) + counted.known.len());
        }
    }

    /// What stands in the baseline and was not found.
    fn gone(&self) -> impl Iterator<Item = &Gone> {
        self.compared.iter().flat_map(Compared::gone)
    }

    /// What a person reads at the end.
    pub fn finish(&self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(repeated) = &self.repeated {
            repeated.write(out)?;
        }
        for line in self.compared.iter().flat_map(Compared::lines) {
            writeln!(out, "{}", wrap::lines(&line, terminal::WIDTH).join("\n"))?;
        }
        writeln!(out, "{}", wrap::lines(&self.summary.to_string(), terminal::WIDTH).join("\n"))
    }
}

/// A report that writes nothing.
pub struct Quiet;

impl Report for Quiet {
    fn record(&self, _out: &mut dyn Write, _checked: &Checked<'_>) -> io::Result<()> {
        Ok(())
    }
}

/// A record that has been checked. The places of the outcome are those of its file.
pub struct Checked<'a> {
    pub path: &'a str,
    pub record: &'a Record,
    pub origin: &'a Origin,
    pub outcome: &'a Outcome,
    /// The findings that stand in the baseline, where there is one. They are none of the outcome.
    pub known: Option<&'a [Finding]>,
}

impl Checked<'_> {
    /// The text that a finding stands in: the record's, or that of its field.
    fn text_of(&self, finding: &Finding) -> &str {
        text_of(self.record, finding)
    }

    /// The number of the field that a finding stands in.
    fn field_of(&self, finding: &Finding) -> Option<usize> {
        field_of(self.record, finding)
    }

    /// A place of the file as a place of the text.
    fn within(&self, range: &Range<usize>) -> Range<usize> {
        range.start.saturating_sub(self.origin.bytes)..range.end.saturating_sub(self.origin.bytes)
    }

    /// The file, and for a record that is a line of it that line and the record's id, safe to print.
    fn place(&self) -> String {
        let path = safe(self.path);
        match (self.origin.row, &self.record.id) {
            (None, _) => path,
            (Some(row), None) => format!("{path}:{row}"),
            (Some(row), Some(id)) => format!("{path}:{row} ({})", safe(id)),
        }
    }

    /// Where a finding stands, safe to print: `path:line:column`, `path:row (id) field line:column` where a record is a line, or
    /// `path, paragraph 14` where a person would look for it in a document.
    pub fn place_of(&self, finding: &Finding) -> String {
        let in_words = place_in_words(&finding.location);
        if in_words.is_empty() && self.origin.row.is_none() && finding.field.is_none() {
            return format!("{}:{}:{}", self.place(), finding.line, finding.column);
        }
        let within = self.place_within(finding);
        let separator = if in_words.is_empty() { " " } else { ", " };
        format!("{}{separator}{within}", self.place())
    }

    /// Where in its record's file or line a finding stands.
    fn place_within(&self, finding: &Finding) -> String {
        let location = &finding.location;
        let mut parts = Vec::from([place_in_words(location)]);
        match &self.record.id {
            Some(id) if location.column.is_some() => parts.push(format!("({id})")),
            _ if location.column.is_none() => parts.extend(finding.field.clone()),
            _ => {}
        }
        let is_found = location.paragraph.or(location.cell).or(location.page).is_some() || location.column.is_some();
        if !is_found {
            parts.push(format!("{}:{}", finding.line, finding.column));
        }
        parts.retain(|part| !part.is_empty());
        safe(&parts.join(" "))
    }
}

/// The text of a record that a finding stands in: its own, or that of a field.
fn text_of<'a>(record: &'a Record, finding: &Finding) -> &'a str {
    match field_of(record, finding) {
        Some(field) => record.fields.get(field).map_or("", |field| &field.text),
        None => &record.text,
    }
}

fn field_of(record: &Record, finding: &Finding) -> Option<usize> {
    let name = finding.field.as_ref()?;
    Some(record.field(name).unwrap_or(usize::MAX))
}

/// A case as it was read.
pub struct CaseRead<'a> {
    pub case: &'a Case,
    /// The edition of the lexicon.
    pub lexicon: &'a str,
    /// Files and records that could not be read.
    pub errors: usize,
    /// Files of other kinds that were passed over in folders.
    pub skipped: usize,
}
