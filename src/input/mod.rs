//! From files to records: formats, encodings and folders.

mod archive;
mod contained;
mod document;
mod error;
mod json;
mod jsonl;
mod mail;
mod meter;
mod once;
mod table;
mod text;
mod utf8;
mod walk;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use caselint::documents::encoding::Decoded;
use caselint::documents::{Bytes, Delimited, Package, PackageKind, Problem, encoding, old_office};
pub use caselint::documents::{Column, Columns, Format, Kinds, Limit, Limits, Note, Notice, Origin, Refusal, kinds, limits};
use caselint::record::keys;
pub use caselint::record::keys::record as record_of;
use serde::{Deserialize, Serialize};

use contained::Contained;
pub use contained::serve;
pub use error::InputError;
pub use json::TextPath;
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

impl Source {
    /// Whether it is the file at a place, under whatever name.
    pub fn is_at(&self, place: &Path) -> bool {
        matches!(&self.from, From::File(file) if is_same_file(file, place))
    }
}

/// Whether two names are of one file that is there: by links that are followed and, on Unix, by links that share what they hold.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let (Ok(a), Ok(b)) = (one.canonicalize(), other.canonicalize()) else {
        return false;
    };
    a == b || holds_the_same(&a, &b)
}

#[cfg(unix)]
fn holds_the_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let inode = |path: &Path| path.metadata().map(|file| (file.dev(), file.ino())).ok();
    inode(one).is_some_and(|inode_of_one| inode(other) == Some(inode_of_one))
}

#[cfg(not(unix))]
fn holds_the_same(_: &Path, _: &Path) -> bool {
    false
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
    pub columns: Columns,
    /// The way to the texts of JSON.
    pub text_path: Option<TextPath>,
    /// Counts what is read.
    #[serde(skip)]
    pub meter: Meter,
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
            Format::Delimited => return self.delimited(&head, reader),
            Format::Docx | Format::Odt | Format::Xlsx | Format::Zip => return self.package(reader, named),
            Format::Rtf | Format::Html | Format::Pdf => {
                let bytes = self.whole(reader)?;
                Box::new(Contained::start(self, format, bytes)?)
            }
            Format::Mail => mail::read(&self, self.whole(reader)?)?,
            Format::Mbox => mail::mailbox(self, reader),
            Format::OldOffice => return Err(self.refused(old_office(&self.whole(reader)?))),
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

    /// Opens a table that is read row by row.
    fn delimited(self, head: &[u8], reader: Bytes) -> Result<Notes, InputError> {
        let (columns, limits) = (self.options.columns.clone(), &self.options.limits);
        let rows = Delimited::new(head, reader, columns, limits).map_err(|error| self.unreadable(&error))?;
        Ok(Box::new(rows.map(move |row| {
            row.map_err(|problem| match problem {
                Problem::Stream(error) => self.unreadable(&error),
                Problem::Refusal(refusal) => self.refused(refusal),
                Problem::Notice(notice) => self.notice(notice),
            })
        })))
    }

    /// Opens a zip container, whose members tell what it is.
    fn package(self, reader: Bytes, named: Option<Format>) -> Result<Notes, InputError> {
        let bytes = self.whole(reader)?;
        if bytes.is_empty() {
            return Err(self.refused(Refusal::Empty));
        }
        let refused = |refusal| self.refused(refusal);
        let mut package = Package::open(bytes, &self.options.limits).map_err(refused)?;
        match format_of(package.kind().map_err(refused)?) {
            Format::Zip if matches!(named, Some(Format::Docx | Format::Odt | Format::Xlsx)) => {
                Err(self.refused(Refusal::Broken("it holds no document of the kind that its name says".to_owned())))
            }
            Format::Zip => Ok(archive::read(&self, package)),
            format => Ok(Box::new(Contained::start(self, format, package.into_bytes())?)),
        }
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

    /// Reads all bytes as text.
    fn decoded(&self, reader: Bytes) -> Result<Decoded, InputError> {
        let bytes = self.whole(reader)?;
        encoding::decode(bytes).map_err(|error| InputError::undecoded(&self.path, error))
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

fn format_of(kind: PackageKind) -> Format {
    match kind {
        PackageKind::Docx => Format::Docx,
        PackageKind::Odt => Format::Odt,
        PackageKind::Xlsx => Format::Xlsx,
        PackageKind::Other => Format::Zip,
    }
}

/// Nothing but an error.
fn failed(error: InputError) -> Notes {
    Box::new(std::iter::once(Err(error)))
}
