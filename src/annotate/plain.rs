//! A marked copy of a plain text: phrases between double brackets with their numbers, and the notes at its end.

use std::fmt::Write;
use std::ops::Range;

use super::advice;
use crate::Finding;

/// Marks findings in a copy of a text, whose offsets theirs are. The signs of the text stay as they are; only marks and notes are added:
///
/// ```text
/// She [[1: puts herself at risk]] by going there.
///
/// ----
/// Notes by caselint. [[1: …]] marks the words that note 1 is about; all else is as it was written.
///
/// [1] “puts herself at risk” …
/// ```
///
/// Findings that overlap share one mark with their numbers.
pub fn text(text: &str, findings: &[Finding]) -> String {
    let mut order: Vec<&Finding> = findings.iter().collect();
    order.sort_by_key(|finding| (finding.start, finding.end));
    let mut marked = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for (numbers, span) in marks(text, &order) {
        let label: Vec<String> = numbers.map(|number| (number + 1).to_string()).collect();
        // Writing to a string never fails.
        let _ = write!(marked, "{}[[{}: {}]]", &text[done..span.start], label.join(", "), &text[span.clone()]);
        done = span.end;
    }
    marked.push_str(&text[done..]);
    if !order.is_empty() {
        marked.push_str(&notes(&order, line_end(text)));
    }
    marked
}

/// Stretches of the text, each with the numbers of the findings that it is marked for.
fn marks(text: &str, findings: &[&Finding]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut marks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (number, finding) in findings.iter().enumerate() {
        let start = text.floor_char_boundary(finding.start.min(text.len()));
        let end = text.ceil_char_boundary(finding.end.clamp(start, text.len()));
        match marks.last_mut().filter(|(_, span)| start < span.end) {
            Some((numbers, span)) => {
                numbers.end = number + 1;
                span.end = span.end.max(end);
            }
            None => marks.push((number..number + 1, start..end)),
        }
    }
    marks
}

fn notes(findings: &[&Finding], end: &str) -> String {
    let mut notes = format!(
        "{end}{end}----{end}Notes by caselint. [[1: …]] marks the words that note 1 is about; all else is as it was written.{end}"
    );
    for (number, finding) in findings.iter().enumerate() {
        let _ = write!(notes, "{end}[{}] {}{end}", number + 1, advice::paragraphs(finding).join(&format!("{end}    ")));
    }
    notes
}

/// How lines end in a text.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
