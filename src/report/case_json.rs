//! A case as one JSON document, versioned; later versions only add to it.

use std::io::{self, Write};

use caselint::case::Case;
use serde::Serialize;

use super::CaseRead;
use caselint::tell::case_lines::{history_line, in_short};

/// Rises when a key changes its meaning or goes, never when one is added.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    tool: Tool<'a>,
    /// What matters most, in plain words.
    in_short: Vec<String>,
    /// What happened to each phrase, in plain words and in the order of the histories.
    history_lines: Vec<String>,
    case: &'a Case,
    errors: usize,
    skipped: usize,
}

/// The program and the lexicon that read the case.
#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
    lexicon: &'a str,
}

/// Writes the document.
pub fn write(out: &mut dyn Write, read: &CaseRead) -> io::Result<()> {
    let document = Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: caselint::NAME, version: caselint::VERSION, lexicon: read.lexicon },
        in_short: in_short(read.case),
        history_lines: read.case.histories.iter().map(|history| history_line(read.case, history)).collect(),
        case: read.case,
        errors: read.errors,
        skipped: read.skipped,
    };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}
