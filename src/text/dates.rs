//! Dates as case notes write them, read from bytes.

use std::ops::Range;

use super::bytes::{is_blank, skip};
use super::vocabulary::{Vocabulary, holds};

/// How a date is written. What is less than a day and a month needs more around it before it heads an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateForm {
    /// `03/09/24`, `3.9.24`, `2024-09-03`, `4/9`.
    Numeric,
    /// `3 Sept`, `3rd September 2024`, `Sept 3`; with or without a day of the week.
    Worded,
    /// `05.03`: a day and a month, or a time.
    Dotted,
    /// `22.15`, `9.30`: a time that is no day and month.
    Clock,
    /// `Monday`, `Week 2`.
    Weekday,
    /// `Sept`, `March 2024`.
    Month,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    pub range: Range<usize>,
    pub form: DateForm,
    /// Has a year.
    pub has_year: bool,
}

/// The date that begins at `at`.
pub(super) fn date_at(bytes: &[u8], at: usize, vocabulary: &Vocabulary) -> Option<Date> {
    let first = *bytes.get(at)?;
    if first.is_ascii_digit() {
        return numeric(bytes, at).or_else(|| day_first(bytes, at, vocabulary));
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let end = word_end(bytes, at);
    if holds(&vocabulary.weekdays, &bytes[at..end]) {
        return Some(weekday_first(bytes, at, end, vocabulary));
    }
    holds(&vocabulary.months, &bytes[at..end]).then(|| month_first(bytes, at, end))
}

/// A number of up to four digits, and where it ends.
fn number(bytes: &[u8], at: usize) -> Option<(u16, usize)> {
    let end = skip(bytes, at, at + 5, |b| b.is_ascii_digit());
    if end == at || end - at > 4 {
        return None;
    }
    Some((bytes[at..end].iter().fold(0, |value, digit| value * 10 + u16::from(digit - b'0')), end))
}

fn word_end(bytes: &[u8], at: usize) -> usize {
    skip(bytes, at, at + 17, |b| b.is_ascii_alphabetic())
}

fn blanks_end(bytes: &[u8], at: usize) -> usize {
    skip(bytes, at, at + 3, is_blank)
}

fn is_day(value: u16) -> bool {
    (1..=31).contains(&value)
}

fn is_month(value: u16) -> bool {
    (1..=12).contains(&value)
}

fn is_year(value: u16, digits: usize) -> bool {
    digits == 2 || digits == 4 && (1900..2100).contains(&value)
}

fn numeric(bytes: &[u8], at: usize) -> Option<Date> {
    let (first, first_end) = number(bytes, at)?;
    let separator = *bytes.get(first_end)?;
    if !matches!(separator, b'/' | b'.' | b'-' | b':') {
        return None;
    }
    let (second, second_end) = number(bytes, first_end + 1)?;
    let (first_digits, second_digits) = (first_end - at, second_end - first_end - 1);
    let third = (bytes.get(second_end) == Some(&separator)).then(|| number(bytes, second_end + 1)).flatten();
    if let Some((third, end)) = third.filter(|_| separator != b':') {
        let day_first = is_day(first) && is_month(second) && is_year(third, end - second_end - 1);
        let year_first = first_digits == 4 && is_month(second) && is_day(third);
        return (day_first || year_first).then_some(Date { range: at..end, form: DateForm::Numeric, has_year: true });
    }
    let is_date = is_day(first) && is_month(second);
    let form = match separator {
        b'/' if is_date => DateForm::Numeric,
        b'.' if is_date && (first_digits, second_digits) == (2, 2) => DateForm::Dotted,
        b'.' | b':' if first < 25 && second < 60 && second_digits == 2 => DateForm::Clock,
        _ => return None,
    };
    let is_clock = form == DateForm::Dotted && bytes.get(second_end).is_some_and(u8::is_ascii_alphabetic);
    let form = if is_clock { DateForm::Clock } else { form };
    Some(Date { range: at..second_end, form, has_year: false })
}

/// `3 March`, `3rd Mar. 2024`, `3-5 March`.
fn day_first(bytes: &[u8], at: usize, vocabulary: &Vocabulary) -> Option<Date> {
    let (day, mut end) = number(bytes, at)?;
    if !is_day(day) {
        return None;
    }
    if let Some((last, last_end)) = (bytes.get(end) == Some(&b'-')).then(|| number(bytes, end + 1)).flatten() {
        end = is_day(last).then_some(last_end)?;
    }
    end = ordinal_end(bytes, end);
    if matches!(bytes.get(end), Some(b'-' | b'/')) {
        end += 1;
    }
    let month = blanks_end(bytes, end);
    let month_end = word_end(bytes, month);
    if !holds(&vocabulary.months, &bytes[month..month_end]) {
        return None;
    }
    let year_end = year(bytes, month_end);
    Some(Date {
        range: at..year_end.unwrap_or(month_end),
        form: DateForm::Worded,
        has_year: year_end.is_some(),
    })
}

/// `March 3`, `March 3rd, 2024`, `March 2024`, `March`.
fn month_first(bytes: &[u8], at: usize, month_end: usize) -> Date {
    let date = |end, form, has_year| Date { range: at..end, form, has_year };
    if let Some(end) = year(bytes, month_end) {
        return date(end, DateForm::Month, true);
    }
    let day = blanks_end(bytes, month_end + usize::from(bytes.get(month_end) == Some(&b'.')));
    match number(bytes, day) {
        Some((value, end)) if is_day(value) && day > month_end && !matches!(bytes.get(end), Some(b'.' | b':')) => {
            let end = ordinal_end(bytes, end);
            let year_end = year(bytes, end + usize::from(bytes.get(end) == Some(&b',')));
            date(year_end.unwrap_or(end), DateForm::Worded, year_end.is_some())
        }
        _ => date(month_end, DateForm::Month, false),
    }
}

/// Past what makes the number that ends at `end` an ordinal one.
fn ordinal_end(bytes: &[u8], end: usize) -> usize {
    let is_ordinal = matches!(bytes.get(end..end + 2), Some(b"st" | b"nd" | b"rd" | b"th"));
    end + 2 * usize::from(is_ordinal)
}

/// `Mon 3 March`, `Monday, 3/3/24`, `Week 2`, `Wed 5th`, `Monday`.
fn weekday_first(bytes: &[u8], at: usize, end: usize, vocabulary: &Vocabulary) -> Date {
    let dot = end + usize::from(matches!(bytes.get(end), Some(b'.' | b',')));
    let next = blanks_end(bytes, dot);
    let rest = (next > end).then(|| date_at_digit(bytes, next, vocabulary)).flatten();
    if let Some(rest) = rest {
        return Date { range: at..rest.range.end, ..rest };
    }
    let counted = number(bytes, next).filter(|&(_, number_end)| {
        dot == end
            && next > end
            && !matches!(bytes.get(number_end), Some(b'.' | b':') if bytes.get(number_end + 1).is_some_and(u8::is_ascii_digit))
    });
    let end = match counted {
        Some((value, number_end)) if value < 100 => ordinal_end(bytes, number_end),
        _ => end,
    };
    Date { range: at..end, form: DateForm::Weekday, has_year: false }
}

/// The day that follows a day of the week; a time is none.
fn date_at_digit(bytes: &[u8], at: usize, vocabulary: &Vocabulary) -> Option<Date> {
    if let Some(date) = numeric(bytes, at) {
        return (date.form == DateForm::Numeric).then_some(date);
    }
    if bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
        let end = word_end(bytes, at);
        let date = holds(&vocabulary.months, &bytes[at..end]).then(|| month_first(bytes, at, end))?;
        return (date.form == DateForm::Worded).then_some(date);
    }
    day_first(bytes, at, vocabulary)
}

/// The end of a year that follows `at`: four digits, two after a sign, or two that nothing else belongs to.
fn year(bytes: &[u8], at: usize) -> Option<usize> {
    let sign = at + usize::from(matches!(bytes.get(at), Some(b'.' | b',' | b'-' | b'/' | b'\'')));
    let start = skip(bytes, sign, sign + 2, |b| b == b' ' || b == b'\'');
    if start == at {
        return None;
    }
    let (value, end) = number(bytes, start)?;
    let alone = !bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'/'));
    let full_stop_after = bytes.get(end) == Some(&b'.') && !bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    ((alone || full_stop_after || end - start == 4) && is_year(value, end - start)).then_some(end)
}
