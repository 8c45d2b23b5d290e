//! One JSON document, versioned; later versions only add to it.

use std::io::{self, Write};

use caselint::Finding;
use serde::Serialize;

use super::{Checked, Report, Totals};

/// Rises when a key changes its meaning or goes, never when one is added.
const SCHEMA_VERSION: u32 = 1;

/// Writes one document. Records are written as they come, each on a line of its own, so that a reader can take them one by one.
pub struct Json {
    /// The edition of the lexicon that the findings come from.
    pub lexicon: String,
}

/// The program and the lexicon that made the findings.
#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
    lexicon: &'a str,
}

/// A record as it is written.
#[derive(Serialize)]
pub struct RecordLine<'a> {
    path: &'a str,
    id: Option<&'a str>,
    findings: &'a [Finding],
    left: &'a [Finding],
    /// Where there is a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<&'a [Finding]>,
}

impl<'a> From<&'a Checked<'a>> for RecordLine<'a> {
    fn from(checked: &'a Checked<'a>) -> Self {
        RecordLine {
            path: checked.path,
            id: checked.record.id.as_deref(),
            findings: &checked.outcome.findings,
            left: &checked.outcome.left,
            known: checked.known,
        }
    }
}

impl Json {
    pub fn new(lexicon: impl Into<String>) -> Self {
        Json { lexicon: lexicon.into() }
    }
}

impl Report for Json {
    fn start(&self, out: &mut dyn Write) -> io::Result<()> {
        let tool = Tool { name: caselint::NAME, version: caselint::VERSION, lexicon: &self.lexicon };
        write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\"tool\":{},\"records\":[", serde_json::to_string(&tool)?)
    }

    fn record(&self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        Ok(serde_json::to_writer(out, &RecordLine::from(checked))?)
    }

    fn put(&self, out: &mut dyn Write, written: &[u8], is_first: bool) -> io::Result<()> {
        out.write_all(if is_first { b"\n" } else { b",\n" })?;
        out.write_all(written)
    }

    fn finish(&self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        out.write_all(b"\n],")?;
        if totals.compared.is_some() {
            write!(out, "\"gone\":{},", serde_json::to_string(&totals.gone().collect::<Vec<_>>())?)?;
        }
        writeln!(out, "\"summary\":{}}}", serde_json::to_string(&totals.summary)?)
    }
}

/// The figures of `--summary-only` as a document of their own.
pub struct JsonRates {
    /// The edition of the lexicon.
    pub lexicon: String,
}

impl Report for JsonRates {
    fn record(&self, _out: &mut dyn Write, _checked: &Checked<'_>) -> io::Result<()> {
        Ok(())
    }

    fn finish(&self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        let tool = serde_json::to_string(&Tool { name: caselint::NAME, version: caselint::VERSION, lexicon: &self.lexicon })?;
        let Some(rates) = &totals.rates else {
            return Ok(());
        };
        let (words, rates) = (rates.words(), rates.to_json()?);
        let summary = serde_json::to_string(&totals.summary)?;
        writeln!(
            out,
            "{{\"schema_version\":{SCHEMA_VERSION},\"tool\":{tool},\"words\":{words},\"rates\":{rates},\"summary\":{summary}}}"
        )
    }
}
