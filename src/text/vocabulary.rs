//! The words that dividing a text needs.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// Words from the lexicons, all in lower case and without a final full stop.
#[derive(Default, Clone, Debug, Serialize, Deserialize)]
pub struct Vocabulary {
    /// What is written with a full stop that ends no sentence: `mr`, `approx`, `e.g`.
    pub abbreviations: FxHashSet<String>,
    /// Months, whole and shortened.
    pub months: FxHashSet<String>,
    /// Days of the week, whole and shortened, and what is counted like them: `week`, `day`.
    pub weekdays: FxHashSet<String>,
    /// What stands before the date of a record at its head: `date`, `date of visit`.
    pub date_labels: FxHashSet<String>,
    /// What stands before a number or a letter in the heading of somebody's block: `bed`, `child`.
    pub person_labels: FxHashSet<String>,
    /// What may stand beside a number that is an age: `aged`, `yrs`.
    pub age_words: FxHashSet<String>,
    /// What is counted by the number before it, which is then no age: `weeks`.
    pub amounts: FxHashSet<String>,
}

impl Vocabulary {
    /// Whether a word, in any letter case, may stand beside an age.
    pub fn is_age_word(&self, word: &str) -> bool {
        holds(&self.age_words, word.as_bytes())
    }

    /// Whether a text begins with a word that is counted by the number before it.
    pub fn begins_with_amount(&self, text: &str) -> bool {
        let text = text.trim_start();
        let end = text.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(text.len());
        holds(&self.amounts, &text.as_bytes()[..end])
    }
}

/// Words longer than this are in no list.
const LONGEST: usize = 24;

/// Whether a word list holds `word` in any letter case.
pub(super) fn holds(list: &FxHashSet<String>, word: &[u8]) -> bool {
    if word.is_empty() || word.len() > LONGEST {
        return false;
    }
    let mut lower = [0; LONGEST];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|word| list.contains(word))
}
