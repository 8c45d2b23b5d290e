//! The clauses before a phrase, and of whom they go on to speak.

use std::ops::Range;

use super::subject::{LONG, Person, Subject};
use crate::context::age::ADULT;
use crate::lexicon::holds;
use crate::lexicon::schema::Who;
use crate::scan::tokens::{Token, flag};

/// A number from here on is no age.
const OLDEST: u8 = 110;

/// A clause before a phrase; its range begins with the word that joins it, and its words behind that.
struct Clause<'t> {
    tokens: &'t [Token],
    join: Join,
    /// A comma stands before it.
    is_parted: bool,
    range: Range<usize>,
}

impl Clause<'_> {
    /// Where its first word begins.
    fn first(&self) -> usize {
        self.tokens.first().map_or(self.range.end, |token| token.start)
    }
}

/// What a clause is joined by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// It is the first.
    Start,
    Comma,
    /// "and", "but".
    And,
    /// "who".
    Relative,
    /// "because", "but": whatever the subject is, it need not be that of the clause before ("GP referred her but did not attend").
    Other,
}

/// What a clause has for its subject.
enum Head {
    Person(Person),
    Pronoun(Range<usize>),
    Relative,
    /// The age of an adult, set apart by commas: "The male, 22,".
    Adult(Range<usize>),
    /// It goes on about the subject of the clause before.
    None,
    /// Somebody who may be protected, or a thing.
    Other,
}

impl Subject<'_> {
    /// The person whom the clause of the phrase has for its subject, or whom clauses without one go on about: "The tenant upstairs is a known
    /// dealer", "The uncle, who has a record, turned up late and kicked off". Clauses are read from the phrase back.
    pub fn carried(&self, counts: impl Fn(Option<Who>) -> bool, adults: bool) -> Option<Range<usize>> {
        let reach = self.reach();
        let tokens: Vec<Token> = self.sentence.tokens_in(&reach).copied().collect();
        let clauses = self.clauses(&tokens, reach.start);
        let (mut is_own, mut is_closed) = (true, false);
        for (number, clause) in clauses.iter().enumerate().rev() {
            let says = |from: usize| {
                let rest = from.min(clause.range.end)..clause.range.end;
                if is_own { self.is_said(&rest) } else { self.goes_on(&rest) }
            };
            match self.head(clause) {
                Head::Person((person, (who, is_title))) => {
                    let end = self.end_of(&person, is_title);
                    let is_silent = if is_own {
                        !self.is_told(&clause.range) || self.described(end)
                    } else {
                        !self.reports(&clause.range)
                    };
                    return (counts(who) && is_silent && says(end) && self.is_subject(&person)).then_some(person);
                }
                Head::Pronoun(pronoun) => {
                    let leads = says(pronoun.end) || is_own && self.links(pronoun.end);
                    return leads.then(|| self.antecedent(pronoun.start, adults)).flatten();
                }
                // An aside between commas is passed over.
                Head::Relative if is_closed => {}
                Head::Relative => {
                    return says(if is_own { clause.range.start } else { clause.first() })
                        .then(|| self.before_relative(clause.range.start, counts))
                        .flatten();
                }
                // "Keeley, 15, and Jade, 19, were" is of both.
                Head::Adult(age) => {
                    let is_of_one = clauses[..number].last().is_none_or(|named| named.join != Join::And);
                    return (adults && is_of_one).then_some(age);
                }
                Head::None if is_own && self.leads(clause, clauses[..number].last()) => {}
                Head::None if !is_own && self.goes_on(&clause.range) => {}
                Head::None | Head::Other => return None,
            }
            (is_own, is_closed) = (false, clause.is_parted);
        }
        None
    }

    /// What stands before the phrase, as far back as clauses are read.
    fn reach(&self) -> Range<usize> {
        let near = self.setting.text.ceil_char_boundary(self.before.start.max(self.before.end.saturating_sub(LONG)));
        let parted = self.setting.text[near..self.before.end].rfind([';', ':', '"']);
        parted.map_or(near, |sign| near + sign + 1)..self.before.end
    }

    /// The clauses before the phrase from a place on, cut at commas and at words that join them. The last may have no words.
    fn clauses<'t>(&self, tokens: &'t [Token], start: usize) -> Vec<Clause<'t>> {
        let words = &self.setting.lexicon.words;
        let join = |token: &Token| {
            if holds(&words.relative, token.id) {
                Some(Join::Relative)
            } else if token.id == self.setting.lexicon.index.and() {
                Some(Join::And)
            } else if token.flags & flag::SCOPE_END != 0 && !holds(&words.ascribing, token.id) {
                Some(Join::Other)
            } else {
                (token.flags & flag::COMMA != 0).then_some(Join::Comma)
            }
        };
        let mut clauses: Vec<Clause> = Vec::new();
        let (mut first, mut start, mut how, mut is_parted) = (0, start, Join::Start, false);
        for (at, token) in tokens.iter().enumerate() {
            if let Some(next) = join(token) {
                // "and then".
                if how == Join::And && first == at && next == Join::Other && !holds(&words.binder, token.id) {
                    first = at + 1;
                    continue;
                }
                clauses.push(Clause { tokens: &tokens[first..at], join: how, is_parted, range: start..token.start });
                (first, start, how) = (if next == Join::Comma { at } else { at + 1 }, token.start, next);
                is_parted = token.flags & flag::COMMA != 0;
            }
        }
        clauses.push(Clause { tokens: &tokens[first..], join: how, is_parted, range: start..self.before.end });
        clauses
    }

    /// What a clause begins with.
    fn head(&self, clause: &Clause) -> Head {
        let words = &self.setting.lexicon.words;
        let cues = self.setting.cues();
        if clause.join == Join::Relative {
            return Head::Relative;
        }
        let Some(first) = clause.tokens.first() else {
            return if clause.join == Join::Other { Head::Other } else { Head::None };
        };
        if let Some(age) = self.adult_aside(clause) {
            return Head::Adult(age);
        }
        let stretch = first.start..clause.range.end;
        if let Some(person) = self.first_person(&stretch).filter(|(person, _)| self.begins(first.start, person)) {
            return Head::Person(person);
        }
        let Some(first) = clause.tokens.iter().find(|token| token.flags & flag::FILLER == 0) else {
            return Head::None;
        };
        if holds(&words.pronoun, first.id) {
            return Head::Pronoun(first.start..first.end);
        }
        let is_somebody = holds(&words.particular, first.id) || cues.speakers.at(first.start, clause.range.end).is_some();
        let is_name = self.is_name(first) && first.start > self.sentence.range.start;
        let is_thing = holds(&words.article, first.id) && clause.tokens.iter().any(|token| !self.is_link(token));
        if is_somebody || is_name || is_thing || clause.join == Join::Other {
            Head::Other
        } else {
            Head::None
        }
    }

    /// The age of an adult that a clause between commas consists of.
    fn adult_aside(&self, clause: &Clause) -> Option<Range<usize>> {
        let [number] = clause.tokens else { return None };
        let years: u8 = self.setting.text[number.start..number.end].parse().ok()?;
        (clause.join == Join::Comma && (ADULT..OLDEST).contains(&years)).then_some(number.start..number.end)
    }

    /// The person whom a relative pronoun stands for: nothing but an age stands between.
    fn before_relative(&self, relative: usize, counts: impl Fn(Option<Who>) -> bool) -> Option<Range<usize>> {
        let (person, (who, is_title)) = self.setting.cues().not_protected.last_in(self.before.start..relative)?;
        let end = self.end_of(&person, is_title);
        let between = end..relative;
        let is_next = self.sentence.tokens_in(&between).all(|token| token.flags & flag::NUMBER != 0);
        (counts(who) && is_next).then_some(person)
    }

    /// Whether a clause without a subject leads to the phrase: by linking words alone, of which one is a verb, or with nothing between where the
    /// phrase begins with what somebody does, or says more of what the clause before says somebody is.
    fn leads(&self, clause: &Clause, before: Option<&Clause>) -> bool {
        let words = &self.setting.lexicon.words;
        let is = |token: &Token| holds(&words.be, token.id);
        // "SW visited, refused to come down" is told of two, save where the comma ends an aside.
        let ends_aside = || before.is_some_and(|before| before.join == Join::Relative || self.adult_aside(before).is_some());
        let links = |token: &Token| self.is_link(token) && !holds(&words.binder, token.id) && !self.is_name(token);
        if clause.join == Join::Comma && !ends_aside() || !clause.tokens.iter().all(links) {
            return false;
        }
        if clause.tokens.iter().any(|token| !self.is_article(token) && token.flags & flag::NUMBER == 0) {
            return true;
        }
        let next = self.sentence.tokens_in(&(self.phrase.end..self.sentence.range.end)).next();
        let acts = self.sentence.tokens_in(&self.phrase).next().is_some_and(|first| holds(&words.act, first.id));
        let is_more = || {
            before.is_some_and(|before| {
                let said = before.tokens.iter().skip_while(|token| !is(token));
                said.clone().next().is_some() && !said.into_iter().any(|token| holds(&words.preposition, token.id))
            })
        };
        !next.is_some_and(is) && (acts || is_more())
    }

    /// Whether nobody speaks and nobody else does anything in what is said of a person before a clause goes on about them.
    fn goes_on(&self, stretch: &Range<usize>) -> bool {
        let words = &self.setting.lexicon.words;
        let tokens: Vec<&Token> = self.sentence.tokens_in(stretch).collect();
        let begins = |token: &&Token| holds(&words.pronoun, token.id) || holds(&words.binder, token.id);
        // "feels these are".
        let is_said = |pair: &[&Token]| holds(&words.pointer, pair[0].id) && holds(&words.be, pair[1].id);
        !self.reports(stretch) && !tokens.iter().any(begins) && !tokens.windows(2).any(is_said)
    }
}
