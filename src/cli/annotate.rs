//! `caselint annotate`

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use caselint::annotate;
use caselint::documents::encoding;
use caselint::tell::place_in_words;
use caselint::{Finding, Outcome};

use super::args::AnnotateArgs;
use super::check::reading;
use super::files::of_file;
use super::{Error, Status, clock, complain, wanted};
use crate::input::{self, Format, From, Note, Source};
use crate::report::{count, safe, safe_line};

/// Writes a copy of a document with the findings in it.
pub fn run(args: &AnnotateArgs) -> Result<Status, Error> {
    refuse(args)?;
    let config = wanted::config(&args.wanted)?;
    let linter = wanted::linter(&args.wanted, &config)?;
    let source = source(&args.path)?;
    let options = Arc::new(reading(&args.reading));
    let Note { record, origin } = note(&source, &options)?;
    let mut outcome = linter.check(&record);
    origin.place(&mut outcome);
    let bytes = fs::read(&args.path).map_err(|error| of_file(&args.path, error))?;
    let (copy, unplaced) = copy(&source, bytes, &outcome, &options)?;
    write(&args.output, &copy, args.force)?;
    tell(args, &outcome.findings, &unplaced)?;
    Ok(Status::Clear)
}

/// Refuses to write over what is read, or over what is there.
fn refuse(args: &AnnotateArgs) -> Result<(), Error> {
    let (path, output) = (&args.path, &args.output);
    let name = safe(&output.to_string_lossy());
    if input::is_same_file(output, path) {
        return Err(Error::Usage(format!("{name}: this is the file to be read; name another one for --output")));
    }
    if output.exists() && !args.force {
        return Err(Error::Usage(format!("{name}: this file is there already; name another one, or write over it with --force")));
    }
    Ok(())
}

/// The one file that is named.
fn source(path: &Path) -> Result<Source, Error> {
    let name = safe(&path.to_string_lossy());
    if path.is_dir() {
        return Err(Error::Usage(format!("{name}: this is a folder; annotate takes one .docx, .md or .txt file")));
    }
    let found = input::find(&[path.to_owned()], Format::Text).sources.into_iter().next();
    let source = found.ok_or(Error::NothingToRead)??;
    match source.from {
        From::File(_) => Ok(source),
        From::Stdin => Err(Error::Usage("annotate takes one .docx, .md or .txt file, not standard input".to_owned())),
    }
}

/// The one record of a file.
fn note(source: &Source, options: &Arc<input::Options>) -> Result<Note, Error> {
    let mut first = None;
    for note in input::open(source, options)? {
        match note {
            Ok(note) => first = first.or(Some(note)),
            Err(notice) if notice.is_notice() => complain(&notice),
            Err(error) => return Err(error.into()),
        }
    }
    first.ok_or_else(|| unfit(source))
}

fn unfit(source: &Source) -> Error {
    let name = safe(&source.path);
    Error::Usage(format!("{name}: annotate takes a .docx, .md or .txt file; save the text as one, or use caselint report"))
}

/// The copy, and the numbers of the findings that have no place of their own in it.
fn copy(source: &Source, bytes: Vec<u8>, outcome: &Outcome, options: &input::Options) -> Result<(Vec<u8>, Vec<usize>), Error> {
    let findings = &outcome.findings;
    match Format::settle(&bytes[..bytes.len().min(encoding::HEAD)], Some(source.format)) {
        Some(Format::Text) => {
            let decoded = encoding::decode(bytes).map_err(|error| input::InputError::undecoded(&source.path, error))?;
            let mut findings = findings.clone();
            for finding in &mut findings {
                finding.start -= decoded.mark;
                finding.end -= decoded.mark;
            }
            Ok((annotate::text(&decoded.text, &findings).into_bytes(), Vec::new()))
        }
        Some(Format::Zip) if source.format == Format::Docx => {
            let date = Some(clock::now());
            let limits = options.limits.clone();
            let options = annotate::Options { date, limits, ..annotate::Options::default() };
            let annotated = annotate::docx(bytes, findings, &options)
                .map_err(|error| Error::Annotate { path: source.path.clone(), error })?;
            Ok((annotated.bytes, annotated.unplaced))
        }
        _ => Err(unfit(source)),
    }
}

/// Writes the copy whole, or leaves nothing behind.
fn write(path: &Path, copy: &[u8], force: bool) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create(force).truncate(force).create_new(!force);
    let mut file = options.open(path).map_err(|error| of_file(path, error))?;
    file.write_all(copy).and_then(|()| file.sync_all()).map_err(|error| {
        // A half is no copy; where it cannot go either, the error tells enough.
        let _ = fs::remove_file(path);
        of_file(path, error)
    })
}

fn tell(args: &AnnotateArgs, findings: &[Finding], unplaced: &[usize]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    let name = safe(&args.output.to_string_lossy());
    if findings.is_empty() {
        writeln!(out, "{name}: nothing was found by these rules; the copy is as the original")?;
        return Ok(());
    }
    writeln!(out, "{name}: {} marked", count(findings.len() - unplaced.len(), "finding"))?;
    for finding in unplaced.iter().filter_map(|number| findings.get(*number)) {
        let place = place_in_words(&finding.location);
        writeln!(
            out,
            "no comment can stand in {}: {} “{}”; it is in the list at the top",
            safe(&place),
            finding.rule,
            safe_line(&finding.text)
        )?;
    }
    Ok(())
}
