//! Which words may stand right beside a word that leads to a pattern: what turns most looks away before they begin.

use super::tokens::Token;
use crate::pattern::nfa::{Atom, Nfa};
use crate::pattern::sets::{SetId, Sets, WordSet};
use crate::pattern::words::{NUMBER, UNKNOWN, WordId};

/// A share of all words. What is common has a share to itself, since it stands beside most words; the rest divide what is left.
pub type Share = u8;

/// The share of what may be passed over, which fits everywhere.
pub const PASSED: Share = 2;
/// The share of the end of the clause, which fits only where a match can end.
const NOTHING: Share = 3;
/// The first share that is divided.
const DIVIDED: Share = 40;
const SHARES: u32 = 128;

/// Some shares: a bit for each.
pub type Shares = [u64; 2];

const ANYTHING: Shares = [u64::MAX; 2];

pub fn add(shares: &mut Shares, share: Share) {
    shares[usize::from(share) / 64] |= 1 << (share % 64);
}

pub fn join(shares: &mut Shares, more: &Shares) {
    shares.iter_mut().zip(more).for_each(|(shares, more)| *shares |= more);
}

#[inline]
pub fn holds(shares: &Shares, share: Share) -> bool {
    shares[usize::from(share) / 64] >> (share % 64) & 1 == 1
}

/// The share of each word. `numbers` are the words written in digits, which share one.
pub fn shares(sets: &Sets, numbers: &[WordId], fillers: Option<SetId>) -> Vec<Share> {
    let count = sets.interner.count() as WordId;
    let mut common: Vec<WordId> = (NUMBER + 1..count).collect();
    common.sort_by_key(|&word| std::cmp::Reverse(sets.frequency_of(word)));
    let divided = |word: WordId| DIVIDED + (word.wrapping_mul(0x9E37_79B1) >> 16) as u8 % (SHARES as u8 - DIVIDED);
    let mut shares: Vec<Share> = (0..count).map(divided).collect();
    for (share, &word) in (NOTHING + 1..DIVIDED).zip(&common) {
        shares[word as usize] = share;
    }
    (shares[UNKNOWN as usize], shares[NUMBER as usize]) = (UNKNOWN as Share, NUMBER as Share);
    numbers.iter().for_each(|&number| shares[number as usize] = NUMBER as Share);
    for &word in fillers.into_iter().flat_map(|set| &sets.sets[set as usize].words) {
        shares[word as usize] = PASSED;
    }
    shares
}

/// What may stand right behind and right before a word that a position of an automaton takes.
pub fn beside(nfa: &Nfa, position: usize, sets: &[WordSet], shares: &[Share], fillers: Option<SetId>) -> [Shares; 2] {
    let side = |steps: &[u64], goal: u64, end: fn(&[WordId]) -> Option<&WordId>| {
        if goal >> position & 1 == 1 {
            return ANYTHING;
        }
        let mut beside = Shares::default();
        add(&mut beside, PASSED);
        let mut add_set = |set: SetId| {
            let set = &sets[set as usize];
            for &word in set.words.iter().chain(set.phrases.iter().filter_map(|phrase| end(phrase))) {
                add(&mut beside, shares[word as usize]);
            }
        };
        fillers.into_iter().for_each(&mut add_set);
        for next in (0..nfa.atoms.len()).filter(|at| steps[position] >> at & 1 == 1) {
            match nfa.atoms[next] {
                Atom::Set(set) => add_set(set),
                Atom::Sign(_) | Atom::Any => return ANYTHING,
            }
        }
        beside
    };
    [side(&nfa.follow, nfa.last, <[WordId]>::first), side(&nfa.precede, nfa.first, <[WordId]>::last)]
}

/// The shares of what stands behind and before a token.
#[inline]
pub fn around(tokens: &[Token], at: usize) -> [Share; 2] {
    let share = |at: usize| tokens.get(at).map_or(NOTHING, |token| token.share);
    [share(at + 1), share(at.wrapping_sub(1))]
}
