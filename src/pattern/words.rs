//! The words that a lexicon knows, and the table that finds them in a text.

use serde::{Deserialize, Serialize};
use rustc_hash::FxHashMap;

/// The number of a word; forms that count as one word (misspellings, spelling variants) share it.
pub type WordId = u32;

/// A word that the lexicon does not hold.
pub const UNKNOWN: WordId = 0;
/// Any number in digits that is no word of its own.
pub const NUMBER: WordId = 1;

/// Gives words their numbers while a lexicon is compiled.
#[derive(Debug, Default)]
pub struct Interner {
    ids: FxHashMap<String, WordId>,
    count: u32,
}

impl Interner {
    pub fn new() -> Self {
        Interner { ids: FxHashMap::default(), count: NUMBER + 1 }
    }

    /// A new word, by all the forms in lower case that count as it. A form that is a word already stays what it is.
    pub fn add(&mut self, forms: Vec<String>) -> WordId {
        let id = self.count;
        self.count += 1;
        for form in forms {
            self.ids.entry(form).or_insert(id);
        }
        id
    }

    pub fn get(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    /// One more than the highest number.
    pub fn count(&self) -> usize {
        self.count as usize
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, WordId)> {
        self.ids.iter().map(|(word, &id)| (word.as_str(), id))
    }

    pub fn table(&self) -> WordTable {
        WordTable::new(self.ids.iter().map(|(word, &id)| (word.as_str(), id)), self.ids.len())
    }
}

/// Finds the number of a word of the text. A bit map in the processor's nearest cache turns most unknown words away.
#[derive(Debug, Serialize, Deserialize)]
pub struct WordTable {
    slots: Vec<Slot>,
    seen: Vec<u64>,
    letters: String,
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Slot {
    tag: u32,
    id: WordId,
    start: u32,
    len: u32,
}

const SEEN_BITS: u32 = 17;

impl WordTable {
    fn new<'a>(words: impl Iterator<Item = (&'a str, WordId)>, count: usize) -> Self {
        let size = (count * 2).next_power_of_two().max(16);
        let mut table =
            WordTable { slots: vec![Slot::default(); size], seen: vec![0; 1 << (SEEN_BITS - 6)], letters: String::new() };
        for (word, id) in words {
            let hash = hash(word.as_bytes(), 0, word.len());
            let start = table.letters.len() as u32;
            table.letters.push_str(word);
            let bit = (hash >> (64 - SEEN_BITS)) as usize;
            table.seen[bit / 64] |= 1 << (bit % 64);
            let mut at = hash as usize & (size - 1);
            while table.slots[at].id != UNKNOWN {
                at = (at + 1) & (size - 1);
            }
            table.slots[at] = Slot { tag: (hash >> 32) as u32, id, start, len: word.len() as u32 };
        }
        table
    }

    /// The number of the word at `start..end` of `text`, in any letter case.
    #[inline]
    pub fn find(&self, text: &[u8], start: usize, end: usize) -> WordId {
        let hash = hash(text, start, end);
        let bit = (hash >> (64 - SEEN_BITS)) as usize;
        if self.seen[bit / 64] >> (bit % 64) & 1 == 0 {
            return UNKNOWN;
        }
        self.probe(hash, &text[start..end])
    }

    fn probe(&self, hash: u64, word: &[u8]) -> WordId {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.id == UNKNOWN {
                return UNKNOWN;
            }
            let letters = || &self.letters.as_bytes()[slot.start as usize..(slot.start + slot.len) as usize];
            if slot.tag == (hash >> 32) as u32 && letters().eq_ignore_ascii_case(word) {
                return slot.id;
            }
            at = (at + 1) & mask;
        }
    }
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// Hashes a word eight letters at a time. Setting bit 5 of every byte makes ASCII letters lower case and leaves digits and
/// apostrophes as they are.
#[inline]
fn hash(text: &[u8], start: usize, end: usize) -> u64 {
    let mut hash = (end - start) as u64;
    let mut at = start;
    while at < end {
        let left = (end - at).min(8);
        let mut chunk = match text.get(at..at + 8) {
            // The slice has eight bytes, so it is an array of eight.
            Some(bytes) => u64::from_le_bytes(bytes.try_into().unwrap_or_default()),
            None => text[at..end].iter().rev().fold(0, |chunk, &b| chunk << 8 | u64::from(b)),
        };
        if left < 8 {
            chunk &= (1 << (8 * left)) - 1;
            chunk |= 0x2020_2020_2020_2020 & ((1 << (8 * left)) - 1);
        } else {
            chunk |= 0x2020_2020_2020_2020;
        }
        hash = (hash ^ chunk).wrapping_mul(MULTIPLIER);
        hash ^= hash >> 29;
        at += 8;
    }
    hash.wrapping_mul(MULTIPLIER)
}
