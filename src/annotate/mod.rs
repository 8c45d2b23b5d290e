//! Findings written into a copy of the document that they stand in: comments in a Word document, marks and notes in a plain text. Bytes in,
//! bytes out; what somebody wrote is never changed.
//!
//! ```no_run
//! use caselint::Linter;
//! use caselint::annotate::{self, Options};
//! use caselint::documents::{Limits, read_docx};
//!
//! # fn run(bytes: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
//! let note = read_docx(bytes.clone(), &Limits::default())?;
//! let outcome = Linter::builder().build()?.check(&note.record);
//! let annotated = annotate::docx(bytes, &outcome.findings, &Options::default())?;
//! # Ok(())
//! # }
//! ```

mod advice;
mod container;
mod insert;
mod layout;
mod package_parts;
mod plain;
mod word;

pub use plain::text;
pub use word::{Annotated, Options, docx};

use crate::documents::Refusal;

/// Why no copy can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnnotateError {
    #[error(transparent)]
    Unreadable(#[from] Refusal),
    #[error("{part}: it is not in UTF-8, so no comment can be put into it; open the document and save it again")]
    NotUtf8 { part: String },
    #[error("{part}: its XML is not laid out as Word documents are; open the document and save it again")]
    Unknown { part: String },
    #[error("the copy cannot be packed: {0}")]
    Packing(String),
}
