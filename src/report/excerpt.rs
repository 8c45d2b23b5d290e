//! The part of a text that is shown with a finding.

use std::ops::Range;

use super::wrap;
use caselint::tell::{safe, width};

/// How many bytes are shown on each side of a phrase, and of a long phrase itself, at most. Notes hold sentences without an end.
const REACH: usize = 240;

/// Columns that are left for the marks of omission.
const MARKS: usize = 2;

/// Rows of text, safe to print and no wider than asked.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub rows: Vec<Row>,
    /// The phrase in `rows` joined by line feeds: a span for each row that it touches.
    pub phrase: Vec<Range<usize>>,
    /// The further stretches that were asked for, each with its number: a span for each row that it touches.
    pub marks: Vec<(usize, Range<usize>)>,
}

/// A row of an excerpt.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the file, where the row begins it or is the first that is shown of it.
    pub line: Option<usize>,
    pub text: String,
}

/// What an excerpt has to fit into.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub columns: usize,
    /// How many of them stay free behind the phrase, for its label.
    pub label: usize,
}

/// Cuts an excerpt. `line` is the number of the line in which the phrase begins; `marks` are further stretches to be told the place of.
pub fn cut(
    text: &str,
    excerpt: &Range<usize>,
    phrase: &Range<usize>,
    marks: &[Range<usize>],
    line: usize,
    room: Room,
) -> Excerpt {
    let phrase_start = floor(text, phrase.start);
    let phrase = phrase_start..floor(text, phrase.end.clamp(phrase_start, phrase_start + REACH));
    let start = floor(text, excerpt.start.min(phrase.start)).max(first_word(text, phrase.start));
    let end = floor(text, excerpt.end.max(phrase.end)).min(last_word(text, phrase.end));
    let first = line.saturating_sub(text[start..phrase.start].matches('\n').count());
    let mut cutter = Cutter { text, phrase, marks, room, cut: Excerpt::default(), length: 0 };
    let mut at = start;
    for (number, piece) in (first..).zip(text[start..end].split_inclusive('\n')) {
        let span = trimmed(text, at..at + piece.len());
        if !span.is_empty() {
            cutter.add_line(&span, number);
        }
        at += piece.len();
    }
    cutter.cut
}

/// An excerpt in the making.
struct Cutter<'a> {
    text: &'a str,
    phrase: Range<usize>,
    marks: &'a [Range<usize>],
    room: Room,
    cut: Excerpt,
    /// Of the rows so far with their line feeds, in bytes.
    length: usize,
}

impl Cutter<'_> {
    /// Adds the rows of one line, or of the part of it that is shown.
    fn add_line(&mut self, span: &Range<usize>, number: usize) {
        let line = &self.text[span.clone()];
        let keep = within(&self.phrase, span).unwrap_or(0..0);
        let rows = self.rows(line, &keep);
        let last = rows.len() - 1;
        for (index, row) in rows.into_iter().enumerate() {
            let before = if index == 0 && !begins_line(self.text, span.start) { "…" } else { "" };
            let after = if index == last && !ends_line(self.text, span.end) { "…" } else { "" };
            let shown = span.start + row.start..span.start + row.end;
            let place = |at: usize| self.length + before.len() + safe(&line[row.start..row.start + at]).len();
            if let Some(part) = within(&self.phrase, &shown) {
                self.cut.phrase.push(place(part.start)..place(part.end));
            }
            let marks = self.marks.iter().enumerate().filter_map(|(number, mark)| Some((number, within(mark, &shown)?)));
            self.cut.marks.extend(marks.map(|(number, part)| (number, place(part.start)..place(part.end))));
            let shown = format!("{before}{}{after}", safe(&line[row]));
            self.length += shown.len() + 1;
            self.cut.rows.push(Row { line: (index == 0).then_some(number), text: shown });
        }
    }

    /// Breaks a line into rows, so that the phrase begins one where its label would not fit beside it.
    fn rows(&self, line: &str, phrase: &Range<usize>) -> Vec<Range<usize>> {
        let columns = self.room.columns - MARKS;
        let mut rows = wrap::rows(line, phrase.clone(), columns);
        let holds_phrase = |row: &Range<usize>| row.start < phrase.start && phrase.end <= row.end;
        let Some(last) = rows.iter().position(holds_phrase) else {
            return rows;
        };
        let row = rows[last].clone();
        // A quotation mark before the phrase goes with it.
        let blank = line[row.start..phrase.start].rfind(' ').map(|blank| row.start + blank);
        let is_wide = !phrase.is_empty() && width(&line[row.start..phrase.end]) + self.room.label > self.room.columns;
        if let Some(blank) = blank.filter(|_| is_wide) {
            let rest = blank + 1;
            let shifted = |row: Range<usize>| row.start + rest..row.end + rest;
            rows.truncate(last);
            rows.push(row.start..row.start + line[row.start..blank].trim_end().len());
            rows.extend(wrap::rows(&line[rest..], phrase.start - rest..phrase.end - rest, columns).into_iter().map(shifted));
        }
        rows
    }
}

/// The part of `phrase` in `span`, counted from the start of `span`. An empty phrase lies in the span in which it stands.
fn within(phrase: &Range<usize>, span: &Range<usize>) -> Option<Range<usize>> {
    let (start, end) = (phrase.start.max(span.start), phrase.end.min(span.end));
    let touches = start < end || (phrase.is_empty() && start == end);
    touches.then(|| start - span.start..end - span.start)
}

/// A span of one line without the white space around it.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let piece = &text[span.clone()];
    let start = span.start + (piece.len() - piece.trim_start().len());
    start..start + piece.trim().len()
}

fn begins_line(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    text[line..at].trim().is_empty()
}

fn ends_line(text: &str, at: usize) -> bool {
    text[at..].lines().next().is_none_or(|rest| rest.trim().is_empty())
}

/// The last boundary of characters at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

/// Where the first whole word within reach before `at` begins.
fn first_word(text: &str, at: usize) -> usize {
    if at <= REACH {
        return 0;
    }
    let far = text.ceil_char_boundary(at - REACH);
    let blank = text[far..at].char_indices().find(|(_, c)| c.is_whitespace());
    blank.map_or(far, |(index, c)| far + index + c.len_utf8())
}

/// Where the last whole word within reach after `at` ends.
fn last_word(text: &str, at: usize) -> usize {
    if text.len() - at <= REACH {
        return text.len();
    }
    let far = floor(text, at + REACH);
    text[at..far].rfind(char::is_whitespace).map_or(far, |blank| at + blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows with their line numbers, and what stands at the spans of the phrase.
    type Shown = (Vec<(Option<usize>, String)>, Vec<String>);

    fn shown(text: &str, phrase: &str, columns: usize) -> Shown {
        let start = text.find(phrase).expect("the phrase stands in the text");
        let line = text[..start].matches('\n').count() + 1;
        let cut = cut(text, &(0..text.len()), &(start..start + phrase.len()), &[], line, Room { columns, label: 0 });
        let joined = cut.rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>().join("\n");
        let phrases = cut.phrase.into_iter().map(|span| joined[span].to_owned()).collect();
        (cut.rows.into_iter().map(|row| (row.line, row.text)).collect(), phrases)
    }

    #[test]
    fn numbers_lines_and_marks_the_phrase_behind_replaced_characters() {
        let (rows, phrases) =
            shown("First.\r\n\r\nShe\u{202E} \u{1b}puts herself\tat risk.\r\nLast.", "puts herself\tat risk", 40);
        let expected = [(Some(1), "First."), (Some(3), "She\u{FFFD} \u{FFFD}puts herself at risk."), (Some(4), "Last.")];
        assert_eq!(rows, expected.map(|(line, text)| (line, text.to_owned())));
        assert_eq!(phrases, ["puts herself at risk"]);
    }

    #[test]
    fn a_phrase_over_a_line_end_has_a_span_a_row() {
        let (rows, phrases) = shown("She had consented\n  to sex with him.", "consented\n  to sex", 40);
        assert_eq!(rows.len(), 2);
        assert_eq!(phrases, ["consented", "to sex"]);
    }

    #[test]
    fn a_long_line_is_cut_at_words_and_stays_narrow() {
        let words = "word ".repeat(2_000);
        let (rows, phrases) = shown(&format!("{words}risky behaviour {words}"), "risky behaviour", 60);
        assert!(rows.len() < 12 && rows.iter().all(|(_, text)| text.chars().count() <= 60), "{rows:?}");
        assert!(
            rows[0].1.starts_with("…word") && rows[0].0 == Some(1) && rows[rows.len() - 1].1.ends_with("word…"),
            "{rows:?}"
        );
        assert_eq!(phrases, ["risky behaviour"]);
    }

    #[test]
    fn a_phrase_begins_a_row_where_its_label_would_not_fit_beside_it() {
        let text = "He said that she is “promiscuous” again and again and again.";
        let start = text.find("promiscuous").expect("the phrase stands in the text");
        let rows = |label| -> Vec<String> {
            let phrase = start..start + "promiscuous".len();
            cut(text, &(0..text.len()), &phrase, &[], 1, Room { columns: 50, label })
                .rows
                .into_iter()
                .map(|row| row.text)
                .collect()
        };
        assert_eq!(rows(10), ["He said that she is “promiscuous” again and", "again and again."]);
        assert_eq!(rows(20), ["He said that she is", "“promiscuous” again and again and again."]);
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        assert_eq!(cut("", &(3..9), &(4..8), &[1..2, 5..7], 1, Room { columns: 60, label: 20 }), Excerpt::default());
    }
}
