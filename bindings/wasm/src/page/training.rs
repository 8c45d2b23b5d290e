//! What the Training page asks.

use std::ops::Range;

use caselint::Linter;
use caselint::lexicon::SourceFile;
use caselint::train::{self, Course, Exercise, Progress};
use serde::Deserialize;
use serde_json::{Value, json};

/// A question of the page, with the exercises that it has; those that come with caselint where it has none.
#[derive(Deserialize)]
pub struct Request {
    #[serde(default)]
    files: Vec<SourceFile>,
    #[serde(flatten)]
    ask: Ask,
}

#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
enum Ask {
    /// Sets and exercises, with what there is to read.
    Course,
    /// Where a phrase stands in the note.
    Find { exercise: String, phrase: String },
    /// What came of marks, in bytes of the note.
    Spot {
        exercise: String,
        marks: Vec<Range<usize>>,
        progress: Progress,
    },
    /// What came of rows.
    Sort { exercise: String, rows: Vec<Option<u8>>, progress: Progress },
    /// What can be said of a rewrite. It counts once the learner goes on.
    Rewrite { exercise: String, text: String, progress: Progress },
}

/// Answers with what was judged and, where something was, the progress after it.
pub fn answer(request: Request, linter: &Linter) -> Result<Value, String> {
    let course = course(&request.files)?;
    let named = |id: &str| {
        course
            .exercises
            .iter()
            .find(|exercise| exercise.id == id)
            .ok_or_else(|| format!("{id} is no exercise"))
    };
    Ok(match request.ask {
        Ask::Course => {
            let reading: Vec<Vec<String>> = course.exercises.iter().map(|exercise| train::reading(linter, exercise)).collect();
            let keys: Vec<_> = course.exercises.iter().map(Exercise::keys).collect();
            json!({ "sets": course.sets, "exercises": course.exercises, "reading": reading, "keys": keys, "rows": train::ROWS })
        }
        Ask::Find { exercise, phrase } => json!(train::find(&named(&exercise)?.note.text, &phrase)),
        Ask::Spot { exercise, marks, mut progress } => {
            let exercise = named(&exercise)?;
            let judged = train::judge_spot(exercise, &marks);
            progress.spotted(exercise, &judged);
            json!({ "judged": judged, "progress": progress })
        }
        Ask::Sort { exercise, rows, mut progress } => {
            let exercise = named(&exercise)?;
            let judged = train::judge_sort(exercise, &rows);
            progress.sorted(exercise, &judged);
            json!({ "judged": judged, "progress": progress })
        }
        Ask::Rewrite { exercise, text, mut progress } => {
            let exercise = named(&exercise)?;
            let judged = train::judge_rewrite(exercise, &course, linter, &text);
            progress.rewritten(exercise, &judged);
            json!({ "judged": judged, "progress": progress })
        }
    })
}

fn course(files: &[SourceFile]) -> Result<Course, String> {
    if files.is_empty() {
        return Ok(Course::embedded());
    }
    let (course, problems) = Course::read(files);
    match problems.first() {
        None => Ok(course),
        Some(problem) => Err(problem.to_string()),
    }
}
