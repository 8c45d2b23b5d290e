//! What the scan knows of each word: its sets, its flags, and the patterns that it leads to.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Pass;
use super::tokens::{Token, flag};
use crate::pack;
use crate::pattern::automata::{Automata, Automaton};
use crate::pattern::nfa::{Atom, Pattern, Required};
use crate::pattern::sets::{SetId, Sets, WordSet};
use crate::pattern::words::{Interner, NUMBER, UNKNOWN, WordId, WordTable};

/// A pattern, what found it stands for, and which pass looks for it.
#[derive(Debug)]
pub struct Entry {
    pub pattern: Pattern,
    pub pass: Pass,
    /// The number that the lexicon gave it.
    pub owner: u32,
}

/// A pattern as the scan reads it.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The number of the first automaton; those of other parts follow.
    first: u32,
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
    fn encode(self) -> [u32; 3] {
        [self.first, u32::from_le_bytes([self.parts, self.window, self.anchor, u8::from(self.several)]), self.owner]
    }

    #[inline]
    fn decode([first, small, owner]: [u32; 3]) -> Self {
        let [parts, window, anchor, several] = small.to_le_bytes();
        Plan { first, parts, window, anchor, several: several == 1, owner }
    }
}

/// How many passes there are.
const PASSES: usize = 3;

/// Items by key, those of a key as one run of a long list.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Runs {
    #[serde(with = "pack")]
    starts: Vec<u32>,
    #[serde(with = "pack")]
    items: Vec<u32>,
}

impl Runs {
    /// `pairs` are (key, item); keys are below `keys`.
    fn new(keys: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0; keys + 1];
        for (key, _) in pairs {
            starts[*key as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![0; pairs.len()];
        for (key, item) in pairs {
            items[next[*key as usize] as usize] = *item;
            next[*key as usize] += 1;
        }
        Runs { starts, items }
    }

    #[inline]
    fn get(&self, key: u32) -> &[u32] {
        &self.items[self.starts[key as usize] as usize..self.starts[key as usize + 1] as usize]
    }
}

/// Marks of a stretch of text, or of what a pattern requires: a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks([u64; MARKS]);

const MARKS: usize = 4;

/// Words that may stand beside a word: a bit for each of 128 shares of all words.
type Beside = [u64; 2];

const ANYTHING: Beside = [u64::MAX; 2];

/// What stands beside a word.
#[derive(Debug, Clone, Copy)]
pub enum Neighbour {
    /// The end of the clause.
    Nothing,
    /// What may be passed over.
    Passed,
    /// A word, by its share of all words.
    Word(u8),
}

impl Neighbour {
    #[inline]
    pub fn of(token: Option<&Token>) -> Self {
        match token {
            None => Neighbour::Nothing,
            Some(token) if token.flags & (flag::FILLER | flag::SIGN) != 0 => Neighbour::Passed,
            // All numbers share one bit.
            Some(token) if token.flags & flag::NUMBER != 0 => Neighbour::Word(share(NUMBER)),
            Some(token) => Neighbour::Word(share(token.id)),
        }
    }

    #[inline]
    fn fits(self, beside: Beside) -> bool {
        match self {
            Neighbour::Nothing => beside == ANYTHING,
            Neighbour::Passed => true,
            Neighbour::Word(share) => beside[usize::from(share) / 64] >> (share % 64) & 1 == 1,
        }
    }
}

#[inline]
fn share(word: WordId) -> u8 {
    (word.wrapping_mul(0x9E37_79B1) >> 25) as u8
}

/// The words that may stand right behind and right before a word of a pattern's anchor.
fn beside(entry: &Entry, sets: &[WordSet], numbers: &[WordId], fillers: Option<SetId>) -> [Beside; 2] {
    let nfa = entry.pattern.anchored();
    let side = |steps: &[u64], goal: u64, end: fn(&[WordId]) -> Option<&WordId>| {
        let mut beside = [0; 2];
        let mut add = |word: WordId| {
            let share = share(if numbers.binary_search(&word).is_ok() { NUMBER } else { word });
            beside[usize::from(share) / 64] |= 1 << (share % 64);
        };
        let mut add_set = |set: SetId| {
            let set = &sets[set as usize];
            set.words
                .iter()
                .chain(set.phrases.iter().filter_map(|phrase| end(phrase)))
                .for_each(|&word| add(word));
        };
        fillers.into_iter().for_each(&mut add_set);
        for position in (0..nfa.atoms.len()).filter(|at| nfa.anchor >> at & 1 == 1) {
            if goal >> position & 1 == 1 {
                return ANYTHING;
            }
            for next in (0..nfa.atoms.len()).filter(|at| steps[position] >> at & 1 == 1) {
                match nfa.atoms[next] {
                    Atom::Set(set) => add_set(set),
                    Atom::Sign(_) | Atom::Any => return ANYTHING,
                }
            }
        }
        beside
    };
    [side(&nfa.follow, nfa.last, <[WordId]>::first), side(&nfa.precede, nfa.first, <[WordId]>::last)]
}

/// The mark that every stretch has.
const ALWAYS: u8 = u8::MAX;

/// A pattern to be looked at (24 bits) and the mark of the rarest thing that it requires (8 bits), which turns most of them away.
struct Lead(u32);

impl Lead {
    fn new(pattern: u32, first: u8) -> Self {
        Lead(pattern | u32::from(first) << 24)
    }

    #[inline]
    fn first(&self) -> u8 {
        (self.0 >> 24) as u8
    }

    #[inline]
    fn pattern(&self) -> u32 {
        self.0 & 0x00FF_FFFF
    }
}

impl Marks {
    /// The marks of an empty stretch.
    pub fn none() -> Self {
        let mut marks = [0; MARKS];
        marks[MARKS - 1] = 1 << 63;
        Marks(marks)
    }

    #[inline]
    fn has(&self, mark: u8) -> bool {
        self.0[usize::from(mark) / 64] >> (mark % 64) & 1 == 1
    }

    #[inline]
    pub fn add(&mut self, other: [u64; MARKS]) {
        for (mark, other) in self.0.iter_mut().zip(other) {
            *mark |= other;
        }
    }

    #[inline]
    fn hold(&self, needs: [u64; MARKS]) -> bool {
        self.0.iter().zip(needs).all(|(mark, need)| mark & need == need)
    }
}

/// Everything that the scan reads while it runs.
#[derive(Debug, Serialize, Deserialize)]
pub struct Index {
    pub table: WordTable,
    /// The flags of a number that is no word of its own.
    pub number_flags: u16,
    /// The word that `&` stands for.
    pub and: WordId,
    automata: Automata,
    #[serde(with = "pack")]
    plans: Vec<[u32; 3]>,
    /// The marks that a stretch must hold before a pattern is looked at; by pattern.
    #[serde(with = "pack")]
    needs: Vec<[u64; MARKS]>,
    /// The marks that a word gives.
    #[serde(with = "pack")]
    marks: Vec<[u64; MARKS]>,
    /// By pattern, the words that may stand right behind and right before a word of its anchor.
    #[serde(with = "pack")]
    beside: Vec<[Beside; 2]>,
    /// The sets that hold a word.
    sets: Runs,
    /// By pass, the patterns that a word leads to: see [`Lead`].
    leads: [Runs; PASSES],
    /// The same for members of several words, by set.
    member_leads: [Runs; PASSES],
    exact: Vec<(SetId, String)>,
    members: Members,
    fillers: Option<SetId>,
}

impl Index {
    /// An index of no words, for cutting alone.
    pub fn empty() -> Self {
        Index {
            table: Interner::new().table(&[]),
            number_flags: 0,
            and: UNKNOWN,
            automata: Automata::default(),
            plans: Vec::new(),
            needs: Vec::new(),
            marks: vec![[0; MARKS]; 2],
            beside: Vec::new(),
            sets: Runs::new(2, &[]),
            leads: std::array::from_fn(|_| Runs::new(2, &[])),
            member_leads: Default::default(),
            exact: Vec::new(),
            members: Members::new(&[]),
            fillers: None,
        }
    }

    /// `classes` are the flags of the words of classes that the engine reads by name.
    pub fn new(mut sets: Sets, entries: Vec<Entry>, classes: &[(SetId, u16)], fillers: Option<SetId>) -> Self {
        let and = sets.word("and");
        let words_count = sets.interner.count();
        let numbers = digits(&sets.interner);
        let holders = holders(&sets.sets, &numbers);
        let leads = leads(&entries);
        let mut flags = flags(&sets, &entries, &leads, classes);
        for phrase in fillers.into_iter().flat_map(|set| &sets.sets[set as usize].phrases) {
            flags[phrase[0] as usize] |= flag::BEGINS_FILLER;
        }
        for &number in &numbers {
            flags[number as usize] |= flags[NUMBER as usize];
        }
        let marking = Marking::new(&sets, &entries, &numbers);
        let of_pass = |pass: usize| -> Vec<(SetId, u32)> {
            let leads = leads.iter().filter(|(_, entry)| entries[*entry as usize].pass as usize == pass);
            leads.map(|&(set, entry)| (set, Lead::new(entry, marking.first[entry as usize]).0)).collect()
        };
        let by_set = |pass: usize| Runs::new(sets.sets.len(), &of_pass(pass));
        let by_word = |pass: usize| {
            let any = |set: &WordSet| if set.words.binary_search(&NUMBER).is_ok() { numbers.as_slice() } else { &[] };
            let words = |set: SetId| sets.sets[set as usize].words.iter().chain(any(&sets.sets[set as usize]));
            let mut pairs: Vec<_> = of_pass(pass)
                .into_iter()
                .flat_map(|(set, lead)| words(set).map(move |&word| (word, lead)))
                .collect();
            pairs.sort_unstable();
            pairs.dedup();
            Runs::new(words_count, &pairs)
        };
        let mut automata = Automata::default();
        let plans = entries.iter().map(|entry| plan(entry, &sets.sets, &mut automata).encode()).collect();
        let exact = sets.sets.iter().enumerate().filter_map(|(id, set)| Some((id as SetId, set.exact.clone()?)));
        Index {
            table: sets.interner.table(&flags),
            number_flags: flags[NUMBER as usize],
            and,
            automata,
            plans,
            needs: marking.needs,
            marks: marking.marks,
            beside: entries.iter().map(|entry| beside(entry, &sets.sets, &numbers, fillers)).collect(),
            sets: Runs::new(words_count, &holders),
            leads: std::array::from_fn(by_word),
            member_leads: std::array::from_fn(by_set),
            exact: exact.collect(),
            members: Members::new(&sets.sets),
            fillers,
        }
    }

    /// The patterns that a word leads to, that a stretch with these marks can hold and that bear the words beside it.
    #[inline]
    pub fn leads<'a>(
        &'a self,
        pass: Pass,
        word: WordId,
        marks: &'a Marks,
        beside: [Neighbour; 2],
    ) -> impl Iterator<Item = u32> + 'a {
        let fits = move |&pattern: &u32| {
            let [behind, before] = self.beside[pattern as usize];
            beside[0].fits(behind) && beside[1].fits(before)
        };
        self.possible(self.leads[pass as usize].get(word), marks).filter(fits)
    }

    /// The same for a set of which a member of several words was found.
    #[inline]
    pub fn member_leads<'a>(&'a self, pass: Pass, set: SetId, marks: &'a Marks) -> impl Iterator<Item = u32> + 'a {
        self.possible(self.member_leads[pass as usize].get(set), marks)
    }

    #[inline]
    fn possible<'a>(&'a self, leads: &'a [u32], marks: &'a Marks) -> impl Iterator<Item = u32> + 'a {
        let leads = leads.iter().map(|&lead| Lead(lead)).filter(|lead| marks.has(lead.first()));
        leads.map(|lead| lead.pattern()).filter(|&pattern| marks.hold(self.needs[pattern as usize]))
    }

    /// The id of a word as it stands in a text, unknown ones among them.
    pub fn word(&self, word: &str) -> WordId {
        self.table.find(word.as_bytes()).0
    }

    /// The word "and", which also stands for the sign.
    pub fn and(&self) -> WordId {
        self.and
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
    pub fn marks(&self, word: WordId) -> [u64; MARKS] {
        self.marks[word as usize]
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

    /// The steps that a word makes in the tree of members, and the sets of the members that end there. Digits step as the word that
    /// they are and as any number.
    #[inline]
    pub fn member_steps(&self, node: u32, word: WordId, number: bool) -> impl Iterator<Item = (u32, &[SetId])> {
        let any = (number && word != NUMBER).then_some(NUMBER);
        let nodes = std::iter::once(word).chain(any).filter_map(move |word| self.members.step(node, word));
        nodes.map(|node| (node, self.members.ends.get(node)))
    }
}

/// The class members of several words, as a tree over word ids.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Members {
    /// An open table of (node, word) and the node that they lead to, in one number each; node 0 is the root and never led to.
    #[serde(with = "pack")]
    table: Vec<[u64; 2]>,
    /// The sets that a node completes a member of.
    ends: Runs,
}

impl Members {
    fn new(sets: &[WordSet]) -> Self {
        let mut steps: FxHashMap<u64, u32> = FxHashMap::default();
        let mut ends = Vec::new();
        let mut nodes = 1;
        for (id, set) in sets.iter().enumerate() {
            for phrase in &set.phrases {
                let mut node = 0;
                for &word in phrase {
                    node = *steps.entry(step(node, word)).or_insert_with(|| {
                        nodes += 1;
                        nodes - 1
                    });
                }
                ends.push((node, id as SetId));
            }
        }
        let mut table = vec![[0; 2]; (steps.len() * 2).next_power_of_two()];
        let mut steps: Vec<_> = steps.into_iter().collect();
        steps.sort_unstable();
        for (key, node) in steps {
            let mut at = slot(key, table.len());
            while table[at][1] != 0 {
                at = (at + 1) & (table.len() - 1);
            }
            table[at] = [key, u64::from(node)];
        }
        Members { table, ends: Runs::new(nodes as usize, &ends) }
    }

    #[inline]
    fn step(&self, node: u32, word: WordId) -> Option<u32> {
        let key = step(node, word);
        let mut at = slot(key, self.table.len());
        loop {
            let [known, node] = self.table[at];
            if node == 0 {
                return None;
            }
            if known == key {
                return Some(node as u32);
            }
            at = (at + 1) & (self.table.len() - 1);
        }
    }
}

fn step(node: u32, word: WordId) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

fn slot(key: u64, size: usize) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (size - 1)
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

/// Which patterns each set leads to.
fn leads(entries: &[Entry]) -> Vec<(SetId, u32)> {
    let mut leads = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let nfa = entry.pattern.anchored();
        let anchors = nfa.atoms.iter().enumerate().filter(|(position, _)| nfa.anchor >> position & 1 == 1);
        leads.extend(anchors.filter_map(|(_, atom)| match atom {
            Atom::Set(set) => Some((*set, at as u32)),
            _ => None,
        }));
    }
    leads.sort_unstable();
    leads.dedup();
    leads
}

/// The flags of every word.
fn flags(sets: &Sets, entries: &[Entry], leads: &[(SetId, u32)], classes: &[(SetId, u16)]) -> Vec<u16> {
    let mut flags = vec![0; sets.interner.count()];
    for phrase in sets.sets.iter().flat_map(|set| &set.phrases) {
        flags[phrase[0] as usize] |= flag::BEGINS;
    }
    for &(set, class) in classes {
        for &word in &sets.sets[set as usize].words {
            flags[word as usize] |= class;
        }
    }
    for &(set, entry) in leads {
        let pass = entries[entry as usize].pass;
        let set = &sets.sets[set as usize];
        for &word in &set.words {
            flags[word as usize] |= pass.flag();
        }
        // The rarest word of a member of several calls for a look; which one it is does not matter for what is found.
        for &word in set.phrases.iter().filter_map(|phrase| rarest(sets, phrase)) {
            flags[word as usize] |= pass.part_flag();
        }
    }
    flags
}

fn rarest<'a>(sets: &Sets, phrase: &'a [WordId]) -> Option<&'a WordId> {
    phrase.iter().min_by_key(|&&word| sets.frequency_of(word))
}

/// A requirement that more words than this in a million fulfil tells too little to be marked.
const COMMON: u64 = 25_000;

/// The marks that each pattern needs and those that each word gives.
struct Marking {
    needs: Vec<[u64; MARKS]>,
    marks: Vec<[u64; MARKS]>,
    /// The mark of the rarest thing that each pattern requires.
    first: Vec<u8>,
}

impl Marking {
    fn new(sets: &Sets, entries: &[Entry], numbers: &[WordId]) -> Self {
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
        let mut marked: FxHashMap<&Required, u8> = FxHashMap::default();
        for (number, required) in known.into_iter().enumerate() {
            let mark = (number % usize::from(ALWAYS)) as u8;
            marked.insert(required, mark);
            for set in required.iter().map(|&set| &sets.sets[set as usize]) {
                let any = if set.words.binary_search(&NUMBER).is_ok() { numbers } else { &[] };
                let parts = set.phrases.iter().filter_map(|phrase| rarest(sets, phrase));
                set.words.iter().chain(any).chain(parts).for_each(|&word| marks[word as usize].add(bit(mark)));
            }
        }
        let mut needs = Vec::new();
        let mut first = Vec::new();
        for all in &telling {
            let mut need = Marks::default();
            all.iter().for_each(|required| need.add(bit(marked[required])));
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
        let at = |set: &SetId| anchored.atoms.iter().position(|atom| *atom == Atom::Set(*set));
        required.iter().all(|set| at(set).is_some_and(|at| anchored.anchor >> at & 1 == 1))
    };
    let all = entry.pattern.parts().iter().flat_map(|part| &part.required);
    all.filter(|required| !is_anchor(required)).collect()
}

fn bit(mark: u8) -> [u64; MARKS] {
    let mut bits = [0; MARKS];
    bits[usize::from(mark) / 64] = 1 << (mark % 64);
    bits
}

fn plan(entry: &Entry, sets: &[WordSet], automata: &mut Automata) -> Plan {
    let first = entry.pattern.parts().iter().map(|part| automata.push(part, sets)).min().unwrap_or_default();
    let of_several = |atom: &Atom| matches!(atom, Atom::Set(set) if !sets[*set as usize].phrases.is_empty());
    let several = entry.pattern.parts().iter().any(|part| part.atoms.iter().any(of_several));
    let (window, anchor) = match entry.pattern {
        Pattern::Ordered(_) => (0, 0),
        Pattern::Free { window, anchor, .. } => (window as u8, anchor as u8),
    };
    Plan {
        first,
        parts: entry.pattern.parts().len() as u8,
        window,
        anchor,
        several,
        owner: entry.owner,
    }
}
