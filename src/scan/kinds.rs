//! What many things have alike, kept once.

use rustc_hash::FxHashMap;

/// Masks by a number that is small, since there are few that differ.
pub struct Kinds<const LEN: usize> {
    pub all: Vec<[u64; LEN]>,
    numbers: FxHashMap<[u64; LEN], u16>,
}

impl<const LEN: usize> Kinds<LEN> {
    /// The mask of every bit. It is number 0, and stands in for what no number is left for, since a mask only turns away what it lacks.
    const EVERYTHING: [u64; LEN] = [u64::MAX; LEN];

    pub fn new() -> Self {
        Kinds { all: vec![Self::EVERYTHING], numbers: FxHashMap::from_iter([(Self::EVERYTHING, 0)]) }
    }

    pub fn number(&mut self, mask: [u64; LEN]) -> u16 {
        let next = self.all.len();
        match (self.numbers.get(&mask), u16::try_from(next)) {
            (Some(&known), _) => known,
            (None, Ok(number)) => {
                self.all.push(mask);
                self.numbers.insert(mask, number);
                number
            }
            (None, Err(_)) => 0,
        }
    }
}
