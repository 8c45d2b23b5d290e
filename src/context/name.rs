//! Row 1: whether a phrase is part of a name, such as that of a service or a course.

use std::ops::Range;

use super::sentence::Sentence;
use super::setting::Setting;
use crate::lexicon::holds;
use crate::resolve::Mention;

/// The phrase itself where it is written as a name: several words with capitals behind an article ("the Troubled Families co-ordinator").
pub fn name(mention: &Mention, sentence: &Sentence, setting: &Setting) -> Option<Range<usize>> {
    let words = || setting.text[mention.span.clone()].split_whitespace();
    let is_capital = |word: &str| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    let (clause, first) = sentence.clause_at(mention.span.start)?;
    let article = clause.get(first.checked_sub(1)?)?;
    let is_name = words().count() > 1 && words().all(is_capital) && holds(&setting.lexicon.words.article, article.id);
    is_name.then(|| mention.span.clone())
}
