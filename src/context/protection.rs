//! Row 5: whether a phrase is about somebody whom its family does not protect.

use std::ops::Range;

use super::setting::Setting;
use super::sentence::Sentence;
use crate::lexicon::holds;
use crate::lexicon::schema::{Protected, Who};
use crate::resolve::Mention;
use crate::scan::tokens::{Token, flag};

/// The words that name somebody who is not protected as the one whom the phrase is about: nothing but linking words (is, has been, a) and
/// an age stands between.
pub fn not_protected(mention: &Mention, sentence: &Sentence, protects: &[Protected], setting: &Setting) -> Option<Range<usize>> {
    let place = mention.whole.start.min(mention.span.start);
    let (person, who) = setting.cues().not_protected.last_in(sentence.range.start..place)?;
    let is_parent = who == Some(Who::Parent);
    if is_parent && (protects.contains(&Protected::Parent) || protects.contains(&Protected::AdultVictim)) {
        return None;
    }
    let between = person.end..place;
    let is_plain = setting.text[between.clone()].chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '(' | ')' | '\'' | '\n'));
    let links = sentence.tokens_in(&between).all(|token| is_link(token, setting));
    (is_plain && links && is_subject(&person, sentence, setting)).then_some(person)
}

/// Whether no preposition makes a person something else: "back from contact with mum, kicked off".
fn is_subject(person: &Range<usize>, sentence: &Sentence, setting: &Setting) -> bool {
    let Some((clause, first)) = sentence.clause_at(person.start) else { return true };
    let governs = |token: &Token| holds(&setting.lexicon.words.preposition, token.id);
    !clause[first.saturating_sub(2)..first].iter().any(governs)
}

fn is_link(token: &Token, setting: &Setting) -> bool {
    token.flags & (flag::FILLER | flag::NUMBER) != 0 || holds(&setting.lexicon.words.link, token.id)
}
