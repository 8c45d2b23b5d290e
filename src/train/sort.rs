//! Sorting: which row of the decision table a learner chose for each phrase.

use serde::{Deserialize, Serialize};

use super::exercise::{Answer, Exercise, Key};

/// The first row that flags.
const FIRST_FLAG: u8 = 8;

/// A phrase of the key with what was chosen for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sorted {
    pub choice: Choice,
    pub answer: Answer,
    /// The row that was chosen.
    pub row: Option<u8>,
    pub key: Key,
}

/// How a choice compares with the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// The row.
    Right,
    /// Rightly flagged or left, for another reason.
    OtherReason,
    /// Flagged, and to be left; or left, and to be flagged.
    Wrong,
    /// Nothing was chosen.
    Open,
}

/// Judges the rows that were chosen, in the order of [`Exercise::keys`]. What is lacking at the end counts as open.
pub fn judge(exercise: &Exercise, rows: &[Option<u8>]) -> Vec<Sorted> {
    let keys = exercise.keys().into_iter().enumerate();
    keys.map(|(number, (answer, key))| {
        let row = rows.get(number).copied().flatten();
        Sorted { choice: choice(answer, key, row), answer, row, key: key.clone() }
    })
    .collect()
}

fn choice(answer: Answer, key: &Key, row: Option<u8>) -> Choice {
    match row {
        None => Choice::Open,
        Some(row) if key.is_row(row) => Choice::Right,
        Some(row) if (row >= FIRST_FLAG) == (answer == Answer::Flag) => Choice::OtherReason,
        Some(_) => Choice::Wrong,
    }
}
