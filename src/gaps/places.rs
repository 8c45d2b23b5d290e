//! Where a record holds what gaps begin with.

use std::cmp::Reverse;
use std::ops::Range;

use super::{Search, Weighed};
use crate::finding::Reason;
use crate::lexicon::schema::{Gap, Presence};
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

/// The places of each presence of a gap, in order; no two of one presence overlap.
pub struct Places(Vec<Vec<Place>>);

impl Places {
    /// `hits` are those of words that gaps begin with.
    pub fn read(search: &Search, hits: &[&Hit], number: u16, rule: &GapRule) -> Self {
        let of_presence = |at: usize| {
            let mut places = of_words(search, hits, number, at as u8);
            places.extend(of_mentions(search, &rule.mentions[at]));
            apart(places)
        };
        Places((0..rule.gap.when.len()).map(of_presence).collect())
    }

    /// Whether the record holds enough for each presence.
    pub fn suffice(&self, gap: &Gap) -> bool {
        self.0.iter().zip(&gap.when).all(|(places, presence)| suffice(places, presence))
    }

    /// Those that lie within a range, by presence.
    pub fn within(&self, range: &Range<usize>) -> Vec<&[Place]> {
        let of_presence = |places: &'_ Vec<Place>| {
            let from = places.partition_point(|place| place.span.start < range.start);
            let to = places.partition_point(|place| place.span.start < range.end);
            from..to
        };
        self.0.iter().map(|places| &places[of_presence(places)]).collect()
    }
}

/// Whether there is as much of a presence as its gap wants.
pub fn suffice<'p>(places: impl IntoIterator<Item = &'p Place>, presence: &Presence) -> bool {
    let mut count = 0;
    places.into_iter().any(|place| {
        count += 1;
        place.enough || count >= usize::from(presence.count)
    })
}

/// The places of a presence's own words, save where they stand in another sense, which is at least as long.
fn of_words(search: &Search, hits: &[&Hit], number: u16, at: u8) -> Vec<Place> {
    let mut places = Vec::new();
    let mut senses: Vec<Range<usize>> = Vec::new();
    for hit in hits {
        let enough = match search.lexicon.owners[hit.owner as usize] {
            Owner::Present(gap, presence) if (gap, presence) == (number, at) => false,
            Owner::Enough(gap, presence) if (gap, presence) == (number, at) => true,
            Owner::PresentSense(gap, presence) if (gap, presence) == (number, at) => {
                senses.push(hit.range());
                continue;
            }
            _ => continue,
        };
        places.push(Place { span: hit.span.0..hit.span.1, enough, mention: None });
    }
    places.retain(|place| (search.is_written)(&place.span) && !is_within_sense(&place.span, &senses));
    places
}

/// Senses come in order of start. No match is longer than the words that it may reach over, so few senses are near.
fn is_within_sense(span: &Range<usize>, senses: &[Range<usize>]) -> bool {
    let after = senses.partition_point(|sense| sense.start < span.end);
    senses[..after].iter().rev().take(NEAR).any(|sense| sense.end > span.start && sense.len() >= span.len())
}

/// Senses before a place that are looked at.
const NEAR: usize = 8;

/// The mentions of concerns, save those that say nothing of the child.
fn of_mentions(search: &Search, rules: &[u32]) -> Vec<Place> {
    let counts = |mention: &Mention, weighed: &Weighed| {
        let is_meant = std::iter::once(&weighed.rule).chain(&mention.also).any(|rule| rules.binary_search(rule).is_ok());
        is_meant && speaks_of_child(weighed.reason)
    };
    let weighed = search.mentions.iter().zip(search.weighed).enumerate();
    weighed
        .filter(|(_, (mention, weighed))| counts(mention, weighed) && (search.is_written)(&mention.span))
        .map(|(number, (mention, _))| Place { span: mention.span.clone(), enough: false, mention: Some(number) })
        .collect()
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
