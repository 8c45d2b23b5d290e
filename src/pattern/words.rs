//! The words that a lexicon knows, and the table that finds them in a text.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::pack;

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

    /// The table of all words, with the flags of each by number.
    pub fn table(&self, flags: &[u16]) -> WordTable {
        WordTable::new(self.ids.iter().map(|(word, &id)| (word.as_str(), id)), self.ids.len(), flags)
    }
}

/// A word that was found: its number and its flags.
pub type Found = (WordId, u16);

/// Finds the number of a word of the text, in any letter case.
///
/// A slot holds the key of a word and, in one number, its id (32 bits), flags (16) and length (16). Up to eight letters are their own
/// key. A longer word's key is a hash of 64 bits, so that two of them share one by chance about never, and no letters need be compared.
#[derive(Debug, Serialize, Deserialize)]
pub struct WordTable {
    #[serde(with = "pack")]
    slots: Vec<[u64; 2]>,
}

/// Letters that are their own key.
pub const SHORT: usize = 8;

impl WordTable {
    fn new<'a>(words: impl Iterator<Item = (&'a str, WordId)>, count: usize, flags: &[u16]) -> Self {
        let size = (count * 2).next_power_of_two().max(16);
        let mut table = WordTable { slots: vec![[0; 2]; size] };
        // In order of the letters, so that the same words always give the same table.
        let mut words: Vec<_> = words.collect();
        words.sort_unstable();
        for (word, id) in words {
            let key = key(word.as_bytes());
            let mut at = table.first(key);
            while table.slots[at][1] != 0 {
                at = (at + 1) & (size - 1);
            }
            let flags = flags.get(id as usize).copied().unwrap_or_default();
            table.slots[at] = [key, u64::from(id) | u64::from(flags) << 32 | (word.len() as u64) << 48];
        }
        table
    }

    /// The slot where the search for a key begins.
    #[inline]
    fn first(&self, key: u64) -> usize {
        (key.wrapping_mul(MULTIPLIER) >> 32) as usize & (self.slots.len() - 1)
    }

    /// A word by its key and its length in bytes.
    #[inline]
    pub fn find_key(&self, key: u64, len: usize) -> Found {
        let mut at = self.first(key);
        loop {
            let [known, word] = self.slots[at];
            if known == key && word >> 48 == len as u64 || word == 0 {
                return (word as u32, (word >> 32) as u16);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    pub fn find(&self, word: &[u8]) -> Found {
        self.find_key(key(word), word.len())
    }
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
const LOWER: u64 = 0x2020_2020_2020_2020;

/// The key of a short word whose letters are the first `len` bytes of a chunk. Setting bit 5 of a byte makes ASCII letters lower case
/// and leaves digits and apostrophes as they are.
#[inline]
pub fn short_key(chunk: u64, len: usize) -> u64 {
    (chunk | LOWER) & (u64::MAX >> (64 - 8 * len as u32))
}

/// The key of a word: its letters in lower case, or a hash of them where there are more than eight.
fn key(word: &[u8]) -> u64 {
    let chunk = |bytes: &[u8]| match <[u8; 8]>::try_from(bytes) {
        Ok(eight) => short_key(u64::from_le_bytes(eight), 8),
        Err(_) => bytes.iter().rev().fold(0, |chunk, &b| chunk << 8 | u64::from(b | 0x20)),
    };
    if word.len() <= SHORT {
        return chunk(word);
    }
    word.chunks(SHORT).fold(word.len() as u64, |key, bytes| next_key(key, chunk(bytes)))
}

/// Adds a chunk of letters to the key of a long word.
#[inline]
fn next_key(key: u64, chunk: u64) -> u64 {
    let key = (key ^ chunk).wrapping_mul(MULTIPLIER);
    key ^ key >> 29
}

/// The key of a word of nine to sixteen letters, given as two chunks.
#[inline]
pub fn long_key(first: u64, second: u64, len: usize) -> u64 {
    next_key(next_key(len as u64, short_key(first, 8)), short_key(second, len - 8))
}
