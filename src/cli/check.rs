//! `caselint check`

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use caselint::policy::FailOn;
use caselint::{Linter, Outcome, Printed};

use super::args::{CheckArgs, ColorWhen, Format, ReadingArgs, StdinFormat};
use super::known::Known;
use super::output::Output;
use super::pool::{self, Plan, Sources};
use super::progress::Progress;
use super::resume::{Keeper, Reached};
use super::run::{Done, Run};
use super::{Error, Status, interrupt, wanted};
use crate::input::{self, Note, Source};
#[cfg(feature = "parquet")]
use crate::report::Parquet;
use crate::report::{
    Baseline, Checked, Compact, Compared, Counted, Csv, Json, JsonRates, Jsonl, Quiet, Rates, Repeated, Report, Rows, Sarif,
    Summary, TableRates, Terminal, Totals,
};

/// Checks what the arguments name.
pub fn run(args: &CheckArgs) -> Result<Status, Error> {
    refuse(args)?;
    let paths = paths(&args.records.paths)?;
    let known = Known::read(args)?;
    let fail_on = args.fail_on.or(known.config.keys.fail_on).unwrap_or_default();
    let mut found = input::find(&paths, stdin_format(args.records.stdin_format));
    let resume = args.resume.iter();
    wanted::refuse_own(args.output.as_deref(), &args.records, resume.chain(&args.hash_key))?;
    let is_read = leave_own(args, &mut found.sources);
    let mut run = prepare(args, &known, &found.sources, is_read)?;
    if !run.goes_on {
        run.totals.summary.skip(&found.skipped);
    }
    let results = pool::start(plan(args, known, found.sources, &run));
    run.all(results)?;
    // What goes to a file has its summary here, unless the summary is what it holds.
    if run.out.is_file() && !args.quiet && !matches!(format(args), Format::Terminal) {
        // Where nobody listens there is nobody to tell.
        let _ = writeln!(io::stderr(), "{}", run.totals.summary);
    }
    Ok(status(fail_on, &run.totals.summary))
}

/// Takes the files that a run writes from those that it reads, and tells whether the output was among them.
fn leave_own(args: &CheckArgs, sources: &mut Sources) -> bool {
    let is = |source: &Result<Source, input::InputError>, own: &Option<PathBuf>| {
        own.as_ref().is_some_and(|own| source.as_ref().is_ok_and(|source| source.is_at(own)))
    };
    let is_read = sources.iter().any(|source| is(source, &args.output));
    sources.retain(|source| !is(source, &args.output) && !is(source, &args.resume));
    is_read
}

/// A run, with what an interrupted one had done where it goes on.
///
/// `is_read` tells that the output is one of the files to be read; it would be lost, unless it is that of the interrupted run.
fn prepare(args: &CheckArgs, known: &Known, sources: &Sources, is_read: bool) -> Result<Run, Error> {
    let (keeper, reached) = match &args.resume {
        Some(path) => {
            let (keeper, reached) = Keeper::open(path, &known.fingerprint(args), sources)?;
            (Some(keeper), reached)
        }
        None => (None, None),
    };
    let out = match (&args.output, &reached) {
        (Some(path), None) if is_read => return Err(Error::OutputIsRead { path: path.to_string_lossy().into_owned() }),
        (Some(path), Some(reached)) => Output::go_on(path, reached.bytes)?,
        (path, _) => Output::new(path.as_deref())?,
    };
    let report = report(args, known, &out)?;
    let is_wanted = !args.quiet && (args.summary_only || !out.is_terminal());
    let options = Arc::new(reading(&args.records.reading));
    let progress = Progress::new(sources.iter().flatten(), options.meter.clone(), is_wanted);
    let goes_on = reached.is_some();
    let Reached { position, summary, skipped_kinds, last_read, .. } = reached.unwrap_or_default();
    let repeated = keeper.is_none().then(Repeated::default);
    let totals = Totals {
        summary: Summary { interrupted: false, skipped_kinds, ..summary },
        rates: args.summary_only.then(Rates::default),
        repeated,
        compared: known.baseline.clone().map(Compared::new),
    };
    let (stop, quiet) = (interrupt::flag(), args.quiet);
    Ok(Run { report, out, totals, goes_on, position, last_read, keeper, progress, options, stop, quiet })
}

/// Refuses flags that do not go together.
fn refuse(args: &CheckArgs) -> Result<(), Error> {
    let format = format(args);
    let is_table = format.is_table();
    let wrong = [
        (
            args.resume.is_some() && !format.is_of_lines(),
            "--resume goes with --format jsonl, csv or compact, which are written line by line",
        ),
        (
            args.resume.is_some() && args.baseline.is_some(),
            "--baseline does not go with --resume: a part of the records cannot tell what is found no more",
        ),
        (
            args.with_text && !is_table,
            "--with-text goes with --format csv or parquet; the other formats have the words by themselves",
        ),
        (args.hash_key.is_some() && !is_table, "--hash-key goes with --format csv or parquet"),
        (
            args.summary_only && !matches!(format, Format::Terminal | Format::Json),
            "--summary-only is written for the terminal or with --format json",
        ),
    ];
    let first = wrong.iter().find(|(is_wrong, _)| *is_wrong);
    first.map_or(Ok(()), |(_, why)| Err(Error::Usage((*why).to_owned())))
}

fn plan(args: &CheckArgs, known: Known, sources: Sources, run: &Run) -> Plan<Done> {
    let (report, show_left) = (run.report.clone(), args.show_left);
    let Known { linter, baseline, template, .. } = known;
    Plan {
        sources,
        from: run.position,
        jobs: pool::jobs(args.records.jobs),
        check: Box::new(move |source, note, printed| {
            let checker = Checker { linter: &linter, report: &*report, show_left, baseline: baseline.as_deref() };
            checker.check(source, note, printed)
        }),
        options: run.options.clone(),
        template: Printed::of_form(&template),
        stop: run.stop.clone(),
    }
}

/// What each record is checked with.
struct Checker<'a> {
    linter: &'a Linter,
    report: &'a dyn Report,
    show_left: bool,
    baseline: Option<&'a Baseline>,
}

impl Checker<'_> {
    /// Checks a record and writes it to memory.
    fn check(&self, source: &Source, note: Note, printed: &Printed) -> Done {
        let Note { record, origin } = note;
        let mut outcome = self.linter.check_form(&record, printed);
        let mut known = Outcome::default();
        known.findings = self.baseline.map_or_else(Vec::new, |baseline| baseline.take(&mut outcome));
        let mut counted = Counted::of(&record, &outcome);
        counted.known = known.findings.iter().map(|finding| finding.fingerprint.clone()).collect();
        origin.place(&mut outcome);
        origin.place(&mut known);
        if !self.show_left {
            outcome.left.clear();
        }
        let mut written = Vec::new();
        let checked = Checked {
            path: &source.path,
            record: &record,
            origin: &origin,
            outcome: &outcome,
            known: self.baseline.map(|_| known.findings.as_slice()),
        };
        // Memory takes all that is written to it.
        let _ = self.report.record(&mut written, &checked);
        Done { written, counted }
    }
}

/// How files are read.
pub(super) fn reading(args: &ReadingArgs) -> input::Options {
    let ReadingArgs { column, no_header, limit, text_path } = args;
    let mut options = input::Options {
        columns: input::Columns { named: column.clone(), no_header: *no_header },
        text_path: text_path.clone(),
        ..input::Options::default()
    };
    for &(limit, value) in limit {
        options.limits.set(limit, value);
    }
    options
}

/// What is to be read: standard input where nothing is named and somebody pipes to it.
pub(super) fn paths(named: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    match named {
        [] if io::stdin().is_terminal() => Err(Error::NothingToRead),
        [] => Ok(vec![PathBuf::from("-")]),
        paths => Ok(paths.to_vec()),
    }
}

/// The format of standard input.
pub(super) fn stdin_format(format: StdinFormat) -> input::Format {
    match format {
        StdinFormat::Text => input::Format::Text,
        StdinFormat::Jsonl => input::Format::Jsonl,
        StdinFormat::Json => input::Format::Json,
        StdinFormat::Csv => input::Format::Delimited,
        StdinFormat::Eml => input::Format::Mail,
        StdinFormat::Mbox => input::Format::Mbox,
    }
}

pub fn format(args: &CheckArgs) -> Format {
    if args.compact { Format::Compact } else { args.format }
}

fn report(args: &CheckArgs, known: &Known, out: &Output) -> Result<Arc<dyn Report>, Error> {
    let lexicon = known.linter.edition().to_owned();
    let rows = || Rows::new(&known.linter, known.key.clone(), args.with_text);
    Ok(match format(args) {
        _ if args.quiet => Arc::new(Quiet),
        Format::Json if args.summary_only => Arc::new(JsonRates { lexicon }),
        _ if args.summary_only => Arc::new(TableRates),
        Format::Terminal => Arc::new(Terminal {
            color: color(args.color, out.is_terminal(), |name| env::var_os(name)),
            explain: args.explain,
        }),
        Format::Compact => Arc::new(Compact),
        Format::Json => Arc::new(Json::new(lexicon)),
        Format::Jsonl => Arc::new(Jsonl),
        Format::Csv => Arc::new(Csv(rows())),
        Format::Sarif => Arc::new(Sarif::new(&lexicon, &known.catalogue(&args.records.wanted)?, known.baseline.is_some())),
        #[cfg(feature = "parquet")]
        Format::Parquet if out.is_terminal() => {
            return Err(Error::Usage("--format parquet is nothing to read; name a file with --output".into()));
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => Arc::new(Parquet::new(rows()).map_err(Error::Output)?),
    })
}

/// Whether to use colour on standard output.
pub(super) fn has_color(when: ColorWhen) -> bool {
    color(when, io::stdout().is_terminal(), |name| env::var_os(name))
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
