//! From files to records: formats, encodings and folders.

mod error;
mod front_matter;
mod jsonl;
mod keys;
mod meter;
mod text;
mod utf8;
mod walk;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::sync::Arc;

use caselint::{Finding, Outcome, Record};

pub use error::InputError;
pub use meter::Meter;
pub use utf8::read_text;
pub use walk::{files_with, find};

/// What standard input is called in messages and output.
pub const STDIN: &str = "<stdin>";

/// One place that records are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As the user named it, or as it was found below the folder that the user named.
    pub path: String,
    pub from: From,
    pub format: Format,
}

/// Where the bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    File(PathBuf),
    Stdin,
}

/// How a source holds records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One note, which may begin with front matter.
    Text,
    /// A record a line.
    Jsonl,
}

impl Format {
    /// The format of a file by the ending of its name; `None` where it is not read.
    pub fn of(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "md" => Some(Format::Text),
            "jsonl" => Some(Format::Jsonl),
            _ => None,
        }
    }
}

/// What the user chose of how files are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Counts what is read.
    pub meter: Meter,
}

/// A record and where it stands.
#[derive(Debug)]
pub struct Note {
    pub record: Record,
    pub origin: Origin,
}

/// Where in its file a record stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The line that holds the record, where a record is a line.
    pub row: Option<usize>,
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

    fn place_one(&self, finding: &mut Finding) {
        finding.location.row = self.row;
        if self.bytes == 0 {
            return;
        }
        finding.start += self.bytes;
        finding.end += self.bytes;
        finding.line += self.lines;
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

/// The records of a source, read one at a time. An error in one record does not end the others.
pub type Notes = Box<dyn Iterator<Item = Result<Note, InputError>> + Send>;

/// Opens a source.
pub fn open(source: &Source, options: &Arc<Options>) -> Result<Notes, InputError> {
    let path = source.path.clone();
    let opened: Box<dyn Read + Send> = match &source.from {
        From::File(file) => Box::new(File::open(file).map_err(|error| InputError::unreadable(&path, &error))?),
        From::Stdin => Box::new(std::io::stdin()),
    };
    let reader: Box<dyn BufRead + Send> = Box::new(BufReader::new(options.meter.over(opened)));
    Ok(match source.format {
        Format::Text => Box::new(std::iter::once(text::read(path, reader))),
        Format::Jsonl => Box::new(jsonl::Lines::new(path, reader)),
    })
}
