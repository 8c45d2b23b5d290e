//! Which patterns a word leads to.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::beside::{Around, Bearing, Beside, Gate, Shares, bears};
use super::index::Entry;
use super::kinds::Kinds;
use super::marks::{Bits, Marking, Marks};
use super::runs::Runs;
use super::{PASSES, Pass};
use crate::pack::{List, Stow};
use crate::pattern::nfa::Atom;
use crate::pattern::sets::{SetId, Sets, WordSet};
use crate::pattern::words::{NUMBER, WordId};

/// The ways from words to patterns, those of a pass together. A way leads to one position of a pattern's anchor.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Leads {
    /// By way, the pattern and the position.
    ways: List<u32>,
    /// By way, what may stand around a word that takes the position, as numbers of kinds.
    sides: List<Around<u16>>,
    kinds: List<Shares>,
    /// The marks that a stretch must hold before a pattern is looked at; by pattern.
    needs: List<Bits>,
    /// Of the passes over all of a text, and of the others.
    words: [Words; 2],
    /// The ways of members of several words, in order, by set: see [`Lead`].
    members: Runs,
    /// By pass, its first way, and at last the count of all.
    passes: [u32; PASSES + 1],
}

/// Where words lead in some passes.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Words {
    /// The ways of a word, in order: see [`Lead`].
    leads: Runs,
    /// By word, what may stand around it for any of its ways.
    gates: List<Around<u16>>,
}

impl Words {
    /// `pairs` are the words with their leads, and `around` is what a way bears.
    fn new(count: usize, pairs: &[(WordId, u32)], around: &[Around<Shares>], kinds: &mut Kinds<4>) -> Self {
        let mut gates = vec![Gate::default(); count];
        for &(word, lead) in pairs {
            gates[word as usize].open(&around[Lead(lead).way() as usize]);
        }
        Words {
            leads: Runs::new(count, pairs),
            gates: gates.iter().map(|gate| gate.sides(kinds)).collect(),
        }
    }
}

/// A way (23 bits) and the mark of the rarest thing that its pattern requires (9 bits), which turns most of them away.
struct Lead(u32);

impl Lead {
    fn new(way: u32, first: u16) -> Self {
        Lead(way | u32::from(first) << 23)
    }

    #[inline]
    fn first(&self) -> u16 {
        (self.0 >> 23) as u16
    }

    #[inline]
    fn way(&self) -> u32 {
        self.0 & 0x007F_FFFF
    }
}

/// A pattern, and the position of its anchor that took what led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    pub pattern: u32,
    pub position: u32,
}

impl Way {
    fn encode(self) -> u32 {
        self.pattern << 6 | self.position
    }

    #[inline]
    fn decode(way: u32) -> Self {
        Way { pattern: way >> 6, position: way & 0x3F }
    }
}

/// A way while the lexicon is compiled.
struct Made {
    way: Way,
    set: SetId,
    pass: Pass,
}

fn made(entries: &[Entry]) -> Vec<Made> {
    let mut all = Vec::new();
    for (pattern, entry) in entries.iter().enumerate() {
        let nfa = entry.pattern.anchored();
        let positions = nfa.atoms.iter().enumerate().filter(|(position, _)| nfa.anchor >> position & 1 == 1);
        all.extend(positions.filter_map(|(position, atom)| match atom {
            Atom::Set(set) => Some(Made {
                way: Way { pattern: pattern as u32, position: position as u32 },
                set: *set,
                pass: entry.pass,
            }),
            _ => None,
        }));
    }
    all.sort_by_key(|made| made.pass);
    all
}

/// The sets that patterns of each pass are looked for by.
pub fn anchors(entries: &[Entry]) -> BTreeSet<(SetId, Pass)> {
    made(entries).into_iter().map(|made| (made.set, made.pass)).collect()
}

impl Leads {
    /// `numbers` are the words written in digits.
    pub fn new(sets: &Sets, entries: &[Entry], marking: Marking, numbers: &[WordId], bearing: &Bearing) -> Self {
        let made = made(entries);
        let lead = |(way, made): (usize, &Made)| (made.set, Lead::new(way as u32, marking.first[made.way.pattern as usize]).0);
        let by_set: Vec<(SetId, u32)> = made.iter().enumerate().map(lead).collect();
        let words = |set: &WordSet| -> Vec<WordId> {
            let any = if set.words.binary_search(&NUMBER).is_ok() { numbers } else { &[] };
            let mut words = [&set.words, any].concat();
            words.sort_unstable();
            words.dedup();
            words
        };
        let of_set = |&(set, lead): &(SetId, u32)| words(&sets.sets[set as usize]).into_iter().map(move |word| (word, lead));
        let by_word = |leads: &[(SetId, u32)]| -> Vec<(WordId, u32)> { leads.iter().flat_map(of_set).collect() };
        let around_of =
            |made: &Made| bearing.around(entries[made.way.pattern as usize].pattern.anchored(), made.way.position as usize);
        let around: Vec<Around<Shares>> = made.iter().map(around_of).collect();
        let mut kinds = Kinds::new();
        let (of_all, of_parts) = by_set.split_at(made.partition_point(|made| made.pass < Pass::Cues));
        let count = sets.interner.count();
        let words = [of_all, of_parts].map(|leads| Words::new(count, &by_word(leads), &around, &mut kinds));
        Leads {
            ways: made.iter().map(|made| made.way.encode()).collect(),
            sides: around.iter().map(|around| around.map(|shares| kinds.number(shares))).collect(),
            kinds: kinds.all.into(),
            words,
            members: Runs::new(sets.sets.len(), &by_set),
            passes: std::array::from_fn(|pass| made.partition_point(|made| (made.pass as usize) < pass) as u32),
            needs: marking.needs.into(),
        }
    }

    /// An index of no words.
    pub fn empty() -> Self {
        let words = || Words { leads: Runs::new(2, &[]), gates: vec![Around::default(); 2].into() };
        Leads { words: [words(), words()], kinds: vec![Shares::default()].into(), ..Leads::default() }
    }

    /// All its long lists.
    pub fn lists(&mut self) -> impl Iterator<Item = &mut dyn Stow> {
        let own: [&mut dyn Stow; 4] = [&mut self.ways, &mut self.sides, &mut self.kinds, &mut self.needs];
        let words = self.words.iter_mut().flat_map(|words| {
            let gates: &mut dyn Stow = &mut words.gates;
            words.leads.lists().into_iter().chain([gates])
        });
        own.into_iter().chain(words).chain(self.members.lists())
    }

    /// Whether any way of a word bears what stands around it.
    #[inline]
    pub fn is_open(&self, first: Pass, word: WordId, beside: &Beside) -> bool {
        bears(&self.kinds, &self.words_of(first).gates[word as usize], beside)
    }

    /// Adds the ways of a word, out of those of some passes, that a stretch with these marks can hold and that bear what stands around it.
    ///
    /// `kept` is to save making it anew.
    #[inline(never)]
    pub fn of_word(
        &self,
        passes: &Passes,
        word: WordId,
        marks: &Marks,
        beside: &Beside,
        kept: &mut Vec<u32>,
        found: &mut Vec<Way>,
    ) {
        let leads = self.words_of(passes.first).leads.get(word);
        // Most are turned away by their mark, and nobody can guess which: without a branch that does not matter.
        kept.resize(kept.len().max(leads.len()), 0);
        let mut count = 0;
        for &lead in leads {
            kept[count] = lead;
            count += usize::from(marks.has(Lead(lead).first()));
        }
        for lead in kept[..count].iter().map(|&lead| Lead(lead)) {
            if passes.ways.contains(&lead.way()) && bears(&self.kinds, &self.sides[lead.way() as usize], beside) {
                found.extend(self.possible(lead, marks));
            }
        }
    }

    /// The ways, out of those of some passes, of a set of which a member of several words was found.
    #[inline]
    pub fn of_member(&self, passes: &Passes, set: SetId, marks: &Marks, beside: &Beside) -> impl Iterator<Item = Way> {
        let leads = self
            .members
            .get(set)
            .iter()
            .map(|&lead| Lead(lead))
            .filter(|lead| passes.ways.contains(&lead.way()));
        let borne = leads.filter(|lead| marks.has(lead.first()) && bears(&self.kinds, &self.sides[lead.way() as usize], beside));
        borne.filter_map(|lead| self.possible(lead, marks))
    }

    /// The way of a lead, where a stretch with these marks can hold its pattern.
    #[inline]
    fn possible(&self, lead: Lead, marks: &Marks) -> Option<Way> {
        let way = Way::decode(self.ways[lead.way() as usize]);
        marks.hold(&self.needs[way.pattern as usize]).then_some(way)
    }

    #[inline]
    fn words_of(&self, first: Pass) -> &Words {
        &self.words[usize::from(first >= Pass::Cues)]
    }

    /// Passes that stand one behind the other; all over the whole of a text, or all over parts.
    pub fn passes(&self, first: Pass, last: Pass) -> Passes {
        Passes { first, ways: self.passes[first as usize]..self.passes[last as usize + 1] }
    }
}

/// The ways of passes.
pub struct Passes {
    pub first: Pass,
    ways: Range<u32>,
}
