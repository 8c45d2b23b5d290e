//! Row 4: whether a phrase is negated or reversed in its clause.

use std::ops::Range;

use super::sentence::Sentence;
use super::setting::Setting;
use super::voice::Heard;
use crate::finding::Form;
use crate::lexicon::holds;
use crate::resolve::Mention;
use crate::scan::tokens::{Token, flag};

/// A negation reaches over so many words, fillers not counted.
const REACH: usize = 6;

/// The words that reverse a mention: a negation before it in its clause, which no word such as "but" and no comma stands between, or
/// a box of a form answered with no, or a denial of what was asked or reported.
pub fn negation(mention: &Mention, sentence: &Sentence, heard: &Heard, setting: &Setting) -> Option<Range<usize>> {
    before(mention, sentence, setting)
        .or_else(|| answered_no(mention, sentence, setting))
        .or_else(|| denied(mention, sentence, heard, setting))
}

/// "Was it for effect? No. She had told nobody." A denial stands at the head of the next sentence, or behind a comma, and by itself: "No
/// further action" denies nothing.
fn denied(mention: &Mention, sentence: &Sentence, heard: &Heard, setting: &Setting) -> Option<Range<usize>> {
    let denials = &setting.cues().denials;
    let by_itself = |found: &Range<usize>| {
        let behind = setting.text[found.end..].trim_start_matches(' ');
        behind.is_empty() || behind.starts_with(['.', ',', '!', ';', ':', '\n'])
    };
    let behind_comma = |found: &Range<usize>| {
        setting.text[..found.start].trim_end().ends_with(',') && setting.text[found.clone()].contains([' ', '\''])
    };
    let same = denials.first_in(mention.span.end..sentence.range.end).map(|(found, ())| found);
    if let Some(found) = same.filter(|found| behind_comma(found) && by_itself(found)) {
        return Some(found);
    }
    let is_question = setting.text[sentence.range.clone()].trim_end().ends_with('?');
    if heard.form == Form::Own && !is_question {
        return None;
    }
    let next = setting.sentences.get(setting.sentence_at(sentence.range.start) + 1)?;
    let (found, ()) = denials.first_in(next.clone())?;
    (found.start == next.start && by_itself(&found)).then_some(found)
}

fn before(mention: &Mention, sentence: &Sentence, setting: &Setting) -> Option<Range<usize>> {
    let cues = setting.cues();
    let (clause, first) = sentence.clause_at(mention.whole.start)?;
    let counts = |at: &usize| clause[*at].flags & flag::FILLER == 0;
    let reached = (0..first).rev().filter(counts).nth(REACH - 1).unwrap_or_default();
    for at in (reached..first).rev() {
        let (token, behind) = (&clause[at], &clause[at + 1]);
        let negation = cues.negations.at(token.start, mention.whole.start);
        // A comma ends the reach, save where it parts nothing but the negation and the phrase ("never, ever"); "no," answers by itself. So does "and": "lacks
        // insight and makes unsafe choices".
        let answers = || holds(&setting.lexicon.words.no, token.id);
        let comma = behind.flags & flag::COMMA != 0 && (at + 1 < first || negation.is_none() || answers());
        // "A White and Black African girl" is one description.
        let within_fillers = at > 0 && clause[at - 1].flags & behind.flags & flag::FILLER != 0;
        let and = token.id == setting.lexicon.index.and() && !within_fillers;
        if comma || and || cues.not_negations.at(token.start, usize::MAX).is_some() {
            return None;
        }
        if negation.is_some() || token.flags & flag::SCOPE_END != 0 {
            return negation;
        }
    }
    None
}

/// "Sexually active: No", "Non-compliance: none noted".
fn answered_no(mention: &Mention, sentence: &Sentence, setting: &Setting) -> Option<Range<usize>> {
    let (clause, _) = sentence.clause_at(mention.whole.start)?;
    let rest = &clause[clause.partition_point(|token| token.start < mention.whole.end)..];
    let is_no = |token: &Token| holds(&setting.lexicon.words.no, token.id);
    let is_box = |token: &Token| setting.text[token.start..].starts_with(char::is_uppercase);
    let answer = match rest {
        // "Inappropriate dress, no; runs off, no." "Older partner N; gifts Y".
        [answer] if answer.flags & flag::COMMA != 0 || is_box(answer) => answer,
        [] => {
            let (answer, rest) = sentence.clause_after(mention.whole.start)?.split_first()?;
            let is_short = rest.len() <= 1 || rest[0].flags & flag::COMMA != 0 || setting.text[answer.end..].starts_with('.');
            Some(answer).filter(|_| is_short)?
        }
        _ => return None,
    };
    is_no(answer).then_some(answer.start..answer.end)
}
