//! Whose words a phrase is.

use std::ops::Range;

use super::setting::Setting;
use crate::finding::{Form, Who};

/// Whose words, how they are given, and what tells it (empty for the author's own).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub who: Who,
    pub form: Form,
    pub cue: Range<usize>,
}

impl Heard {
    const OWN: Heard = Heard { who: Who::Author, form: Form::Own, cue: 0..0 };

    /// Whether a professional speaks, or nobody else is known to: such words weigh as the record's. A quotation is somebody's.
    pub fn is_professional(&self) -> bool {
        match self.who {
            Who::Author | Who::Professional => true,
            Who::Unknown => self.form != Form::Direct,
            _ => false,
        }
    }
}

/// A label is at most so many bytes long.
const LONGEST_LABEL: usize = 40;

/// Quotation marks around a stretch, or a reporting verb in its sentence, make it reported; else it is the author's.
pub fn voice(stretch: &Range<usize>, sentence: &Range<usize>, setting: &Setting) -> Heard {
    let verb = reporting(stretch, sentence, setting);
    let speaker = speaker(stretch, sentence, verb.as_ref(), setting);
    if let Some(quotation) = setting.quotation(stretch) {
        let who = speaker.map_or(Who::Unknown, |(who, _)| who);
        return Heard { who, form: Form::Direct, cue: quotation.range.clone() };
    }
    match (verb, speaker) {
        (None, _) => label(stretch, sentence, setting).unwrap_or(Heard::OWN),
        (Some(_), Some((Who::Author, _))) => Heard::OWN,
        (Some(verb), None) => Heard { who: Who::Unknown, form: Form::Indirect, cue: verb },
        (Some(verb), Some((who, range))) => {
            Heard { who, form: Form::Indirect, cue: range.start.min(verb.start)..range.end.max(verb.end) }
        }
    }
}

/// The speaker whose label heads the sentence, as in minutes: "DS Coyle: he is involved in a line."
fn label(stretch: &Range<usize>, sentence: &Range<usize>, setting: &Setting) -> Option<Heard> {
    let end = stretch.start.min(sentence.start + LONGEST_LABEL).max(sentence.start);
    let colon = sentence.start + setting.text.as_bytes()[sentence.start..end].iter().position(|&byte| byte == b':')?;
    let (range, who) = setting.cues().speakers.first_in(sentence.start..colon)?;
    (who != Who::Author).then_some(Heard { who, form: Form::Indirect, cue: range })
}

/// The last reporting verb before the stretch, else the first behind it. A verb that is part of the phrase itself does not count, and what the
/// writer thinks of what was reported is the writer's.
fn reporting(stretch: &Range<usize>, sentence: &Range<usize>, setting: &Setting) -> Option<Range<usize>> {
    let cues = setting.cues();
    // "called her a nightmare": the cue may share its last words with the phrase.
    if let Some((verb, ())) = cues.reporting.last_begun(sentence.start..stretch.start) {
        let verb = verb.start..verb.end.min(stretch.start);
        let is_weighed = cues.frames.first_in(verb.end..stretch.end).is_some();
        return (!is_weighed).then_some(verb);
    }
    cues.reporting.first_in(stretch.end..sentence.end).map(|(verb, ())| verb)
}

/// The person nearest before the reporting verb, else the nearest behind it ("according to mum"); without a verb, the nearest before
/// the stretch.
fn speaker(
    stretch: &Range<usize>,
    sentence: &Range<usize>,
    verb: Option<&Range<usize>>,
    setting: &Setting,
) -> Option<(Who, Range<usize>)> {
    let speakers = &setting.cues().speakers;
    let apart = |range: &Range<usize>| range.end <= stretch.start || stretch.end <= range.start;
    let limit = verb.map_or(stretch.start, |v| v.start);
    let before = speakers.last_in(sentence.start..limit).filter(|(range, _)| apart(range));
    let behind = || verb.and_then(|v| speakers.first_in(v.end..sentence.end)).filter(|(range, _)| apart(range));
    before.or_else(behind).map(|(range, who)| (who, range))
}
