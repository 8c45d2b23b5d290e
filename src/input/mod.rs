//! From files to records: formats, encodings and folders.

mod archive;
mod bounded;
mod contained;
mod document;
mod encoding;
mod error;
mod format;
mod front_matter;
mod json;
mod jsonl;
mod keys;
pub mod limits;
mod mail;
mod meter;
mod package;
mod place;
mod table;
mod text;
mod utf8;
mod walk;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::sync::Arc;

use caselint::{Finding, Location, Outcome, Record};
use serde::{Deserialize, Serialize};

use contained::Contained;
pub use contained::serve;
pub use error::{InputError, Kinds, Notice, Refusal, kinds};
pub use format::Format;
pub use json::TextPath;
pub use limits::{Limit, Limits};
pub use meter::Meter;
use package::Package;
pub use place::{Places, words};
pub use table::Column;
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

/// What the user chose of how files are read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Options {
    pub limits: Limits,
    /// The columns of tables, where they are not to be guessed.
    pub columns: Vec<Column>,
    /// The first row of a table is a record.
    pub no_header: bool,
    /// The way to the texts of JSON.
    pub text_path: Option<TextPath>,
    /// Counts what is read.
    #[serde(skip)]
    pub meter: Meter,
}

/// Bytes to read records from.
type Bytes = Box<dyn BufRead + Send>;

/// A record and where it stands.
#[derive(Debug, Serialize, Deserialize)]
pub struct Note {
    pub record: Record,
    pub origin: Origin,
}

/// Where in its file a record stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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

    fn place_one(&self, finding: &mut Finding) {
        finding.location = place::over(&self.location, self.places.at(finding.field.as_deref(), finding.start));
        finding.location.row = finding.location.row.or(self.row);
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
    let reader: Bytes = Box::new(BufReader::new(options.meter.over(opened)));
    Context { path, depth: 0, options: options.clone() }.open(reader, Some(source.format))
}

/// What is known where records are read: by all readers, for files and for the files within them.
#[derive(Debug, Clone)]
struct Context {
    /// As messages name the file; behind a slash the file within it.
    path: String,
    /// How many files it stands in.
    depth: u64,
    options: Arc<Options>,
}

impl Context {
    /// Opens bytes of which the name says that they are in a format.
    fn open(self, mut reader: Bytes, named: Option<Format>) -> Result<Notes, InputError> {
        let head = encoding::peek(&mut reader).map_err(|error| InputError::unreadable(&self.path, &error))?;
        let Some(format) = Format::settle(&head, named) else {
            return Err(InputError::Kind { path: self.path });
        };
        Ok(match format {
            Format::Text => text::read(&self, reader)?,
            Format::Jsonl => Box::new(jsonl::Lines::new(self, &head, reader)?),
            Format::Json => json::read(&self, reader)?,
            Format::Delimited => Box::new(table::Delimited::new(self, &head, reader)?),
            Format::Docx | Format::Odt | Format::Xlsx | Format::Zip => return self.package(reader, named),
            Format::Rtf | Format::Html | Format::Pdf => {
                let bytes = self.whole(reader)?;
                Box::new(Contained::start(self, format, bytes)?)
            }
            Format::Mail => mail::read(&self, self.whole(reader)?)?,
            Format::Mbox => mail::mailbox(self, reader),
            Format::OldOffice => return Err(self.old_office(reader)),
            Format::Parquet if cfg!(feature = "parquet") => {
                let bytes = self.whole(reader)?;
                Box::new(Contained::start(self, format, bytes)?)
            }
            Format::Parquet => {
                let hint = "this build does not read .parquet; build caselint with --features parquet, or export .csv";
                return Err(self.refused(Refusal::Other(hint.to_owned())));
            }
        })
    }

    /// Opens a zip container, whose members tell what it is.
    fn package(self, reader: Bytes, named: Option<Format>) -> Result<Notes, InputError> {
        let bytes = self.whole(reader)?;
        if bytes.is_empty() {
            return Err(self.refused(Refusal::Empty));
        }
        let refused = |refusal| self.refused(refusal);
        let mut package = Package::open(bytes, &self.options.limits).map_err(refused)?;
        match package.format().map_err(refused)? {
            Format::Zip if matches!(named, Some(Format::Docx | Format::Odt | Format::Xlsx)) => {
                Err(self.refused(Refusal::Broken("it holds no document of the kind that its name says".to_owned())))
            }
            Format::Zip => Ok(archive::read(&self, package)),
            format => Ok(Box::new(Contained::start(self, format, package.into_bytes())?)),
        }
    }

    /// Documents of today that a password locks are wrapped in the old format.
    fn old_office(&self, reader: Bytes) -> InputError {
        let bytes = match self.whole(reader) {
            Ok(bytes) => bytes,
            Err(error) => return error,
        };
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_locked = bytes.windows(name.len()).any(|window| window == name);
        self.refused(match bytes.is_empty() {
            true => Refusal::Empty,
            false if is_locked => Refusal::Locked,
            false => Refusal::OldOffice,
        })
    }

    fn limit(&self, limit: Limit) -> u64 {
        self.options.limits.get(limit)
    }

    /// Reads all bytes, as far as the limit on a file goes.
    fn whole(&self, reader: Bytes) -> Result<Vec<u8>, InputError> {
        let limit = self.limit(Limit::FileSize);
        let mut bytes = Vec::new();
        let read = reader.take(limit.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| InputError::unreadable(&self.path, &error))?;
        if bytes.len() as u64 > limit {
            return Err(self.refused(Refusal::Over(Limit::FileSize, limit)));
        }
        Ok(bytes)
    }

    /// Opens a file within this one: an attachment or a member. What is wrong with it does not end the others.
    fn within(&self, name: &str, reader: Bytes, format: Option<Format>) -> Notes {
        let path = format!("{}/{name}", self.path);
        let inner = Context { path, depth: self.depth + 1, options: self.options.clone() };
        let limit = self.limit(Limit::Archives);
        if inner.depth > limit {
            return failed(inner.refused(Refusal::Over(Limit::Archives, limit)));
        }
        let name = name.to_owned();
        match inner.open(reader, format) {
            Ok(notes) => Box::new(notes.map(move |note| {
                note.map(|mut note| {
                    let file = &mut note.origin.location.file;
                    *file = Some(file.take().map_or_else(|| name.clone(), |file| format!("{name}/{file}")));
                    note
                })
            })),
            Err(error) => failed(error),
        }
    }

    fn unreadable(&self, error: &std::io::Error) -> InputError {
        match error.kind() {
            std::io::ErrorKind::FileTooLarge => self.refused(Refusal::Over(Limit::FileSize, self.limit(Limit::FileSize))),
            _ => InputError::unreadable(&self.path, error),
        }
    }

    fn refused(&self, refusal: Refusal) -> InputError {
        InputError::refused(&self.path, refusal)
    }

    fn notice(&self, notice: Notice) -> InputError {
        InputError::notice(&self.path, notice)
    }
}

/// Nothing but an error.
fn failed(error: InputError) -> Notes {
    Box::new(std::iter::once(Err(error)))
}
