//! A labelled record, as a line of a file holds it.

use serde::Deserialize;

use crate::finding::Verdict;
use crate::record::Record;

/// A record with what a reader said of its phrases. The labels stand beside the keys of the record.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct Labelled {
    #[serde(flatten)]
    pub record: Record,
    pub labels: Vec<Label>,
    /// What the reader missed in the record, by rule: `gap/plan-without-review`. Without the key nobody looked, and gaps are not scored.
    #[serde(default)]
    pub gaps: Option<Vec<String>>,
    /// Ties the members of a minimal pair together.
    #[serde(default)]
    pub pair: Option<String>,
}

/// What a reader said of one phrase.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct Label {
    /// UTF-8 bytes of the record's text.
    pub start: usize,
    pub end: usize,
    /// The phrase again, which guards against offsets that have slipped.
    #[serde(default)]
    pub text: Option<String>,
    pub family: String,
    pub verdict: Verdict,
    /// The row of the decision table, for a label to leave.
    #[serde(default)]
    pub row: Option<u8>,
}

impl Labelled {
    /// Reads a line of JSON.
    ///
    /// # Errors
    /// What is wrong with the line, in one line, without its text.
    pub fn read(line: &str) -> Result<Labelled, String> {
        // The messages of serde may repeat a value, and a record's text is nothing for an error.
        let labelled: Labelled = serde_json::from_str(line).map_err(|error| {
            let what = match error.classify() {
                serde_json::error::Category::Data => {
                    "a key has a value of another kind, or `labels` is missing or lacks start, end, family or verdict"
                }
                _ => "this is no JSON",
            };
            format!("column {}: {what}", error.column())
        })?;
        if !labelled.record.fields.is_empty() {
            return Err("a labelled record has one `text` and no `fields`: offsets count in the text".into());
        }
        if let Some(strange) = labelled.gaps.iter().flatten().find(|gap| !gap.starts_with("gap/")) {
            return Err(format!(
                "gaps: `{strange}` is the name of no gap; one is written `gap/…`, as `caselint rules --family gap` lists it"
            ));
        }
        labelled
            .labels
            .iter()
            .enumerate()
            .try_for_each(|(number, label)| labelled.check(number + 1, label))?;
        Ok(labelled)
    }

    fn check(&self, number: usize, label: &Label) -> Result<(), String> {
        let Label { start, end, .. } = label;
        let Some(text) = self.record.text.get(*start..*end).filter(|text| !text.is_empty()) else {
            return Err(format!("label {number}: {start} to {end} is no stretch of the text; offsets count UTF-8 bytes"));
        };
        if label.text.as_ref().is_some_and(|said| said != text) {
            return Err(format!("label {number}: its `text` is not what stands at {start} to {end}; offsets count UTF-8 bytes"));
        }
        let is_leave = label.verdict == Verdict::Leave;
        if label.row.is_some_and(|row| !(1..=7).contains(&row)) || is_leave && label.row.is_none() {
            return Err(format!("label {number}: a label to leave carries the `row` that leaves it, 1 to 7"));
        }
        Ok(())
    }
}
