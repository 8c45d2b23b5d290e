//! Where in a document a record's text stands.

use crate::Location;
use serde::{Deserialize, Serialize};

/// The way from offsets of a record's text, or of its boxes, to places in the document that it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places(Vec<Stretch>);

/// From here to the next stretch of the same box everything stands in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stretch {
    /// The box as a finding names it; `None` for the record's own text.
    field: Option<String>,
    start: usize,
    location: Location,
}

impl Places {
    /// Adds the stretch that begins at `start`. Stretches of one box come in order.
    pub fn add(&mut self, field: Option<&str>, start: usize, location: Location) {
        self.0.push(Stretch { field: field.map(str::to_owned), start, location });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The place of an offset.
    pub fn at(&self, field: Option<&str>, offset: usize) -> Option<&Location> {
        let of_field = |stretch: &&Stretch| stretch.field.as_deref() == field;
        if field.is_none() {
            // A long document is one text, so this is the case that has to be quick.
            let after = self.0.partition_point(|stretch| stretch.field.is_none() && stretch.start <= offset);
            return self.0[..after].last().filter(of_field).map(|stretch| &stretch.location);
        }
        let before = self.0.iter().filter(of_field).take_while(|stretch| stretch.start <= offset);
        before.last().map(|stretch| &stretch.location)
    }
}

/// Lays what is known of the whole record over the place of a part of it.
pub fn over(whole: &Location, part: Option<&Location>) -> Location {
    let mut place = part.cloned().unwrap_or_default();
    place.file = place.file.or_else(|| whole.file.clone());
    place.message = place.message.or(whole.message);
    place.sheet = place.sheet.or_else(|| whole.sheet.clone());
    place.row = place.row.or(whole.row);
    place.key = place.key.or_else(|| whole.key.clone());
    place
}
