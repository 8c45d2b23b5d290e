//! `caselint train`: exercises in the terminal, and what trainers need.

mod args;
mod export;
mod page;
mod play;
mod rewriting;
mod scorm;
mod store;
mod talk;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use caselint::Linter;
use caselint::lexicon::SourceFile;
use caselint::train::{self, Course, Group};
use caselint::upkeep::Catalogue;

pub use args::{EXAMPLES, TrainArgs};

use self::args::{CheckArgs, CourseArgs, GroupArgs, NewArgs, ProgressArgs, TrainCommand};
use self::store::Store;
use super::{Error, Status, complain, wanted};
use crate::input::{self, Format, read_text};
use crate::report::{count, safe};

/// What ends the training early.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A line a problem.
    #[error("{0}")]
    Exercises(String),
    #[error("`{}` is no set and no exercise; caselint train list names them", safe(.0))]
    Unknown(String),
    #[error("no data folder is known here; name a file with --progress, or keep nothing with --no-progress")]
    NoDataFolder,
    #[error("{}: {why}; delete it with caselint train forget, or name another file with --progress", safe(.path))]
    Progress { path: String, why: String },
    #[error("{}: this is no progress file, so it was not deleted", safe(.0))]
    NoProgress(String),
    #[error("{}: this is no caselint.html with a page for training; take the one that belongs to this version", safe(.0))]
    NoPage(String),
    #[error("{}: {error}", safe(.path))]
    Write { path: String, error: io::Error },
}

/// Runs the command.
pub fn run(args: &TrainArgs) -> Result<Status, Error> {
    match &args.command {
        None => play::run(args),
        Some(TrainCommand::List(args)) => list(args),
        Some(TrainCommand::Check(args)) => check(args),
        Some(TrainCommand::New(args)) => new(args),
        Some(TrainCommand::Export(args)) => export::run(args),
        Some(TrainCommand::Progress(args)) => progress(args),
        Some(TrainCommand::Forget(args)) => forget(args),
        Some(TrainCommand::Group(args)) => group(args),
    }
}

/// The linter that keys are made for: the embedded lexicon, with everything that is on by itself.
fn linter() -> Result<Linter, Error> {
    Linter::builder().build().map_err(|error| Error::Lexicon(error.to_string()))
}

fn catalogue() -> Result<Catalogue, Error> {
    Catalogue::new(&[]).map_err(|errors| Error::Lexicon(errors.to_string()))
}

/// The exercises of a folder, or those that come with caselint.
fn course(args: &CourseArgs) -> Result<Course, Error> {
    let (course, problems) = Course::read(&files(args.exercises.as_deref())?);
    if problems.is_empty() {
        return Ok(course);
    }
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Err(TrainError::Exercises(problems.join("\n")).into())
}

/// What is common to all exercises comes with caselint, where the folder does not say it itself.
fn files(folder: Option<&Path>) -> Result<Vec<SourceFile>, Error> {
    let Some(folder) = folder else { return Ok(train::embedded()) };
    let mut files = wanted::lexicons(&[folder.to_owned()])?;
    if !files.iter().any(|file| file.name.ends_with(train::SETS)) {
        files.extend(train::embedded().into_iter().filter(|file| file.name == train::SETS));
    }
    Ok(files)
}

fn list(args: &CourseArgs) -> Result<Status, Error> {
    let course = course(args)?;
    let out = &mut io::stdout().lock();
    for set in &course.sets {
        writeln!(out, "{}: {}", safe(&set.id), safe(&set.title))?;
        for exercise in course.exercises.iter().filter(|exercise| exercise.set() == set.id) {
            writeln!(out, "  {}  {}", safe(&exercise.id), safe(&exercise.title))?;
        }
    }
    Ok(Status::Clear)
}

fn check(args: &CheckArgs) -> Result<Status, Error> {
    let mut files = if args.paths.is_empty() { train::embedded() } else { wanted::lexicons(&args.paths)? };
    if !files.iter().any(|file| file.name.ends_with(train::SETS)) {
        files.extend(train::embedded().into_iter().filter(|file| file.name == train::SETS));
    }
    let checked = train::check(&files, &linter()?);
    let out = &mut io::stdout().lock();
    for problem in &checked.problems {
        writeln!(out, "{}", safe(&problem.to_string()))?;
    }
    let (marks, decoys) = (count(checked.marks, "mark"), count(checked.decoys, "decoy"));
    let about = format!("{}, {marks}, {decoys}", count(checked.exercises, "exercise"));
    if !checked.problems.is_empty() {
        writeln!(out, "{about}: {} to mend.", checked.problems.len())?;
        return Ok(Status::Found);
    }
    writeln!(out, "{about}: sound. The linter judges as the keys do, save for {}, which say why.", checked.differs)?;
    Ok(Status::Clear)
}

/// Writes an exercise for each record of the file; there is one, as a rule.
fn new(args: &NewArgs) -> Result<Status, Error> {
    let linter = linter()?;
    let mut status = Status::Clear;
    for source in input::find(std::slice::from_ref(&args.note), Format::Text).sources {
        for note in input::open(&source?, &Arc::default())? {
            match note {
                Ok(note) => write!(io::stdout().lock(), "{}", train::propose(&linter, &note.record))?,
                Err(error) => {
                    complain(&error);
                    status = status.max(if error.is_notice() { Status::Clear } else { Status::Error });
                }
            }
        }
    }
    Ok(status)
}

fn progress(args: &ProgressArgs) -> Result<Status, Error> {
    let store = Store::new(args)?;
    let progress = store.read()?;
    let out = &mut io::stdout().lock();
    writeln!(out, "{} done. Kept in {}", count(progress.exercises.len(), "exercise"), safe(&store.name()))?;
    page::families(out, &progress.families())?;
    Ok(Status::Clear)
}

fn forget(args: &ProgressArgs) -> Result<Status, Error> {
    let store = Store::new(args)?;
    let said = if store.forget(args.progress.is_some())? { "Deleted" } else { "Nothing is kept in" };
    writeln!(io::stdout().lock(), "{said} {}", safe(&store.name()))?;
    Ok(Status::Clear)
}

/// Files that cannot be read are told; the others count.
fn group(args: &GroupArgs) -> Result<Status, Error> {
    let mut group = Group::default();
    let mut status = Status::Clear;
    for path in &args.files {
        let progress = read_text(path).map_err(Error::from).and_then(|text| Ok(store::read(path, &text)?));
        match progress {
            Ok(progress) => group.add(&progress),
            Err(error) => {
                complain(&error);
                status = Status::Error;
            }
        }
    }
    let out = &mut io::stdout().lock();
    writeln!(out, "{}. No names are kept, and nobody can be told from another.", count(group.learners as usize, "learner"))?;
    for (id, learners) in &group.exercises {
        writeln!(out, "  {learners:>3} did {}", safe(id))?;
    }
    page::families(out, &group.families)?;
    Ok(status)
}
