//! A record a line, as JSON.

use std::io::{self, Write};

use super::json::RecordLine;
use super::{Checked, Report};

pub struct Jsonl;

impl Report for Jsonl {
    fn record(&self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &RecordLine::from(checked))?;
        out.write_all(b"\n")
    }
}
