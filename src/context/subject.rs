//! Of whom a sentence says a phrase: people whom a family does not protect.

use std::ops::Range;

use super::age::ADULT;
use super::sentence::Sentence;
use super::setting::Setting;
use crate::lexicon::holds;
use crate::lexicon::schema::Who;
use crate::scan::tokens::{Token, flag};

/// What stands before a phrase in its sentence.
pub struct Subject<'a> {
    pub sentence: &'a Sentence,
    pub before: Range<usize>,
    pub phrase: Range<usize>,
    pub setting: &'a Setting<'a>,
}

impl Subject<'_> {
    /// A person with nothing but linking words (is, has been, a) and an age between: "her father (41) was out of control".
    pub fn linked(&self, counts: impl Fn(Option<Who>) -> bool) -> Option<Range<usize>> {
        let (person, (who, is_title)) = self.setting.cues().not_protected.last_in(self.before.clone())?;
        let end = self.end_of(&person, is_title);
        let is_thing = who == Some(Who::Unknown);
        (counts(who) && !is_thing && (self.links(end) || self.described(end)) && self.is_subject(&person)).then_some(person)
    }

    /// A person or thing that the phrase is an attribute of: "a manipulative landlord", "the stubborn old donkey". An article or nothing stands before
    /// the phrase, and the person ends what is named ("the aggressive school refuser" is no school).
    pub fn attributed(&self) -> Option<Range<usize>> {
        let words = &self.setting.lexicon.words;
        let (person, (who, _)) = self.setting.cues().not_protected.first_in(self.phrase.end..self.sentence.range.end)?;
        let (between, behind) = (self.phrase.end..person.start, person.end..self.sentence.range.end);
        let text = &self.setting.text[between.clone()];
        let is_near = text.len() <= FAR
            && text.chars().all(|c| c.is_alphabetic() || c == ' ')
            && self.sentence.tokens_in(&between).count() <= ADJECTIVES;
        let parts = |token: &Token| token.flags & flag::SCOPE_END != 0 || holds(&words.preposition, token.id);
        let is_other = |token: &Token| parts(token) || holds(&words.article, token.id) || holds(&words.particular, token.id);
        let begins = |token: &Token| holds(&words.article, token.id) || token.flags & flag::FILLER != 0;
        let ends = |token: &Token| parts(token) || token.flags & flag::COMMA != 0 || self.is_link(token);
        let own: Vec<&Token> = self.sentence.tokens_in(&self.phrase).collect();
        let is_attribute = own.len() <= ATTRIBUTE
            && !own.first().is_some_and(|first| holds(&words.act, first.id))
            && !own.last().is_some_and(|last| parts(last));
        let is_begun = self.sentence.tokens_in(&self.before).last().is_none_or(begins);
        let is_last = self.sentence.tokens_in(&behind).next().is_none_or(ends);
        let is_next = is_near && !self.sentence.tokens_in(&between).any(is_other);
        (who != Some(Who::Parent) && is_next && is_attribute && is_begun && is_last).then_some(person)
    }

    /// The person whom the clause of the phrase has for its subject, or whom clauses without one go on about: "The tenant upstairs is a known
    /// dealer", "The uncle, who has a record, turned up late and kicked off". Clauses are read from the phrase back.
    pub fn carried(&self, counts: impl Fn(Option<Who>) -> bool, adults: bool) -> Option<Range<usize>> {
        let tokens: Vec<Token> = self.sentence.tokens_in(&self.reach()).copied().collect();
        let clauses = self.clauses(&tokens);
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

    /// The clauses before the phrase, cut at commas and at words that join them. The last may have no words.
    fn clauses<'t>(&self, tokens: &'t [Token]) -> Vec<Clause<'t>> {
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
        let (mut first, mut start, mut how, mut is_parted) = (0, self.reach().start, Join::Start, false);
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

    /// Whether somebody speaks in a stretch.
    fn is_told(&self, stretch: &Range<usize>) -> bool {
        self.setting.cues().reporting.first_in(stretch.clone()).is_some()
    }

    /// Whether somebody says something of somebody in a stretch. "He denied it", "blames her" say nothing.
    fn reports(&self, stretch: &Range<usize>) -> bool {
        let verb = self.setting.cues().reporting.first_in(stretch.clone());
        verb.is_some_and(|(verb, ())| words(&self.setting.text[verb.end..stretch.end]) > SAYING)
    }

    /// Whether the phrase is said of the person before a stretch that leads to it.
    fn is_said(&self, between: &Range<usize>) -> bool {
        self.described(between.start) || self.is_said_of_head(between)
    }

    /// Whether what stands between the person at the head and the phrase is short, plain and leads there, and names nobody else.
    fn is_said_of_head(&self, between: &Range<usize>) -> bool {
        let (cues, words) = (self.setting.cues(), &self.setting.lexicon.words);
        let tells_more = |token: &Token| holds(&words.preposition, token.id) || holds(&words.link, token.id);
        let is_placed = self.sentence.tokens_in(between).next().is_some_and(tells_more);
        let limit = if is_placed { PLACED } else { CLOSE };
        if self.sentence.tokens_in(between).take(limit).count() == limit {
            return false;
        }
        let speaker = cues.speakers.first_in(between.clone()).filter(|(_, who)| *who != Who::Author);
        let other = speaker.is_some() || cues.reporting.first_in(between.clone()).is_some();
        let text = &self.setting.text[between.clone()];
        let is_plain = !text.contains([':', ';', '"', '\'', '.']) && !text.contains(char::is_uppercase);
        let somebody = |token: &Token| holds(&words.particular, token.id) || holds(&words.pointer, token.id);
        !other && is_plain && !self.sentence.tokens_in(between).any(somebody) && self.leads_to_phrase(between)
    }

    /// The first person of a stretch, by the longest of the words that name them.
    pub fn first_person(&self, stretch: &Range<usize>) -> Option<Person> {
        let people = &self.setting.cues().not_protected;
        let (first, _) = people.first_in(stretch.clone())?;
        let from = people.0.partition_point(|(range, _)| range.start < first.start);
        let same = people.0[from..]
            .iter()
            .take_while(|(range, _)| range.start == first.start && range.end <= stretch.end);
        same.max_by_key(|(range, _)| range.end).cloned()
    }

    /// Whether a person stands at the head of what begins at a place: behind one word at most ("Maternal aunt") or behind whose they are ("Tia's
    /// maternal aunt"), or is what its head is said to be ("One is a registered sex offender").
    fn begins(&self, start: usize, person: &Range<usize>) -> bool {
        let before = start..person.start;
        let is_spoken = self.setting.cues().reporting.last_begun(before.clone()).is_some();
        if before.len() > FAR || is_spoken || self.setting.text[before.clone()].contains(':') {
            return false;
        }
        let (text, words) = (&self.setting.text[before.clone()], &self.setting.lexicon.words);
        let tokens = self.read(&before);
        let count = tokens.iter().filter(|token| !holds(&words.article, token.id)).count();
        let is_owner = |first: &Token| holds(&words.particular, first.id) && !holds(&words.pronoun, first.id);
        let is_owned = text.contains("'s ") || tokens.first().is_some_and(is_owner);
        let is_of_other = tokens.iter().any(|token| holds(&words.pronoun, token.id));
        count <= 1 && !is_of_other
            || count <= OWNED && is_owned
            || tokens.iter().all(|token| token.flags & flag::NUMBER != 0 || self.is_link(token))
    }

    /// The words of a stretch, which may lie in another sentence.
    fn read(&self, stretch: &Range<usize>) -> Vec<Token> {
        Sentence::read(self.setting.text, stretch.clone(), self.setting.lexicon).clauses.concat()
    }

    /// Where a person's name ends.
    fn end_of(&self, person: &Range<usize>, is_title: bool) -> usize {
        if is_title { self.name_end(person.end) } else { person.end }
    }

    /// Whether the name at the end of a stretch is joined to another: "Keeley, 15, and Jade".
    pub fn is_one_of_several(&self, stretch: &Range<usize>) -> bool {
        let tokens: Vec<&Token> = self.sentence.tokens_in(stretch).collect();
        let before = tokens.iter().rev().find(|token| !self.is_name(token));
        before.is_some_and(|token| token.id == self.setting.lexicon.index.and())
    }

    fn is_name(&self, token: &Token) -> bool {
        self.setting.text[token.start..].starts_with(char::is_uppercase)
    }

    fn is_link(&self, token: &Token) -> bool {
        token.flags & (flag::FILLER | flag::NUMBER) != 0 || holds(&self.setting.lexicon.words.link, token.id)
    }

    /// Whether a verb of being or the like leads from what stands between to the phrase: "… upstairs is a", "… for the late shift did".
    fn leads_to_phrase(&self, between: &Range<usize>) -> bool {
        let words = &self.setting.lexicon.words;
        let is = |token: &Token| holds(&words.be, token.id);
        if self.sentence.tokens_in(&self.phrase).next().is_some_and(is) {
            return true;
        }
        let last = self.sentence.tokens_in(between).filter(|token| !self.is_article(token)).last();
        last.is_some_and(|last| holds(&words.link, last.id) && !holds(&words.preposition, last.id))
    }

    /// Somebody whom the entry names elsewhere as a wrongdoer or an adult: "K. has disengaged".
    pub fn named(&self, adults: bool) -> Option<Range<usize>> {
        let is_name = |token: &&Token| self.setting.text[token.start..].starts_with(char::is_uppercase);
        let name = self.sentence.tokens_in(&self.near()).filter(is_name).last()?;
        let found = self.setting.named().find(&self.setting.text[name.start..name.end], adults, self.setting.text)?;
        let name = name.start..name.end;
        (self.links(self.name_end(name.start)) && self.is_subject(&name)).then_some(found)
    }

    /// A pronoun that leads to the phrase, for the person whom it stands for ("Her partner works nights. He has outbursts.").
    pub fn pronoun(&self, adults: bool) -> Option<Range<usize>> {
        let is_pronoun = |token: &&Token| holds(&self.setting.lexicon.words.pronoun, token.id);
        let pronoun = self.sentence.tokens_in(&self.near()).filter(is_pronoun).last()?;
        let leads = self.links(pronoun.end) || self.described(pronoun.end);
        leads.then(|| self.antecedent(pronoun.start, adults)).flatten()
    }

    /// The person at the head of the sentence of a pronoun, or of the one before. Sentences between that begin with a pronoun too go on about the
    /// same person.
    fn antecedent(&self, pronoun: usize, adults: bool) -> Option<Range<usize>> {
        let own = self.sentence.range.start..pronoun;
        if !self.setting.text[own.clone()].trim().is_empty() {
            let is_other = |last: &Token| holds(&self.setting.lexicon.words.relative, last.id);
            let is_relative = self.sentence.tokens_in(&own).last().is_some_and(is_other);
            return if is_relative || self.is_told(&own) { None } else { self.headed(&own, adults) };
        }
        let number = self.setting.sentence_at(own.start);
        for number in (0..number).rev().take(BACK) {
            let earlier = self.setting.sentences.get(number)?.clone();
            if let Some(person) = self.headed(&earlier, adults) {
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

    /// The person at the head of a stretch in which nobody else is named.
    fn headed(&self, stretch: &Range<usize>, adults: bool) -> Option<Range<usize>> {
        let acts = || self.read(stretch).iter().any(|token| holds(&self.setting.lexicon.words.act, token.id));
        if stretch.len() > LONG || stretch.len() <= FRAGMENT && !acts() {
            return None;
        }
        let role = || {
            let (person, (who, is_title)) = self.first_person(stretch)?;
            let is_head = self.begins(stretch.start, &person);
            let end = self.end_of(&person, is_title);
            // A mother and her child can both be "she", and what is unknown excuses nothing. Professionals tell of others.
            let tells = self
                .setting
                .cues()
                .speakers
                .first_in(person.clone())
                .is_some_and(|(_, who)| who == Who::Professional);
            (who.is_none() && is_head && !tells && !self.names_other(&(end.min(stretch.end)..stretch.end))).then_some(person)
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

    /// What stands before the phrase and near enough to tell whose it is.
    pub fn near(&self) -> Range<usize> {
        self.setting.text.ceil_char_boundary(self.before.start.max(self.before.end.saturating_sub(FAR)))..self.before.end
    }

    /// Whether a few words stand between and none of them is of somebody else.
    pub fn is_close(&self, between: &Range<usize>) -> bool {
        let other = |token: &Token| {
            holds(&self.setting.lexicon.words.particular, token.id)
                || self.setting.text[token.start..].starts_with(char::is_uppercase)
        };
        let cues = self.setting.cues();
        let is_plain = !self.setting.text[between.clone()].contains([';', ':', '.', '"']);
        let reports = cues.reporting.first_in(between.clone()).is_some() || cues.speakers.first_in(between.clone()).is_some();
        is_plain && !reports && self.sentence.tokens_in(between).count() <= CLOSE && !self.sentence.tokens_in(between).any(other)
    }

    /// The end of the names that follow a title.
    fn name_end(&self, title: usize) -> usize {
        let rest = title..self.before.end;
        let mut end = title;
        for token in self.sentence.tokens_in(&rest) {
            let (between, word) = (&self.setting.text[end..token.start], &self.setting.text[token.start..token.end]);
            // Where all is in capitals none tells a name.
            let is_shouted = word.len() > 2 && !word.contains(char::is_lowercase);
            if is_shouted || !between.chars().all(|c| matches!(c, ' ' | '.' | '-')) || !word.starts_with(char::is_uppercase) {
                break;
            }
            end = token.end;
        }
        // An initial may have a full stop.
        let is_initial =
            end > title && self.setting.text[end..].starts_with('.') && self.setting.text[..end].ends_with(char::is_uppercase);
        end + usize::from(is_initial)
    }

    /// Whether nothing but linking words stands between a place and the phrase.
    fn links(&self, from: usize) -> bool {
        let between = from..self.before.end;
        if between.len() > FAR {
            return false;
        }
        let text = &self.setting.text[between.clone()];
        // A comma is borne beside an age alone: "contact with mum, kicked off" is two things.
        let commas = text.contains(',') && !text.contains(|c: char| c.is_ascii_digit()) && !text.trim_end().ends_with(',');
        let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '(' | ')' | '\'' | '\n'));
        let is_minor = text.split(|c: char| !c.is_ascii_digit()).any(|age| age.parse().is_ok_and(|age: u8| age < ADULT));
        is_plain && !commas && !is_minor && self.sentence.tokens_in(&between).all(|token| self.is_link(token))
    }

    /// Whether somebody describes the person who stands before a place: "is described by probation as".
    fn described(&self, from: usize) -> bool {
        let words = &self.setting.lexicon.words;
        let between = from..self.before.end;
        if between.len() > FAR {
            return false;
        }
        let told = self.setting.cues().reporting.first_in(between.clone());
        let tokens: Vec<&Token> = self.sentence.tokens_in(&between).filter(|token| !self.is_article(token)).collect();
        let [first, .., last] = tokens[..] else {
            return false;
        };
        // "has been described as", and not "has her down as".
        let is_passive = told.is_some_and(|(verb, ())| {
            let mut until = tokens.iter().take_while(|token| token.start < verb.end).take(PASSIVE + 1);
            until.any(|token| holds(&words.be, token.id))
        });
        let is_owner = self.setting.text[first.start..].starts_with('\'');
        let begins = holds(&words.be, first.id) || holds(&words.have, first.id);
        // "was told about" describes nobody.
        is_passive && !is_owner && begins && holds(&words.ascribing, last.id)
    }

    /// Whether no preposition makes a person something else: "an account to the liaison nurse". What stands before the person's article
    /// belongs to something else ("in reception the stepfather").
    fn is_subject(&self, person: &Range<usize>) -> bool {
        let Some((clause, first)) = self.sentence.clause_at(person.start) else {
            return true;
        };
        let words = &self.setting.lexicon.words;
        let is_determiner = |token: &Token| holds(&words.article, token.id) || holds(&words.particular, token.id);
        for at in (0..first).rev().take(PHRASE) {
            let at = if is_determiner(&clause[at]) { at.checked_sub(1) } else { Some(at) };
            match at {
                Some(at) if holds(&words.preposition, clause[at].id) => return false,
                Some(at) if at + 1 < first && is_determiner(&clause[at + 1]) => return true,
                Some(_) => {}
                None => return true,
            }
        }
        true
    }

    fn is_article(&self, token: &Token) -> bool {
        token.flags & flag::FILLER != 0 || holds(&self.setting.lexicon.words.article, token.id)
    }
}

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

/// Nothing that stands more than so many bytes before a phrase tells whose it is.
const FAR: usize = 120;

/// So many words may stand between an age and what is said of whoever has it.
const CLOSE: usize = 5;

/// An attribute is so many words long at most: "very stubborn".
const ATTRIBUTE: usize = 2;

/// So many words may stand between an attribute and what has it: "stubborn old donkey".
const ADJECTIVES: usize = 1;

/// A verb of saying with so many words behind it says nothing of anybody.
const SAYING: usize = 2;

/// A number from here on is no age.
const OLDEST: u8 = 110;

/// So many words may say whose somebody is: "Tia's maternal aunt".
const OWNED: usize = 3;

/// Words that may stand between an article and the person whom it belongs to.
const PHRASE: usize = 4;

/// In more than so many bytes somebody else is taken to be spoken of.
const LONG: usize = 400;

/// A verb of saying in the passive begins at most so many words behind the person of whom it is said.
const PASSIVE: usize = 3;

/// So many words may stand between where somebody is named with a place or the like: "The men at the flat were".
const PLACED: usize = 9;

/// A pronoun stands for somebody named in one of so many sentences before.
const BACK: usize = 4;

/// A sentence no longer than this names somebody in passing ("Tenant male, 41.").
pub const FRAGMENT: usize = 20;

/// Where somebody stands whom a family may not protect; who it is, where a role tells it; and whether it is a title before a name.
type Person = (Range<usize>, (Option<Who>, bool));

/// How many words a stretch has, bullets and the like apart.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
