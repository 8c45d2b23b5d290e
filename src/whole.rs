//! The text of a record as one piece, and the way back to its boxes.

use std::borrow::Cow;
use std::ops::Range;

use crate::finding::Who;
use crate::record::Record;

/// The text of a record: its one text, or the boxes of a form joined in order.
pub struct Whole<'r> {
    pub text: Cow<'r, str>,
    pieces: Vec<Piece>,
}

/// A box, or the heading of one.
struct Piece {
    start: usize,
    len: usize,
    field: Option<usize>,
}

impl<'r> Whole<'r> {
    pub fn new(record: &'r Record) -> Self {
        if record.fields.is_empty() {
            return Whole::of_text(&record.text);
        }
        let mut text = String::new();
        let mut pieces = Vec::new();
        if !record.text.is_empty() {
            pieces.push(Piece { start: 0, len: record.text.len(), field: None });
            text.push_str(&record.text);
        }
        for (at, field) in record.fields.iter().enumerate() {
            // A blank line keeps sentences of two boxes, and of heading and box, apart.
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            if let Some(heading) = &field.heading {
                text.push_str(heading);
                text.push_str("\n\n");
            }
            pieces.push(Piece { start: text.len(), len: field.text.len(), field: Some(at) });
            text.push_str(&field.text);
        }
        Whole { text: Cow::Owned(text), pieces }
    }

    /// A text without boxes.
    pub fn of_text(text: &'r str) -> Self {
        Whole { text: Cow::Borrowed(text), pieces: Vec::new() }
    }

    /// Where a box starts; the record's own text for `None`.
    pub fn start(&self, field: Option<usize>) -> usize {
        self.pieces.iter().find(|piece| piece.field == field).map_or(0, |piece| piece.start)
    }

    /// Whose words the box of a stretch holds, where the record says that.
    pub fn voice(&self, record: &Record, range: &Range<usize>) -> Option<Who> {
        let (field, _) = self.place(range)?;
        record.fields.get(field?)?.voice
    }

    /// The box that a stretch stands in (`None`: the record's own text) and where that box starts. Nothing for a stretch in a heading,
    /// which is the form's and not the writer's.
    pub fn place(&self, range: &Range<usize>) -> Option<(Option<usize>, Range<usize>)> {
        if self.pieces.is_empty() {
            return Some((None, 0..self.text.len()));
        }
        let after = self.pieces.partition_point(|p| p.start <= range.start);
        let piece = self.pieces.get(after.checked_sub(1)?)?;
        let end = piece.start + piece.len;
        (range.end <= end).then_some((piece.field, piece.start..end))
    }
}
