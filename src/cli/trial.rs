//! `caselint trial` and `caselint trial read`

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use caselint::page::Sheet;
use caselint::tell::count;
use caselint::trial::{Answers, Figure, Key, Reading, draw, read};

use super::args::{DrawArgs, ScoreFormat, TrialArgs, TrialCommand, TrialReadArgs};
use super::gather::{Gathered, gather};
use super::output::Output;
use super::{Error, Status, clock, files};
use crate::input::read_text;
use crate::report::{lines, safe};

/// Columns of a line that a person reads.
const WIDTH: usize = 80;

/// What figures of a trial can tell, and what not.
const STATEMENT: &str = "These figures are about the records that the sheet was drawn from, as its readers judged them, and about nothing else. \
     They say how often a flag was right. How much was missed (recall) cannot be told from a sheet, since it shows only words that caselint \
     knows: for that, whole notes have to be read and labelled, as docs/measuring.md says.";

pub fn run(args: &TrialArgs) -> Result<Status, Error> {
    match (&args.read, &args.draw.output) {
        (Some(TrialCommand::Read(args)), _) => read_answers(args),
        (None, Some(output)) => write_sheet(&args.draw, output),
        (None, None) => Err(Error::Usage("name a file for the sheet with --output".to_owned())),
    }
}

/// Draws a sheet and writes it with its key.
fn write_sheet(args: &DrawArgs, output: &Path) -> Result<Status, Error> {
    let Gathered { linter, records, errors, summary } = gather(&args.records, Some(output))?;
    let records: Vec<_> = records.iter().map(|checked| (&checked.note.record, &checked.outcome)).collect();
    let (items, key) = draw(&records, args.number, args.seed, linter.edition());
    if items.is_empty() {
        return Err(Error::Usage(format!("{summary}; there is no mention to draw")));
    }
    let mut sheet = Sheet::new(&key.sheet, &items);
    sheet.title = args.title.as_deref();
    sheet.date = Some(args.date.unwrap_or_else(clock::today));
    let key_path = output.with_extension("key.json");
    write_key(&key_path, &key)?;
    let mut out = Output::new(Some(output))?;
    let written = out.write_all(sheet.to_html().as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| out.error(error))?;
    let flagged = key.items.iter().filter(|item| item.verdict == caselint::Verdict::Flag).count();
    // Where nobody listens there is nobody to tell.
    let _ = writeln!(
        io::stderr(),
        "{summary}\n{} drawn: {flagged} of {} that were flagged, {} of {} that were left alone. Keep {} from the readers.",
        count(items.len(), "mention"),
        key.flagged,
        items.len() - flagged,
        key.left,
        safe(&key_path.to_string_lossy())
    );
    Ok(if errors.is_empty() { Status::Clear } else { Status::Error })
}

/// Writes the key, and over no other: answers to an earlier sheet could not be read without theirs.
fn write_key(path: &Path, key: &Key) -> Result<(), Error> {
    let name = || path.to_string_lossy().into_owned();
    let text = serde_json::to_string_pretty(key).map_err(io::Error::from);
    text.and_then(|text| files::write_new(path, &text)).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Error::Usage(format!(
            "{}: this key is there already, and answers to its sheet cannot be read without it; name another --output, or move it",
            safe(&name())
        )),
        _ => Error::File { path: name(), error },
    })
}

fn read_answers(args: &TrialReadArgs) -> Result<Status, Error> {
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let text = fs::read_to_string(&args.key).map_err(|error| Error::File { path: name(&args.key), error })?;
    let key: Key = serde_json::from_str(&text)
        .map_err(|error| Error::Usage(format!("{}: this is no key of a sheet: {error}", safe(&name(&args.key)))))?;
    let answers = |path: &PathBuf| {
        let text = read_text(path)?;
        Answers::read(&text).map_err(|error| Error::Answers { path: name(path), error })
    };
    let answers: Vec<Answers> = args.answers.iter().map(answers).collect::<Result<_, _>>()?;
    let reading = read(&key, &answers)?;
    let mut out = io::stdout().lock();
    match args.format {
        ScoreFormat::Text => tell(&mut out, &reading)?,
        ScoreFormat::Json => {
            let reading = serde_json::to_value(&reading).map_err(io::Error::from)?;
            let document = serde_json::json!({
                "schema_version": 1,
                "sheet": key.sheet,
                "tool": { "name": caselint::NAME, "version": key.version, "lexicon": key.lexicon },
                "reading": reading,
                "statement": STATEMENT,
            });
            writeln!(out, "{document}")?;
        }
    }
    Ok(Status::Clear)
}

fn tell(out: &mut dyn Write, reading: &Reading) -> io::Result<()> {
    let Reading { readers, items, flagged, left, unjudged, tied, agreement, .. } = reading;
    let mut opening = format!("{} on {}", count(*readers, "reader"), count(*items, "mention"));
    if *unjudged > 0 {
        opening.push_str(&format!("; on {unjudged} of them nobody could tell"));
    }
    if *tied > 0 {
        opening.push_str(&format!("; on {tied} of them the readers were evenly split"));
    }
    writeln!(out, "{opening}\n\nFlagged, and the readers agree: precision on these records")?;
    writeln!(out, "  {:<24}{:>8}{:>8}{:>11}   95 % interval", "family", "judged", "agreed", "precision")?;
    let families = flagged.families.iter().map(|(name, figure)| (name.as_str(), figure));
    families
        .chain([("all families", &flagged.all)])
        .try_for_each(|(name, figure)| row(out, name, figure))?;
    writeln!(out, "\nLeft alone, and the readers would leave them too")?;
    row(out, "all families", left)?;
    if let Some(agreement) = agreement {
        let text = format!("Two readers answered alike {} times of {}.", agreement.same, agreement.pairs);
        writeln!(out, "\n{text}")?;
    }
    writeln!(out)?;
    lines(STATEMENT, WIDTH).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn row(out: &mut dyn Write, name: &str, figure: &Figure) -> io::Result<()> {
    let Figure { judged, agreed, share, low, high, .. } = figure;
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let name = safe(name);
    match (share, low, high) {
        (Some(share), Some(low), Some(high)) => {
            writeln!(out, "  {name:<24}{judged:>8}{agreed:>8}{:>11}   {} to {}", percent(*share), percent(*low), percent(*high))
        }
        _ => writeln!(out, "  {name:<24}{judged:>8}{agreed:>8}{:>11}", "–"),
    }
}
