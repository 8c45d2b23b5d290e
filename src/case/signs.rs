//! What the cues of a case tell in a record: contacts, plans, words of harm, what was told and what is stated about it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::quote::{Quote, plain};
use super::read::{Reader, Stated, runs};
use super::step::{Note, NoteKind};
use crate::context::layout::Layout;
use crate::context::negation::negation;
use crate::context::setting::Setting;
use crate::context::voice::{Heard, voice};
use crate::finding::{Form, Who};
use crate::lexicon::schema::CueKind;
use crate::lexicon::{CueSense, Lexicon, Owner, Topics, holds};
use crate::resolve::Mention;
use crate::scan::{Pass, scan, scan_record};

/// Statements that can hold one place: a cue is a few words, and each topic that it speaks of counts once.
const NEAR: usize = 64;

/// A cue where it stands in the folded text.
pub(super) struct Sign {
    pub span: Range<usize>,
    pub sense: CueSense,
}

/// The cues of a text that a case needs, in order of place: its own, and those that analyse or challenge.
pub(super) fn signs(folded: &str, lexicon: &Lexicon) -> Vec<Sign> {
    let is_wanted = |kind| is_of_case(kind) || matches!(kind, CueKind::Topic | CueKind::Challenge | CueKind::Answer);
    let hits = scan(folded, 0..folded.len(), &lexicon.index, Pass::Cues);
    let sense = |owner: u32| match lexicon.owners[owner as usize] {
        Owner::Cue(cue) => Some(lexicon.cues[cue as usize]),
        _ => None,
    };
    let signs = hits.iter().filter_map(|hit| Some(Sign { span: hit.span.0..hit.span.1, sense: sense(hit.owner)? }));
    signs.filter(|sign| is_wanted(sign.sense.kind)).collect()
}

impl Reader<'_, '_> {
    /// What the cues of a record tell: notes, words of harm, and what is stated about their meaning.
    pub fn signs(&mut self, signs: Vec<Sign>) {
        let linter = self.linter;
        let folded = self.text.folded();
        let hits = scan_record(folded, &linter.lexicon.index);
        // Everything is to be read that may say something.
        let mut places: Vec<usize> = signs.iter().map(|sign| sign.span.start).collect();
        places.extend(hits.iter().map(|hit| hit.start));
        places.sort_unstable();
        places.dedup();
        let layout = Layout::new(folded, places.clone(), &|_| true, &linter.lexicon);
        let mentions = linter.mentions(&hits, &layout, &linter.subject(self.document.record));
        let mut stated: Vec<Range<usize>> = Vec::new();
        for entry in &layout.entries {
            let first = places.partition_point(|&place| place < entry.range.start);
            if let Some(&place) = places.get(first).filter(|&&place| place < entry.range.end) {
                stated.extend(self.statements(&layout.setting(place), &mentions));
            }
        }
        for sign in apart(signs) {
            self.sign(&sign, &layout.setting(sign.span.start), &mentions, &stated);
        }
    }

    /// Notes what the writer or a colleague states in an entry, and tells where, in order.
    fn statements(&mut self, setting: &Setting, mentions: &[Mention]) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let mut by_sentence: BTreeMap<usize, Topics> = BTreeMap::new();
        for (topic, place) in setting.analysis(mentions).statements() {
            if !is_stated(&heard(place, &setting.sentence_around(place.start), setting)) {
                continue;
            }
            places.push(place.clone());
            by_sentence.entry(setting.sentence_at(place.start)).or_default().0 |= 1 << topic;
        }
        for (number, topics) in by_sentence {
            let Some(sentence) = setting.sentences.get(number) else {
                continue;
            };
            let quoted = self.original(sentence).trim();
            let stated = Stated { topics, sentence: plain(quoted) };
            self.at(sentence.start).stated.push(stated);
        }
        places.sort_unstable_by_key(|place| (place.start, place.end));
        places
    }

    /// The record's own text of a stretch of the folded one.
    fn original(&self, stretch: &Range<usize>) -> &str {
        &self.whole.text[self.text.original_range(stretch.clone())]
    }

    /// Takes in what one cue tells.
    fn sign(&mut self, sign: &Sign, setting: &Setting, mentions: &[Mention], stated: &[Range<usize>]) {
        let sentence = setting.sentence(setting.sentence_at(sign.span.start));
        let heard = heard(&sign.span, &sentence.range, setting);
        let mention = Mention { rule: 0, span: sign.span.clone(), whole: sign.span.clone(), sense: None, also: Vec::new() };
        let is_negated = negation(&mention, &sentence, &heard, setting).is_some();
        let kind = match (sign.sense.kind, is_negated) {
            (CueKind::Contact, false) => NoteKind::Contact,
            (CueKind::Contact, true) | (CueKind::MissedContact, false) => NoteKind::MissedContact,
            (CueKind::Plan, false) => NoteKind::Plan,
            (CueKind::Review, false) => NoteKind::Review,
            (CueKind::Harm, false) => {
                let draft = self.at(sign.span.start);
                draft.step.words.harm += 1;
                draft.tells_of_harm |= sign.sense.strong;
                let name = self.name_of(&heard, &sentence.range);
                // "What she describes is sexual abuse" is what the writer makes of it.
                if !sign.sense.strong || is_within(&sign.span, stated) || !is_told(&heard, name.as_deref()) {
                    return;
                }
                NoteKind::Disclosure
            }
            _ => return,
        };
        let analysis = setting.analysis(mentions).of(&mention, sign.sense.topics, false, None, setting);
        self.note(kind, sign, &sentence.range, &heard, analysis);
    }

    /// Adds a note, once a sentence and kind.
    fn note(&mut self, kind: NoteKind, sign: &Sign, sentence: &Range<usize>, heard: &Heard, analysis: Option<Range<usize>>) {
        let (span, around) = (self.text.original_range(sign.span.clone()), self.text.original_range(sentence.clone()));
        let quote = Quote::of(&self.whole.text, &around, &span);
        let note = Note {
            kind,
            who: heard.who,
            form: heard.form,
            name: self.name_of(heard, sentence),
            analysis: analysis.map(|found| plain(self.original(&found))),
            line: self.line(span.start),
            quote,
        };
        let draft = self.at(sign.span.start);
        let is_known = |known: &Note| known.kind == kind && known.quote.is_same_sentence(&note.quote);
        if draft.step.notes.last().is_none_or(|known| !is_known(known)) {
            if kind == NoteKind::Disclosure {
                draft.sought.0 |= sign.sense.topics.0;
            }
            draft.step.notes.push(note);
        }
    }

    fn name_of(&self, heard: &Heard, sentence: &Range<usize>) -> Option<String> {
        let (verb, sentence) = (self.text.original_range(heard.cue.clone()), self.text.original_range(sentence.clone()));
        self.name(heard.who, heard.form, verb.start, sentence.start)
    }
}

/// Whose words they are. "What she describes is sexual abuse": a form of "be" right behind the verb of saying leads to what the writer
/// makes of it.
fn heard(stretch: &Range<usize>, sentence: &Range<usize>, setting: &Setting) -> Heard {
    let heard = voice(stretch, sentence, setting);
    let next = runs(&setting.text[heard.cue.end..sentence.end.max(heard.cue.end)]).next();
    let is_own = next.is_some_and(|word| holds(&setting.lexicon.words.be, setting.lexicon.index.word(word)));
    if heard.form == Form::Indirect && is_own { Heard::OWN } else { heard }
}

fn is_of_case(kind: CueKind) -> bool {
    matches!(kind, CueKind::Harm | CueKind::MissedContact | CueKind::Contact | CueKind::Plan | CueKind::Review)
}

/// Whether somebody other than the writer or a colleague says so: the child, the family, a friend, a neighbour, or a person by name.
fn is_told(heard: &Heard, name: Option<&str>) -> bool {
    match heard.who {
        Who::Child | Who::Parent | Who::Family | Who::Peer | Who::Public => heard.form != Form::Own,
        Who::Unknown => name.is_some() || heard.form == Form::Direct,
        _ => false,
    }
}

/// Whether the writer says so, or a colleague who is named as one. A pronoun leaves open who it is.
fn is_stated(heard: &Heard) -> bool {
    heard.form == Form::Own || heard.who == Who::Professional && !heard.by_pronoun
}

/// Whether a stretch shares a byte with one of others, which come in order.
fn is_within(stretch: &Range<usize>, others: &[Range<usize>]) -> bool {
    let after = others.partition_point(|other| other.start < stretch.end);
    others[..after].iter().rev().take(NEAR).any(|other| other.end > stretch.start)
}

/// Signs of a case that do not overlap: of those that do, the longest.
fn apart(mut signs: Vec<Sign>) -> Vec<Sign> {
    signs.retain(|sign| is_of_case(sign.sense.kind));
    signs.sort_by_key(|sign| (sign.span.start, Reverse(sign.span.end)));
    let mut kept: Vec<Sign> = Vec::new();
    for sign in signs {
        match kept.last_mut().filter(|last| sign.span.start < last.span.end) {
            Some(last) if sign.span.len() > last.span.len() => *last = sign,
            Some(_) => {}
            None => kept.push(sign),
        }
    }
    kept
}
