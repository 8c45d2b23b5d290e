//! Row 2: whether the record speaks of a phrase as of words: discusses, avoids, corrects or withdraws it.

use std::ops::Range;

use super::setting::Setting;
use crate::resolve::Mention;

/// A sentence of at most so many bytes is looked through for other words that it quotes.
const PLAIN: usize = 400;

/// The words that speak of the phrase as words: a correction in its sentence or in the next. One that may be of other things counts where
/// the phrase is quoted or called a word; so does a plain "not" where it is both.
pub fn wording(mention: &Mention, setting: &Setting) -> Option<Range<usize>> {
    let cues = setting.cues();
    let number = setting.sentence_at(mention.span.start);
    let quotation = setting.quotation(&mention.span).map(|quotation| quotation.range.clone());
    let apart = quotation.as_ref().unwrap_or(&mention.whole);
    let in_sentence = |sentence: &Range<usize>| {
        let is_word = cues.language.any_in(sentence, apart).is_some();
        if let Some((found, strong)) = cues.corrections.any_in(sentence, apart)
            && (strong || is_word || quotation.is_some())
        {
            return Some(found);
        }
        let denied = || cues.negations.any_in(sentence, apart).map(|(found, ())| found);
        (is_word && quotation.is_some()).then(denied).flatten()
    };
    let next = || in_sentence(setting.sentences.get(number + 1)?);
    // What is called a word can be taken back a sentence later; so can what is called one there, where no other words are quoted.
    let later = || {
        let (between, behind) = (setting.sentences.get(number + 1)?, setting.sentences.get(number + 2)?);
        let is_word = |sentence: &Range<usize>| cues.language.any_in(sentence, apart).is_some();
        let is_other = || {
            behind.end - between.start > PLAIN || setting.text[between.start..behind.end].contains(['"', '\u{201c}', '\u{2018}'])
        };
        let called = is_word(setting.sentences.get(number)?) || (is_word(behind) && !is_other());
        let (found, _) = cues.corrections.first_in(behind.clone()).filter(|(_, strong)| *strong)?;
        called.then_some(found)
    };
    // "Avoid phrases such as:" over a list.
    let lead = || {
        let lead = setting.lead_of(number)?;
        let (found, _) = cues.corrections.first_in(lead.clone())?;
        cues.language.first_in(lead).is_some().then_some(found)
    };
    in_sentence(setting.sentences.get(number)?).or_else(next).or_else(later).or_else(lead)
}
