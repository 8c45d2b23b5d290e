//! What a concern needs near its phrase, or does not bear.

use std::ops::Range;

use crate::lexicon::schema::Scope;
use crate::lexicon::{Lexicon, Need, Owner};
use crate::scan::Hit;

/// The conditions that a record fulfils.
pub struct Conditions<'a> {
    pub lexicon: &'a Lexicon,
    /// The subject's age in years.
    pub age: Option<u8>,
    /// The places of each pattern, by its number, in order.
    places: Vec<Vec<Range<usize>>>,
}

impl<'a> Conditions<'a> {
    /// `hits` are those of a record, conditions among them.
    pub fn new(hits: &[Hit], lexicon: &'a Lexicon, age: Option<u8>) -> Self {
        let mut places = vec![Vec::new(); lexicon.conditions];
        for hit in hits {
            if let Owner::Condition(id) = lexicon.owners[hit.owner as usize] {
                places[id as usize].push(hit.range());
            }
        }
        Conditions { lexicon, age, places }
    }

    /// Whether a rule's needs hold around a hit. `around` gives the sentence or entry of a place.
    pub fn hold(&self, rule: u32, hit: &Hit, around: &dyn Fn(Scope, usize) -> Range<usize>) -> bool {
        let rule = &self.lexicon.rules[rule as usize];
        rule.needs.iter().all(|n| self.holds(n, hit, around)) && !rule.unless.iter().any(|n| self.holds(n, hit, around))
    }

    fn holds(&self, need: &Need, hit: &Hit, around: &dyn Fn(Scope, usize) -> Range<usize>) -> bool {
        if need.under.is_some_and(|under| self.age.is_some_and(|age| age < under)) {
            return true;
        }
        let found = need.any.iter().map(|&number| &self.places[number as usize]);
        let mut found = found.filter(|places| !places.is_empty()).peekable();
        if found.peek().is_none() {
            return false;
        }
        // To tell the scope can mean to read a paragraph, which is spared where nothing was found anywhere.
        let scope = around(need.within, hit.start);
        // The phrase does not fulfil its own need, but words beside its span may.
        let own = hit.span.0..hit.span.1;
        found.any(|places| {
            let from = places.partition_point(|p| p.start < scope.start);
            let mut inside = places[from..].iter().take_while(|p| p.start < scope.end);
            inside.any(|p| p.end <= scope.end && !(own.start <= p.start && p.end <= own.end))
        })
    }
}
