//! Printed matter: labels, questions and choices of a form. They are nobody's words, so that nobody is asked to think again about them.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::record::Record;
use crate::text::{Text, form};

/// What stands in so many records of an export may be printed.
const MANY: usize = 20;
/// It also stands in one record of so many at least.
const SHARE: usize = 20;

/// What is neither a label nor a question and longer than so many bytes is not learnt: it is prose.
const CHOICE: usize = 80;

/// A piece is known up to so many of its colons and question marks, so that one of nothing else takes no more memory than others.
const ENDS: usize = 3;

/// The pieces that a form has before anybody writes in it. Letter case, blanks and signs at the ends of a piece do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed {
    pieces: FxHashSet<String>,
}

impl Printed {
    /// All that stands in a blank form.
    pub fn of_form(text: &str) -> Printed {
        let text = Text::new(text);
        let folded = text.folded();
        let mut printed = Printed::default();
        for piece in form::pieces(folded, 0..folded.len()) {
            let ends = form::ends(folded, piece.range.clone()).take(ENDS).chain([piece.range.end]);
            printed.pieces.extend(ends.map(|end| form::plain(&folded[piece.range.start..end])));
        }
        printed.pieces.remove("");
        printed
    }

    /// This and the printed matter of another form.
    pub fn with(mut self, other: &Printed) -> Printed {
        self.pieces.extend(other.pieces.iter().cloned());
        self
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether a span of folded text lies in printed matter: it is all of a piece, or the part of one that ends with a colon or a question
    /// mark. `pieces` are those that the span touches.
    pub(crate) fn hold(&self, text: &str, pieces: &[form::Piece], span: &Range<usize>) -> bool {
        let is_printed = |piece: &form::Piece| {
            let from = span.end.clamp(piece.range.start, piece.range.end);
            let ends = form::ends(text, from..piece.range.end).chain([piece.range.end]);
            ends.into_iter().any(|end| self.pieces.contains(&form::plain(&text[piece.range.start..end])))
        };
        !self.pieces.is_empty() && !pieces.is_empty() && pieces.iter().all(is_printed)
    }
}

/// Learns from the first records of an export what is printed in all of its forms: what stands word for word in many of them.
///
/// A sentence is never learnt, however often it was copied: somebody wrote it. What is learnt are labels, questions and choices.
#[derive(Debug, Default)]
pub struct Standing {
    records: usize,
    seen: FxHashMap<String, Seen>,
}

/// In how many records a piece stands, and the number of the last.
#[derive(Debug, Default)]
struct Seen {
    count: usize,
    last: usize,
}

impl Standing {
    /// From so many records it is learnt what is printed in the forms of an export.
    pub const SAMPLE: usize = 1_000;

    /// Reads a record.
    pub fn add(&mut self, record: &Record) {
        self.records += 1;
        let texts = std::iter::once(&record.text).chain(record.fields.iter().map(|field| &field.text));
        for text in texts {
            let text = Text::new(text);
            let folded = text.folded();
            for piece in form::pieces(folded, 0..folded.len()) {
                self.piece(folded, &piece.range);
            }
        }
    }

    fn piece(&mut self, text: &str, piece: &Range<usize>) {
        if piece.len() > form::LONGEST || form::is_wrapped(text, piece) {
            return;
        }
        let whole = Some(piece.end).filter(|_| piece.len() <= CHOICE && !text[piece.clone()].ends_with(['.', '!']));
        let mut ends: Vec<usize> = form::ends(text, piece.clone()).take(ENDS).chain(whole).collect();
        ends.dedup();
        for end in ends {
            let part = &text[piece.start..end];
            let plain = form::plain(part);
            if !plain.contains(' ') || part.contains(". ") {
                continue;
            }
            let seen = self.seen.entry(plain).or_default();
            if seen.last != self.records {
                *seen = Seen { count: seen.count + 1, last: self.records };
            }
        }
    }

    /// What many of the records have in common.
    pub fn printed(self) -> Printed {
        let least = MANY.max(self.records.div_ceil(SHARE));
        Printed {
            pieces: self.seen.into_iter().filter(|(_, seen)| seen.count >= least).map(|(piece, _)| piece).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the words lie in printed matter.
    fn holds(printed: &Printed, text: &str, words: &str) -> bool {
        let at = text.find(words).expect("the words stand there");
        let span = at..at + words.len();
        printed.hold(text, &form::pieces_around(text, &span), &span)
    }

    #[test]
    fn a_template_knows_its_own_pieces() {
        let form = "Reason for DNA: ______\nHas the child consented?\n☐ Failed to engage\nSay whether she put herself at risk.\n";
        let printed = Printed::of_form(form);
        assert!(holds(&printed, "Reason for DNA: forgot", "DNA"));
        assert!(holds(&printed, "REASON FOR DNA", "DNA"));
        assert!(holds(&printed, "Has the child consented? She consented.", "child consented"));
        assert!(holds(&printed, "☒ Failed to engage", "Failed to engage"));
        assert!(holds(&printed, "Say whether she put herself at risk.", "put herself at risk"));
        assert!(!holds(&printed, "Has the child consented? She consented.", "She consented"));
        assert!(!holds(&printed, "Reason for DNA: DNA again", "DNA again"));
        assert!(!holds(&printed, "She put herself at risk.", "put herself at risk"));
        assert!(!holds(&Printed::default(), "Reason for DNA", "DNA"));
    }

    fn learnt(records: impl Iterator<Item = String>) -> Printed {
        let mut standing = Standing::default();
        records.for_each(|text| standing.add(&Record::from_text(text)));
        standing.printed()
    }

    #[test]
    fn what_stands_in_many_records_is_printed() {
        let record = |number| format!("Reason for DNA: reason {number}\nOutcome\nFailed to engage\nShe put herself at risk.\n");
        let printed = learnt((0..20).map(record));
        assert!(holds(&printed, "Reason for DNA: forgot", "DNA"));
        assert!(holds(&printed, "Failed to engage", "Failed to engage"));
        assert!(!holds(&printed, "She put herself at risk.", "put herself at risk"), "somebody wrote the sentence");
        assert!(!holds(&printed, "Outcome", "Outcome"), "one word tells too little");
        assert!(learnt((0..19).map(record)).is_empty(), "few records");
        let rare = (0..1_000).map(|number| if number < 49 { record(number) } else { format!("Seen {number}.") });
        assert!(learnt(rare).is_empty(), "few among many records");
        assert!(learnt(std::iter::once(record(1).repeat(100))).is_empty(), "often in one record");
    }

    #[test]
    fn lines_of_prose_are_not_printed() {
        let cut_short = "Monday. Late again, no PE kit. Kicking off in\n".to_owned();
        assert!(learnt((0..50).map(|_| cut_short.clone())).is_empty());
        let prose =
            "Sam places herself at risk when she leaves the school at\nlunch and nobody knows where she is or who she\nis with.";
        assert!(learnt((0..50).map(|_| prose.to_owned())).is_empty());
    }
}
