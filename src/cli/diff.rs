//! `caselint lexicon diff`: what a change of words does to the findings in notes.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use caselint::{Finding, Linter, Outcome, upkeep};

use super::args::LexiconDiffArgs;
use super::{Error, Status, complain, wanted};
use crate::input::{self, InputError, Note};
use crate::report::{Checked, compact_line, count};

/// Names the built-in lexicon where no file bears the name.
const BUILT_IN: &str = "built-in";

/// Compares what two lexicons find.
pub fn run(args: &LexiconDiffArgs) -> Result<Status, Error> {
    let (old, new) = (linter(&args.old)?, linter(&args.new)?);
    let mut diff = Diff { old, new, out: BufWriter::new(io::stdout().lock()), counts: Counts::default() };
    let options = Arc::default();
    for source in input::find(&args.paths, input::Format::Text).sources {
        match source.and_then(|source| Ok((input::open(&source, &options)?, source))) {
            Ok((notes, source)) => diff.source(&source.path, notes)?,
            Err(error) => diff.error(&error)?,
        }
    }
    let Counts { records, gone, come, changed, errors } = diff.counts;
    let records = count(records, "record");
    writeln!(diff.out, "{records}: {come} come, {gone} go, {changed} ask for something else")?;
    diff.out.flush()?;
    Ok(match (errors, gone + come + changed) {
        (1.., _) => Status::Error,
        (0, 0) => Status::Clear,
        (0, _) => Status::Found,
    })
}

/// The linter of one side.
fn linter(path: &Path) -> Result<Linter, Error> {
    let built_in = path == Path::new(BUILT_IN) && !path.exists();
    let paths: &[PathBuf] = if built_in { &[] } else { &[path.to_owned()] };
    let files = wanted::lexicons(paths)?;
    if files.is_empty() && !built_in {
        return Err(Error::NoLexicon { path: path.to_string_lossy().into_owned() });
    }
    upkeep::linter(&files).map_err(|errors| Error::Lexicon(errors.to_string()))
}

#[derive(Default)]
struct Counts {
    records: usize,
    gone: usize,
    come: usize,
    changed: usize,
    errors: usize,
}

struct Diff<W: Write> {
    old: Linter,
    new: Linter,
    out: W,
    counts: Counts,
}

/// What makes a finding the same: its field, place and rule.
type Key<'a> = (&'a Option<String>, usize, usize, &'a str);

impl<W: Write> Diff<W> {
    fn source(&mut self, path: &str, notes: input::Notes) -> io::Result<()> {
        for note in notes {
            match note {
                Ok(note) => self.note(path, &note)?,
                Err(error) => self.error(&error)?,
            }
        }
        Ok(())
    }

    /// Counts and tells an error, after what was found before it.
    fn error(&mut self, error: &InputError) -> io::Result<()> {
        self.counts.errors += usize::from(!error.is_notice());
        self.out.flush()?;
        complain(error);
        Ok(())
    }

    fn note(&mut self, path: &str, note: &Note) -> io::Result<()> {
        self.counts.records += 1;
        let [old, new] = [&self.old, &self.new].map(|linter| {
            let mut outcome = linter.check(&note.record);
            note.origin.place(&mut outcome);
            outcome
        });
        let (before, after) = (by_key(&old), by_key(&new));
        let mut keys: Vec<&Key> = before.keys().chain(after.keys()).collect();
        keys.sort_unstable_by_key(|(field, start, end, rule)| (field.as_deref(), *start, *end, *rule));
        keys.dedup();
        for key in keys {
            let (sign, outcome, finding) = match (before.get(key), after.get(key)) {
                (Some(old), Some(new)) if old.ask == new.ask => continue,
                (_, Some(finding)) if before.contains_key(key) => ('~', &new, *finding),
                (_, Some(finding)) => ('+', &new, *finding),
                (Some(finding), None) => ('-', &old, *finding),
                (None, None) => continue,
            };
            *match sign {
                '+' => &mut self.counts.come,
                '-' => &mut self.counts.gone,
                _ => &mut self.counts.changed,
            } += 1;
            let checked = Checked { path, record: &note.record, origin: &note.origin, outcome, known: None };
            writeln!(self.out, "{sign} {}", compact_line(&checked, finding))?;
        }
        Ok(())
    }
}

fn by_key(outcome: &Outcome) -> BTreeMap<Key<'_>, &Finding> {
    outcome.findings.iter().map(|f| ((&f.field, f.start, f.end, f.rule.as_str()), f)).collect()
}
