//! Whether a sentence reasons. What a writer makes of something is a whole sentence, with words such as "because", "that" and "not" in it; what was
//! done or seen next is a few words ("Passed to DSL.") or somebody else's.

use std::ops::Range;

use super::sentence::Sentence;
use super::setting::Setting;
use super::voice::voice;
use crate::lexicon::holds;
use crate::lexicon::schema::Who;
use crate::pattern::words::WordId;
use crate::scan::tokens::Token;

/// Every so many words give a point, up to so many words.
const WORDS: usize = 3;
const MOST_WORDS: usize = 15;

/// Every binding word gives a point, up to so many.
const MOST_BINDERS: usize = 4;

/// A negation gives so many points. So does not a verb of being, a pointing word and the writer's "I", which give one each.
const NEGATED: usize = 2;

/// A sentence with so many points reasons. Of the sentences behind phrases that stand without analysis 1 in 100 has as many, of those behind phrases
/// that are explained more than half (dev notes and others).
const ENOUGH: usize = 7;

/// What somebody is told answers with so many points.
const ANSWERS: usize = 5;

/// A sentence that reasons, in the words of the writer or a colleague; and whether it begins with a parent.
pub fn reasons(number: usize, setting: &Setting) -> Option<(Range<usize>, bool)> {
    let range = setting.sentences.get(number)?.clone();
    let cues = setting.cues();
    let is_question = setting.text[range.clone()].trim_end().ends_with('?');
    if is_question || cues.actions.first_in(range.clone()).is_some() {
        return None;
    }
    let last = setting.text.floor_char_boundary(range.end.saturating_sub(1)).max(range.start)..range.end;
    let heard = voice(&last, &range, setting);
    if !heard.is_professional() || heard.by_pronoun {
        return None;
    }
    let is_of_parent = match head(&range, setting).map(|(_, who)| who) {
        Some(Who::Family | Who::Peer | Who::Public | Who::Perpetrator) => return None,
        who => who == Some(Who::Parent),
    };
    let sentence = setting.sentence(number);
    let is_elsewhere = sentence.clauses.iter().flatten().any(|token| holds(&setting.lexicon.words.elsewhere, token.id));
    (!is_elsewhere && points(&sentence, setting) >= ENOUGH).then_some((range, is_of_parent))
}

/// The person with whom a sentence begins, where a role tells who it is.
pub fn head(sentence: &Range<usize>, setting: &Setting) -> Option<(Range<usize>, Who)> {
    let head = setting.cues().speakers.first_in(sentence.clone());
    head.filter(|(person, _)| setting.text[sentence.start..person.start].split_whitespace().take(3).count() <= 2)
}

/// Whether what somebody is told denies something or reasons: "that nobody chooses this", and not "that I would ring on Friday".
pub fn answers(told: Range<usize>, setting: &Setting) -> bool {
    let sentence = Sentence::read(setting.text, told, setting.lexicon);
    let words = &setting.lexicon.words;
    let has = |class: &[WordId]| sentence.clauses.iter().flatten().any(|token: &Token| holds(class, token.id));
    !has(&words.elsewhere) && (has(&words.negator) || points(&sentence, setting) >= ANSWERS)
}

fn points(sentence: &Sentence, setting: &Setting) -> usize {
    let words = &setting.lexicon.words;
    let tokens = || sentence.clauses.iter().flatten();
    let has = |class: &[WordId]| tokens().any(|token: &Token| holds(class, token.id));
    let length = tokens().count().min(MOST_WORDS) / WORDS;
    let binders = tokens().filter(|token| holds(&words.binder, token.id)).count().min(MOST_BINDERS);
    let writes = setting.cues().speakers.first_in(sentence.range.clone()).is_some_and(|(_, who)| who == Who::Author);
    let negated = if has(&words.negator) { NEGATED } else { 0 };
    length + binders + negated + usize::from(has(&words.pointer)) + usize::from(has(&words.be)) + usize::from(writes)
}
