//! The sets of words that stand for the words and classes of patterns.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::ast::{self, Node, PatternError};
use super::inflect::Morphology;
use super::pronouns::{Pronouns, Sexes};
use super::words::{Interner, NUMBER, WordId};
use crate::scan::tokens;

/// The number of a set.
pub type SetId = u32;

/// A class may hold this many members, classes in it included.
const MAX_MEMBERS: usize = 20_000;
/// A member of a class has this many words at most.
const MAX_WORDS: usize = 8;
/// How often a word stands in a million, where the frequency list does not hold it.
const RARE: u32 = 4;

/// The words that one part of a pattern finds.
#[derive(Debug, Default)]
pub struct WordSet {
    /// Members of one word, sorted.
    pub words: Vec<WordId>,
    /// Members of several.
    pub phrases: Vec<Box<[WordId]>>,
    /// The word in its very case, for `=DNA`.
    pub exact: Option<String>,
    /// How often the members stand in a million words, all together.
    pub frequency: u64,
}

/// Builds sets while a lexicon is compiled.
pub struct Sets<'a> {
    classes: &'a BTreeMap<String, Vec<String>>,
    morphology: &'a Morphology,
    /// Other writings of a form, and the form of each writing.
    aliases: FxHashMap<String, Vec<String>>,
    canonical: FxHashMap<String, String>,
    frequency: &'a BTreeMap<String, u32>,
    pub interner: Interner,
    frequencies: Vec<u32>,
    by_key: FxHashMap<Node, SetId>,
    pub sets: Vec<WordSet>,
    expanded: FxHashMap<(String, bool), Rc<Members>>,
    open: Vec<String>,
    pub sexes: Sexes,
}

type Members = Vec<Vec<WordId>>;

impl<'a> Sets<'a> {
    pub fn new(
        classes: &'a BTreeMap<String, Vec<String>>,
        morphology: &'a Morphology,
        alias: &BTreeMap<String, Vec<String>>,
        frequency: &'a BTreeMap<String, u32>,
        pronouns: &Pronouns,
    ) -> Self {
        let aliases = spread_aliases(alias, morphology);
        let canonical = aliases.iter().flat_map(|(form, others)| others.iter().map(|o| (o.clone(), form.clone()))).collect();
        let mut sets = Sets {
            classes,
            morphology,
            aliases,
            canonical,
            frequency,
            interner: Interner::new(),
            frequencies: vec![0; 2],
            by_key: FxHashMap::default(),
            sets: Vec::new(),
            expanded: FxHashMap::default(),
            open: Vec::new(),
            sexes: Sexes::default(),
        };
        sets.sexes = Sexes::new(pronouns, &mut sets);
        sets
    }

    /// The number of a word: a misspelling or variant has that of its form, in whatever order they come.
    pub fn word(&mut self, word: &str) -> WordId {
        if let Some(id) = self.interner.get(word) {
            return id;
        }
        let form = self.canonical.get(word).map_or(word, String::as_str);
        let mut spellings = self.morphology.spellings(form);
        spellings.push(form.to_owned());
        spellings.sort();
        let (aliases, frequency) = (&self.aliases, self.frequency);
        let mut forms = spellings.clone();
        forms.extend(spellings.iter().flat_map(|s| aliases.get(s)).flatten().cloned());
        let known = forms.iter().filter_map(|f| frequency.get(f)).sum();
        self.frequencies.push(if known == 0 { RARE } else { known });
        self.interner.add(forms)
    }

    /// Another number for a word.
    pub fn second(&mut self, word: WordId) -> WordId {
        self.frequencies.push(self.frequency_of(word));
        self.interner.add(Vec::new())
    }

    /// The set of a word or class part.
    pub fn set(&mut self, node: &Node) -> Result<SetId, PatternError> {
        if let Some(&id) = self.by_key.get(node) {
            return Ok(id);
        }
        let (members, exact) = match node {
            Node::Exact(word) => (self.readings(&word.to_lowercase()), Some(word.clone())),
            _ => (self.expand(node, false)?, None),
        };
        let set = self.collect(members, exact);
        let id = self.push(set);
        self.by_key.insert(node.clone(), id);
        Ok(id)
    }

    /// A set of these members, which no part of a pattern names.
    pub fn add(&mut self, members: Vec<Vec<WordId>>) -> SetId {
        let set = self.collect(members, None);
        self.push(set)
    }

    fn push(&mut self, set: WordSet) -> SetId {
        self.sets.push(set);
        self.sets.len() as SetId - 1
    }

    /// A word of a pattern by its numbers.
    fn readings(&mut self, word: &str) -> Members {
        let word = self.word(word);
        self.sexes.readings(word).into_iter().map(|word| vec![word]).collect()
    }

    fn collect(&self, members: Members, exact: Option<String>) -> WordSet {
        let mut set = WordSet { exact, ..WordSet::default() };
        for member in members {
            let rarest = member.iter().map(|&w| u64::from(self.frequency_of(w))).min();
            match member.as_slice() {
                [word] => set.words.push(*word),
                _ => set.phrases.push(member.into_boxed_slice()),
            }
            set.frequency += rarest.unwrap_or_default();
        }
        set.words.sort_unstable();
        set.words.dedup();
        set.phrases.sort_unstable();
        set.phrases.dedup();
        set
    }

    /// How often a word stands in a million.
    pub fn frequency_of(&self, word: WordId) -> u32 {
        if word == NUMBER { 20_000 } else { self.frequencies[word as usize] }
    }

    /// The rarest word of a member of several.
    pub fn rarest<'w>(&self, phrase: &'w [WordId]) -> Option<&'w WordId> {
        phrase.iter().min_by_key(|&&word| self.frequency_of(word))
    }

    /// All members of a class.
    pub fn class(&mut self, name: &str) -> Result<SetId, PatternError> {
        self.set(&Node::Class { name: name.to_owned(), inflected: false })
    }

    /// Whether a word or phrase, as it would stand in a text, is a member of a set.
    pub fn has_member(&self, set: SetId, phrase: &str) -> bool {
        let set = &self.sets[set as usize];
        let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit()).then_some(NUMBER);
        let id = |word: &String| self.interner.get(&word.to_lowercase()).or_else(|| number(word));
        let words: Option<Vec<WordId>> = tokens::words_of(phrase).iter().map(id).collect();
        match words.as_deref() {
            Some([word]) => set.words.binary_search(word).is_ok(),
            Some(words) => set.phrases.iter().any(|p| **p == *words),
            None => false,
        }
    }

    /// Every sequence of words that a part of a class finds. `inflect` asks for the inflections of its first word.
    fn expand(&mut self, node: &Node, inflect: bool) -> Result<Members, PatternError> {
        let members = match node {
            Node::Word { text, inflected } if *inflected || inflect => {
                self.morphology.inflections(text).iter().map(|form| vec![self.word(form)]).collect()
            }
            Node::Word { text, .. } => self.readings(text),
            Node::Class { name, inflected } => self.expand_class(name, *inflected || inflect)?.to_vec(),
            Node::Choice(options) => {
                let mut all = Vec::new();
                for option in options {
                    all.extend(self.expand(option, inflect)?);
                }
                all
            }
            Node::Optional(inner) => {
                let mut all = self.expand(inner, inflect)?;
                all.push(Vec::new());
                all
            }
            Node::Sequence(parts) => {
                let mut all = vec![Vec::new()];
                for (at, part) in parts.iter().enumerate() {
                    all = product(&all, &self.expand(part, inflect && at == 0)?)?;
                }
                all
            }
            Node::Exact(_) | Node::Sign(_) | Node::Gap(_) | Node::Span(_) | Node::Free { .. } => {
                return Err(PatternError(
                    "members of classes are words, `~`, choices, `?` and classes; move a gap, sign or `< >` into the phrase"
                        .into(),
                ));
            }
        };
        Ok(members)
    }

    fn expand_all(&mut self, name: &str, words: &[String], inflect: bool) -> Result<Members, PatternError> {
        let mut members = Vec::new();
        for word in words {
            members.extend(self.expand(&ast::parse(word)?, inflect)?);
            if members.len() > MAX_MEMBERS {
                return Err(PatternError(format!("the class {{{name}}} has more than {MAX_MEMBERS} members; divide it")));
            }
        }
        Ok(members)
    }

    fn expand_class(&mut self, name: &str, inflect: bool) -> Result<Rc<Members>, PatternError> {
        let key = (name.to_owned(), inflect);
        if let Some(done) = self.expanded.get(&key) {
            return Ok(done.clone());
        }
        if self.open.iter().any(|n| n == name) {
            return Err(PatternError(format!(
                "the class {{{name}}} leads back to itself through {{{}}}",
                self.open.join("}, {")
            )));
        }
        let classes = self.classes;
        let Some(words) = classes.get(name) else {
            return Err(PatternError(format!("there is no class {{{name}}}{}", nearest(name, classes))));
        };
        self.open.push(name.to_owned());
        let members = self.expand_all(name, words, inflect);
        self.open.pop();
        let mut members = members?;
        if name == "number" {
            members.push(vec![NUMBER]);
        }
        members.retain(|m| !m.is_empty());
        if let Some(long) = members.iter().find(|m| m.len() > MAX_WORDS) {
            return Err(PatternError(format!("a member of the class {{{name}}} has {} words; {MAX_WORDS} at most", long.len())));
        }
        members.sort_unstable();
        members.dedup();
        let members = Rc::new(members);
        self.expanded.insert(key, members.clone());
        Ok(members)
    }
}

fn product(left: &Members, right: &Members) -> Result<Members, PatternError> {
    if left.len() * right.len() > MAX_MEMBERS {
        return Err(PatternError(format!("this makes more than {MAX_MEMBERS} members; divide it")));
    }
    Ok(left.iter().flat_map(|l| right.iter().map(|r| [l.as_slice(), r.as_slice()].concat())).collect())
}

/// A hint at the class that was meant.
fn nearest(name: &str, classes: &BTreeMap<String, Vec<String>>) -> String {
    let close = |other: &&String| other.starts_with(name) || name.starts_with(other.as_str()) || other.ends_with(name);
    classes.keys().find(close).map_or_else(String::new, |other| format!("; did you mean {{{other}}}?"))
}

/// `"behave~" = ["behavve~"]` stands for one line an inflection.
fn spread_aliases(alias: &BTreeMap<String, Vec<String>>, morphology: &Morphology) -> FxHashMap<String, Vec<String>> {
    let mut spread: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for (form, others) in alias {
        for other in others {
            match (form.strip_suffix('~'), other.strip_suffix('~')) {
                (Some(form), Some(other)) => {
                    let pairs = morphology.slots(form).into_iter().zip(morphology.slots(other));
                    for (forms, others) in pairs {
                        if let Some(form) = forms.first() {
                            spread.entry(form.clone()).or_default().extend(others);
                        }
                    }
                }
                _ => spread.entry(form.clone()).or_default().push(other.clone()),
            }
        }
    }
    spread
}
