//! Findings as rows of a table, for analysts. The words of a record are left out unless they are asked for, and so is any hash that could be
//! made from words that somebody guesses.

use caselint::{Finding, Linter};
use serde::{Deserialize, Serialize};

use super::{Checked, Key, name_of};
use caselint::tell::place_in_words;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    Text(Option<String>),
    Number(Option<u64>),
}

pub type Row = Vec<Cell>;

/// The columns in their order. The last is there only where words are asked for.
const COLUMNS: [(&str, Kind); 22] = [
    ("record_id", Kind::Text),
    ("path", Kind::Text),
    ("record_row", Kind::Number),
    ("place", Kind::Text),
    ("field", Kind::Text),
    ("start", Kind::Number),
    ("end", Kind::Number),
    ("line", Kind::Number),
    ("column", Kind::Number),
    ("kind", Kind::Text),
    ("rule", Kind::Text),
    ("family", Kind::Text),
    ("ask", Kind::Text),
    ("gravity", Kind::Number),
    ("voice", Kind::Text),
    ("form", Kind::Text),
    ("verdict", Kind::Text),
    ("row", Kind::Number),
    ("reason", Kind::Text),
    ("caselint", Kind::Text),
    ("lexicon", Kind::Text),
    ("fingerprint", Kind::Text),
];
const WORDS: (&str, Kind) = ("text", Kind::Text);

/// Makes rows.
pub struct Rows {
    lexicon: String,
    key: Option<Key>,
    with_text: bool,
}

impl Rows {
    /// Rows with fingerprints made with `key`, or without any.
    pub fn new(linter: &Linter, key: Option<Key>, with_text: bool) -> Self {
        Rows { lexicon: linter.edition().to_owned(), key, with_text }
    }

    pub fn columns(&self) -> Vec<(&'static str, Kind)> {
        COLUMNS.into_iter().chain(self.with_text.then_some(WORDS)).collect()
    }

    /// A row for each finding, and for each mention that was left where those are shown.
    pub fn of(&self, checked: &Checked<'_>) -> Vec<Row> {
        let all = checked.outcome.findings.iter().chain(&checked.outcome.left);
        all.map(|finding| self.row(checked, finding)).collect()
    }

    fn row(&self, checked: &Checked<'_>, finding: &Finding) -> Row {
        let text = |text: &str| Cell::Text(Some(text.to_owned()));
        let number = |number: usize| Cell::Number(Some(number as u64));
        let place = place_in_words(&finding.location);
        let mut row = vec![
            Cell::Text(checked.record.id.clone()),
            text(checked.path),
            Cell::Number(finding.location.row.map(|row| row as u64)),
            Cell::Text(Some(place).filter(|place| !place.is_empty())),
            Cell::Text(finding.field.clone()),
            number(finding.start),
            number(finding.end),
            number(finding.line),
            number(finding.column),
            Cell::Text(Some(name_of(finding.kind))),
            text(&finding.rule),
            text(&finding.family),
            Cell::Text(Some(name_of(finding.ask))),
            number(finding.gravity.into()),
            Cell::Text(Some(name_of(finding.voice.who))),
            Cell::Text(Some(name_of(finding.voice.form))),
            Cell::Text(Some(name_of(finding.verdict))),
            Cell::Number(finding.row.map(u64::from)),
            Cell::Text(Some(name_of(finding.reason))),
            text(caselint::VERSION),
            text(&self.lexicon),
            Cell::Text(self.key.as_ref().map(|key| key.sign(&finding.fingerprint))),
        ];
        row.extend(self.with_text.then(|| text(&finding.text)));
        row
    }
}
