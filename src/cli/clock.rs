//! The time of what people decide and sign. Findings never depend on it.

use caselint::Date;
use jiff::{Timestamp, ZonedDateTime};

/// Now, in UTC, to the second: `2026-03-12T09:30:00Z`.
pub fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Today, where this computer is.
pub fn today() -> Date {
    let today = ZonedDateTime::now().date().to_string();
    today.parse().expect("jiff writes a day as Date reads it, and no clock stands before 1880")
}
