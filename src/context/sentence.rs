//! The words of a sentence that holds a mention.

use std::ops::Range;

use crate::lexicon::Lexicon;
use crate::scan::tokens::{Clauses, Token};

/// A sentence, cut into the tokens of its clauses.
pub struct Sentence {
    pub range: Range<usize>,
    pub clauses: Vec<Vec<Token>>,
}

impl Sentence {
    pub fn read(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Self {
        let mut reader = Clauses::new(text, range.clone(), &lexicon.index);
        let mut clauses = Vec::new();
        let mut clause = Vec::new();
        while reader.next(&mut clause).is_some() {
            clauses.push(std::mem::take(&mut clause));
        }
        Sentence { range, clauses }
    }

    /// The number of the clause that holds a place, or of the last before it.
    fn clause_number(&self, place: usize) -> Option<usize> {
        self.clauses.partition_point(|c| c.first().is_some_and(|t| t.start <= place)).checked_sub(1)
    }

    /// The clause that holds a place, and the number of the first token there.
    pub fn clause_at(&self, place: usize) -> Option<(&[Token], usize)> {
        let clause = self.clauses.get(self.clause_number(place)?)?;
        Some((clause, clause.partition_point(|t| t.end <= place)))
    }

    /// The clause after the one that holds a place.
    pub fn clause_after(&self, place: usize) -> Option<&[Token]> {
        self.clauses.get(self.clause_number(place)? + 1).map(Vec::as_slice)
    }

    /// The tokens that lie within a stretch.
    pub fn tokens_in(&self, stretch: &Range<usize>) -> impl Iterator<Item = &Token> {
        let first = self.clauses.partition_point(|c| c.last().is_some_and(|t| t.end <= stretch.start));
        let (start, end) = (stretch.start, stretch.end);
        let clauses = self.clauses[first..].iter().take_while(move |c| c.first().is_some_and(|t| t.start < end));
        clauses.flat_map(move |clause| {
            let from = clause.partition_point(|token| token.start < start);
            clause[from..].iter().take_while(move |token| token.end <= end)
        })
    }
}
