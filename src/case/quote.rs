//! Words in their sentence, short enough to be shown.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Characters that are kept on either side of the words at most.
const REACH: usize = 160;

/// Words in their sentence, in which every run of white space is one blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quote {
    /// The words alone.
    pub words: String,
    /// The sentence, or what is near the words where it is long.
    pub sentence: String,
    /// Where the words stand in `sentence`, in bytes.
    pub start: usize,
    pub end: usize,
}

impl Quote {
    /// Quotes `words` out of `sentence`; both are ranges of `text`.
    pub(super) fn of(text: &str, sentence: &Range<usize>, words: &Range<usize>) -> Quote {
        let before = plain(&text[sentence.start.min(words.start)..words.start]);
        let behind = plain(&text[words.end..sentence.end.max(words.end)]);
        let quoted = plain(&text[words.clone()]);
        let before = last_chars(before.trim_start_matches(ROW));
        let behind = first_chars(behind.trim_end_matches(ROW));
        let start = before.len();
        let end = start + quoted.len();
        Quote { sentence: format!("{before}{quoted}{behind}"), words: quoted, start, end }
    }

    /// Whether two quotes of one entry are out of the same sentence. Long sentences are cut around their words, so that these may differ.
    pub(super) fn is_same_sentence(&self, other: &Quote) -> bool {
        self.sentence == other.sentence
    }
}

/// Marks of a table's row and of a list around a sentence.
const ROW: [char; 5] = ['|', ' ', '*', '#', '•'];

/// With every run of white space as one blank.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if plain.ends_with(' ') => {}
            true => plain.push(' '),
            false => plain.push(c),
        }
    }
    plain
}

fn last_chars(text: &str) -> String {
    let Some((at, _)) = text.char_indices().rev().nth(REACH) else {
        return text.to_owned();
    };
    let rest = &text[at..];
    format!("… {}", rest.split_once(' ').map_or(rest, |(_, rest)| rest))
}

fn first_chars(text: &str) -> String {
    let Some((at, _)) = text.char_indices().nth(REACH) else {
        return text.to_owned();
    };
    let rest = &text[..at];
    format!("{} …", rest.rsplit_once(' ').map_or(rest, |(rest, _)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stand_at_their_place() {
        let long = "word ".repeat(100);
        for (text, words, sentence) in [
            ("| 3/4/24 | Mum said\n  she is \"easy\". |", "easy", "3/4/24 | Mum said she is \"easy\"."),
            ("- easy", "easy", "- easy"),
        ] {
            let start = text.find(words).expect("the words stand there");
            let quote = Quote::of(text, &(0..text.len()), &(start..start + words.len()));
            assert_eq!((quote.sentence.as_str(), &quote.sentence[quote.start..quote.end]), (sentence, words));
        }
        let text = format!("{long}easy {long}");
        let quote = Quote::of(&text, &(0..text.len()), &(500..504));
        assert_eq!(&quote.sentence[quote.start..quote.end], "easy");
        assert!(quote.sentence.starts_with("… word") && quote.sentence.ends_with("word …") && quote.sentence.len() < 340);
    }
}
