//! What a record leaves out: something is there, and what ought to stand with it is not.
//!
//! What a gap begins with is found in the pass over the whole record ([`places`]). Only where there is enough of it, as its sentences have
//! it, the rest is looked at: whether words stand there that fill the gap, what else belongs to it, and last the analysis ([`unit`]).

mod places;
mod unit;

use std::ops::Range;

use crate::context::layout::Layout;
use crate::context::voice::Heard;
use crate::finding::Reason;
use crate::lexicon::schema::Scope;
use crate::lexicon::{GapRule, Lexicon};
use crate::resolve::Mention;
use crate::scan::Hit;
use crate::settings::Chosen;
use places::{Place, Sought, suffice};
use unit::Unit;

/// A gap that was found. Ranges are bytes of the folded text.
pub struct Missing {
    /// The number of the gap.
    pub gap: u16,
    /// What is there, in order of place; the first is what the finding points to.
    pub places: Vec<Range<usize>>,
    pub heard: Heard,
    /// The sentence of the first place, and that with its neighbours.
    pub sentence: Range<usize>,
    pub excerpt: Range<usize>,
}

/// A mention that was weighed.
pub struct Weighed {
    /// The number of the rule that it is reported by.
    pub rule: u32,
    pub reason: Reason,
    pub heard: Heard,
}

/// What gaps are looked for in.
pub struct Search<'a> {
    pub lexicon: &'a Lexicon,
    pub chosen: &'a Chosen,
    pub layout: &'a Layout<'a>,
    /// All that the pass over the record found.
    pub hits: &'a [Hit],
    /// In order of place, each with what it was weighed to be.
    pub mentions: &'a [Mention],
    pub weighed: &'a [Weighed],
    /// The subject's age in years.
    pub age: Option<u8>,
}

/// A gap that the record may have: there is enough of what it begins with.
struct Begun<'a> {
    /// The number of the gap.
    gap: u16,
    rule: &'a GapRule,
    places: Vec<Place>,
}

impl<'a> Search<'a> {
    /// The gaps of the record, in order of place.
    pub fn run(&self) -> Vec<Missing> {
        let begun = self.begun();
        let mut missing = Vec::new();
        if begun.is_empty() {
            return missing;
        }
        let near = self.near(&begun);
        let of_scope = |scope| begun.iter().filter(move |begun| begun.rule.gap.scope == scope);
        let record = Unit::new(self, &near, self.layout.range());
        missing.extend(of_scope(Scope::Record).filter_map(|begun| record.find(begun)));
        for entry in &self.layout.entries {
            // What was looked for in a record is not looked for again in the one entry that it is.
            let part = (entry.range != self.layout.range()).then(|| Unit::new(self, &near, entry.range.clone()));
            let unit = part.as_ref().unwrap_or(&record);
            missing.extend(of_scope(Scope::Entry).filter_map(|begun| unit.find(begun)));
        }
        missing.sort_by_key(|missing| (missing.places[0].start, missing.gap));
        missing
    }

    fn begun(&self) -> Vec<Begun<'_>> {
        let hits: Vec<&Hit> = self.hits.iter().filter(|hit| self.lexicon.owners[hit.owner as usize].begins_gap()).collect();
        let rules = (0..).zip(&self.lexicon.gaps);
        rules
            .filter(|(gap, rule)| self.chosen.is_gap_on(*gap) && rule.is_of_age(self.age))
            .map(|(gap, rule)| {
                let sought = Sought { gap, at: 0, rule };
                Begun { gap, rule, places: sought.places(self, hits.iter().copied(), &self.layout.range()) }
            })
            .filter(|begun| suffice(&begun.places, |place| place.enough, &begun.rule.gap.when[0]))
            .collect()
    }

    /// The entries, to be read near what gaps begin with.
    fn near(&self, begun: &[Begun]) -> Layout<'a> {
        let mut places: Vec<usize> = begun.iter().flat_map(|begun| &begun.places).map(|place| place.span.start).collect();
        places.sort_unstable();
        self.layout.near(places)
    }
}
