//! A pattern as the scan reads it.

use super::index::Entry;
use crate::pattern::automata::Builder;
use crate::pattern::nfa::{Atom, Pattern};
use crate::pattern::sets::WordSet;

/// Where the automata of a pattern are, and how they go together.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The number of the first automaton; those of other parts follow.
    pub first: u32,
    /// One, or the parts of free order.
    pub parts: u8,
    pub window: u8,
    /// The part that the scan looks for.
    pub anchor: u8,
    /// Whether any part can be a class member of several words.
    pub several: bool,
    pub owner: u32,
}

impl Plan {
    /// Plans a pattern and adds its automata to the others.
    pub fn new(entry: &Entry, sets: &[WordSet], automata: &mut Builder) -> Self {
        let first = entry.pattern.parts().iter().map(|part| automata.push(part, sets)).min().unwrap_or_default();
        let of_several = |atom: &Atom| matches!(atom, Atom::Set(set) if !sets[*set as usize].phrases.is_empty());
        let several = entry.pattern.parts().iter().any(|part| part.atoms.iter().any(of_several));
        let (window, anchor) = match entry.pattern {
            Pattern::Ordered(_) => (0, 0),
            Pattern::Free { window, anchor, .. } => (window as u8, anchor as u8),
        };
        let parts = entry.pattern.parts().len() as u8;
        Plan { first, parts, window, anchor, several, owner: entry.owner }
    }

    pub fn encode(self) -> [u32; 3] {
        [self.first, u32::from_le_bytes([self.parts, self.window, self.anchor, u8::from(self.several)]), self.owner]
    }

    #[inline]
    pub fn decode([first, small, owner]: [u32; 3]) -> Self {
        let [parts, window, anchor, several] = small.to_le_bytes();
        Plan { first, parts, window, anchor, several: several == 1, owner }
    }
}
