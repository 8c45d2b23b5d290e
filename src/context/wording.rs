//! Row 2: whether the record speaks of a phrase as of words: discusses, avoids, corrects or withdraws it.

use std::ops::Range;

use super::setting::Setting;
use crate::resolve::Mention;

/// The words that speak of the phrase as words: a correction in its sentence or in the next. One that may be of other things counts where
/// the phrase is quoted or called a word.
pub fn wording(mention: &Mention, setting: &Setting) -> Option<Range<usize>> {
    let cues = setting.cues();
    let number = setting.sentence_at(mention.span.start);
    let sentence = setting.sentences.get(number)?;
    let apart = &mention.whole;
    let is_quoted = setting.quotation(&mention.span).is_some();
    let in_sentence = |sentence: &Range<usize>| {
        let (found, strong) = cues.corrections.any_in(sentence, apart)?;
        let is_word = || is_quoted || cues.language.any_in(sentence, apart).is_some();
        (strong || is_word()).then_some(found)
    };
    in_sentence(sentence).or_else(|| in_sentence(setting.sentences.get(number + 1)?))
}
