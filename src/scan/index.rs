//! What the scan knows of each word: its sets, its flags, and the patterns that it leads to.

use serde::{Deserialize, Serialize};

use super::Pass;
use super::beside::{self, Bearing, Share};
use super::leads::{self, Leads};
use super::marks::{Bits, Given, Marking};
use super::members::Members;
use super::plan::Plan;
use super::runs::Runs;
use super::tokens::{Token, flag};
use crate::pack::{List, Stow};
use crate::pattern::automata::{self, Automata, Automaton};
use crate::pattern::nfa::Pattern;
use crate::pattern::sets::{SetId, Sets, WordSet};
use crate::pattern::words::{Found, Interner, NUMBER, WordId, WordTable};

/// A pattern, what found it stands for, and which pass looks for it.
#[derive(Debug)]
pub struct Entry {
    pub pattern: Pattern,
    pub pass: Pass,
    /// The number that the lexicon gave it.
    pub owner: u32,
}

/// A word that is two, as “her” is a possessive and an object.
#[derive(Debug, Serialize, Deserialize)]
pub struct Double {
    word: WordId,
    object: Found,
    /// What follows an object, sorted.
    before: Vec<WordId>,
}

impl Double {
    /// Tells which of the two the word is wherever it stands in a clause: an object at its end, before a comma, and before certain words. Returns
    /// the flags of what was told.
    pub fn tell(&self, clause: &mut [Token]) -> u16 {
        let mut flags = 0;
        for at in 0..clause.len() {
            if clause[at].id == self.word && self.is_object(clause, at) {
                let token = &mut clause[at];
                flags |= self.object.flags();
                token.flags = self.object.flags() | token.flags & flag::COMMA;
                (token.id, token.share) = (self.object.id(), self.object.share());
            }
        }
        flags
    }

    fn is_object(&self, clause: &[Token], at: usize) -> bool {
        let follows = |next: &Token| next.flags & flag::COMMA != 0 || self.before.binary_search(&next.id).is_ok();
        clause.get(at + 1).is_none_or(follows)
    }
}

/// Everything that the scan reads while it runs.
#[derive(Debug, Serialize, Deserialize)]
pub struct Index {
    pub table: WordTable,
    /// What a number is that is no word of its own.
    pub number: Found,
    /// The word that `&` stands for.
    pub and: Found,
    pub double: Option<Double>,
    pub leads: Leads,
    pub members: Members,
    automata: Automata,
    plans: List<[u32; 3]>,
    marks: Given,
    /// The sets that hold a word.
    sets: Runs,
    exact: Vec<(SetId, String)>,
    fillers: Option<SetId>,
}

impl Index {
    /// An index of no words, for cutting alone.
    pub fn empty() -> Self {
        Index {
            table: Interner::new().table(|_| 0, |_| Found::default()),
            number: Found::new(NUMBER, 0, NUMBER as Share),
            and: Found::default(),
            double: None,
            leads: Leads::empty(),
            members: Members::new(&[], &[]),
            automata: Automata::default(),
            plans: List::default(),
            marks: Given::new(&[Bits::default(); 2]),
            sets: Runs::new(2, &[]),
            exact: Vec::new(),
            fillers: None,
        }
    }

    /// `classes` are the flags of the words of classes that the engine reads by name.
    pub fn new(mut sets: Sets, entries: Vec<Entry>, classes: &[(SetId, u16)], fillers: Option<SetId>) -> Self {
        let and = sets.word("and");
        let numbers = digits(&sets.interner);
        let mut flags = flags(&sets, &entries, classes);
        for phrase in fillers.into_iter().flat_map(|set| &sets.sets[set as usize].phrases) {
            flags[phrase[0] as usize] |= flag::BEGINS_FILLER;
        }
        for &number in &numbers {
            flags[number as usize] |= flags[NUMBER as usize];
        }
        let shares = beside::shares(&sets, &numbers, fillers);
        let found = |word: WordId| Found::new(word, flags[word as usize], shares[word as usize]);
        let marking = Marking::new(&sets, &entries, &numbers);
        let mut automata = automata::Builder::default();
        let plans = entries.iter().map(|entry| Plan::new(entry, &sets.sets, &mut automata).encode()).collect();
        let double = sets.sexes.double.take();
        let double = double.map(|double| Double { word: double.possessive, object: found(double.object), before: double.before });
        let exact = sets.sets.iter().enumerate().filter_map(|(id, set)| Some((id as SetId, set.exact.clone()?)));
        Index {
            table: sets.interner.table(|word| sets.frequency_of(word), found),
            number: found(NUMBER),
            and: Found::new(and, 0, shares[and as usize]),
            double,
            marks: Given::new(&marking.marks),
            leads: Leads::new(&sets, &entries, marking, &numbers, &Bearing::new(&sets.sets, &shares, fillers)),
            members: Members::new(&sets.sets, &shares),
            automata: automata.finish(),
            plans,
            sets: Runs::new(sets.interner.count(), &holders(&sets.sets, &numbers)),
            exact: exact.collect(),
            fillers,
        }
    }

    /// All its long lists.
    pub fn lists(&mut self) -> impl Iterator<Item = &mut dyn Stow> {
        let own: [&mut dyn Stow; 2] = [&mut self.table.slots, &mut self.plans];
        let small = self.automata.lists().into_iter().chain(self.marks.lists()).chain(self.sets.lists());
        own.into_iter().chain(small).chain(self.leads.lists()).chain(self.members.lists())
    }

    /// The id of a word as it stands in a text, unknown ones among them.
    pub fn word(&self, word: &str) -> WordId {
        self.table.find(word.as_bytes()).id()
    }

    /// The word "and", which also stands for the sign.
    pub fn and(&self) -> WordId {
        self.and.id()
    }

    #[inline]
    pub fn plan(&self, pattern: u32) -> Plan {
        Plan::decode(self.plans[pattern as usize])
    }

    /// The automaton of one part of a pattern.
    #[inline]
    pub fn automaton(&self, plan: &Plan, part: u8) -> Automaton<'_> {
        self.automata.get(plan.first + u32::from(part))
    }

    #[inline]
    pub fn marks(&self, word: WordId) -> &Bits {
        self.marks.of(word)
    }

    /// Whether a set holds a word. Most words are in few sets, and a straight look at those is quicker than a search.
    #[inline]
    pub fn holds(&self, set: SetId, word: WordId) -> bool {
        let sets = self.sets.get(word);
        if sets.len() <= 8 { sets.contains(&set) } else { sets.binary_search(&set).is_ok() }
    }

    pub fn exact(&self, set: SetId) -> Option<&str> {
        self.exact.iter().find(|(id, _)| *id == set).map(|(_, word)| word.as_str())
    }

    pub fn is_filler_set(&self, set: SetId) -> bool {
        self.fillers == Some(set)
    }
}

/// The words written in digits alone: they are members wherever `{number}` is.
fn digits(interner: &Interner) -> Vec<WordId> {
    let mut numbers: Vec<WordId> = interner
        .iter()
        .filter(|(word, _)| word.bytes().all(|b| b.is_ascii_digit()))
        .map(|(_, id)| id)
        .collect();
    numbers.sort_unstable();
    numbers
}

/// Every word with every set that holds it.
fn holders(sets: &[WordSet], numbers: &[WordId]) -> Vec<(WordId, SetId)> {
    let mut pairs = Vec::new();
    for (id, set) in sets.iter().enumerate() {
        let any = if set.words.binary_search(&NUMBER).is_ok() { numbers } else { &[] };
        pairs.extend(set.words.iter().chain(any).map(|&word| (word, id as SetId)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The flags of every word.
fn flags(sets: &Sets, entries: &[Entry], classes: &[(SetId, u16)]) -> Vec<u16> {
    let mut flags = vec![0; sets.interner.count()];
    for phrase in sets.sets.iter().flat_map(|set| &set.phrases) {
        flags[phrase[0] as usize] |= flag::BEGINS;
    }
    for &(set, class) in classes {
        for &word in &sets.sets[set as usize].words {
            flags[word as usize] |= class;
        }
    }
    for (set, pass) in leads::anchors(entries) {
        let set = &sets.sets[set as usize];
        for &word in &set.words {
            flags[word as usize] |= pass.flag();
        }
        // The rarest word of a member of several calls for a look; which one it is does not matter for what is found.
        for &word in set.phrases.iter().filter_map(|phrase| sets.rarest(phrase)) {
            flags[word as usize] |= pass.part_flag();
        }
    }
    flags
}
