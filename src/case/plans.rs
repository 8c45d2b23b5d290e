//! Plans for the child, and whether a later entry looks at them again.

use serde::{Deserialize, Serialize};

use super::read::Draft;
use super::step::{NoteKind, Step};
use super::wording::Wording;
use crate::lexicon::Lexicon;

/// A plan, from the entry that speaks of it first to the one that reviews it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    /// The step that speaks of it first, and the number of the note there.
    pub step: usize,
    pub note: usize,
    /// Later steps that speak of a plan before any review.
    pub repeated: Vec<usize>,
    /// The first later step that reviews a plan.
    pub reviewed: Option<usize>,
}

/// The plans in order. One that is spoken of again in the same words before a review is taken to be the same; a review is taken to be of
/// every plan that is open.
pub(super) fn plans(steps: &[Draft], lexicon: &Lexicon) -> Vec<Plan> {
    let mut plans: Vec<(Plan, Wording)> = Vec::new();
    for (number, draft) in steps.iter().enumerate() {
        let mut open = plans.iter_mut().filter(|(plan, _)| plan.reviewed.is_none());
        if first(&draft.step, NoteKind::Review).is_some() {
            open.for_each(|(plan, _)| plan.reviewed = Some(number));
            continue;
        }
        let Some(note) = first(&draft.step, NoteKind::Plan) else {
            continue;
        };
        let wording = Wording::read(&draft.step.notes[note].quote.words, lexicon);
        match open.find(|(_, known)| known.holds(&wording) || wording.holds(known)) {
            Some((plan, _)) => plan.repeated.push(number),
            None => plans.push((Plan { step: number, note, repeated: Vec::new(), reviewed: None }, wording)),
        }
    }
    plans.into_iter().map(|(plan, _)| plan).collect()
}

fn first(step: &Step, kind: NoteKind) -> Option<usize> {
    step.notes.iter().position(|note| note.kind == kind)
}
