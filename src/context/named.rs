//! People whom families do not protect, by the names that an entry gives them: "Wes is a groomer", "Marlon (33)".

use std::ops::Range;
use std::sync::LazyLock;

use super::Regex;
use super::age::{self, ADULT};
use super::sentence::Sentence;
use super::setting::Setting;
use crate::lexicon::holds;
use crate::lexicon::schema::Who;
use crate::scan::tokens::{Token, flag};

/// A name with an age beside it: "Marlon (33)", "Lee Marsh, 41,".
static NAME_AND_AGE: LazyLock<Regex> =
    LazyLock::new(|| age::beside(r"(?:(?<first>[A-Z][A-Za-z'-]*) +)?(?<last>[A-Z][A-Za-z'-]*)\.?,? +\(?", "[,).]"));

/// A name stands within so many bytes of the role that it is given.
const BESIDE: usize = 80;

/// An entry names so many people at most.
const MOST: usize = 64;

/// So many words may make a name.
const NAME: usize = 3;

/// The names of an entry's wrongdoers and adults.
#[derive(Debug, Default)]
pub struct Named {
    /// Where a wrongdoer's name stands.
    wrongdoers: Vec<Range<usize>>,
    /// Where a name stands beside an adult's age.
    adults: Vec<Range<usize>>,
}

impl Named {
    pub fn read(setting: &Setting) -> Self {
        let mut named = Named::default();
        for (role, who) in &setting.cues().speakers.0 {
            let is_wrongdoer = *who == Who::Perpetrator && setting.cues().not_protected.at(role.start, usize::MAX).is_some();
            if is_wrongdoer {
                named.wrongdoers.extend(names_beside(role, setting));
            }
        }
        for sentence in &setting.sentences {
            let text = &setting.text[sentence.clone()];
            for found in NAME_AND_AGE.captures_iter(text) {
                if age::stated(&found, text, &setting.lexicon.structure).is_some_and(|age| age.years >= ADULT) {
                    let names = ["first", "last"].into_iter().filter_map(|name| found.name(name));
                    named.adults.extend(names.map(|name| sentence.start + name.start()..sentence.start + name.end()));
                }
            }
        }
        named.wrongdoers.truncate(MOST);
        named.adults.truncate(MOST);
        named
    }

    /// Where the entry says that somebody of this name is a wrongdoer; or, where adults count, grown up.
    pub fn find(&self, name: &str, adults: bool, text: &str) -> Option<Range<usize>> {
        let same = |place: &&Range<usize>| &text[(*place).clone()] == name;
        let adult = || self.adults.iter().find(same).filter(|_| adults);
        self.wrongdoers.iter().find(same).or_else(adult).cloned()
    }
}

/// The names that a role is given to: "K. is the alleged perpetrator", "perpetrator: Lee Marsh".
fn names_beside(role: &Range<usize>, setting: &Setting) -> Vec<Range<usize>> {
    let sentence = setting.sentence_around(role.start);
    let start = setting.text.ceil_char_boundary(sentence.start.max(role.start.saturating_sub(BESIDE)));
    let end = setting.text.floor_char_boundary(sentence.end.min(role.end + BESIDE)).max(role.end);
    let read = Sentence::read(setting.text, start.min(role.start)..end, setting.lexicon);
    let words = &setting.lexicon.words;
    let tokens: Vec<&Token> = read.clauses.iter().flatten().collect();
    let is_name = |token: &Token| {
        setting.text[token.start..].starts_with(char::is_uppercase)
            && ![&words.particular, &words.article, &words.link].into_iter().any(|class| holds(class, token.id))
    };
    let place = |token: &&Token| token.start..token.end;
    let first = tokens.partition_point(|token| token.start < role.start);
    let small = |token: &Token| {
        token.flags & flag::NUMBER != 0
            || [&words.article, &words.particular, &words.be].into_iter().any(|class| holds(class, token.id))
    };
    let skipped = tokens[..first].iter().rev().take_while(|token| small(token)).count();
    let before = &tokens[..first - skipped];
    let is_said = tokens[first - skipped..first].iter().any(|token| holds(&words.be, token.id));
    let mut names: Vec<Range<usize>> = Vec::new();
    if is_said {
        names.extend(before.iter().rev().take_while(|token| is_name(token)).take(NAME).map(place));
    }
    let after = &tokens[tokens.partition_point(|token| token.start < role.end)..];
    let is_beside = after.first().is_some_and(|token| {
        let mut signs = setting.text[role.end..token.start].chars().filter(|sign| !sign.is_whitespace());
        signs.next().is_none_or(|sign| matches!(sign, ':' | ',' | '(')) && signs.next().is_none()
    });
    if is_beside {
        names.extend(after.iter().take_while(|token| is_name(token)).take(NAME).map(place));
    }
    names
}
