//! From hits that overlap to mentions: one a span, in a total order.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::lexicon::{Lexicon, Owner};
use crate::scan::Hit;

/// One occurrence of a concern's phrase, or of another sense of it.
#[derive(Debug, Clone)]
pub struct Mention {
    pub rule: u32,
    /// What is reported; bytes of the folded text.
    pub span: Range<usize>,
    /// All that the pattern matched.
    pub whole: Range<usize>,
    /// Where another sense stands that consumes it.
    pub sense: Option<Range<usize>>,
    /// Other rules that matched the same words.
    pub also: Vec<u32>,
}

/// Resolves the hits of a record. `is_on` tells whether a rule is looked for, `kept` whether what it needs near a place is there, and `is_sense`
/// whether another sense may be read so.
///
/// A sense consumes every phrase of its family that it overlaps and that is no longer than it. Of phrases that overlap, the longest
/// is kept, then the earliest, the one whose needs are written down, the graver, and the first by name. The senses of a rule that is
/// off still consume, so that switching one rule off never makes another find more; they are not mentions.
pub fn resolve(
    hits: &[Hit],
    lexicon: &Lexicon,
    is_on: &dyn Fn(u32) -> bool,
    kept: &dyn Fn(u32, &Hit) -> bool,
    is_sense: &dyn Fn(&Hit) -> bool,
) -> Vec<Mention> {
    let mut phrases = Vec::new();
    let mut senses = Vec::new();
    for hit in hits {
        match lexicon.owners[hit.owner as usize] {
            Owner::Phrase(rule) if is_on(rule) => phrases.push((rule, hit)),
            Owner::Phrase(_) => {}
            Owner::Sense(rule) if is_sense(hit) => senses.push((rule, hit)),
            _ => {}
        }
    }
    let consumed = consume(&phrases, &senses, lexicon);
    let mut open: Vec<(u32, &Hit)> = Vec::new();
    senses.retain(|(rule, _)| is_on(*rule));
    let mut mentions = left(&senses);
    for ((rule, hit), sense) in phrases.into_iter().zip(consumed) {
        if sense.is_none() && kept(rule, hit) {
            open.push((rule, hit));
        }
    }
    open.sort_by_cached_key(|(rule, hit)| {
        let concern = &lexicon.rules[*rule as usize].concern;
        (Reverse(hit.span.1 - hit.span.0), hit.span.0, concern.needs.is_empty(), Reverse(concern.strength), *rule)
    });
    mentions.extend(pick(&open));
    mentions.sort_by_key(|m| (m.span.start, m.span.end, m.rule));
    mentions
}

/// For each phrase, the sense that consumes it. Hits come in order of start.
fn consume(phrases: &[(u32, &Hit)], senses: &[(u32, &Hit)], lexicon: &Lexicon) -> Vec<Option<Range<usize>>> {
    let family = |rule: u32| lexicon.rules[rule as usize].family.as_str();
    let longest = senses.iter().map(|(_, s)| s.end - s.start).max().unwrap_or_default();
    phrases
        .iter()
        .map(|(rule, phrase)| {
            // A sense that overlaps begins at most its own length before the phrase.
            let from = senses.partition_point(|(_, s)| s.start + longest < phrase.start);
            let near = senses[from..].iter().take_while(|(_, s)| s.start < phrase.end);
            near.filter(|(other, s)| {
                family(*other) == family(*rule) && s.end > phrase.start && s.end - s.start >= phrase.end - phrase.start
            })
            .max_by_key(|(_, s)| s.end - s.start)
            .map(|(_, s)| s.range())
        })
        .collect()
}

/// Senses as mentions of their own, the longest of those that overlap.
fn left(senses: &[(u32, &Hit)]) -> Vec<Mention> {
    let mut ordered = senses.to_vec();
    ordered.sort_by_key(|(rule, hit)| (Reverse(hit.end - hit.start), hit.start, *rule));
    let mut mentions = pick(&ordered);
    for mention in &mut mentions {
        mention.sense = Some(mention.whole.clone());
        mention.also.clear();
    }
    mentions
}

/// Takes hits in order of rank; one that overlaps a taken one is noted with it.
fn pick(ranked: &[(u32, &Hit)]) -> Vec<Mention> {
    let mut taken: BTreeMap<usize, Mention> = BTreeMap::new();
    for (rule, hit) in ranked {
        let span = hit.span.0..hit.span.1;
        let overlapping = taken.range_mut(..span.end).next_back().filter(|(_, m)| m.span.end > span.start);
        match overlapping {
            Some((_, mention)) => {
                if mention.rule != *rule && !mention.also.contains(rule) {
                    mention.also.push(*rule);
                }
            }
            None => {
                let mention = Mention { rule: *rule, span: span.clone(), whole: hit.range(), sense: None, also: Vec::new() };
                taken.insert(span.start, mention);
            }
        }
    }
    let mut mentions: Vec<Mention> = taken.into_values().collect();
    mentions.iter_mut().for_each(|m| m.also.sort_unstable());
    mentions
}
