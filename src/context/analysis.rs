//! Rows 6 and 7: analysis or challenge in reach of a mention.

use std::ops::Range;

use super::cues::Cues;
use super::setting::{Paragraph, Setting};
use super::voice::voice;
use crate::lexicon::Topics;
use crate::resolve::Mention;
use crate::text::EntryKind;

/// Where an entry says what something means. All are in order of place.
pub struct Analysis {
    /// By topic, what says it outright or within an analytic frame.
    stated: Vec<Cues<()>>,
    challenges: Cues<()>,
    /// Parts of the entry under a heading such as "Analysis".
    headed: Vec<Range<usize>>,
}

impl Analysis {
    pub fn read(setting: &Setting) -> Self {
        let cues = setting.cues();
        let headed = headed(setting);
        let mut stated: Vec<Cues<()>> = (0..setting.lexicon.topics.len()).map(|_| Cues::default()).collect();
        let frames = professional(&cues.frames, setting);
        let challenges = professional(&cues.challenges, setting);
        for (place, (topics, strong)) in &cues.topics.0 {
            let sentence = setting.sentence_around(place.start);
            let is_headed = headed.iter().any(|part| part.contains(&place.start));
            let is_framed = || frames.any_in(&sentence, place).is_some();
            if is_question(setting.text, &sentence)
                || !(*strong || is_headed || is_framed())
                || !voice(place, &sentence, setting).is_professional()
            {
                continue;
            }
            for topic in topics.numbers() {
                stated[topic].0.push((place.clone(), ()));
            }
        }
        Analysis { stated, challenges, headed }
    }

    /// The analysis about a mention, or the challenge to it, that is in its reach.
    pub fn of(&self, mention: &Mention, topics: Topics, setting: &Setting) -> Option<Range<usize>> {
        let number = setting.sentence_at(mention.span.start);
        let sentence = setting.sentences.get(number)?;
        let apart = &mention.whole;
        let stated = |stretch: &Range<usize>| topics.numbers().find_map(|topic| self.stated[topic].any_in(stretch, apart)).map(|(place, ())| place);
        let challenged = |stretch: &Range<usize>| self.challenges.any_in(stretch, apart).map(|(place, ())| place);
        let near = [number.checked_sub(1), Some(number + 1), Some(number + 2)].into_iter().flatten();
        let near = near.filter(|&other| reaches(setting, number, other)).filter_map(|other| setting.sentences.get(other).cloned());
        let mut stretches: Vec<Range<usize>> = std::iter::once(sentence.clone()).chain(near).collect();
        if let Some(found) = stretches.iter().find_map(|stretch| stated(stretch).or_else(|| challenged(stretch))) {
            return Some(found);
        }
        stretches.clear();
        stretches.extend(self.later(setting, number));
        stretches.extend(self.headed.iter().cloned());
        stretches.iter().find_map(stated)
    }

    /// What follows the sentence in its paragraph, or in its entry where that has a date or person of its own.
    fn later(&self, setting: &Setting, number: usize) -> Option<Range<usize>> {
        let paragraph = setting.paragraphs.get(setting.paragraph_of(number))?;
        let end = if setting.entry.kind == EntryKind::Whole { paragraph.range.end } else { setting.entry.range.end };
        let start = setting.sentences[number].end;
        (start < end).then_some(start..end)
    }
}

/// Whether no heading parts two sentences.
fn reaches(setting: &Setting, a: usize, b: usize) -> bool {
    if b >= setting.sentences.len() {
        return false;
    }
    let (a, b) = (setting.paragraph_of(a.min(b)), setting.paragraph_of(a.max(b)));
    !setting.paragraphs[a..=b].iter().any(|paragraph| paragraph.is_heading)
}

fn is_question(text: &str, sentence: &Range<usize>) -> bool {
    text[sentence.clone()].trim_end().ends_with('?')
}

/// The cues that are the writer's own words or a colleague's.
fn professional(cues: &Cues<()>, setting: &Setting) -> Cues<()> {
    let is_professional = |place: &Range<usize>| {
        let sentence = setting.sentence_around(place.start);
        !is_question(setting.text, &sentence) && voice(place, &sentence, setting).is_professional()
    };
    Cues(cues.0.iter().filter(|(place, ())| is_professional(place)).cloned().collect())
}

/// The parts under headings of analysis: up to the next heading, or to the end of the paragraph where the heading begins one.
fn headed(setting: &Setting) -> Vec<Range<usize>> {
    let headings = &setting.cues().headings;
    let mut parts = Vec::new();
    let mut under: Option<usize> = None;
    for paragraph in &setting.paragraphs {
        let heading = headings.first_in(paragraph.range.clone()).map(|(range, ())| range);
        let is_heading = paragraph.is_heading || heading.as_ref().is_some_and(|heading| fills(setting.text, paragraph, heading));
        if is_heading {
            if let Some(start) = under.take() {
                parts.push(start..paragraph.range.start);
            }
            under = heading.is_some().then_some(paragraph.range.end);
            continue;
        }
        let labels = paragraph.sentences.clone().filter_map(|number| {
            let sentence = &setting.sentences[number];
            headings.first_in(sentence.clone()).map(|(range, ())| range).filter(|range| is_label(setting.text, sentence, range))
        });
        parts.extend(labels.map(|label| label.end..paragraph.range.end));
    }
    parts.extend(under.map(|start| start..setting.entry.range.end));
    parts
}

/// Whether a paragraph holds a heading and nothing else.
fn fills(text: &str, paragraph: &Paragraph, heading: &Range<usize>) -> bool {
    let rest = [&text[paragraph.range.start..heading.start], &text[heading.end..paragraph.range.end]];
    rest.iter().all(|part| !part.contains(char::is_alphabetic))
}

/// Whether a heading begins a sentence and a sign sets it apart: "Analysis: …", "Worker's view - …", "Impact. …".
fn is_label(text: &str, sentence: &Range<usize>, heading: &Range<usize>) -> bool {
    let before = &text[sentence.start..heading.start];
    let behind = text[heading.end..].trim_start_matches(['*', '_', ' ']);
    !before.contains(char::is_alphabetic) && behind.starts_with([':', '.', '-', '|', '/', '\n'])
}
