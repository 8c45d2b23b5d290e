//! Exercises: invented notes with a key, and the judging of what a learner makes of them.
//!
//! Like the rest of the engine this reads and writes no files and knows no English: what belongs to a note stands in its exercise, what belongs
//! to all of them in `examples/exercises/sets.toml`. Nothing here gives a mark to a person. What a learner did is told item by item,
//! and [`Progress`] only counts what was seen and missed, by family.

mod check;
mod exercise;
mod facts;
mod matching;
mod print;
mod progress;
mod propose;
mod rewrite;
mod sort;
mod spot;

use crate::lexicon::SourceFile;
use crate::lexicon::schema::citation;
use crate::linter::Linter;

pub use check::{Checked, check};
pub use exercise::{Answer, Course, Exercise, Key, Model, Note, Phrases, Point, SETS, Set, Task, Trap};
pub use matching::find;
pub use print::{Page, pack};
pub use progress::{Done, Group, Progress, Tally};
pub use propose::propose;
pub use rewrite::{Judged, Nature, Remark, judge as judge_rewrite};
pub use sort::{Choice, Sorted, judge as judge_sort};
pub use spot::{Outcome, Seen, Spotted, judge as judge_spot};

/// What each row of the decision table says, for those who sort.
pub const ROWS: [(u8, &str); 9] = [
    (1, "another sense of the words"),
    (2, "the word itself is discussed or corrected"),
    (3, "a general statement, about no particular person"),
    (4, "negated, so that it no longer blames"),
    (5, "about somebody who is not the child or victim"),
    (6, "explained or challenged close by"),
    (8, "blame in the writer's own voice"),
    (9, "somebody's words, with nothing beside them"),
    (10, "the writer's own word, with nothing beside it"),
];

/// What a row says. Rows 6 and 7 are one for a reader.
pub fn row_says(row: u8) -> &'static str {
    let row = if row == 7 { 6 } else { row };
    ROWS.iter().find(|(number, _)| *number == row).map_or("", |(_, says)| says)
}

static EXERCISES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/exercises.bin"));

/// The publications of an exercise, a line each.
pub fn reading(linter: &Linter, exercise: &Exercise) -> Vec<String> {
    let line = |cited: &String| {
        let (id, place) = citation(cited);
        Some(linter.lexicon.sources.get(id)?.in_full(place))
    };
    exercise.sources.iter().filter_map(line).collect()
}

/// The exercises that come with caselint, as they stand in `examples/exercises/`.
pub fn embedded() -> Vec<SourceFile> {
    postcard::from_bytes(EXERCISES).expect("build.rs wrote these bytes with the same types")
}
