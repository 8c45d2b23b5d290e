//! Pronouns before a phrase, and whom they stand for.

use std::ops::Range;

use super::subject::{LONG, Subject};
use crate::lexicon::holds;
use crate::lexicon::schema::Who;
use crate::scan::tokens::Token;

/// A pronoun stands for somebody named in one of so many sentences before.
const BACK: usize = 4;

/// A sentence no longer than this names somebody in passing ("Tenant male, 41.").
pub const FRAGMENT: usize = 20;

impl Subject<'_> {
    /// A pronoun that leads to the phrase, for the person whom it stands for ("Her partner works nights. He has outbursts.").
    pub fn pronoun(&self, adults: bool) -> Option<Range<usize>> {
        let is_pronoun = |token: &&Token| holds(&self.setting.lexicon.words.pronoun, token.id);
        let pronoun = self.sentence.tokens_in(&self.near()).filter(is_pronoun).last()?;
        let leads = self.links(pronoun.end) || self.described(pronoun.end);
        leads.then(|| self.antecedent(pronoun.start, adults)).flatten()
    }

    /// The person at the head of the sentence of a pronoun, or of the one before. Sentences between that begin with a pronoun too go on about the
    /// same person.
    pub fn antecedent(&self, pronoun: usize, adults: bool) -> Option<Range<usize>> {
        let own = self.sentence.range.start..pronoun;
        if own.len() > LONG {
            return None;
        }
        if !self.setting.text[own.clone()].trim().is_empty() {
            let is_other = |last: &Token| holds(&self.setting.lexicon.words.relative, last.id);
            let is_relative = self.sentence.tokens_in(&own).last().is_some_and(is_other);
            return if is_relative || self.is_told(&own) { None } else { self.headed(&own, adults, false) };
        }
        let number = self.setting.sentence_at(own.start);
        for number in (0..number).rev().take(BACK) {
            let earlier = self.setting.sentences.get(number)?.clone();
            if let Some(person) = self.headed(&earlier, adults, true) {
                return Some(person);
            }
            let first = self.setting.text[earlier.clone()].split_whitespace().next()?;
            let goes_on = holds(&self.setting.lexicon.words.pronoun, self.setting.lexicon.index.word(first));
            if !goes_on || self.names_other(&earlier) {
                return None;
            }
        }
        None
    }

    /// The person at the head of a stretch in which nobody else is named; `goes_on` where another sentence goes on about that person.
    fn headed(&self, stretch: &Range<usize>, adults: bool, goes_on: bool) -> Option<Range<usize>> {
        let acts = || self.read(stretch).iter().any(|token| holds(&self.setting.lexicon.words.act, token.id));
        if stretch.len() > LONG || stretch.len() <= FRAGMENT && !acts() {
            return None;
        }
        let role = || {
            let (person, (who, is_title)) = self.first_person(stretch)?;
            let is_head = self.begins(stretch.start, &person);
            let end = self.end_of(&person, is_title);
            // A mother and her child can both be "she", and what is unknown excuses nothing, but where she has come or gone the next sentence goes on
            // about her. Professionals tell of others.
            let is_parent = who == Some(Who::Parent) && goes_on && adults;
            let tells = self
                .setting
                .cues()
                .speakers
                .first_in(person.clone())
                .is_some_and(|(_, who)| who == Who::Professional);
            ((who.is_none() || is_parent && self.is_event(stretch))
                && is_head
                && !tells
                && !self.names_other(&(end.min(stretch.end)..stretch.end)))
            .then_some(person)
        };
        role().or_else(|| {
            // The name stands at the very head, or behind a label ("Substance misuse: K. has …").
            let text = &self.setting.text[stretch.clone()];
            let label = text.find(": ").map_or(0, |colon| colon + 2);
            let label = label + text[label..].find(char::is_alphanumeric)?;
            let name = text[label..].split(|sign: char| !sign.is_alphanumeric()).next()?;
            let found = self.setting.named().find(name, adults, self.setting.text)?;
            (!self.names_other(&(stretch.start + label + name.len()..stretch.end))).then_some(found)
        })
    }

    /// Whether somebody comes, goes, meets somebody or the like in a stretch, where all names are at its head.
    fn is_event(&self, stretch: &Range<usize>) -> bool {
        let tokens = self.read(stretch);
        let event = tokens.iter().position(|token| holds(&self.setting.lexicon.words.event, token.id));
        event.is_some_and(|at| !tokens[at..].iter().any(|token| self.is_name(token)))
    }

    /// Whether somebody speaks, or somebody else is spoken of, in a stretch.
    pub fn names_other(&self, stretch: &Range<usize>) -> bool {
        let cues = self.setting.cues();
        let is_object = |token: &Token| holds(&self.setting.lexicon.words.object, token.id);
        stretch.len() > LONG
            || self.setting.text[stretch.clone()].contains(':')
            || self.reports(stretch)
            || cues.speakers.first_in(stretch.clone()).is_some()
            || self.read(stretch).iter().any(is_object)
    }
}
