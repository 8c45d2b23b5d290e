//! The search through the clauses of a text.

use std::ops::Range;

use super::beside::Sums;
use super::index::Index;
use super::leads::{Passes, Way};
use super::marks::Marks;
use super::tokens::{Clauses, Token, flag};
use super::{Hit, Pass};
use crate::pattern::matcher::{Clause, Edge, bits};

/// Tokens that are looked at together for what a pattern requires; no match reaches farther than one stretch on.
const STRETCH: usize = 64;

/// A search, with what it keeps of a clause to save making it anew.
pub struct Search<'a> {
    text: &'a str,
    index: &'a Index,
    passes: Passes,
    /// The flags of words that lead to them, alone and as the rarest of a member of several.
    single: u16,
    part: u16,
    /// Of one word.
    leads: Vec<u32>,
    found: Vec<Way>,
    /// Of one stretch.
    looks: Vec<Look>,
    edges: Vec<Edge>,
    /// Of one clause.
    sums: Sums,
    hits: Vec<Hit>,
}

/// A pattern that is to be matched, and the tokens that the positions of its anchor take.
struct Look {
    pattern: u32,
    positions: u64,
    at: Range<usize>,
}

impl<'a> Search<'a> {
    /// A search for what passes look for that stand one behind the other.
    pub fn new(text: &'a str, index: &'a Index, first: Pass, last: Pass) -> Self {
        Search {
            text,
            index,
            passes: index.leads.passes(first, last),
            single: first.flag() | last.flag(),
            part: first.part_flag() | last.part_flag(),
            leads: Vec::new(),
            found: Vec::new(),
            looks: Vec::new(),
            edges: Vec::new(),
            sums: Sums::default(),
            hits: Vec::new(),
        }
    }

    pub fn run(mut self, range: Range<usize>) -> Vec<Hit> {
        let mut clauses = Clauses::new(self.text, range, self.index);
        let mut tokens = Vec::new();
        while let Some(flags) = clauses.next(&mut tokens) {
            if flags & (self.single | self.part) != 0 {
                self.clause(&tokens, flags);
            }
        }
        self.hits
    }

    /// Looks at the clause a stretch at a time, so that what stands far off in an endless one does not matter.
    fn clause(&mut self, tokens: &[Token], flags: u16) {
        let found = self.hits.len();
        self.sums.read(tokens);
        let mut start = 0;
        while start < tokens.len() {
            let stretch = &tokens[start..tokens.len().min(start + STRETCH)];
            let open = self.open(tokens, start, stretch);
            if open != 0 || flags & self.part != 0 {
                self.stretch(tokens, start..start + stretch.len(), open, flags);
            }
            start += STRETCH;
        }
        // A match that holds two anchors was found twice.
        if self.hits.len() > found + 1 {
            let mut new = self.hits.split_off(found);
            new.sort_unstable();
            new.dedup();
            self.hits.append(&mut new);
        }
    }

    /// The tokens that may lead to a pattern, a bit for each: what stands beside the others no pattern of theirs bears.
    #[inline]
    fn open(&self, tokens: &[Token], start: usize, stretch: &[Token]) -> u64 {
        let mut open = 0;
        for (at, token) in stretch.iter().enumerate() {
            let place = start + at;
            let leads = token.flags & self.single != 0;
            if leads && self.index.leads.is_open(self.passes.first, token.id, &self.sums.beside(tokens, place, place + 1)) {
                open |= 1 << at;
            }
        }
        open
    }

    // Each step is a function of its own, since together they need more registers than there are.
    #[inline(never)]
    fn stretch(&mut self, tokens: &[Token], stretch: Range<usize>, open: u64, flags: u16) {
        let near = stretch.start.saturating_sub(STRETCH)..(stretch.start + 2 * STRETCH).min(tokens.len());
        let mut marks = Marks::none();
        for token in &tokens[near.clone()] {
            marks.add(self.index.marks(token.id));
        }
        let mut clause = Clause {
            text: self.text,
            tokens,
            edges: &[],
            fillers: flags & flag::BEGINS_FILLER != 0,
            index: self.index,
        };
        self.looks.clear();
        for at in bits(open) {
            self.looks_of_word(&clause, stretch.start + at, &marks);
        }
        let part = flags & self.part != 0;
        if !part && self.looks.is_empty() {
            return;
        }
        // Members of several words cost a look each, and mostly nobody asks for them.
        self.edges.clear();
        if part || clause.fillers || self.looks.iter().any(|look| self.index.plan(look.pattern).several) {
            self.index.members.within(tokens, near, &mut self.edges);
        }
        clause.fillers = self.edges.iter().any(|edge| self.index.is_filler_set(edge.set));
        clause.edges = &self.edges;
        if part {
            looks_of_members(&clause, &stretch, &self.passes, &self.sums, &marks, &mut self.looks);
        }
        for look in &self.looks {
            look.take(&clause, &mut self.hits);
        }
    }

    /// The patterns that a single word leads to, where what stands around it bears them.
    #[inline]
    fn looks_of_word(&mut self, clause: &Clause, at: usize, marks: &Marks) {
        self.found.clear();
        let beside = self.sums.beside(clause.tokens, at, at + 1);
        let word = clause.tokens[at].id;
        self.index.leads.of_word(&self.passes, word, marks, &beside, &mut self.leads, &mut self.found);
        let from = self.looks.len();
        for &way in &self.found {
            let plan = self.index.plan(way.pattern);
            if clause.may_match(&self.index.automaton(&plan, plan.anchor), way.position as usize, at) {
                add(&mut self.looks, from, way, at..at + 1);
            }
        }
    }
}

/// The patterns that members of several words lead to.
#[inline(never)]
fn looks_of_members(clause: &Clause, stretch: &Range<usize>, passes: &Passes, sums: &Sums, marks: &Marks, looks: &mut Vec<Look>) {
    for edge in clause.edges.iter().filter(|edge| stretch.contains(&edge.start)) {
        let from = looks.len();
        let beside = sums.beside(clause.tokens, edge.start, edge.end);
        for way in clause.index.leads.of_member(passes, edge.set, marks, &beside) {
            add(looks, from, way, edge.start..edge.end);
        }
    }
}

/// Adds a look. Ways of one pattern from the same tokens follow each other and become one look; none is before `from`.
fn add(looks: &mut Vec<Look>, from: usize, way: Way, at: Range<usize>) {
    let positions = 1 << way.position;
    match looks[from..].last_mut().filter(|last| last.pattern == way.pattern) {
        Some(last) => last.positions |= positions,
        None => looks.push(Look { pattern: way.pattern, positions, at }),
    }
}

impl Look {
    /// Matches the pattern around the tokens that its anchor takes.
    fn take(&self, clause: &Clause, hits: &mut Vec<Hit>) {
        let plan = clause.index.plan(self.pattern);
        if let Some(found) = clause.match_at(&plan, self.positions, self.at.clone()) {
            let bytes = |range: &Range<usize>| (clause.tokens[range.start].start, clause.tokens[range.end - 1].end);
            let (start, end) = bytes(&found.whole);
            hits.push(Hit { start, end, span: bytes(&found.span), owner: plan.owner });
        }
    }
}
