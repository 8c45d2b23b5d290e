//! `caselint check`

use std::env;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use caselint::Linter;

use super::args::{CheckArgs, ColorWhen, FailOn, Format, ReadingArgs, StdinFormat};
use super::{Error, Status, complain, wanted};
use crate::input::{self, InputError, Note, Source};
use crate::report::{Checked, Compact, Json, Jsonl, Quiet, Report, Summary, Terminal};

/// Checks what the arguments name.
pub fn run(args: &CheckArgs) -> Result<Status, Error> {
    let paths = paths(args)?;
    let config = wanted::config(&args.wanted)?;
    let linter = wanted::linter(&args.wanted, &config)?;
    let stdin_format = match args.stdin_format {
        StdinFormat::Text => input::Format::Text,
        StdinFormat::Jsonl => input::Format::Jsonl,
        StdinFormat::Json => input::Format::Json,
        StdinFormat::Csv => input::Format::Delimited,
        StdinFormat::Eml => input::Format::Mail,
        StdinFormat::Mbox => input::Format::Mbox,
    };
    let found = input::find(&paths, stdin_format);
    let mut run = Run {
        linter: &linter,
        report: report(args, &linter),
        out: BufWriter::new(io::stdout().lock()),
        summary: Summary::default(),
        show_left: args.show_left,
        options: Arc::new(options(args)),
        quiet: args.quiet,
    };
    run.summary.skip(&found.skipped);
    run.all(found.sources)?;
    Ok(status(args.fail_on.or(config.keys.fail_on).unwrap_or_default(), &run.summary))
}

/// How files are read.
fn options(args: &CheckArgs) -> input::Options {
    let ReadingArgs { column, no_header, limit, text_path } = &args.reading;
    let mut options = input::Options {
        columns: column.clone(),
        no_header: *no_header,
        text_path: text_path.clone(),
        ..input::Options::default()
    };
    for &(limit, value) in limit {
        options.limits.set(limit, value);
    }
    options
}

/// What is to be read: standard input where nothing is named and somebody pipes to it.
fn paths(args: &CheckArgs) -> Result<Vec<PathBuf>, Error> {
    match args.paths.as_slice() {
        [] if io::stdin().is_terminal() => Err(Error::NothingToRead),
        [] => Ok(vec![PathBuf::from("-")]),
        paths => Ok(paths.to_vec()),
    }
}

fn report(args: &CheckArgs, linter: &Linter) -> Box<dyn Report> {
    let format = if args.compact { Format::Compact } else { args.format };
    match format {
        _ if args.quiet => Box::new(Quiet),
        Format::Terminal => Box::new(Terminal {
            color: color(args.color, io::stdout().is_terminal(), |name| env::var_os(name)),
            explain: args.explain,
        }),
        Format::Compact => Box::new(Compact),
        Format::Json => Box::new(Json::new(linter.edition())),
        Format::Jsonl => Box::new(Jsonl),
    }
}

/// Whether to use colour, given whether the output is a terminal and what the environment says. Asking for it outright goes before
/// `NO_COLOR`.
fn color(when: ColorWhen, is_terminal: bool, environment: impl Fn(&str) -> Option<OsString>) -> bool {
    let no_color = || environment("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = || environment("TERM").is_some_and(|value| value == "dumb");
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => is_terminal && !no_color() && !is_dumb(),
    }
}

fn status(fail_on: FailOn, summary: &Summary) -> Status {
    let found = fail_on.ask().is_some_and(|ask| summary.asks_for(ask));
    match (summary.errors, found) {
        (1.., _) => Status::Error,
        (0, true) => Status::Found,
        (0, false) => Status::Clear,
    }
}

/// A run through all sources. One record is held at a time.
struct Run<'a, W: Write> {
    linter: &'a Linter,
    report: Box<dyn Report>,
    out: W,
    summary: Summary,
    show_left: bool,
    options: Arc<input::Options>,
    quiet: bool,
}

impl<W: Write> Run<'_, W> {
    fn all(&mut self, sources: Vec<Result<Source, InputError>>) -> io::Result<()> {
        self.report.start(&mut self.out)?;
        for source in sources {
            match source.and_then(|source| Ok((input::open(&source, &self.options)?, source))) {
                Ok((notes, source)) => self.source(&source, notes)?,
                Err(error) => self.error(&error)?,
            }
        }
        self.report.finish(&mut self.out, &self.summary)?;
        self.out.flush()
    }

    fn source(&mut self, source: &Source, notes: input::Notes) -> io::Result<()> {
        for note in notes {
            match note {
                Ok(note) => self.note(&source.path, &note)?,
                Err(error) => self.error(&error)?,
            }
        }
        Ok(())
    }

    fn note(&mut self, path: &str, note: &Note) -> io::Result<()> {
        let mut outcome = self.linter.check(&note.record);
        note.origin.place(&mut outcome);
        self.summary.add(&outcome);
        if !self.show_left {
            outcome.left.clear();
        }
        let checked = Checked { path, record: &note.record, origin: &note.origin, outcome: &outcome };
        self.report.record(&mut self.out, &checked)
    }

    /// Counts and tells an error, after what was found before it. A notice is told and not counted.
    fn error(&mut self, error: &InputError) -> io::Result<()> {
        error.passed_over().into_iter().for_each(|kinds| self.summary.skip(kinds));
        if error.is_notice() && self.quiet {
            return Ok(());
        }
        self.summary.errors += usize::from(!error.is_notice());
        self.out.flush()?;
        complain(error);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_for_terminals_and_heeds_no_color() {
        let with = |when, is_terminal, variable: Option<(&str, &str)>| {
            color(when, is_terminal, |name| variable.filter(|(known, _)| *known == name).map(|(_, value)| value.into()))
        };
        assert!(with(ColorWhen::Auto, true, None));
        assert!(!with(ColorWhen::Auto, false, None));
        assert!(!with(ColorWhen::Auto, true, Some(("NO_COLOR", "1"))));
        assert!(with(ColorWhen::Auto, true, Some(("NO_COLOR", ""))));
        assert!(!with(ColorWhen::Auto, true, Some(("TERM", "dumb"))));
        assert!(with(ColorWhen::Always, false, Some(("NO_COLOR", "1"))));
        assert!(!with(ColorWhen::Never, true, None));
    }
}
