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
