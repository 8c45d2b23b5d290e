//! Matches parts in any order, in bounded work.

use std::ops::Range;

use super::automata::Automaton;
use super::matcher::{Clause, bits};
use super::nfa::Atom;
use crate::scan::tokens::flag;

/// How many arrangements of free order are tried around one anchor.
const TRIES: usize = 512;

impl Clause<'_> {
    /// The tokens within a range that a position can take.
    pub(super) fn taken_by(&self, nfa: &Automaton, position: usize, range: Range<usize>) -> impl Iterator<Item = (usize, usize)> {
        let members = self.edges.iter().filter(move |e| nfa.atom(position) == Atom::Set(e.set));
        let members = members.map(|e| (e.start, e.end));
        let within = range.clone();
        let singles = range.filter(move |&at| self.accepts(nfa, position, at)).map(|at| (at, at + 1));
        singles.chain(members.filter(move |(start, end)| within.start <= *start && *end <= within.end))
    }

    /// The tightest place within the window for all parts, one of which, the anchor, takes the tokens of `at`.
    pub(super) fn free(&self, parts: &[Automaton], window: usize, anchor: usize, at: Range<usize>) -> Option<Range<usize>> {
        let near = (at.end.saturating_sub(window)).min(at.start)..(at.start + window).min(self.tokens.len());
        let mut places: Vec<Vec<Range<usize>>> = parts.iter().map(|part| self.places(part, &near, window)).collect();
        places[anchor].retain(|p| p.start <= at.start && at.end <= p.end);
        // The part with the fewest places first, so that what cannot fit is seen soon.
        places.sort_by_key(Vec::len);
        // Nothing reaches past a negator that no part takes.
        let bars =
            |&at: &usize| self.tokens[at].flags & flag::NEGATOR != 0 && !places.iter().flatten().any(|place| place.contains(&at));
        let earliest = (near.start..at.start).rev().find(bars).map_or(near.start, |bar| bar + 1);
        let latest = (at.end..near.end).find(bars).unwrap_or(near.end);
        let mut best: Option<Range<usize>> = None;
        let mut tries = TRIES;
        for start in earliest..=at.start {
            let found = self.arrange(&places, &(start..latest.min(start + window)), &mut Vec::new(), &mut tries);
            best = match (best, found) {
                (Some(best), Some(found)) if best.len() <= found.len() => Some(best),
                (best, found) => found.or(best),
            };
        }
        best
    }

    /// Every place of a part, by its start, the longest first.
    fn places(&self, part: &Automaton, near: &Range<usize>, window: usize) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        for position in bits(part.first()) {
            for (start, end) in self.taken_by(part, position, near.clone()) {
                let mut add = |end: usize, position: usize| {
                    if part.last() >> position & 1 == 1 && end - start <= window {
                        places.push(start..end);
                    }
                };
                add(end, position);
                self.extend::<true>(part, 1 << position, end, &mut |(_, end, position)| add(end, position));
            }
        }
        places.sort_unstable_by_key(|p| (p.start, std::cmp::Reverse(p.end)));
        places.dedup();
        places
    }

    /// Puts every part into the window, none over another and no negator between them.
    fn arrange(
        &self,
        places: &[Vec<Range<usize>>],
        window: &Range<usize>,
        taken: &mut Vec<Range<usize>>,
        tries: &mut usize,
    ) -> Option<Range<usize>> {
        let Some((part, rest)) = places.split_first() else {
            *tries = tries.saturating_sub(1);
            let whole = taken.iter().cloned().reduce(|w, p| w.start.min(p.start)..w.end.max(p.end))?;
            let loose = |at: &usize| !taken.iter().any(|p| p.contains(at));
            let negated = whole.clone().filter(loose).any(|at| self.tokens[at].flags & flag::NEGATOR != 0);
            return (!negated).then_some(whole);
        };
        for place in part.iter().filter(|p| window.start <= p.start && p.end <= window.end) {
            if *tries == 0 {
                break;
            }
            if taken.iter().any(|p| p.start < place.end && place.start < p.end) {
                continue;
            }
            taken.push(place.clone());
            let found = self.arrange(rest, window, taken, tries);
            taken.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }
}
