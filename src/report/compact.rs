//! One line a finding, sorted by place: `path:line:column: ask family/id phrase`.

use std::io::{self, Write};

use caselint::{Finding, Verdict};

use super::{Checked, Report, name_of, safe_line};

pub struct Compact;

impl Report for Compact {
    fn record(&self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        let mut all: Vec<&Finding> = checked.outcome.findings.iter().chain(&checked.outcome.left).collect();
        all.sort_by_key(|finding| (checked.field_of(finding), finding.start));
        for finding in all {
            writeln!(out, "{}", compact_line(checked, finding))?;
        }
        Ok(())
    }
}

/// A finding as a line.
pub fn compact_line(checked: &Checked<'_>, finding: &Finding) -> String {
    format!("{}: {} {}", checked.place_of(finding), line_of(finding), safe_line(&finding.text))
}

/// What a finding asks for and its rule; for a mention that was left alone, why.
fn line_of(finding: &Finding) -> String {
    match finding.verdict {
        Verdict::Leave => format!("left ({}) {}", name_of(finding.reason), finding.rule),
        _ => format!("{} {}", name_of(finding.ask), finding.rule),
    }
}
