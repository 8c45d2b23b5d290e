//! How much of a file is read before it is refused. Every limit can be set, and an error names the flag that sets it.

use serde::{Deserialize, Serialize};

/// What has a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    FileSize,
    UnpackedSize,
    Members,
    Ratio,
    Nesting,
    Archives,
    Cells,
    Seconds,
    Memory,
}

/// A limit as the command line has it.
struct Known {
    limit: Limit,
    name: &'static str,
    default: u64,
    is_size: bool,
    /// What has grown too large, for errors.
    what: &'static str,
}

const KB: u64 = 1 << 10;
const MB: u64 = 1 << 20;
const GB: u64 = 1 << 30;

/// In the order of [`Limit`].
const KNOWN: [Known; 9] = [
    known(Limit::FileSize, "file-size", 256 * MB, true, "the file, or a record of it,"),
    known(Limit::UnpackedSize, "unpacked-size", GB, true, "what is packed in it"),
    known(Limit::Members, "members", 20_000, false, "the number of files packed in it"),
    // Deflate reaches 1032 on a run of one byte; the XML of real sheets stays below 100.
    known(Limit::Ratio, "ratio", 300, false, "how many times larger something in it grows when unpacked"),
    known(Limit::Nesting, "nesting", 500, false, "how deep parts stand within parts"),
    known(Limit::Archives, "archives", 4, false, "how deep files are packed within files"),
    known(Limit::Cells, "cells", 10_000_000, false, "the number of its cells"),
    known(Limit::Seconds, "seconds", 60, false, "the time in seconds that one document takes"),
    known(Limit::Memory, "memory", 2 * GB, true, "the memory that one document takes"),
];

const fn known(limit: Limit, name: &'static str, default: u64, is_size: bool, what: &'static str) -> Known {
    Known { limit, name, default, is_size, what }
}

impl Limit {
    fn known(self) -> &'static Known {
        &KNOWN[self as usize]
    }

    /// As the flag names it.
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// What has grown too large.
    pub fn what(self) -> &'static str {
        self.known().what
    }

    /// A value as the flag takes it.
    pub fn show(self, value: u64) -> String {
        let units = [(GB, "G"), (MB, "M"), (KB, "K")];
        let unit = units.iter().find(|(size, _)| self.known().is_size && value >= *size && value.is_multiple_of(*size));
        unit.map_or_else(|| value.to_string(), |(size, letter)| format!("{}{letter}", value / size))
    }
}

/// The limits of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits([u64; KNOWN.len()]);

impl Default for Limits {
    fn default() -> Self {
        Limits(KNOWN.each_ref().map(|known| known.default))
    }
}

impl Limits {
    pub fn get(&self, limit: Limit) -> u64 {
        self.0[limit as usize]
    }

    pub fn set(&mut self, limit: Limit, value: u64) {
        self.0[limit as usize] = value;
    }
}

/// Reads `NAME=VALUE`, such as `cells=500000` or `file-size=1G`.
pub fn parse(text: &str) -> Result<(Limit, u64), String> {
    let names = || KNOWN.each_ref().map(|known| known.name).join(", ");
    let (name, value) = text.split_once('=').ok_or_else(|| format!("write NAME=VALUE; the names are {}", names()))?;
    let known = KNOWN.iter().find(|known| known.name == name);
    let known = known.ok_or_else(|| format!("`{name}` is no limit; the limits are {}", names()))?;
    let number = if known.is_size { size(value) } else { value.parse().ok() };
    match number.filter(|&number| number > 0) {
        Some(number) => Ok((known.limit, number)),
        None if known.is_size => Err(format!("`{value}` is no size; write bytes, or a number with K, M or G, such as 500M")),
        None => Err(format!("`{value}` is no whole number above 0")),
    }
}

fn size(text: &str) -> Option<u64> {
    let units = [('K', KB), ('M', MB), ('G', GB)];
    let unit = units.iter().find_map(|(letter, unit)| Some((text.strip_suffix(*letter)?, *unit)));
    let (digits, unit) = unit.unwrap_or((text, 1));
    digits.parse::<u64>().ok()?.checked_mul(unit)
}

/// The names of all limits with their values by default, for help.
pub fn help() -> String {
    let one = |known: &Known| format!("{}={}", known.name, known.limit.show(known.default));
    KNOWN.each_ref().map(one).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_and_shown_alike() {
        for known in &KNOWN {
            let shown = format!("{}={}", known.name, known.limit.show(known.default));
            assert_eq!(parse(&shown), Ok((known.limit, known.default)), "{shown}");
            assert_eq!(known.limit.known().name, known.name, "the table stands in the order of the names");
        }
        assert_eq!(parse("file-size=1500K"), Ok((Limit::FileSize, 1500 * KB)));
        for wrong in ["cells", "cells=", "cells=0", "cells=1K", "file-size=1T", "file-size=99999999999999999999", "rows=1"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
