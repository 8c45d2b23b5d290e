//! Rewriting: whether the words that stood alone are answered, by analysis of this note, with nothing lost and nothing made up.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::exercise::{Course, Exercise, Key, Point};
use super::facts::{Invented, invented};
use super::matching::{self, Word, added, any, places, words};
use crate::finding::{Finding, Outcome, Reason};
use crate::linter::Linter;
use crate::text::{Text, paragraphs, sentences};

/// The row of somebody else's words.
const REPORTED: u8 = 9;

/// A rewrite longer than this is not compared word by word.
const LONGEST: usize = 4000;

/// What can be said of a rewrite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Judged {
    /// Nothing is left to mend, as far as can be told.
    pub done: bool,
    pub remarks: Vec<Remark>,
    /// What this cannot tell.
    pub cannot: Vec<String>,
}

/// A remark on a rewrite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Remark {
    pub nature: Nature,
    pub says: String,
    /// A question that may help.
    pub ask: Option<String>,
    /// The family of the phrase that it is about.
    pub family: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// Something that was done.
    Done,
    /// Something to mend.
    Mend,
    /// Something to think about. It keeps nobody from going on.
    Think,
}

const CANNOT: [&str; 5] = [
    "Whether the analysis is right. It looks for words that usually carry one; it does not understand them.",
    "Whether something was made up in plain words. It sees figures, names, quotations, and the slips that this exercise expects.",
    "Whether people said what your text has them say. What you think is yours: write it as yours.",
    "Whether a point is covered in words that nobody thought of. Where it says “not found”, compare the model answer.",
    "What you know of a real child. This note is invented; at work, ask your supervisor.",
];

/// Judges a rewrite of the note.
pub fn judge(exercise: &Exercise, course: &Course, linter: &Linter, text: &str) -> Judged {
    let rewrite = Rewrite::new(exercise, text);
    let outcome = linter.check(&exercise.record(text));
    let mut remarks = Vec::new();
    if rewrite.new.len() > LONGEST {
        remarks.push(mend(format!("This is longer than {LONGEST} words. Keep to the note and what belongs beside it.")));
    } else if !rewrite.added.contains(&true) && rewrite.new.len() == rewrite.old.len() {
        remarks.push(mend("The note stands as it was. Leave what was said, and write beside it what it means for the child."));
    } else {
        remarks.extend(exercise.marks.iter().map(|key| rewrite.of_mark(key, &outcome)));
        remarks.extend(rewrite.of_new_findings(&outcome));
        remarks.extend(rewrite.of_kept_words());
        remarks.extend(rewrite.of_lost_sentences(linter));
        remarks.extend(rewrite.of_blanks());
        remarks.extend(rewrite.of_inventions(course));
        remarks.extend(rewrite.of_stock());
        remarks.extend(rewrite.of_points());
    }
    let done = remarks.iter().all(|remark| remark.nature != Nature::Mend);
    Judged { done, remarks, cannot: CANNOT.map(str::to_owned).to_vec() }
}

struct Rewrite<'a> {
    exercise: &'a Exercise,
    text: &'a str,
    old: Vec<Word>,
    new: Vec<Word>,
    /// Which of the new words the note did not have.
    added: Vec<bool>,
}

impl<'a> Rewrite<'a> {
    fn new(exercise: &'a Exercise, text: &'a str) -> Self {
        let (old, new) = (words(&exercise.note.text), words(text));
        let added = if new.len() > LONGEST { vec![true; new.len()] } else { added(&old, &new) };
        Rewrite { exercise, text, old, new, added }
    }

    fn places(&self, phrase: &str) -> Vec<Range<usize>> {
        places(&self.new, phrase)
    }

    /// What became of a phrase that was to be answered.
    fn of_mark(&self, key: &Key, outcome: &Outcome) -> Remark {
        let phrase = &key.phrase;
        let here = self.places(phrase);
        let touched = |found: &&Finding| here.iter().any(|place| found.overlaps(place));
        let of_family = |found: &&Finding| key.is_family(&found.family);
        let flagged = outcome.findings.iter().filter(of_family).find(touched);
        let left = outcome.left.iter().filter(of_family).find(touched);
        let remark = match (flagged, left.map(|left| (left, left.reason))) {
            (Some(finding), _) => standing(phrase, finding, key),
            (None, Some((left, Reason::Contextualised))) => {
                let analysis = self.text.get(left.analysis.clone()).unwrap_or_default().trim();
                done(format!("“{phrase}” stays, and is answered: “{}”", one_line(analysis)))
            }
            (None, Some((_, Reason::AboutWords | Reason::Negated))) => {
                done(format!("“{phrase}” is taken up as a word and set right."))
            }
            _ if !here.is_empty() => think(
                format!("“{phrase}” is still there, and is no longer read as said of the child."),
                "Is that what the note says, or has the sentence lost whom it is about?",
            ),
            _ if key.row == REPORTED => mend(format!(
                "“{phrase}” is gone. These were somebody's words: taken out, they cannot be answered, and nobody learns that they were said. \
                 Put them back, as that person's, with what you make of them beside them."
            )),
            _ => done(format!("“{phrase}”, the record's own words, is put in another way.")),
        };
        Remark { family: Some(key.family.clone()), ..remark }
    }

    /// Phrases that came in with the rewrite.
    fn of_new_findings(&self, outcome: &Outcome) -> Vec<Remark> {
        let old: Vec<Range<usize>> = self.exercise.marks.iter().flat_map(|key| self.places(&key.phrase)).collect();
        let is_new = |found: &&Finding| found.row.is_some() && !old.iter().any(|place| found.overlaps(place));
        let say = |found: &Finding| Remark {
            ask: found.questions.first().cloned(),
            ..mend(format!("New in your text: {}", found.message))
        };
        outcome.findings.iter().filter(is_new).map(say).collect()
    }

    fn of_kept_words(&self) -> Vec<Remark> {
        let lost = self.exercise.keep.iter().filter(|words| self.places(words).is_empty());
        lost.map(|words| {
            mend(format!("“{words}” should stay as it was said: it may be the only place where these words are kept."))
        })
        .collect()
    }

    /// Facts of the note that are gone. A sentence with the record's own words may be put in another way, and somebody's words are told of
    /// elsewhere.
    fn of_lost_sentences(&self, linter: &Linter) -> Vec<Remark> {
        let lost = added(&self.new, &self.old);
        let note = Text::new(&self.exercise.note.text);
        let parts = paragraphs(note.folded(), 0..note.folded().len()).into_iter();
        let sentences = parts.flat_map(|part| sentences(note.folded(), part, &linter.lexicon.structure));
        let is_lost = |sentence: &Range<usize>| {
            let words = self.old.iter().zip(&lost).filter(|(word, _)| sentence.contains(&word.range.start));
            let (gone, all) = words.fold((0, 0), |(gone, all), (_, is_lost)| (gone + usize::from(*is_lost), all + 1));
            2 * gone > all && !self.exercise.marks.iter().any(|key| key.touches(sentence))
        };
        let lost = sentences.map(|sentence| note.original_range(sentence)).filter(is_lost);
        lost.map(|sentence| {
            let text = one_line(&self.exercise.note.text[sentence]);
            mend(format!("“{text}” is gone. What was seen and done stays in a record; put it back, and write beside it."))
        })
        .collect()
    }

    /// Blanks of a suggestion that were not filled.
    fn of_blanks(&self) -> Option<Remark> {
        let open = self.text.find('[')?;
        let close = open + self.text[open..].find(']')?;
        let blank = &self.text[open..=close];
        (!self.exercise.note.text.contains(blank))
            .then(|| mend(format!("“{}” is a blank of a suggestion. Fill it from the note, or leave it out.", one_line(blank))))
    }

    fn of_inventions(&self, course: &Course) -> Vec<Remark> {
        let invented = invented(self.exercise, course, self.text, &self.new, &self.added);
        let found = invented.into_iter().map(|invented| match invented {
            Invented::Figure(figure) => mend(format!("The note does not say “{figure}”. Leave it out, or write what is to be found out as a question.")),
            Invented::Name(name) => mend(format!("“{name}” is not in the note. Leave it out, or write what is to be found out as a question.")),
            Invented::Quotation(words) => mend(format!(
                "“{}” stands between quotation marks, and the note does not have it as said. Quotation marks are for words that were used.",
                one_line(&words)
            )),
        });
        let trapped = self.exercise.traps.iter().filter(|trap| any(&self.fresh(), &trap.any));
        found.chain(trapped.map(|trap| mend(trap.says.clone()))).collect()
    }

    /// The words that were added.
    fn fresh(&self) -> Vec<Word> {
        self.new
            .iter()
            .zip(&self.added)
            .filter(|(_, is_added)| **is_added)
            .map(|(word, _)| word.clone())
            .collect()
    }

    /// Analysis that would fit any note.
    fn of_stock(&self) -> Option<Remark> {
        let fresh = self.fresh();
        let is_stock = !fresh.is_empty() && !self.exercise.details.is_empty() && !any(&fresh, &self.exercise.details);
        is_stock.then(|| Remark {
            ask: Some("What in this note makes you say so: who, what was done or given, what she or he said?".to_owned()),
            ..mend(
                "What you added would be as true beside any other note. It says that there is a worry and not what it is. A \
                 reader who does not know this child learns nothing about this child.",
            )
        })
    }

    fn of_points(&self) -> Vec<Remark> {
        // What the note itself says covers nothing: a word of it must be the learner's.
        let is_new = |place: &Range<usize>| {
            let mut words = self.new.iter().zip(&self.added);
            words.any(|(word, is_added)| *is_added && place.start <= word.range.start && word.range.end <= place.end)
        };
        let is_covered = |point: &Point| point.any.iter().any(|phrase| self.places(phrase).iter().any(is_new));
        let of_point = |point: &Point| match is_covered(point) {
            true => done(format!("Covered: {}", point.says)),
            false => think(format!("Not found: {}", point.says), &point.ask),
        };
        self.exercise.points.iter().map(of_point).collect()
    }
}

/// A phrase that stands as it did.
fn standing(phrase: &str, finding: &Finding, key: &Key) -> Remark {
    let says = match finding.reason {
        Reason::OwnBlame => format!(
            "“{phrase}” still stands as the record's own judgement. Put it in other words: what happened, and who did what?"
        ),
        _ => format!("“{phrase}” still stands by itself. What is written near it is not read as analysis of this point."),
    };
    Remark { ask: finding.questions.first().cloned().or_else(|| key.write.clone()), ..mend(says) }
}

fn done(says: impl Into<String>) -> Remark {
    Remark { nature: Nature::Done, says: says.into(), ask: None, family: None }
}

fn mend(says: impl Into<String>) -> Remark {
    Remark { nature: Nature::Mend, ..done(says) }
}

fn think(says: impl Into<String>, ask: &str) -> Remark {
    Remark { nature: Nature::Think, ask: Some(ask.to_owned()), ..done(says) }
}

/// A text with single blanks for all white space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a phrase stands in a text.
pub(super) fn holds(text: &str, phrase: &str) -> bool {
    !matching::find(text, phrase).is_empty()
}
