//! `caselint check`

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use caselint::{Linter, Printed};

use super::args::{CheckArgs, ColorWhen, FailOn, Format, ReadingArgs, StdinFormat};
use super::config::Config;
use super::output::Output;
use super::pool::{self, Plan, Sources};
use super::progress::Progress;
use super::resume::{Keeper, Reached};
use super::run::{Done, Run};
use super::{Error, Status, guard, interrupt, wanted};
use crate::input::{self, Note, Source};
#[cfg(feature = "parquet")]
use crate::report::Parquet;
use crate::report::{
    Checked, Compact, Counted, Csv, Json, JsonRates, Jsonl, Key, Quiet, Rates, Repeated, Report, Rows, SHORTEST, Summary,
    TableRates, Terminal, Totals, safe,
};

/// Checks what the arguments name.
pub fn run(args: &CheckArgs) -> Result<Status, Error> {
    refuse(args)?;
    let paths = paths(&args.paths)?;
    let known = Known::read(args)?;
    let fail_on = args.fail_on.or(known.config.keys.fail_on).unwrap_or_default();
    let mut found = input::find(&paths, stdin_format(args.stdin_format));
    let own: Vec<&PathBuf> = args.output.iter().chain(&args.resume).collect();
    found.sources.retain(|source| !source.as_ref().is_ok_and(|source| is_one_of(source, &own)));
    let mut run = prepare(args, &known, &found.sources)?;
    // What an interrupted run keeps is their number.
    if run.goes_on {
        run.totals.summary.skipped_kinds = found.skipped;
    } else {
        run.totals.summary.skip(&found.skipped);
    }
    guard::keep_quiet();
    let results = pool::start(plan(args, known, found.sources, &run));
    run.all(results)?;
    // What goes to a file has its summary here, unless the summary is what it holds.
    if run.out.is_file() && !args.quiet && !matches!(format(args), Format::Terminal) {
        eprintln!("{}", run.totals.summary);
    }
    Ok(status(fail_on, &run.totals.summary))
}

/// Whether a source is one of the files that a run writes, and does not read.
fn is_one_of(source: &Source, own: &[&PathBuf]) -> bool {
    let input::From::File(file) = &source.from else {
        return false;
    };
    let place = |path: &Path| path.canonicalize().ok();
    own.iter().any(|own| place(own).is_some_and(|own| Some(own) == place(file)))
}

/// A run, with what an interrupted one had done where it goes on.
fn prepare(args: &CheckArgs, known: &Known, sources: &Sources) -> Result<Run, Error> {
    let (keeper, reached) = match &args.resume {
        Some(path) => {
            let (keeper, reached) = Keeper::open(path, &fingerprint(args, known), sources)?;
            (Some(keeper), reached)
        }
        None => (None, None),
    };
    let out = match (&args.output, &reached) {
        (Some(path), Some(reached)) => Output::go_on(path, reached.bytes)?,
        (path, _) => Output::new(path.as_deref())?,
    };
    let report = report(args, known, &out)?;
    let is_wanted = !args.quiet && (args.summary_only || !out.is_terminal());
    let options = Arc::new(reading(&args.reading));
    let progress = Progress::new(sources.iter().flatten(), options.meter.clone(), is_wanted);
    let goes_on = reached.is_some();
    let Reached { position, summary, last_read, .. } = reached.unwrap_or_default();
    let repeated = keeper.is_none().then(Repeated::default);
    let totals = Totals { summary: Summary { interrupted: false, ..summary }, rates: Rates::default(), repeated };
    let (stop, quiet) = (interrupt::flag(), args.quiet);
    Ok(Run { report, out, totals, goes_on, position, last_read, keeper, progress, options, stop, quiet })
}

/// What flags and files say of a run.
struct Known {
    config: Config,
    linter: Linter,
    /// The texts of blank forms.
    template: String,
    /// The secret of `--hash-key`.
    key: Option<Key>,
}

impl Known {
    fn read(args: &CheckArgs) -> Result<Self, Error> {
        let config = wanted::config(&args.wanted)?;
        let linter = wanted::linter(&args.wanted, &config)?;
        let template = template(args)?;
        let key = args.hash_key.as_deref().map(key).transpose()?;
        Ok(Known { config, linter, template, key })
    }
}

/// The texts of the blank forms that the flags name, in whatever format they are.
fn template(args: &CheckArgs) -> Result<String, Error> {
    let options = Arc::new(reading(&args.reading));
    let mut template = String::new();
    for source in input::find(&args.template, input::Format::Text).sources {
        for note in input::open(&source?, &options)? {
            match note {
                Ok(Note { record, .. }) => {
                    let fields = record.fields.iter().flat_map(|field| field.heading.iter().chain([&field.text]));
                    for text in std::iter::once(&record.text).chain(fields) {
                        template.push_str(text);
                        template.push('\n');
                    }
                }
                Err(notice) if notice.is_notice() => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(template)
}

fn key(path: &Path) -> Result<Key, Error> {
    let name = || path.to_string_lossy().into_owned();
    let secret = fs::read(path).map_err(|error| Error::File { path: name(), error })?;
    Key::new(&secret).ok_or_else(|| {
        Error::Usage(format!("{}: a secret has {SHORTEST} bytes or more; openssl rand -hex 32 makes one", safe(&name())))
    })
}

/// What makes the output what it is, beside the input.
fn fingerprint(args: &CheckArgs, known: &Known) -> String {
    let CheckArgs { show_left, explain, with_text, reading, wanted, .. } = args;
    let Known { config, linter, template, key } = known;
    let key = key.as_ref().map(|key| key.sign(caselint::NAME));
    let (version, edition, format) = (caselint::VERSION, linter.edition(), format(args));
    format!(
        "{version} {edition} {format:?} {show_left} {explain} {with_text} {reading:?} {wanted:?} {config:?} {template:?} {key:?}"
    )
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
    let (report, linter, show_left) = (run.report.clone(), known.linter, args.show_left);
    Plan {
        sources,
        from: run.position,
        jobs: args.jobs.unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)),
        check: Box::new(move |source, note, printed| check(&linter, &*report, show_left, source, note, printed)),
        options: run.options.clone(),
        template: Printed::of_form(&known.template),
        stop: run.stop.clone(),
    }
}

/// Checks a record and writes it to memory.
fn check(linter: &Linter, report: &dyn Report, show_left: bool, source: &Source, note: Note, printed: &Printed) -> Done {
    let Note { record, origin } = note;
    let mut outcome = linter.check_form(&record, printed);
    let counted = Counted::of(&record, &outcome);
    origin.place(&mut outcome);
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
pub(super) fn reading(args: &ReadingArgs) -> input::Options {
    let ReadingArgs { column, no_header, limit, text_path } = args;
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

fn format(args: &CheckArgs) -> Format {
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
