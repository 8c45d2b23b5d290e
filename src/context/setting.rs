//! The parts of a text that hold mentions: their paragraphs, sentences and quotations, and the cues of a sentence.

use std::ops::Range;

use crate::lexicon::schema::{CueKind, Who};
use crate::lexicon::{Lexicon, Owner};
use crate::scan::tokens::{Clauses, Token};
use crate::scan::{self, Pass};
use crate::text::{self, Quotation};

/// A paragraph that holds a mention.
pub struct Paragraph {
    pub sentences: Vec<Range<usize>>,
    pub quotations: Vec<Quotation>,
}

impl Paragraph {
    pub fn read(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Self {
        Paragraph {
            sentences: text::sentences(text, range.clone(), &lexicon.structure),
            quotations: text::quotations(text, range),
        }
    }

    /// The sentence that holds a place, by its number.
    pub fn sentence_at(&self, place: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|s| s.start <= place);
        after.checked_sub(1).filter(|&at| place < self.sentences[at].end)
    }

    /// A sentence with its neighbours.
    pub fn around(&self, sentence: usize) -> Range<usize> {
        let first = &self.sentences[sentence.saturating_sub(1)];
        let last = &self.sentences[(sentence + 1).min(self.sentences.len() - 1)];
        first.start..last.end
    }
}

/// A cue in a sentence.
#[derive(Debug, Clone)]
pub struct Cue {
    pub kind: CueKind,
    pub who: Option<Who>,
    pub range: Range<usize>,
}

/// A sentence that holds a mention, with all that tells about it.
pub struct Sentence {
    pub range: Range<usize>,
    /// In order of place.
    pub cues: Vec<Cue>,
    pub clauses: Vec<Vec<Token>>,
}

impl Sentence {
    pub fn read(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Self {
        let hits = scan::scan(text, range.clone(), &lexicon.index, Pass::Cues);
        let cue = |hit: &scan::Hit| match lexicon.owners[hit.owner as usize] {
            Owner::Cue(cue) => {
                let (kind, who) = lexicon.cues[cue as usize];
                Some(Cue { kind, who, range: hit.span.0..hit.span.1 })
            }
            _ => None,
        };
        let mut clauses = Vec::new();
        let mut reader = Clauses::new(text, range.clone(), &lexicon.index);
        let mut clause = Vec::new();
        while reader.next(&mut clause).is_some() {
            clauses.push(std::mem::take(&mut clause));
        }
        Sentence { range, cues: hits.iter().filter_map(cue).collect(), clauses }
    }

    /// The clause that holds a place, and the number of the first token there.
    pub fn clause_at(&self, place: usize) -> Option<(&[Token], usize)> {
        let after = self.clauses.partition_point(|c| c.first().is_some_and(|t| t.start <= place));
        let clause = self.clauses.get(after.checked_sub(1)?)?;
        Some((clause, clause.partition_point(|t| t.end <= place)))
    }

    /// The clause after the one that holds a place.
    pub fn clause_after(&self, place: usize) -> Option<&[Token]> {
        let after = self.clauses.partition_point(|c| c.first().is_some_and(|t| t.start <= place));
        self.clauses.get(after).map(Vec::as_slice)
    }
}
