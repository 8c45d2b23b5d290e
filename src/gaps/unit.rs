//! An entry or a record that a gap is looked for in.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use super::places::{Place, Sought, suffice, within};
use super::{Begun, Missing, Search};
use crate::context::age::told_age;
use crate::context::general::general;
use crate::context::layout::Layout;
use crate::context::negation::negation;
use crate::context::protection::{About, not_protected};
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
    /// The entries, read near what gaps begin with.
    near: &'s Layout<'a>,
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
    pub fn new(search: &'s Search<'a>, near: &'s Layout<'a>, range: Range<usize>) -> Self {
        Unit { search, near, range, hits: OnceCell::new() }
    }

    /// The gap, where all is there that belongs to it and nothing that fills it. What costs least is asked first.
    pub fn find(&self, begun: &Begun) -> Option<Missing> {
        let gap = &begun.rule.gap;
        let places = within(&begun.places, &self.range);
        if !suffice(places, |place| place.enough, &gap.when[0]) || self.is_filled(begun.gap) {
            return None;
        }
        let others = self.others(begun)?;
        let first = self.read(places, &gap.when[0], true);
        let others = others
            .into_iter()
            .zip(&gap.when[1..])
            .map(|(places, presence)| self.beside(places, presence, &first))
            .collect();
        let present = present(first, others, gap)?;
        let first = present.first()?;
        let asks_analysis = begun.rule.topics != Topics::default() || gap.lacks.challenge;
        let setting = self.setting(first.span.start, !asks_analysis);
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

    /// The places of the presences behind the first; nothing where one of them has too few.
    fn others(&self, begun: &Begun) -> Option<Vec<Vec<Place>>> {
        let find = |at: usize| {
            let sought = Sought { gap: begun.gap, at: at as u8, rule: begun.rule };
            let places = sought.places(self.search, self.hits().iter(), &self.range);
            suffice(&places, |place| place.enough, sought.presence()).then_some(places)
        };
        (1..begun.rule.gap.when.len()).map(find).collect()
    }

    /// Reads the places of a presence behind the first; of one that is to stand in the same sentence only those that do.
    fn beside(&self, mut places: Vec<Place>, presence: &Presence, first: &[Read]) -> Vec<Read> {
        let is_beside = |place: &Place| {
            let before = first.partition_point(|read| read.sentence.start <= place.span.start).checked_sub(1);
            before.is_some_and(|before| first[before].sentence.contains(&place.span.start))
        };
        places.retain(|place| !presence.same_sentence || is_beside(place));
        self.read(&places, presence, presence.same_sentence)
    }

    fn hits(&self) -> &[Hit] {
        let search = self.search;
        self.hits
            .get_or_init(|| scan::scan(search.layout.text(), self.range.clone(), &search.lexicon.index, Pass::Gaps))
    }

    /// Whether words that fill a gap stand here.
    fn is_filled(&self, gap: u16) -> bool {
        let fills = |hit: &&Hit| matches!(self.search.lexicon.owners[hit.owner as usize], Owner::Fills(other) if other == gap);
        self.hits().iter().filter(fills).any(|hit| (self.search.layout.is_written)(&hit.range()))
    }

    /// Whether the writer's analysis of the entry fills a gap. What the gap begins with is none.
    fn is_analysed(&self, rule: &GapRule, places: &[Range<usize>], setting: &Setting) -> bool {
        let challenge = rule.gap.lacks.challenge;
        let analysis = || setting.analysis(self.search.mentions);
        let mut places = places.to_vec();
        places.sort_unstable_by_key(|place| place.start);
        rule.topics != Topics::default() && analysis().speaks_of(rule.topics, &places) || challenge && analysis().challenges()
    }

    /// The places of a presence that count as they are read: those that are the words of whom it asks for. `near` tells that they lie where
    /// the gap begins.
    fn read(&self, places: &[Place], presence: &Presence, near: bool) -> Vec<Read> {
        let is_wanted = |read: &Read| presence.voices.is_empty() || presence.voices.contains(&read.heard.who);
        let read = places
            .iter()
            .filter_map(|place| self.read_place(place, presence, &self.setting(place.span.start, near)));
        read.filter(|read| read.enough || is_wanted(read)).collect()
    }

    /// The entry of a place: read in full, or near what gaps begin with where that is enough.
    fn setting(&self, place: usize, near: bool) -> Rc<Setting<'a>> {
        let layout = self.search.layout;
        match near {
            true => layout.setting_beside(place).unwrap_or_else(|| self.near.setting(place)),
            false => layout.setting_in_full(place),
        }
    }

    /// A place as its sentence has it; nothing where it is negated there, spoken of as words, said of people in general or of somebody else.
    fn read_place(&self, place: &Place, presence: &Presence, setting: &Setting) -> Option<Read> {
        let span = place.span.clone();
        let sentence = setting.sentence(setting.sentence_at(span.start));
        if !sentence.range.contains(&span.start) {
            return None;
        }
        let mention = Mention { rule: 0, span: span.clone(), whole: span.clone(), sense: None, also: Vec::new() };
        let heard = match place.mention {
            Some(number) => self.search.weighed[number].heard.clone(),
            None => {
                let heard = voice(&span, &sentence.range, setting);
                let is_idle = negation(&mention, &sentence, &heard, setting).is_some()
                    || general(&mention, &sentence, false, setting).is_some()
                    || wording(&mention, setting).is_some();
                if is_idle {
                    return None;
                }
                heard
            }
        };
        let child = About { protects: &[Protected::Child], of_anyone: false, of_speaker: false };
        let of_other = || not_protected(&mention, &sentence, child, false, None, setting).is_some();
        if presence.of_child && of_other() {
            return None;
        }
        Some(Read { span, enough: place.enough, heard, sentence: sentence.range.clone() })
    }
}

/// What is there of a gap: the places of the first presence, then those of the others; nothing where one of them is not.
fn present(mut first: Vec<Read>, mut rest: Vec<Vec<Read>>, gap: &Gap) -> Option<Vec<Read>> {
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
