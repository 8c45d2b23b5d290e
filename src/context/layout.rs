//! The entries and paragraphs of a text, and the paragraph that was read last.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use super::setting::Paragraph;
use crate::lexicon::Lexicon;
use crate::lexicon::schema::Scope;
use crate::text;

/// Where a text is divided. Mentions are asked about in order of place, so that keeping the last paragraph is enough.
pub struct Layout<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    entries: Vec<Range<usize>>,
    paragraphs: Vec<Range<usize>>,
    last: RefCell<Option<(usize, Rc<Paragraph>)>>,
}

impl<'a> Layout<'a> {
    pub fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        let entries: Vec<Range<usize>> = text::entries(text, &lexicon.structure).into_iter().map(|e| e.range).collect();
        let paragraphs = entries.iter().flat_map(|e| text::paragraphs(text, e.clone())).collect();
        Layout { text, lexicon, entries, paragraphs, last: RefCell::new(None) }
    }

    /// The paragraph that holds a place, read.
    pub fn paragraph(&self, place: usize) -> Rc<Paragraph> {
        let at = self.paragraphs.partition_point(|p| p.start <= place).saturating_sub(1);
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((known, paragraph)) if *known == at => paragraph.clone(),
            _ => {
                let range = self.paragraphs.get(at).cloned().unwrap_or(0..self.text.len());
                let paragraph = Rc::new(Paragraph::read(self.text, range, self.lexicon));
                *last = Some((at, paragraph.clone()));
                paragraph
            }
        }
    }

    /// The sentence, entry or record around a place.
    pub fn around(&self, scope: Scope, place: usize) -> Range<usize> {
        match scope {
            Scope::Sentence => {
                let paragraph = self.paragraph(place);
                paragraph.sentences[paragraph.sentence_at(place)].clone()
            }
            Scope::Entry => {
                let at = self.entries.partition_point(|e| e.start <= place).saturating_sub(1);
                self.entries.get(at).cloned().unwrap_or(0..self.text.len())
            }
            Scope::Record => 0..self.text.len(),
        }
    }
}
