//! The shape of an exercise, as it stands in TOML, and its reading.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::matching::{self, Word};
use crate::lexicon::{Problem, SourceFile, place};
use crate::record::Record;

/// The version of the file format that this program reads.
pub const FORMAT: u32 = 1;

/// The name of the file that tells what is common to all exercises.
pub const SETS: &str = "sets.toml";

/// All exercises of a folder.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Course {
    /// In the order in which they are taught.
    pub sets: Vec<Set>,
    /// In order of set and name.
    pub exercises: Vec<Exercise>,
    /// Words that an analysis may bring although a note does not hold them: the ages of the law, names of agencies.
    pub free: Vec<String>,
    /// The words of number from one on.
    pub numbers: Vec<String>,
}

/// What is common to all exercises: `sets.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    format: u32,
    #[serde(default, rename = "set")]
    sets: Vec<Set>,
    #[serde(default)]
    free: Vec<String>,
    #[serde(default)]
    numbers: Vec<String>,
}

/// Exercises that belong together: those of one folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// The name of its folder.
    pub id: String,
    pub title: String,
    /// What it teaches, in a sentence or two.
    pub teaches: String,
}

/// A note and what is to be made of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// Always [`FORMAT`].
    pub format: u32,
    /// `set/name`, from the path of its file.
    #[serde(default)]
    pub id: String,
    pub title: String,
    pub task: Task,
    /// From 1, the easiest, to 3.
    pub level: u8,
    /// What one can do afterwards.
    pub aim: String,
    /// Publications, as concerns cite them: `thurrock-2014#3.23`.
    pub sources: Vec<String>,
    /// Whether it belongs to the session of 45 minutes.
    #[serde(default)]
    pub session: bool,
    pub note: Note,
    /// What is to be flagged.
    #[serde(default, rename = "mark")]
    pub marks: Vec<Key>,
    /// What looks as if it were to be flagged, and is to be left.
    #[serde(default, rename = "decoy")]
    pub decoys: Vec<Key>,
    /// For rewriting: somebody's words that must stay.
    #[serde(default)]
    pub keep: Vec<String>,
    /// For rewriting: words by which an analysis shows that it is about this note. Names would show nothing.
    #[serde(default)]
    pub details: Phrases,
    /// For rewriting: what a good analysis covers.
    #[serde(default, rename = "point")]
    pub points: Vec<Point>,
    /// For rewriting: what one is tempted to say and the note does not tell.
    #[serde(default, rename = "trap")]
    pub traps: Vec<Trap>,
    #[serde(default)]
    pub model: Option<Model>,
}

/// What the learner is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Mark the phrases.
    Spot,
    /// Say of each phrase which row of the decision table fits.
    Sort,
    /// Write the note anew.
    Rewrite,
}

/// The note, and what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Whom it is about, in words for the learner.
    pub subject: String,
    /// Years.
    #[serde(default)]
    pub age: Option<u8>,
    pub agency: String,
    pub genre: String,
    pub text: String,
}

/// A phrase of the note with its verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// As it stands in the note; case, wraps and typographic signs do not matter.
    pub phrase: String,
    /// Which of several occurrences, from 1.
    #[serde(default = "first")]
    pub nth: usize,
    /// Where it stands, in bytes of the note's text. Found by the reader.
    #[serde(default, skip_deserializing)]
    pub span: Range<usize>,
    /// What it would be, or is, flagged as.
    pub family: String,
    /// The row of the decision table.
    pub row: u8,
    /// Other rows and families that are right as well.
    #[serde(default)]
    pub or_row: Vec<u8>,
    #[serde(default)]
    pub or_family: Vec<String>,
    /// Why it is flagged and what that does to the child, or why it may stay.
    pub why: String,
    /// What may be written instead, or beside it.
    #[serde(default)]
    pub write: Option<String>,
    /// Why the linter judges otherwise, where it does.
    #[serde(default)]
    pub linter: Option<String>,
}

/// Words to be looked for in a rewrite: see [`matching`].
pub type Phrases = Vec<String>;

/// Something that a good analysis covers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// What it is, in a sentence.
    pub says: String,
    /// What to ask oneself where it was not found.
    pub ask: String,
    /// Words that show that it was covered.
    pub any: Phrases,
}

/// Something that the note does not tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trap {
    pub any: Phrases,
    /// What to say to the learner.
    pub says: String,
}

/// A rewrite that does what was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    pub text: String,
    pub reasons: Vec<String>,
}

/// Whether a phrase is to be flagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Flag,
    Leave,
}

fn first() -> usize {
    1
}

impl Course {
    /// Reads exercises: files named `SET/NAME.toml`, and `sets.toml`. What can be read is returned with all that is wrong.
    pub fn read(files: &[SourceFile]) -> (Course, Vec<Problem>) {
        let mut course = Course::default();
        let mut problems = Vec::new();
        let (common, files): (Vec<_>, Vec<_>) = files.iter().partition(|file| name_of(&file.name).1 == SETS);
        for file in common {
            match read::<Common>(file) {
                Ok(common) => {
                    problems.extend(wrong_format(file, common.format));
                    course.sets.extend(common.sets);
                    course.free.extend(common.free);
                    course.numbers.extend(common.numbers);
                }
                Err(problem) => problems.push(problem),
            }
        }
        for file in files {
            match read::<Exercise>(file) {
                Ok(mut exercise) => {
                    exercise.id = id_of(file);
                    problems.extend(wrong_format(file, exercise.format));
                    problems.extend(exercise.place(file));
                    course.exercises.push(exercise);
                }
                Err(problem) => problems.push(problem),
            }
        }
        let place = |exercise: &Exercise| course.sets.iter().position(|set| set.id == exercise.set()).unwrap_or(usize::MAX);
        course.exercises.sort_by_key(|exercise| (place(exercise), exercise.id.clone()));
        (course, problems)
    }

    /// The exercises that come with caselint.
    pub fn embedded() -> Course {
        Course::read(&super::embedded()).0
    }

    /// The exercises of a set, or the one exercise of this id; all, where nothing is named.
    pub fn named(&self, name: Option<&str>) -> Vec<&Exercise> {
        let is_named = |exercise: &&Exercise| name.is_none_or(|name| exercise.set() == name || exercise.id == name);
        self.exercises.iter().filter(is_named).collect()
    }
}

impl Exercise {
    /// The id of its set.
    pub fn set(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The note as the linter reads it, with this text.
    pub fn record(&self, text: &str) -> Record {
        let mut record = Record::from_text(text);
        record.subject.age = self.note.age;
        record.genre = Some(self.note.genre.clone());
        record.agency = Some(self.note.agency.clone());
        record
    }

    /// What is to be flagged and what is to be left, in the order of the text.
    pub fn keys(&self) -> Vec<(Answer, &Key)> {
        let marks = self.marks.iter().map(|key| (Answer::Flag, key));
        let decoys = self.decoys.iter().map(|key| (Answer::Leave, key));
        let mut keys: Vec<_> = marks.chain(decoys).collect();
        keys.sort_by_key(|(_, key)| (key.span.start, key.span.end));
        keys
    }

    /// Finds the phrases of the key in the note.
    fn place(&mut self, file: &SourceFile) -> Vec<Problem> {
        let words = matching::words(&self.note.text);
        let mut problems = Vec::new();
        for key in self.marks.iter_mut().chain(&mut self.decoys) {
            match occurrence(&words, key) {
                Ok(span) => key.span = span,
                Err(message) => problems.push(problem(file, &key.phrase, message)),
            }
        }
        problems
    }
}

impl Key {
    /// Whether a row of the decision table is right here.
    pub fn is_row(&self, row: u8) -> bool {
        let same = |own: u8| own == row || matches!((own, row), (6, 7) | (7, 6));
        same(self.row) || self.or_row.iter().any(|own| same(*own))
    }

    /// Whether a family is right here.
    pub fn is_family(&self, family: &str) -> bool {
        self.family == family || self.or_family.iter().any(|own| own == family)
    }

    pub(super) fn touches(&self, span: &Range<usize>) -> bool {
        self.span.start < span.end && span.start < self.span.end
    }
}

fn occurrence(words: &[Word], key: &Key) -> Result<Range<usize>, String> {
    let places = matching::places(words, &key.phrase);
    let found = key.nth.checked_sub(1).and_then(|nth| places.get(nth)).cloned();
    let phrase = &key.phrase;
    match found {
        Some(place) => Ok(place),
        None if places.is_empty() => Err(format!("“{phrase}” is not in the note; copy the words as they stand there")),
        None => Err(format!("“{phrase}” stands {} times in the note, and `nth` is {}", places.len(), key.nth)),
    }
}

/// The id of the exercise in a file: its folder, which is its set, and its name.
pub(super) fn id_of(file: &SourceFile) -> String {
    let (set, name) = name_of(&file.name);
    format!("{set}/{}", name.trim_end_matches(".toml"))
}

/// The folder and the name of a file.
fn name_of(path: &str) -> (&str, &str) {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next().unwrap_or_default();
    (parts.next().unwrap_or_default(), name)
}

fn read<T: for<'de> Deserialize<'de>>(file: &SourceFile) -> Result<T, Problem> {
    toml::from_str(&file.text).map_err(|error| Problem::of_toml(&file.name, &file.text, &error))
}

fn wrong_format(file: &SourceFile, format: u32) -> Option<Problem> {
    let message = format!("the format is {format}, and this program reads format {FORMAT}");
    (format != FORMAT).then(|| problem(file, "format", message))
}

/// A problem of a file, at the line that holds these words.
pub(super) fn problem(file: &SourceFile, words: &str, message: String) -> Problem {
    let line = file.text.find(words).map(|at| place::line_at(&file.text, at));
    Problem { file: file.name.clone(), line, message }
}
