//! What makes two wordings one claim: the words that carry it, and its figures.

use crate::lexicon::{Lexicon, holds};
use crate::pattern::words::WordId;
use crate::scan::tokens::{Clauses, Token, flag};
use crate::text::Text;

/// A stem is at least so many bytes long.
const STEM: usize = 4;

/// The words of a phrase that carry its meaning, and its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wording {
    words: Vec<Word>,
    /// Those that the phrase begins with: 15 and 20 for "fifteen to twenty partners". Others, such as an age, count something else.
    pub figures: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    id: WordId,
    text: String,
}

impl Wording {
    /// Reads a phrase. Small words are passed over, save where there are no others.
    pub fn read(phrase: &str, lexicon: &Lexicon) -> Wording {
        let text = Text::new(phrase);
        let folded = text.folded();
        let mut clauses = Clauses::new(folded, 0..folded.len(), &lexicon.index);
        let (mut all, mut clause) = (Vec::new(), Vec::new());
        while clauses.next(&mut clause).is_some() {
            all.append(&mut clause);
        }
        let word = |token: &Token| Word { id: token.id, text: folded[token.start..token.end].to_lowercase() };
        let (mut words, mut small, mut figures) = (Vec::new(), Vec::new(), Figures::default());
        for token in &all {
            let word = word(token);
            match figure(&word.text, lexicon) {
                Some(_) if figures.is_over => {}
                Some(value) => figures.add(value, token.flags & flag::NUMBER == 0),
                None => {
                    figures.end(!words.is_empty() || !is_small(token, lexicon));
                    if is_small(token, lexicon) { small.push(word) } else { words.push(word) }
                }
            }
        }
        if words.is_empty() {
            words = small;
        }
        Wording { words, figures: figures.found }
    }

    /// Whether all words of another wording stand in this one.
    pub fn holds(&self, other: &Wording) -> bool {
        other.words.iter().all(|word| self.words.iter().any(|known| known.is_like(word)))
    }

    /// Whether half of the words of the shorter stand in the other, whatever their endings.
    pub fn is_like(&self, other: &Wording) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        let common = short.words.iter().filter(|word| long.words.iter().any(|known| known.is_like(word))).count();
        if short.words.is_empty() { long.words.is_empty() } else { 2 * common >= short.words.len() }
    }
}

impl Word {
    /// The same word, or one of its family: "consented" and "consensual" share what both begin with.
    fn is_like(&self, other: &Word) -> bool {
        if self.text == other.text || (self.id == other.id && self.id != crate::pattern::words::UNKNOWN) {
            return true;
        }
        let common = self.text.bytes().zip(other.text.bytes()).take_while(|(a, b)| a == b).count();
        let shorter = self.text.len().min(other.text.len());
        common >= STEM && 3 * common >= 2 * shorter
    }
}

/// Whether a word says little by itself.
fn is_small(token: &Token, lexicon: &Lexicon) -> bool {
    let words = &lexicon.words;
    let lists = [&words.link, &words.be, &words.have, &words.article, &words.object, &words.pronoun, &words.preposition];
    token.flags & (flag::FILLER | flag::SIGN) != 0 || lists.into_iter().any(|list| holds(list, token.id))
}

/// What a word of number counts.
fn figure(word: &str, lexicon: &Lexicon) -> Option<u32> {
    word.parse().ok().or_else(|| lexicon.case.numbers.get(word).copied())
}

/// Figures in the making: "twenty" and "five" side by side are one.
#[derive(Default)]
struct Figures {
    found: Vec<u32>,
    /// Whether the last figure may take units.
    is_open: bool,
    /// Whether a word that is counted has come.
    is_over: bool,
}

impl Figures {
    fn add(&mut self, value: u32, is_word: bool) {
        match self.found.last_mut() {
            Some(last) if self.is_open && is_word && value < 10 => *last += value,
            _ => self.found.push(value),
        }
        self.is_open = is_word && value >= 20 && value < 100 && value.is_multiple_of(10);
    }

    fn end(&mut self, is_over: bool) {
        self.is_open = false;
        self.is_over |= is_over;
    }
}
