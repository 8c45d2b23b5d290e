//! Passages that an entry has word for word from an earlier one.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::read::{Draft, words_of};

/// A passage is at least so many words long: two lines or so. Shorter ones are figures of speech, names of forms and the like.
const PASSAGE: usize = 20;

/// A passage that stands in two entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Copied {
    /// The step that has it first.
    pub from: usize,
    pub step: usize,
    /// How many words it is long.
    pub words: usize,
    /// Its words, in lower case and without signs.
    pub passage: String,
}

impl Copied {
    /// Whether words stand in the passage, whatever their letter case and signs.
    pub fn holds(&self, words: &str) -> bool {
        self.passage.contains(&words_of(words).join(" "))
    }
}

/// All passages, in order of the steps that have them again.
pub(super) fn copied(steps: &[Draft]) -> Vec<Copied> {
    // Where each stretch of so many words stands first.
    let mut first: FxHashMap<&[String], (usize, usize)> = FxHashMap::default();
    let mut copied = Vec::new();
    for (number, draft) in steps.iter().enumerate() {
        let mut at = 0;
        while at + PASSAGE <= draft.words.len() {
            let stretch = &draft.words[at..at + PASSAGE];
            match first.get(stretch) {
                Some(&(from, start)) if from < number => {
                    let length = common(&steps[from].words[start..], &draft.words[at..]);
                    let passage = draft.words[at..at + length].join(" ");
                    copied.push(Copied { from, step: number, words: length, passage });
                    at += length;
                }
                Some(_) => at += 1,
                None => {
                    first.insert(stretch, (number, at));
                    at += 1;
                }
            }
        }
    }
    copied
}

/// How many words two texts begin with in common.
fn common(one: &[String], other: &[String]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}
