//! Row 3: whether a sentence states law, policy, training or research about nobody in particular.

use std::ops::Range;

use super::cues::Cues;
use super::sentence::Sentence;
use super::setting::Setting;
use crate::lexicon::holds;
use crate::resolve::Mention;
use crate::scan::tokens::Token;

/// Somebody in particular is looked for so many bytes before the phrase.
const REACH: usize = 200;
/// A sentence of at most so many bytes may introduce a list.
const LEAD: usize = 400;
/// A sentence of at most so many bytes may be a title.
const TITLE: usize = 40;

/// The words that make the statement a general one, where nobody in particular is spoken of before the phrase.
///
/// `is_paper` tells that the record is a training paper, a policy or the like by its genre: then it speaks of nobody, unless somebody is named.
pub fn general(mention: &Mention, sentence: &Sentence, is_paper: bool, setting: &Setting) -> Option<Range<usize>> {
    let cues = &setting.cues().general;
    let span = &mention.span;
    let before = cues
        .last_in(sentence.range.start..span.end.min(sentence.range.end))
        .filter(|(found, strong)| *strong || !is_definite(found, sentence, setting));
    let found = before
        .or_else(|| strong_in(cues, span.end..sentence.range.end))
        .or_else(|| strong_in(cues, title(sentence, setting)?))
        .or_else(|| list_lead(sentence, setting))
        .or_else(|| heading(sentence, setting))
        .or_else(|| is_paper.then(|| (sentence.range.clone(), true)))?;
    let is_particular = |token: &Token| holds(&setting.lexicon.words.particular, token.id);
    let start = sentence.range.start.max(span.start.saturating_sub(REACH));
    let near = setting.text.ceil_char_boundary(start)..span.start;
    let owner = if setting.text[span.clone()].starts_with("'s") {
        near.start..span.start + 2
    } else {
        near.clone()
    };
    (!sentence.tokens_in(&near).any(is_particular) && !is_of_somebody(&setting.text[owner])).then_some(found.0)
}

/// Whether an article or a possessive makes a plural somebody in particular: "the parents are", "her boys have".
fn is_definite(found: &Range<usize>, sentence: &Sentence, setting: &Setting) -> bool {
    let Some((clause, first)) = sentence.clause_at(found.start) else {
        return false;
    };
    let words = &setting.lexicon.words;
    let before = first.checked_sub(1).map(|before| clause[before].id);
    before.is_some_and(|word| holds(&words.article, word) || holds(&words.particular, word))
}

fn strong_in(cues: &Cues<bool>, stretch: Range<usize>) -> Option<(Range<usize>, bool)> {
    cues.first_in(stretch).filter(|(_, strong)| *strong)
}

/// The sentence before, where it is so short that it names what follows: "Leaflet for parents."
fn title(sentence: &Sentence, setting: &Setting) -> Option<Range<usize>> {
    let before = setting.sentence_at(sentence.range.start).checked_sub(1)?;
    setting.sentences.get(before).filter(|title| title.len() <= TITLE).cloned()
}

/// A heading names a matter and says nothing of anybody.
fn heading(sentence: &Sentence, setting: &Setting) -> Option<(Range<usize>, bool)> {
    let paragraph = setting.paragraphs.get(setting.paragraph_of(setting.sentence_at(sentence.range.start)))?;
    paragraph.is_heading.then(|| (paragraph.range.clone(), true))
}

/// "Signs to watch for:" over a list of which the sentence is an item.
fn list_lead(sentence: &Sentence, setting: &Setting) -> Option<(Range<usize>, bool)> {
    let lead = setting.lead_of(setting.sentence_at(sentence.range.start)).filter(|lead| lead.len() <= LEAD)?;
    let cues = setting.cues();
    let found = cues
        .list_leads
        .first_in(lead.clone())
        .map(|(range, ())| (range, false))
        .or_else(|| cues.general.first_in(lead.clone()))?;
    let read = Sentence::read(setting.text, lead, setting.lexicon);
    let is_particular = read.clauses.iter().flatten().any(|token| holds(&setting.lexicon.words.particular, token.id));
    (!is_particular).then_some(found)
}

/// Whether a name in the possessive stands right before a phrase: "Connor's sexual activity".
fn is_of_somebody(before: &str) -> bool {
    let Some(owner) = before.trim_end().strip_suffix("'s") else {
        return false;
    };
    owner.rsplit(' ').next().is_some_and(|name| name.starts_with(char::is_uppercase))
}
