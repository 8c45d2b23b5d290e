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
        // A time after the date ("2014-03-21T09:30") does not matter here.
        let day = text.split_once('T').map_or(text, |(day, _)| day);
        let plain = if day.starts_with(|c: char| c.is_ascii_digit()) && day.get(4..5) != Some("-") {
            day.replace(['.', '-'], "/")
        } else {
            day.to_owned()
        };
        FORMATS
            .iter()
            .find_map(|format| jiff::civil::Date::strptime(format, &plain).ok())
            .filter(|date| date.year() >= FIRST_YEAR)
            .map(Date)
            .ok_or_else(|| DateError(text.to_owned()))
    }
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
