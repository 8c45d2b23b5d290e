//! The places that count for a presence of a gap.

use std::cmp::Reverse;
use std::ops::Range;

use super::{Search, Weighed};
use crate::finding::Reason;
use crate::lexicon::schema::Presence;
use crate::lexicon::{GapRule, Owner};
use crate::resolve::Mention;
use crate::scan::Hit;

/// A place that counts for a presence.
#[derive(Debug, Clone)]
pub struct Place {
    pub span: Range<usize>,
    /// It is enough by itself.
    pub enough: bool,
    /// The number of the mention that stands there, if it is one.
    pub mention: Option<usize>,
}

/// A presence of a gap, by its number and that of the gap.
#[derive(Clone, Copy)]
pub struct Sought<'a> {
    pub gap: u16,
    pub at: u8,
    pub rule: &'a GapRule,
}

impl Sought<'_> {
    pub fn presence(&self) -> &Presence {
        &self.rule.gap.when[usize::from(self.at)]
    }

    /// The places within a range, in order; no two overlap. `hits` are those of the words of gaps there.
    pub fn places<'h>(&self, search: &Search, hits: impl Iterator<Item = &'h Hit>, range: &Range<usize>) -> Vec<Place> {
        let mut places = self.of_words(search, hits);
        places.extend(self.of_mentions(search, range));
        apart(places)
    }

    /// The places of the presence's own words, save where they stand in another sense, which is at least as long.
    fn of_words<'h>(&self, search: &Search, hits: impl Iterator<Item = &'h Hit>) -> Vec<Place> {
        let mut places = Vec::new();
        let mut senses: Vec<Range<usize>> = Vec::new();
        let own = (self.gap, self.at);
        for hit in hits {
            let enough = match search.lexicon.owners[hit.owner as usize] {
                Owner::Present(gap, at) if (gap, at) == own => false,
                Owner::Enough(gap, at) if (gap, at) == own => true,
                Owner::PresentSense(gap, at) if (gap, at) == own => {
                    senses.push(hit.range());
                    continue;
                }
                _ => continue,
            };
            places.push(Place { span: hit.span.0..hit.span.1, enough, mention: None });
        }
        places.retain(|place| (search.layout.is_written)(&place.span) && !is_within_sense(&place.span, &senses));
        places
    }

    /// The mentions of concerns, save those that say nothing of the child.
    fn of_mentions(&self, search: &Search, range: &Range<usize>) -> Vec<Place> {
        let rules = &self.rule.mentions[usize::from(self.at)];
        let counts = |mention: &Mention, weighed: &Weighed| {
            let is_meant = std::iter::once(&weighed.rule).chain(&mention.also).any(|rule| rules.binary_search(rule).is_ok());
            is_meant && speaks_of_child(weighed.reason)
        };
        let from = search.mentions.partition_point(|mention| mention.span.start < range.start);
        let inside = search.mentions[from..].iter().zip(&search.weighed[from..]).zip(from..);
        inside
            .take_while(|((mention, _), _)| !rules.is_empty() && mention.span.start < range.end)
            .filter(|((mention, weighed), _)| counts(mention, weighed) && (search.layout.is_written)(&mention.span))
            .map(|((mention, _), number)| Place { span: mention.span.clone(), enough: false, mention: Some(number) })
            .collect()
    }
}

/// Senses before a place that are looked at. No match is longer than the words that it may reach over, so few are near.
const NEAR: usize = 8;

/// Senses come in order of start.
fn is_within_sense(span: &Range<usize>, senses: &[Range<usize>]) -> bool {
    let after = senses.partition_point(|sense| sense.start < span.end);
    senses[..after]
        .iter()
        .rev()
        .take(NEAR)
        .any(|sense| sense.end > span.start && sense.len() >= span.len())
}

fn speaks_of_child(reason: Reason) -> bool {
    use Reason::{AboutWords, General, Negated, NotProtected, OtherSense};
    !matches!(reason, OtherSense | AboutWords | General | Negated | NotProtected)
}

/// Puts places in order; of those that overlap one is kept, which is enough where any is.
fn apart(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_by_key(|place| (place.span.start, Reverse(place.span.end)));
    let mut kept: Vec<Place> = Vec::new();
    for place in places {
        match kept.last_mut().filter(|last| place.span.start < last.span.end) {
            Some(last) => last.enough |= place.enough,
            None => kept.push(place),
        }
    }
    kept
}

/// Those of some places in order that begin within a range.
pub fn within<'p>(places: &'p [Place], range: &Range<usize>) -> &'p [Place] {
    let before = |end: usize| places.partition_point(|place| place.span.start < end);
    &places[before(range.start)..before(range.end)]
}

/// Whether places are as many as a presence asks for; `is_enough` tells of each whether it is enough by itself.
pub fn suffice<P>(places: impl IntoIterator<Item = P>, is_enough: impl Fn(P) -> bool, presence: &Presence) -> bool {
    let wanted = usize::from(presence.count);
    places.into_iter().zip(1..).any(|(place, count)| count >= wanted || is_enough(place))
}
