//! A text file is one note.

use std::io::{BufRead, Read};

use super::{InputError, Note, Origin, front_matter, utf8};

/// Reads a note and, where it has some, its front matter.
pub fn read(path: String, mut reader: Box<dyn BufRead + Send>) -> Result<Note, InputError> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| InputError::unreadable(&path, &error))?;
    note(&path, bytes)
}

fn note(path: &str, bytes: Vec<u8>) -> Result<Note, InputError> {
    let utf8::Decoded { mut text, mark } = utf8::decode(path, bytes)?;
    let Some(block) = front_matter::find(&text) else {
        let record = caselint::Record::from_text(text);
        return Ok(Note { record, origin: Origin { bytes: mark, ..Origin::default() } });
    };
    let mut record = front_matter::read(path, &text[block.keys.clone()])?;
    let lines = text[..block.end].matches('\n').count();
    text.drain(..block.end);
    record.text = text;
    Ok(Note { record, origin: Origin { row: None, bytes: mark + block.end, lines } })
}
