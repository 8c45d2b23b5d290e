//! A record a line, as JSON, written and flushed as each is checked.

use std::io::{self, Write};

use super::json::RecordLine;
use super::{Checked, Report};

pub struct Jsonl;

impl Report for Jsonl {
    fn record(&mut self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &RecordLine::from(checked))?;
        out.write_all(b"\n")?;
        out.flush()
    }
}
