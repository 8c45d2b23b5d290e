//! Whether exercises are sound, and whether the linter judges as their key does.

use std::collections::BTreeSet;

use super::exercise::{Answer, Course, Exercise, Key, Task, id_of, problem};
use super::matching::words;
use super::rewrite::{Nature, holds, judge};
use crate::finding::Outcome;
use crate::lexicon::{Problem, SourceFile};
use crate::linter::Linter;

/// What a check found.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Checked {
    pub exercises: usize,
    pub marks: usize,
    pub decoys: usize,
    /// Keys from which the linter differs, with the reason in the file.
    pub differs: usize,
    /// In order of file and line.
    pub problems: Vec<Problem>,
}

/// Checks exercise files.
pub fn check(files: &[SourceFile], linter: &Linter) -> Checked {
    let (course, problems) = Course::read(files);
    let mut checked = Checked { problems, exercises: course.exercises.len(), ..Checked::default() };
    for exercise in &course.exercises {
        // Every exercise came from such a file.
        let Some(file) = files.iter().find(|file| id_of(file) == exercise.id) else {
            continue;
        };
        checked.marks += exercise.marks.len();
        checked.decoys += exercise.decoys.len();
        let mut inspection = Inspection { exercise, course: &course, linter, file, checked: &mut checked };
        inspection.head();
        inspection.keys();
        if exercise.task == Task::Rewrite {
            inspection.rewriting();
        }
    }
    checked.problems.sort();
    checked
}

struct Inspection<'a> {
    exercise: &'a Exercise,
    course: &'a Course,
    linter: &'a Linter,
    file: &'a SourceFile,
    checked: &'a mut Checked,
}

impl Inspection<'_> {
    fn tell(&mut self, words: &str, message: impl Into<String>) {
        self.checked.problems.push(problem(self.file, words, message.into()));
    }

    fn head(&mut self) {
        let exercise = self.exercise;
        if !self.course.sets.iter().any(|set| set.id == exercise.set()) {
            self.tell(
                "",
                format!("the folder `{}` is no set of sets.toml; move the file, or add [[set]] with this id", exercise.set()),
            );
        }
        if !(1..=3).contains(&exercise.level) {
            self.tell("level", "the level is not 1, 2 or 3");
        }
        if self.file.text.contains("TO DO") {
            self.tell("TO DO", "something is still TO DO");
        }
        if exercise.sources.is_empty() {
            self.tell("sources", "no source is named; name a publication of lexicons/sources.toml");
        }
        for source in &exercise.sources {
            let id = source.split('#').next().unwrap_or_default();
            if !self.linter.lexicon.sources.contains_key(id) {
                self.tell(source, format!("the source `{source}` is in no sources file"));
            }
        }
        if exercise.keys().is_empty() {
            self.tell("", "there is neither a [[mark]] nor a [[decoy]]; an exercise needs a key");
        }
    }

    fn keys(&mut self) {
        let families: BTreeSet<&str> = self.linter.lexicon.rules.iter().map(|rule| rule.family.as_str()).collect();
        let exercise = self.exercise;
        let outcome = self.linter.check(&exercise.record(&exercise.note.text));
        for (answer, key) in exercise.keys() {
            if !families.contains(key.family.as_str()) {
                self.tell(&key.phrase, format!("“{}”: `{}` is no family; caselint rules lists them", key.phrase, key.family));
            }
            if (answer == Answer::Flag) != (8..=10).contains(&key.row) || !(1..=10).contains(&key.row) {
                self.tell(
                    &key.phrase,
                    format!("“{}”: row {} does not fit; rows 8 to 10 flag and rows 1 to 7 leave", key.phrase, key.row),
                );
            }
            match (differs(answer, key, &outcome), &key.linter) {
                (Some(how), None) => {
                    self.tell(&key.phrase, format!("“{}”: {how}; change the key, or say why it differs in `linter`", key.phrase))
                }
                (None, Some(_)) => self.tell(&key.phrase, format!("“{}”: the linter agrees; take `linter` out", key.phrase)),
                (Some(_), Some(_)) => self.checked.differs += 1,
                (None, None) => {}
            }
        }
        let keys = exercise.keys();
        let is_known = |span: &std::ops::Range<usize>| keys.iter().any(|(_, key)| key.touches(span));
        for finding in outcome.findings.iter().filter(|finding| finding.row.is_some()) {
            if !is_known(&(finding.start..finding.end)) {
                let message = format!(
                    "“{}” is flagged by {} and is not in the key; add it as a mark, or as a decoy with `linter`",
                    finding.text, finding.rule
                );
                self.tell(&finding.text, message);
            }
        }
    }

    fn rewriting(&mut self) {
        let exercise = self.exercise;
        let note = &exercise.note.text;
        for kept in exercise.keep.iter().filter(|kept| !holds(note, kept)) {
            self.tell(kept, format!("“{kept}” is to be kept and is not in the note"));
        }
        if exercise.details.is_empty() || exercise.points.is_empty() {
            self.tell("", "a rewriting task needs `details` and at least one [[point]]");
        }
        let Some(model) = &exercise.model else {
            return self.tell("", "a rewriting task needs a [model] with text and reasons");
        };
        let judged = judge(exercise, self.course, self.linter, &model.text);
        let open = judged.remarks.into_iter().filter(|remark| remark.nature != Nature::Done);
        open.for_each(|remark| self.tell("[model]", format!("the model answer would be told: {}", remark.says)));
        if words(&model.text).len() < words(note).len() / 2 {
            self.tell("[model]", "the model answer leaves out most of the note");
        }
    }
}

/// How the linter judges otherwise than a key; `None` where it agrees.
fn differs(answer: Answer, key: &Key, outcome: &Outcome) -> Option<String> {
    let flagged: Vec<_> = outcome.findings.iter().filter(|found| found.row.is_some() && found.overlaps(&key.span)).collect();
    let rows = |found: &[&crate::finding::Finding]| found.iter().filter_map(|found| found.row).collect::<Vec<u8>>();
    match (answer, flagged.is_empty()) {
        (Answer::Flag, true) => {
            let left = outcome.left.iter().find(|left| left.overlaps(&key.span));
            Some(left.map_or("the linter does not see it".to_owned(), |left| {
                format!("the linter leaves it by row {} ({})", left.row.unwrap_or_default(), left.rule)
            }))
        }
        (Answer::Leave, false) => {
            Some(format!("the linter flags it by row {} ({})", flagged[0].row.unwrap_or_default(), flagged[0].rule))
        }
        (Answer::Flag, false) => {
            let is_family = |found: &&crate::finding::Finding| {
                let also = found.also.iter().filter_map(|rule| rule.split('/').next());
                std::iter::once(found.family.as_str()).chain(also).any(|family| key.is_family(family))
            };
            if !flagged.iter().any(is_family) {
                return Some(format!("the linter flags it as {}", flagged[0].rule));
            }
            let rows = rows(&flagged);
            (!rows.iter().any(|row| key.is_row(*row))).then(|| format!("the linter flags it by row {rows:?}"))
        }
        (Answer::Leave, true) => {
            let left: Vec<_> = outcome.left.iter().filter(|left| left.overlaps(&key.span)).collect();
            let rows = rows(&left);
            // What it does not even look at it leaves as well.
            (!rows.is_empty() && !rows.iter().any(|row| key.is_row(*row)))
                .then(|| format!("the linter leaves it by row {rows:?}"))
        }
    }
}
