//! What the scan knows of each word: its sets, its flags, and the patterns that it leads to.

use serde::{Deserialize, Serialize};
use rustc_hash::FxHashMap;

use super::Pass;
use super::tokens::flag;
use crate::pattern::nfa::Pattern;
use crate::pattern::sets::{SetId, Sets};
use crate::pattern::words::{Interner, NUMBER, UNKNOWN, WordId, WordTable};

/// A pattern, what found it stands for, and which pass looks for it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    pub pattern: Pattern,
    pub pass: Pass,
    /// The number that the lexicon gave it.
    pub owner: u32,
}

/// Numbers of words by the sets that hold them and of sets by the patterns that they lead to, each as one run of a long list.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Runs {
    starts: Vec<u32>,
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

/// A set of marks: a bit for each set that a pattern requires, folded to 128.
pub type Marks = u128;

fn mark(set: SetId) -> Marks {
    1 << (set.wrapping_mul(0x9E37_79B1) >> 25)
}

/// Everything that the scan reads while it runs.
#[derive(Debug, Serialize, Deserialize)]
pub struct Index {
    pub table: WordTable,
    /// See [`flag`]; by word.
    pub flags: Vec<u16>,
    /// The word that `&` stands for.
    pub and: WordId,
    pub entries: Vec<Entry>,
    /// The marks that a clause must hold before a pattern is looked at; by pattern.
    needs: Vec<Marks>,
    /// The marks of the sets that hold a word.
    marks: Vec<Marks>,
    sets: Runs,
    leads: Runs,
    exact: FxHashMap<SetId, String>,
    members: Members,
    fillers: Option<SetId>,
}

/// The class members of several words, as a tree over word ids.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Members {
    next: FxHashMap<(u32, WordId), u32>,
    /// The sets that a node completes a member of; by node. Node 0 is the root.
    ends: Vec<Vec<SetId>>,
}

impl Members {
    fn add(&mut self, words: &[WordId], set: SetId) {
        let mut node = 0;
        for &word in words {
            let new = self.ends.len() as u32;
            node = *self.next.entry((node, word)).or_insert(new);
            if node == new {
                self.ends.push(Vec::new());
            }
        }
        self.ends[node as usize].push(set);
    }
}

impl Index {
    /// An index of no words, for cutting alone.
    pub fn empty() -> Self {
        Index {
            table: Interner::new().table(),
            flags: vec![0; 2],
            and: UNKNOWN,
            entries: Vec::new(),
            needs: Vec::new(),
            marks: vec![0; 2],
            sets: Runs::new(2, &[]),
            leads: Runs::new(0, &[]),
            exact: FxHashMap::default(),
            members: Members { ends: vec![Vec::new()], ..Members::default() },
            fillers: None,
        }
    }

    /// `classes` are the flags of the words of classes that the engine reads by name.
    pub fn new(mut sets: Sets, entries: Vec<Entry>, classes: &[(SetId, u16)], fillers: Option<SetId>) -> Self {
        let and = sets.word("and");
        let words = sets.interner.count();
        let numbers: Vec<WordId> = digits(&sets.interner);
        let mut members = Members { ends: vec![Vec::new()], ..Members::default() };
        let mut flags = vec![0; words];
        let mut pairs = Vec::new();
        for (id, set) in sets.sets.iter().enumerate() {
            let id = id as SetId;
            pairs.extend(set.words.iter().map(|&word| (word, id)));
            if set.words.binary_search(&NUMBER).is_ok() {
                pairs.extend(numbers.iter().map(|&word| (word, id)));
            }
            for phrase in &set.phrases {
                members.add(phrase, id);
                flags[phrase[0] as usize] |= flag::BEGINS;
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        for &(set, class) in classes {
            for &word in &sets.sets[set as usize].words {
                flags[word as usize] |= class;
            }
        }
        let leads = lead(&sets, &entries, &mut flags);
        for &number in &numbers {
            flags[number as usize] |= flags[NUMBER as usize];
        }
        let required = |entry: &Entry| entry.pattern.required().fold(0, |marks, set| marks | mark(set));
        let needs: Vec<Marks> = entries.iter().map(required).collect();
        let mut wanted = vec![false; sets.sets.len()];
        for set in entries.iter().flat_map(|e| e.pattern.required()) {
            wanted[set as usize] = true;
        }
        let mut marks = vec![0; words];
        for &(word, set) in pairs.iter().filter(|(_, set)| wanted[*set as usize]) {
            marks[word as usize] |= mark(set);
        }
        let exact = sets.sets.iter().enumerate().filter_map(|(id, set)| Some((id as SetId, set.exact.clone()?)));
        Index {
            table: sets.interner.table(),
            flags,
            and,
            needs,
            marks,
            sets: Runs::new(words, &pairs),
            leads,
            exact: exact.collect(),
            members,
            fillers,
            entries,
        }
    }

    /// The sets that hold a word.
    #[inline]
    pub fn sets(&self, word: WordId) -> &[SetId] {
        self.sets.get(word)
    }

    /// The patterns whose anchor is a set.
    #[inline]
    pub fn leads(&self, set: SetId) -> &[u32] {
        self.leads.get(set)
    }

    #[inline]
    pub fn marks(&self, word: WordId) -> Marks {
        self.marks[word as usize]
    }

    /// The mark of a set of which a member of several words was found.
    pub fn mark(&self, set: SetId) -> Marks {
        mark(set)
    }

    /// Whether a stretch with these marks can hold a match of a pattern.
    #[inline]
    pub fn may_match(&self, entry: u32, marks: Marks) -> bool {
        let needs = self.needs[entry as usize];
        needs & marks == needs
    }

    /// Whether a set holds a word. Sets of one word are few, so a straight look is quicker than a search.
    #[inline]
    pub fn holds(&self, set: SetId, word: WordId) -> bool {
        let sets = self.sets.get(word);
        if sets.len() <= 8 { sets.contains(&set) } else { sets.binary_search(&set).is_ok() }
    }

    pub fn exact(&self, set: SetId) -> Option<&str> {
        self.exact.get(&set).map(String::as_str)
    }

    pub fn is_filler_set(&self, set: SetId) -> bool {
        self.fillers == Some(set)
    }

    /// The steps that a word makes in the tree of members, and the sets of the members that end there. Digits step as the word that
    /// they are and as any number.
    #[inline]
    pub fn member_steps(&self, node: u32, word: WordId, number: bool) -> impl Iterator<Item = (u32, &[SetId])> {
        let any = (number && word != NUMBER).then_some(NUMBER);
        let nodes = std::iter::once(word).chain(any).filter_map(move |word| self.members.next.get(&(node, word)));
        nodes.map(|&node| (node, self.members.ends[node as usize].as_slice()))
    }
}

/// The words written in digits alone: they are members wherever `{number}` is.
fn digits(interner: &Interner) -> Vec<WordId> {
    let mut numbers: Vec<WordId> =
        interner.iter().filter(|(word, _)| word.bytes().all(|b| b.is_ascii_digit())).map(|(_, id)| id).collect();
    numbers.sort_unstable();
    numbers
}

/// Which patterns each set leads to; marks the words that begin the search.
fn lead(sets: &Sets, entries: &[Entry], flags: &mut [u16]) -> Runs {
    use crate::pattern::nfa::Atom;
    let mut leads = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let nfa = entry.pattern.anchored();
        for (position, atom) in nfa.atoms.iter().enumerate() {
            let Atom::Set(set) = *atom else { continue };
            if nfa.anchor >> position & 1 == 1 {
                leads.push((set, at as u32));
            }
        }
    }
    leads.sort_unstable();
    leads.dedup();
    let mut marked: FxHashMap<SetId, u16> = FxHashMap::default();
    for &(set, entry) in &leads {
        *marked.entry(set).or_default() |= entries[entry as usize].pass.flag();
    }
    for (set, pass) in marked {
        let set = &sets.sets[set as usize];
        for &word in &set.words {
            flags[word as usize] |= pass;
        }
        for phrase in &set.phrases {
            // The rarest word of a member calls for a look; which one it is does not matter for what is found.
            if let Some(&rarest) = phrase.iter().min_by_key(|&&word| sets.frequency_of(word)) {
                flags[rarest as usize] |= pass;
            }
        }
    }
    Runs::new(sets.sets.len(), &leads)
}
