//! `caselint signoff`: a dated statement that every finding of some records was decided on, and by whom.

mod page;
mod paragraph;
mod statement;
mod verify;

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use caselint::Finding;
use caselint::register::{Choice, Decision};

use super::files::of_file;
use super::gathered::{self, Gathered, Reading};
use super::ledger::{self, Ledger, Standing};
use super::register_args::{RegisterArgs, SignoffArgs, SignoffCommand};
use super::unmatched::Unmatched;
use super::{Error, Status, clock};
use crate::report::{count, name_of, safe, safe_line, said};
use statement::SignOff;

const WIDTH: usize = 80;

/// Signs off, or tells whether what was signed is still the same.
pub fn run(args: &SignoffArgs) -> Result<Status, Error> {
    match &args.command {
        Some(SignoffCommand::Verify(args)) => verify::run(args),
        None => sign(args),
    }
}

fn sign(args: &SignoffArgs) -> Result<Status, Error> {
    // clap has seen to it that both are there.
    let (by, role) = (args.by.clone().unwrap_or_default(), args.role.clone().unwrap_or_default());
    let named = named(args.output.as_deref())?;
    let register = RegisterArgs { register: args.register.clone(), hash_key: args.hash_key.clone() };
    let mut ledger = Ledger::open(&register)?;
    let read = gathered::read(&args.files, &ledger::folder(&register))?;
    let standing = ledger.standing()?;
    let mut out = io::stdout().lock();
    if read.errors > 0 {
        let parts = count(read.errors, "part");
        writeln!(out, "Not signed: {parts} could not be read, and what was not read is not signed off.")?;
        return Ok(Status::Error);
    }
    let open = undecided(args, &read, &ledger, &standing);
    if !open.is_empty() {
        refuse(&mut out, args, &open)?;
        return Ok(Status::Found);
    }
    let mut signed = SignOff::of(args.threshold, &read, &ledger, &standing);
    (signed.at, signed.by, signed.role) = (clock::now(), by, role);
    signed.seal(&ledger);
    // Before it is signed, so that what is signed can be handed on.
    let files = named.as_ref().map(|(json, page)| Ok::<_, Error>((new_file(json)?, new_file(page)?))).transpose()?;
    let json = serde_json::to_string_pretty(&signed).map_err(io::Error::from)?;
    let number = ledger.register.sign(&signed.at, &signed.by, &signed.role, &json)?;
    if let (Some((mut json_file, mut page_file)), Some((json_path, page_path))) = (files, &named) {
        writeln!(json_file, "{json}").map_err(|error| of_file(json_path, error))?;
        writeln!(page_file, "{}", page::html(&signed, number)).map_err(|error| of_file(page_path, error))?;
    }
    say(&mut out, &paragraph::write(&signed, number))?;
    returns(&mut out, &read.records, &ledger, &standing)?;
    Unmatched::of(&ledger, &read.records)?.lines().iter().try_for_each(|line| say(&mut out, line))?;
    Ok(Status::Clear)
}

/// A finding without a decision, and its record.
type Open<'a> = (&'a Gathered, &'a Finding);

fn undecided<'a>(args: &SignoffArgs, read: &'a Reading, ledger: &Ledger, standing: &Standing) -> Vec<Open<'a>> {
    let is_open = |(record, finding): &Open| !standing.contains_key(&(record.name.clone(), ledger.finding(finding)));
    let all = read
        .records
        .iter()
        .flat_map(|record| record.asking(args.threshold).map(move |finding| (record, finding)));
    all.filter(is_open).collect()
}

fn refuse(out: &mut impl Write, args: &SignoffArgs, open: &[Open]) -> io::Result<()> {
    let (waits, threshold) = (if open.len() == 1 { "waits" } else { "wait" }, name_of(args.threshold));
    let findings = count(open.len(), "finding");
    say(
        out,
        &format!("Not signed: {findings} at or above “{threshold}” {waits} for a decision. caselint review goes through them."),
    )?;
    for (record, finding) in open {
        let (name, place, text) = (safe(&record.name), record.place_of(finding), safe_line(&finding.text));
        writeln!(out, "{name}: {} {} “{text}” at {place}", name_of(finding.ask), finding.rule)?;
    }
    Ok(())
}

/// What goes back to the authors, record by record.
fn returns(out: &mut impl Write, records: &[Gathered], ledger: &Ledger, standing: &Standing) -> io::Result<()> {
    for record in records {
        let decided = |finding: &&Finding| {
            let decision = standing.get(&(record.name.clone(), ledger.finding(finding)))?;
            (decision.choice == Choice::ReturnToAuthor.name()).then_some(decision)
        };
        let lines: Vec<String> = record
            .findings
            .iter()
            .filter_map(|finding| Some(line(record, finding, decided(&finding)?)))
            .collect();
        if lines.is_empty() {
            continue;
        }
        say(out, &format!("\nTo the author of {}:", safe(&record.name)))?;
        lines.iter().try_for_each(|line| say(out, line))?;
        say(out, "  Where the entry is signed already, leave it as it is, and answer in a dated addendum.")?;
    }
    Ok(())
}

/// A finding with what was decided about it.
pub fn line(record: &Gathered, finding: &Finding, decision: &Decision) -> String {
    let choice = Choice::of(&decision.choice).map_or(decision.choice.as_str(), |choice| choice.words());
    let why = [&decision.reason, &decision.note]
        .into_iter()
        .flatten()
        .map(|why| safe_line(why))
        .collect::<Vec<_>>()
        .join("; ");
    let why = if why.is_empty() { String::new() } else { format!(": {why}") };
    let question = finding
        .questions
        .first()
        .map(|question| format!(" Ask: {}", safe_line(question)))
        .unwrap_or_default();
    format!("  {} “{}” ({}): {choice}{why}.{question}", record.place_of(finding), safe_line(&finding.text), finding.rule)
}

fn say(out: &mut impl Write, text: &str) -> io::Result<()> {
    for part in text.split('\n') {
        said(part, WIDTH).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    Ok(())
}

/// The two files of a statement, neither of which is there.
fn named(base: Option<&Path>) -> Result<Option<(PathBuf, PathBuf)>, Error> {
    let Some(base) = base else { return Ok(None) };
    let with = |ending: &str| PathBuf::from(format!("{}.{ending}", base.display()));
    let files = [with("json"), with("html")];
    if let Some(there) = files.iter().find(|file| file.exists()) {
        let name = safe(&there.to_string_lossy());
        return Err(Error::Usage(format!(
            "{name}: this file is there already; a statement is never written over, so name another one"
        )));
    }
    let [json, html] = files;
    Ok(Some((json, html)))
}

fn new_file(path: &Path) -> Result<File, Error> {
    File::create_new(path).map_err(|error| of_file(path, error))
}
