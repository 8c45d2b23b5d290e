//! Forms: the pieces that a printed sheet is made of, and which of them layout alone tells to be printed.

use std::ops::Range;

use super::bytes::{line_end, line_start, trim};
use super::lines::{is_soft_break, label_end};

/// No piece of printed matter is longer, in bytes.
pub const LONGEST: usize = 400;
/// So many blanks, dots or underscores in a row are a gap to write in.
const GAP: usize = 3;
/// So many lines with a label, one below the other, are a form.
const LABELS: usize = 3;
/// The words behind a box are no longer, in bytes.
const CHOICE: usize = 80;
/// A label has at most so many words.
const LABEL_WORDS: usize = 5;

/// A piece of a form: what stands between line breaks, cells of a table, boxes to tick and gaps to write in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub range: Range<usize>,
    /// A box to tick stands before it.
    pub is_choice: bool,
}

/// The pieces of a stretch.
pub fn pieces(text: &str, within: Range<usize>) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let (mut start, mut at, mut is_choice) = (within.start, within.start, false);
    let mut close = |range: Range<usize>, is_choice| {
        let range = trim(bytes, range);
        if !range.is_empty() {
            pieces.push(Piece { range, is_choice });
        }
    };
    while at < within.end {
        match cut_at(text, at) {
            Some((length, is_box)) => {
                close(start..at, is_choice);
                at = (at + length).min(within.end);
                // A second box before the words is the same choice, and a gap behind a box does not part it from them.
                is_choice = is_box || is_choice && text[start..at].trim().is_empty() && bytes[at - 1] != b'\n';
                start = at;
            }
            None => at = next_cut(bytes, at + 1..within.end),
        }
    }
    close(start..within.end, is_choice);
    pieces
}

/// The pieces that a span touches, as far as they are no longer than printed matter is.
pub fn pieces_around(text: &str, span: &Range<usize>) -> Vec<Piece> {
    let from = text.floor_char_boundary(span.start.saturating_sub(LONGEST));
    let to = text.ceil_char_boundary((span.end + LONGEST).min(text.len()));
    let touches = |piece: &Piece| piece.range.start < span.end && span.start < piece.range.end;
    pieces(text, from..to).into_iter().filter(touches).collect()
}

/// The first place where something may stand that parts two pieces; the end where there is none.
fn next_cut(bytes: &[u8], mut within: Range<usize>) -> usize {
    let end = within.end;
    let may_cut = |at: &usize| match bytes[*at] {
        b'\n' | b'\t' | b'|' | b'[' => true,
        blank @ (b' ' | b'_' | b'.') => bytes.get(at + 1) == Some(&blank),
        // Signs begin so in UTF-8.
        other => other >= 0xC0,
    };
    within.find(may_cut).unwrap_or(end)
}

/// How many bytes of what parts two pieces stand at a place, and whether it is a box to tick.
fn cut_at(text: &str, at: usize) -> Option<(usize, bool)> {
    let rest = &text.as_bytes()[at..];
    match rest[0] {
        b'\n' | b'\t' | b'|' => Some((1, false)),
        b'[' if matches!(rest, [_, b' ' | b'x' | b'X', b']', ..]) => Some((3, true)),
        blank @ (b' ' | b'_' | b'.') => {
            let run = rest.iter().take_while(|&&byte| byte == blank).count();
            (run >= GAP).then_some((run, false))
        }
        first if !first.is_ascii() => {
            let sign = text[at..].chars().next()?;
            matches!(sign, '☐' | '☑' | '☒' | '□' | '■' | '▢' | '◻' | '◼' | '✓' | '✔' | '✗' | '✘')
                .then_some((sign.len_utf8(), true))
        }
        _ => None,
    }
}

/// A piece as it is compared: in small letters, one blank between words, without signs at its ends.
pub fn plain(piece: &str) -> String {
    let words = piece.trim_matches(|sign: char| !sign.is_alphanumeric()).split_whitespace();
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Where the printed part of a line may end from a place on: behind a colon or a question mark.
pub fn ends(text: &str, within: Range<usize>) -> impl Iterator<Item = usize> {
    let ends = text.as_bytes()[within.clone()].iter().enumerate();
    ends.filter(|(_, byte)| matches!(byte, b':' | b'?')).map(move |(at, _)| within.start + at + 1)
}

/// Whether a piece goes on over the end of its line, or goes on from the line before: then it is a line of prose.
pub fn is_wrapped(text: &str, piece: &Range<usize>) -> bool {
    let before = text[..piece.start].trim_end_matches(' ');
    let behind = piece.end + text[piece.end..].bytes().take_while(|&byte| byte == b' ' || byte == b'\r').count();
    before.ends_with('\n') && is_soft_break(text, before.len() - 1) || is_soft_break(text, behind)
}

/// Whether a place stands in the label of a line with a label, among others of that kind: "Reason for DNA: forgot".
pub fn is_label(text: &str, span: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let start = line_start(bytes, span.start, span.start.saturating_sub(LONGEST));
    let Some(end) = label_end(bytes, start, LABEL_WORDS) else {
        return false;
    };
    span.end <= end && 1 + run(text, start, Way::Up) + run(text, start, Way::Down) >= LABELS
}

/// Whether a piece is one of the choices of a form: words behind a box to tick, ticked or not, and no more than a line of them.
pub fn is_choice(text: &str, piece: &Piece) -> bool {
    piece.is_choice && piece.range.len() <= CHOICE && !text[piece.range.clone()].contains(". ")
}

/// Whether the answer to what ends at a place stands beside it: a box to tick, or another cell of the row.
pub fn is_answered_beside(text: &str, end: usize) -> bool {
    let rest = end + text[end..].bytes().take_while(|&byte| byte == b' ').count();
    let cut = (rest < text.len()).then(|| cut_at(text, rest)).flatten();
    cut.is_some_and(|(_, is_box)| is_box || matches!(text.as_bytes()[rest], b'|' | b'\t' | b'_'))
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Up,
    Down,
}

/// How many lines with a label follow one another from a line on, without it; no more are counted than are wanted.
fn run(text: &str, line: usize, way: Way) -> usize {
    let bytes = text.as_bytes();
    let mut at = line;
    for count in 0..LABELS - 1 {
        let next = match way {
            Way::Up if at == 0 => return count,
            Way::Up => line_start(bytes, at - 1, (at - 1).saturating_sub(LONGEST)),
            Way::Down => line_end(text, at, text.len().min(at + LONGEST)) + 1,
        };
        if next >= text.len() || label_end(bytes, next, LABEL_WORDS).is_none() {
            return count;
        }
        at = next;
    }
    LABELS - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Vec<(&str, bool)> {
        pieces(text, 0..text.len()).into_iter().map(|piece| (&text[piece.range], piece.is_choice)).collect()
    }

    #[test]
    fn divided() {
        assert_eq!(parts("Name: ______ Age: ...\nSigned"), [("Name:", false), ("Age:", false), ("Signed", false)]);
        assert_eq!(parts("| Reason for DNA | forgot |"), [("Reason for DNA", false), ("forgot", false)]);
        assert_eq!(parts("Outcome: [x] Seen [ ] Not seen"), [("Outcome:", false), ("Seen", true), ("Not seen", true)]);
        assert_eq!(parts("☐ Consented ☒ Refused\nWell."), [("Consented", true), ("Refused", true), ("Well.", false)]);
        assert_eq!(parts("One. Two.. three"), [("One. Two.. three", false)]);
    }

    #[test]
    fn compared_alike() {
        for form in ["Reason for DNA:", "  REASON  for DNA ", "• Reason for\tDNA (", "Reason for DNA?"] {
            assert_eq!(plain(form), "reason for dna");
        }
    }

    #[test]
    fn labels_stand_among_labels() {
        let is_printed =
            |text: &str| is_label(text, &text.match_indices("DNA").next().map_or(0..0, |(at, word)| at..at + word.len()));
        assert!(is_printed("Name: Sam\nReason for DNA: forgot\nSeen by: KM"));
        assert!(is_printed("Reason for DNA: forgot\nSeen by: KM\nNext: May"));
        assert!(!is_printed("Name: Sam\nReason: DNA\nSeen by: KM"), "the value is the writer's");
        assert!(!is_printed("Reason for DNA: forgot\nSeen by: KM\nWell."), "two lines are no form");
        assert!(!is_printed("She DNA again. So it goes: no call.\nName: Sam\nSeen by: KM"));
    }

    proptest! {
        #[test]
        fn any_string(text in any::<String>(), from in 0usize..40, to in 0usize..40) {
            let start = text.floor_char_boundary(from);
            let span = start..text.ceil_char_boundary(to.min(text.len())).max(start);
            pieces_around(&text, &span);
            is_label(&text, &span);
            let mut last = 0;
            for piece in pieces(&text, 0..text.len()) {
                prop_assert!(last <= piece.range.start && piece.range.start < piece.range.end);
                is_wrapped(&text, &piece.range);
                last = piece.range.end;
            }
        }
    }
}
