//! Pronouns before a phrase, and whom they stand for.

use std::ops::Range;

use super::subject::{LONG, Subject};
use crate::lexicon::holds;
use crate::lexicon::schema::Who;
use crate::scan::tokens::Token;

/// A pronoun stands for somebody named in one of so many sentences before.
const BACK: usize = 4;

/// A sentence of no more words than this names somebody in passing ("Tenant male, 41.").
const FRAGMENT: usize = 3;

impl Subject<'_> {
    /// A pronoun that leads to the phrase or begins it, for the person whom it stands for ("Her partner works nights. He has outbursts.").
    pub fn pronoun(&self, adults: bool) -> Option<Range<usize>> {
        let is_pronoun = |token: &&Token| holds(&self.setting.lexicon.words.pronoun, token.id);
        if let Some(first) = self.sentence.tokens_in(&self.phrase).next().filter(is_pronoun) {
            return self.antecedent(first.start, adults);
        }
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
            if is_relative {
                return None;
            }
            if !self.comes_again(pronoun, &own) {
                return if self.is_told(&own) { None } else { self.headed(&own, adults, false) };
            }
        }
        let number = self.setting.sentence_at(own.start);
        for number in (0..number).rev().take(BACK) {
            let earlier = self.setting.sentences.get(number)?.clone();
            if let Some(person) = self.headed(&earlier, adults, true) {
                return Some(person);
            }
            let first = self.read(&earlier).first().copied()?;
            if !holds(&self.setting.lexicon.words.pronoun, first.id) || self.names_other(&earlier) {
                return None;
            }
        }
        None
    }

    /// Who was spoken with before a phrase that tells without a subject what they did: "Spoke with stepfather. Denied this."
    pub fn addressed(&self, counts: impl Fn(Option<Who>) -> bool) -> Option<Range<usize>> {
        let words = &self.setting.lexicon.words;
        let acts = |token: &Token| holds(&words.act, token.id);
        let is_first = self.sentence.tokens_in(&self.before).next().is_none();
        if !is_first || !self.sentence.tokens_in(&self.phrase).next().is_some_and(acts) {
            return None;
        }
        let number = self.setting.sentence_at(self.before.start);
        let near = (0..number).rev().take(BACK);
        let mut same = near.take_while(|&earlier| self.setting.paragraph_of(earlier) == self.setting.paragraph_of(number));
        let earlier = same.find(|&earlier| !self.setting.sentence(earlier).clauses.iter().flatten().next().is_some_and(acts))?;
        let earlier = self.setting.sentences.get(earlier)?.clone();
        // Behind a label: "06.03 CSC: spoke with father."
        let label = self.setting.text[earlier.clone()].rfind(": ").map_or(0, |colon| colon + 2);
        let told = earlier.start + label..earlier.end;
        let (person, (who, is_title)) = self.first_person(&told)?;
        let begins = self.read(&told).first().is_some_and(|token| holds(&words.addressed, token.id));
        let rest = self.end_of(&person, is_title).min(earlier.end)..earlier.end;
        let is_last = !self.setting.text[rest].contains(char::is_alphanumeric);
        let is_body = self.read(&person).iter().any(|token| holds(&words.organisation, token.id));
        (begins && is_last && !is_body && counts(who) && who != Some(Who::Unknown)).then_some(person)
    }

    /// Whether a pronoun is the one that its sentence begins with, and nobody else is named between: "He said that he had been at work, and he was
    /// aggressive".
    fn comes_again(&self, pronoun: usize, before: &Range<usize>) -> bool {
        let Some(again) = self.sentence.tokens_in(&(pronoun..self.sentence.range.end)).next() else {
            return false;
        };
        let mut earlier = self.sentence.tokens_in(before);
        let is_first = earlier.next().is_some_and(|first| first.id == again.id);
        let is_other = |token: &Token| self.is_name(token) || holds(&self.setting.lexicon.words.object, token.id);
        let is_spoken_of = self
            .setting
            .cues()
            .speakers
            .first_in(before.clone())
            .is_some_and(|(who, _)| who.start > before.start);
        is_first && !is_spoken_of && !earlier.any(is_other)
    }

    /// The person at the head of a stretch in which nobody else is named; `goes_on` where another sentence goes on about that person.
    fn headed(&self, stretch: &Range<usize>, adults: bool, goes_on: bool) -> Option<Range<usize>> {
        if stretch.len() > LONG {
            return None;
        }
        let tokens = self.read(stretch);
        let acts = || tokens.iter().any(|token| holds(&self.setting.lexicon.words.act, token.id));
        if tokens.len() <= FRAGMENT && !acts() && !self.is_event(&tokens) {
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
            let rest = end.min(stretch.end)..stretch.end;
            let is_other_named = self.names_other(&rest) || goes_on && self.acts_on_name(&rest);
            (is_head && !tells && !is_other_named && (who.is_none() || is_parent && self.is_event(&tokens))).then_some(person)
        };
        let of_age = || adults.then(|| self.adult_heading(stretch)).flatten();
        role().or_else(of_age).or_else(|| {
            // The name stands at the very head, or behind a label ("Substance misuse: K. has …").
            let text = &self.setting.text[stretch.clone()];
            let label = text.find(": ").map_or(0, |colon| colon + 2);
            let label = label + text[label..].find(char::is_alphanumeric)?;
            let name = text[label..].split(|sign: char| !sign.is_alphanumeric()).next()?;
            let found = self.setting.named().find(name, adults, self.setting.text)?;
            (!self.names_other(&(stretch.start + label + name.len()..stretch.end))).then_some(found)
        })
    }

    /// Whether somebody comes, goes, meets somebody or the like in these words, where all names are at their head.
    fn is_event(&self, tokens: &[Token]) -> bool {
        let event = tokens.iter().position(|token| holds(&self.setting.lexicon.words.event, token.id));
        event.is_some_and(|at| !tokens[at..].iter().any(|token| self.is_name(token)))
    }

    /// Whether something is done to somebody who is known by name, of whom the next sentence may go on: "The head excluded Jordan. He …". Behind a
    /// preposition stand days and places, too.
    fn acts_on_name(&self, stretch: &Range<usize>) -> bool {
        let words = &self.setting.lexicon.words;
        let is_object =
            |pair: &[Token]| self.is_name(&pair[1]) && !self.is_name(&pair[0]) && !holds(&words.preposition, pair[0].id);
        self.read(stretch).windows(2).any(is_object)
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
