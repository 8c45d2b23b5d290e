//! From the bytes of a file to its records, as the command line reads them.

use std::path::Path;

use caselint::documents::{
    Columns, Delimited, Format, Limit, Limits, Note, Package, PackageKind, Problem, Refusal, old_office, read_docx, read_odt,
    read_text,
};
use serde::Serialize;

use super::told;

/// So much of a file tells what it is.
const HEAD: usize = 8 << 10;

const MB: u64 = 1 << 20;

/// A file that was read.
#[derive(Default)]
pub struct Opened {
    pub notes: Vec<Note>,
    /// What should be known of how it was read.
    pub notices: Vec<String>,
    /// What of it could not be read.
    pub problems: Vec<String>,
    /// Where a copy can hold the findings.
    pub copy: Option<Copy>,
}

/// A copy that holds findings.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Copy {
    /// A Word document, as comments.
    Docx,
    /// A text, between brackets and at its end.
    Text,
}

/// The limits of a page, whose memory is the browser's.
pub fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.set(Limit::FileSize, 20 * MB);
    limits.set(Limit::UnpackedSize, 200 * MB);
    limits
}

/// Reads a file. The age is for a note that does not say it; a table has one record a row, and they are of many children.
pub fn open(name: &str, bytes: Vec<u8>, age: Option<u8>) -> Result<Opened, String> {
    let limits = limits();
    let mut opened = read(name, bytes, &limits).map_err(|refusal| told::refusal(&refusal))?;
    for note in opened.notes.iter_mut().filter(|note| note.origin.location.row.is_none()) {
        let subject = &mut note.record.subject;
        if subject.date_of_birth.is_none() {
            subject.age = subject.age.or(age);
        }
    }
    Ok(opened)
}

fn read(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Opened, Refusal> {
    if bytes.len() as u64 > limits.get(Limit::FileSize) {
        return Err(Refusal::Over(Limit::FileSize, limits.get(Limit::FileSize)));
    }
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let named = Format::of(Path::new(name));
    match Format::settle(&bytes[..bytes.len().min(HEAD)], named) {
        Some(Format::Text) => text(bytes),
        Some(Format::Delimited) => Ok(table(bytes, limits)),
        Some(Format::Docx | Format::Odt | Format::Xlsx | Format::Zip) => package(bytes, named, limits),
        Some(Format::OldOffice) => Err(old_office(&bytes)),
        _ => Err(Refusal::Other(told::OTHER_KIND.to_owned())),
    }
}

fn text(bytes: Vec<u8>) -> Result<Opened, Refusal> {
    let (note, notices) = read_text(bytes).map_err(|error| Refusal::Other(told::text_error(&error)))?;
    let notices = notices.iter().map(told::notice).collect();
    Ok(Opened { notes: vec![note], notices, copy: Some(Copy::Text), ..Opened::default() })
}

fn package(bytes: Vec<u8>, named: Option<Format>, limits: &Limits) -> Result<Opened, Refusal> {
    let mut package = Package::open(bytes, limits)?;
    let kind = package.kind()?;
    let bytes = package.into_bytes();
    match kind {
        PackageKind::Docx => Ok(Opened { notes: vec![read_docx(bytes, limits)?], copy: Some(Copy::Docx), ..Opened::default() }),
        PackageKind::Odt => Ok(Opened { notes: vec![read_odt(bytes, limits)?], ..Opened::default() }),
        PackageKind::Other if matches!(named, Some(Format::Docx | Format::Odt)) => {
            Err(Refusal::Broken("it holds no document of the kind that its name says".to_owned()))
        }
        PackageKind::Xlsx | PackageKind::Other => Err(Refusal::Other(told::OTHER_KIND.to_owned())),
    }
}

/// A row that cannot be read does not end the others.
fn table(bytes: Vec<u8>, limits: &Limits) -> Opened {
    let mut opened = Opened::default();
    let rows = match Delimited::of_bytes(bytes, Columns::default(), limits) {
        Ok(rows) => rows,
        Err(error) => return Opened { problems: vec![error.to_string()], ..opened },
    };
    for row in rows {
        match row {
            Ok(note) => opened.notes.push(note),
            Err(Problem::Notice(notice)) => opened.notices.push(told::notice(&notice)),
            Err(Problem::Refusal(refusal)) => opened.problems.push(told::refusal(&refusal)),
            Err(Problem::Stream(error)) => opened.problems.push(told::stream(&error)),
        }
    }
    opened
}
