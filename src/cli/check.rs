//! `caselint check`

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use caselint::Linter;

use super::args::{CheckArgs, ColorWhen, FailOn, Format, ReadingArgs, StdinFormat};
use super::config::Config;
use super::output::Output;
use super::pool::{self, Plan, Sources};
use super::progress::Progress;
use super::resume::{Keeper, Reached};
use super::run::{Done, Run};
use super::{Error, Status, guard, interrupt, wanted};
use crate::input::{self, Note, Source};
use crate::report::{Checked, Compact, Counted, Json, Jsonl, Quiet, Report, Summary, Terminal};

/// Checks what the arguments name.
pub fn run(args: &CheckArgs) -> Result<Status, Error> {
    let paths = paths(args)?;
    let config = wanted::config(&args.wanted)?;
    let linter = wanted::linter(&args.wanted, &config)?;
    let stdin_format = match args.stdin_format {
        StdinFormat::Text => input::Format::Text,
        StdinFormat::Jsonl => input::Format::Jsonl,
    };
    let found = input::find(&paths, stdin_format);
    let mut run = prepare(args, &config, &linter, &found.sources)?;
    run.summary.skipped = found.skipped.values().sum();
    run.summary.skipped_kinds = found.skipped;
    guard::keep_quiet();
    let results = pool::start(plan(args, linter, found.sources, &run));
    run.all(results)?;
    if run.out.is_file() && !args.quiet {
        eprintln!("{}", run.summary);
    }
    Ok(status(args.fail_on.or(config.keys.fail_on).unwrap_or_default(), &run.summary))
}

/// A run, with what an interrupted one had done where it goes on.
fn prepare(args: &CheckArgs, config: &Config, linter: &Linter, sources: &Sources) -> Result<Run, Error> {
    let (keeper, reached) = match &args.resume {
        Some(path) => {
            may_resume(args)?;
            let (keeper, reached) = Keeper::open(path, &options(args, config, linter), sources)?;
            (Some(keeper), reached)
        }
        None => (None, None),
    };
    let out = match (&args.output, &reached) {
        (Some(path), Some(reached)) => Output::go_on(path, reached.bytes)?,
        (path, _) => Output::new(path.as_deref())?,
    };
    let report = report(args, linter, &out);
    let is_wanted = !args.quiet && !out.is_terminal();
    let options = Arc::new(reading(args));
    let progress = Progress::new(sources.iter().flatten(), options.meter.clone(), is_wanted);
    let Reached { position, summary, last_read, .. } = reached.unwrap_or_default();
    let (stop, quiet) = (interrupt::flag(), args.quiet);
    Ok(Run { report, out, summary, position, last_read, keeper, progress, options, stop, quiet })
}

/// What makes the output what it is, beside the input and the version.
fn options(args: &CheckArgs, config: &Config, linter: &Linter) -> String {
    let CheckArgs { show_left, explain, reading, wanted, .. } = args;
    let format = format(args);
    let version = caselint::VERSION;
    format!("{version} {} {format:?} {show_left} {explain} {reading:?} {wanted:?} {config:?}", linter.edition())
}

/// Only what is written line by line can be gone on with.
fn may_resume(args: &CheckArgs) -> Result<(), Error> {
    match format(args) {
        Format::Compact | Format::Jsonl => Ok(()),
        _ => Err(Error::Usage("--resume goes with --format jsonl or compact, which are written line by line".into())),
    }
}

fn plan(args: &CheckArgs, linter: Linter, sources: Sources, run: &Run) -> Plan<Done> {
    let (report, show_left) = (run.report.clone(), args.show_left);
    Plan {
        sources,
        from: run.position,
        jobs: args.jobs.unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)),
        check: Box::new(move |source, note| check(&linter, &*report, show_left, source, note)),
        options: run.options.clone(),
        stop: run.stop.clone(),
    }
}

/// Checks a record and writes it to memory.
fn check(linter: &Linter, report: &dyn Report, show_left: bool, source: &Source, note: Note) -> Done {
    let Note { record, origin } = note;
    let mut outcome = linter.check(&record);
    origin.place(&mut outcome);
    let counted = Counted::of(&record, &outcome);
    if !show_left {
        outcome.left.clear();
    }
    let mut written = Vec::new();
    let checked = Checked { path: &source.path, record: &record, origin: &origin, outcome: &outcome };
    // Memory takes all that is written to it.
    let _ = report.record(&mut written, &checked);
    Done { written, counted }
}

/// How files are read.
fn reading(args: &CheckArgs) -> input::Options {
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

fn format(args: &CheckArgs) -> Format {
    if args.compact { Format::Compact } else { args.format }
}

fn report(args: &CheckArgs, linter: &Linter, out: &Output) -> Arc<dyn Report> {
    match format(args) {
        _ if args.quiet => Arc::new(Quiet),
        Format::Terminal => Arc::new(Terminal {
            color: color(args.color, out.is_terminal(), |name| env::var_os(name)),
            explain: args.explain,
        }),
        Format::Compact => Arc::new(Compact),
        Format::Json => Arc::new(Json::new(linter.edition())),
        Format::Jsonl => Arc::new(Jsonl),
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
        _ if summary.interrupted => Status::Interrupted,
        (1.., _) => Status::Error,
        (0, true) => Status::Found,
        (0, false) => Status::Clear,
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
