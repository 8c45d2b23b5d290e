//! A record as it was read, and where in its file it stands.

use serde::{Deserialize, Serialize};

use super::place::{self, Places};
use crate::{Finding, Location, Outcome, Record};

/// A record and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub record: Record,
    pub origin: Origin,
}

/// Where in its file a record stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// The line that holds the record, where a record is a line.
    pub row: Option<usize>,
    /// Where the whole record stands.
    pub location: Location,
    /// Where in a document its parts stand.
    pub places: Places,
    /// Bytes of the file before the record's text: byte order mark and front matter.
    pub bytes: usize,
    /// Lines of the file before the record's text.
    pub lines: usize,
}

impl Origin {
    /// Turns offsets and lines of the record's text into those of its file.
    pub fn place(&self, outcome: &mut Outcome) {
        for finding in outcome.findings.iter_mut().chain(&mut outcome.left) {
            self.place_one(finding);
        }
    }

    /// Tells of each finding where a person looks for it in the file: line and location. Offsets stay those of the record's text.
    pub fn locate(&self, outcome: &mut Outcome) {
        for finding in outcome.findings.iter_mut().chain(&mut outcome.left) {
            self.locate_one(finding);
        }
    }

    fn locate_one(&self, finding: &mut Finding) {
        finding.location = place::over(&self.location, self.places.at(finding.field.as_deref(), finding.start));
        finding.location.row = finding.location.row.or(self.row);
        finding.line += self.lines;
    }

    fn place_one(&self, finding: &mut Finding) {
        self.locate_one(finding);
        if self.bytes == 0 {
            return;
        }
        finding.start += self.bytes;
        finding.end += self.bytes;
        self.shift(&mut finding.voice.start, &mut finding.voice.end);
        for evidence in &mut finding.evidence {
            self.shift(&mut evidence.start, &mut evidence.end);
        }
        for range in [&mut finding.sentence, &mut finding.excerpt] {
            *range = range.start + self.bytes..range.end + self.bytes;
        }
    }

    /// An empty span stands for no place at all, such as an age that is known from elsewhere, and stays as it is.
    fn shift(&self, start: &mut usize, end: &mut usize) {
        if start < end {
            *start += self.bytes;
            *end += self.bytes;
        }
    }
}
