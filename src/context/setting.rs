//! An entry as the rows of the table see it: its paragraphs, sentences, quotations and cues.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use super::analysis::Analysis;
use super::cues::AllCues;
use super::sentence::Sentence;
use crate::lexicon::Lexicon;
use crate::resolve::Mention;
use crate::text::{self, Entry, Quotation};

/// An entry that holds a mention.
pub struct Setting<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
    pub entry: Entry,
    pub paragraphs: Vec<Paragraph>,
    pub sentences: Vec<Range<usize>>,
    quotations: Vec<Quotation>,
    cues: OnceCell<AllCues>,
    analysis: OnceCell<Analysis>,
    /// The sentence that was read last: mentions come in order of place.
    last: RefCell<Option<(usize, Rc<Sentence>)>>,
}

/// A paragraph of an entry.
pub struct Paragraph {
    pub range: Range<usize>,
    /// The numbers of its sentences in the entry.
    pub sentences: Range<usize>,
    pub is_heading: bool,
    /// The paragraph or heading that introduces the list which it is an item of.
    pub lead: Option<usize>,
}

impl<'a> Setting<'a> {
    pub fn read(text: &'a str, entry: Entry, lexicon: &'a Lexicon) -> Self {
        let mut sentences = Vec::new();
        let mut quotations = Vec::new();
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for range in text::paragraphs(text, entry.range.clone()) {
            let first = sentences.len();
            sentences.extend(text::sentences(text, range.clone(), &lexicon.structure));
            if sentences.len() == first {
                sentences.push(range.clone());
            }
            quotations.extend(text::quotations(text, range.clone()));
            let is_heading = text::is_heading(&text[range.clone()]);
            let lead = if text::is_item(text, &range) { lead(text, &paragraphs) } else { None };
            paragraphs.push(Paragraph { range, sentences: first..sentences.len(), is_heading, lead });
        }
        Setting {
            text,
            lexicon,
            entry,
            paragraphs,
            sentences,
            quotations,
            cues: OnceCell::new(),
            analysis: OnceCell::new(),
            last: RefCell::new(None),
        }
    }

    /// What introduces the list of which a sentence is an item.
    pub fn lead_of(&self, sentence: usize) -> Option<Range<usize>> {
        let lead = self.paragraphs.get(self.paragraph_of(sentence))?.lead?;
        let last = self.paragraphs[lead].sentences.end - 1;
        self.sentences.get(last).cloned()
    }

    /// The number of the sentence that holds a place, or of the last before it.
    pub fn sentence_at(&self, place: usize) -> usize {
        self.sentences.partition_point(|s| s.start <= place).saturating_sub(1)
    }

    /// The range of the sentence that holds a place.
    pub fn sentence_around(&self, place: usize) -> Range<usize> {
        self.sentences.get(self.sentence_at(place)).cloned().unwrap_or(self.entry.range.clone())
    }

    /// The number of the paragraph of a sentence.
    pub fn paragraph_of(&self, sentence: usize) -> usize {
        self.paragraphs.partition_point(|p| p.sentences.start <= sentence).saturating_sub(1)
    }

    /// A sentence, read.
    pub fn sentence(&self, number: usize) -> Rc<Sentence> {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((known, sentence)) if *known == number => sentence.clone(),
            _ => {
                let range = self.sentences.get(number).cloned().unwrap_or(self.entry.range.clone());
                let sentence = Rc::new(Sentence::read(self.text, range, self.lexicon));
                *last = Some((number, sentence.clone()));
                sentence
            }
        }
    }

    /// A sentence with its neighbours in its paragraph.
    pub fn excerpt(&self, sentence: usize) -> Range<usize> {
        let Some(paragraph) = self.paragraphs.get(self.paragraph_of(sentence)) else {
            return self.entry.range.clone();
        };
        let first = sentence.saturating_sub(1).max(paragraph.sentences.start);
        let last = (sentence + 1).min(paragraph.sentences.end - 1);
        self.sentences[first].start..self.sentences[last].end
    }

    /// The quotation that a stretch lies in.
    pub fn quotation(&self, stretch: &Range<usize>) -> Option<&Quotation> {
        let after = self.quotations.partition_point(|q| q.range.start <= stretch.start);
        let quotation = &self.quotations[after.checked_sub(1)?];
        (stretch.end <= quotation.range.end).then_some(quotation)
    }

    pub fn cues(&self) -> &AllCues {
        self.cues.get_or_init(|| AllCues::read(self.text, std::slice::from_ref(&self.entry.range), self.lexicon))
    }

    /// The analysis of the entry; `mentions` are those of the record, in order of place.
    pub fn analysis(&self, mentions: &[Mention]) -> &Analysis {
        self.analysis.get_or_init(|| Analysis::read(self, mentions))
    }
}

/// What introduces an item that follows these paragraphs: what introduces the item before it, or a line with a colon, or a heading.
fn lead(text: &str, before: &[Paragraph]) -> Option<usize> {
    let last = before.last()?;
    if text::is_item(text, &last.range) {
        return last.lead;
    }
    let introduces = last.is_heading || text[last.range.clone()].trim_end_matches(['*', '_', ' ']).ends_with(':');
    introduces.then_some(before.len() - 1)
}
