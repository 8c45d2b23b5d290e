//! All automata of a lexicon in a few long lists, as the matcher reads them.

use serde::{Deserialize, Serialize};

use super::nfa::{Atom, Nfa};
use super::sets::WordSet;
use super::words::{UNKNOWN, WordId};
use crate::pack::{List, Stow};

/// Automata one behind the other.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Automata {
    /// By position: what may follow, what may precede, and in one number the atom and, where its set is one word alone, that word.
    positions: List<[u64; 3]>,
    heads: List<[u64; HEAD]>,
}

/// Automata while they are put one behind the other.
#[derive(Default)]
pub struct Builder {
    positions: Vec<[u64; 3]>,
    heads: Vec<[u64; HEAD]>,
}

/// The numbers of an automaton: where its positions begin, how many there are and whether it is strict; then its masks.
const HEAD: usize = 8;

/// One automaton: see [`Nfa`] for what the masks mean.
#[derive(Debug, Clone, Copy)]
pub struct Automaton<'a> {
    positions: &'a [[u64; 3]],
    head: &'a [u64; HEAD],
}

impl Builder {
    /// Adds an automaton and gives its number.
    pub fn push(&mut self, nfa: &Nfa, sets: &[WordSet]) -> u32 {
        let set = |atom: &Atom| if let Atom::Set(set) = atom { Some(&sets[*set as usize]) } else { None };
        let set_of_several = |atom: &Atom| set(atom).is_some_and(|set| !set.phrases.is_empty());
        let several = nfa.atoms.iter().enumerate().filter(|(_, atom)| set_of_several(atom));
        let several = several.fold(0, |mask, (at, _)| mask | 1 << at);
        let start = self.positions.len() as u64;
        self.positions.extend(nfa.atoms.iter().enumerate().map(|(at, &atom)| {
            let word = match set(&atom).map(|set| set.words.as_slice()) {
                Some([word]) => *word,
                _ => UNKNOWN,
            };
            [nfa.follow[at], nfa.precede[at], u64::from(encode(atom)) | u64::from(word) << 32]
        }));
        let place = start << 8 | (nfa.atoms.len() as u64) << 1 | u64::from(nfa.strict);
        self.heads.push([place, nfa.first, nfa.last, nfa.gaps, nfa.exact, nfa.span, nfa.anchor, several]);
        self.heads.len() as u32 - 1
    }

    pub fn finish(self) -> Automata {
        Automata { positions: self.positions.into(), heads: self.heads.into() }
    }
}

impl Automata {
    pub fn lists(&mut self) -> [&mut dyn Stow; 2] {
        [&mut self.positions, &mut self.heads]
    }

    #[inline]
    pub fn get(&self, number: u32) -> Automaton<'_> {
        let head = &self.heads[number as usize];
        let start = (head[0] >> 8) as usize;
        Automaton { positions: &self.positions[start..start + (head[0] as usize >> 1 & 0x7F)], head }
    }
}

impl Automaton<'_> {
    #[inline]
    pub fn strict(&self) -> bool {
        self.head[0] & 1 == 1
    }

    #[inline]
    pub fn first(&self) -> u64 {
        self.head[1]
    }

    #[inline]
    pub fn last(&self) -> u64 {
        self.head[2]
    }

    #[inline]
    pub fn gaps(&self) -> u64 {
        self.head[3]
    }

    #[inline]
    pub fn exact(&self) -> u64 {
        self.head[4]
    }

    #[inline]
    pub fn span(&self) -> u64 {
        self.head[5]
    }

    #[cfg(test)]
    pub fn anchor(&self) -> u64 {
        self.head[6]
    }

    /// Positions whose set has members of several words.
    #[inline]
    pub fn several(&self) -> u64 {
        self.head[7]
    }

    /// What may follow a position or, backwards, precede it.
    #[inline]
    pub fn steps<const FORWARD: bool>(&self, position: usize) -> u64 {
        self.positions[position][if FORWARD { 0 } else { 1 }]
    }

    /// Where a match can end or, backwards, begin.
    #[inline]
    pub fn goal<const FORWARD: bool>(&self) -> u64 {
        if FORWARD { self.last() } else { self.first() }
    }

    /// The word that a position finds, where it is but one; a class of several words may have further members.
    #[inline]
    pub fn word(&self, position: usize) -> Option<WordId> {
        Some((self.positions[position][2] >> 32) as WordId).filter(|&word| word != UNKNOWN)
    }

    #[inline]
    pub fn atom(&self, position: usize) -> Atom {
        match self.positions[position][2] as u32 {
            ANY => Atom::Any,
            sign if sign >= SIGN => Atom::Sign((sign - SIGN) as u8 as char),
            set => Atom::Set(set),
        }
    }
}

/// Sets have low numbers; signs are ASCII.
const ANY: u32 = u32::MAX;
const SIGN: u32 = u32::MAX - 0x100;

fn encode(atom: Atom) -> u32 {
    match atom {
        Atom::Set(set) => set,
        Atom::Sign(sign) => SIGN + sign as u32,
        Atom::Any => ANY,
    }
}
