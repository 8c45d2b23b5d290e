//! Sentences, as far as case notes have them.

use std::ops::Range;

use super::bytes::{clamp, is_blank, is_closer, is_letter, is_white, next_fitting, skip, skip_back, trim};
use super::lines::{is_soft_break, marker_end, starts_item};
use super::vocabulary::{Vocabulary, holds};

/// How far back from a full stop its word is looked for. A longer word is no abbreviation.
const WORD: usize = 24;
/// A name is longer than this more often than not; "She", "Mum" and "They" are not.
const SHORT_WORD: usize = 4;

/// The sentences of a paragraph, without white space at their ends. The lines, table cells and bullets of notes without full stops
/// count as sentences.
pub fn sentences(text: &str, paragraph: Range<usize>, vocabulary: &Vocabulary) -> Vec<Range<usize>> {
    let within = clamp(text, paragraph);
    let mut splitter = Splitter {
        text,
        bytes: &text.as_bytes()[..within.end],
        vocabulary,
        start: within.start,
        found: Vec::new(),
    };
    let mut at = within.start;
    while let Some(next) = next_sign(splitter.bytes, at) {
        at = splitter.step(next);
    }
    splitter.cut(within.end);
    splitter.found
}

/// A byte that may end a sentence. The last four begin full stops of other scripts.
fn is_sign(byte: u8) -> bool {
    // Compared one by one and without branches, so that a block can be compared at once.
    let is = |sign: u8| byte == sign;
    is(b'.') | is(b'!') | is(b'?') | is(b'\n') | is(b'\t') | is(b'|') | is(b'*') | is(0xe3) | is(0xe0) | is(0xd8) | is(0xdb)
}

fn next_sign(bytes: &[u8], at: usize) -> Option<usize> {
    next_fitting(bytes, at, is_sign)
}

struct Splitter<'a> {
    text: &'a str,
    /// Up to the paragraph's end.
    bytes: &'a [u8],
    vocabulary: &'a Vocabulary,
    /// Where the sentence that is open begins, white space included.
    start: usize,
    found: Vec<Range<usize>>,
}

impl Splitter<'_> {
    /// Ends the open sentence at `end`.
    fn cut(&mut self, end: usize) {
        let sentence = trim(self.bytes, self.start..end.max(self.start));
        if !sentence.is_empty() {
            self.found.push(sentence);
        }
        self.start = end.max(self.start);
    }

    fn byte(&self, at: usize) -> u8 {
        // Beyond the end of the paragraph a line ends.
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    /// Looks at the sign at `at` and returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        match self.bytes[at] {
            b'.' | b'!' | b'?' => return self.stop(at),
            b'\n' => {
                if !self.goes_on_over(at) {
                    self.cut(at);
                }
            }
            b'\t' => self.tab(at),
            b'|' => {
                self.cut(at);
                self.start = at + 1;
            }
            b'*' => self.bullet(at),
            _ => self.foreign_stop(at),
        }
        at + 1
    }

    /// Whether a sentence goes on after the line break at `at`: a wrap, or one after a full stop that has been seen to end nothing.
    fn goes_on_over(&self, at: usize) -> bool {
        let end = skip_back(self.bytes, at, self.start, is_blank);
        let after_stop = end > self.start && self.bytes[end - 1] == b'.';
        after_stop || is_soft_break(self.text, at)
    }

    /// A tab sets cells apart, save after a bullet or a number and at a line's start.
    fn tab(&mut self, at: usize) {
        let open = trim(self.bytes, self.start..at);
        let is_marker = open.len() <= 12 && marker_end(&self.bytes[..at], open.start) == Some(open.end);
        if !open.is_empty() && !is_marker && self.byte(at.wrapping_sub(1)) != b'\n' {
            self.cut(at);
        }
    }

    /// A bullet within a line: "Plan: * ring mum * visit".
    fn bullet(&mut self, at: usize) {
        if at > self.start && is_blank(self.byte(at - 1)) && is_blank(self.byte(at + 1)) {
            self.cut(at);
        }
    }

    fn foreign_stop(&mut self, at: usize) {
        for stop in ["。", "।", "؟", "۔"] {
            if self.bytes[at..].starts_with(stop.as_bytes()) {
                self.cut(skip(self.bytes, at + stop.len(), self.bytes.len(), is_closer));
            }
        }
    }

    /// One or more of `.!?`, with the quotation marks and brackets that close after them.
    fn stop(&mut self, at: usize) -> usize {
        let run = skip(self.bytes, at, self.bytes.len(), |b| matches!(b, b'.' | b'!' | b'?'));
        let end = skip(self.bytes, run, self.bytes.len(), is_closer);
        if self.ends_sentence(at, run, end) {
            self.cut(end);
        }
        end
    }

    fn ends_sentence(&self, at: usize, run: usize, end: usize) -> bool {
        let after = self.byte(end);
        if !is_white(after) {
            return end == run && self.runs_on(at, run);
        }
        // "? CAMHS" and "low mood ?CSE" ask for a diagnosis; they end nothing.
        if self.bytes[at] == b'?' && (at == self.start || is_white(self.byte(at - 1)) || self.byte(at - 1) == b'(') {
            return false;
        }
        let next = skip(self.bytes, end, self.bytes.len(), is_blank);
        if self.byte(next) == b'\n' {
            return !(run == at + 1 && self.is_shortened_at_line_end(at, next));
        }
        let lower = self.byte(next).is_ascii_lowercase();
        if lower && end > run {
            return false;
        }
        if run - at > 1 && self.bytes[at..run].iter().all(|&b| b == b'.') {
            return !lower;
        }
        !self.is_shortened(at, run, next)
    }

    /// A stop with no blank after it: "seen at home.Said little".
    fn runs_on(&self, at: usize, run: usize) -> bool {
        let word = skip_back(self.bytes, at, self.start.max(at.saturating_sub(WORD)), |b| b.is_ascii_alphabetic());
        let before = &self.bytes[word..at];
        let plain = before.len() >= 3 && before[1..].iter().all(u8::is_ascii_lowercase);
        let linked = word > 0 && matches!(self.byte(word - 1), b'.' | b'@' | b'/' | b':' | b'_');
        let capital = self.byte(run).is_ascii_uppercase();
        let next = self.byte(run + 1);
        plain && !linked && capital && run == at + 1 && (next.is_ascii_lowercase() && !self.is_name_of_file(run) || next == b' ')
    }

    /// "Notes.Docx", "Example.Com": a full stop, and one word up to a blank.
    fn is_name_of_file(&self, at: usize) -> bool {
        let end = skip(self.bytes, at, at + 5, |b| b.is_ascii_alphabetic());
        matches!(self.byte(end), b'/' | b'.' | b'@') && !is_white(self.byte(end + 1))
    }

    /// Whether the full stop at `at` belongs to its word, given what begins at `next`.
    fn is_shortened(&self, at: usize, run: usize, next: usize) -> bool {
        if self.bytes[at] != b'.' || run != at + 1 {
            return false;
        }
        let begin = self.word_before(at);
        let word = &self.bytes[begin..at];
        if word.is_empty() {
            return false;
        }
        let first_on_line = trim(self.bytes, self.start..begin).is_empty();
        if first_on_line && marker_end(self.bytes, begin) == Some(run) {
            return true;
        }
        if let [letter] = word {
            return self.is_initial(begin, *letter, next);
        }
        if holds(&self.vocabulary.abbreviations, word) {
            return self.abbreviation_goes_on(begin, at, next);
        }
        let follower = self.byte(next);
        if is_dotted_initials(word) {
            return !follower.is_ascii_uppercase() || self.is_long_capital_word(next);
        }
        follower.is_ascii_lowercase() && lacks_vowel(word) && word.iter().all(u8::is_ascii_lowercase)
    }

    /// At a line's end only a listed abbreviation goes on, and only if the next line carries on.
    fn is_shortened_at_line_end(&self, at: usize, newline: usize) -> bool {
        let next = skip(self.bytes, newline + 1, self.bytes.len().min(newline + WORD), is_blank);
        let word = self.word_before(at);
        self.bytes[at] == b'.'
            && !is_white(self.byte(next))
            && !starts_item(self.bytes, next)
            && holds(&self.vocabulary.abbreviations, &self.bytes[word..at])
            && self.abbreviation_goes_on(word, at, next)
    }

    /// The start of the word that the full stop at `at` ends; dots within it belong to it.
    fn word_before(&self, at: usize) -> usize {
        let limit = self.start.max(at.saturating_sub(WORD));
        skip_back(self.bytes, at, limit, |b| is_letter(b) || b.is_ascii_digit() || matches!(b, b'.' | b'\'' | b'@'))
    }

    fn abbreviation_goes_on(&self, begin: usize, at: usize, next: usize) -> bool {
        let (word, follower) = (&self.bytes[begin..at], self.byte(next));
        if !follower.is_ascii_uppercase() {
            // Before a quotation or a bracket "he said no." ends, and "Mr." does not.
            return follower.is_ascii_lowercase() || follower.is_ascii_digit() || !is_whole_word(word);
        }
        let is_date = holds(&self.vocabulary.months, word) || holds(&self.vocabulary.weekdays, word);
        if is_date || self.follows_number(begin) || word.len() <= 2 && !lacks_vowel(word) {
            return false;
        }
        // "Dr. Hale" goes on, "etc. She" ends, "e.g. Mum" and "vs. Smith" go on.
        word[0].is_ascii_uppercase() || word.contains(&b'.') || lacks_vowel(word)
    }

    /// `40 mins`, `4pm`.
    fn follows_number(&self, begin: usize) -> bool {
        let end = skip_back(self.bytes, begin, self.start.max(begin.saturating_sub(2)), is_blank);
        end > self.start && self.bytes[end - 1].is_ascii_digit()
    }

    /// One letter and a full stop: "A. Bassi" and "s. 47" go on, "Ms. K. She" and "with K. She" end.
    fn is_initial(&self, begin: usize, letter: u8, next: usize) -> bool {
        let follower = self.byte(next);
        if letter.is_ascii_digit() {
            return false;
        }
        if !letter.is_ascii_uppercase() {
            return follower.is_ascii_digit() || follower.is_ascii_lowercase();
        }
        if !follower.is_ascii_uppercase() {
            return !matches!(follower, b'"' | b'\'');
        }
        self.is_long_capital_word(next) && !self.follows_name(begin)
    }

    /// Whether a word with a capital stands before `begin`: a first name or a title, so that the initial is a surname.
    fn follows_name(&self, begin: usize) -> bool {
        let end = skip_back(self.bytes, begin, self.start, is_blank);
        let end = end - usize::from(end > self.start && self.byte(end - 1) == b'.');
        let word = skip_back(self.bytes, end, self.start.max(end.saturating_sub(WORD)), is_letter);
        end - word >= 2 && self.bytes[word].is_ascii_uppercase() && self.bytes[word + 1].is_ascii_lowercase() && end < begin
    }

    fn is_long_capital_word(&self, at: usize) -> bool {
        let end = skip(self.bytes, at, at + WORD, |b| is_letter(b) || b == b'\'');
        let initial = end == at + 1 && self.byte(end) == b'.';
        self.byte(at).is_ascii_uppercase() && (initial || end - at > SHORT_WORD)
    }
}

/// `M.K`, `J.R.R`.
fn is_dotted_initials(word: &[u8]) -> bool {
    word.len() >= 3 && word.iter().enumerate().all(|(i, b)| if i % 2 == 0 { b.is_ascii_uppercase() } else { *b == b'.' })
}

/// "no", "sat", "mar", "fig": words of their own in other places, when they stand in small letters.
fn is_whole_word(word: &[u8]) -> bool {
    !lacks_vowel(word) && !word.contains(&b'.') && word.iter().all(u8::is_ascii_lowercase)
}

fn lacks_vowel(word: &[u8]) -> bool {
    word.len() <= 5
        && !word
            .iter()
            .any(|b| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y') || !b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::super::cases;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn file_of_cases() {
        let vocabulary = cases::vocabulary();
        let cases = cases::lines(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/text/sentences.txt")));
        assert!(cases.len() >= 170);
        let wrong = cases.iter().filter_map(|case| {
            // A bar between cells belongs to neither.
            let expected: Vec<_> = case.split("¦ ").map(|piece| piece.trim_matches(['|', ' ', '\n', '\t', '\r'])).collect();
            let text = case.replace("¦ ", "");
            let found: Vec<_> = sentences(&text, 0..text.len(), &vocabulary).into_iter().map(|range| &text[range]).collect();
            (found != expected).then(|| format!("expected {expected:?}\n   found {found:?}"))
        });
        cases::report(&wrong.collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn in_order_without_overlap(text in "([a-zA-Z]{1,6}|[.!? \n\t|*\"')(]|[0-9]|Mr|e\\.g|é|。|日){0,80}") {
            let mut last = 0;
            for range in sentences(&text, 0..text.len(), &cases::vocabulary()) {
                prop_assert!(last <= range.start && range.start < range.end && range.end <= text.len());
                let between = &text[last..range.start];
                prop_assert!(between.chars().all(|c| c.is_whitespace() || c == '|'), "lost {:?}", between);
                prop_assert_eq!(text[range.clone()].trim_matches([' ', '\n', '\t']), &text[range.clone()]);
                last = range.end;
            }
            prop_assert!(text[last..].chars().all(|c| c.is_whitespace() || c == '|'));
        }

        #[test]
        fn any_string(text in any::<String>(), from in 0usize..20, to in 0usize..60) {
            for range in sentences(&text, from..to, &cases::vocabulary()) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
