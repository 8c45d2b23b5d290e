//! All records that are named, checked, each under a name that a register can know it by.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use caselint::record::Subject;
use caselint::{Ask, Finding, Linter, Outcome, Printed};

use super::args::ReadingArgs;
use super::check::reading;
use super::pool::{self, Plan, Position};
use super::register_args::{FilesArgs, Threshold};
use super::{Error, complain, known, wanted};
use crate::input::{self, Format, From, Note, Source};
use crate::report::{Checked, name_of};

/// A record that was checked. The places of its findings are those of its file.
pub struct Gathered {
    /// What the register calls it: its id, or its file and the row that it is.
    pub name: String,
    pub path: String,
    pub note: Note,
    pub findings: Vec<Finding>,
}

impl Gathered {
    /// The findings that ask for at least this.
    pub fn asking(&self, threshold: Threshold) -> impl Iterator<Item = &Finding> {
        let least: Ask = threshold.into();
        self.findings.iter().filter(move |finding| finding.ask >= least)
    }

    /// Where a finding stands, as `check` tells it.
    pub fn place_of(&self, finding: &Finding) -> String {
        let (outcome, Note { record, origin }) = (Outcome::default(), &self.note);
        Checked { path: &self.path, record, origin, outcome: &outcome, known: None }.place_of(finding)
    }

    /// All that somebody wrote in it, with the boxes apart, and what else a verdict goes by.
    pub fn written(&self) -> String {
        let record = &self.note.record;
        let boxes = record.fields.iter().map(|field| {
            let named = field.heading.as_ref().map_or(String::new(), |heading| format!("\0heading {heading}"));
            let voiced = field.voice.map_or(String::new(), |voice| format!("\0voice {}", name_of(voice)));
            format!("\0{}\0{}{named}{voiced}", field.id.as_deref().unwrap_or_default(), field.text)
        });
        let Subject { age, date_of_birth, learning_disability, .. } = &record.subject;
        let known = [
            ("date", record.date.map(|date| date.to_string())),
            ("author", record.author.clone()),
            ("genre", record.genre.clone()),
            ("age", age.map(|age| age.to_string())),
            ("date of birth", date_of_birth.map(|date| date.to_string())),
            ("learning disability", learning_disability.map(|is_so| is_so.to_string())),
        ];
        let known = known.into_iter().filter_map(|(key, value)| Some(format!("\0{key} {}", value?)));
        std::iter::once(record.text.clone()).chain(boxes).chain(known).collect()
    }
}

/// What was read.
pub struct Reading {
    pub records: Vec<Gathered>,
    /// How many files and records could not be read.
    pub errors: usize,
    /// The edition of the lexicon.
    pub lexicon: String,
    /// What was not looked for, though it is on by default.
    pub off: Vec<String>,
    /// What findings were told to ask, as `consent=consider`.
    pub asks: Vec<String>,
}

/// Reads and checks all records of files and folders. Names of files are told from `folder` on.
pub fn read(files: &FilesArgs, folder: &Path) -> Result<Reading, Error> {
    if files.paths.iter().any(|path| path == Path::new("-")) {
        return Err(Error::Usage("name files or folders here; standard input has no name that a register could know".to_owned()));
    }
    let config = wanted::config(&files.wanted)?;
    let linter = wanted::linter(&files.wanted, &config)?;
    let (lexicon, off) = (linter.edition().to_owned(), linter.silent());
    let asks = linter.told_asks().iter().map(|(name, ask)| format!("{name}={}", name_of(ask))).collect();
    let template = known::template(&files.template, &files.reading)?;
    let found = input::find(&files.paths, Format::Text);
    let (mut records, mut errors) = (Vec::new(), 0);
    pool::start(plan(linter, found.sources, &files.reading, &template)).each(|_, result| match result {
        Ok(gathered) => records.push(gathered),
        Err(error) => {
            errors += usize::from(!error.is_notice());
            complain(&error);
        }
    });
    name(&mut records, folder);
    Ok(Reading { records, errors, lexicon, off, asks })
}

fn plan(linter: Linter, sources: pool::Sources, args: &ReadingArgs, template: &str) -> Plan<Gathered> {
    Plan {
        sources,
        from: Position::default(),
        jobs: pool::jobs(None),
        check: Box::new(move |source, note, printed| check(&linter, source, note, printed)),
        options: Arc::new(reading(args)),
        template: Printed::of_form(template),
        stop: Arc::default(),
    }
}

fn check(linter: &Linter, source: &Source, note: Note, printed: &Printed) -> Gathered {
    let mut outcome = linter.check_form(&note.record, printed);
    note.origin.place(&mut outcome);
    let path = match &source.from {
        From::File(path) => path.to_string_lossy().into_owned(),
        From::Stdin => source.path.clone(),
    };
    Gathered { name: String::new(), path, note, findings: outcome.findings }
}

/// Names the records: by their ids, else by file and row. A name that comes again bears a number.
fn name(records: &mut [Gathered], folder: &Path) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for record in records {
        let id = record.note.record.id.clone().filter(|id| !id.trim().is_empty());
        let name = id.unwrap_or_else(|| place(record, folder));
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        record.name = if *count == 1 { name } else { format!("{name} ({count})") };
    }
}

/// Where a record stands: its file from the folder on, and the part of it.
fn place(record: &Gathered, folder: &Path) -> String {
    let path = Path::new(&record.path);
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let below = whole.strip_prefix(folder).unwrap_or(&whole).to_string_lossy().replace('\\', "/");
    let origin = &record.note.origin;
    let numbers = [origin.location.message, origin.row.or(origin.location.row)];
    let parts = origin.location.file.iter().chain(&origin.location.sheet).cloned();
    let parts = parts.chain(numbers.into_iter().flatten().map(|number| number.to_string()));
    std::iter::once(below).chain(parts).collect::<Vec<_>>().join("#")
}
