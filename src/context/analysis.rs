//! Rows 6 and 7: analysis or challenge in reach of a mention.

use std::ops::Range;

use super::cues::{Cues, Weight};
use super::reasoning::{answers, head, reasons};
use super::setting::{Paragraph, Setting};
use super::voice::{Heard, voice};
use crate::lexicon::schema::Who;
use crate::lexicon::{Topics, holds};
use crate::resolve::Mention;
use crate::scan::tokens::{Token, flag};
use crate::text::EntryKind;

/// A clause without an end counts as over after so many words.
const CLAUSE: usize = 48;

/// An entry has a part or two under headings of analysis; of more, the nearest count.
const PARTS: usize = 4;

/// Analysis answers a mention in its own sentence or in one of so many before.
const ANSWER: usize = 2;

/// A sentence is looked through for so many bytes, so that one without end costs no more than others.
const SENTENCE: usize = 400;

/// Mentions do not overlap, save that senses do; so few can hold one place.
const NEAR: usize = 4;

/// Where an entry says what something means. All are in order of place.
pub struct Analysis {
    /// By topic, what says it outright or within an analytic frame.
    stated: Vec<Cues<()>>,
    /// By topic, what touches on it, framed or not, where nothing is reported to be done; and whether it is said of a parent.
    touched: Vec<Cues<bool>>,
    challenges: Cues<bool>,
    /// Sentences right behind a mention that reason, whatever of, and whether they begin with a parent.
    reasoned: Cues<bool>,
    /// Parts of the entry under a heading such as "Analysis".
    headed: Vec<Range<usize>>,
}

impl Analysis {
    pub fn read(setting: &Setting, mentions: &[Mention]) -> Self {
        let cues = setting.cues();
        let headed = headed(setting);
        let mut stated: Vec<Cues<()>> = (0..setting.lexicon.topics.len()).map(|_| Cues::default()).collect();
        let mut touched: Vec<Cues<bool>> = stated.iter().map(|_| Cues::default()).collect();
        let frames = professional(&cues.frames, setting);
        let mut challenges = with_answers(professional(&cues.challenges, setting), setting);
        // Who corrects a child for what was told challenges nothing.
        challenges.0.retain(|(place, _)| !is_mentioned(place, mentions));
        for (place, (topics, weight)) in &cues.topics.0 {
            if is_mentioned(place, mentions) || !setting.is_written(place.start) {
                continue;
            }
            let sentence = setting.sentence_around(place.start);
            let is_headed = parts_before(&headed, place.start).iter().any(|part| part.contains(&place.start));
            let heard = voice(place, &sentence, setting);
            if is_question(setting.text, &sentence) || !heard.is_professional() || is_doubted(&heard, mentions) {
                continue;
            }
            let is_action = cues.actions.first_in(sentence.clone()).is_some();
            let is_framed = !is_action && frames.any_in(&sentence, place).is_some();
            if *weight == Weight::Outright || is_headed || is_framed {
                topics.numbers().for_each(|topic| stated[topic].0.push((place.clone(), ())));
            } else if *weight == Weight::Touching
                && !is_action
                && let Some(of_parent) = of_parent(&sentence, setting)
            {
                topics.numbers().for_each(|topic| touched[topic].0.push((place.clone(), of_parent)));
            }
        }
        Analysis { stated, touched, challenges, reasoned: reasoned(setting, mentions), headed }
    }

    /// All that is stated, by topic and in order of place.
    pub fn statements(&self) -> impl Iterator<Item = (usize, &Range<usize>)> {
        self.stated
            .iter()
            .enumerate()
            .flat_map(|(topic, cues)| cues.0.iter().map(move |(place, ())| (topic, place)))
    }

    /// The analysis about a mention, or the challenge to it, that is in its reach. `of_parents` tells that its concern protects parents; `before`
    /// is the mention of another concern before it.
    pub fn of(
        &self,
        mention: &Mention,
        topics: Topics,
        of_parents: bool,
        before: Option<&Mention>,
        setting: &Setting,
    ) -> Option<Range<usize>> {
        let number = setting.sentence_at(mention.span.start);
        let stated = |stretch: &Range<usize>| topics.numbers().find_map(|topic| self.stated[topic].first_in(stretch.clone()));
        let said = |stretch: &Range<usize>| stated(stretch).or_else(|| self.challenges.first_in(stretch.clone()).map(plain));
        let near = [number.checked_sub(1), Some(number + 1), Some(number + 2)].into_iter().flatten();
        let near = near
            .filter(|&other| reaches(setting, number, other) && !(other < number && is_answer(before, other, number, setting)))
            .filter_map(|other| setting.sentences.get(other));
        let beside = beside(mention, &setting.sentences.get(number)?.clone(), setting);
        let near_parts = parts_before(&self.headed, mention.span.start)
            .iter()
            .chain(parts_behind(&self.headed, mention.span.start));
        let far = self.later(setting, number).into_iter().chain(near_parts.cloned());
        let counts = |of_parent: bool| of_parents || !of_parent;
        let touches = |stretch: &Range<usize>| {
            let mut touched = topics.numbers().map(|topic| self.touched[topic].first_where(stretch.clone(), counts));
            touched.find_map(|found| found.map(plain))
        };
        let touched = || {
            let same = setting.paragraph_of(number) == setting.paragraph_of(number + 1);
            let next = setting.sentences.get(number + 1).filter(|_| same).cloned();
            [clauses_behind(mention, number, setting), next]
                .into_iter()
                .flatten()
                .find_map(|stretch| touches(&stretch))
        };
        let found = beside
            .iter()
            .chain(near)
            .find_map(said)
            .or_else(|| far.into_iter().find_map(|stretch| stated(&stretch)))
            .or_else(touched)
            .or_else(|| {
                let next = setting.sentences.get(number + 1)?;
                self.reasoned.first_in(next.clone()).filter(|(_, of_parent)| counts(*of_parent)).map(plain)
            })
            .or_else(|| self.answer(setting.sentences[number].end..setting.entry.range.end));
        found.map(|(place, ())| place)
    }

    /// A challenge that names what it answers ("what the last three speakers said") reaches it from anywhere behind it.
    fn answer(&self, behind: Range<usize>) -> Option<(Range<usize>, ())> {
        self.challenges.first_where(behind, |names| names).map(plain)
    }

    /// Whether the entry says anything outright about one of these topics, apart from some places, which come in order.
    pub fn speaks_of(&self, topics: Topics, apart: &[Range<usize>]) -> bool {
        let overlaps = |cue: &Range<usize>| {
            let after = apart.partition_point(|place| place.start < cue.end);
            apart[..after].iter().rev().take(NEAR).any(|place| place.end > cue.start)
        };
        topics.numbers().any(|topic| self.stated[topic].0.iter().any(|(cue, ())| !overlaps(cue)))
    }

    /// Whether the entry questions or rejects anything.
    pub fn challenges(&self) -> bool {
        !self.challenges.0.is_empty()
    }

    /// What follows the sentence in its paragraph, or in its entry where that has a date or person of its own.
    fn later(&self, setting: &Setting, number: usize) -> Option<Range<usize>> {
        let paragraph = setting.paragraphs.get(setting.paragraph_of(number))?;
        let end = if setting.entry.kind == EntryKind::Whole {
            paragraph.range.end
        } else {
            setting.entry.range.end
        };
        let start = setting.sentences[number].end;
        (start < end).then_some(start..end)
    }
}

/// Whether a sentence tells something of a parent, and not of the child; `None` where it tells it of somebody else or of a thing. Where it
/// speaks of the child, too, it may be the child's: "Mum is frightened of spiders", "Mum frightened her".
fn of_parent(sentence: &Range<usize>, setting: &Setting) -> Option<bool> {
    let thing = || {
        let (thing, (who, _)) = setting.cues().not_protected.first_in(sentence.clone())?;
        let is_head = setting.text[sentence.start..thing.start].split_whitespace().take(2).count() <= 1;
        (who == Some(Who::Unknown) && is_head).then_some((thing, None))
    };
    let of_role = match head(sentence, setting) {
        Some((parent, Who::Parent)) => Some((parent, Some(true))),
        Some((other, Who::Family | Who::Peer | Who::Public | Who::Perpetrator)) => Some((other, None)),
        _ => None,
    };
    let Some((head, whom)) = of_role.or_else(thing) else {
        return Some(false);
    };
    let behind = head.end..setting.text.floor_char_boundary(sentence.end.min(head.end + SENTENCE));
    let is_child = |token: &Token| holds(&setting.lexicon.words.object, token.id);
    let read = setting.sentence(setting.sentence_at(sentence.start));
    if read.tokens_in(&behind).any(is_child) { Some(false) } else { whom }
}

fn plain<T>((place, _): (Range<usize>, T)) -> (Range<usize>, ()) {
    (place, ())
}

/// What stands in the sentence of a mention beyond its own clause: "allegations of assault" says nothing about the allegations.
fn beside(mention: &Mention, sentence: &Range<usize>, setting: &Setting) -> Vec<Range<usize>> {
    let number = setting.sentence_at(mention.span.start);
    let read = setting.sentence(number);
    let own = mention.whole.start.min(mention.span.start)..mention.whole.end.max(mention.span.end);
    let Some((clause, first)) = read.clause_at(own.start) else {
        return Vec::new();
    };
    let breaks = |token: &Token| token.flags & (flag::COMMA | flag::SCOPE_END) != 0 || token.id == setting.lexicon.index.and();
    let last = clause.partition_point(|token| token.start < own.end);
    let far = first.saturating_sub(CLAUSE);
    let end_before = (far + 1..=first).rev().find(|&at| clause.get(at).is_some_and(breaks)).unwrap_or(far);
    // What is said of the phrase itself begins with a verb of being or having, right behind it or behind a preposition and its noun: "the
    // chaos at home has meant for Leon that".
    let words = &setting.lexicon.words;
    let says = |token: &Token| holds(&words.be, token.id) || holds(&words.have, token.id);
    let said = match &clause[last..] {
        [verb, ..] if says(verb) => Some(verb.start),
        [preposition, _, verb, ..] if holds(&words.preposition, preposition.id) && says(verb) => Some(verb.start),
        _ => None,
    };
    let behind = said.or_else(|| clause[last..].iter().take(CLAUSE).find(|token| breaks(token)).map(|token| token.start));
    let start_behind = behind.unwrap_or_else(|| clause[(last + CLAUSE).min(clause.len()) - 1].end);
    let end_before = clause[end_before].start;
    vec![start_behind.max(own.end)..sentence.end, sentence.start..end_before.min(own.start)]
}

/// The sentences that stand right behind a mention in its paragraph, hold none and reason.
fn reasoned(setting: &Setting, mentions: &[Mention]) -> Cues<bool> {
    let from = mentions.partition_point(|mention| mention.span.start < setting.entry.range.start);
    let own = mentions[from..].iter().take_while(|mention| mention.span.start < setting.entry.range.end);
    let mut found: Vec<(Range<usize>, bool)> = Vec::new();
    for number in own.filter(|mention| mention.sense.is_none()).map(|mention| setting.sentence_at(mention.span.start)) {
        let next = setting
            .sentences
            .get(number + 1)
            .filter(|_| setting.paragraph_of(number) == setting.paragraph_of(number + 1));
        let is_known = |next: &Range<usize>| found.last().is_some_and(|(last, _)| last.start >= next.start);
        if next.is_some_and(|next| !is_known(next) && !is_mentioned(next, mentions)) {
            found.extend(reasons(number + 1, setting));
        }
    }
    Cues(found)
}

/// The further clauses of the sentence of a mention, which a semicolon or the like sets apart as a full stop would.
fn clauses_behind(mention: &Mention, number: usize, setting: &Setting) -> Option<Range<usize>> {
    let sentence = setting.sentence(number);
    let start = sentence.clause_after(mention.span.end.saturating_sub(1))?.first()?.start;
    Some(start..sentence.range.end)
}

/// Whether a sentence before a mention answers the mention before that, which stands near or, where another paragraph begins between, in its
/// paragraph.
fn is_answer(before: Option<&Mention>, sentence: usize, number: usize, setting: &Setting) -> bool {
    before.filter(|before| setting.entry.range.contains(&before.span.start)).is_some_and(|before| {
        let answered = setting.sentence_at(before.span.start);
        let paragraph = setting.paragraph_of(sentence);
        let closes = paragraph != setting.paragraph_of(number) && paragraph == setting.paragraph_of(answered);
        answered + ANSWER >= sentence || closes
    })
}

/// Whether a stretch is part of a mention: what is said in it is no analysis.
fn is_mentioned(stretch: &Range<usize>, mentions: &[Mention]) -> bool {
    let after = mentions.partition_point(|mention| mention.span.start < stretch.end);
    mentions[..after]
        .iter()
        .rev()
        .take(NEAR)
        .any(|mention| mention.sense.is_none() && mention.span.end > stretch.start)
}

/// The last few parts that begin before a place, and the next few behind it. Parts lie in order.
fn parts_before(parts: &[Range<usize>], place: usize) -> &[Range<usize>] {
    let after = parts.partition_point(|part| part.start <= place);
    &parts[after.saturating_sub(PARTS)..after]
}

fn parts_behind(parts: &[Range<usize>], place: usize) -> &[Range<usize>] {
    let after = parts.partition_point(|part| part.start <= place);
    &parts[after..(after + PARTS).min(parts.len())]
}

/// Whether no heading parts two sentences.
fn reaches(setting: &Setting, a: usize, b: usize) -> bool {
    if b >= setting.sentences.len() {
        return false;
    }
    let (a, b) = (setting.paragraph_of(a.min(b)), setting.paragraph_of(a.max(b)));
    !setting.paragraphs[a..=b].iter().any(|paragraph| paragraph.is_heading)
}

/// Whether a mention itself gives these words as the child's or somebody's, so that they do not answer it: "would have us believe that he locked her in".
fn is_doubted(heard: &Heard, mentions: &[Mention]) -> bool {
    matches!(heard.who, Who::Child | Who::Unknown) && is_mentioned(&(heard.cue.end.saturating_sub(1)..heard.cue.end), mentions)
}

fn is_question(text: &str, sentence: &Range<usize>) -> bool {
    text[sentence.clone()].trim_end().ends_with('?')
}

/// The cues that are the writer's own words or a colleague's. A heading says what follows, and not what it means.
fn professional<T: Copy>(cues: &Cues<T>, setting: &Setting) -> Cues<T> {
    let is_professional = |place: &Range<usize>| {
        let sentence = setting.sentence_around(place.start);
        setting.is_written(place.start)
            && !is_question(setting.text, &sentence)
            && voice(place, &sentence, setting).is_professional()
    };
    Cues(cues.0.iter().filter(|(place, _)| is_professional(place)).cloned().collect())
}

/// Challenges and, among them, what somebody is told that says more than arrangements.
fn with_answers(mut challenges: Cues<bool>, setting: &Setting) -> Cues<bool> {
    let says_more = |place: &Range<usize>| {
        let told = place.end..setting.sentence_around(place.start).end;
        setting.cues().topics.first_in(told.clone()).is_some() || answers(told, setting)
    };
    let answers = professional(&setting.cues().answers, setting).0.into_iter();
    challenges
        .0
        .extend(answers.filter(|(place, ())| says_more(place)).map(|(place, ())| (place, false)));
    challenges.0.sort_unstable_by_key(|(place, _)| place.start);
    challenges
}

/// The parts under headings of analysis: up to the next heading, or to the end of the paragraph where the heading begins one.
fn headed(setting: &Setting) -> Vec<Range<usize>> {
    let headings = &setting.cues().headings;
    let mut parts = Vec::new();
    let mut under: Option<usize> = None;
    for paragraph in &setting.paragraphs {
        let heading = headings.first_in(paragraph.range.clone()).map(|(range, ())| range);
        let is_heading = !paragraph.is_written || heading.as_ref().is_some_and(|heading| fills(setting.text, paragraph, heading));
        if is_heading {
            if let Some(start) = under.take() {
                parts.push(start..paragraph.range.start);
            }
            under = heading.is_some().then_some(paragraph.range.end);
            continue;
        }
        let labels = paragraph.sentences.clone().filter_map(|number| {
            let sentence = &setting.sentences[number];
            headings
                .first_in(sentence.clone())
                .map(|(range, ())| range)
                .filter(|range| is_label(setting.text, paragraph, sentence, range))
        });
        parts.extend(labels.map(|label| label.end..paragraph.range.end));
    }
    parts.extend(under.map(|start| start..setting.entry.range.end));
    // A part under a heading is closed after the labels within it were read.
    parts.sort_unstable_by_key(|part| part.start);
    parts
}

/// Whether a paragraph holds a heading and nothing else.
fn fills(text: &str, paragraph: &Paragraph, heading: &Range<usize>) -> bool {
    let rest = [&text[paragraph.range.start..heading.start], &text[heading.end..paragraph.range.end]];
    rest.iter().all(|part| !part.contains(char::is_alphabetic))
}

/// Whether a heading begins a line and a sign sets it apart: "Analysis: …", "Worker's view - …", "Impact. …".
fn is_label(text: &str, paragraph: &Paragraph, sentence: &Range<usize>, heading: &Range<usize>) -> bool {
    let begins = sentence.start == paragraph.range.start || text[..sentence.start].ends_with('\n');
    let before = &text[sentence.start..heading.start];
    let behind = text[heading.end..].trim_start_matches(['*', '_', ' ']);
    begins && !before.contains(char::is_alphabetic) && behind.starts_with([':', '.', '-', '|', '/', '\n'])
}
