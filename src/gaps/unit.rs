//! An entry or a record that a gap is looked for in.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use super::places::{Place, Places, suffice};
use super::{Missing, Search};
use crate::context::age::told_age;
use crate::context::general::general;
use crate::context::negation::negation;
use crate::context::setting::Setting;
use crate::context::voice::{Heard, voice};
use crate::lexicon::schema::{Gap, Presence};
use crate::lexicon::{GapRule, Owner, Topics};
use crate::resolve::Mention;
use crate::scan::{self, Pass};

/// What is looked at as one.
pub struct Unit<'s, 'a> {
    search: &'s Search<'a>,
    range: Range<usize>,
    /// By gap, whether words that fill it stand here.
    filled: OnceCell<Vec<bool>>,
}

/// A place that was read.
struct Read {
    span: Range<usize>,
    enough: bool,
    heard: Heard,
    sentence: Range<usize>,
}

impl<'s, 'a> Unit<'s, 'a> {
    pub fn new(search: &'s Search<'a>, range: Range<usize>) -> Self {
        Unit { search, range, filled: OnceCell::new() }
    }

    /// The gap, where all is there that it begins with and nothing that fills it. What costs least is asked first.
    pub fn find(&self, number: u16, rule: &GapRule, places: &Places) -> Option<Missing> {
        let gap = &rule.gap;
        let places = places.within(&self.range);
        if !places.iter().zip(&gap.when).all(|(places, presence)| suffice(*places, presence)) || self.is_filled(number) {
            return None;
        }
        let read: Vec<Vec<Read>> = places.iter().zip(&gap.when).map(|(places, presence)| self.read(places, presence)).collect();
        let present = present(read, gap)?;
        let first = present.first()?;
        let setting = self.setting(first.span.start);
        let told = || told_age(&first.sentence, &setting).map(|told| told.years);
        if !self.search.is_of_age(rule, self.search.age.or_else(told)) || self.is_analysed(rule.topics, &setting) {
            return None;
        }
        Some(Missing {
            gap: number,
            heard: first.heard.clone(),
            sentence: first.sentence.clone(),
            excerpt: setting.excerpt(setting.sentence_at(first.span.start)),
            places: present.into_iter().map(|read| read.span).collect(),
        })
    }

    /// Whether words that fill a gap stand here.
    fn is_filled(&self, number: u16) -> bool {
        let fill = || {
            let lexicon = self.search.lexicon;
            let mut filled = vec![false; lexicon.gaps.len()];
            let hits = scan::scan(self.search.layout.text(), self.range.clone(), &lexicon.index, Pass::Fills);
            for hit in hits.iter().filter(|hit| (self.search.is_written)(&hit.range())) {
                if let Owner::Fills(gap) = lexicon.owners[hit.owner as usize] {
                    filled[usize::from(gap)] = true;
                }
            }
            filled
        };
        self.filled.get_or_init(fill)[usize::from(number)]
    }

    fn is_analysed(&self, topics: Topics, setting: &Setting) -> bool {
        topics != Topics::default() && setting.analysis(self.search.mentions).speaks_of(topics)
    }

    /// The places of a presence that count as they are read: those that are the words of whom it asks for, and neither negated nor about
    /// people in general.
    fn read(&self, places: &[Place], presence: &Presence) -> Vec<Read> {
        let counts = |read: &Read| presence.voices.is_empty() || presence.voices.contains(&read.heard.who);
        places.iter().filter_map(|place| self.read_place(place)).filter(counts).collect()
    }

    fn read_place(&self, place: &Place) -> Option<Read> {
        let setting = self.setting(place.span.start);
        let span = place.span.clone();
        let sentence = setting.sentence_around(span.start);
        let heard = match place.mention {
            Some(mention) => self.search.weighed[mention].heard.clone(),
            None => {
                let heard = voice(&span, &sentence, &setting);
                let read = setting.sentence(setting.sentence_at(span.start));
                let mention = Mention { rule: 0, span: span.clone(), whole: span.clone(), sense: None, also: Vec::new() };
                if negation(&mention, &read, &heard, &setting).is_some() || general(&mention, &read, false, &setting).is_some() {
                    return None;
                }
                heard
            }
        };
        Some(Read { span, enough: place.enough, heard, sentence })
    }

    /// The entry of a place, read in full.
    fn setting(&self, place: usize) -> Rc<Setting<'a>> {
        self.search.layout.setting_in_full(place)
    }
}

/// What is there of a gap: the places of the first presence, then those of the others; nothing where one of them is not.
fn present(mut read: Vec<Vec<Read>>, gap: &Gap) -> Option<Vec<Read>> {
    let mut rest = read.split_off(1);
    let mut first = read.pop()?;
    for (places, presence) in rest.iter().zip(&gap.when[1..]).filter(|(_, presence)| presence.same_sentence) {
        first.retain(|read| enough(&places[within(places, &read.sentence)], presence));
    }
    let sentence = first.first()?.sentence.clone();
    for (places, _) in rest.iter_mut().zip(&gap.when[1..]).filter(|(_, presence)| presence.same_sentence) {
        *places = places.drain(within(places, &sentence)).collect();
    }
    let suffices = enough(&first, &gap.when[0]) && rest.iter().zip(&gap.when[1..]).all(|(places, presence)| enough(places, presence));
    first.extend(rest.into_iter().flatten());
    suffices.then_some(first)
}

/// The numbers of the places that begin within a stretch.
fn within(places: &[Read], stretch: &Range<usize>) -> Range<usize> {
    let before = |end: usize| places.partition_point(|read| read.span.start < end);
    before(stretch.start)..before(stretch.end)
}

fn enough<'r>(places: impl IntoIterator<Item = &'r Read>, presence: &Presence) -> bool {
    let mut count = 0;
    places.into_iter().any(|read| {
        count += 1;
        read.enough || count >= usize::from(presence.count)
    })
}
