//! Lines: which line break is only a wrap, and which one ends what was being said.

use std::ops::Range;

use super::bytes::{is_blank, is_closer, is_letter, line_start, next_fitting, skip, skip_back};
use super::sections::is_heading;

/// A line this long was probably broken to fit a page.
const LONG: usize = 45;
/// How far from a line break anything is looked at.
const REACH: usize = 96;
/// The longest label before a colon ("Social worker:").
const LABEL: usize = 28;

/// Whether the line break at `newline` is only a wrap. It is the end of a line that counts before a blank line, a bullet, a number,
/// a table row, a date, a speaker's label and a heading, and where a short line is followed by a new start.
///
/// No more than a hundred bytes on each side are looked at.
pub fn is_soft_break(text: &str, newline: usize) -> bool {
    let bytes = text.as_bytes();
    if bytes.get(newline) != Some(&b'\n') {
        return false;
    }
    let next = skip(bytes, newline + 1, newline + REACH, is_blank);
    let Some(&first) = bytes.get(next) else { return false };
    if first == b'\n' || is_blank(first) {
        return false;
    }
    // Most lines end with a full stop, and then only small letters can go on.
    let last = skip_back(bytes, newline, newline.saturating_sub(REACH), is_blank)
        .checked_sub(1)
        .map(|last| bytes[last]);
    if !first.is_ascii_lowercase() && matches!(last, Some(b'.' | b'!' | b'?' | b':' | b';' | b'|' | b'\n') | None) {
        return false;
    }
    if starts_item(bytes, next) {
        return false;
    }
    let before = line_before(bytes, newline);
    let is_joined = before.len() >= LONG / 2 && matches!(bytes[before.end - 1], b',' | b'(' | b'&' | b'/' | b'-');
    let may_wrap = first.is_ascii_lowercase() || is_joined || before.len() >= LONG;
    if !may_wrap || before.is_empty() || is_row(bytes, next) || is_headline(text, &before) {
        return false;
    }
    if first.is_ascii_lowercase() {
        return !starts_bare_label(bytes, next);
    }
    if starts_label(bytes, next) || ends_statement(bytes, &before) || is_heading_at(text, next) {
        return false;
    }
    is_joined || !is_capital_line(bytes, &before)
}

/// Whether a line announces what comes after it.
fn is_headline(text: &str, line: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    bytes[line.end - 1] == b':' || line.len() < LONG && text.get(line.clone()).is_some_and(is_heading)
}

/// The line that ends at `newline`, without blanks at its ends and no longer than the reach.
fn line_before(bytes: &[u8], newline: usize) -> Range<usize> {
    let limit = newline.saturating_sub(REACH);
    let end = skip_back(bytes, newline, limit, is_blank);
    skip(bytes, line_start(bytes, end, limit), end, is_blank)..end
}

/// Whether a line ends with a full stop or the like, perhaps inside quotation marks or brackets.
pub(super) fn ends_statement(bytes: &[u8], line: &Range<usize>) -> bool {
    let end = skip_back(bytes, line.end, line.start, is_closer);
    end > line.start && matches!(bytes[end - 1], b'.' | b'!' | b'?' | b':' | b';' | b'|')
}

fn is_capital_line(bytes: &[u8], line: &Range<usize>) -> bool {
    let line = &bytes[line.clone()];
    line.iter().any(u8::is_ascii_uppercase) && !line.iter().any(u8::is_ascii_lowercase)
}

/// Whether a bullet, a number with its stop, a date or a time in digits begins at `at`.
pub(super) fn starts_item(bytes: &[u8], at: usize) -> bool {
    marker_end(bytes, at).is_some()
        || starts_with_digits(bytes, at)
        || bytes.get(at) == Some(&b'[') && starts_with_digits(bytes, at + 1)
}

/// The end of the bullet or list number that begins at `at`, if one does.
pub(super) fn marker_end(bytes: &[u8], at: usize) -> Option<usize> {
    let follows = |end: usize| bytes.get(end).is_none_or(|&b| b == b'\n' || is_blank(b));
    match *bytes.get(at)? {
        b'*' | b'-' | b'+' | b'>' if follows(at + 1) => Some(at + 1),
        b'o' if follows(at + 1) && bytes.get(at + 2).is_some_and(|&b| b.is_ascii_uppercase()) => Some(at + 1),
        b'[' if matches!(bytes.get(at + 1), Some(b' ' | b'x' | b'X')) && bytes.get(at + 2) == Some(&b']') => Some(at + 3),
        b'(' => {
            let end = numeral_end(bytes, at + 1)?;
            (bytes.get(end) == Some(&b')') && follows(end + 1)).then_some(end + 1)
        }
        first if first.is_ascii_alphanumeric() => {
            let end = numeral_end(bytes, at)?;
            let dotted = bytes.get(end) == Some(&b'.') && !first.is_ascii_uppercase();
            ((dotted || bytes.get(end) == Some(&b')')) && follows(end + 1)).then_some(end + 1)
        }
        _ => None,
    }
}

/// The end of `12`, `3.2.1`, `b` or `iv`.
fn numeral_end(bytes: &[u8], at: usize) -> Option<usize> {
    let first = *bytes.get(at)?;
    let end = if first.is_ascii_digit() {
        let end = skip(bytes, at, at + 10, |b| b.is_ascii_digit() || b == b'.');
        if bytes[end - 1] == b'.' { end - 1 } else { end }
    } else if matches!(first, b'i' | b'v' | b'x') {
        skip(bytes, at, at + 5, |b| matches!(b, b'i' | b'v' | b'x'))
    } else {
        skip(bytes, at, at + 2, |b| b.is_ascii_alphabetic())
    };
    let is_numeral = first.is_ascii_digit() || matches!(first, b'i' | b'v' | b'x') || end == at + 1;
    (end > at && is_numeral).then_some(end)
}

/// `03/09`, `14.30`, `9:15`, `2024-03`, `2.1 Visit`, `0915`.
fn starts_with_digits(bytes: &[u8], at: usize) -> bool {
    let end = skip(bytes, at, at + 5, |b| b.is_ascii_digit());
    let joined = matches!(bytes.get(end), Some(b'/' | b'.' | b':' | b'-')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    match end - at {
        0 => false,
        4 if bytes[at] <= b'2' && !joined => {
            bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase)
                || bytes.get(end..end + 3) == Some(b"hrs")
        }
        _ => joined,
    }
}

/// Whether a table row stands at `at`: a bar at its start or between blanks, or a tab within it.
pub(super) fn is_row(bytes: &[u8], at: usize) -> bool {
    if bytes.get(at) == Some(&b'|') {
        return true;
    }
    let near = &bytes[at..bytes.len().min(at + REACH)];
    if next_fitting(near, 0, |b| matches!(b, b'|' | b'\t')).is_none() {
        return false;
    }
    let end = skip(near, 0, near.len(), |b| b != b'\n');
    near[..end].windows(3).any(|w| w == b" | " || w[0] != b'.' && w[1] == b'\t' && w[2] > b' ')
}

/// Whether a label with a colon begins at `at`: `SW: So`, `DS Nowak: I`, `From: Medical Room`.
pub(super) fn starts_label(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_uppercase) && label_end(bytes, at, 4).is_some()
}

/// A label of one short word in small letters, as transcripts in haste have it: `sw: so`.
fn starts_bare_label(bytes: &[u8], at: usize) -> bool {
    bytes[at..].iter().take(8).any(|&b| b == b':') && label_end(bytes, at, 1).is_some_and(|end| end - at <= 8)
}

/// The end of a label of at most `words` words, after its colon.
pub(super) fn label_end(bytes: &[u8], at: usize, words: usize) -> Option<usize> {
    let fits = |b: u8| is_letter(b) || b.is_ascii_digit() || matches!(b, b' ' | b'\'' | b'-' | b'/' | b'(' | b')' | b'.');
    let end = skip(bytes, at, at + LABEL, fits);
    let is_label = end > at
        && bytes.get(end) == Some(&b':')
        && bytes.get(end + 1).is_none_or(|&b| b == b'\n' || is_blank(b))
        && bytes[at..end].iter().filter(|&&b| b == b' ').count() < words
        && bytes[at..end].iter().copied().any(is_letter)
        && !bytes[at..end].windows(2).any(|w| w == b". ");
    is_label.then_some(end + 1)
}

fn is_heading_at(text: &str, at: usize) -> bool {
    let end = skip(text.as_bytes(), at, at + REACH, |b| b != b'\n');
    text.get(at..text.floor_char_boundary(end)).is_some_and(is_heading)
}

#[cfg(test)]
mod tests {
    use super::super::cases;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn file_of_cases() {
        let cases = cases::lines(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/text/lines.txt")));
        let wrong = cases.iter().filter_map(|case| {
            let pieces = cases::pieces(case, &["{~}", "{|}"]);
            let text = pieces.iter().map(|(_, piece)| *piece).collect::<Vec<_>>().join("\n");
            let found = text.match_indices('\n').map(|(at, _)| is_soft_break(&text, at));
            let expected = pieces.iter().skip(1).map(|(mark, _)| *mark == Some(0));
            (!found.eq(expected)).then(|| case.clone())
        });
        cases::report(&wrong.collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn no_panic(text in "[a-zA-Z0-9 .:|*\t\n\"'é日()-]{0,120}", at in 0usize..140) {
            is_soft_break(&text, at);
        }

        #[test]
        fn far_text_does_not_matter(text in "[a-zA-Z .\n]{0,60}\n[a-zA-Z .\n]{0,60}", far in "[a-z\n]{0,40}") {
            let at = text.find('\n').unwrap_or(0);
            let pad = format!("{}\n", "x".repeat(200));
            let longer = format!("{pad}{text}{}{far}", " ".repeat(120));
            let alone = format!("{pad}{text}{}", " ".repeat(120));
            prop_assert_eq!(is_soft_break(&longer, pad.len() + at), is_soft_break(&alone, pad.len() + at));
        }
    }
}
