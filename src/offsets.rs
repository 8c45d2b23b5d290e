//! Offsets in the units that a caller's strings count in.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Outcome};
use crate::record::Record;

/// What offsets count, by the names of the Language Server Protocol.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
pub enum Unit {
    /// Bytes, as Rust and Go do.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// Code units, as JavaScript, C# and Java do.
    #[serde(rename = "utf-16")]
    Utf16,
    /// Code points, as Python does.
    #[serde(rename = "utf-32")]
    Utf32,
}

impl Outcome {
    /// Counts all offsets in another unit than the bytes that the linter gave. `record` is the one that was checked.
    pub fn count_in(&mut self, unit: Unit, record: &Record) {
        if unit == Unit::Utf8 {
            return;
        }
        let mut rulers = BTreeMap::new();
        for finding in self.findings.iter_mut().chain(&mut self.left) {
            let field = finding.field.as_deref().and_then(|name| record.field(name));
            let ruler = rulers.entry(field).or_insert_with(|| {
                let text = field.map_or(&record.text, |at| &record.fields[at].text);
                Ruler::new(text, unit)
            });
            measure(finding, ruler);
        }
    }

    /// As [`Outcome::count_in`], where one text was checked by [`Linter::check_text`](crate::Linter::check_text).
    pub fn count_in_text(&mut self, unit: Unit, text: &str) {
        if unit == Unit::Utf8 || self.findings.is_empty() && self.left.is_empty() {
            return;
        }
        let ruler = Ruler::new(text, unit);
        self.findings.iter_mut().chain(&mut self.left).for_each(|finding| measure(finding, &ruler));
    }
}

fn measure(finding: &mut Finding, ruler: &Ruler) {
    let places = [&mut finding.start, &mut finding.end, &mut finding.voice.start, &mut finding.voice.end];
    let evidence = finding.evidence.iter_mut().flat_map(|evidence| [&mut evidence.start, &mut evidence.end]);
    let ranges = [&mut finding.sentence, &mut finding.excerpt, &mut finding.analysis].into_iter();
    let ranges = ranges.flat_map(|Range { start, end }| [start, end]);
    for place in places.into_iter().chain(evidence).chain(ranges) {
        *place = ruler.at(*place);
    }
}

/// Bytes between two marks of a ruler.
const STEP: usize = 256;

/// Leads from bytes of a text to units, with a mark every few bytes, so that many findings in a long text cost no more than its length.
struct Ruler<'a> {
    bytes: &'a [u8],
    unit: Unit,
    /// Units before each step.
    marks: Vec<usize>,
}

impl<'a> Ruler<'a> {
    fn new(text: &'a str, unit: Unit) -> Self {
        let bytes = text.as_bytes();
        let sum = |before: &mut usize, step: &[u8]| {
            let mark = *before;
            *before += units(step, unit);
            Some(mark)
        };
        let marks = bytes.chunks(STEP).scan(0, sum).collect();
        Ruler { bytes, unit, marks }
    }

    /// The units before a byte.
    fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.bytes.len());
        // The end of the text may lie just behind the last step.
        let step = (byte / STEP).min(self.marks.len().saturating_sub(1));
        let mark = self.marks.get(step).copied().unwrap_or(0);
        mark + units(&self.bytes[step * STEP..byte], self.unit)
    }
}

/// How many units begin among these bytes. A character beyond the Basic Multilingual Plane is two units of UTF-16 and has a lead byte of
/// 0xF0 or more.
fn units(bytes: &[u8], unit: Unit) -> usize {
    let starts = bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    match unit {
        Unit::Utf8 => bytes.len(),
        Unit::Utf16 => starts + bytes.iter().filter(|&&byte| byte >= 0xF0).count(),
        Unit::Utf32 => starts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_ruler_counts_as_the_string_does(text in "(?s).{0,600}") {
            let (utf16, utf32) = (Ruler::new(&text, Unit::Utf16), Ruler::new(&text, Unit::Utf32));
            for byte in (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)) {
                let before = &text[..byte];
                prop_assert_eq!(utf16.at(byte), before.encode_utf16().count());
                prop_assert_eq!(utf32.at(byte), before.chars().count());
            }
        }
    }
}
