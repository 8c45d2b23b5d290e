//! A text file is one note.

use super::{Bytes, Context, InputError, Note, Notes, Origin, encoding, front_matter};

/// Reads a note and, where it has some, its front matter.
pub fn read(context: &Context, reader: Bytes) -> Result<Notes, InputError> {
    let decoded = encoding::decode(&context.path, context.whole(reader)?)?;
    let notices: Vec<_> = decoded.notices.into_iter().map(|notice| Err(context.notice(notice))).collect();
    let note = note(&context.path, decoded.text, decoded.mark);
    Ok(Box::new(notices.into_iter().chain([note])))
}

/// A note from its text, with `mark` bytes of the file before it.
fn note(path: &str, mut text: String, mark: usize) -> Result<Note, InputError> {
    let Some(block) = front_matter::find(&text) else {
        let record = caselint::Record::from_text(text);
        return Ok(Note { record, origin: Origin { bytes: mark, ..Origin::default() } });
    };
    let mut record = front_matter::read(path, &text[block.keys.clone()])?;
    let lines = text[..block.end].matches('\n').count();
    text.drain(..block.end);
    record.text = text;
    Ok(Note { record, origin: Origin { bytes: mark + block.end, lines, ..Origin::default() } })
}
