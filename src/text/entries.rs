//! Entries: the dated parts of a record, and blocks headed by another person.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::bytes::{is_blank, is_closer, is_white, line_end, skip, skip_back, trim};
use super::dates::{Date, DateForm, date_at};
use super::lines::{ends_statement, label_end};
use super::people::person_at;
use super::vocabulary::{Vocabulary, holds};

/// A part of a record that analysis does not reach across.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub range: Range<usize>,
    pub kind: EntryKind,
    /// The date, or the words that name the person.
    pub heading: Option<Range<usize>>,
}

/// What makes an entry one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// The whole record, or what stands before its first heading.
    Whole,
    /// A row or block under a date of its own, among others.
    Dated,
    /// A block headed by a person.
    Person,
}

/// A line of this length ends before a page's edge, so that the next begins something.
const SHORT: usize = 45;
/// How many lines of an e-mail's head may stand above its date.
const HEAD_LINES: usize = 8;

/// A line that may begin an entry.
struct Start {
    at: usize,
    heading: Range<usize>,
    sign: Sign,
    /// Nothing but the heading stands on the line.
    alone: bool,
    /// A blank line stands before it.
    after_blank: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Date(DateForm),
    /// A date after a label, such as `Date: 3/4/24`.
    Labelled,
    Person {
        /// May stand in a text only once.
        is_sure: bool,
    },
}

impl Sign {
    fn is_person(self) -> bool {
        matches!(self, Sign::Person { .. })
    }
}

/// The entries of a text, which cover it without gaps. A text with fewer than two dated lines has its one date at its head, and is one
/// entry; so is a day's log, whose lines begin with times.
pub fn entries(text: &str, vocabulary: &Vocabulary) -> Vec<Entry> {
    let mut starts = starts(text, vocabulary);
    keep_dates(text, &mut starts);
    keep_persons(text, &mut starts);
    let mut entries = Vec::with_capacity(starts.len() + 1);
    let first = starts.first().map_or(text.len(), |start| start.at);
    if first > 0 || text.is_empty() {
        entries.push(Entry { range: 0..first, kind: EntryKind::Whole, heading: None });
    }
    let ends = starts.iter().skip(1).map(|start| start.at).chain([text.len()]);
    for (start, end) in starts.iter().zip(ends) {
        let kind = if start.sign.is_person() { EntryKind::Person } else { EntryKind::Dated };
        entries.push(Entry { range: start.at..end, kind, heading: Some(start.heading.clone()) });
    }
    entries
}

/// The date at the head of a text that dates do not divide: it begins one of the first lines, or stands there behind a label for dates.
pub fn head_date(text: &str, vocabulary: &Vocabulary) -> Option<Range<usize>> {
    let head = text.match_indices('\n').nth(HEAD_LINES - 1).map_or(text.len(), |(at, _)| at);
    let is_whole = |form| matches!(form, DateForm::Numeric | DateForm::Worded);
    let is_head = |start: &Start| match start.sign {
        Sign::Date(form) => is_whole(form),
        Sign::Labelled => holds(&vocabulary.date_labels, label(text, start).as_bytes()),
        Sign::Person { .. } => false,
    };
    starts(&text[..head], vocabulary).into_iter().find(is_head).map(|start| start.heading)
}

/// Every line that begins as an entry may.
fn starts(text: &str, vocabulary: &Vocabulary) -> Vec<Start> {
    let bytes = text.as_bytes();
    let mut starts = Vec::new();
    let mut before = 0..0;
    let mut at = 0;
    while at < bytes.len() {
        let end = line_end(text, at, bytes.len());
        let first = skip(bytes, at, end, is_blank);
        if first < end {
            let is_new = before.is_empty() || before.len() < SHORT || ends_statement(bytes, &before);
            let found = start_of_line(bytes, first, end, is_new, vocabulary);
            starts.extend(found.map(|(heading, sign)| Start {
                at,
                alone: rest_is_empty(bytes, heading.end, end),
                heading,
                sign,
                after_blank: before.is_empty() && at > 0,
            }));
        }
        before = first..skip_back(bytes, end, first, is_blank);
        at = end + 1;
    }
    starts
}

fn rest_is_empty(bytes: &[u8], at: usize, end: usize) -> bool {
    skip(bytes, at, end, |b| is_blank(b) || is_closer(b) || matches!(b, b'.' | b':' | b'-' | b'*' | b'#' | b'|')) == end
}

fn start_of_line(bytes: &[u8], first: usize, end: usize, is_new: bool, vocabulary: &Vocabulary) -> Option<(Range<usize>, Sign)> {
    let at = prefix_end(bytes, first, end);
    if at == end || !bytes[at].is_ascii_alphanumeric() {
        return None;
    }
    if let Some(date) = date_at(&bytes[..end], at, vocabulary) {
        let marked = at > first;
        return (heads_entry(bytes, &date, end, is_new, marked)).then_some((date.range, Sign::Date(date.form)));
    }
    if !is_new {
        return None;
    }
    if let Some(person) = person_at(bytes, at, end, vocabulary) {
        return Some((person.range, Sign::Person { is_sure: person.is_sure }));
    }
    let label = bytes[at].is_ascii_alphabetic().then(|| label_end(&bytes[..end], at, 3)).flatten()?;
    let date = date_at(&bytes[..end], skip(bytes, label, end, is_blank), vocabulary)?;
    let whole = matches!(date.form, DateForm::Numeric | DateForm::Worded);
    whole.then_some((date.range, Sign::Labelled))
}

/// Past the bullet, bar, bracket or heading marks that a date may stand after.
fn prefix_end(bytes: &[u8], first: usize, end: usize) -> usize {
    if bytes[first].is_ascii_alphabetic() {
        return first;
    }
    let at = skip(bytes, first, end.min(first + 8), |b| {
        is_blank(b) || matches!(b, b'*' | b'-' | b'|' | b'[' | b'(' | b'#' | b'>' | b'_' | b'=')
    });
    let digits = skip(bytes, at, end.min(at + 3), |b| b.is_ascii_digit());
    let numbered = digits > at && matches!(bytes.get(digits), Some(b'.' | b')')) && bytes.get(digits + 1) == Some(&b' ');
    if numbered && digits < end { skip(bytes, digits + 1, end, is_blank) } else { at }
}

/// Whether what follows a date shows that it heads an entry rather than belongs to a sentence.
fn heads_entry(bytes: &[u8], date: &Date, end: usize, is_new: bool, marked: bool) -> bool {
    let at = skip(bytes, date.range.end, end, |b| matches!(b, b']' | b')' | b'*' | b'_'));
    let rest = &bytes[at..end];
    let set_apart = match rest {
        [] | [b'\r'] => true,
        [b':' | b'|' | b'\t' | b';', ..] | [b' ', b' ' | b'-' | b'|' | b'\t' | b'/' | b'(' | b'['] => true,
        [b' ', b' ' | b'-' | b'|' | b'\t' | b'/' | b'(' | b'[', ..] => true,
        [b'.' | b',' | b'-' | b'/', next, ..] => is_blank(*next),
        [b'.' | b','] => true,
        _ => false,
    };
    let next = match rest {
        [b' ', next, ..] => *next,
        _ => b' ',
    };
    match date.form {
        DateForm::Clock => is_new,
        // "24/7 support" and "9/10 for pain" are no days.
        DateForm::Numeric if !date.has_year && next.is_ascii_lowercase() => set_apart,
        DateForm::Numeric | DateForm::Dotted => set_apart || is_new || next.is_ascii_uppercase() || marked,
        DateForm::Worded if !is_new && !marked => set_apart,
        DateForm::Worded => set_apart || !next.is_ascii_lowercase() || date.has_year || bytes[date.range.end - 1] == b'.',
        DateForm::Month => is_new && set_apart && !matches!(rest, [b',', ..]),
        DateForm::Weekday => is_new && (set_apart || next.is_ascii_uppercase() || next.is_ascii_digit() || is_part_of_day(rest)),
    }
}

/// ` night.`, ` late - `: one short word in small letters that something sets apart.
fn is_part_of_day(rest: &[u8]) -> bool {
    let Some(rest) = rest.strip_prefix(b" ") else { return false };
    let word = skip(rest, 0, 10, |b| b.is_ascii_lowercase());
    let after = &rest[word..];
    word > 0 && matches!(after, [] | [b'.' | b':' | b',' | b'\t' | b'\r', ..] | [b' ', b' ' | b'-' | b'(', ..])
}

/// Keeps the dates that divide the text, if there are any.
fn keep_dates(text: &str, starts: &mut Vec<Start>) {
    let count = |starts: &[Start], fits: &dyn Fn(DateForm) -> bool| {
        starts.iter().filter(|start| matches!(start.sign, Sign::Date(form) if fits(form))).count()
    };
    // "05.03" is a date among its like; beside "22.15" or under dates that leave no doubt it is a time.
    let clocks = count(starts, &|form| form == DateForm::Clock);
    let days = count(starts, &|form| matches!(form, DateForm::Numeric | DateForm::Worded));
    let dotted_are_times = clocks > 0 || days > 0;
    starts.retain(|start| match start.sign {
        Sign::Date(DateForm::Clock) => false,
        Sign::Date(DateForm::Dotted) => !dotted_are_times,
        _ => true,
    });
    let all = count(starts, &|_| true);
    let same = [DateForm::Weekday, DateForm::Month, DateForm::Dotted]
        .into_iter()
        .any(|kind| count(starts, &|form| form == kind) >= 2);
    let first = starts.iter().find(|start| matches!(start.sign, Sign::Date(_)));
    let at_head = first.is_some_and(|start| start.alone && trim(text.as_bytes(), 0..start.at).is_empty());
    if days >= 2 || same || all >= 2 && !at_head {
        starts.retain(|start| start.sign != Sign::Labelled);
    } else {
        starts.retain(|start| !matches!(start.sign, Sign::Date(_)));
        keep_labelled(text, starts);
    }
}

/// Keeps the labels that come again, and draws in the lines of the head that stand above them.
fn keep_labelled(text: &str, starts: &mut Vec<Start>) {
    let label = |start: &Start| label(text, start);
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for start in starts.iter().filter(|start| start.sign == Sign::Labelled) {
        *seen.entry(label(start)).or_default() += 1;
    }
    if seen.is_empty() {
        return;
    }
    // One label alone divides: the first that comes again.
    let divider = starts.iter().filter(|start| start.sign == Sign::Labelled).map(label).find(|label| seen[label] >= 2);
    starts.retain(|start| start.sign != Sign::Labelled || divider.as_ref() == Some(&label(start)));
    let mut floor = 0;
    for start in starts.iter_mut() {
        if start.sign == Sign::Labelled {
            start.at = head_start(text.as_bytes(), start.at, floor);
        }
        floor = start.heading.end;
    }
}

/// What stands before the date of a line, in lower case.
fn label(text: &str, start: &Start) -> String {
    let label = text.get(start.at..start.heading.start).unwrap_or_default();
    label.trim().trim_end_matches(':').to_ascii_lowercase()
}

/// The first of the labelled lines that stand directly above `at`.
fn head_start(bytes: &[u8], mut at: usize, floor: usize) -> usize {
    for _ in 0..HEAD_LINES {
        let Some(end) = at.checked_sub(1).filter(|&end| end > floor) else {
            break;
        };
        let limit = floor.max(end.saturating_sub(200));
        let start = skip_back(bytes, end, limit, |b| b != b'\n');
        if start == limit && limit > 0 || label_end(&bytes[..end], start, 3).is_none() {
            break;
        }
        at = start;
    }
    at
}

/// Keeps the headings of persons that divide the text: two or more that have something under them, or one that stands alone on its
/// line after a blank one.
fn keep_persons(text: &str, starts: &mut Vec<Start>) {
    let bytes = text.as_bytes();
    let next: Vec<usize> = starts.iter().skip(1).map(|start| start.at).chain([bytes.len()]).collect();
    let mut ends = next.iter();
    starts.retain(|start| {
        let end = *ends.next().unwrap_or(&bytes.len());
        !start.sign.is_person() || !trim(bytes, start.heading.end..end.max(start.heading.end)).is_empty()
    });
    let persons = starts.iter().filter(|start| start.sign.is_person()).count();
    if persons < 2 {
        starts.retain(|start| {
            let has_text_before = !bytes[..start.at].iter().all(|&b| is_white(b));
            let stands = start.sign == Sign::Person { is_sure: true } && start.alone && start.after_blank && has_text_before;
            stands || !start.sign.is_person()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases;
    use super::*;
    use proptest::prelude::*;

    /// The entries as the case file writes them.
    fn written(text: &str, vocabulary: &Vocabulary) -> String {
        let mut written = String::new();
        for entry in entries(text, vocabulary) {
            written += match entry.kind {
                EntryKind::Whole => "¦W ",
                EntryKind::Dated => "¦D ",
                EntryKind::Person => "¦P ",
            };
            let heading = entry.heading.unwrap_or(entry.range.start..entry.range.start);
            written += &text[entry.range.start..heading.start];
            if !heading.is_empty() {
                written += &format!("«{}»", &text[heading.clone()]);
            }
            written += &text[heading.end..entry.range.end];
        }
        written
    }

    #[test]
    fn file_of_cases() {
        let vocabulary = cases::vocabulary();
        let cases = cases::blocks(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/text/entries.txt")));
        assert!(cases.len() >= 50);
        let wrong = cases.iter().filter_map(|case| {
            let text = ["¦W ", "¦D ", "¦P ", "«", "»"].iter().fold(case.clone(), |text, mark| text.replace(mark, ""));
            let found = written(&text, &vocabulary);
            (found != *case).then(|| format!("--- expected\n{case}\n--- found\n{found}\n"))
        });
        cases::report(&wrong.collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn no_gap_and_no_overlap(text in "([0-9]{1,2}[/.][0-9]{1,2}(/24)?|Bed [0-9]|Mon|Sept|Tia, 9|Date: 3/4/24|[ .:A-Za-zé日\n-]{0,20}|\n){0,14}") {
            let entries = entries(&text, &cases::vocabulary());
            let mut last = 0;
            for entry in &entries {
                prop_assert_eq!(entry.range.start, last);
                prop_assert!(entry.range.end > last || text.is_empty());
                if let Some(heading) = &entry.heading {
                    prop_assert!(entry.range.start <= heading.start && heading.end <= entry.range.end);
                    prop_assert!(text.get(heading.clone()).is_some());
                }
                last = entry.range.end;
            }
            prop_assert_eq!(last, text.len());
        }

        #[test]
        fn any_string(text in any::<String>()) {
            entries(&text, &cases::vocabulary());
        }
    }
}
