//! `caselint report`

use std::io::{self, Write};

use caselint::case::{Case, Document, of_one_child};
use caselint::page::{Entry, Report};

use super::args::ReportArgs;
use super::gather::{Checked, Gathered, gather};
use super::output::Output;
use super::{Error, Status, clock};

/// Writes a page about the records that the arguments name.
pub fn run(args: &ReportArgs) -> Result<Status, Error> {
    let Gathered { linter, records, errors, summary } = gather(&args.records, args.output.as_deref())?;
    let together = match args.one_case {
        true => vec![records.iter().collect()],
        false => of_one_child(&records, |record| record.note.record.case.as_deref()),
    };
    let cases: Vec<Case> = together
        .into_iter()
        .map(|records: Vec<&Checked>| linter.case(&records.into_iter().map(Checked::document).collect::<Vec<Document>>()))
        .collect();
    let entries: Vec<Entry> = records.iter().map(Checked::entry).collect();
    let mut report = Report::new(&linter, &entries);
    report.title = args.title.as_deref();
    report.date = Some(args.date.unwrap_or_else(clock::today));
    report.files = Some(summary.files);
    report.errors = &errors;
    report.cases = &cases;
    report.show_left = args.show_left;
    let mut out = Output::new(args.output.as_deref())?;
    let written = out.write_all(report.to_html().as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| out.error(error))?;
    if out.is_file() {
        // Where nobody listens there is nobody to tell.
        let _ = writeln!(io::stderr(), "{summary}");
    }
    Ok(if errors.is_empty() { Status::Clear } else { Status::Error })
}
