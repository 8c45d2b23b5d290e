//! Marks of what stands in a stretch of text, so that a pattern is looked at only where all that it requires may be.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::index::Entry;
use super::kinds::Kinds;
use crate::pack::{List, Stow};
use crate::pattern::nfa::{Atom, Required};
use crate::pattern::sets::Sets;
use crate::pattern::words::{NUMBER, WordId};

/// Marks of a stretch of text, or of what a pattern requires: a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks(pub Bits);

pub type Bits = [u64; 8];

/// The mark that every stretch has.
const ALWAYS: u16 = 511;

impl Marks {
    /// The marks of an empty stretch.
    pub fn none() -> Self {
        Marks(bit(ALWAYS))
    }

    #[inline]
    pub fn has(&self, mark: u16) -> bool {
        self.0[usize::from(mark) / 64] >> (mark % 64) & 1 == 1
    }

    #[inline]
    pub fn add(&mut self, other: &Bits) {
        for (mark, other) in self.0.iter_mut().zip(other) {
            *mark |= other;
        }
    }

    #[inline]
    pub fn hold(&self, needs: &Bits) -> bool {
        self.0.iter().zip(needs).fold(0, |lacking, (mark, need)| lacking | need & !mark) == 0
    }
}

/// The marks that each word gives.
#[derive(Debug, Serialize, Deserialize)]
pub struct Given {
    /// By word, the number of its kind.
    words: List<u16>,
    kinds: List<Bits>,
}

impl Given {
    pub fn new(by_word: &[Bits]) -> Self {
        let mut kinds = Kinds::new();
        let words = by_word.iter().map(|&marks| kinds.number(marks)).collect();
        Given { words, kinds: kinds.all.into() }
    }

    #[inline]
    pub fn of(&self, word: WordId) -> &Bits {
        &self.kinds[usize::from(self.words[word as usize])]
    }

    pub fn lists(&mut self) -> [&mut dyn Stow; 2] {
        [&mut self.words, &mut self.kinds]
    }
}

fn bit(mark: u16) -> Bits {
    let mut bits = Bits::default();
    bits[usize::from(mark) / 64] = 1 << (mark % 64);
    bits
}

/// A requirement that more words than this in a million fulfil tells too little to be marked.
const COMMON: u64 = 12_000;

/// The marks that each pattern needs and those that each word gives.
pub struct Marking {
    pub needs: Vec<Bits>,
    pub marks: Vec<Bits>,
    /// The mark of the rarest thing that each pattern requires.
    pub first: Vec<u16>,
}

impl Marking {
    /// `numbers` are the words written in digits.
    pub fn new(sets: &Sets, entries: &[Entry], numbers: &[WordId]) -> Self {
        let frequency = |required: &Required| required.iter().map(|&set| sets.sets[set as usize].frequency).sum::<u64>();
        let telling: Vec<Vec<&Required>> = entries
            .iter()
            .map(|entry| telling(entry).into_iter().filter(|required| frequency(required) <= COMMON).collect())
            .collect();
        // Handing the marks out in order of frequency gives each its share of common words.
        let mut known: Vec<&Required> = telling.iter().flatten().copied().collect();
        known.sort_unstable_by_key(|required| (std::cmp::Reverse(frequency(required)), *required));
        known.dedup();
        let mut marks = vec![Marks::default(); sets.interner.count()];
        let mut marked: FxHashMap<&Required, u16> = FxHashMap::default();
        for (number, required) in known.into_iter().enumerate() {
            let mark = (number % usize::from(ALWAYS)) as u16;
            marked.insert(required, mark);
            for set in required.iter().map(|&set| &sets.sets[set as usize]) {
                let any = if set.words.binary_search(&NUMBER).is_ok() { numbers } else { &[] };
                let parts = set.phrases.iter().filter_map(|phrase| sets.rarest(phrase));
                set.words.iter().chain(any).chain(parts).for_each(|&word| marks[word as usize].add(&bit(mark)));
            }
        }
        let mut needs = Vec::new();
        let mut first = Vec::new();
        for all in &telling {
            let mut need = Marks::default();
            all.iter().for_each(|required| need.add(&bit(marked[required])));
            needs.push(need.0);
            first.push(all.iter().min_by_key(|required| frequency(required)).map_or(ALWAYS, |required| marked[required]));
        }
        Marking { needs, marks: marks.into_iter().map(|marks| marks.0).collect(), first }
    }
}

/// What a pattern requires besides its anchor, which is there where the search begins.
fn telling(entry: &Entry) -> Vec<&Required> {
    let anchored = entry.pattern.anchored();
    let is_anchor = |required: &Required| {
        let at = |set: &u32| anchored.atoms.iter().position(|atom| *atom == Atom::Set(*set));
        required.iter().all(|set| at(set).is_some_and(|at| anchored.anchor >> at & 1 == 1))
    };
    let all = entry.pattern.parts().iter().flat_map(|part| &part.required);
    all.filter(|required| !is_anchor(required)).collect()
}
