//! Who is “he” and who is “she” in a record, for patterns that tell two people apart by it.
//!
//! A pattern such as “agreed to do stuff for him” is read for people of either sex. Of a girl of whom a record says “she” throughout, “he kept messaging
//! her” is then no blame: it tells what was done to her.

use std::cell::OnceCell;
use std::ops::Range;

use crate::lexicon::{Lexicon, holds};
use crate::pattern::words::WordId;
use crate::scan::Hit;
use crate::scan::tokens::{Clauses, Token};

/// A pronoun so many bytes before a phrase leads to it no more.
const NEAR: usize = 200;
/// A record speaks of one person mainly where that pronoun stands so many times, and so many times as often as the other.
const ENOUGH: usize = 5;
const TIMES: usize = 3;
/// It speaks more of one person than of another where that pronoun stands so many times at least.
const SOME: usize = 3;

/// The people of one record.
pub struct Roles<'a> {
    lexicon: &'a Lexicon,
    /// The folded text.
    text: &'a str,
    counts: OnceCell<[usize; 2]>,
}

impl<'a> Roles<'a> {
    pub fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Roles { lexicon, text, counts: OnceCell::new() }
    }

    /// Whether a hit may be read as its pattern is: not where the other person of the pattern would be the one whom the record is about, and whoever
    /// acts is not that one. `sentence` is that of the hit.
    pub fn fit(&self, hit: &Hit, sentence: &dyn Fn() -> Range<usize>) -> bool {
        let Some(other) = self.other(hit) else { return true };
        if !self.speaks_of(hit, &self.lexicon.pronouns[other]) || !self.is_main(other) {
            return true;
        }
        self.subject(hit, &sentence()).is_none_or(|subject| subject == other)
    }

    /// Whether another sense may be read as its pattern is, where that tells what the other person does: only where the record speaks more of
    /// somebody else, as a person who is not known is never excused.
    pub fn fit_sense(&self, hit: &Hit) -> bool {
        let Some(other) = self.other(hit) else { return true };
        if !self.speaks_of(hit, &self.lexicon.subjects[other..=other]) {
            return true;
        }
        // To count means to read the whole record.
        let counts = self.counts();
        counts[1 - other] >= SOME && counts[1 - other] > counts[other]
    }

    /// Which of the two is the other person in the pattern of a hit.
    fn other(&self, hit: &Hit) -> Option<usize> {
        self.lexicon.others[hit.owner as usize].map(usize::from)
    }

    /// Whether one of the words, which are sorted, stands in a hit.
    fn speaks_of(&self, hit: &Hit, words: &[WordId]) -> bool {
        let mut found = false;
        self.each(hit.range(), |token| found |= holds(words, token.id));
        found
    }

    /// Whether a pronoun stands for the person whom the record is mainly about.
    fn is_main(&self, side: usize) -> bool {
        let counts = self.counts();
        let [own, other] = [counts[side], counts[1 - side]];
        other > 0 && own >= ENOUGH.max(TIMES * other)
    }

    /// How often each of the two stands in the record, in whatever form.
    fn counts(&self) -> [usize; 2] {
        *self.counts.get_or_init(|| {
            let mut counts = [0, 0];
            self.each(0..self.text.len(), |token| {
                for (count, forms) in counts.iter_mut().zip(&self.lexicon.pronouns) {
                    *count += usize::from(holds(forms, token.id));
                }
            });
            counts
        })
    }

    /// The pronoun that is the subject of a hit: the last before it in its sentence or at its beginning, else the first within it.
    fn subject(&self, hit: &Hit, sentence: &Range<usize>) -> Option<usize> {
        let from = self.text.ceil_char_boundary(sentence.start.max(hit.start.saturating_sub(NEAR)));
        let mut subject = None;
        self.each(from..hit.end, |token| {
            let side = self.lexicon.subjects.iter().position(|&word| word == token.id);
            if side.is_some() && (token.start <= hit.start || subject.is_none()) {
                subject = side;
            }
        });
        subject
    }

    fn each(&self, range: Range<usize>, mut then: impl FnMut(&Token)) {
        let mut clauses = Clauses::new(self.text, range, &self.lexicon.index);
        let mut clause = Vec::new();
        while clauses.next(&mut clause).is_some() {
            clause.iter().for_each(&mut then);
        }
    }
}
