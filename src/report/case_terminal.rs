//! A case for people: what matters first, then the chronology, then each matter in full.

use std::io;

use caselint::case::{Case, Step};

use super::case_chronology::{chronology, undated};
use super::case_matters::{balance, copied, disclosures, missed, phrases, plans};
use super::case_page::Page;
use super::{CaseRead, count};
use caselint::tell::case_lines::in_short;
use caselint::tell::case_words::date;

/// Writes the whole of it.
pub fn write(page: &mut Page, read: &CaseRead) -> io::Result<()> {
    let case = read.case;
    if case.identity.records == 0 {
        return page.line("no record was read");
    }
    page.hanging(&opening(case))?;
    if let Some(child) = &case.identity.child {
        page.text("", &format!("{}, the name in {} of them, is taken to be the child.", child.name, child.records))?;
    }
    let lines = in_short(case);
    if !lines.is_empty() {
        page.heading("IN SHORT")?;
        lines.iter().try_for_each(|line| page.text("• ", line))?;
    }
    chronology(page, case)?;
    phrases(page, case)?;
    balance(page, case)?;
    missed(page, case)?;
    disclosures(page, case)?;
    plans(page, case)?;
    copied(page, case)?;
    undated(page, case)?;
    closing(page, read)
}

/// What was read.
fn opening(case: &Case) -> String {
    let identity = &case.identity;
    let name = match identity.cases.as_slice() {
        [only] => format!("Case {}: ", only.name),
        _ => String::new(),
    };
    let entries = case.steps.len() + case.undated.len();
    let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    let mut agencies: Vec<&str> = case.steps.iter().filter_map(|step| step.agency.as_deref()).collect();
    agencies.sort_unstable();
    agencies.dedup();
    let agencies = match agencies.len() {
        0 => String::new(),
        1 => format!(", {}", agencies[0]),
        number => format!(", {number} agencies"),
    };
    let when = |step: &Step| date(step.when);
    let span = match case.steps.as_slice() {
        [] => String::new(),
        [only] => format!(", {}", when(only)),
        [first, .., last] => format!(", {} to {}", when(first), when(last)),
    };
    format!("{name}{entries} in {}{span}{agencies}", count(identity.records, "record"))
}

/// What the reader must know of all that stands above.
fn closing(page: &mut Page, read: &CaseRead) -> io::Result<()> {
    page.line("")?;
    page.text(
        "",
        "What is counted is words and entries. Nothing here is a score of a person, and what these rules do not find may be there all the same.",
    )?;
    let skipped = (read.skipped > 0).then(|| format!("{} passed over.", count(read.skipped, "file of another kind")));
    let errors = (read.errors > 0).then(|| format!("{}: what they name is not in here.", count(read.errors, "error")));
    skipped.iter().chain(&errors).try_for_each(|line| page.text("", line))
}
