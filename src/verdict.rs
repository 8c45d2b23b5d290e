//! The decision table, in the order of the specification: the first row that fits decides.

use crate::context::voice::Heard;
use crate::finding::{Ask, Form, Reason, Verdict};
use crate::lexicon::schema::Strength;

/// What is known of a mention when the table is read: for each row, whether it fits.
pub struct Facts<'a> {
    pub strength: Strength,
    /// Row 1.
    pub other_sense: bool,
    /// Row 2.
    pub about_words: bool,
    /// Row 3.
    pub general: bool,
    /// Row 4.
    pub negated: bool,
    /// Row 5.
    pub not_protected: bool,
    /// Rows 6 and 7.
    pub analysed: bool,
    /// It stands in what is printed in a form, where nobody's words are. The table leaves it where it would flag.
    pub printed: bool,
    pub heard: &'a Heard,
}

/// What the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub verdict: Verdict,
    /// `None` for what is printed in a form.
    pub row: Option<u8>,
    pub reason: Reason,
    pub ask: Ask,
}

/// Reads the table.
pub fn decide(facts: &Facts) -> Decision {
    let leave = |row, reason| Decision { verdict: Verdict::Leave, row: Some(row), reason, ask: Ask::Analyse };
    let flag = |row, reason, ask| Decision { verdict: Verdict::Flag, row: Some(row), reason, ask };
    match (facts.strength, facts.heard.form) {
        _ if facts.other_sense => leave(1, Reason::OtherSense),
        _ if facts.about_words => leave(2, Reason::AboutWords),
        _ if facts.general => leave(3, Reason::General),
        _ if facts.negated => leave(4, Reason::Negated),
        _ if facts.not_protected => leave(5, Reason::NotProtected),
        (Strength::Context, _) if facts.analysed => leave(6, Reason::Contextualised),
        (Strength::Blaming, Form::Direct | Form::Indirect) if facts.analysed => leave(7, Reason::Contextualised),
        _ if facts.printed => Decision { row: None, ..leave(0, Reason::Printed) },
        (Strength::Blaming, Form::Own) => flag(8, Reason::OwnBlame, Ask::Reword),
        (_, Form::Direct | Form::Indirect) => flag(9, Reason::Unanalysed, Ask::Analyse),
        (Strength::Context, Form::Own) => flag(10, Reason::OwnView, Ask::Analyse),
    }
}
