//! Matches patterns around their anchors, in bounded work.

use std::ops::Range;

use super::nfa::{Atom, Nfa, Pattern};
use super::sets::SetId;
use crate::scan::index::Index;
use crate::scan::tokens::{Token, flag};

/// A match reaches at most so many tokens to either side of its anchor.
const REACH: usize = 48;
/// Fillers that may be passed over between two parts.
const FILLERS: usize = 2;

/// A class member of several words: the tokens that it takes.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    pub start: usize,
    pub end: usize,
    pub set: SetId,
}

/// The tokens of a clause, ready to be matched.
pub struct Clause<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// In order of start.
    pub edges: &'a [Edge],
    pub index: &'a Index,
}

/// Tokens of a match, and of the part to be reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub whole: Range<usize>,
    pub span: Range<usize>,
}

impl Clause<'_> {
    /// The longest match of a pattern whose anchor, a member of `set`, takes the tokens of `at`.
    pub fn match_at(&self, pattern: &Pattern, set: SetId, at: Range<usize>) -> Option<Match> {
        match pattern {
            Pattern::Ordered(nfa) => {
                let whole = self.around(nfa, nfa.anchor, set, at)?;
                let span = if nfa.span == 0 { whole.clone() } else { self.span(nfa, whole.clone())? };
                Some(Match { whole, span })
            }
            Pattern::Free { parts, window, anchor } => {
                let found = self.around(&parts[*anchor], parts[*anchor].anchor, set, at)?;
                let whole = self.free(parts, *window, *anchor, found)?;
                Some(Match { span: whole.clone(), whole })
            }
        }
    }

    /// The longest match in which one of `positions` finds the member of `set` at the tokens of `at`.
    fn around(&self, nfa: &Nfa, positions: u64, set: SetId, at: Range<usize>) -> Option<Range<usize>> {
        let mut best: Option<Range<usize>> = None;
        for position in bits(positions).filter(|&p| nfa.atoms[p] == Atom::Set(set)) {
            if nfa.exact >> position & 1 == 1 && !self.accepts(nfa, position, at.start) {
                continue;
            }
            let Some(end) = self.extend::<true>(nfa, 1 << position, at.end) else { continue };
            let Some(start) = self.extend::<false>(nfa, 1 << position, at.start) else { continue };
            if best.as_ref().is_none_or(|b| b.len() < end - start) {
                best = Some(start..end);
            }
        }
        best
    }

    /// Runs the automaton from the positions of `state`, which have just taken the token beside the boundary `at`, to the farthest
    /// boundary where a match can end (or, backwards, begin).
    fn extend<const FORWARD: bool>(&self, nfa: &Nfa, state: u64, mut at: usize) -> Option<usize> {
        let (steps, goal) = if FORWARD { (&nfa.follow, nfa.last) } else { (&nfa.precede, nfa.first) };
        // By the number of fillers passed since the last part.
        let mut states = [0u64; FILLERS + 1];
        states[0] = state;
        let mut pending: Vec<(usize, u64, usize)> = Vec::new();
        let mut best = (state & goal != 0).then_some(at);
        for _ in 0..REACH {
            let all = states.iter().fold(0, |all, s| all | s);
            if all == 0 && pending.is_empty() {
                break;
            }
            let next = if FORWARD { at } else { at.wrapping_sub(1) };
            let Some(token) = self.tokens.get(next) else { break };
            let mut moved = [0u64; FILLERS + 1];
            if all != 0 {
                let targets = self.targets::<FORWARD>(nfa, steps, &states, at, token);
                moved[0] = bits(targets).filter(|&p| self.accepts(nfa, p, next)).fold(0, |mask, p| mask | 1 << p);
                if token.flags & flag::SIGN != 0 {
                    for (to, from) in moved.iter_mut().zip(states) {
                        *to |= from;
                    }
                } else if token.flags & flag::FILLER != 0 && !nfa.strict {
                    for fillers in 0..FILLERS {
                        moved[fillers + 1] |= states[fillers];
                    }
                }
                self.cross::<FORWARD>(nfa, &states, targets, at, &mut pending);
            }
            at = if FORWARD { at + 1 } else { next };
            pending.retain(|&(boundary, mask, fillers)| {
                if boundary == at {
                    moved[fillers] |= mask;
                }
                boundary != at
            });
            states = moved;
            if states[0] & goal != 0 {
                best = Some(at);
            }
        }
        best
    }

    /// The positions that may take the token beyond the boundary `at`. Over a comma only a gap goes, or what stands beside a filler.
    fn targets<const FORWARD: bool>(&self, nfa: &Nfa, steps: &[u64], states: &[u64], at: usize, token: &Token) -> u64 {
        let reach = |from: u64| bits(from).fold(0, |mask, p| mask | steps[p]);
        let beside_comma = if FORWARD { Some(token) } else { self.tokens.get(at) };
        if beside_comma.is_none_or(|t| t.flags & flag::COMMA == 0) {
            return reach(states.iter().fold(0, |all, s| all | s));
        }
        let after_filler = states[1..].iter().fold(0, |all, s| all | s);
        reach(after_filler) | reach(states[0] & nfa.gaps) | reach(states[0]) & nfa.gaps
    }

    /// Notes where members of several words, and fillers of several words, lead to.
    fn cross<const FORWARD: bool>(
        &self,
        nfa: &Nfa,
        states: &[u64],
        targets: u64,
        at: usize,
        pending: &mut Vec<(usize, u64, usize)>,
    ) {
        for edge in self.edges {
            let (from, to) = if FORWARD { (edge.start, edge.end) } else { (edge.end, edge.start) };
            if from != at {
                continue;
            }
            let taken = bits(targets).filter(|&p| nfa.atoms[p] == Atom::Set(edge.set)).fold(0, |mask, p| mask | 1 << p);
            if taken != 0 {
                pending.push((to, taken, 0));
            }
            if self.index.is_filler_set(edge.set) && !nfa.strict {
                pending.extend((0..FILLERS).filter(|&f| states[f] != 0).map(|f| (to, states[f], f + 1)));
            }
        }
    }

    fn accepts(&self, nfa: &Nfa, position: usize, at: usize) -> bool {
        let token = &self.tokens[at];
        match nfa.atoms[position] {
            Atom::Any => token.flags & (flag::NEGATOR | flag::SIGN) == 0,
            Atom::Sign(sign) => self.text[token.start..token.end].starts_with(sign),
            Atom::Set(set) => {
                self.index.holds(set, token.id)
                    && (nfa.exact >> position & 1 == 0
                        || self.index.exact(set) == Some(&self.text[token.start..token.end]))
            }
        }
    }

    /// The tokens of a match that the positions of the span took.
    fn span(&self, nfa: &Nfa, whole: Range<usize>) -> Option<Range<usize>> {
        let from_start = self.reached(nfa, &whole, true);
        let from_end = self.reached(nfa, &whole, false);
        let mut span: Option<Range<usize>> = None;
        for (start, end, position) in from_start.iter().filter(|step| from_end.contains(step)) {
            if nfa.span >> position & 1 == 1 {
                let known = span.unwrap_or(*start..*end);
                span = Some(known.start.min(*start)..known.end.max(*end));
            }
        }
        // A match that passes the span by (it may be absent) is reported whole.
        span.or(Some(whole))
    }

    /// Every step (start, end, position) on a way from one end of the match, found by trying each token and member in order.
    fn reached(&self, nfa: &Nfa, whole: &Range<usize>, forward: bool) -> Vec<(usize, usize, usize)> {
        let mut steps: Vec<(usize, usize, usize)> = Vec::new();
        let singles = whole.clone().map(|at| (at, at + 1, None));
        let members = self.edges.iter().map(|e| (e.start, e.end, Some(e.set)));
        let inside = members.filter(|(start, end, _)| whole.start <= *start && *end <= whole.end);
        let mut pieces: Vec<_> = singles.chain(inside).collect();
        pieces.sort_by_key(|&(start, end, _)| if forward { (start, end) } else { (usize::MAX - end, usize::MAX - start) });
        for (start, end, set) in pieces {
            let outer = if forward { start == whole.start } else { end == whole.end };
            let entry = if forward { nfa.first } else { nfa.last };
            let next = if forward { &nfa.follow } else { &nfa.precede };
            let before = steps.iter().filter(|step| self.beside(if forward { step.1..start } else { end..step.0 }));
            let open = before.fold(if outer { entry } else { 0 }, |mask, step| mask | next[step.2]);
            let takes = |p: &usize| set.map_or_else(|| self.accepts(nfa, *p, start), |set| nfa.atoms[*p] == Atom::Set(set));
            let taken: Vec<_> = bits(open).filter(takes).map(|p| (start, end, p)).collect();
            steps.extend(taken);
        }
        steps
    }

    /// Whether only fillers and signs stand between two steps.
    fn beside(&self, between: Range<usize>) -> bool {
        between.start <= between.end && {
            let passed = &self.tokens[between.clone()];
            let filler = |at: usize| self.tokens[at].flags & (flag::FILLER | flag::SIGN) != 0;
            passed.is_empty() || between.clone().all(filler) || {
                self.edges.iter().any(|e| self.index.is_filler_set(e.set) && e.start == between.start && e.end == between.end)
            }
        }
    }

    /// The tightest place within the window for all parts, around the part that was found.
    fn free(&self, parts: &[Nfa], window: usize, anchor: usize, found: Range<usize>) -> Option<Range<usize>> {
        let earliest = (found.end.saturating_sub(window)).min(found.start);
        let mut best: Option<Range<usize>> = None;
        for start in earliest..=found.start {
            let end = (start + window).min(self.tokens.len());
            if found.end > end {
                continue;
            }
            let mut places = vec![found.clone()];
            for (at, part) in parts.iter().enumerate() {
                if at != anchor
                    && let Some(place) = self.place(part, start..end, &places)
                {
                    places.push(place);
                }
            }
            if places.len() < parts.len() {
                continue;
            }
            let whole = places.iter().fold(found.clone(), |w, p| w.start.min(p.start)..w.end.max(p.end));
            let taken = |at: usize| places.iter().any(|p| p.contains(&at));
            let negated = whole.clone().any(|at| self.tokens[at].flags & flag::NEGATOR != 0 && !taken(at));
            if !negated && best.as_ref().is_none_or(|b| whole.len() < b.len()) {
                best = Some(whole);
            }
        }
        best
    }

    /// A place for one part within the window that none of the other parts has taken.
    fn place(&self, part: &Nfa, window: Range<usize>, places: &[Range<usize>]) -> Option<Range<usize>> {
        window.clone().find_map(|start| {
            let singles = bits(part.first).filter(|&p| self.accepts(part, p, start)).map(|p| (p, start + 1));
            let members = self.edges.iter().filter(|e| e.start == start).flat_map(|e| {
                bits(part.first).filter(|&p| part.atoms[p] == Atom::Set(e.set)).map(|p| (p, e.end))
            });
            let ends = singles.chain(members).filter_map(|(p, end)| self.extend::<true>(part, 1 << p, end));
            let place = start..ends.max()?;
            let fits = place.end <= window.end && !places.iter().any(|p| p.start < place.end && place.start < p.end);
            fits.then_some(place)
        })
    }
}

/// The positions of a mask, lowest first.
fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (mask != 0).then(|| {
            let at = mask.trailing_zeros() as usize;
            mask &= mask - 1;
            at
        })
    })
}
