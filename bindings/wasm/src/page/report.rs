//! The report on what is on the page: the one that `caselint report` writes.

use caselint::case::{Case, Document, of_one_child};
use caselint::documents::Note;
use caselint::page::{Entry, Report};
use caselint::{Date, Linter, Outcome};
use serde::Deserialize;

use super::checked;

#[derive(Deserialize)]
pub struct Request {
    /// The files, or the note that was written, with the records that the page was told of.
    files: Vec<File>,
    /// What could not be read, a line each.
    #[serde(default)]
    problems: Vec<String>,
    date: Option<Date>,
    pub profile: Option<String>,
}

#[derive(Deserialize)]
struct File {
    name: String,
    records: Vec<Note>,
}

pub fn write(linter: &Linter, request: &Request) -> String {
    let outcomes: Vec<Vec<Outcome>> = request.files.iter().map(|file| checked::check(linter, &file.records)).collect();
    let notes: Vec<(&File, &Note, &Outcome)> = request
        .files
        .iter()
        .zip(&outcomes)
        .flat_map(|(file, outcomes)| file.records.iter().zip(outcomes).map(move |(note, outcome)| (file, note, outcome)))
        .collect();
    let entries: Vec<Entry> = notes.iter().map(|(file, note, outcome)| Entry::new(&file.name, &note.record, outcome)).collect();
    let cases: Vec<Case> = of_one_child(&notes, |(_, note, _)| note.record.case.as_deref())
        .into_iter()
        .map(|notes| linter.case(&notes.into_iter().map(|(file, note, _)| document(file, note)).collect::<Vec<_>>()))
        .collect();
    let mut report = Report::new(linter, &entries);
    report.date = request.date;
    report.files = Some(request.files.len());
    report.errors = &request.problems;
    report.cases = &cases;
    report.to_html()
}

fn document<'a>(file: &File, note: &'a Note) -> Document<'a> {
    let mut document = Document::new(&*file.name, &note.record);
    document.row = note.origin.row;
    document.lines_before = note.origin.lines;
    document
}
