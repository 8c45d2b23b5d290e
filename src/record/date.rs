//! Dates in the order that UK records write them: day first.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day. Read from `2014-03-21`, `21/03/2014`, `21.3.14`, `21 March 2014` or `21 Mar 2014`; a year of two digits is of this century
/// up to 68, as POSIX has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(jiff::civil::Date);

#[cfg(feature = "serve")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let written = "Day first, such as 21/03/2014 or 21 March 2014; or 2014-03-21.";
        schemars::json_schema!({"type": "string", "description": written, "examples": ["21/03/2014"]})
    }
}

/// A text that is no date.
#[derive(Debug, Clone, thiserror::Error)]
#[error("“{0}” is not a date; write it day first (21/03/2014), as 21 March 2014 or as 2014-03-21")]
pub struct DateError(pub String);

const FORMATS: [&str; 7] = ["%Y-%m-%d", "%d/%m/%y", "%d/%m/%Y", "%d %b %y", "%d %B %y", "%d %b %Y", "%d %B %Y"];
/// No record is older; a year of three digits is a slip.
const FIRST_YEAR: i16 = 1880;

impl Date {
    /// A day by its numbers; the year of two digits as in the text forms. `None` where there is no such day.
    pub(crate) fn of(year: &str, month: u8, day: u8) -> Option<Date> {
        format!("{day}/{month}/{year}").parse().ok()
    }

    /// The day that comes so many days after 1 January 1970. `None` where no record is of that day.
    pub fn of_days(days: i64) -> Option<Date> {
        let epoch = jiff::civil::Date::constant(1970, 1, 1);
        let span = jiff::SignedDuration::from_hours(days.checked_mul(24)?);
        epoch.checked_add(span).ok().filter(|date| date.year() >= FIRST_YEAR).map(Date)
    }

    /// Days from 1 January 1970 to this day.
    pub fn to_days(self) -> i64 {
        Date(jiff::civil::Date::constant(1970, 1, 1)).days_until(self)
    }

    /// The year, such as 2014.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// Days from this day to `later`; negative where `later` comes first.
    pub fn days_until(self, later: Date) -> i64 {
        later.0.duration_since(self.0).as_hours() / 24
    }

    /// Completed years from this day to `later`; `None` where `later` comes first or the span is over 255 years.
    pub fn years_until(self, later: Date) -> Option<u8> {
        let (from, to) = (self.0, later.0);
        let before_birthday = (to.month(), to.day()) < (from.month(), from.day());
        let years = i32::from(to.year()) - i32::from(from.year()) - i32::from(before_birthday);
        u8::try_from(years).ok()
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        let day = as_read(without_time(text));
        let plain = if day.starts_with(|c: char| c.is_ascii_digit()) && day.get(4..5) != Some("-") {
            day.replace(['.', '-'], "/")
        } else {
            day
        };
        FORMATS
            .iter()
            .find_map(|format| jiff::civil::Date::strptime(format, &plain).ok())
            .filter(|date| date.year() >= FIRST_YEAR)
            .map(Date)
            .ok_or_else(|| DateError(text.to_owned()))
    }
}

/// A day without the time behind it, which does not matter here: "2014-03-21T09:30", "21/03/2014 09:30".
fn without_time(text: &str) -> &str {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let ends = (1..bytes.len()).find(|&at| {
        let behind = &bytes[at + 1..];
        let hour = behind.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_time = (1..=2).contains(&hour) && behind.get(hour) == Some(&b':') && is_digit(behind.get(hour + 1));
        let parts = bytes[at] == b'T' && hour > 0 || bytes[at] == b' ' && is_time;
        parts && is_digit(bytes.get(at - 1))
    });
    // It ends before a letter or blank of one byte.
    ends.map_or(text, |end| &text[..end])
}

/// A day as its formats have it: "3rd Sept 2026" is 3 Sep 2026.
fn as_read(day: &str) -> String {
    let mut words = day.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    if let [number, month, ..] = &mut words[..] {
        for ordinal in ["st", "nd", "rd", "th"] {
            if let Some(plain) = number.strip_suffix(ordinal).filter(|plain| plain.bytes().all(|byte| byte.is_ascii_digit())) {
                *number = plain.to_owned();
                break;
            }
        }
        if month.eq_ignore_ascii_case("sept") {
            month.truncate(3);
        }
    }
    words.join(" ")
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_records_write_them() {
        for (text, expected) in [
            ("2014-03-21", Some("2014-03-21")),
            ("2014-03-21T09:30", Some("2014-03-21")),
            ("2014-03-21T09:30:05Z", Some("2014-03-21")),
            ("2014-03-21 09:30:05", Some("2014-03-21")),
            ("21/03/2014 9:30", Some("2014-03-21")),
            ("21.3.14 09:30am", Some("2014-03-21")),
            ("21 March 2014 14:05", Some("2014-03-21")),
            ("3 OCT 2026", Some("2026-10-03")),
            ("3 AUGUST 2024", Some("2024-08-03")),
            ("21 Sept 2014", Some("2014-09-21")),
            ("21  SEPT 14", Some("2014-09-21")),
            ("3rd Sept 2014", Some("2014-09-03")),
            ("1st October 2014", Some("2014-10-01")),
            ("21/13/2014", None),
            ("21/03/2014 10", None),
            ("21 Septic 2014", None),
            ("First October 2014", None),
            ("T", None),
            ("1T", None),
            (" 09:30", None),
            ("é09:30", None),
        ] {
            let read = text.parse::<Date>().ok().map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
