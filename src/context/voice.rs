//! Row 7 to 10: whose words a phrase is.

use std::ops::Range;

use super::setting::{Paragraph, Sentence};
use crate::finding::{Form, Who};
use crate::resolve::Mention;

/// Whose words, how they are given, and what tells it (empty for the author's own).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub who: Who,
    pub form: Form,
    pub cue: Range<usize>,
}

/// Quotation marks around a mention, or a reporting verb in its sentence, make it reported; else it is the author's.
pub fn voice(mention: &Mention, sentence: &Sentence, paragraph: &Paragraph) -> Heard {
    let reporting = reporting(mention, sentence);
    let speaker = speaker(mention, sentence, reporting.as_ref());
    if let Some(quotation) = quotation(mention, paragraph) {
        let who = speaker.map_or(Who::Unknown, |(who, _)| who);
        return Heard { who, form: Form::Direct, cue: quotation };
    }
    match (reporting, speaker) {
        (None, _) | (Some(_), Some((Who::Author, _))) => Heard { who: Who::Author, form: Form::Own, cue: 0..0 },
        (Some(verb), None) => Heard { who: Who::Unknown, form: Form::Indirect, cue: verb },
        (Some(verb), Some((who, range))) => {
            Heard { who, form: Form::Indirect, cue: range.start.min(verb.start)..range.end.max(verb.end) }
        }
    }
}

fn quotation(mention: &Mention, paragraph: &Paragraph) -> Option<Range<usize>> {
    let after = paragraph.quotations.partition_point(|q| q.range.start <= mention.span.start);
    let quotation = &paragraph.quotations[after.checked_sub(1)?];
    (mention.span.end <= quotation.range.end).then(|| quotation.range.clone())
}

/// The last reporting verb before the mention, else the first behind it. A verb that is part of the phrase itself does not count.
fn reporting(mention: &Mention, sentence: &Sentence) -> Option<Range<usize>> {
    let verb = sentence
        .reporting
        .before(mention.span.start)
        .or_else(|| sentence.reporting.behind(mention.span.end));
    verb.map(|(range, ())| range)
}

/// The person nearest before the reporting verb, else the nearest behind it ("according to mum"); without a verb, the nearest before
/// the mention.
fn speaker(mention: &Mention, sentence: &Sentence, verb: Option<&Range<usize>>) -> Option<(Who, Range<usize>)> {
    let apart = |range: &Range<usize>| range.end <= mention.span.start || mention.span.end <= range.start;
    let limit = verb.map_or(mention.span.start, |v| v.start);
    let before = sentence.speakers.before(limit).filter(|(range, _)| apart(range));
    let behind = || verb.and_then(|v| sentence.speakers.behind(v.end)).filter(|(range, _)| apart(range));
    before.or_else(behind).map(|(range, who)| (who, range))
}
