//! Whose words a phrase is.

use std::ops::Range;

use super::setting::Setting;
use crate::finding::{Form, Who};
use crate::lexicon::holds;

/// Whose words, how they are given, and what tells it (empty for the author's own).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub who: Who,
    pub form: Form,
    pub cue: Range<usize>,
    /// Nothing but a pronoun names the speaker.
    pub by_pronoun: bool,
}

impl Heard {
    pub const OWN: Heard = Heard { who: Who::Author, form: Form::Own, cue: 0..0, by_pronoun: false };

    /// Takes what would be the record's own for somebody else's, where the record says so of the box that it stands in.
    pub fn in_box_of(self, whose: Option<Who>, stretch: &Range<usize>) -> Heard {
        match whose.filter(|who| *who != Who::Author && self.form == Form::Own) {
            Some(who) => Heard { who, form: Form::Direct, cue: stretch.start..stretch.start, by_pronoun: false },
            None => self,
        }
    }

    /// Whether a professional speaks, or nobody else is known to: such words weigh as the record's. A quotation is somebody's.
    pub fn is_professional(&self) -> bool {
        match self.who {
            Who::Author | Who::Professional => true,
            Who::Unknown => self.form != Form::Direct,
            Who::Child => self.by_pronoun && self.form != Form::Direct,
            _ => false,
        }
    }
}

/// A reporting verb that closes a sentence has at most so many words behind it.
const CLOSING: usize = 6;

/// A verb leads to somebody over so many words: "according to the previous social worker".
const LEAD: usize = 3;

/// A label at the head of a line holds for so many sentences behind it.
const LINE: usize = 8;

/// A label is at most so many letters long, with so many words on each side of whom it names: "Call from DS Coyle, missing team:".
const LONGEST_LABEL: usize = 60;
const LABEL: usize = 3;

/// Quotation marks around a stretch, or a reporting verb in its sentence, make it reported; else it is the author's.
pub fn voice(stretch: &Range<usize>, sentence: &Range<usize>, setting: &Setting) -> Heard {
    let verb = reporting(stretch, sentence, setting);
    let speaker = speaker(stretch, sentence, verb.as_ref(), setting);
    if let Some(quotation) = setting.quotation(stretch) {
        let who = speaker.map_or(Who::Unknown, |(who, _)| who);
        return Heard { who, form: Form::Direct, cue: quotation.range.clone(), by_pronoun: false };
    }
    match (verb, speaker) {
        (None, _) => label(stretch, sentence, setting).unwrap_or(Heard::OWN),
        (Some(_), Some((Who::Author, _))) => Heard::OWN,
        (Some(verb), None) if tells_professional(&verb, sentence, setting) => {
            Heard { who: Who::Child, form: Form::Indirect, cue: verb, by_pronoun: false }
        }
        (Some(verb), None) => Heard { who: Who::Unknown, form: Form::Indirect, cue: verb, by_pronoun: false },
        (Some(verb), Some((who, range))) => {
            let cue = range.start.min(verb.start)..range.end.max(verb.end);
            Heard { who, form: Form::Indirect, cue, by_pronoun: is_pronoun(&range, setting) }
        }
    }
}

/// Whether a verb has a professional right behind it: somebody who is known by name alone and tells one is the child ("Mia told her nurse").
fn tells_professional(verb: &Range<usize>, sentence: &Range<usize>, setting: &Setting) -> bool {
    let told = setting.cues().speakers.first_in(verb.end..sentence.end);
    let is_near = |range: &Range<usize>| setting.text[verb.end..range.start].split_whitespace().take(2).count() <= 1;
    told.is_some_and(|(range, who)| matches!(who, Who::Professional | Who::Author) && is_near(&range))
}

/// The speaker whose label heads the sentence, as in minutes: "DS Coyle: he is involved in a line." A professional's heads the line.
fn label(stretch: &Range<usize>, sentence: &Range<usize>, setting: &Setting) -> Option<Heard> {
    let heard = |(range, who)| Heard { who, form: Form::Indirect, cue: range, by_pronoun: false };
    let number = setting.sentence_at(stretch.start);
    let mut earlier = (number.saturating_sub(LINE)..=number).rev().filter_map(|earlier| setting.sentences.get(earlier));
    let begins_line = |sentence: &Range<usize>| sentence.start == 0 || setting.text[..sentence.start].ends_with('\n');
    let line = earlier.find(|earlier| begins_line(earlier)).map(|first| first.start);
    let of_line = || labelled(line?, stretch, setting).filter(|(_, who)| *who == Who::Professional);
    labelled(sentence.start, stretch, setting)
        .or_else(of_line)
        .filter(|(_, who)| *who != Who::Author)
        .map(heard)
}

/// The first speaker between a place and the colon near behind it. "A man of 30 and a girl of 14: …" names nobody who speaks.
fn labelled(start: usize, stretch: &Range<usize>, setting: &Setting) -> Option<(Range<usize>, Who)> {
    let before = &setting.text[start..stretch.start.max(start)];
    let (colon, _) = before.char_indices().take(LONGEST_LABEL).find(|&(_, sign)| sign == ':')?;
    let colon = start + colon;
    let (person, who) = setting.cues().speakers.first_in(start..colon)?;
    let lexicon = &setting.lexicon;
    let is_short = |words: &str| {
        // "Worker's view" says whose it is.
        let mut words = words.split_whitespace().filter(|word| !word.starts_with(['\'', '’']));
        words.by_ref().take(LABEL).all(|word| !holds(&lexicon.words.be, lexicon.index.word(word))) && words.next().is_none()
    };
    (is_short(&setting.text[start..person.start]) && is_short(&setting.text[person.end..colon])).then_some((person, who))
}

/// The last reporting verb before the stretch, else the first behind it where that closes the sentence ("…, according to mum"). A verb that is part of the phrase itself does not count, and what the
/// writer thinks of what was reported is the writer's.
fn reporting(stretch: &Range<usize>, sentence: &Range<usize>, setting: &Setting) -> Option<Range<usize>> {
    let cues = setting.cues();
    // "called her a nightmare": the cue may share its last words with the phrase.
    if let Some((verb, ())) = cues.reporting.last_begun(sentence.start..stretch.start) {
        let verb = verb.start..verb.end.min(stretch.start);
        let own = cues.speakers.last_in(verb.end..stretch.start).is_some_and(|(_, who)| who == Who::Author);
        return (!own).then_some(verb);
    }
    // "The grandmother's remark" gives no words.
    let is_noun = |verb: &Range<usize>| setting.text[..verb.start].trim_end().ends_with("'s");
    let (verb, ()) = cues.reporting.first_in(stretch.end..sentence.end).filter(|(verb, ())| !is_noun(verb))?;
    let closes = setting.text[verb.end..sentence.end].split_whitespace().take(CLOSING + 1).count() <= CLOSING;
    closes.then_some(verb)
}

/// The person nearest before the reporting verb; else the one behind it, where the verb leads to a person ("according to mum") or ends
/// the words ("… said mum"). Without a verb, the nearest before the stretch. A pronoun stands for the child, whom most records are about.
fn speaker(
    stretch: &Range<usize>,
    sentence: &Range<usize>,
    verb: Option<&Range<usize>>,
    setting: &Setting,
) -> Option<(Who, Range<usize>)> {
    let speakers = &setting.cues().speakers;
    let apart = |range: &Range<usize>| range.end <= stretch.start || stretch.end <= range.start;
    let limit = verb.map_or(stretch.start, |v| v.start);
    if let Some(pronoun) = verb.and_then(|verb| pronoun_before(sentence.start..verb.start, setting)) {
        return Some((antecedent(sentence, setting), pronoun));
    }
    // "Denies that …": a fragment without a subject stands as one with a pronoun does; save where the child or the family is told ("Told mum that …").
    if let Some(verb) =
        verb.filter(|verb| verb.start == sentence.start && !leads_to_person(verb, setting) && verb.start < stretch.start)
    {
        let told = speakers.first_in(verb.end..sentence.end).filter(|(range, _)| range.start <= verb.end + 1);
        let who = match told {
            Some((_, Who::Child | Who::Parent | Who::Family)) => Who::Author,
            _ => antecedent(sentence, setting),
        };
        return Some((who, verb.clone()));
    }
    let before = speakers
        .last_in(sentence.start..limit)
        .filter(|(range, _)| apart(range) && !is_label_only(range, limit, setting));
    let behind = || {
        let verb = verb.filter(|verb| stretch.end <= verb.start || leads_to_person(verb, setting))?;
        let is_near =
            |range: &Range<usize>| setting.text[verb.end..range.start].split_whitespace().take(LEAD + 1).count() <= LEAD;
        speakers
            .first_in(verb.end..sentence.end)
            .filter(|(range, _)| apart(range) && (verb.start >= stretch.end || is_near(range)))
    };
    before.or_else(behind).map(|(range, who)| (who, range))
}

/// Whether a label parts somebody from the one who speaks: "Social worker's visit: Mia told …".
fn is_label_only(speaker: &Range<usize>, verb: usize, setting: &Setting) -> bool {
    let between = &setting.text[speaker.end..verb];
    between.len() <= 2 * LONGEST_LABEL
        && between
            .rsplit_once(':')
            .is_some_and(|(_, behind)| behind.trim_start().starts_with(char::is_uppercase))
}

/// A pronoun that stands right before a verb, or with one word between ("she also told").
fn pronoun_before(before: Range<usize>, setting: &Setting) -> Option<Range<usize>> {
    let text = setting.text[before.clone()].trim_end();
    let mut end = before.start + text.len();
    for _ in 0..2 {
        let start = setting.text[before.start..end].rfind(' ').map_or(before.start, |blank| before.start + blank + 1);
        let word = setting.lexicon.index.word(&setting.text[start..end]);
        if holds(&setting.lexicon.words.pronoun, word) {
            return Some(start..end);
        }
        end = before.start + setting.text[before.start..start].trim_end().len();
    }
    None
}

/// So many words may stand before whoever heads a sentence: "At first the teacher".
const HEAD: usize = 3;

/// Whom a pronoun stands for: the person at the head of the sentence before, else the child, who is mostly named by name ("Julia was seen
/// by a doctor").
fn antecedent(sentence: &Range<usize>, setting: &Setting) -> Who {
    let before = setting.sentence_at(sentence.start).checked_sub(1).and_then(|number| setting.sentences.get(number));
    let head = before.and_then(|before| {
        let (person, who) = setting.cues().speakers.first_in(before.clone())?;
        let is_head = setting.text[before.start..person.start].split_whitespace().take(HEAD + 1).count() <= HEAD;
        // "He" and "she" are no school.
        let last = setting.text[person].rsplit(' ').next().unwrap_or_default();
        let is_body = holds(&setting.lexicon.words.organisation, setting.lexicon.index.word(last));
        (is_head && !is_body).then_some(who)
    });
    match head {
        Some(who) if who != Who::Author => who,
        _ => Who::Child,
    }
}

fn is_pronoun(range: &Range<usize>, setting: &Setting) -> bool {
    holds(&setting.lexicon.words.pronoun, setting.lexicon.index.word(&setting.text[range.clone()]))
}

/// Whether a reporting cue ends with a preposition: "according to", "described by". A verb alone leads to the one who is told.
fn leads_to_person(verb: &Range<usize>, setting: &Setting) -> bool {
    let last = setting.text[verb.clone()].rsplit_once(' ').map(|(_, last)| last);
    last.is_some_and(|last| holds(&setting.lexicon.words.preposition, setting.lexicon.index.word(last)))
}
