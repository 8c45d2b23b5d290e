//! `caselint register`: what a register holds, for other programs, and what is to go from it.

use std::io;

use caselint::register::{Decision, Register};
use jiff::civil::Date;

use super::output::Output;
use super::register_args::{ExportArgs, ExportFormat, PurgeArgs};
use super::{Error, Status, clock};
use crate::report::{count, safe};

/// Writes all that was decided and signed, in order.
pub fn export(args: &ExportArgs) -> Result<Status, Error> {
    let register = open(&args.register)?;
    let decisions = register.all()?;
    let mut out = Output::new(args.output.as_deref())?;
    let written = match args.format {
        ExportFormat::Csv => csv(&mut out, &decisions),
        ExportFormat::Json => json(&mut out, &decisions, &register)?,
    };
    written.and_then(|()| out.keep()).map_err(|error| out.error(error))?;
    Ok(Status::Clear)
}

fn csv(out: &mut Output, decisions: &[Decision]) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let columns =
        ["id", "at", "by", "record", "finding", "rule", "ask", "choice", "reason", "note", "text", "lexicon", "withdraws"];
    table.write_record(columns)?;
    for decision in decisions {
        let Decision { id, at, by, record, finding, rule, ask, choice, reason, note, text, lexicon, withdraws } = decision;
        let (id, withdraws) = (id.to_string(), withdraws.map(|id| id.to_string()));
        let optional = |value: &Option<String>| value.as_deref().map(formula_free).unwrap_or_default();
        let row = [&id, at, &formula_free(by), &formula_free(record), finding, rule, ask, choice];
        let rest = [optional(reason), optional(note), optional(text), lexicon.clone(), optional(&withdraws)];
        table.write_record(row.into_iter().chain(&rest))?;
    }
    table.flush()
}

/// A cell that no spreadsheet takes for a formula.
fn formula_free(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// One document with the decisions and the statements.
fn json(out: &mut Output, decisions: &[Decision], register: &Register) -> Result<io::Result<()>, Error> {
    let statements: Vec<serde_json::Value> = register
        .statements()?
        .into_iter()
        .map(|statement| {
            let json = serde_json::from_str(&statement.json).unwrap_or(serde_json::Value::Null);
            serde_json::json!({"id": statement.id, "at": statement.at, "by": statement.by, "role": statement.role, "statement": json})
        })
        .collect();
    let document = serde_json::json!({"schema_version": 1, "decisions": decisions, "statements": statements});
    Ok(serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from).and_then(|()| {
        use io::Write;
        out.write_all(b"\n")
    }))
}

/// Removes for good what is past its time.
pub fn purge(args: &PurgeArgs) -> Result<Status, Error> {
    use io::Write;
    let before = args.before.as_deref().map(day).transpose()?;
    let mut register = open(&args.register)?;
    let (decisions, statements) = register.purge(before.as_deref(), args.record.as_deref())?;
    let (decisions, statements) = (count(decisions, "decision"), count(statements, "statement"));
    writeln!(io::stdout(), "{decisions} and {statements} of sign-off removed for good")?;
    if args.record.is_some() {
        writeln!(io::stdout(), "statements that name the record stay until a purge by date; they hold no text of it")?;
    }
    Ok(Status::Clear)
}

/// A date as the register has it.
fn day(text: &str) -> Result<String, Error> {
    let date = text.parse::<Date>().ok();
    let wrong = || Error::Usage(format!("`{}` is no date; write it as 2026-03-12", safe(text)));
    date.map(|date| date.to_string()).ok_or_else(wrong)
}

fn open(path: &std::path::Path) -> Result<Register, Error> {
    if !path.exists() {
        let path = path.to_string_lossy().into_owned();
        return Err(Error::File { path, error: io::ErrorKind::NotFound.into() });
    }
    Ok(Register::open_existing(path, None, &clock::now())?)
}
