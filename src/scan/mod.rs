//! Finds every pattern in a text, in one pass over its words.
//!
//! The text is cut into tokens a clause at a time ([`tokens`]). Most clauses hold no word that leads to a pattern and are dropped at once.
//! In the others class members of several words are noted, and each pattern that a word leads to is matched around it, where the clause
//! holds all that the pattern requires ([`index`]).

pub mod index;
pub mod tokens;

use std::ops::Range;

use index::{Index, Marks, Neighbour};
use tokens::{Clauses, Token, flag};

use crate::pattern::matcher::{Clause, Edge};
use crate::pattern::sets::SetId;

/// What a pass over the text looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// Phrases and their other senses.
    Mentions,
    /// What concerns need near them.
    Conditions,
    /// Speakers, reporting verbs, negation.
    Cues,
}

impl Pass {
    /// The flag of the words that begin a search in this pass.
    pub fn flag(self) -> u16 {
        match self {
            Pass::Mentions => flag::MENTION,
            Pass::Conditions => flag::CONDITION,
            Pass::Cues => flag::CUE,
        }
    }

    /// The flag of the words that begin it as part of a class member of several words.
    pub fn part_flag(self) -> u16 {
        match self {
            Pass::Mentions => flag::MENTION_PART,
            Pass::Conditions => flag::CONDITION_PART,
            Pass::Cues => flag::CUE_PART,
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

/// Tokens that are looked at together for what a pattern requires; no match reaches farther than one stretch on.
const STRETCH: usize = 64;

/// Finds the patterns of one pass in a stretch of folded text, in order of place.
pub fn scan(text: &str, range: Range<usize>, index: &Index, pass: Pass) -> Vec<Hit> {
    let mut search = Search { text, index, pass, edges: Vec::new(), leads: Vec::new(), hits: Vec::new() };
    let mut clauses = Clauses::new(text, range, index);
    let mut tokens = Vec::new();
    while let Some(flags) = clauses.next(&mut tokens) {
        if flags & (pass.flag() | pass.part_flag()) != 0 {
            search.clause(&tokens, flags);
        }
    }
    search.hits
}

struct Search<'a> {
    text: &'a str,
    index: &'a Index,
    pass: Pass,
    /// Of the clause that is looked at; kept to save making them anew.
    edges: Vec<Edge>,
    /// Tokens and the patterns that they lead to.
    leads: Vec<(usize, u32)>,
    hits: Vec<Hit>,
}

impl Search<'_> {
    /// Looks at the clause a stretch at a time, so that what stands far off in an endless one does not matter.
    fn clause(&mut self, tokens: &[Token], flags: u16) {
        let found = self.hits.len();
        for begin in (0..tokens.len()).step_by(STRETCH) {
            let near = begin.saturating_sub(STRETCH)..(begin + 2 * STRETCH).min(tokens.len());
            let stretch = begin..(begin + STRETCH).min(tokens.len());
            let mut marks = Marks::none();
            tokens[near.clone()].iter().for_each(|token| marks.add(self.index.marks(token.id)));
            self.collect_leads(tokens, stretch.clone(), &marks);
            // Members of several words cost a look each, and mostly nobody asks for them.
            let asked = flags & self.pass.part_flag() != 0
                || !self.leads.is_empty() && flags & flag::BEGINS_FILLER != 0
                || self.leads.iter().any(|&(_, pattern)| self.index.plan(pattern).several);
            self.edges.clear();
            if asked && flags & flag::BEGINS != 0 {
                for start in near.filter(|&at| tokens[at].flags & flag::BEGINS != 0) {
                    members_from(tokens, start..start, 0, self.index, &mut self.edges);
                }
            }
            self.follow(tokens, stretch, &marks);
        }
        // A match that holds two anchors was found twice.
        if self.hits.len() > found + 1 {
            let mut new = self.hits.split_off(found);
            new.sort_unstable();
            new.dedup();
            self.hits.append(&mut new);
        }
    }

    /// The patterns that single words lead to and whose requirements are there.
    fn collect_leads(&mut self, tokens: &[Token], stretch: Range<usize>, marks: &Marks) {
        self.leads.clear();
        for at in stretch.filter(|&at| tokens[at].flags & self.pass.flag() != 0) {
            let beside = [tokens.get(at + 1), at.checked_sub(1).and_then(|before| tokens.get(before))].map(Neighbour::of);
            let leads = self.index.leads(self.pass, tokens[at].id, marks, beside);
            self.leads.extend(leads.map(|pattern| (at, pattern)));
        }
    }

    fn follow(&mut self, tokens: &[Token], stretch: Range<usize>, marks: &Marks) {
        let fillers = self.edges.iter().any(|edge| self.index.is_filler_set(edge.set));
        let clause = Clause { text: self.text, tokens, edges: &self.edges, fillers, index: self.index };
        for &(at, pattern) in &self.leads {
            look(&clause, pattern, None, at..at + 1, &mut self.hits);
        }
        for edge in self.edges.iter().filter(|edge| stretch.contains(&edge.start)) {
            for pattern in self.index.member_leads(self.pass, edge.set, marks) {
                look(&clause, pattern, Some(edge.set), edge.start..edge.end, &mut self.hits);
            }
        }
    }
}

/// Notes the members that begin with the tokens of `taken`, which lead to `node` in the tree of members.
fn members_from(tokens: &[Token], taken: Range<usize>, node: u32, index: &Index, edges: &mut Vec<Edge>) {
    let Some(token) = tokens.get(taken.end).filter(|t| taken.is_empty() || t.flags & flag::COMMA == 0) else {
        return;
    };
    for (node, sets) in index.member_steps(node, token.id, token.flags & flag::NUMBER != 0) {
        let (start, end) = (taken.start, taken.end + 1);
        edges.extend(sets.iter().map(|&set| Edge { start, end, set }));
        members_from(tokens, start..end, node, index, edges);
    }
}

/// Matches a pattern around the tokens that its anchor takes: one, or a member of several words of a set.
fn look(clause: &Clause, pattern: u32, member: Option<SetId>, at: Range<usize>, hits: &mut Vec<Hit>) {
    let plan = clause.index.plan(pattern);
    if let Some(found) = clause.match_at(&plan, member, at) {
        let bytes = |range: &Range<usize>| (clause.tokens[range.start].start, clause.tokens[range.end - 1].end);
        let (start, end) = bytes(&found.whole);
        hits.push(Hit { start, end, span: bytes(&found.span), owner: plan.owner });
    }
}
