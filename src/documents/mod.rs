//! From the bytes of notes, documents and tables to records, with the way back to their places. Nothing here opens a file.
//!
//! A Word document gives one record, a table one a row:
//!
//! ```no_run
//! use caselint::Linter;
//! use caselint::documents::{Limits, read_docx};
//!
//! # fn run(bytes: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
//! let note = read_docx(bytes, &Limits::default())?;
//! let mut outcome = Linter::builder().build()?.check(&note.record);
//! note.origin.place(&mut outcome);
//! # Ok(())
//! # }
//! ```

mod bounded;
pub(crate) mod docx;
pub mod encoding;
pub(crate) mod flow;
mod format;
mod front_matter;
pub mod limits;
mod note;
mod odt;
mod package;
mod place;
mod refusal;
mod table;
mod text;
mod xml;

use crate::Record;

pub use bounded::{Bounded, Bytes, Gauge};
pub use encoding::DecodeError;
pub use flow::{Flow, Part};
pub use format::{Format, KINDS, old_office};
pub use limits::{Limit, Limits};
pub use note::{Note, Origin};
pub use package::{Package, PackageKind};
pub use place::Places;
pub use refusal::{Kinds, Notice, ReadColumns, Refusal, kind, kinds};
pub use table::{Column, Columns, Delimited, Problem, Row, RowSource, Table};
pub use text::{TextError, read_text};

/// Reads a Word document.
///
/// # Errors
/// It is locked, damaged, past a limit or no such document.
pub fn read_docx(bytes: Vec<u8>, limits: &Limits) -> Result<Note, Refusal> {
    docx::read(&mut open(bytes, limits)?, limits).map(|word| Note::of_flow(word.flow))
}

/// Reads a text document of LibreOffice.
///
/// # Errors
/// It is locked, damaged, past a limit or no such document.
pub fn read_odt(bytes: Vec<u8>, limits: &Limits) -> Result<Note, Refusal> {
    odt::read(&mut open(bytes, limits)?, limits).map(Note::of_flow)
}

/// Opens a container.
pub(crate) fn open(bytes: Vec<u8>, limits: &Limits) -> Result<Package, Refusal> {
    if bytes.is_empty() { Err(Refusal::Empty) } else { Package::open(bytes, limits) }
}

impl Note {
    /// A record of a whole document.
    pub fn of_flow(flow: Flow) -> Note {
        let (text, places) = flow.finish();
        Note { record: Record::from_text(text), origin: Origin { places, ..Origin::default() } }
    }
}
