//! What a record leaves out: something is there, and what ought to stand with it is not.
//!
//! What a gap begins with ([`places`]) is found in the pass over the whole record. Only where there is enough of it the rest is looked
//! at: first whether words stand there that fill the gap, then how the places are to be read ([`unit`]).

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
use places::Places;
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
    /// Whether a stretch was written by the writer of the record, and is not the heading of a box.
    pub is_written: &'a dyn Fn(&Range<usize>) -> bool,
}

impl Search<'_> {
    /// The gaps of the record, in order of place.
    pub fn run(&self) -> Vec<Missing> {
        let numbers = 0..self.lexicon.gaps.len() as u16;
        let hits: Vec<&Hit> = self.hits.iter().filter(|hit| self.lexicon.owners[hit.owner as usize].begins_gap()).collect();
        let gaps: Vec<(u16, &GapRule, Places)> = numbers
            .zip(&self.lexicon.gaps)
            .filter(|(number, rule)| self.chosen.is_gap_on(*number) && self.is_of_age(rule, self.age))
            .map(|(number, rule)| (number, rule, Places::read(self, &hits, number, rule)))
            .filter(|(_, rule, places)| places.suffice(&rule.gap))
            .collect();
        let mut missing = Vec::new();
        if gaps.is_empty() {
            return missing;
        }
        let of_scope = |scope| gaps.iter().filter(move |(_, rule, _)| rule.gap.scope == scope);
        for entry in &self.layout.entries {
            let unit = Unit::new(self, entry.range.clone());
            missing.extend(of_scope(Scope::Entry).filter_map(|(number, rule, places)| unit.find(*number, rule, places)));
        }
        let record = Unit::new(self, self.layout.range());
        missing.extend(of_scope(Scope::Record).filter_map(|(number, rule, places)| record.find(*number, rule, places)));
        missing.sort_by_key(|missing| (missing.places[0].start, missing.gap));
        missing
    }

    /// Whether a gap is one at an age. An unknown age never excuses.
    fn is_of_age(&self, rule: &GapRule, age: Option<u8>) -> bool {
        rule.gap.under.is_none_or(|under| age.is_none_or(|age| age < under))
    }
}
