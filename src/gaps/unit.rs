//! An entry or a record that a gap is looked for in.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use super::places::{Place, Sought, suffice, within};
use super::{Begun, Missing, Search};
use crate::context::age::told_age;
use crate::context::general::general;
use crate::context::negation::negation;
use crate::context::protection::not_protected;
use crate::context::setting::Setting;
use crate::context::voice::{Heard, voice};
use crate::context::wording::wording;
use crate::lexicon::schema::{Gap, Presence, Protected};
use crate::lexicon::{GapRule, Owner, Topics};
use crate::resolve::Mention;
use crate::scan::{self, Hit, Pass};

/// What is looked at as one.
pub struct Unit<'s, 'a> {
    search: &'s Search<'a>,
    range: Range<usize>,
    /// What else belongs to gaps here, and what fills them.
    hits: OnceCell<Vec<Hit>>,
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
        Unit { search, range, hits: OnceCell::new() }
    }

    /// The gap, where all is there that belongs to it and nothing that fills it. What costs least is asked first.
    pub fn find(&self, begun: &Begun) -> Option<Missing> {
        let gap = &begun.rule.gap;
        let first = within(&begun.places, &self.range);
        if !suffice(first, |place| place.enough, &gap.when[0]) || self.is_filled(begun.gap) {
            return None;
        }
        let mut places = vec![first.to_vec()];
        for at in 1..gap.when.len() {
            let sought = Sought { gap: begun.gap, at: at as u8, rule: begun.rule };
            let found = sought.places(self.search, self.hits().iter(), &self.range);
            if !suffice(&found, |place| place.enough, sought.presence()) {
                return None;
            }
            places.push(found);
        }
        let read = places.iter().zip(&gap.when).map(|(places, presence)| self.read(places, presence)).collect();
        let present = present(read, gap)?;
        let first = present.first()?;
        let setting = self.setting(first.span.start);
        let told = || told_age(&first.sentence, &setting).map(|told| told.years);
        let places: Vec<Range<usize>> = present.iter().map(|read| read.span.clone()).collect();
        if !begun.rule.is_of_age(self.search.age.or_else(told)) || self.is_analysed(begun.rule, &places, &setting) {
            return None;
        }
        Some(Missing {
            gap: begun.gap,
            heard: first.heard.clone(),
            sentence: first.sentence.clone(),
            excerpt: setting.excerpt(setting.sentence_at(first.span.start)),
            places,
        })
    }

    fn hits(&self) -> &[Hit] {
        let search = self.search;
        self.hits
            .get_or_init(|| scan::scan(search.layout.text(), self.range.clone(), &search.lexicon.index, Pass::Gaps))
    }

    /// Whether words that fill a gap stand here.
    fn is_filled(&self, gap: u16) -> bool {
        let fills = |hit: &&Hit| matches!(self.search.lexicon.owners[hit.owner as usize], Owner::Fills(other) if other == gap);
        self.hits().iter().filter(fills).any(|hit| (self.search.is_written)(&hit.range()))
    }

    /// Whether the writer's analysis of the entry fills a gap. What the gap begins with is none.
    fn is_analysed(&self, rule: &GapRule, places: &[Range<usize>], setting: &Setting) -> bool {
        let challenge = rule.gap.lacks.challenge;
        let analysis = || setting.analysis(self.search.mentions);
        let mut places = places.to_vec();
        places.sort_unstable_by_key(|place| place.start);
        rule.topics != Topics::default() && analysis().speaks_of(rule.topics, &places) || challenge && analysis().challenges()
    }

    /// The places of a presence that count as they are read: those that are the words of whom it asks for.
    fn read(&self, places: &[Place], presence: &Presence) -> Vec<Read> {
        let is_wanted = |read: &Read| presence.voices.is_empty() || presence.voices.contains(&read.heard.who);
        let read = places.iter().filter_map(|place| self.read_place(place, presence));
        read.filter(|read| read.enough || is_wanted(read)).collect()
    }

    /// A place as its sentence has it; nothing where it is negated there, spoken of as words, said of people in general or of somebody else.
    fn read_place(&self, place: &Place, presence: &Presence) -> Option<Read> {
        let setting = self.setting(place.span.start);
        let span = place.span.clone();
        let sentence = setting.sentence(setting.sentence_at(span.start));
        let mention = Mention { rule: 0, span: span.clone(), whole: span.clone(), sense: None, also: Vec::new() };
        let heard = match place.mention {
            Some(number) => self.search.weighed[number].heard.clone(),
            None => {
                let heard = voice(&span, &sentence.range, &setting);
                let is_idle = negation(&mention, &sentence, &heard, &setting).is_some()
                    || general(&mention, &sentence, false, &setting).is_some()
                    || wording(&mention, &setting).is_some();
                if is_idle {
                    return None;
                }
                heard
            }
        };
        let of_other = || not_protected(&mention, &sentence, &[Protected::Child], false, false, None, &setting).is_some();
        if presence.of_child && of_other() {
            return None;
        }
        Some(Read { span, enough: place.enough, heard, sentence: sentence.range.clone() })
    }

    /// The entry of a place, all of it read.
    fn setting(&self, place: usize) -> Rc<Setting<'a>> {
        self.search.layout.setting_in_full(place)
    }
}

/// What is there of a gap: the places of the first presence, then those of the others; nothing where one of them is not.
fn present(mut read: Vec<Vec<Read>>, gap: &Gap) -> Option<Vec<Read>> {
    let mut rest = read.split_off(1);
    let mut first = read.pop()?;
    let beside = |presence: &&Presence| presence.same_sentence;
    for (places, presence) in rest.iter().zip(&gap.when[1..]).filter(|(_, presence)| beside(presence)) {
        first.retain(|read| suffice(in_sentence(places, &read.sentence), |read| read.enough, presence));
    }
    let sentence = first.first()?.sentence.clone();
    for (places, _) in rest.iter_mut().zip(&gap.when[1..]).filter(|(_, presence)| beside(presence)) {
        places.retain(|read| sentence.contains(&read.span.start));
    }
    let mut all = std::iter::once(&first).chain(&rest).zip(&gap.when);
    let suffices = all.all(|(places, presence)| suffice(places, |read| read.enough, presence));
    first.extend(rest.into_iter().flatten());
    suffices.then_some(first)
}

/// The places that begin in a sentence.
fn in_sentence<'r>(places: &'r [Read], sentence: &Range<usize>) -> &'r [Read] {
    let before = |end: usize| places.partition_point(|read| read.span.start < end);
    &places[before(sentence.start)..before(sentence.end)]
}
