//! The words that a lexicon knows, and the table that finds them in a text.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::pack::List;

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

    /// The table of all words. `frequency` and `found` tell what is known of a word by its number.
    pub fn table(&self, frequency: impl Fn(WordId) -> u32, found: impl Fn(WordId) -> Found) -> WordTable {
        // Common words first, so that they are found at once; then by their letters, so that the same words always give the same table.
        let mut words: Vec<_> = self.iter().collect();
        words.sort_unstable_by_key(|&(word, id)| (std::cmp::Reverse(frequency(id)), word));
        WordTable::new(&words, found)
    }
}

/// What is known of a word of the text, in one number: its id (32 bits), its flags (16), and its share of all words (8).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found(u64);

impl Found {
    pub const fn new(id: WordId, flags: u16, share: u8) -> Self {
        Found(id as u64 | (flags as u64) << 32 | (share as u64) << 48)
    }

    #[inline]
    pub fn id(self) -> WordId {
        self.0 as WordId
    }

    #[inline]
    pub fn flags(self) -> u16 {
        (self.0 >> 32) as u16
    }

    /// See [`crate::scan::beside`].
    #[inline]
    pub fn share(self) -> u8 {
        (self.0 >> 48) as u8
    }
}

/// Finds a word of the text, in any letter case.
///
/// A slot holds the key of a word and what is known of it, or nothing. Up to eight letters are their own key. A longer word's key is a
/// hash of 64 bits, so that two words share one by chance about never, and no letters need be compared.
#[derive(Debug, Serialize, Deserialize)]
pub struct WordTable {
    pub slots: List<[u64; 2]>,
}

/// Letters that are their own key.
pub const SHORT: usize = 8;

impl WordTable {
    fn new(words: &[(&str, WordId)], found: impl Fn(WordId) -> Found) -> Self {
        let size = (words.len() * 2).next_power_of_two().max(16);
        let mut slots = vec![[0; 2]; size];
        for (word, id) in words {
            let key = key(word.as_bytes());
            let mut at = first(key, size);
            while slots[at][1] != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = [key, found(*id).0];
        }
        WordTable { slots: slots.into() }
    }

    /// A word by its key.
    #[inline]
    pub fn find_key(&self, key: u64) -> Found {
        let slots = &*self.slots;
        let mut at = first(key, slots.len());
        loop {
            let [known, word] = slots[at];
            if known == key || word == 0 {
                return Found(word);
            }
            at = (at + 1) & (slots.len() - 1);
        }
    }

    pub fn find(&self, word: &[u8]) -> Found {
        self.find_key(key(word))
    }
}

/// The slot, out of `size`, where the search for a key begins.
#[inline]
fn first(key: u64, size: usize) -> usize {
    // High bits depend on all letters.
    (key.wrapping_mul(MULTIPLIER) >> 44) as usize & (size - 1)
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
const LOWER: u64 = 0x2020_2020_2020_2020;

/// The key of a word. Setting bit 5 of a byte makes ASCII letters lower case and leaves digits and apostrophes as they are.
fn key(word: &[u8]) -> u64 {
    let lower = |bytes: &[u8]| bytes.iter().rev().fold(0, |chunk, &b| chunk << 8 | u64::from(b | 0x20));
    let mut chunks = word.chunks(SHORT).map(lower);
    let first = chunks.next().unwrap_or_default();
    chunks.zip(0..).fold(first, |key, (chunk, number)| key ^ spread(chunk).rotate_left(number))
}

/// What the letters behind the first eight add to a key: nothing, if there are none.
#[inline]
fn spread(chunk: u64) -> u64 {
    chunk.wrapping_mul(MULTIPLIER)
}

/// The key of a word of up to seven letters, the first bytes of a chunk. `others` has the high bit of each byte that is no letter.
#[inline]
pub fn short_key(chunk: u64, others: u64) -> u64 {
    let behind = others & others.wrapping_neg();
    (chunk | LOWER) & ((behind >> 7) - 1)
}

/// The key of a word of eight to fifteen letters, as two chunks; `others` is of the second.
#[inline]
pub fn long_key(first: u64, second: u64, others: u64) -> u64 {
    (first | LOWER) ^ spread(short_key(second, others))
}
