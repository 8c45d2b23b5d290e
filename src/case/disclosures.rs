//! What somebody told of harm, and whether an entry says what that means.

use serde::{Deserialize, Serialize};

use super::read::{Draft, Stated};
use super::step::NoteKind;

/// An entry in which the child, the family or another person tells of harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Disclosure {
    pub step: usize,
    /// The number of its first note of this kind in the step.
    pub note: usize,
    /// The first analysis that follows, in the same entry or in a later one that speaks of such harm. It need not be about this very
    /// disclosure.
    pub analysed: Option<Answer>,
}

/// Where an answer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Answer {
    pub step: usize,
    pub sentence: String,
}

/// The disclosures in order.
pub(super) fn disclosures(steps: &[Draft]) -> Vec<Disclosure> {
    let first = |draft: &Draft| draft.step.notes.iter().position(|note| note.kind == NoteKind::Disclosure);
    let told = steps.iter().enumerate().filter_map(|(step, draft)| Some((step, first(draft)?)));
    told.map(|(step, note)| Disclosure { step, note, analysed: analysed(steps, step) }).collect()
}

fn analysed(steps: &[Draft], from: usize) -> Option<Answer> {
    let sought = steps[from].sought;
    let speaks = |stated: &&Stated| stated.topics.meet(sought);
    // A later entry that speaks of no such harm is about something else.
    let answers = steps.iter().enumerate().skip(from).filter(|(_, draft)| draft.tells_of_harm);
    let mut found = answers.filter_map(|(step, draft)| Some((step, draft.stated.iter().find(speaks)?)));
    found.next().map(|(step, stated)| Answer { step, sentence: stated.sentence.clone() })
}
