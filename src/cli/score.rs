//! `caselint score`: how right the verdicts are on labelled records.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use caselint::score::{Error as Wrong, ErrorKind, Figures, Interval, Labelled, Report, Score};
use caselint::{Kind, Linter, upkeep};
use serde::Serialize;

use super::args::{ScoreArgs, ScoreFormat};
use super::{Error, Status, complain, wanted};
use crate::input::{InputError, files_with, read_text};
use crate::report::{count, safe};

/// Characters on either side of an error that are shown.
const AROUND: usize = 90;

/// Scores what the arguments name.
pub fn run(args: &ScoreArgs) -> Result<Status, Error> {
    let linter = linter(args)?;
    let mut run = Run { linter: &linter, score: Score::default(), errors: Vec::new(), unread: 0 };
    for path in files_with("jsonl", &args.paths) {
        if let Err(error) = path.and_then(|path| run.file(&path)) {
            run.unread += 1;
            complain(&error);
        }
    }
    let report = run.score.report();
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ScoreFormat::Text => {
            if args.errors {
                run.errors.iter().try_for_each(|found| found.write(&mut out))?;
            }
            write_report(&mut out, &report)?;
        }
        ScoreFormat::Json => {
            let errors = args.errors.then_some(&run.errors);
            serde_json::to_writer_pretty(&mut out, &Document { report: &report, errors }).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(if run.unread > 0 { Status::Error } else { Status::Clear })
}

fn linter(args: &ScoreArgs) -> Result<Linter, Error> {
    if args.words.is_empty() {
        let config = wanted::config(&args.wanted)?;
        return wanted::linter(&args.wanted, &config);
    }
    upkeep::linter(&wanted::lexicons(&args.words)?).map_err(|errors| Error::Lexicon(errors.to_string()))
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a Vec<Found>>,
}

/// A miss or false alarm, where it was found.
#[derive(Serialize)]
struct Found {
    record: String,
    #[serde(flatten)]
    error: Wrong,
    before: String,
    phrase: String,
    after: String,
}

struct Run<'a> {
    linter: &'a Linter,
    score: Score,
    errors: Vec<Found>,
    /// Lines and files that could not be read.
    unread: usize,
}

impl Run<'_> {
    fn file(&mut self, path: &Path) -> Result<(), InputError> {
        let text = read_text(path)?;
        let path = path.to_string_lossy();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match Labelled::read(line) {
                Ok(labelled) => self.record(&labelled, || format!("{path}:{}", number + 1)),
                Err(problem) => {
                    self.unread += 1;
                    complain(&InputError::Line { path: path.clone().into_owned(), line: number + 1, problem });
                }
            }
        }
        Ok(())
    }

    fn record(&mut self, labelled: &Labelled, place: impl Fn() -> String) {
        let errors = self.score.add(self.linter, labelled);
        let text = &labelled.record.text;
        self.errors.extend(errors.into_iter().map(|error| {
            let before = text[..error.start].char_indices().rev().take(AROUND).last().map_or(error.start, |(at, _)| at);
            let after = text[error.end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| error.end + at);
            Found {
                record: labelled.record.id.clone().unwrap_or_else(&place),
                before: text[before..error.start].to_owned(),
                phrase: text[error.start..error.end].to_owned(),
                after: text[error.end..after].to_owned(),
                error,
            }
        }));
    }
}

impl Found {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let Wrong { kind, about, rule, row, label_row, .. } = &self.error;
        let what = match (kind, row, label_row) {
            (ErrorKind::Miss, ..) if *about == Kind::Gap => "missed".to_owned(),
            (ErrorKind::Miss, Some(row), _) => format!("missed, left by row {row}"),
            (ErrorKind::Miss, None, _) => "missed, no mention".to_owned(),
            (ErrorKind::FalseAlarm, _, Some(label)) => format!("false alarm, row {label} in the labels"),
            (ErrorKind::FalseAlarm, _, None) => "false alarm".to_owned(),
        };
        let line = |text: &str| safe(&text.replace('\n', " ⏎ "));
        let (before, phrase, after) = (line(&self.before), line(&self.phrase), line(&self.after));
        write!(out, "{}: {what}: {rule}: {before}[{phrase}]{after}", safe(&self.record))?;
        for evidence in &self.error.evidence {
            write!(out, " <{}: {}>", evidence.kind, line(&evidence.text))?;
        }
        writeln!(out)
    }
}

fn write_report(out: &mut impl Write, report: &Report) -> io::Result<()> {
    writeln!(out, "{}", count(report.records, "record"))?;
    write_table(out, "", &report.overall, report.by_family.iter().map(|(family, figures)| (family.as_str(), figures)))?;
    writeln!(out, "\n{:24} {:>9} {:>9} {:>9} {:>9}", "to leave, by row", "labels", "unflagged", "seen", "right row")?;
    for (row, rows) in report
        .by_row
        .iter()
        .map(|(row, rows)| (row.to_string(), rows))
        .chain([("all".into(), &report.rows)])
    {
        writeln!(out, "{row:24} {:>9} {:>9} {:>9} {:>9}", rows.labels, rows.unflagged, rows.seen, rows.right_row)?;
    }
    writeln!(out, "\nwhat labels say, and which row decided")?;
    for (said, got) in &report.confusion {
        let got: Vec<String> = got.iter().map(|(got, count)| format!("{got} {count}")).collect();
        writeln!(out, "  {said}: {}", got.join(", "))?;
    }
    if report.pairs > 0 {
        writeln!(out, "\nminimal pairs: {} of {} wholly right", report.pairs_right, report.pairs)?;
    }
    if let Some(gaps) = &report.gaps {
        let short = |name| str::strip_prefix(name, "gap/").unwrap_or(name);
        write_table(out, "gaps", &gaps.overall, gaps.by_gap.iter().map(|(gap, figures)| (short(gap), figures)))?;
        if gaps.records < report.records {
            writeln!(out, "  over {} whose line has `gaps`", count(gaps.records, "record"))?;
        }
    }
    Ok(())
}

/// Figures overall, with their intervals, and of each part.
fn write_table<'r>(
    out: &mut impl Write,
    title: &str,
    overall: &Figures,
    parts: impl Iterator<Item = (&'r str, &'r Figures)>,
) -> io::Result<()> {
    writeln!(out, "\n{title:24} {:>9} {:>7} {:>6} {:>9} {:>7}", "precision", "recall", "F1", "findings", "labels")?;
    write_figures(out, "overall", overall)?;
    if let Some(intervals) = &overall.intervals {
        let show = |interval: &Interval| format!("{:.3} to {:.3}", interval.low, interval.high);
        let (precision, recall, f1) = (show(&intervals.precision), show(&intervals.recall), show(&intervals.f1));
        writeln!(out, "  95 % intervals: precision {precision}, recall {recall}, F1 {f1}")?;
    }
    for (name, figures) in parts {
        write_figures(out, name, figures)?;
    }
    Ok(())
}

fn write_figures(out: &mut impl Write, name: &str, figures: &Figures) -> io::Result<()> {
    let Figures { counts, precision, recall, f1, .. } = figures;
    writeln!(out, "{name:24} {precision:>9.3} {recall:>7.3} {f1:>6.3} {:>9} {:>7}", counts.findings, counts.labels)
}
