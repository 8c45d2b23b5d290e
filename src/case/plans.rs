//! Plans for the child, and whether a later entry looks at them again.

use serde::{Deserialize, Serialize};

use super::read::Draft;
use super::step::{NoteKind, Step};

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

/// The plans in order. A plan that is spoken of again before a review is taken to be the same one.
pub(super) fn plans(steps: &[Draft]) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    for (number, draft) in steps.iter().enumerate() {
        let open = plans.last_mut().filter(|plan| plan.reviewed.is_none());
        match (open, first(&draft.step, NoteKind::Plan), first(&draft.step, NoteKind::Review)) {
            (Some(plan), _, Some(_)) => plan.reviewed = Some(number),
            (Some(plan), Some(_), None) => plan.repeated.push(number),
            (None, Some(note), _) => plans.push(Plan { step: number, note, repeated: Vec::new(), reviewed: None }),
            _ => {}
        }
    }
    plans
}

fn first(step: &Step, kind: NoteKind) -> Option<usize> {
    step.notes.iter().position(|note| note.kind == kind)
}
