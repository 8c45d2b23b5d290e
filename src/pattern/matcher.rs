//! Matches patterns around their anchors, in bounded work.

use std::ops::Range;

use super::automata::Automaton;
use super::nfa::Atom;
use super::sets::SetId;
use crate::scan::index::Index;
use crate::scan::plan::Plan;
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
    /// Whether a filler of several words is, or may be, among the edges.
    pub fillers: bool,
    pub index: &'a Index,
}

/// Tokens of a match, and of the part to be reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub whole: Range<usize>,
    pub span: Range<usize>,
}

/// A position and the tokens that it takes: start, end, position.
type Step = (usize, usize, usize);

fn ignore(_: Step) {}

impl Clause<'_> {
    /// The longest match of a pattern some of whose anchor's positions take the tokens of `at`.
    pub fn match_at(&self, pattern: &Plan, positions: u64, at: Range<usize>) -> Option<Match> {
        let nfa = self.index.automaton(pattern, pattern.anchor);
        let whole = self.around(&nfa, positions, at.clone())?;
        if pattern.parts > 1 {
            let parts: Vec<Automaton> = (0..pattern.parts).map(|part| self.index.automaton(pattern, part)).collect();
            let whole = self.free(&parts, usize::from(pattern.window), usize::from(pattern.anchor), at)?;
            return Some(Match { span: whole.clone(), whole });
        }
        let span = if nfa.span() == 0 { whole.clone() } else { self.span(&nfa, &whole) };
        Some(Match { whole, span })
    }

    /// The longest match in which one of these positions takes the tokens of `at`.
    fn around(&self, nfa: &Automaton, positions: u64, at: Range<usize>) -> Option<Range<usize>> {
        let mut best: Option<Range<usize>> = None;
        for position in bits(positions) {
            let Some(end) = self.extend::<true>(nfa, 1 << position, at.end, &mut ignore) else {
                continue;
            };
            let Some(start) = self.extend::<false>(nfa, 1 << position, at.start, &mut ignore) else {
                continue;
            };
            if best.as_ref().is_none_or(|b| b.len() < end - start) {
                best = Some(start..end);
            }
        }
        best
    }

    /// Whether a position of an anchor, whose set holds the token at `at`, may be part of a match. What cannot mostly fails at the next
    /// word already. Members of several words need not be known yet; where there may be one, there may be a match.
    pub fn may_match(&self, nfa: &Automaton, position: usize, at: usize) -> bool {
        let is_exact = nfa.exact() >> position & 1 == 1;
        !self.is_stuck::<true>(nfa, position, at + 1)
            && !self.is_stuck::<false>(nfa, position, at)
            && (!is_exact || self.accepts(nfa, position, at))
    }

    /// Whether a position that took the token beside the boundary `at` can be seen at once to lead nowhere: the match cannot end there,
    /// and the next token, which is nothing to be passed over, is not what may follow.
    #[inline]
    fn is_stuck<const FORWARD: bool>(&self, nfa: &Automaton, position: usize, at: usize) -> bool {
        if nfa.goal::<FORWARD>() >> position & 1 == 1 {
            return false;
        }
        let next = if FORWARD { at } else { at.wrapping_sub(1) };
        let Some(token) = self.tokens.get(next) else { return true };
        let targets = nfa.steps::<FORWARD>(position);
        if self.fillers || targets & nfa.gaps() != 0 || token.flags & (flag::FILLER | flag::SIGN) != 0 {
            return false;
        }
        let several = targets & nfa.several() != 0 && (!FORWARD || token.flags & flag::BEGINS != 0);
        !several && !bits(targets).any(|p| self.accepts(nfa, p, next))
    }

    /// Runs the automaton from the positions of `state`, which have just taken the token beside the boundary `at`, to the farthest
    /// boundary where a match can end (or, backwards, begin). Every step on the way is told to `note`.
    ///
    /// Mostly there is nothing to be passed over and no member of several words, and one set of positions is enough.
    pub(super) fn extend<const FORWARD: bool>(
        &self,
        nfa: &Automaton,
        mut state: u64,
        mut at: usize,
        note: &mut impl FnMut(Step),
    ) -> Option<usize> {
        let goal = nfa.goal::<FORWARD>();
        let mut best = (state & goal != 0).then_some(at);
        for taken in 0..REACH {
            let targets = reach::<FORWARD>(nfa, state);
            let next = if FORWARD { at } else { at.wrapping_sub(1) };
            let token = match self.tokens.get(next) {
                Some(token) if targets != 0 => token,
                _ => break,
            };
            // Backwards the comma stands before the part that was taken.
            let taken_last = if FORWARD { token } else { self.tokens.get(at).unwrap_or(token) };
            let passable = (token.flags | taken_last.flags & flag::SIGN) & (flag::SIGN | flag::FILLER) != 0 || self.fillers;
            let several = targets & nfa.several() != 0 && self.edges_from::<FORWARD>(at).next().is_some();
            if passable || several || taken_last.flags & flag::COMMA != 0 {
                return self.extend_over::<FORWARD>(nfa, state, at, REACH - taken, best, note);
            }
            state = 0;
            for position in bits(targets).filter(|&p| self.accepts(nfa, p, next)) {
                state |= 1 << position;
                note((next, next + 1, position));
            }
            at = if FORWARD { at + 1 } else { next };
            if state & goal != 0 {
                best = Some(at);
            }
        }
        best
    }

    /// Does the same where something may be passed over, or taken by a member of several words; `best` was found before.
    #[inline(never)]
    fn extend_over<const FORWARD: bool>(
        &self,
        nfa: &Automaton,
        state: u64,
        mut at: usize,
        reach: usize,
        mut best: Option<usize>,
        note: &mut impl FnMut(Step),
    ) -> Option<usize> {
        let goal = nfa.goal::<FORWARD>();
        // By the number of fillers passed since the last part.
        let mut states = [0u64; FILLERS + 1];
        states[0] = state;
        let mut pending: Vec<(usize, u64, usize)> = Vec::new();
        for _ in 0..reach {
            let all = states.iter().fold(0, |all, s| all | s);
            if all == 0 && pending.is_empty() {
                break;
            }
            let next = if FORWARD { at } else { at.wrapping_sub(1) };
            let Some(token) = self.tokens.get(next) else { break };
            let mut moved = [0u64; FILLERS + 1];
            // The positions that have taken what ends here. A sign that was passed over is no end of a match.
            let mut landed = 0;
            if all != 0 {
                let targets = self.targets::<FORWARD>(nfa, &states, at, token);
                for position in bits(targets).filter(|&p| self.accepts(nfa, p, next)) {
                    landed |= 1 << position;
                    note((next, next + 1, position));
                }
                if token.flags & flag::SIGN != 0 {
                    for (to, from) in moved.iter_mut().zip(states) {
                        *to |= from;
                    }
                } else if token.flags & flag::FILLER != 0 && !nfa.strict() {
                    for fillers in 0..FILLERS {
                        moved[fillers + 1] |= states[fillers];
                    }
                }
                if targets & nfa.several() != 0 || self.fillers {
                    self.cross::<FORWARD>(nfa, &states, targets, at, &mut pending, note);
                }
            }
            at = if FORWARD { at + 1 } else { next };
            if !pending.is_empty() {
                pending.retain(|&(boundary, mask, fillers)| {
                    match (boundary == at, fillers) {
                        (true, 0) => landed |= mask,
                        (true, _) => moved[fillers] |= mask,
                        _ => {}
                    }
                    boundary != at
                });
            }
            if landed & goal != 0 {
                best = Some(at);
            }
            moved[0] |= landed;
            states = moved;
        }
        best
    }

    /// The positions that may take the token beyond the boundary `at`. Over a comma only a gap goes, or what stands beside a filler.
    fn targets<const FORWARD: bool>(&self, nfa: &Automaton, states: &[u64], at: usize, token: &Token) -> u64 {
        let reach = |from: u64| reach::<FORWARD>(nfa, from);
        // Backwards the comma stands before the part that was taken, beyond any signs that were passed since.
        let taken = |t: &&Token| t.flags & flag::SIGN == 0 || t.flags & flag::COMMA != 0;
        let beside_comma = if FORWARD { Some(token) } else { self.tokens[at..].iter().find(taken) };
        if beside_comma.is_none_or(|t| t.flags & flag::COMMA == 0) {
            return reach(states.iter().fold(0, |all, s| all | s));
        }
        let after_filler = states[1..].iter().fold(0, |all, s| all | s);
        reach(after_filler) | reach(states[0] & nfa.gaps()) | reach(states[0]) & nfa.gaps()
    }

    /// Notes where members of several words, and fillers of several words, lead to.
    fn cross<const FORWARD: bool>(
        &self,
        nfa: &Automaton,
        states: &[u64],
        targets: u64,
        at: usize,
        pending: &mut Vec<(usize, u64, usize)>,
        note: &mut impl FnMut(Step),
    ) {
        for edge in self.edges_from::<FORWARD>(at) {
            let to = if FORWARD { edge.end } else { edge.start };
            let mut taken = 0;
            for position in bits(targets).filter(|&p| nfa.atom(p) == Atom::Set(edge.set)) {
                taken |= 1 << position;
                note((edge.start, edge.end, position));
            }
            if taken != 0 {
                pending.push((to, taken, 0));
            }
            if self.index.is_filler_set(edge.set) && !nfa.strict() {
                pending.extend((0..FILLERS).filter(|&f| states[f] != 0).map(|f| (to, states[f], f + 1)));
            }
        }
    }

    /// The members of several words that begin, or backwards end, at a boundary.
    #[inline]
    fn edges_from<const FORWARD: bool>(&self, at: usize) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(move |edge| at == if FORWARD { edge.start } else { edge.end })
    }

    #[inline]
    pub(super) fn accepts(&self, nfa: &Automaton, position: usize, at: usize) -> bool {
        let token = &self.tokens[at];
        match nfa.word(position) {
            Some(word) => word == token.id && (nfa.exact() >> position & 1 == 0 || self.accepts_set(nfa, position, token)),
            None => self.accepts_set(nfa, position, token),
        }
    }

    #[inline(never)]
    fn accepts_set(&self, nfa: &Automaton, position: usize, token: &Token) -> bool {
        let written = || &self.text[token.start..token.end];
        match nfa.atom(position) {
            Atom::Any => token.flags & (flag::NEGATOR | flag::SIGN) == 0,
            Atom::Sign(sign) => written().starts_with(sign),
            Atom::Set(set) => {
                self.index.holds(set, token.id) && (nfa.exact() >> position & 1 == 0 || self.index.exact(set) == Some(written()))
            }
        }
    }

    /// The tokens of a match that the positions of the span took.
    fn span(&self, nfa: &Automaton, whole: &Range<usize>) -> Range<usize> {
        let from_start = self.steps::<true>(nfa, whole);
        let mut from_end = self.steps::<false>(nfa, whole);
        from_end.sort_unstable();
        let taken = from_start.iter().filter(|step| from_end.binary_search(step).is_ok());
        let span = taken.fold(None, |span: Option<Range<usize>>, &(start, end, _)| {
            Some(span.map_or(start..end, |s| s.start.min(start)..s.end.max(end)))
        });
        // A match that passes the span by (it may be absent) is reported whole.
        span.unwrap_or_else(|| whole.clone())
    }

    /// What positions of the span take on every way that leads from one end of a match.
    fn steps<const FORWARD: bool>(&self, nfa: &Automaton, whole: &Range<usize>) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let mut note = |step: Step| {
            if nfa.span() >> step.2 & 1 == 1 && whole.start <= step.0 && step.1 <= whole.end {
                steps.push(step);
            }
        };
        for position in bits(if FORWARD { nfa.first() } else { nfa.last() }) {
            for (start, end) in self.taken_by(nfa, position, whole.clone()) {
                if if FORWARD { start == whole.start } else { end == whole.end } {
                    note((start, end, position));
                    self.extend::<FORWARD>(nfa, 1 << position, if FORWARD { end } else { start }, &mut note);
                }
            }
        }
        steps
    }
}

/// What may follow, or backwards precede, some positions.
#[inline]
fn reach<const FORWARD: bool>(nfa: &Automaton, from: u64) -> u64 {
    bits(from).fold(0, |mask, p| mask | nfa.steps::<FORWARD>(p))
}

/// The positions of a mask, lowest first.
pub fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (mask != 0).then(|| {
            let at = mask.trailing_zeros() as usize;
            mask &= mask - 1;
            at
        })
    })
}
