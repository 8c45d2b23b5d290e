//! A row a finding, with a header, as comma-separated values (RFC 4180, with plain line feeds).

use std::io::{self, Write};

use csv::{QuoteStyle, WriterBuilder};

use super::rows::{Cell, Rows};
use super::{Checked, Report};

pub struct Csv(pub Rows);

impl Report for Csv {
    fn start(&self, out: &mut dyn Write) -> io::Result<()> {
        write(out, [self.0.columns().iter().map(|(name, _)| (*name).to_owned())])
    }

    fn record(&self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        write(out, self.0.of(checked).iter().map(|row| row.iter().map(cell)))
    }
}

/// Texts are quoted, so that a sign that parts cells somewhere else parts none here.
fn write<R: Iterator<Item = String>>(out: &mut dyn Write, rows: impl IntoIterator<Item = R>) -> io::Result<()> {
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(out);
    for row in rows {
        writer.write_record(row)?;
    }
    writer.flush()
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.as_deref().map_or_else(String::new, harmless),
        Cell::Number(number) => number.map_or_else(String::new, |number| number.to_string()),
    }
}

/// A text that no spreadsheet takes for a formula: one that would begin like one begins with an apostrophe instead.
fn harmless(text: &str) -> String {
    let begins_formula = |sign: char| matches!(sign, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    if text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(begins_formula) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for text in ["=1+1", "+44", "-1", "@SUM(A1)", " =cmd|' /C calc'!A0", "\t=1", "\r=1", "\n1", "＝1"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["", "consented", "15-20 partners", "a=b", "'=1"] {
            assert_eq!(harmless(text), text);
        }
    }
}
