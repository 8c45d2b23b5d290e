//! Cuts a record into its dated parts.

use std::ops::Range;

use super::Document;
use super::when::When;
use crate::lexicon::Lexicon;
use crate::record::Date;
use crate::text::{self, Entry, EntryKind};

/// A cell of a table that names an agency has at most so many bytes.
const LONGEST_CELL: usize = 40;

/// A dated part of a record, or what stands before the first.
pub(super) struct Part {
    /// Of the folded text.
    pub range: Range<usize>,
    pub when: Option<When>,
    pub agency: Option<String>,
    /// Nothing but headings stands in it.
    pub is_title: bool,
}

/// The parts of a record that stand under a date of their own; the whole record where there are none. Blocks headed by persons belong
/// to the part that they stand in.
pub(super) fn parts(document: &Document, folded: &str, lexicon: &Lexicon) -> Vec<Part> {
    let vocabulary = &lexicon.structure;
    let entries = text::entries(folded, vocabulary);
    let is_divided = entries.iter().any(|entry| entry.kind == EntryKind::Dated);
    let head = || text::head_date(folded, vocabulary).and_then(|range| When::read(&folded[range], None, vocabulary));
    let own = document.record.date.map(When::day);
    let own = if is_divided { own } else { own.or_else(head) };
    let mut near: Option<Date> = own.map(|when| when.date);
    let mut parts: Vec<Part> = Vec::new();
    for entry in entries {
        match (&entry.heading, entry.kind, parts.last_mut()) {
            (Some(heading), EntryKind::Dated, _) => {
                let words = &folded[heading.clone()];
                // A day of the week alone is of the record's date.
                let is_day = |byte: u8| byte.is_ascii_digit();
                let when = When::read(words, near, vocabulary).or(own.filter(|_| !words.bytes().any(is_day)));
                near = when.map(|when| when.date).or(near);
                let agency = cell(&folded[heading.end..entry.range.end]);
                parts.push(Part { range: entry.range, when, agency, is_title: false });
            }
            (_, _, Some(last)) => {
                last.range.end = entry.range.end;
                last.is_title = last.is_title && is_title(folded, &entry);
            }
            (_, _, None) => {
                let is_title = is_divided && is_title(folded, &entry);
                parts.push(Part { range: entry.range, when: own, agency: None, is_title });
            }
        }
    }
    parts
}

/// Whether nothing but headings and the head of a table stand in an entry.
fn is_title(folded: &str, entry: &Entry) -> bool {
    let says_nothing = |line: &str| line.is_empty() || text::is_heading(line) || line.starts_with('|');
    folded[entry.range.clone()].lines().all(|line| says_nothing(line.trim()))
}

/// The cell of a table that follows the date, where it may name an agency: few words without figures, and a cell behind it.
fn cell(behind: &str) -> Option<String> {
    let row = behind.lines().next()?.trim_start().strip_prefix('|')?;
    let (cell, rest) = row.split_once('|')?;
    let cell = cell.trim();
    let is_name =
        cell.len() <= LONGEST_CELL && cell.starts_with(char::is_alphabetic) && !cell.contains(|c: char| c.is_ascii_digit());
    let has_more = rest.chars().any(char::is_alphabetic);
    (is_name && has_more).then(|| cell.to_owned())
}
