//! “He” and “she” changed over: every pattern is read for people of either sex.
//!
//! Changing a text over must be right word by word, so that “her” has two numbers: one as an object (“met her”) and one as a possessive (“met her
//! mum”). The scan tells which it is by what follows.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::nfa::{Atom, Nfa, Pattern};
use super::sets::{SetId, Sets, WordSet};
use super::words::WordId;

/// Pronouns that are changed over, as a lexicon lists them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pronouns {
    /// The two as a subject: “he” and “she”.
    pub subject: [String; 2],
    /// Other words that stand for one another, in the same order.
    pub pairs: Vec<[String; 2]>,
    /// A word that is two, an object and a possessive: “her”.
    pub double: String,
    /// What stands for the double word where it is an object: “him”.
    pub object: String,
    /// What stands for it where it is a possessive: “his”.
    pub possessive: String,
    /// Single words before which the double word is an object, as it is at the end of a clause.
    pub before: Vec<String>,
    /// The families in whose patterns the first is the other person, and the second the one who is protected.
    pub roles: Vec<String>,
}

/// The same by the numbers of words.
#[derive(Debug, Default)]
pub struct Sexes {
    /// What may stand for a word.
    others: FxHashMap<WordId, Vec<WordId>>,
    /// “He” and “she” as subjects.
    pub subject: [WordId; 2],
    /// All forms of the one and of the other, sorted.
    pub forms: [Vec<WordId>; 2],
    pub double: Option<Double>,
    /// Sets that were changed over already, by whether they end a pattern.
    changed: FxHashMap<(SetId, bool), SetId>,
    /// Sets at the end of a pattern that were settled already.
    settled: FxHashMap<SetId, SetId>,
}

/// The numbers of the double word.
#[derive(Debug, Clone)]
pub struct Double {
    pub possessive: WordId,
    pub object: WordId,
    /// What follows an object, sorted.
    pub before: Vec<WordId>,
}

impl Sexes {
    pub fn new(pronouns: &Pronouns, sets: &mut Sets) -> Self {
        if pronouns.double.is_empty() {
            return Sexes::default();
        }
        let possessive = sets.word(&pronouns.double);
        let object = sets.second(possessive);
        let subject = pronouns.subject.each_ref().map(|word| sets.word(word));
        let double = [[sets.word(&pronouns.possessive), possessive], [sets.word(&pronouns.object), object]];
        let more = pronouns.pairs.iter().map(|pair| pair.each_ref().map(|word| sets.word(word)));
        let pairs: Vec<[WordId; 2]> = [subject].into_iter().chain(double).chain(more).collect();
        let mut others: FxHashMap<WordId, Vec<WordId>> = FxHashMap::default();
        for &[one, other] in &pairs {
            others.entry(one).or_default().push(other);
            others.entry(other).or_default().push(one);
        }
        let forms = [0, 1].map(|side: usize| sorted(pairs.iter().map(|pair| pair[side])));
        let before = sorted(pronouns.before.iter().map(|word| sets.word(word)));
        let double = Some(Double { possessive, object, before });
        Sexes { others, subject, forms, double, ..Sexes::default() }
    }

    /// The numbers that a word of a pattern has.
    pub fn readings(&self, word: WordId) -> Vec<WordId> {
        match &self.double {
            Some(double) if [double.possessive, double.object].contains(&word) => vec![double.possessive, double.object],
            _ => vec![word],
        }
    }

    /// All that a member of a set may become. Where it does not end a pattern, the word behind tells what a double word is.
    fn variants(&self, member: &[WordId], is_end: bool) -> Vec<Vec<WordId>> {
        member.iter().fold(vec![Vec::new()], |begun, word| {
            let mut others = self.others.get(word).cloned().unwrap_or_else(|| vec![*word]);
            if !is_end {
                others = others.iter().flat_map(|&other| self.readings(other)).collect();
            }
            let longer =
                |begun: &Vec<WordId>| others.iter().map(|&other| [begun.as_slice(), &[other]].concat()).collect::<Vec<_>>();
            begun.iter().flat_map(longer).collect()
        })
    }

    /// The members of a set that ends a pattern, where it lists “him” or “his” beside the double word, which then means the same; `None` where that
    /// does not hold.
    fn settled(&self, set: &WordSet) -> Option<Vec<Vec<WordId>>> {
        let double = self.double.as_ref()?;
        let has = |word: WordId| set.words.binary_search(&word).is_ok();
        if !has(double.possessive) || self.subject.iter().any(|&word| has(word)) {
            return None;
        }
        let [object, possessive] = [double.object, double.possessive].map(|word| has(self.others[&word][0]));
        let unmeant = match (object, possessive) {
            (true, false) => double.possessive,
            (false, true) => double.object,
            _ => return None,
        };
        let words = set.words.iter().filter(|&&word| word != unmeant).map(|&word| vec![word]);
        Some(words.chain(set.phrases.iter().map(|phrase| phrase.to_vec())).collect())
    }

    /// A member with the double word by one number, for in a list that holds “him or her” its other reading needs no “his”.
    fn merged(&self, member: &[WordId]) -> Vec<WordId> {
        let one = |&word: &WordId| match &self.double {
            Some(double) if double.object == word => double.possessive,
            _ => word,
        };
        member.iter().map(one).collect()
    }

    /// The members of a set changed over; `None` where it holds them already.
    fn members(&self, set: &WordSet, is_end: bool) -> Option<Vec<Vec<WordId>>> {
        let members = || set.words.iter().map(std::slice::from_ref).chain(set.phrases.iter().map(|phrase| &**phrase));
        if set.exact.is_some() || !members().flatten().any(|word| self.others.contains_key(word)) {
            return None;
        }
        let held: FxHashSet<Vec<WordId>> = members().map(|member| self.merged(member)).collect();
        let is_known = |member: &&[WordId]| self.variants(member, is_end).iter().any(|other| held.contains(&self.merged(other)));
        let known: FxHashSet<Vec<WordId>> = members().filter(is_known).map(|member| self.merged(member)).collect();
        (known.len() < held.len()).then(|| members().flat_map(|member| self.variants(member, is_end)).collect())
    }
}

fn sorted(words: impl Iterator<Item = WordId>) -> Vec<WordId> {
    let mut words: Vec<WordId> = words.collect();
    words.sort_unstable();
    words.dedup();
    words
}

impl Sets<'_> {
    /// The set for people of the other sex, which is the same where it speaks of both. `is_end` where it ends a pattern.
    fn changed_over(&mut self, set: SetId, is_end: bool) -> SetId {
        if let Some(&changed) = self.sexes.changed.get(&(set, is_end)) {
            return changed;
        }
        let changed = match self.sexes.members(&self.sets[set as usize], is_end) {
            Some(members) => self.add(members),
            None => set,
        };
        self.sexes.changed.insert((set, is_end), changed);
        changed
    }

    /// A set that ends a pattern.
    fn ending(&mut self, set: SetId) -> SetId {
        if let Some(&settled) = self.sexes.settled.get(&set) {
            return settled;
        }
        let settled = match self.sexes.settled(&self.sets[set as usize]) {
            Some(members) => self.add(members),
            None => set,
        };
        self.sexes.settled.insert(set, settled);
        settled
    }
}

impl Nfa {
    /// Whether the pattern may end with a position.
    fn is_end(&self, position: usize) -> bool {
        self.last >> position & 1 == 1
    }

    /// The same with other sets; `other` is told a set and whether it stands at an end.
    fn with_sets(&self, mut other: impl FnMut(SetId, bool) -> SetId) -> Nfa {
        let mut nfa = self.clone();
        for (position, atom) in nfa.atoms.iter_mut().enumerate() {
            if let Atom::Set(set) = atom {
                *set = other(*set, self.is_end(position));
            }
        }
        for required in &mut nfa.required {
            let places = self.atoms.iter().zip(&nfa.atoms);
            let renamed = places.filter_map(|(old, new)| match (old, new) {
                (Atom::Set(old), Atom::Set(new)) if required.contains(old) => Some(*new),
                _ => None,
            });
            *required = sorted(renamed);
        }
        nfa
    }

    fn settled(&self, sets: &mut Sets) -> Nfa {
        self.with_sets(|set, is_end| if is_end { sets.ending(set) } else { set })
    }
}

impl Pattern {
    /// The pattern as it is written, and for people of the other sex, where it does not speak of both.
    pub fn for_both(self, sets: &mut Sets) -> (Pattern, Option<Pattern>) {
        let pattern = self.map(|part| part.settled(sets));
        let mut is_other = false;
        let other = pattern.clone().map(|part| {
            let changed = part.with_sets(|set, is_end| sets.changed_over(set, is_end));
            is_other |= changed.atoms != part.atoms;
            changed
        });
        (pattern, is_other.then_some(other))
    }

    fn map(self, mut part: impl FnMut(&Nfa) -> Nfa) -> Pattern {
        match self {
            Pattern::Ordered(nfa) => Pattern::Ordered(part(&nfa)),
            Pattern::Free { parts, window, anchor } => Pattern::Free { parts: parts.iter().map(part).collect(), window, anchor },
        }
    }

    /// Whether the first of the two stands in the pattern where the second cannot.
    pub fn speaks_of_first(&self, sets: &mut Sets) -> bool {
        let first = sets.sexes.forms[0].clone();
        self.holds_alone(&first, sets)
    }

    /// Whether the first of the two is a subject of the pattern where the second cannot be.
    pub fn tells_of_first(&self, sets: &mut Sets) -> bool {
        let first = [sets.sexes.subject[0]];
        self.holds_alone(&first, sets)
    }

    /// Whether a part finds one of the words, which are sorted, and not their counterparts.
    fn holds_alone(&self, words: &[WordId], sets: &mut Sets) -> bool {
        self.parts().iter().flat_map(|part| &part.atoms).any(|atom| {
            let Atom::Set(set) = *atom else { return false };
            let members = &sets.sets[set as usize];
            let is_held = members
                .words
                .iter()
                .chain(members.phrases.iter().flatten())
                .any(|word| words.binary_search(word).is_ok());
            is_held && sets.changed_over(set, false) != set
        })
    }
}
