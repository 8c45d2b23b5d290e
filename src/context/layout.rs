//! The entries of a text, and the one that was read last.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use super::setting::Setting;
use crate::lexicon::Lexicon;
use crate::lexicon::schema::Scope;
use crate::text::{self, Entry, EntryKind};

/// Where a text is divided. Mentions are asked about in order of place, so that keeping the last entry is enough.
pub struct Layout<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    pub entries: Vec<Entry>,
    /// Where phrases begin, in order: what is far from all of them is not read.
    places: Vec<usize>,
    /// Whether a stretch is a writer's, and not the heading of a box.
    pub is_written: &'a dyn Fn(&Range<usize>) -> bool,
    last: RefCell<Option<(usize, Rc<Setting<'a>>)>>,
    last_in_full: RefCell<Option<(usize, Rc<Setting<'a>>)>>,
}

impl<'a> Layout<'a> {
    pub fn new(text: &'a str, places: Vec<usize>, is_written: &'a dyn Fn(&Range<usize>) -> bool, lexicon: &'a Lexicon) -> Self {
        Layout {
            text,
            lexicon,
            entries: text::entries(text, &lexicon.structure),
            places,
            is_written,
            last: RefCell::new(None),
            last_in_full: RefCell::new(None),
        }
    }

    /// The same entries, to be read near other places; these come in order.
    pub fn near(&self, places: Vec<usize>) -> Layout<'a> {
        Layout {
            text: self.text,
            lexicon: self.lexicon,
            entries: self.entries.clone(),
            places,
            is_written: self.is_written,
            last: RefCell::new(None),
            last_in_full: RefCell::new(None),
        }
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    pub fn range(&self) -> Range<usize> {
        0..self.text.len()
    }

    /// The entry that holds a place, read near phrases. There is always one: entries cover the text.
    pub fn setting(&self, place: usize) -> Rc<Setting<'a>> {
        let at = self.entry_at(place);
        let read = || self.read(at, Some(&self.places));
        kept(&self.last, at, read)
    }

    /// The entry that holds a place, all of it read.
    pub fn setting_in_full(&self, place: usize) -> Rc<Setting<'a>> {
        if let Some(setting) = self.near_phrases(place).filter(|setting| setting.is_full()) {
            return setting;
        }
        let at = self.entry_at(place);
        kept(&self.last_in_full, at, || self.read(at, None))
    }

    /// The entry that holds a place as it is read for phrases, where that reads the place and what stands beside it.
    pub fn setting_beside(&self, place: usize) -> Option<Rc<Setting<'a>>> {
        self.near_phrases(place).filter(|setting| setting.covers(place))
    }

    /// The entry that holds a place as it is read for phrases; nothing where it holds none and only part of it would be read.
    fn near_phrases(&self, place: usize) -> Option<Rc<Setting<'a>>> {
        let entry = &self.entries[self.entry_at(place)];
        let next = self.places.partition_point(|&place| place < entry.range.start);
        let holds = self.places.get(next).is_some_and(|&place| place < entry.range.end);
        (holds || entry.kind != EntryKind::Whole).then(|| self.setting(place))
    }

    /// The sentence, entry or record around a place.
    pub fn around(&self, scope: Scope, place: usize) -> Range<usize> {
        match scope {
            Scope::Sentence => self.setting(place).sentence_around(place),
            Scope::Entry => self.entries[self.entry_at(place)].range.clone(),
            Scope::Record => self.range(),
        }
    }

    fn read(&self, at: usize, places: Option<&[usize]>) -> Setting<'a> {
        Setting::read(self.text, self.entries[at].clone(), places, self.is_written, self.lexicon)
    }

    fn entry_at(&self, place: usize) -> usize {
        self.entries.partition_point(|e| e.range.start <= place).saturating_sub(1)
    }
}

/// What was kept under a number, or is read now and kept.
fn kept<'a>(last: &RefCell<Option<(usize, Rc<Setting<'a>>)>>, at: usize, read: impl FnOnce() -> Setting<'a>) -> Rc<Setting<'a>> {
    let mut last = last.borrow_mut();
    match &*last {
        Some((known, setting)) if *known == at => setting.clone(),
        _ => {
            let setting = Rc::new(read());
            *last = Some((at, setting.clone()));
            setting
        }
    }
}
