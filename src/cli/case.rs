//! `caselint case`

use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use caselint::case::Document;

use super::args::{CaseArgs, CaseFormat};
use super::check::{has_color, paths, reading, stdin_format};
use super::{Error, Status, complain, wanted};
use crate::input::{self, InputError, Note, Source};
use crate::report::{CaseRead, Page, write_case, write_case_json};

/// Reads the records that the arguments name, together.
pub fn run(args: &CaseArgs) -> Result<Status, Error> {
    let mut paths = paths(&args.paths)?;
    // A file that is named twice keeps the name that comes first, whichever was written first.
    paths.sort();
    let config = wanted::config(&args.wanted)?;
    let linter = wanted::linter(&args.wanted, &config)?;
    let found = input::find(&paths, stdin_format(args.stdin_format));
    let options = Arc::new(reading(&args.reading));
    let mut gathered = Gathered { options, notes: Vec::new(), errors: 0 };
    found.sources.into_iter().for_each(|source| gathered.add(source));
    let documents: Vec<Document> = gathered.notes.iter().map(|(path, note)| document(path, note)).collect();
    let case = linter.case(&documents);
    let read = CaseRead {
        case: &case,
        lexicon: linter.edition(),
        errors: gathered.errors,
        skipped: found.skipped.values().sum(),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        CaseFormat::Terminal => write_case(&mut Page::new(&mut out, has_color(args.color)), &read)?,
        CaseFormat::Json => write_case_json(&mut out, &read)?,
    }
    out.flush()?;
    Ok(if gathered.errors > 0 { Status::Error } else { Status::Clear })
}

/// All records with the names of their files, and how many could not be read.
struct Gathered {
    options: Arc<input::Options>,
    notes: Vec<(String, Note)>,
    errors: usize,
}

impl Gathered {
    fn add(&mut self, source: Result<Source, InputError>) {
        match source.and_then(|source| Ok((input::open(&source, &self.options)?, source))) {
            Ok((notes, source)) => {
                for note in notes {
                    match note {
                        Ok(note) => self.notes.push((source.path.clone(), note)),
                        Err(error) => self.error(&error),
                    }
                }
            }
            Err(error) => self.error(&error),
        }
    }

    fn error(&mut self, error: &InputError) {
        self.errors += usize::from(!error.is_notice());
        complain(error);
    }
}

/// A record under the name of its file.
pub(super) fn document<'a>(path: &str, note: &'a Note) -> Document<'a> {
    let mut document = Document::new(path, &note.record);
    let location = &note.origin.location;
    document.row = note.origin.row.or(location.row).or(location.message);
    document.lines_before = note.origin.lines;
    document
}
