//! The parts of a text that hold mentions: their paragraphs, sentences and quotations, and the cues of a sentence.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use crate::lexicon::schema::{CueKind, Who};
use crate::lexicon::{Lexicon, Owner};
use crate::scan::tokens::{Clauses, Token};
use crate::scan::{self, Pass};
use crate::text::{self, Quotation};

/// A paragraph that holds a mention.
pub struct Paragraph {
    pub sentences: Vec<Range<usize>>,
    pub quotations: Vec<Quotation>,
    /// The sentence that was read last: mentions come in order of place.
    last: RefCell<Option<(usize, Rc<Sentence>)>>,
}

impl Paragraph {
    pub fn read(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Self {
        let mut sentences = text::sentences(text, range.clone(), &lexicon.structure);
        if sentences.is_empty() {
            sentences.push(range.clone());
        }
        Paragraph { sentences, quotations: text::quotations(text, range), last: RefCell::new(None) }
    }

    /// The number of the sentence that holds a place, or of the last before it.
    pub fn sentence_at(&self, place: usize) -> usize {
        self.sentences.partition_point(|s| s.start <= place).saturating_sub(1)
    }

    /// A sentence, read.
    pub fn sentence(&self, number: usize, text: &str, lexicon: &Lexicon) -> Rc<Sentence> {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((known, sentence)) if *known == number => sentence.clone(),
            _ => {
                let sentence = Rc::new(Sentence::read(text, self.sentences[number].clone(), lexicon));
                *last = Some((number, sentence.clone()));
                sentence
            }
        }
    }

    /// A sentence with its neighbours.
    pub fn around(&self, sentence: usize) -> Range<usize> {
        let first = &self.sentences[sentence.saturating_sub(1)];
        let last = &self.sentences[(sentence + 1).min(self.sentences.len() - 1)];
        first.start..last.end
    }
}

/// A sentence that holds a mention, with all that tells about it.
pub struct Sentence {
    pub range: Range<usize>,
    pub clauses: Vec<Vec<Token>>,
    pub reporting: Cues<()>,
    pub speakers: Cues<Who>,
    pub negations: Cues<()>,
    pub not_negations: Cues<()>,
}

/// The cues of one kind in a sentence, in order of place, so that the nearest is found without a look at all.
#[derive(Debug, Default)]
pub struct Cues<T>(Vec<(Range<usize>, T)>);

impl<T: Copy> Cues<T> {
    /// The cue that holds a place and ends at `limit` or before it.
    pub fn at(&self, place: usize, limit: usize) -> Option<Range<usize>> {
        let after = self.0.partition_point(|(range, _)| range.start <= place);
        let near = self.0[..after].iter().rev().take(NESTED);
        near.map(|(range, _)| range).find(|range| place < range.end && range.end <= limit).cloned()
    }

    /// The nearest cue that ends at a place or before it; of those that end together the longest.
    pub fn before(&self, place: usize) -> Option<(Range<usize>, T)> {
        let after = self.0.partition_point(|(range, _)| range.start < place);
        let near = self.0[..after].iter().rev().filter(|(range, _)| range.end <= place).take(NESTED);
        near.max_by_key(|(range, _)| (range.end, range.len())).cloned()
    }

    /// The nearest cue that begins at a place or behind it.
    pub fn behind(&self, place: usize) -> Option<(Range<usize>, T)> {
        self.0.get(self.0.partition_point(|(range, _)| range.start < place)).cloned()
    }
}

/// Cues that can lie within one another; a cue is a few words, so that these are few.
const NESTED: usize = 8;

impl Sentence {
    pub fn read(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Self {
        let mut sentence = Sentence {
            range: range.clone(),
            clauses: clauses(text, range.clone(), lexicon),
            reporting: Cues::default(),
            speakers: Cues(Vec::new()),
            negations: Cues::default(),
            not_negations: Cues::default(),
        };
        for hit in scan::scan(text, range, &lexicon.index, Pass::Cues) {
            let Owner::Cue(cue) = lexicon.owners[hit.owner as usize] else {
                continue;
            };
            let place = hit.span.0..hit.span.1;
            match lexicon.cues[cue as usize] {
                (CueKind::Reporting, _) => sentence.reporting.0.push((place, ())),
                (CueKind::Speaker, who) => sentence.speakers.0.push((place, who.unwrap_or(Who::Unknown))),
                (CueKind::Negation, _) => sentence.negations.0.push((place, ())),
                (CueKind::NotNegation, _) => sentence.not_negations.0.push((place, ())),
            }
        }
        sentence
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

fn clauses(text: &str, range: Range<usize>, lexicon: &Lexicon) -> Vec<Vec<Token>> {
    let mut reader = Clauses::new(text, range, &lexicon.index);
    let mut clauses = Vec::new();
    let mut clause = Vec::new();
    while reader.next(&mut clause).is_some() {
        clauses.push(std::mem::take(&mut clause));
    }
    clauses
}
