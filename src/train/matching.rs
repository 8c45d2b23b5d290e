//! Words of a text, and phrases looked for among them.
//!
//! A phrase is written as words with blanks between them. A word that ends in `*` stands for all that begin so (`groom*`), and `..` for up to
//! [`GAP`] words. Case, wraps, hyphens and typographic signs do not matter.

use std::ops::Range;

use crate::text::Text;

/// How many words `..` may pass over.
const GAP: usize = 4;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// In bytes of the text.
    pub range: Range<usize>,
    /// Folded, in small letters.
    pub text: String,
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<Word> {
    let folded = Text::new(text);
    let mut words = Vec::new();
    let mut start = None;
    let ends = folded.folded().char_indices().chain([(folded.folded().len(), ' ')]);
    for (at, sign) in ends {
        if sign.is_alphanumeric() || (sign == '\'' && start.is_some()) {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            let text = folded.folded()[from..at].trim_end_matches('\'');
            words.push(Word { range: folded.original_range(from..from + text.len()), text: text.to_lowercase() });
        }
    }
    words
}

/// Where a phrase stands in a text, in bytes.
pub fn find(text: &str, phrase: &str) -> Vec<Range<usize>> {
    places(&words(text), phrase)
}

/// Where a phrase stands among words.
pub fn places(words: &[Word], phrase: &str) -> Vec<Range<usize>> {
    let parts = parts(phrase);
    if parts.is_empty() {
        return Vec::new();
    }
    let from = |start: usize| Some(words[start].range.start..words[ends(words, start, &parts)? - 1].range.end);
    (0..words.len()).filter_map(from).collect()
}

/// Whether any of the phrases stands among words.
pub fn any(words: &[Word], phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| !places(words, phrase).is_empty())
}

enum Part {
    Word(String),
    Begins(String),
    Gap,
}

fn parts(phrase: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in phrase.split_whitespace() {
        if piece == ".." {
            // Several in a row are one: each doubles the work.
            if !matches!(parts.last(), Some(Part::Gap)) {
                parts.push(Part::Gap);
            }
            continue;
        }
        let begins = piece.ends_with('*');
        let mut words: Vec<String> = words(piece).into_iter().map(|word| word.text).collect();
        let last = words.pop();
        parts.extend(words.into_iter().map(Part::Word));
        parts.extend(last.map(|last| if begins { Part::Begins(last) } else { Part::Word(last) }));
    }
    parts
}

/// The number of the word behind a phrase that begins at a word.
fn ends(words: &[Word], at: usize, parts: &[Part]) -> Option<usize> {
    let fits = |fits: bool| if fits { ends(words, at + 1, &parts[1..]) } else { None };
    match parts.first() {
        None => Some(at),
        Some(Part::Gap) => (at..=at + GAP).find_map(|at| ends(words, at, &parts[1..])),
        Some(Part::Word(word)) => fits(words.get(at).is_some_and(|own| own.text == *word)),
        Some(Part::Begins(start)) => fits(words.get(at).is_some_and(|own| own.text.starts_with(start))),
    }
}

/// Which words of a text another did not have: all that is left when the longest run of words common to both, in order, is taken away.
pub fn added(before: &[Word], after: &[Word]) -> Vec<bool> {
    // `longest[i][j]` is the length of what `before[i..]` and `after[j..]` have in common.
    let width = after.len() + 1;
    let mut longest = vec![0_u32; (before.len() + 1) * width];
    for i in (0..before.len()).rev() {
        for j in (0..after.len()).rev() {
            longest[i * width + j] = if before[i].text == after[j].text {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut added = vec![true; after.len()];
    let (mut i, mut j) = (0, 0);
    while i < before.len() && j < after.len() {
        if before[i].text == after[j].text {
            added[j] = false;
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    added
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_whatever_the_signs() {
        let text = "She had “15–20 partners”,\nMum's words; she doesn’t say whose.";
        let found = |phrase: &str| find(text, phrase).into_iter().map(|place| &text[place]).collect::<Vec<_>>();
        assert_eq!(found("15-20 partners"), ["15–20 partners"]);
        assert_eq!(found("mum's word*"), ["Mum's words"]);
        assert_eq!(found("she .. partners"), ["She had “15–20 partners"]);
        assert_eq!(found("doesn't say"), ["doesn’t say"]);
        assert!(found("partner").is_empty() && found("").is_empty());
    }

    #[test]
    fn what_was_added_is_told_from_what_stood_there() {
        let (before, after) = (words("Mum says she consented."), words("Mum says she consented. She is 12, and she is a child."));
        let added: Vec<&str> = after
            .iter()
            .zip(added(&before, &after))
            .filter(|(_, is_new)| *is_new)
            .map(|(word, _)| word.text.as_str())
            .collect();
        assert_eq!(added, ["she", "is", "12", "and", "she", "is", "a", "child"]);
    }
}
