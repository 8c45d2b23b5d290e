//! Row 3: whether a sentence states law, policy, training or research about nobody in particular.

use std::ops::Range;

use super::sentence::Sentence;
use super::setting::Setting;
use crate::lexicon::holds;
use crate::resolve::Mention;
use crate::scan::tokens::Token;

/// Somebody in particular is looked for so many bytes before the phrase.
const REACH: usize = 200;

/// The words that make the statement a general one, where nobody in particular is spoken of before the phrase.
pub fn general(mention: &Mention, sentence: &Sentence, setting: &Setting) -> Option<Range<usize>> {
    let before = sentence.range.start..mention.span.end.min(sentence.range.end);
    let (found, ()) = setting.cues().general.last_in(before.clone())?;
    let is_particular = |token: &Token| holds(&setting.lexicon.words.particular, token.id);
    let near = before.start.max(mention.span.start.saturating_sub(REACH))..mention.span.start;
    (!sentence.tokens_in(&near).any(is_particular)).then_some(found)
}
