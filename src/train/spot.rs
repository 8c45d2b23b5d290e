//! Spotting: phrases that a learner marked, beside the key.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::exercise::{Answer, Exercise, Key};

/// What came of a learner's marks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Spotted {
    /// Everything in the key, in the order of the text.
    pub items: Vec<Seen>,
    /// Marks on what the key does not speak of.
    pub elsewhere: Vec<Range<usize>>,
    /// Marks that take in several phrases of the key. They count for none.
    pub wide: Vec<Range<usize>>,
}

/// A phrase of the key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Seen {
    pub outcome: Outcome,
    pub key: Key,
}

/// What the learner made of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Marked, and to be marked.
    Seen,
    /// To be marked, and not marked.
    Missed,
    /// Left, and to be left.
    Left,
    /// Marked, and to be left.
    Overmarked,
}

/// Judges marks, which are ranges in bytes of the note's text.
pub fn judge(exercise: &Exercise, marks: &[Range<usize>]) -> Spotted {
    let keys = exercise.keys();
    let touched = |mark: &Range<usize>| keys.iter().filter(|(_, key)| key.touches(mark)).count();
    let of = |wanted: fn(usize) -> bool| marks.iter().filter(move |mark| wanted(touched(mark))).cloned().collect::<Vec<_>>();
    let exact = of(|touched| touched == 1);
    let outcome = |answer, key: &Key| match (answer, exact.iter().any(|mark| key.touches(mark))) {
        (Answer::Flag, true) => Outcome::Seen,
        (Answer::Flag, false) => Outcome::Missed,
        (Answer::Leave, true) => Outcome::Overmarked,
        (Answer::Leave, false) => Outcome::Left,
    };
    let items = keys
        .iter()
        .map(|(answer, key)| Seen { outcome: outcome(*answer, key), key: (*key).clone() })
        .collect();
    Spotted { items, elsewhere: of(|touched| touched == 0), wide: of(|touched| touched > 1) }
}
