//! The entries of a text, and the one that was read last.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use super::setting::Setting;
use crate::lexicon::Lexicon;
use crate::lexicon::schema::Scope;
use crate::text::{self, Entry};

/// Where a text is divided. Mentions are asked about in order of place, so that keeping the last entry is enough.
pub struct Layout<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    pub entries: Vec<Entry>,
    /// Where phrases begin, in order: what is far from all of them is not read.
    places: Vec<usize>,
    last: RefCell<Option<(usize, Rc<Setting<'a>>)>>,
}

impl<'a> Layout<'a> {
    pub fn new(text: &'a str, places: Vec<usize>, lexicon: &'a Lexicon) -> Self {
        Layout {
            text,
            lexicon,
            entries: text::entries(text, &lexicon.structure),
            places,
            last: RefCell::new(None),
        }
    }

    /// The entry that holds a place, read. There is always one: entries cover the text.
    pub fn setting(&self, place: usize) -> Rc<Setting<'a>> {
        let at = self.entry_at(place);
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((known, setting)) if *known == at => setting.clone(),
            _ => {
                let setting = Rc::new(Setting::read(self.text, self.entries[at].clone(), &self.places, self.lexicon));
                *last = Some((at, setting.clone()));
                setting
            }
        }
    }

    /// The sentence, entry or record around a place.
    pub fn around(&self, scope: Scope, place: usize) -> Range<usize> {
        match scope {
            Scope::Sentence => self.setting(place).sentence_around(place),
            Scope::Entry => self.entries[self.entry_at(place)].range.clone(),
            Scope::Record => 0..self.text.len(),
        }
    }

    fn entry_at(&self, place: usize) -> usize {
        self.entries.partition_point(|e| e.range.start <= place).saturating_sub(1)
    }
}
