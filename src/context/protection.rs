//! Row 5: whether a phrase is about somebody whom its family does not protect.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::age::ADULT;
use super::sentence::Sentence;
use super::setting::Setting;
use crate::lexicon::holds;
use crate::lexicon::schema::{Protected, Who};
use crate::resolve::Mention;
use crate::scan::tokens::{Token, flag};

/// An age beside a name: ", 34," or "(aged 34)". The last one before a phrase is read.
static AGE_BESIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[,(][ \n]*(?:[A-Za-z]+[ \n]+)?([0-9]{1,2})(?:[ \n]*[A-Za-z/]+){0,2}[ \n]*[,)]")
        .expect("the pattern is fixed and sound")
});

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
        .or_else(|| subject.pronoun())
        .or_else(|| of_children.then(|| subject.adult()).flatten())
}

/// Whether the phrase itself tells of the one who speaks or of the child: "grandma is adamant that", "the male is her partner", "dad cannot
/// control her".
fn tells_of_child(mention: &Mention, sentence: &Sentence, setting: &Setting) -> bool {
    let words = &setting.lexicon.words;
    let mut tokens = sentence.tokens_in(&mention.span);
    let whole = mention.whole.start.min(mention.span.start)..mention.span.end;
    setting.cues().reporting.first_in(whole).is_some()
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
        (counts(who) && self.links(end) && self.is_subject(&person)).then_some(person)
    }

    /// The person at the head of the sentence, where a verb of being leads to the phrase and nobody else stands between: "The tenant upstairs
    /// is a known dealer".
    fn head(&self, counts: impl Fn(Option<Who>) -> bool) -> Option<Range<usize>> {
        let cues = self.setting.cues();
        let first = self.sentence.clauses.first()?;
        let start = first
            .get(usize::from(first.len() > 1 && holds(&self.setting.lexicon.words.link, first[0].id)))?
            .start;
        let (person, (who, is_title)) =
            cues.not_protected.first_in(self.before.clone()).filter(|(person, _)| person.start <= start)?;
        let end = if is_title { self.name_end(person.end) } else { person.end };
        let between = end..self.before.end;
        if self.sentence.tokens_in(&between).take(CLOSE).count() == CLOSE {
            return None;
        }
        let other = cues.speakers.first_in(between.clone()).is_some() || cues.reporting.first_in(between.clone()).is_some();
        let text = &self.setting.text[between.clone()];
        let is_plain = !text.contains([':', ';', '"', '\'', '.']) && !text.contains(char::is_uppercase);
        let somebody = |token: &Token| holds(&self.setting.lexicon.words.particular, token.id);
        let clause = self.sentence.clause_at(self.before.end.saturating_sub(1)).map(|(clause, _)| clause)?;
        let before = &clause[..clause.partition_point(|token| token.end <= self.before.end)];
        let last = before.iter().rev().find(|token| !self.is_article(token))?;
        let opens = self.sentence.tokens_in(&self.phrase).next().map(|token| token.id);
        let is = [Some(last.id), opens].into_iter().flatten().any(|word| holds(&self.setting.lexicon.words.be, word));
        (counts(who) && is && !other && is_plain && !self.sentence.tokens_in(&between).any(somebody)).then_some(person)
    }

    /// A pronoun at the head of the sentence for the person at the head of the one before: "Her partner works nights. He has outbursts."
    fn pronoun(&self) -> Option<Range<usize>> {
        let first = self.sentence.clauses.first()?.first()?;
        if !holds(&self.setting.lexicon.words.pronoun, first.id) || first.end > self.before.end || !self.links(first.end) {
            return None;
        }
        let number = self.setting.sentence_at(self.sentence.range.start);
        let earlier = self.setting.sentences.get(number.checked_sub(1)?).filter(|earlier| earlier.len() > FRAGMENT)?;
        let cues = self.setting.cues();
        let (person, (who, _)) = cues.not_protected.first_in(earlier.clone())?;
        let before = earlier.start..person.start;
        let is_head = before.len() <= FAR && self.setting.text[before].split_whitespace().count() <= 1;
        let rest = person.end..earlier.end;
        let other = cues.reporting.first_in(rest.clone()).is_some() || cues.speakers.first_in(rest.clone()).is_some();
        let is_label = self.setting.text[rest].contains(':');
        // A mother and her child can both be "she", and what is unknown excuses nothing.
        (who.is_none() && is_head && !other && !is_label).then_some(person)
    }

    /// An adult's age beside whoever is named: "Carys's manager, Mrs Ellis, 36, is …", or in the heading of the entry.
    fn adult(&self) -> Option<Range<usize>> {
        let start = self.setting.text.ceil_char_boundary(self.before.start.max(self.before.end.saturating_sub(FAR)));
        let found = AGE_BESIDE.captures_iter(&self.setting.text[start..self.before.end]).last()?;
        let (whole, age) = (found.get(0)?, found.get(1)?);
        let range = start + age.start()..start + age.end();
        let rest = start + whole.end()..self.before.end;
        (is_adult(age.as_str()) && self.is_close(&rest)).then_some(range)
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
            let (between, word) = (&self.setting.text[end..token.start], &self.setting.text[token.start..]);
            if !between.chars().all(|c| matches!(c, ' ' | '.' | '-')) || !word.starts_with(char::is_uppercase) {
                break;
            }
            end = token.end;
        }
        end
    }

    /// Whether nothing but linking words stands between a place and the phrase.
    fn links(&self, from: usize) -> bool {
        let between = from..self.before.end;
        if between.len() > FAR {
            return false;
        }
        let is_link =
            |token: &Token| token.flags & (flag::FILLER | flag::NUMBER) != 0 || holds(&self.setting.lexicon.words.link, token.id);
        let text = &self.setting.text[between.clone()];
        // A comma is borne beside an age alone: "contact with mum, kicked off" is two things.
        let commas = text.contains(',') && !text.contains(|c: char| c.is_ascii_digit()) && !text.trim_end().ends_with(',');
        let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '(' | ')' | '\'' | '\n'));
        let is_minor = text.split(|c: char| !c.is_ascii_digit()).any(|age| age.parse().is_ok_and(|age: u8| age < ADULT));
        is_plain && !commas && !is_minor && self.sentence.tokens_in(&between).all(is_link)
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

/// A sentence no longer than this names somebody in passing ("Tenant male, 41.").
const FRAGMENT: usize = 20;

fn is_adult(age: &str) -> bool {
    age.parse().is_ok_and(|age: u8| age >= ADULT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_beside_names() {
        let age = |text: &str| AGE_BESIDE.captures_iter(text).last().map(|found| found[1].to_owned());
        for (text, expected) in [
            ("Mrs V, 34, was", Some("34")),
            ("Suspect (39) is", Some("39")),
            ("her uncle (aged 41 yrs) was", Some("41")),
            ("her sister, 27 y/o, is", Some("27")),
            ("on 3 May he", None),
            ("flat 12 is", None),
        ] {
            assert_eq!(age(text).as_deref(), expected, "{text}");
        }
    }
}
