//! Which words may stand beside a word that leads to a pattern: what turns most looks away before they begin.

use super::kinds::Kinds;
use super::tokens::Token;
use crate::pattern::matcher::bits;
use crate::pattern::nfa::{Atom, Nfa, Required};
use crate::pattern::sets::{SetId, Sets, WordSet};
use crate::pattern::words::{NUMBER, UNKNOWN, WordId};

/// A share of all words. What is common has a share to itself, since it stands beside most words; the rest divide what is left.
pub type Share = u8;

/// The share of what may be passed over, which fits everywhere.
pub const PASSED: Share = 2;
/// The share of the end of the clause, which fits only where a match can end.
const NOTHING: Share = 3;
/// The first share that is divided.
const DIVIDED: Share = 160;
const SHARES: u32 = 256;

/// Some shares: a bit for each.
pub type Shares = [u64; 4];

const ANYTHING: Shares = [u64::MAX; 4];
/// Anything but the end of the clause.
const SOMETHING: Shares = [!(1 << NOTHING), u64::MAX, u64::MAX, u64::MAX];

/// What stands around a word, or may: right behind it, right before it, the second behind and before, anywhere behind and before.
pub type Around<T> = [T; 6];

/// The shares around a word: of four places, and all that stand behind and before.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    places: [Share; 4],
    far: [&'a Shares; 2],
}

pub fn add(shares: &mut Shares, share: Share) {
    shares[usize::from(share) / 64] |= 1 << (share % 64);
}

fn join(shares: &mut Shares, more: &Shares) {
    shares.iter_mut().zip(more).for_each(|(shares, more)| *shares |= more);
}

#[inline]
pub fn holds(shares: &Shares, share: Share) -> bool {
    shares[usize::from(share) / 64] >> (share % 64) & 1 == 1
}

#[inline]
fn meet(shares: &Shares, more: &Shares) -> bool {
    shares.iter().zip(more).fold(0, |common, (shares, more)| common | shares & more) != 0
}

/// Whether what stands around a word is borne; `sides` are the numbers of the kinds of shares that are.
#[inline]
pub fn bears(kinds: &[Shares], sides: &Around<u16>, beside: &Beside) -> bool {
    let kind = |side: usize| &kinds[usize::from(sides[side])];
    // Nobody can guess which side turns a word away, so that looking at all is quicker than a branch at each.
    let near = (0..4).fold(true, |all, side| all & holds(kind(side), beside.places[side]));
    near & meet(kind(4), beside.far[0]) & meet(kind(5), beside.far[1])
}

/// The share of each word. `numbers` are the words written in digits, which share one.
pub fn shares(sets: &Sets, numbers: &[WordId], fillers: Option<SetId>) -> Vec<Share> {
    let count = sets.interner.count() as WordId;
    let mut common: Vec<WordId> = (NUMBER + 1..count).collect();
    common.sort_by_key(|&word| std::cmp::Reverse(sets.frequency_of(word)));
    let divided = |word: WordId| DIVIDED + ((word.wrapping_mul(0x9E37_79B1) >> 16) % (SHARES - u32::from(DIVIDED))) as Share;
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

/// The shares that stand before each place of a clause, and behind it.
#[derive(Default)]
pub struct Sums {
    before: Vec<Shares>,
    behind: Vec<Shares>,
}

impl Sums {
    pub fn read(&mut self, tokens: &[Token]) {
        let mut end = Shares::default();
        add(&mut end, NOTHING);
        for sums in [&mut self.before, &mut self.behind] {
            sums.clear();
            sums.resize(tokens.len() + 1, end);
        }
        for (at, token) in tokens.iter().enumerate() {
            self.before[at + 1] = self.before[at];
            add(&mut self.before[at + 1], token.share);
        }
        for (at, token) in tokens.iter().enumerate().rev() {
            self.behind[at] = self.behind[at + 1];
            add(&mut self.behind[at], token.share);
        }
    }

    /// What stands around the tokens from `start` to `end`. What stands behind something to be passed over tells nothing.
    #[inline]
    pub fn beside(&self, tokens: &[Token], start: usize, end: usize) -> Beside<'_> {
        let share = |at: usize| tokens.get(at).map_or(NOTHING, |token| token.share);
        let second = |first: Share, at: usize| if first == PASSED { PASSED } else { share(at) };
        let (behind, before) = (share(end), share(start.wrapping_sub(1)));
        let places = [behind, before, second(behind, end + 1), second(before, start.wrapping_sub(2))];
        Beside { places, far: [&self.behind[end], &self.before[start]] }
    }
}

/// A way along an automaton: from its first parts to the last, or back.
#[derive(Clone, Copy)]
enum Way {
    On,
    Back,
}

/// The shares that members of a set begin with on a way, and those that stand second in members of several words.
#[derive(Clone, Copy, Default)]
struct Begins {
    first: Shares,
    second: Shares,
}

/// Tells what positions of automata bear beside them.
pub struct Bearing {
    /// By set, on the way on and on the way back.
    sets: Vec<[Begins; 2]>,
    /// How often the members of each set stand in a million words.
    frequencies: Vec<u64>,
    /// What may be passed over.
    fillers: [Begins; 2],
}

impl Bearing {
    /// `shares` are those of all words.
    pub fn new(sets: &[WordSet], shares: &[Share], fillers: Option<SetId>) -> Bearing {
        let frequencies = sets.iter().map(|set| set.frequency).collect();
        let sets: Vec<[Begins; 2]> = sets
            .iter()
            .map(|set| [Begins::of(set, shares, Way::On), Begins::of(set, shares, Way::Back)])
            .collect();
        let mut passed = fillers.map_or_else(Default::default, |set| sets[set as usize]);
        passed.iter_mut().for_each(|begins| add(&mut begins.first, PASSED));
        Bearing { sets, frequencies, fillers: passed }
    }

    /// What may stand around a word that a position takes.
    pub fn around(&self, nfa: &Nfa, position: usize) -> Around<Shares> {
        let [behind, second_behind, far_behind] = self.side(nfa, position, Way::On);
        let [before, second_before, far_before] = self.side(nfa, position, Way::Back);
        [behind, before, second_behind, second_before, far_behind, far_before]
    }

    fn side(&self, nfa: &Nfa, position: usize, way: Way) -> [Shares; 3] {
        let (steps, goal) = way.of(nfa);
        if goal >> position & 1 == 1 {
            return [ANYTHING; 3];
        }
        let next = steps[position];
        let nearest = self.begins(nfa, next, way);
        let mut second = nearest.map_or(SOMETHING, |begins| begins.second);
        for after in bits(next) {
            let begins = self.begins(nfa, steps[after], way).map_or(SOMETHING, |begins| begins.first);
            join(&mut second, if goal >> after & 1 == 1 { &ANYTHING } else { &begins });
        }
        [nearest.map_or(SOMETHING, |begins| begins.first), second, self.far(nfa, position, way)]
    }

    /// Of what every match that goes on from a position holds farther on, the rarest.
    fn far(&self, nfa: &Nfa, position: usize, way: Way) -> Shares {
        let (steps, goal) = way.of(nfa);
        let beyond = |mut from: u64, over: u64| {
            let mut all = from;
            while from != 0 {
                from = bits(from & over).fold(0, |next, at| next | steps[at]) & !all;
                all |= from;
            }
            all
        };
        let nearest = beyond(steps[position], nfa.gaps) & !nfa.gaps;
        let all = beyond(steps[position], u64::MAX);
        let holds = |required: &Required, at: usize| matches!(nfa.atoms[at], Atom::Set(set) if required.contains(&set));
        let taken_by =
            |required: &Required| (0..nfa.atoms.len()).filter(|&at| holds(required, at)).fold(0, |mask, at| mask | 1 << at);
        let required = nfa.required.iter().map(taken_by).filter(|positions| positions & !all == 0);
        let cuts = [nearest, goal & all].into_iter().chain(required);
        let known = cuts.filter_map(|cut| Some((self.frequency(nfa, cut)?, self.begins_of(nfa, cut, way)?)));
        known.min_by_key(|(frequency, _)| *frequency).map_or(ANYTHING, |(_, begins)| begins.first)
    }

    /// How often words that some positions take stand in a million, all together; nothing where they may take anything.
    fn frequency(&self, nfa: &Nfa, positions: u64) -> Option<u64> {
        let frequency = |at: usize| match nfa.atoms[at] {
            Atom::Set(set) => Some(self.frequencies[set as usize]),
            Atom::Sign(_) | Atom::Any => None,
        };
        bits(positions).map(frequency).sum()
    }

    /// What may stand where one of some positions begins, or what is passed over before it; nothing where that may be anything.
    fn begins(&self, nfa: &Nfa, positions: u64, way: Way) -> Option<Begins> {
        let mut all = self.begins_of(nfa, positions, way)?;
        all.join(&self.fillers[way as usize]);
        Some(all)
    }

    /// What may stand where one of some positions begins.
    fn begins_of(&self, nfa: &Nfa, positions: u64, way: Way) -> Option<Begins> {
        let mut all = Begins::default();
        for position in bits(positions) {
            let Atom::Set(set) = nfa.atoms[position] else { return None };
            all.join(&self.sets[set as usize][way as usize]);
        }
        Some(all)
    }
}

impl Way {
    /// The steps along an automaton, and where a way ends.
    fn of(self, nfa: &Nfa) -> (&[u64], u64) {
        match self {
            Way::On => (&nfa.follow, nfa.last),
            Way::Back => (&nfa.precede, nfa.first),
        }
    }
}

impl Begins {
    fn join(&mut self, more: &Begins) {
        join(&mut self.first, &more.first);
        join(&mut self.second, &more.second);
    }

    fn of(set: &WordSet, shares: &[Share], way: Way) -> Begins {
        let mut begins = Begins::default();
        let mut first = |word: WordId| add(&mut begins.first, shares[word as usize]);
        set.words.iter().for_each(|&word| first(word));
        for phrase in &set.phrases {
            let at = |place: usize| match way {
                Way::On => phrase[place],
                Way::Back => phrase[phrase.len() - 1 - place],
            };
            first(at(0));
            add(&mut begins.second, shares[at(1) as usize]);
        }
        begins
    }
}

/// The shares that any of some ways of a word bears around it.
#[derive(Clone, Copy, Default)]
pub struct Gate(Around<Shares>);

impl Gate {
    pub fn open(&mut self, around: &Around<Shares>) {
        self.0.iter_mut().zip(around).for_each(|(gate, more)| join(gate, more));
    }

    pub fn sides(&self, kinds: &mut Kinds<4>) -> Around<u16> {
        self.0.map(|shares| kinds.number(shares))
    }
}
