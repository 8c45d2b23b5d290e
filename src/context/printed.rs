//! What is printed in a form and therefore nobody's words. It is left where the table would flag it.

use std::ops::Range;

use super::sentence::Sentence;
use super::setting::Setting;
use crate::lexicon::holds;
use crate::printed::Printed;
use crate::text::form::{self, Piece};

/// A bare answer has at most so many words.
const ANSWER: usize = 2;

/// Whether a phrase is printed: the form is known, or layout tells that it is a label, a choice with a box or a question with its answer.
pub fn is_printed(span: &Range<usize>, printed: &Printed, setting: &Setting) -> bool {
    let text = setting.text;
    let pieces = form::pieces_around(text, span);
    let is_piece = |piece| form::is_choice(text, piece) || is_question(span, piece, setting);
    printed.hold(text, &pieces, span) || form::is_label(text, span) || matches!(&pieces[..], [piece] if is_piece(piece))
}

/// "Has the child consented? Yes", "Is she sexually active? ☐".
fn is_question(span: &Range<usize>, piece: &Piece, setting: &Setting) -> bool {
    let text = setting.text;
    let Some(end) = text[span.end..piece.range.end].find('?').map(|at| span.end + at + 1) else {
        return false;
    };
    let question = &text[piece.range.start..end - 1];
    if [". ", "? ", "! ", ": "].iter().any(|stop| question.contains(stop)) {
        return false;
    }
    let answer = Sentence::read(text, end..piece.range.end, setting.lexicon);
    let words: Vec<_> = answer.clauses.iter().flatten().collect();
    match words.len() {
        0 => form::is_answered_beside(text, piece.range.end),
        count => count <= ANSWER && words.iter().all(|word| holds(&setting.lexicon.words.answer, word.id)),
    }
}
