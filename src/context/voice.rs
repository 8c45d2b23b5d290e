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
    const OWN: Heard = Heard { who: Who::Author, form: Form::Own, cue: 0..0, by_pronoun: false };

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
            _ => self.by_pronoun && self.form != Form::Direct,
        }
    }
}

/// A reporting verb that closes a sentence has at most so many words behind it.
const CLOSING: usize = 6;

/// A label is at most so many bytes long.
const LONGEST_LABEL: usize = 40;

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
        (Some(verb), None) => Heard { who: Who::Unknown, form: Form::Indirect, cue: verb, by_pronoun: false },
        (Some(verb), Some((who, range))) => {
            let cue = range.start.min(verb.start)..range.end.max(verb.end);
            Heard { who, form: Form::Indirect, cue, by_pronoun: is_pronoun(&range, setting) }
        }
    }
}

/// The speaker whose label heads the sentence, as in minutes: "DS Coyle: he is involved in a line."
fn label(stretch: &Range<usize>, sentence: &Range<usize>, setting: &Setting) -> Option<Heard> {
    let end = stretch.start.min(sentence.start + LONGEST_LABEL).max(sentence.start);
    let colon = sentence.start + setting.text.as_bytes()[sentence.start..end].iter().position(|&byte| byte == b':')?;
    let (range, who) = setting.cues().speakers.first_in(sentence.start..colon)?;
    (who != Who::Author).then_some(Heard { who, form: Form::Indirect, cue: range, by_pronoun: false })
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
    let (verb, ()) = cues.reporting.first_in(stretch.end..sentence.end)?;
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
    // "Denies that …": a fragment without a subject is the child's, too; save where the child or the family is told ("Told mum that …").
    if let Some(verb) =
        verb.filter(|verb| verb.start == sentence.start && !leads_to_person(verb, setting) && verb.start < stretch.start)
    {
        let told = speakers.first_in(verb.end..sentence.end).filter(|(range, _)| range.start <= verb.end + 1);
        let who = match told {
            Some((_, Who::Child | Who::Parent | Who::Family)) => Who::Author,
            _ => Who::Child,
        };
        return Some((who, verb.clone()));
    }
    let before = speakers.last_in(sentence.start..limit).filter(|(range, _)| apart(range));
    let behind = || {
        let verb = verb.filter(|verb| stretch.end <= verb.start || leads_to_person(verb, setting))?;
        speakers.first_in(verb.end..sentence.end).filter(|(range, _)| apart(range))
    };
    before.or_else(behind).map(|(range, who)| (who, range))
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

/// Whom a pronoun stands for: the first person of the sentence before, else the child.
fn antecedent(sentence: &Range<usize>, setting: &Setting) -> Who {
    let before = setting.sentence_at(sentence.start).checked_sub(1).and_then(|number| setting.sentences.get(number));
    let head = before.and_then(|before| setting.cues().speakers.first_in(before.clone()));
    match head {
        Some((_, who)) if who != Who::Author => who,
        _ => Who::Child,
    }
}

fn is_pronoun(range: &Range<usize>, setting: &Setting) -> bool {
    holds(&setting.lexicon.words.pronoun, setting.lexicon.index.word(&setting.text[range.clone()]))
}

/// Whether a reporting cue ends with a preposition: "according to", "described by".
fn leads_to_person(verb: &Range<usize>, setting: &Setting) -> bool {
    let words = &setting.text[verb.clone()];
    let last = words.rsplit(' ').next().unwrap_or(words);
    holds(&setting.lexicon.words.preposition, setting.lexicon.index.word(last))
}
