//! What the linter reports.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use crate::lexicon::schema::Who;

/// A flagged phrase, or a mention that was seen and left alone.
///
/// All offsets are UTF-8 bytes of the record's text, or of the field's where `field` is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    pub kind: Kind,
    /// `family/id` of the concern.
    pub rule: String,
    pub family: String,
    pub ask: Ask,
    /// From 1; higher is graver. It orders findings and never changes the ask.
    pub gravity: u8,
    /// The box of the form that it stands in: its id, or its number counted from 0 where it has none.
    pub field: Option<String>,
    pub start: usize,
    pub end: usize,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    pub location: Location,
    /// The phrase as it stands in the record.
    pub text: String,
    pub voice: Voice,
    pub verdict: Verdict,
    /// The row of the decision table; `None` for a gap, and for what is printed in a form.
    pub row: Option<u8>,
    pub reason: Reason,
    pub message: String,
    pub reframe: Arc<[String]>,
    pub questions: Arc<[String]>,
    pub sources: Arc<[String]>,
    pub evidence: Vec<Evidence>,
    /// Other rules that matched the same words.
    pub also: Vec<String>,
    /// The first 128 bits of SHA-256 over (1, rule, folded sentence, ordinal among equal ones), in hexadecimal.
    pub fingerprint: String,
    /// The sentence it stands in, and that with its neighbours, for excerpts. Not part of the output.
    #[serde(skip)]
    pub sentence: Range<usize>,
    #[serde(skip)]
    pub excerpt: Range<usize>,
    /// The sentence of the analysis that cleared it; empty where none did. Not part of the output.
    #[serde(skip)]
    pub analysis: Range<usize>,
}

impl Finding {
    /// Whether the phrase shares a byte with a range of the text that its own offsets count in.
    pub fn overlaps(&self, range: &Range<usize>) -> bool {
        self.start < range.end && range.start < self.end
    }
}

/// A range within a text, on boundaries of characters whatever it was.
pub(crate) fn within(text: &str, range: &Range<usize>) -> Range<usize> {
    let at = |offset: usize| text.floor_char_boundary(offset.min(text.len()));
    at(range.start)..at(range.end).max(at(range.start))
}

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    Phrase,
    Gap,
}

/// What a finding asks for, from the mildest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Ask {
    Consider,
    Analyse,
    Reword,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    Flag,
    Leave,
}

/// The stable name of a row of the decision table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    OtherSense,
    AboutWords,
    General,
    Negated,
    NotProtected,
    Contextualised,
    OwnBlame,
    Unanalysed,
    OwnView,
    Missing,
    /// It stands in what is printed in a form.
    Printed,
}

/// Whose words a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Voice {
    pub who: Who,
    pub form: Form,
    /// Where the words that tell it stand: the speaker and verb, or the quotation. Empty for the author's own.
    pub start: usize,
    pub end: usize,
}

/// How words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Form {
    Own,
    Direct,
    Indirect,
}

/// A cue or a fact that took part in a verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Evidence {
    /// Such as `negation`, `other-sense`, `reporting`, `quotation`, `age`.
    pub kind: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// Where a finding stands in its file, beyond line and column, as a person would look for it. All numbers count from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Location {
    /// The file within the file: an attachment of a mail, or a member of an archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The mail of a mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<usize>,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// What it stands in beside the running text: `header`, `footer`, `footnote`, `endnote` or `text box`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The paragraph, outside tables. Those without text are not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<usize>,
    /// The table of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<usize>,
    /// The row of a sheet or of the table; in JSON Lines, the line of the file that holds the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// The cell of the row of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<usize>,
    /// The name of the column of a sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The way through a JSON document, such as `notes[3].body`; here alone numbers count from 0, as programs do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// What one record gave, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outcome {
    pub findings: Vec<Finding>,
    /// Mentions that were seen and left alone.
    pub left: Vec<Finding>,
}
