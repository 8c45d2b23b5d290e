//! The decision table, in the order of the specification: the first row that fits decides.

use crate::context::voice::Heard;
use crate::finding::{Ask, Form, Reason, Verdict};
use crate::lexicon::schema::Strength;

/// What is known of a mention when the table is read.
pub struct Facts<'a> {
    pub strength: Strength,
    /// Another sense consumes it.
    pub other_sense: bool,
    pub negated: bool,
    pub heard: &'a Heard,
}

/// What the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub verdict: Verdict,
    pub row: u8,
    pub reason: Reason,
    pub ask: Ask,
}

/// Reads the table. Rows 2, 3, 5, 6 and 7 are not read yet.
pub fn decide(facts: &Facts) -> Decision {
    let leave = |row, reason| Decision { verdict: Verdict::Leave, row, reason, ask: Ask::Analyse };
    let flag = |row, reason, ask| Decision { verdict: Verdict::Flag, row, reason, ask };
    if facts.other_sense {
        return leave(1, Reason::OtherSense);
    }
    if facts.negated {
        return leave(4, Reason::Negated);
    }
    match (facts.strength, facts.heard.form) {
        (Strength::Blaming, Form::Own) => flag(8, Reason::OwnBlame, Ask::Reword),
        (_, Form::Direct | Form::Indirect) => flag(9, Reason::Unanalysed, Ask::Analyse),
        (Strength::Context, Form::Own) => flag(10, Reason::OwnView, Ask::Analyse),
    }
}
