//! What learners and trainers see of counts.

use std::collections::BTreeMap;
use std::io::{self, Write};

use caselint::train::Tally;

use crate::report::safe;

/// What was seen and missed, a line a family.
pub fn families(out: &mut dyn Write, families: &BTreeMap<String, Tally>) -> io::Result<()> {
    for (family, Tally { seen, missed, left, overmarked }) in families {
        let mut said = Vec::new();
        if seen + missed > 0 {
            said.push(format!("saw {seen} of {}", seen + missed));
        }
        if left + overmarked > 0 {
            said.push(format!("left {left} of {} that may stay", left + overmarked));
        }
        if !said.is_empty() {
            writeln!(out, "  {:<22} {}", safe(family), said.join(", "))?;
        }
    }
    Ok(())
}
