//! Which patterns a word leads to.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::beside::{self, Share, Shares};
use super::index::Entry;
use super::marks::{Bits, Marking, Marks};
use super::runs::Runs;
use super::{PASSES, Pass};
use crate::pack;
use crate::pattern::nfa::Atom;
use crate::pattern::sets::{SetId, Sets, WordSet};
use crate::pattern::words::{NUMBER, WordId};

/// The ways from words to patterns, those of a pass together. A way leads to one position of a pattern's anchor.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Leads {
    /// By way, the pattern and the position.
    #[serde(with = "pack")]
    ways: Vec<u32>,
    /// By way, what may stand right behind and right before a word that takes the position.
    #[serde(with = "pack")]
    beside: Vec<[Shares; 2]>,
    /// By word, what may stand right behind and right before it for any of its ways in the passes over all of a text.
    #[serde(with = "pack")]
    gates: Vec<[Shares; 2]>,
    /// The marks that a stretch must hold before a pattern is looked at; by pattern.
    #[serde(with = "pack")]
    needs: Vec<Bits>,
    /// The ways of a word, in order: see [`Lead`].
    words: Runs,
    /// The same for members of several words, by set.
    members: Runs,
    /// By pass, its first way, and at last the count of all.
    passes: [u32; PASSES + 1],
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

#[inline]
fn bears([behind, before]: &[Shares; 2], beside: [Share; 2]) -> bool {
    beside::holds(behind, beside[0]) && beside::holds(before, beside[1])
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
    pub fn new(
        sets: &Sets,
        entries: &[Entry],
        marking: Marking,
        numbers: &[WordId],
        shares: &[Share],
        fillers: Option<SetId>,
    ) -> Self {
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
        let by_word: Vec<(WordId, u32)> = by_set.iter().flat_map(of_set).collect();
        let beside_of = |made: &Made| {
            let nfa = entries[made.way.pattern as usize].pattern.anchored();
            beside::beside(nfa, made.way.position as usize, &sets.sets, shares, fillers)
        };
        let beside: Vec<[Shares; 2]> = made.iter().map(beside_of).collect();
        let mut gates = vec![[Shares::default(); 2]; sets.interner.count()];
        for &(word, lead) in &by_word {
            let way = Lead(lead).way() as usize;
            if made[way].pass < Pass::Cues {
                for (gate, beside) in gates[word as usize].iter_mut().zip(&beside[way]) {
                    beside::join(gate, beside);
                }
            }
        }
        Leads {
            ways: made.iter().map(|made| made.way.encode()).collect(),
            beside,
            gates,
            words: Runs::new(sets.interner.count(), &by_word),
            members: Runs::new(sets.sets.len(), &by_set),
            passes: std::array::from_fn(|pass| made.partition_point(|made| (made.pass as usize) < pass) as u32),
            needs: marking.needs,
        }
    }

    /// An index of no words.
    pub fn empty() -> Self {
        Leads { words: Runs::new(2, &[]), ..Leads::default() }
    }

    /// Whether any way of a word in the passes over all of a text bears what stands behind and before it.
    #[inline]
    pub fn is_open(&self, word: WordId, beside: [Share; 2]) -> bool {
        bears(&self.gates[word as usize], beside)
    }

    /// Adds the ways of a word, out of some, that a stretch with these marks can hold and that bear what stands behind and before it.
    #[inline(never)]
    pub fn of_word(&self, ways: &Range<u32>, word: WordId, marks: &Marks, beside: [Share; 2], found: &mut Vec<Way>) {
        for lead in self.words.get(word).iter().map(|&lead| Lead(lead)) {
            if marks.has(lead.first()) && ways.contains(&lead.way()) && bears(&self.beside[lead.way() as usize], beside) {
                found.extend(self.possible(lead, marks));
            }
        }
    }

    /// The ways, out of some, of a set of which a member of several words was found.
    #[inline]
    pub fn of_member(&self, ways: &Range<u32>, set: SetId, marks: &Marks) -> impl Iterator<Item = Way> {
        let leads = self.members.get(set).iter().map(|&lead| Lead(lead)).filter(|lead| ways.contains(&lead.way()));
        leads.filter_map(|lead| self.possible(lead, marks))
    }

    /// The way of a lead, where a stretch with these marks can hold its pattern.
    #[inline]
    fn possible(&self, lead: Lead, marks: &Marks) -> Option<Way> {
        let way = Way::decode(self.ways[lead.way() as usize]);
        marks.hold(&self.needs[way.pattern as usize]).then_some(way)
    }

    /// The ways of passes that stand one behind the other.
    pub fn of_passes(&self, first: Pass, last: Pass) -> Range<u32> {
        self.passes[first as usize]..self.passes[last as usize + 1]
    }
}
