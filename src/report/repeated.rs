//! Analysis that stands word for word in many records: where a sentence is copied, nobody thought about this child.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};

use super::terminal::WIDTH;
use super::{Counted, count, lines, safe_line};

/// In so many records a sentence is repeated wording.
const MANY: usize = 5;
/// So many sentences are told of.
const SHOWN: usize = 10;
/// So many different sentences are followed; a later one is not, so that memory is bounded.
const MOST: usize = 1_000_000;

/// Counts sentences of analysis by the records that hold them. Only the texts of those that are repeated are kept, and only for as long as
/// the run lasts.
#[derive(Debug, Default)]
pub struct Repeated {
    /// By a hash, so that a text is not kept for each.
    seen: HashMap<u64, usize>,
    texts: HashMap<u64, String>,
}

impl Repeated {
    /// Counts the sentences of a record.
    pub fn add(&mut self, counted: &Counted) {
        for sentence in &counted.analysis {
            let hash = hash(sentence);
            if self.seen.len() >= MOST && !self.seen.contains_key(&hash) {
                continue;
            }
            let records = self.seen.entry(hash).or_default();
            *records += 1;
            if *records == MANY {
                self.texts.insert(hash, sentence.clone());
            }
        }
    }

    /// How many sentences are repeated.
    pub fn sentences(&self) -> usize {
        self.texts.len()
    }

    /// Lists them for a person, the most frequent first.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut all: Vec<(usize, &String)> = self.texts.iter().map(|(hash, text)| (self.seen[hash], text)).collect();
        all.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(other.1)));
        for (records, text) in all.iter().take(SHOWN) {
            let line = format!("repeated wording, in {}: “{}”", count(*records, "record"), safe_line(text));
            writeln!(out, "{}", lines(&line, WIDTH).join("\n"))?;
        }
        if all.len() > SHOWN {
            writeln!(out, "repeated wording: {} more", count(all.len() - SHOWN, "sentence"))?;
        }
        Ok(())
    }
}

/// Sentences are the same where their words are, in whatever letter case.
fn hash(sentence: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for word in sentence.split_whitespace() {
        word.to_lowercase().hash(&mut hasher);
    }
    hasher.finish()
}
