//! Of whom a sentence says a phrase: people whom a family does not protect.

use std::ops::Range;

use crate::context::age::ADULT;
use crate::context::sentence::Sentence;
use crate::context::setting::Setting;
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
        let is_plain = text.len() <= FAR && text.chars().all(|c| c.is_alphabetic() || c == ' ');
        if who == Some(Who::Parent) || !is_plain || self.sentence.tokens_in(&between).count() > ADJECTIVES {
            return None;
        }
        let parts = |token: &Token| token.flags & flag::SCOPE_END != 0 || holds(&words.preposition, token.id);
        let is_other = |token: &Token| parts(token) || holds(&words.article, token.id) || holds(&words.particular, token.id);
        let begins = |token: &Token| holds(&words.article, token.id) || token.flags & flag::FILLER != 0;
        let ends = |token: &Token| parts(token) || token.flags & flag::COMMA != 0 || self.is_link(token);
        let own: Vec<&Token> = self.sentence.tokens_in(&self.phrase).collect();
        let is_attribute = own.len() <= ATTRIBUTE
            && !own.first().is_some_and(|first| holds(&words.act, first.id))
            && !own.last().is_some_and(|last| parts(last));
        let is_begun = self.sentence.tokens_in(&self.near()).last().is_none_or(begins);
        let is_last = self.sentence.tokens_in(&behind).next().is_none_or(ends);
        let is_next = !self.sentence.tokens_in(&between).any(is_other);
        (is_next && is_attribute && is_begun && is_last).then_some(person)
    }

    /// Whether somebody speaks in a stretch.
    pub fn is_told(&self, stretch: &Range<usize>) -> bool {
        self.setting.cues().reporting.first_in(stretch.clone()).is_some()
    }

    /// Whether somebody says something of somebody in a stretch. "He denied it", "blames her" say nothing.
    pub fn reports(&self, stretch: &Range<usize>) -> bool {
        let verb = self.setting.cues().reporting.first_in(stretch.clone());
        verb.is_some_and(|(verb, ())| words(&self.setting.text[verb.end..stretch.end]) > SAYING)
    }

    /// Whether the phrase is said of the person before a stretch that leads to it.
    pub fn is_said(&self, between: &Range<usize>) -> bool {
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
        let other = speaker.is_some() || self.is_told(between);
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
    pub fn begins(&self, start: usize, person: &Range<usize>) -> bool {
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
    pub fn read(&self, stretch: &Range<usize>) -> Vec<Token> {
        Sentence::read(self.setting.text, stretch.clone(), self.setting.lexicon).clauses.concat()
    }

    /// Where a person's name ends.
    pub fn end_of(&self, person: &Range<usize>, is_title: bool) -> usize {
        if is_title { self.name_end(person.end) } else { person.end }
    }

    /// Whether the name at the end of a stretch is joined to another: "Keeley, 15, and Jade".
    pub fn is_one_of_several(&self, stretch: &Range<usize>) -> bool {
        let tokens: Vec<&Token> = self.sentence.tokens_in(stretch).collect();
        let before = tokens.iter().rev().find(|token| !self.is_name(token));
        before.is_some_and(|token| token.id == self.setting.lexicon.index.and())
    }

    pub fn is_name(&self, token: &Token) -> bool {
        self.setting.text[token.start..].starts_with(char::is_uppercase)
    }

    pub fn is_link(&self, token: &Token) -> bool {
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
        let name = self.sentence.tokens_in(&self.near()).filter(|token| self.is_name(token)).last()?;
        let found = self.setting.named().find(&self.setting.text[name.start..name.end], adults, self.setting.text)?;
        let name = name.start..name.end;
        (self.links(self.name_end(name.start)) && self.is_subject(&name)).then_some(found)
    }

    /// What stands before the phrase and near enough to tell whose it is.
    pub fn near(&self) -> Range<usize> {
        self.setting.text.ceil_char_boundary(self.before.start.max(self.before.end.saturating_sub(FAR)))..self.before.end
    }

    /// Whether a few words stand between and none of them is of somebody else.
    pub fn is_close(&self, between: &Range<usize>) -> bool {
        let other = |token: &Token| holds(&self.setting.lexicon.words.particular, token.id) || self.is_name(token);
        let is_plain = !self.setting.text[between.clone()].contains([';', ':', '.', '"']);
        let reports = self.is_told(between) || self.setting.cues().speakers.first_in(between.clone()).is_some();
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
            // "Mr al-Khatib"
            let is_particle = word.len() <= PARTICLE
                && self.setting.text[token.end..].starts_with(['-', '\''])
                && self.setting.text[token.end + 1..].starts_with(char::is_uppercase);
            let is_name = word.starts_with(char::is_uppercase) || is_particle;
            if is_shouted || !between.chars().all(|c| matches!(c, ' ' | '.' | '-' | '\'')) || !is_name {
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
    pub fn links(&self, from: usize) -> bool {
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
    pub fn described(&self, from: usize) -> bool {
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
    pub fn is_subject(&self, person: &Range<usize>) -> bool {
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

    pub fn is_article(&self, token: &Token) -> bool {
        token.flags & flag::FILLER != 0 || holds(&self.setting.lexicon.words.article, token.id)
    }
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

/// So many words may say whose somebody is: "Tia's maternal aunt".
const OWNED: usize = 3;

/// Words that may stand between an article and the person whom it belongs to.
const PHRASE: usize = 4;

/// In more than so many bytes somebody else is taken to be spoken of.
pub const LONG: usize = 400;

/// A word of so many letters may lead to a name: "al-Khatib", "d'Arcy".
const PARTICLE: usize = 3;

/// A verb of saying in the passive begins at most so many words behind the person of whom it is said.
const PASSIVE: usize = 3;

/// So many words may stand between where somebody is named with a place or the like: "The men at the flat were".
const PLACED: usize = 9;

/// Where somebody stands whom a family may not protect; who it is, where a role tells it; and whether it is a title before a name.
pub type Person = (Range<usize>, (Option<Who>, bool));

/// How many words a stretch has, bullets and the like apart.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
