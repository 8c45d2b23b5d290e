//! Row 5: whether a phrase is about somebody whom its family does not protect.

use std::ops::Range;
use std::sync::LazyLock;

use super::Regex;
use super::age::{self, ADULT};
use super::sentence::Sentence;
use super::setting::Setting;
use crate::lexicon::holds;
use crate::lexicon::schema::{Protected, Who};
use crate::resolve::Mention;
use crate::scan::tokens::{Token, flag};

/// An age beside a name: ", 34," or "(aged 34)". The last one before a phrase is read.
static AGE_BESIDE: LazyLock<Regex> = LazyLock::new(|| age::beside(r"[,(][ \n]*", "[,)]"));

/// The words that name somebody who is not protected as the one of whom the phrase is said; an empty stretch where it is the subject of the
/// record, an adult. A concern that is `of_anyone` does not ask who is the subject.
pub fn not_protected(
    mention: &Mention,
    sentence: &Sentence,
    protects: &[Protected],
    of_anyone: bool,
    is_domestic: bool,
    age: Option<u8>,
    setting: &Setting,
) -> Option<Range<usize>> {
    let protects = |whom| protects.contains(&whom);
    if age.is_some_and(|age| age >= ADULT) && !protects(Protected::AdultVictim) && !is_domestic {
        return Some(0..0);
    }
    if of_anyone || tells_of_child(mention, sentence, setting) {
        return None;
    }
    // An adult counts as a victim where the record speaks of domestic abuse.
    let is_victim = protects(Protected::AdultVictim) && is_domestic;
    let of_children = !protects(Protected::Parent) && !is_victim;
    let counts = |who: Option<Who>| who != Some(Who::Parent) || of_children;
    let subject = Subject {
        sentence,
        before: sentence.range.start..mention.span.start,
        phrase: mention.span.clone(),
        setting,
    };
    subject
        .linked(counts)
        .or_else(|| subject.head(counts))
        .or_else(|| subject.named(of_children))
        .or_else(|| subject.pronoun(of_children))
        .or_else(|| subject.labelled())
        .or_else(|| of_children.then(|| subject.adult()).flatten())
}

/// Whether the phrase itself tells of the one who speaks or of the child: "grandma is adamant that", "the male is her partner", "dad cannot
/// control her". What somebody will not say ("refuses to say") is said of themselves.
fn tells_of_child(mention: &Mention, sentence: &Sentence, setting: &Setting) -> bool {
    let words = &setting.lexicon.words;
    let whole = mention.whole.start.min(mention.span.start)..mention.span.end;
    let reports = setting.cues().reporting.first_in(whole.clone()).is_some_and(|(verb, ())| {
        let before = sentence.tokens_in(&(whole.start..verb.start)).last();
        !before.is_some_and(|word| holds(&words.preposition, word.id))
    });
    let mut tokens = sentence.tokens_in(&mention.span);
    reports
        || tokens
            .next()
            .is_some_and(|token| holds(&words.particular, token.id) || holds(&words.object, token.id))
        || tokens.any(|token| holds(&words.object, token.id))
}

/// What stands before a phrase in its sentence.
struct Subject<'a> {
    sentence: &'a Sentence,
    before: Range<usize>,
    phrase: Range<usize>,
    setting: &'a Setting<'a>,
}

impl Subject<'_> {
    /// A person with nothing but linking words (is, has been, a) and an age between: "her father (41) was out of control".
    fn linked(&self, counts: impl Fn(Option<Who>) -> bool) -> Option<Range<usize>> {
        let (person, (who, is_title)) = self.setting.cues().not_protected.last_in(self.before.clone())?;
        let end = if is_title { self.name_end(person.end) } else { person.end };
        (counts(who) && (self.links(end) || self.described(end)) && self.is_subject(&person)).then_some(person)
    }

    /// The person at the head of the sentence, where a verb of being leads to the phrase and nobody else stands between: "The tenant upstairs
    /// is a known dealer".
    fn head(&self, counts: impl Fn(Option<Who>) -> bool) -> Option<Range<usize>> {
        let (person, (who, is_title)) = self.first_person(&self.before)?;
        if !counts(who) || !self.is_at_head(&person) || !self.is_subject(&person) {
            return None;
        }
        let end = if is_title { self.name_end(person.end) } else { person.end };
        (self.described(end) || self.is_said_of_head(&(end..self.before.end))).then_some(person)
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
        // A comma that opens behind the person sets something apart ("The landlord, who owns the block, is a"); another begins a clause.
        let is_one = text.starts_with(',') || !text.contains(',');
        let somebody = |token: &Token| holds(&words.particular, token.id);
        !other && is_plain && is_one && !self.sentence.tokens_in(between).any(somebody) && self.leads_to_phrase(between)
    }

    /// The first person of a stretch, by the longest of the words that name them.
    fn first_person(&self, stretch: &Range<usize>) -> Option<Person> {
        let people = &self.setting.cues().not_protected;
        let (first, _) = people.first_in(stretch.clone())?;
        let from = people.0.partition_point(|(range, _)| range.start < first.start);
        let same = people.0[from..]
            .iter()
            .take_while(|(range, _)| range.start == first.start && range.end <= stretch.end);
        same.max_by_key(|(range, _)| range.end).cloned()
    }

    /// Whether a person stands at the head of the sentence, behind one word at most ("Maternal aunt"), or is what its head is said to be ("One is a
    /// registered sex offender").
    fn is_at_head(&self, person: &Range<usize>) -> bool {
        let before = self.sentence.range.start..person.start;
        before.len() <= FAR
            && (words(&self.setting.text[before.clone()]) <= 1
                || self.sentence.tokens_in(&before).all(|token| token.flags & flag::NUMBER != 0 || self.is_link(token)))
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
        let mut before: Vec<&Token> = self.sentence.tokens_in(between).filter(|token| !self.is_article(token)).collect();
        // "… were drinking and out of control".
        if before.pop_if(|last| last.id == self.setting.lexicon.index.and()).is_some() {
            return before.into_iter().any(|token| is(token) || holds(&words.have, token.id));
        }
        before.last().is_some_and(|last| holds(&words.link, last.id) && !holds(&words.preposition, last.id))
    }

    /// Somebody whom the entry names elsewhere as a wrongdoer or an adult: "K. has disengaged".
    fn named(&self, adults: bool) -> Option<Range<usize>> {
        let is_name = |token: &&Token| self.setting.text[token.start..].starts_with(char::is_uppercase);
        let name = self.sentence.tokens_in(&self.near()).filter(is_name).last()?;
        let found = self.setting.named().find(&self.setting.text[name.start..name.end], adults, self.setting.text)?;
        let name = name.start..name.end;
        (self.links(self.name_end(name.start)) && self.is_subject(&name)).then_some(found)
    }

    /// A pronoun for the person at the head of its sentence or of the one before ("Her partner works nights. He has outbursts."). Sentences
    /// between that begin with a pronoun too go on about the same person.
    fn pronoun(&self, adults: bool) -> Option<Range<usize>> {
        let is_pronoun = |token: &&Token| holds(&self.setting.lexicon.words.pronoun, token.id);
        let pronoun = self.sentence.tokens_in(&self.near()).filter(is_pronoun).last()?;
        if !self.links(pronoun.end) && !self.described(pronoun.end) {
            return None;
        }
        let own = self.sentence.range.start..pronoun.start;
        if !self.setting.text[own.clone()].trim().is_empty() {
            return self.headed(&own, adults);
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
        if stretch.len() <= FRAGMENT || stretch.len() > LONG {
            return None;
        }
        let role = || {
            let (person, (who, is_title)) = self.first_person(stretch)?;
            let before = stretch.start..person.start;
            let is_head = before.len() <= FAR && words(&self.setting.text[before]) <= 1
                || stretch.start == self.sentence.range.start && self.is_at_head(&person);
            let end = if is_title { self.name_end(person.end) } else { person.end };
            // A mother and her child can both be "she", and what is unknown excuses nothing. Professionals tell of others.
            let tells = self
                .setting
                .cues()
                .speakers
                .first_in(person.clone())
                .is_some_and(|(_, who)| who == Who::Professional);
            (who.is_none() && is_head && !tells && !self.names_other(&(end..stretch.end))).then_some(person)
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
    fn names_other(&self, stretch: &Range<usize>) -> bool {
        let cues = self.setting.cues();
        let is_object = |token: &Token| holds(&self.setting.lexicon.words.object, token.id);
        let named = || {
            Sentence::read(self.setting.text, stretch.clone(), self.setting.lexicon)
                .clauses
                .iter()
                .flatten()
                .any(is_object)
        };
        stretch.len() > LONG
            || self.setting.text[stretch.clone()].contains(':')
            || cues.reporting.first_in(stretch.clone()).is_some()
            || cues.speakers.first_in(stretch.clone()).is_some()
            || named()
    }

    /// The wrongdoer whose name or role heads the paragraph: "Perpetrator: male, 41. Lied about his address."
    fn labelled(&self) -> Option<Range<usize>> {
        let number = self.setting.paragraph_of(self.setting.sentence_at(self.before.start));
        let paragraph = self.setting.paragraphs.get(number)?;
        let above = number.checked_sub(1).map(|above| &self.setting.paragraphs[above]).filter(|above| above.is_heading);
        let of = |range: &Range<usize>| {
            let (person, who) = self.setting.cues().speakers.first_in(range.clone())?;
            let begins = self.setting.text[range.start..person.start].chars().all(|sign| !sign.is_alphabetic());
            (who == Who::Perpetrator && begins).then_some(person)
        };
        let label = of(&paragraph.range).filter(|person| self.setting.text[person.end..].starts_with(':'));
        let person = label.or_else(|| of(&above?.range)).or_else(|| self.adult_at_head(&paragraph.range))?;
        let from = person.end.max(self.before.start);
        (from <= self.before.end && !self.names_other(&(from..self.before.end))).then_some(person)
    }

    /// The role at the head of a paragraph with an adult's age beside it: "Adult male, 34, known for supply."
    fn adult_at_head(&self, paragraph: &Range<usize>) -> Option<Range<usize>> {
        let (person, (who, _)) = self.setting.cues().not_protected.first_in(paragraph.clone())?;
        let beside = person.end..self.setting.text.floor_char_boundary(paragraph.end.min(person.end + FRAGMENT)).max(person.end);
        let text = &self.setting.text[beside];
        let found = AGE_BESIDE.captures(text).filter(|found| found.get(0).is_some_and(|whole| whole.start() <= 1))?;
        let age = age::stated(&found, text, &self.setting.lexicon.structure)?;
        (who.is_none() && person.start == paragraph.start && age.years >= ADULT).then_some(person)
    }

    /// An adult's age beside whoever is named: "Carys's manager, Mrs Ellis, 36, is …", or in the heading of the entry.
    fn adult(&self) -> Option<Range<usize>> {
        let near = self.near();
        let start = near.start;
        let text = &self.setting.text[near];
        let found = AGE_BESIDE.captures_iter(text).last()?;
        let age = age::stated(&found, text, &self.setting.lexicon.structure)?;
        let rest = start + found.get(0)?.end()..self.before.end;
        (age.years >= ADULT && self.is_close(&rest)).then(|| start + age.place.start..start + age.place.end)
    }

    /// What stands before the phrase and near enough to tell whose it is.
    fn near(&self) -> Range<usize> {
        self.setting.text.ceil_char_boundary(self.before.start.max(self.before.end.saturating_sub(FAR)))..self.before.end
    }

    /// Whether a few words stand between and none of them is of somebody else.
    fn is_close(&self, between: &Range<usize>) -> bool {
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
        // "as" is the one preposition that ends the reach of a negation too: "was told about" describes nobody.
        let ends = holds(&words.preposition, last.id) && last.flags & flag::SCOPE_END != 0;
        is_passive && !is_owner && begins && ends
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

/// Nothing that stands more than so many bytes before a phrase tells whose it is.
const FAR: usize = 120;

/// So many words may stand between an age and what is said of whoever has it.
const CLOSE: usize = 5;

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
const FRAGMENT: usize = 20;

/// Where somebody stands whom a family may not protect; who it is, where a role tells it; and whether it is a title before a name.
type Person = (Range<usize>, (Option<Who>, bool));

/// How many words a stretch has, bullets and the like apart.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_beside_names() {
        let vocabulary = crate::text::cases::vocabulary();
        let age = |text: &str| AGE_BESIDE.captures_iter(text).last().and_then(|found| age::stated(&found, text, &vocabulary));
        for (text, expected) in [
            ("Mrs V, 34, was", Some(34)),
            ("Suspect (39) is", Some(39)),
            ("her uncle (aged 41 yrs) was", Some(41)),
            ("her sister, 27 y/o, is", Some(27)),
            ("on 3 May he", None),
            ("flat 12 is", None),
            ("seen at 4 (45 mins) she", None),
        ] {
            assert_eq!(age(text).map(|age| age.years), expected, "{text}");
        }
    }
}
