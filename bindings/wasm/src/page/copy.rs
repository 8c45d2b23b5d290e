//! Copies of files with the findings in them.

use caselint::annotate::{self, Options};
use caselint::documents::{Note, encoding};
use caselint::{Finding, Linter};

use super::open::{self, Copy};
use super::{checked, told};

/// The copy of a file, of the same kind as the file.
pub fn write(linter: &Linter, name: &str, bytes: Vec<u8>, age: Option<u8>, time: Option<String>) -> Result<Vec<u8>, String> {
    let opened = open::open(name, bytes.clone(), age)?;
    let outcome = checked::check(linter, &opened.notes).into_iter().next();
    match (opened.copy, opened.notes.first(), outcome) {
        (Some(Copy::Docx), _, Some(outcome)) => {
            let options = Options { date: time, limits: open::limits(), ..Options::default() };
            let annotated = annotate::docx(bytes, &outcome.findings, &options).map_err(|error| error.to_string())?;
            Ok(annotated.bytes)
        }
        (Some(Copy::Text), Some(note), Some(outcome)) => text(bytes, note, outcome.findings),
        _ => Err("no copy of this kind of file can hold findings; save a report".to_owned()),
    }
}

/// A marked text. It begins with the front matter of the note, where there is some.
fn text(bytes: Vec<u8>, note: &Note, mut findings: Vec<Finding>) -> Result<Vec<u8>, String> {
    let decoded = encoding::decode(bytes).map_err(|error| told::text_error(&error.into()))?;
    let before = note.origin.bytes - decoded.mark;
    for finding in &mut findings {
        finding.start += before;
        finding.end += before;
    }
    Ok(annotate::text(&decoded.text, &findings).into_bytes())
}
