//! Line numbers of the file in what ariadne has drawn.
//!
//! An excerpt is a few rows out of a long file, and long lines are broken into several. ariadne numbers the rows from 1, so the numbers are
//! replaced by those of the lines; a row that goes on with a line has none.

use super::excerpt::Row;

/// The bar between the numbers and the text.
const BAR: char = '│';

/// Replaces the row numbers at the left of `drawn`.
pub fn renumber(drawn: &str, rows: &[Row]) -> String {
    let widest = rows.iter().filter_map(|row| row.line).max().map_or(1, |number| number.to_string().len());
    let field = drawn.lines().find_map(|line| Some(numbered(line)?.field)).unwrap_or(0);
    let extra = widest.saturating_sub(field);
    let mut out = String::with_capacity(drawn.len() + rows.len() * extra);
    for line in drawn.lines().map(str::trim_end) {
        match numbered(line) {
            Some(Numbered { before, row, field, after }) => {
                let number = rows.get(row - 1).and_then(|row| row.line).map_or(String::new(), |number| number.to_string());
                out.push_str(&format!("{before}{number:>width$}{after}\n", width = field + extra));
            }
            None => out.push_str(&format!("{:extra$}{line}\n", "")),
        }
    }
    out
}

/// A line with a row number, in its parts.
struct Numbered<'a> {
    before: &'a str,
    row: usize,
    /// How wide the number is with the blanks before it.
    field: usize,
    after: &'a str,
}

fn numbered(line: &str) -> Option<Numbered<'_>> {
    let (margin, _) = line.split_once(BAR)?;
    let head = margin.trim_end();
    let digits = head.trim_end_matches(|c: char| c.is_ascii_digit());
    // A blank begins every margin, and with colour an escape sequence follows. Any other text means that this is no margin.
    let lead = 1 + digits.find('m').unwrap_or(0);
    let is_margin =
        digits.starts_with(' ') && digits[lead..].trim().is_empty() && (lead == 1 || digits[1..].starts_with('\u{1b}'));
    let row = head[digits.len()..].parse().ok().filter(|&row| row > 0 && is_margin)?;
    Some(Numbered { before: &line[..lead], row, field: head.len() - lead, after: &line[head.len()..] })
}
