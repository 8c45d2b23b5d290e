//! Records that are read and checked to be looked at together, for commands that write one paper about all of them.

use std::path::Path;
use std::sync::Arc;

use caselint::case::Document;
use caselint::page::Entry;
use caselint::{Linter, Outcome, Printed};

use super::args::RecordsArgs;
use super::check::{paths, reading, stdin_format};
use super::pool::{self, Plan, Position};
use super::{Error, case, complain, known, wanted};
use crate::input::{self, Note};
use crate::report::{Counted, Summary};

/// All records of a command, in order.
pub struct Gathered {
    pub linter: Arc<Linter>,
    pub records: Vec<Checked>,
    /// What could not be read, a sentence each.
    pub errors: Vec<String>,
    pub summary: Summary,
}

/// A record that was checked. Lines and locations of the outcome are those of its file, and offsets those of the record's text.
pub struct Checked {
    pub path: String,
    pub note: Note,
    pub outcome: Outcome,
}

impl Checked {
    /// The record as a page shows it.
    pub fn entry(&self) -> Entry<'_> {
        Entry::new(&self.path, &self.note.record, &self.outcome)
    }

    /// The record as a part of a case.
    pub fn document(&self) -> Document<'_> {
        case::document(&self.path, &self.note)
    }
}

/// Reads and checks what the arguments name. What cannot be read is told, and the others are read.
///
/// # Errors
/// Where the command is wrong, also where it would read the file `output` that it writes.
pub fn gather(args: &RecordsArgs, output: Option<&Path>) -> Result<Gathered, Error> {
    let paths = paths(&args.paths)?;
    let config = wanted::config(&args.wanted)?;
    let linter = Arc::new(wanted::linter(&args.wanted, &config)?);
    let template = known::template(&args.template, &args.reading)?;
    let found = input::find(&paths, stdin_format(args.stdin_format));
    wanted::refuse_own(output, args, std::iter::empty())?;
    if let Some(path) = output
        && found.sources.iter().flatten().any(|source| source.is_at(path))
    {
        return Err(Error::OutputIsRead { path: path.to_string_lossy().into_owned() });
    }
    let mut summary = Summary::default();
    summary.skip(&found.skipped);
    let checker = linter.clone();
    let plan = Plan {
        sources: found.sources,
        from: Position::default(),
        jobs: pool::jobs(args.jobs),
        check: Box::new(move |source, note: Note, printed| {
            let mut outcome = checker.check_form(&note.record, printed);
            let counted = Counted::of(&note.record, &outcome);
            note.origin.locate(&mut outcome);
            (Checked { path: source.path.clone(), note, outcome }, counted)
        }),
        options: Arc::new(reading(&args.reading)),
        template: Printed::of_form(&template),
        stop: Arc::default(),
    };
    let (mut records, mut errors, mut last) = (Vec::new(), Vec::new(), None);
    pool::start(plan).each(|source, result| match result {
        Ok((checked, counted)) => {
            summary.files += usize::from(last.replace(source) != Some(source));
            summary.add(&counted);
            records.push(checked);
        }
        Err(error) => {
            error.passed_over().into_iter().for_each(|kinds| summary.skip(kinds));
            complain(&error);
            if !error.is_notice() {
                summary.errors += 1;
                errors.push(error.to_string());
            }
        }
    });
    Ok(Gathered { linter, records, errors, summary })
}
