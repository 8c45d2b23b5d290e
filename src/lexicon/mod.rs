//! The lexicon: what is looked for, and what is said of it.
//!
//! Files ([`schema`]) are put together to one lexicon ([`layers`]) and compiled for the scan ([`compile`]). `build.rs` does so with this
//! very code for the files of `lexicons/`, so that the program starts with a lexicon that is ready ([`Lexicon::decode`]).

pub mod compile;
mod gap_tables;
pub(crate) mod layers;
// What `build.rs` puts into a page.
#[cfg_attr(not(test), allow(dead_code))]
pub mod lean;
pub(crate) mod names;
pub mod nearest;
pub(crate) mod place;
pub mod schema;
mod tables;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use names::{UnknownName, is_name};

use schema::{CaseWords, Concern, CueKind, Gap, LexiconFile, Messages, Profile, Scope, Source, Who};

use crate::pattern::words::WordId;
use crate::scan::index::Index;
use crate::text;

/// A lexicon file as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its path, for messages.
    pub name: String,
    pub text: String,
}

impl SourceFile {
    /// Reads the file as TOML.
    pub fn read(&self) -> Result<LexiconFile, Problem> {
        toml::from_str(&self.text).map_err(|error| Problem::of_toml(&self.name, &self.text, &error))
    }
}

/// What is wrong with a lexicon file, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Problem {
    pub file: String,
    /// Counted from 1.
    pub line: Option<usize>,
    pub message: String,
}

impl Problem {
    /// What is wrong with a TOML file, in plain words.
    pub fn of_toml(file: &str, text: &str, error: &toml::de::Error) -> Problem {
        let line = error.span().map(|span| place::line_at(text, span.start));
        Problem { file: file.to_owned(), line, message: place::plain(error.message()) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// All that is wrong with a lexicon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n"))]
pub struct LexiconErrors(pub Vec<Problem>);

/// A lexicon, ready to run.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lexicon {
    pub rules: Vec<Rule>,
    pub gaps: Vec<GapRule>,
    pub cues: Vec<CueSense>,
    /// The names of topics; a topic is known by its number here.
    pub topics: Vec<String>,
    /// What each pattern of the index stands for.
    pub owners: Vec<Owner>,
    /// By pattern, which of the two pronouns stands for the other person, where it tells who is who: see [`crate::context::roles`].
    pub others: Vec<Option<u8>>,
    /// All forms of “he” and all of “she”, sorted.
    pub pronouns: [Vec<WordId>; 2],
    /// “He” and “she” as subjects.
    pub subjects: [WordId; 2],
    pub index: Index,
    pub messages: Messages,
    pub sources: BTreeMap<String, Source>,
    pub profiles: BTreeMap<String, Profile>,
    /// What the text module needs to know.
    pub structure: text::Vocabulary,
    /// How many patterns the conditions of rules have.
    pub conditions: usize,
    pub words: Words,
    pub genres: Genres,
    pub case: CaseWords,
    /// A hash over the canonical form of the lexicon, in hexadecimal.
    pub edition: String,
}

impl Lexicon {
    /// Reads lexicon files, in order of precedence from the lowest, and compiles them. `thorough` looks at classes that no pattern uses,
    /// too, and at the examples of classes.
    pub fn compile(files: &[SourceFile], thorough: bool, problems: &mut Vec<Problem>) -> Lexicon {
        let before = problems.len();
        let lexicon = compile::compile(Self::layers(files, problems), thorough, problems);
        if problems.len() > before {
            // What a file that cannot be read holds is then missing from all others: its own problem is the one to mend.
            let unread: Vec<Problem> = files.iter().filter_map(|file| file.read().err()).collect();
            if !unread.is_empty() {
                problems.truncate(before);
                problems.extend(unread);
            }
        }
        place::find_lines(files, problems);
        lexicon
    }

    /// Reads lexicon files and puts them together.
    pub(crate) fn layers(files: &[SourceFile], problems: &mut Vec<Problem>) -> layers::Layers {
        let mut read = Vec::new();
        for file in files {
            match file.read() {
                Ok(lexicon) => read.push((file.name.clone(), lexicon)),
                Err(problem) => problems.push(problem),
            }
        }
        layers::merge(read, problems)
    }

    /// The compiled form, to be decoded by the same version of this program, and the long lists, which are read where they are.
    pub fn encode(&mut self) -> Result<(Vec<u8>, Vec<u8>), postcard::Error> {
        let mut lists = Vec::new();
        self.index.lists().for_each(|list| list.stow(&mut lists));
        Ok((postcard::to_stdvec(self)?, lists))
    }

    /// What [`Lexicon::encode`] wrote.
    ///
    /// # Errors
    /// The two do not belong together.
    pub fn decode(bytes: &[u8], lists: &'static [u8]) -> Result<Lexicon, postcard::Error> {
        let mut lexicon: Lexicon = postcard::from_bytes(bytes)?;
        let found: Option<()> = lexicon.index.lists().map(|list| list.find(lists)).collect();
        found.map(|()| lexicon).ok_or(postcard::Error::DeserializeUnexpectedEnd)
    }

    /// The names of all concerns and families, former ones among them.
    pub(crate) fn names(&self) -> names::Names {
        let mut names = names::Names::default();
        for rule in &self.rules {
            names.add(&rule.family, &rule.concern.id, &rule.concern.aliases);
        }
        for rule in &self.gaps {
            names.add(schema::GAP_FAMILY, &rule.gap.id, &rule.gap.aliases);
        }
        names
    }

    /// Everything that findings are reported by, with its family and whether it is on by default: concerns by their numbers, then gaps.
    pub(crate) fn reported(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        let rules = self.rules.iter().map(|rule| (rule.name.as_str(), rule.family.as_str(), rule.concern.default));
        let gaps = self.gaps.iter().map(|rule| (rule.name.as_str(), schema::GAP_FAMILY, rule.gap.default));
        rules.chain(gaps)
    }
}

/// Words of the classes that rows of the table read word by word, sorted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Words {
    /// Answer a box of a form with no: class `answer-no`.
    pub no: Vec<WordId>,
    /// Answer a question of a form and say nothing more: class `answer`.
    pub answer: Vec<WordId>,
    /// Link a person with what is said of them: class `link`.
    pub link: Vec<WordId>,
    /// Say what somebody is: class `be`.
    pub be: Vec<WordId>,
    /// Class `have`.
    pub have: Vec<WordId>,
    /// Class `article`.
    pub article: Vec<WordId>,
    /// Stand for the one to whom something is done: class `object-pronoun`.
    pub object: Vec<WordId>,
    /// Stand for a person as the subject: class `subject-pronoun`.
    pub pronoun: Vec<WordId>,
    /// Make a person something other than the subject: class `preposition`.
    pub preposition: Vec<WordId>,
    /// Stand for the person right before them: class `relative-pronoun`.
    pub relative: Vec<WordId>,
    /// Lead from a verb to what somebody is said to be or do: class `ascribing`.
    pub ascribing: Vec<WordId>,
    /// Begin what somebody is said to do: class `act`.
    pub act: Vec<WordId>,
    /// Tell that somebody came, went, was met or the like: class `event`.
    pub event: Vec<WordId>,
    /// Tell that somebody was spoken with: class `addressed`.
    pub addressed: Vec<WordId>,
    /// Bodies for which no "he" or "she" stands: class `organisation`.
    pub organisation: Vec<WordId>,
    /// Point to somebody in particular: class `particular`.
    pub particular: Vec<WordId>,
    /// Bind one thought to another: class `binder`.
    pub binder: Vec<WordId>,
    /// Point back to what was said: class `pointer`.
    pub pointer: Vec<WordId>,
    /// Tell of other matters than those that phrases are about: class `elsewhere`.
    pub elsewhere: Vec<WordId>,
    /// Class `negator`.
    pub negator: Vec<WordId>,
}

/// Words that are looked for in the genre of a record.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Genres {
    /// Class `first-account-genre`.
    pub first_account: Vec<String>,
    /// Class `domestic-abuse-genre`.
    pub domestic_abuse: Vec<String>,
    /// Class `general-genre`.
    pub general: Vec<String>,
}

impl Genres {
    /// Whether a genre holds one of the words, in whatever case.
    pub fn holds(words: &[String], genre: Option<&str>) -> bool {
        let genre = genre.unwrap_or_default().to_lowercase();
        words.iter().any(|word| genre.contains(word.as_str()))
    }
}

/// Whether a sorted list of words holds one.
pub fn holds(words: &[WordId], word: WordId) -> bool {
    words.binary_search(&word).is_ok()
}

/// A concern, ready to run.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rule {
    /// `family/id`.
    pub name: String,
    pub family: String,
    pub concern: Concern,
    pub needs: Vec<Need>,
    pub unless: Vec<Need>,
    /// What analysis about this concern speaks of.
    pub topics: Topics,
}

/// A gap, ready to run.
#[derive(Debug, Serialize, Deserialize)]
pub struct GapRule {
    /// `gap/id`.
    pub name: String,
    pub gap: Gap,
    /// For each of the gap's presences, the numbers of the concerns whose phrases count, sorted.
    pub mentions: Vec<Vec<u32>>,
    /// What analysis that fills it speaks of.
    pub topics: Topics,
}

impl GapRule {
    /// Whether it is a gap at an age in years. An unknown age never excuses.
    pub fn is_of_age(&self, age: Option<u8>) -> bool {
        self.gap.under.is_none_or(|under| age.is_none_or(|age| age < under))
    }
}

/// What a cue tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CueSense {
    pub kind: CueKind,
    pub who: Option<Who>,
    pub topics: Topics,
    pub strong: bool,
}

/// A set of topics, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topics(pub u32);

impl Topics {
    /// How many topics a lexicon may have.
    pub const MOST: usize = 32;

    /// Whether two sets have a topic in common.
    pub fn meet(self, other: Topics) -> bool {
        self.0 & other.0 != 0
    }

    /// The numbers of the topics of the set.
    pub fn numbers(self) -> impl Iterator<Item = usize> {
        (0..Self::MOST).filter(move |number| self.0 >> number & 1 == 1)
    }
}

/// What must, or must not, stand near.
#[derive(Debug, Serialize, Deserialize)]
pub struct Need {
    /// The numbers of its patterns, one of which must stand there.
    pub any: Vec<u32>,
    pub within: Scope,
    pub under: Option<u8>,
}

/// What a pattern stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Owner {
    /// A phrase of a rule.
    Phrase(u32),
    /// Another sense, to be left, by rule.
    Sense(u32),
    /// A pattern of a condition, by its number.
    Condition(u32),
    /// A cue.
    Cue(u32),
    /// Words that a gap counts, by its number and that of the presence.
    Present(u16, u8),
    /// Words that are enough for a presence by themselves.
    Enough(u16, u8),
    /// Another sense of a presence's words.
    PresentSense(u16, u8),
    /// Words that fill a gap, by its number.
    Fills(u16),
}

impl Owner {
    /// Whether it is words that a gap begins with, or another sense of them.
    pub fn begins_gap(self) -> bool {
        matches!(self, Owner::Present(..) | Owner::Enough(..) | Owner::PresentSense(..))
    }
}
