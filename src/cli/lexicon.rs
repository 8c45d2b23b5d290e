//! `caselint lexicon check` and `caselint lexicon new`

use std::io::{self, Write};
use std::path::PathBuf;

use caselint::lexicon::SourceFile;
use caselint::upkeep::{self, CheckReport};

use super::args::{LexiconCheckArgs, LexiconNewArgs};
use super::{Error, Status, complain};
use crate::input::{InputError, files_with, read_text};
use crate::report::{count, safe};

/// Checks lexicon files and says what is wrong with them, a line a problem.
pub fn check(args: &LexiconCheckArgs) -> Result<Status, Error> {
    let (files, errors) = if args.paths.is_empty() { (upkeep::embedded(), Vec::new()) } else { read(&args.paths) };
    errors.iter().for_each(|error| complain(error));
    if files.is_empty() {
        if errors.is_empty() {
            complain(&"no .toml file is there; name lexicon files, or folders that hold them");
        }
        return Ok(Status::Error);
    }
    let report = upkeep::check(&files);
    write(&mut io::stdout().lock(), &report)?;
    Ok(match (errors.is_empty(), report.problems.is_empty()) {
        (false, _) => Status::Error,
        (true, false) => Status::Found,
        (true, true) => Status::Clear,
    })
}

static STARTER: &str = include_str!("starter.toml");

/// Writes a lexicon file to begin with.
pub fn new(args: &LexiconNewArgs) -> Result<Status, Error> {
    if !caselint::lexicon::is_name(&args.family) {
        return Err(Error::NoFamilyName { name: args.family.clone() });
    }
    io::stdout().lock().write_all(STARTER.replace("{family}", &args.family).as_bytes())?;
    Ok(Status::Clear)
}

/// Reads the files, and gathers what cannot be read.
fn read(paths: &[PathBuf]) -> (Vec<SourceFile>, Vec<InputError>) {
    let mut files = Vec::new();
    let mut errors = Vec::new();
    for path in files_with("toml", paths) {
        let file = path.and_then(|path| Ok(SourceFile { text: read_text(&path)?, name: path.to_string_lossy().into_owned() }));
        match file {
            Ok(file) => files.push(file),
            Err(error) => errors.push(error),
        }
    }
    (files, errors)
}

fn write(out: &mut dyn Write, report: &CheckReport) -> io::Result<()> {
    let CheckReport { concerns, gaps, patterns, examples, problems, .. } = report;
    for problem in problems {
        writeln!(out, "{}", safe(&problem.to_string()))?;
    }
    let gaps = if *gaps > 0 { format!(", {}", count(*gaps, "gap")) } else { String::new() };
    let (concerns, patterns) = (count(*concerns, "concern") + &gaps, count(*patterns, "pattern"));
    if problems.is_empty() {
        writeln!(out, "{concerns}, {patterns}: sound; all {examples} examples hold.")
    } else {
        writeln!(out, "{concerns}, {patterns}, {}: {} to mend.", count(*examples, "example"), problems.len())
    }
}
