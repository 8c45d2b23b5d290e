//! Paragraphs and headings.

use std::ops::Range;

use super::bytes::{clamp, is_blank, is_letter, line_end, skip, trim};
use super::lines::{is_row, marker_end};

/// No heading is longer.
const LONGEST_HEADING: usize = 72;

/// The paragraphs within a range: what blank lines, bullets, table rows and headings divide. A bullet keeps the lines that carry it on;
/// a table row and a heading stand alone.
pub fn paragraphs(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let within = clamp(text, within);
    let bytes = text.as_bytes();
    let mut paragraphs = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = within.start;
    while at < within.end {
        let end = line_end(text, at, within.end);
        let first = skip(bytes, at, end, is_blank);
        let line = classify(text, first, end);
        if line != Line::Plain {
            close(bytes, &mut paragraphs, open.take(), at);
        }
        match line {
            Line::Blank => {}
            Line::Alone => paragraphs.push(trim(bytes, first..end)),
            Line::Plain | Line::Item => open = open.or(Some(first)),
        }
        at = end + 1;
    }
    close(bytes, &mut paragraphs, open, within.end);
    paragraphs
}

/// Whether a paragraph is an item of a list or a row of a table.
pub fn is_item(text: &str, paragraph: &Range<usize>) -> bool {
    let bytes = &text.as_bytes()[..paragraph.end];
    is_row(bytes, paragraph.start) || marker_end(bytes, paragraph.start).is_some()
}

fn close(bytes: &[u8], paragraphs: &mut Vec<Range<usize>>, open: Option<usize>, end: usize) {
    if let Some(start) = open {
        paragraphs.push(trim(bytes, start..end));
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Line {
    Blank,
    Plain,
    Item,
    Alone,
}

/// What the line is whose first sign stands at `first`.
fn classify(text: &str, first: usize, end: usize) -> Line {
    let bytes = text.as_bytes();
    if first == end {
        return Line::Blank;
    }
    if is_row(&bytes[..end], first) || end - first <= LONGEST_HEADING && text.get(first..end).is_some_and(is_heading) {
        return Line::Alone;
    }
    if marker_end(&bytes[..end], first).is_some() { Line::Item } else { Line::Plain }
}

/// Whether a line is a heading by its shape: marked as one, in capitals, numbered or short with a colon at its end, one word, or
/// with every longer word in a capital.
///
/// A line such as "Professional view" has the shape of any short statement and is none here.
pub fn is_heading(line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || line.len() > LONGEST_HEADING {
        return false;
    }
    let bytes = line.as_bytes();
    if bytes[0] == b'#' {
        let level = skip(bytes, 0, 6, |b| b == b'#');
        return bytes.get(level) == Some(&b' ');
    }
    for mark in ["**", "__", "=="] {
        if let Some(inner) = line
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark).or_else(|| rest.strip_suffix("**:")))
        {
            return !inner.is_empty() && !inner.contains(mark);
        }
    }
    if matches!(bytes[bytes.len() - 1], b'.' | b'?' | b'!' | b',' | b';') || !bytes[0].is_ascii_alphanumeric() {
        return false;
    }
    let title = without_number(line);
    is_title(title, title.len() < line.len())
}

/// The line after a section number: `2.1 Visit`, `3. Analysis`, `B) Views`.
fn without_number(line: &str) -> &str {
    let bytes = line.as_bytes();
    let digits = skip(bytes, 0, 8, |b| b.is_ascii_digit() || b == b'.');
    let letter = usize::from(digits == 0 && bytes[0].is_ascii_uppercase());
    let number = digits + letter;
    let number = number + usize::from(number > 0 && matches!(bytes.get(number), Some(b')' | b':')));
    let is_number = if letter > 0 { number == 2 } else { number > 0 && digits < 8 };
    match line.get(number..) {
        Some(rest) if is_number && rest.starts_with(' ') => rest.trim_start(),
        _ => line,
    }
}

fn is_title(title: &str, numbered: bool) -> bool {
    if title.starts_with(|first: char| first.is_ascii_lowercase()) {
        return false;
    }
    let colon = title.ends_with(':');
    let title = title.trim_end_matches(':').trim_end();
    let bytes = title.as_bytes();
    let letters = bytes.iter().filter(|&&b| is_letter(b)).count();
    if letters < 4 || bytes.iter().any(|b| matches!(b, b'!' | b'"' | b'|' | b'\t' | b';')) || has_stop(bytes) {
        return false;
    }
    let upper = bytes.iter().filter(|b| b.is_ascii_uppercase()).count();
    let lower = bytes.iter().filter(|b| b.is_ascii_lowercase()).count();
    if lower == 0 {
        return upper >= 5 && !title.contains(": ");
    }
    if !bytes[0].is_ascii_uppercase() {
        return false;
    }
    let words = || title.split_ascii_whitespace();
    let count = words().count();
    if colon {
        return count <= 7 && !title.contains(": ");
    }
    let plain = bytes.iter().all(|&b| is_letter(b) || matches!(b, b' ' | b'\'' | b'-' | b'/' | b'&'));
    let capitals = words().all(|word| word.len() < 4 || word.as_bytes()[0].is_ascii_uppercase());
    let has_content = words().filter(|word| word.len() >= 4).count();
    plain && count <= 6 && (count == 1 && lower >= 4 || numbered && count <= 4 || capitals && has_content >= 2)
}

/// A question or a full stop within or at the end; a stop that ends a number or an initial also counts.
fn has_stop(bytes: &[u8]) -> bool {
    bytes.ends_with(b".") || bytes.ends_with(b"?") || bytes.windows(2).any(|w| w == b". " || w == b"? ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn headings() {
        for line in [
            "# Analysis",
            "## Worker's view ##",
            "**Impact on Sam**",
            "Analysis",
            "Analysis:",
            "Background",
            "Worker's view:",
            "Views of the child:",
            "Professional View",
            "ANALYSIS AND PLAN",
            "SIGNIFICANT EVENTS - Callum D (15)".to_uppercase().as_str(),
            "2.1 Visit",
            "3. Professional view",
            "4) Outcome",
            "Impact on Tia and Remy",
        ] {
            assert!(is_heading(line), "{line:?}");
        }
        for line in [
            "",
            "She said no.",
            "Analysis: she is 12",
            "Seen at home",
            "seen at home",
            "Professional view",
            "DNA",
            "NFA",
            "Was she safe?",
            "\"Not my fault\"",
            "3.2",
            "Mum rang at 9.15 and said that Tia had been seen in town again, with the older lads:",
            "03.09.24",
        ] {
            assert!(!is_heading(line), "{line:?}");
        }
    }

    fn parts(text: &str) -> Vec<&str> {
        paragraphs(text, 0..text.len()).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn divided() {
        assert_eq!(parts("One line\nand on.\n\nTwo.\n \t\nThree."), ["One line\nand on.", "Two.", "Three."]);
        assert_eq!(
            parts("Plan:\n* ring mum\n  today\n* visit\n1. see her"),
            ["Plan:", "* ring mum\n  today", "* visit", "1. see her"]
        );
        assert_eq!(parts("Date | Event\n3/4 | Seen\nEnd of it."), ["Date | Event", "3/4 | Seen", "End of it."]);
        assert_eq!(parts("Analysis\nShe is 12.\nVIEWS OF MUM\nNone."), ["Analysis", "She is 12.", "VIEWS OF MUM", "None."]);
        assert_eq!(parts("\r\nOne.\r\n\r\nTwo.\r\n"), ["One.", "Two."]);
        assert_eq!(parts(" \n\n"), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn all_signs_in_order(text in "[a-zA-Z0-9 .:|*#\t\n\"é日-]{0,160}") {
            let mut last = 0;
            for range in paragraphs(&text, 0..text.len()) {
                prop_assert!(last <= range.start && range.start < range.end);
                prop_assert!(text[last..range.start].trim().is_empty());
                last = range.end;
            }
            prop_assert!(text[last..].trim().is_empty());
        }

        #[test]
        fn any_string(text in any::<String>(), from in 0usize..30, to in 0usize..60) {
            paragraphs(&text, from..to);
            is_heading(&text);
        }
    }
}
