//! A text file is one note.

use caselint::documents::read_text;

use super::{Bytes, Context, InputError, Notes};

/// Reads a note. The notices come before it.
pub fn read(context: &Context, reader: Bytes) -> Result<Notes, InputError> {
    let bytes = context.whole(reader)?;
    let failed = |error| InputError::text(&context.path, error);
    let (note, notices) = read_text(bytes).map_err(failed)?;
    let notices: Vec<_> = notices.into_iter().map(|notice| Err(context.notice(notice))).collect();
    Ok(Box::new(notices.into_iter().chain([Ok(note)])))
}
