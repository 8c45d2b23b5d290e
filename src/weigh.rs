//! Weighs one mention: what each row of the table finds around it, and what the table says.

use crate::compose::{Found, Seen};
use crate::context::age::told_age;
use crate::context::general::general;
use crate::context::name::name;
use crate::context::negation::negation;
use crate::context::printed::is_printed;
use crate::context::protection::not_protected;
use crate::context::setting::Setting;
use crate::context::voice::voice;
use crate::context::wording::wording;
use crate::finding::{Reason, Who};
use crate::lexicon::schema::Protected;
use crate::lexicon::{Genres, Lexicon};
use crate::printed::Printed;
use crate::record::{Record, Subject};
use crate::resolve::Mention;
use crate::settings::Chosen;
use crate::text::{Entry, EntryKind};
use crate::verdict::{Facts, decide};

/// Among so many mentions before one another concern is looked for.
const NEAR: usize = 4;

/// The family that protects adults, whatever else the record says.
const DOMESTIC_ABUSE: &str = "domestic-abuse";

/// What is known of a record beside the places of its mentions.
pub struct Known {
    /// The subject's age in years.
    age: Option<u8>,
    /// Its genre is one of domestic abuse.
    is_domestic: bool,
    /// Where it speaks of domestic abuse, in order.
    domestic: Vec<usize>,
    /// It is a training paper, a policy or the like.
    pub is_paper: bool,
}

impl Known {
    /// `domestic` are the places where the record speaks of domestic abuse, in order.
    pub fn new(record: &Record, subject: &Subject, domestic: Vec<usize>, lexicon: &Lexicon) -> Known {
        let genre = record.genre.as_deref();
        Known {
            age: subject.age,
            is_domestic: Genres::holds(&lexicon.genres.domestic_abuse, genre),
            domestic,
            is_paper: Genres::holds(&lexicon.genres.general, genre),
        }
    }

    /// Whether an adult counts as a victim in an entry. A block headed by somebody else is about that person alone.
    fn is_domestic(&self, entry: &Entry) -> bool {
        let from = self.domestic.partition_point(|&place| place < entry.range.start);
        let spoken = match entry.kind {
            EntryKind::Person => self.domestic.get(from).is_some_and(|&place| place < entry.range.end),
            EntryKind::Whole | EntryKind::Dated => !self.domestic.is_empty(),
        };
        self.is_domestic || spoken
    }
}

/// The mentions of a record, to be weighed in order of place.
pub struct Weighing<'a> {
    pub lexicon: &'a Lexicon,
    pub chosen: &'a Chosen,
    pub mentions: &'a [Mention],
    pub known: Known,
    /// What is printed in the forms that the record may be written in.
    pub printed: &'a Printed,
}

impl Weighing<'_> {
    /// The rule that a mention is reported by, and what the table says of it: its own, or another that matched the same words where its own
    /// does not protect the person and that one does.
    ///
    /// `whose` are the words of the box that it stands in, where the record says that.
    pub fn weigh(&self, number: usize, whose: Option<Who>, setting: &Setting) -> (u32, Seen) {
        let mention = &self.mentions[number];
        let own = self.by_rule(mention.rule, number, whose, setting);
        if own.decision.reason == Reason::NotProtected {
            let others = mention.also.iter().map(|&rule| (rule, self.by_rule(rule, number, whose, setting)));
            if let Some(other) = others.into_iter().find(|(_, seen)| seen.decision.reason != Reason::NotProtected) {
                return other;
            }
        }
        (mention.rule, own)
    }

    fn by_rule(&self, rule_number: u32, number: usize, whose: Option<Who>, setting: &Setting) -> Seen {
        let mention = &self.mentions[number];
        let rule = &self.lexicon.rules[rule_number as usize];
        let sentence_number = setting.sentence_at(mention.span.start);
        let sentence = setting.sentence(sentence_number);
        let heard = voice(&mention.span, &sentence.range, setting).in_box_of(whose, &mention.span);
        let is_domestic = rule.family == DOMESTIC_ABUSE || self.known.is_domestic(&setting.entry);
        let found = Found {
            sense: mention.sense.clone().or_else(|| name(mention, &sentence, setting)),
            wording: wording(mention, setting),
            general: general(mention, &sentence, self.known.is_paper, setting),
            negation: negation(mention, &sentence, &heard, setting),
            not_protected: not_protected(mention, &sentence, (&rule.concern).into(), is_domestic, self.known.age, setting),
            analysis: setting.analysis(self.mentions).of(
                mention,
                rule.topics,
                rule.concern.protects.contains(&Protected::Parent),
                self.before(number),
                setting,
            ),
        };
        let analysis = found.analysis.as_ref().map(|range| range.start);
        let reads = |row| self.chosen.reads_row(row);
        let mut decision = decide(&Facts {
            strength: rule.concern.strength,
            printed: is_printed(&mention.span, self.printed, setting),
            other_sense: found.sense.is_some() && reads(1),
            about_words: found.wording.is_some() && reads(2),
            general: found.general.is_some() && reads(3),
            negated: found.negation.is_some() && reads(4),
            not_protected: found.not_protected.is_some() && reads(5),
            analysed: found.analysis.is_some() && reads(6),
            heard: &heard,
        });
        decision.ask = self.chosen.ask(rule_number).unwrap_or(decision.ask);
        Seen {
            heard,
            found,
            told_age: if rule.concern.ages.is_empty() { None } else { told_age(&sentence.range, setting) },
            decision,
            sentence: sentence.range.clone(),
            excerpt: setting.excerpt(sentence_number),
            analysis: analysis.map_or(0..0, |place| setting.sentence_around(place)),
        }
    }

    /// The mention of another concern before this one.
    fn before(&self, number: usize) -> Option<&Mention> {
        let rule = self.mentions[number].rule;
        let near = self.mentions[..number].iter().rev().take(NEAR);
        near.into_iter().find(|other| other.rule != rule && other.sense.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_about_somebody_else_is_asked_alone() {
        let entry = |kind, range| Entry { range, kind, heading: None };
        for (is_domestic, domestic, kind, range, expected) in [
            (false, vec![], EntryKind::Whole, 0..50, false),
            (true, vec![], EntryKind::Whole, 0..50, true),
            (true, vec![], EntryKind::Person, 0..50, true),
            (false, vec![60], EntryKind::Whole, 0..50, true),
            (false, vec![60], EntryKind::Dated, 0..50, true),
            (false, vec![60], EntryKind::Person, 0..50, false),
            (false, vec![50], EntryKind::Person, 0..50, false),
            (false, vec![49], EntryKind::Person, 0..50, true),
            (false, vec![10], EntryKind::Person, 10..50, true),
            (false, vec![9, 50], EntryKind::Person, 10..50, false),
            (false, vec![9, 10, 90], EntryKind::Person, 10..50, true),
        ] {
            let known = Known { age: None, is_domestic, domestic: domestic.clone(), is_paper: false };
            assert_eq!(known.is_domestic(&entry(kind, range.clone())), expected, "{domestic:?} in {kind:?} {range:?}");
        }
    }
}
