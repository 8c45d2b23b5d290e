//! A trial on one's own records: mentions are drawn by chance, readers judge them without knowing what caselint made of them, and their
//! answers say how often its flags were right.
//!
//! ```
//! use caselint::trial::{Answer, Answers, draw, read};
//! use caselint::{Linter, Record};
//!
//! let linter = Linter::builder().build()?;
//! let record = Record::from_text("She puts herself at risk. Mum consented to the referral.");
//! let outcome = linter.check(&record);
//! let (items, key) = draw(&[(&record, &outcome)], 10, 1, linter.edition());
//! assert_eq!(items.len(), 2);
//!
//! let mut answers = Answers::to(&key.sheet);
//! answers.answers.extend(items.iter().map(|item| (item.number, Answer::Agree)));
//! let reading = read(&key, &[answers])?;
//! assert_eq!((reading.flagged.all.judged, reading.flagged.all.agreed), (1, 1));
//! assert_eq!((reading.left.judged, reading.left.agreed), (1, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A sheet shows neither verdicts nor rules. They stand in a [`Key`] of its own, which holds no text of a record.

mod answers;
mod draw;
mod reading;

use serde::{Deserialize, Serialize};

pub use answers::{Answer, Answers, AnswersError};
pub use draw::{Item, draw};
pub use reading::{Agreement, Figure, Flagged, Reading, TrialError, read};

use crate::finding::{Reason, Verdict};

/// Rises when a key of the file changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

/// What caselint made of the mentions of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Key {
    pub schema_version: u32,
    /// The name of the sheet, which answers bear too.
    pub sheet: String,
    pub version: String,
    /// The edition of the lexicon.
    pub lexicon: String,
    pub seed: u64,
    /// How many mentions there were to draw from: those that were flagged, and those that were left alone.
    pub flagged: usize,
    pub left: usize,
    pub items: Vec<KeyItem>,
}

/// What caselint made of one mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyItem {
    /// Its number on the sheet, counted from 1.
    pub number: usize,
    pub rule: String,
    pub family: String,
    pub verdict: Verdict,
    pub reason: Reason,
    pub fingerprint: String,
}
