//! A text file is one note, which may begin with front matter.

use super::{DecodeError, Note, Notice, Origin, encoding, front_matter};
use crate::Record;

/// Why a text file is no note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error(transparent)]
    Undecoded(#[from] DecodeError),
    #[error("{line}: the front matter cannot be read: {problem}")]
    FrontMatter { line: usize, problem: String },
}

/// Reads a note and, where it has some, its front matter. What should be known of how it was read comes beside it.
///
/// # Errors
/// It is no text, or a key of its front matter does not fit.
pub fn read_text(bytes: Vec<u8>) -> Result<(Note, Vec<Notice>), TextError> {
    let decoded = encoding::decode(bytes)?;
    Ok((note(decoded.text, decoded.mark)?, decoded.notices))
}

/// A note from its text, with `mark` bytes of the file before it.
fn note(mut text: String, mark: usize) -> Result<Note, TextError> {
    let Some(block) = front_matter::find(&text) else {
        let record = Record::from_text(text);
        return Ok(Note { record, origin: Origin { bytes: mark, ..Origin::default() } });
    };
    let mut record = front_matter::read(&text[block.keys.clone()])?;
    let lines = text[..block.end].matches('\n').count();
    text.drain(..block.end);
    record.text = text;
    Ok(Note { record, origin: Origin { bytes: mark + block.end, lines, ..Origin::default() } })
}
