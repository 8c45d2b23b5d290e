//! All automata of a lexicon in a few long lists, as the matcher reads them.

use serde::{Deserialize, Serialize};

use super::nfa::{Atom, Nfa};
use super::sets::WordSet;
use super::words::{UNKNOWN, WordId};
use crate::pack;

/// Automata one behind the other.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Automata {
    #[serde(with = "pack")]
    atoms: Vec<u32>,
    /// By position, the word where its set is that one word, else [`UNKNOWN`].
    #[serde(with = "pack")]
    words: Vec<WordId>,
    #[serde(with = "pack")]
    follow: Vec<u64>,
    #[serde(with = "pack")]
    precede: Vec<u64>,
    #[serde(with = "pack")]
    heads: Vec<[u64; HEAD]>,
}

/// The numbers of an automaton: where its positions begin, how many there are and whether it is strict; then its masks.
const HEAD: usize = 8;

/// One automaton: see [`Nfa`] for what the masks mean.
#[derive(Debug, Clone, Copy)]
pub struct Automaton<'a> {
    atoms: &'a [u32],
    words: &'a [WordId],
    pub follow: &'a [u64],
    pub precede: &'a [u64],
    pub first: u64,
    pub last: u64,
    pub gaps: u64,
    pub exact: u64,
    pub span: u64,
    pub anchor: u64,
    /// Positions whose set has members of several words.
    pub several: u64,
    pub strict: bool,
}

impl Automata {
    /// Adds an automaton and gives its number.
    pub fn push(&mut self, nfa: &Nfa, sets: &[WordSet]) -> u32 {
        let set = |atom: &Atom| if let Atom::Set(set) = atom { Some(&sets[*set as usize]) } else { None };
        let set_of_several = |atom: &Atom| set(atom).is_some_and(|set| !set.phrases.is_empty());
        let positions = nfa.atoms.iter().enumerate().filter(|(_, atom)| set_of_several(atom));
        let several = positions.fold(0, |mask, (at, _)| mask | 1 << at);
        let start = self.atoms.len() as u64;
        self.atoms.extend(nfa.atoms.iter().map(|&atom| encode(atom)));
        self.words.extend(nfa.atoms.iter().map(|atom| match set(atom).map(|set| set.words.as_slice()) {
            Some([word]) => *word,
            _ => UNKNOWN,
        }));
        self.follow.extend(&nfa.follow);
        self.precede.extend(&nfa.precede);
        let place = start << 8 | (nfa.atoms.len() as u64) << 1 | u64::from(nfa.strict);
        self.heads.push([place, nfa.first, nfa.last, nfa.gaps, nfa.exact, nfa.span, nfa.anchor, several]);
        self.heads.len() as u32 - 1
    }

    #[inline]
    pub fn get(&self, number: u32) -> Automaton<'_> {
        let [place, first, last, gaps, exact, span, anchor, several] = self.heads[number as usize];
        let start = (place >> 8) as usize;
        let positions = start..start + (place as usize >> 1 & 0x7F);
        Automaton {
            atoms: &self.atoms[positions.clone()],
            words: &self.words[positions.clone()],
            follow: &self.follow[positions.clone()],
            precede: &self.precede[positions],
            first,
            last,
            gaps,
            exact,
            span,
            anchor,
            several,
            strict: place & 1 == 1,
        }
    }
}

impl Automaton<'_> {
    /// The word that a position finds, where it is but one; a class of several words may have further members.
    #[inline]
    pub fn word(&self, position: usize) -> Option<WordId> {
        Some(self.words[position]).filter(|&word| word != UNKNOWN)
    }

    #[inline]
    pub fn atom(&self, position: usize) -> Atom {
        match self.atoms[position] {
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
