//! When something stands in the case: the date of a record, or of a dated part of one.

use serde::{Deserialize, Serialize};

use crate::record::Date;
use crate::text::Vocabulary;

/// A day, or a month where no day is told; then the date is the first of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct When {
    pub date: Date,
    pub precision: Precision,
}

/// How closely a date is told. A month comes before its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Precision {
    Month,
    Day,
}

impl When {
    pub(super) fn day(date: Date) -> When {
        When { date, precision: Precision::Day }
    }

    /// Reads the date that heads an entry. One without a year is of the year that brings it nearest to `near`. `None` for a day of the week
    /// or a number of a week, and where no year can be told.
    pub(super) fn read(heading: &str, near: Option<Date>, vocabulary: &Vocabulary) -> Option<When> {
        let parts = Parts::read(heading, vocabulary)?;
        let precision = if parts.day.is_some() { Precision::Day } else { Precision::Month };
        let day = parts.day.unwrap_or(1);
        let date = match parts.year {
            Some(year) => Date::of(year, parts.month, day),
            None => nearest(parts.month, day, near?),
        };
        Some(When { date: date?, precision })
    }
}

/// The day of this name that is nearest to another.
fn nearest(month: u8, day: u8, near: Date) -> Option<Date> {
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let dates = years.iter().filter_map(|year| Date::of(&year.to_string(), month, day));
    dates.min_by_key(|date| near.days_until(*date).abs())
}

/// What a date says.
struct Parts<'a> {
    year: Option<&'a str>,
    month: u8,
    day: Option<u8>,
}

impl<'a> Parts<'a> {
    fn read(heading: &'a str, vocabulary: &Vocabulary) -> Option<Parts<'a>> {
        let runs = runs(heading);
        let is_month = |run: &&str| vocabulary.months.contains(&run.to_ascii_lowercase());
        let numbers = |runs: &[&'a str]| -> Vec<&'a str> { runs.iter().copied().filter(|run| is_number(run)).collect() };
        let Some(at) = runs.iter().position(is_month) else {
            return Parts::of_numbers(&numbers(&runs));
        };
        let month = month(runs[at])?;
        let (before, behind) = (numbers(&runs[..at]), numbers(&runs[at + 1..]));
        let (day, year) = match (before.first(), behind.as_slice()) {
            (Some(day), behind) => (Some(*day), behind.first()),
            (None, [year]) if year.len() == 4 => (None, Some(year)),
            (None, [day, rest @ ..]) => (Some(*day), rest.first()),
            (None, []) => (None, None),
        };
        let day = match day {
            Some(day) => Some(day.parse().ok()?),
            None => None,
        };
        Some(Parts { year: year.copied(), month, day })
    }

    /// `3/9/24`, `2024-09-03`, `4/9`.
    fn of_numbers(numbers: &[&'a str]) -> Option<Parts<'a>> {
        let (year, month, day) = match numbers {
            [year, month, day] if year.len() == 4 => (Some(*year), month, day),
            [day, month, year] => (Some(*year), month, day),
            [day, month] => (None, month, day),
            _ => return None,
        };
        Some(Parts { year, month: month.parse().ok()?, day: Some(day.parse().ok()?) })
    }
}

/// The number of a month by its name, whole or shortened: the first three letters tell.
fn month(name: &str) -> Option<u8> {
    let date: Date = format!("1 {} 2000", name.get(..3)?).parse().ok()?;
    Some(date.month())
}

fn is_number(run: &str) -> bool {
    run.starts_with(|c: char| c.is_ascii_digit())
}

/// The runs of letters and of digits in a text.
fn runs(text: &str) -> Vec<&str> {
    let kind = |c: char| (c.is_alphanumeric(), c.is_ascii_digit());
    let mut runs = Vec::new();
    let mut start = 0;
    let mut last = (false, false);
    for (at, c) in text.char_indices().map(|(at, c)| (at, kind(c))).chain([(text.len(), (false, false))]) {
        if c != last {
            if last.0 {
                runs.push(&text[start..at]);
            }
            (start, last) = (at, c);
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line: the heading, the date before it (or -), and what is read (or -).
    const CASES: &str = "
        03/09/2024     | -          | 2024-09-03
        3.9.24         | -          | 2024-09-03
        2024-09-03     | -          | 2024-09-03
        3 Sept 2024    | -          | 2024-09-03
        3rd September, 2024 | -     | 2024-09-03
        Tues 3rd Sep '24 | -        | 2024-09-03
        Sept 3, 2024   | -          | 2024-09-03
        3-5 March 2024 | -          | 2024-03-03
        March 2024     | -          | 2024-03-01 month
        Febr 2024      | -          | 2024-02-01 month
        4/9            | 2024-09-01 | 2024-09-04
        3 January      | 2024-12-20 | 2025-01-03
        28 Dec         | 2025-01-03 | 2024-12-28
        March          | 2024-05-01 | 2024-03-01 month
        4/9            | -          | -
        Monday         | 2024-05-01 | -
        Week 2         | 2024-05-01 | -
        31 June 2024   | -          | -
        29 Feb         | 2023-03-01 | 2024-02-29
    ";

    #[test]
    fn headings() {
        let vocabulary = crate::text::cases::vocabulary();
        for line in CASES.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let [heading, near, expected] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            let read = When::read(heading, near.parse().ok(), &vocabulary);
            let found = read.map_or("-".to_owned(), |when| match when.precision {
                Precision::Day => when.date.to_string(),
                Precision::Month => format!("{} month", when.date),
            });
            assert_eq!(found, expected, "{line}");
        }
    }
}
