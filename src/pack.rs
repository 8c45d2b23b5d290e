//! Long lists of numbers. Those of the embedded lexicon stay where they are in the program, so that starting it reads only what it needs.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use bytemuck::{Pod, cast_slice, try_cast_slice};
use serde::{Deserialize, Serialize};

/// A list of numbers, or of a few numbers side by side; written as its place among all lists: see [`Stow`].
#[derive(Clone, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct List<T: Pod> {
    #[serde(skip)]
    held: Cow<'static, [T]>,
    /// Where it begins and how long it is, in bytes.
    place: (u32, u32),
}

/// Lists lie at multiples of so many bytes, as their numbers must.
const ALIGNED: usize = 8;

impl<T: Pod> Default for List<T> {
    fn default() -> Self {
        List::from(Vec::new())
    }
}

impl<T: Pod> From<Vec<T>> for List<T> {
    fn from(numbers: Vec<T>) -> Self {
        List { held: Cow::Owned(numbers), place: (0, 0) }
    }
}

impl<T: Pod> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(numbers: I) -> Self {
        List::from(Vec::from_iter(numbers))
    }
}

impl<T: Pod> Deref for List<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.held
    }
}

impl<T: Pod> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} numbers", self.len())
    }
}

/// A list among others of whatever numbers.
pub trait Stow {
    /// Puts the list behind the others and notes its place.
    fn stow(&mut self, all: &mut Vec<u8>);

    /// Finds the list at its place among all; `None` where they are not those that it was put among.
    fn find(&mut self, all: &'static [u8]) -> Option<()>;
}

impl<T: Pod> Stow for List<T> {
    fn stow(&mut self, all: &mut Vec<u8>) {
        all.resize(all.len().next_multiple_of(ALIGNED), 0);
        let bytes: &[u8] = cast_slice(&self.held);
        self.place = (all.len() as u32, bytes.len() as u32);
        all.extend_from_slice(bytes);
    }

    fn find(&mut self, all: &'static [u8]) -> Option<()> {
        let (start, len) = (self.place.0 as usize, self.place.1 as usize);
        self.held = Cow::Borrowed(try_cast_slice(all.get(start..start + len)?).ok()?);
        Some(())
    }
}
