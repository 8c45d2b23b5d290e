//! Finds every pattern in a text, in one pass over its words.
//!
//! The text is cut into tokens a clause at a time ([`tokens`]). Many words lead to patterns ([`leads`]), and nearly all of them are passed
//! by at once, for what stands beside them ([`beside`]) or for what the clause lacks ([`marks`]). Around the others the patterns are
//! matched ([`search`]). Class members of several words are noted where one is asked for ([`members`]).

pub mod beside;
pub mod index;
mod kinds;
pub mod leads;
pub mod marks;
pub mod members;
pub mod plan;
mod runs;
mod search;
pub mod tokens;

use std::ops::Range;

use index::Index;
use search::Search;
use tokens::flag;

/// How many passes there are.
const PASSES: usize = 4;

/// What a pass over the text looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pass {
    /// Phrases and their other senses.
    Mentions,
    /// What concerns need near them, and what gaps begin with.
    Conditions,
    /// Speakers, reporting verbs, negation.
    Cues,
    /// What else belongs to a gap, and what fills it, where one begins.
    Gaps,
}

impl Pass {
    /// The flag of the words that begin a search in this pass.
    pub fn flag(self) -> u16 {
        match self {
            Pass::Mentions => flag::MENTION,
            Pass::Conditions => flag::CONDITION,
            Pass::Cues => flag::CUE,
            Pass::Gaps => flag::GAP,
        }
    }

    /// The flag of the words that begin it as part of a class member of several words.
    pub fn part_flag(self) -> u16 {
        match self {
            Pass::Mentions => flag::MENTION_PART,
            Pass::Conditions => flag::CONDITION_PART,
            Pass::Cues | Pass::Gaps => flag::CUE_PART,
        }
    }
}

/// A pattern that was found. Offsets are bytes of the folded text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    pub start: usize,
    pub end: usize,
    /// What is to be reported of it.
    pub span: (usize, usize),
    /// The pattern's owner, by the lexicon's number.
    pub owner: u32,
}

impl Hit {
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Finds the patterns of one pass in a stretch of folded text, in order of place.
pub fn scan(text: &str, range: Range<usize>, index: &Index, pass: Pass) -> Vec<Hit> {
    Search::new(text, index, pass, pass).run(range)
}

/// Finds mentions and conditions at once, which is quicker than one after the other.
pub fn scan_record(text: &str, index: &Index) -> Vec<Hit> {
    Search::new(text, index, Pass::Mentions, Pass::Conditions).run(0..text.len())
}
