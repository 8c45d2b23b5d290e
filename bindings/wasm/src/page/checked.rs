//! The records of a file, checked as the command line checks them.

use caselint::documents::{Note, Origin};
use caselint::offsets::Unit;
use caselint::tell::{place_in_words, safe_line};
use caselint::{Finding, Linter, Outcome, Printed, Record, Standing};
use serde::Serialize;

/// A record as the page is told of it. Offsets count as JavaScript does.
#[derive(Serialize)]
pub struct Told<'a> {
    name: String,
    #[serde(flatten)]
    note: &'a Note,
    findings: Vec<Placed>,
}

#[derive(Serialize)]
struct Placed {
    #[serde(flatten)]
    finding: Finding,
    /// Where somebody looks for it.
    place: String,
}

/// The records of a file with their findings.
pub fn told<'a>(linter: &Linter, file: &str, notes: &'a [Note]) -> Vec<Told<'a>> {
    let outcomes = check(linter, notes);
    let one = |(note, mut outcome): (&'a Note, Outcome)| {
        outcome.count_in(Unit::Utf16, &note.record);
        let findings = outcome.findings.into_iter().map(|finding| Placed { place: place(&finding), finding }).collect();
        Told { name: name(file, note), note, findings }
    };
    notes.iter().zip(outcomes).map(one).collect()
}

/// What is found in the records of a file: lines and locations are those of the file, offsets those of the records.
pub fn check(linter: &Linter, notes: &[Note]) -> Vec<Outcome> {
    let printed = printed(notes.iter().map(|note| &note.record));
    let one = |Note { record, origin }: &Note| {
        let mut outcome = linter.check_form(record, &printed);
        origin.locate(&mut outcome);
        outcome
    };
    notes.iter().map(one).collect()
}

/// What is printed in the forms of an export.
fn printed<'a>(records: impl Iterator<Item = &'a Record>) -> Printed {
    let mut standing = Standing::default();
    records.take(Standing::SAMPLE).for_each(|record| standing.add(record));
    standing.printed()
}

/// A row has its number, and the id that stands in it.
fn name(file: &str, Note { record, origin }: &Note) -> String {
    let Some(row) = row(origin) else { return safe_line(file) };
    let id = record.id.as_ref().map_or_else(String::new, |id| format!(" ({id})"));
    safe_line(&format!("{file}, row {row}{id}"))
}

fn row(origin: &Origin) -> Option<usize> {
    origin.location.row.or(origin.row)
}

fn place(finding: &Finding) -> String {
    let place = place_in_words(&finding.location);
    if place.is_empty() { format!("line {}", finding.line) } else { safe_line(&place) }
}
