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
    /// Those that count something of the phrase: 15 and 20 for "fifteen to twenty partners". One that ends it, such as an age, is none.
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
                Some(value) => figures.add(value, token.flags & flag::NUMBER == 0),
                None => {
                    figures.end(is_small(token, lexicon));
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
        if short.words.is_empty() {
            long.words.is_empty()
        } else {
            2 * common >= short.words.len()
        }
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
    takes_units: bool,
    /// Those that no word has followed yet.
    open: Vec<u32>,
}

impl Figures {
    fn add(&mut self, value: u32, is_word: bool) {
        match self.open.last_mut() {
            Some(last) if self.takes_units && is_word && value < 10 => *last += value,
            _ => self.open.push(value),
        }
        self.takes_units = is_word && (20..100).contains(&value) && value.is_multiple_of(10);
    }

    /// A word follows. "15 to 20" goes on; a word of meaning is what they count.
    fn end(&mut self, is_small: bool) {
        self.takes_units = false;
        if !is_small {
            self.found.append(&mut self.open);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        Lexicon::compile(&crate::upkeep::embedded(), false, &mut Vec::new())
    }

    /// Each line: two phrases, and whether they are near-identical.
    const ALIKE: &str = "
        15-20 partners          | fifteen to twenty sexual partners | yes
        many partners           | 15-20 partners                    | yes
        consented to sex        | it was consensual                 | yes
        puts herself at risk    | placing herself at risk           | yes
        risky behaviour         | risk-taking behaviors             | yes
        promiscuous             | Promiscuous                       | yes
        promiscuous             | sleeps around                     | no
        hard to reach           | disengaged                        | no
        older boyfriend         | her boyfriend                     | yes
        rude to staff           | swears                            | no
    ";

    const FIGURES: &str = "
        15-20 partners                    | 15 20
        fifteen to twenty sexual partners | 15 20
        over twenty five partners         | 25
        twenty-five partners              | 25
        partners since the age of 12      |
        many partners                     |
        20 5 partners                     | 20 5
    ";

    fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
        table
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| line.split('|').map(str::trim).collect())
    }

    #[test]
    fn what_is_one_claim() {
        let lexicon = lexicon();
        for row in rows(ALIKE) {
            let [one, other] = [row[0], row[1]].map(|phrase| Wording::read(phrase, &lexicon));
            assert_eq!((one.is_like(&other), other.is_like(&one)), (row[2] == "yes", row[2] == "yes"), "{row:?}");
        }
    }

    #[test]
    fn figures_in_digits_and_in_words() {
        let lexicon = lexicon();
        for row in rows(FIGURES) {
            let found = Wording::read(row[0], &lexicon).figures;
            assert_eq!(found.iter().map(u32::to_string).collect::<Vec<_>>().join(" "), row[1], "{row:?}");
        }
    }
}
