//! Finds every pattern in a text, in one pass over its words.
//!
//! The text is cut into tokens a clause at a time ([`tokens`]). Most clauses hold no word that leads to a pattern and are dropped at once.
//! In the others class members of several words are noted, and each pattern that a word leads to is matched around it, where the clause
//! holds all that the pattern requires ([`index`]).

pub mod index;
pub mod tokens;

use serde::{Deserialize, Serialize};
use std::ops::Range;

use index::{Index, Marks};
use tokens::{Clauses, Token, flag};

use crate::pattern::matcher::{Clause, Edge};

/// What a pass over the text looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    let mut hits = Vec::new();
    let mut clauses = Clauses::new(text, range, index);
    let mut tokens = Vec::new();
    let mut edges = Vec::new();
    while let Some(flags) = clauses.next(&mut tokens) {
        if flags & pass.flag() != 0 {
            collect_edges(&tokens, flags, index, &mut edges);
            search(text, &tokens, &edges, index, pass, &mut hits);
        }
    }
    hits
}

/// Notes where class members of several words stand.
fn collect_edges(tokens: &[Token], flags: u16, index: &Index, edges: &mut Vec<Edge>) {
    edges.clear();
    if flags & flag::BEGINS == 0 {
        return;
    }
    for (start, _) in tokens.iter().enumerate().filter(|(_, t)| t.flags & flag::BEGINS != 0) {
        members_from(tokens, start..start, 0, index, edges);
    }
}

/// Notes the members that begin with the tokens of `taken`, which lead to `node` in the tree of members.
fn members_from(tokens: &[Token], taken: Range<usize>, node: u32, index: &Index, edges: &mut Vec<Edge>) {
    let Some(token) = tokens.get(taken.end).filter(|t| taken.is_empty() || t.flags & flag::COMMA == 0) else { return };
    for (node, sets) in index.member_steps(node, token.id, token.flags & flag::NUMBER != 0) {
        let (start, end) = (taken.start, taken.end + 1);
        edges.extend(sets.iter().map(|&set| Edge { start, end, set }));
        members_from(tokens, start..end, node, index, edges);
    }
}

fn search(text: &str, tokens: &[Token], edges: &[Edge], index: &Index, pass: Pass, hits: &mut Vec<Hit>) {
    let mut found = Vec::new();
    let mut edge_at = 0;
    for begin in (0..tokens.len()).step_by(STRETCH) {
        let near = begin.saturating_sub(STRETCH)..(begin + 2 * STRETCH).min(tokens.len());
        // Edges are in order of start, so that those of a stretch are one run of them.
        let skip = edges.partition_point(|e| e.start < near.start);
        let till = edges.partition_point(|e| e.start < near.end);
        let mut marks: Marks = tokens[near].iter().fold(0, |marks, t| marks | index.marks(t.id));
        marks = edges[skip..till].iter().fold(marks, |marks, e| marks | index.mark(e.set));
        let clause = Clause { text, tokens, edges: &edges[skip..till], index };
        for (at, token) in tokens.iter().enumerate().skip(begin).take(STRETCH) {
            if token.flags & pass.flag() != 0 {
                for &set in index.sets(token.id) {
                    follow(&clause, set, at..at + 1, marks, pass, &mut found);
                }
            }
            while let Some(edge) = edges.get(edge_at).filter(|e| e.start == at) {
                follow(&clause, edge.set, edge.start..edge.end, marks, pass, &mut found);
                edge_at += 1;
            }
        }
    }
    // A match that holds two anchors was found twice.
    found.sort_unstable();
    found.dedup();
    hits.append(&mut found);
}

/// Matches the patterns that a member of a set leads to.
fn follow(clause: &Clause, set: u32, at: Range<usize>, marks: Marks, pass: Pass, hits: &mut Vec<Hit>) {
    for &lead in clause.index.leads(set) {
        let entry = &clause.index.entries[lead as usize];
        if entry.pass != pass || !clause.index.may_match(lead, marks) {
            continue;
        }
        if let Some(found) = clause.match_at(&entry.pattern, set, at.clone()) {
            let bytes = |range: &Range<usize>| (clause.tokens[range.start].start, clause.tokens[range.end - 1].end);
            let (start, end) = bytes(&found.whole);
            hits.push(Hit { start, end, span: bytes(&found.span), owner: entry.owner });
        }
    }
}
