//! Lines broken to a width.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use caselint::tell::width;

/// Breaks a line into rows of at most `columns` characters, at blanks where it can, and never inside `keep` if that fits into a row. The
/// ranges leave out the blanks at which it was broken.
pub fn rows(line: &str, keep: Range<usize>, columns: usize) -> Vec<Range<usize>> {
    let keep = fitting(line, keep, columns);
    let inside = |at: usize| keep.start < at && at < keep.end;
    let mut rows = Vec::new();
    // Where the row begins, and how many characters it has so far.
    let (mut start, mut count) = (0, 0);
    // Where the row may end, where the next begins then, and how many characters lie before that.
    let mut chance: Option<(usize, usize, usize)> = None;
    for (at, grapheme) in line.grapheme_indices(true) {
        if grapheme == " " && !inside(at) {
            let end = chance.filter(|&(_, next, _)| next == at).map_or(at, |(end, _, _)| end);
            chance = Some((end, at + 1, count + 1));
        } else {
            if at == keep.start && at > start && !line[..at].ends_with(' ') {
                chance = Some((at, at, count));
            }
            if count >= columns {
                if let Some((end, next, used)) = chance.take() {
                    rows.push(start..end);
                    (start, count) = (next, count - used);
                } else if !inside(at) {
                    rows.push(start..at);
                    (start, count) = (at, 0);
                }
            }
        }
        count += 1;
    }
    rows.push(start..line.len());
    rows
}

/// The span that is kept together: with the signs before it, such as a quotation mark, where that fits into a row.
fn fitting(line: &str, keep: Range<usize>, columns: usize) -> Range<usize> {
    let word = line[..keep.start].rfind(' ').map_or(0, |blank| blank + 1);
    let fits = |span: &Range<usize>| !keep.is_empty() && width(&line[span.clone()]) <= columns;
    [word..keep.end, keep.clone()].into_iter().find(fits).unwrap_or(0..0)
}

/// Breaks a text into lines of at most `columns` characters.
pub fn lines(text: &str, columns: usize) -> Vec<&str> {
    rows(text, 0..0, columns).into_iter().map(|row| &text[row]).collect()
}

/// The lines of a paragraph, and those of an item that begins with blanks under the item.
#[cfg(feature = "register")]
pub fn said(text: &str, columns: usize) -> Vec<String> {
    if text.starts_with(' ') {
        hanging(text, columns)
    } else {
        lines(text, columns).into_iter().map(str::to_owned).collect()
    }
}

/// As [`lines`], the later ones indented by two more than the first.
pub fn hanging(text: &str, columns: usize) -> Vec<String> {
    let body = text.trim_start_matches(' ');
    let indent = " ".repeat(text.len() - body.len());
    let broken = lines(body, columns.saturating_sub(indent.len() + 2).max(1));
    let line = |(number, line): (usize, &str)| if number == 0 { format!("{indent}{line}") } else { format!("{indent}  {line}") };
    broken.into_iter().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_at_blanks_and_keeps_the_phrase_whole() {
        let line = "one two three four five";
        let keep = 4..18; // “two three four”
        let found: Vec<&str> = rows(line, keep, 14).into_iter().map(|row| &line[row]).collect();
        assert_eq!(found, ["one", "two three four", "five"]);
    }

    #[test]
    fn breaks_a_word_that_is_too_long_between_characters() {
        let line = "ééééééé";
        let found: Vec<&str> = rows(line, 0..0, 3).into_iter().map(|row| &line[row]).collect();
        assert_eq!(found, ["ééé", "ééé", "é"]);
    }

    #[test]
    fn rows_are_never_wider_than_asked() {
        let line = "a bb  ccc dddd eeeee/ffffff   ggggggg hhhhhhhhhh iiiiiiiiiiiiii";
        for columns in 1..40 {
            let rows = rows(line, 21..37, columns);
            assert!(rows.iter().all(|row| width(&line[row.clone()]) <= columns), "{columns}: {rows:?}");
            let words: String = rows.into_iter().map(|row| &line[row]).collect::<String>().replace(' ', "");
            assert_eq!(words, line.replace(' ', ""), "nothing is lost at {columns}");
        }
    }
}
