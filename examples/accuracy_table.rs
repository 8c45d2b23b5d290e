//! Writes `docs/accuracy.md`: how many findings a note has, by profile and by family, on the labelled notes.
//!
//! ```sh
//! cargo run --release --example accuracy_table > docs/accuracy.md
//! ```

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

use caselint::upkeep::Catalogue;
use caselint::{Linter, Outcome, Record};

const NOTES: &str = "tests/corpus/dev";

fn main() -> Result<(), Box<dyn Error>> {
    let notes = notes(&Path::new(env!("CARGO_MANIFEST_DIR")).join(NOTES))?;
    let catalogue = Catalogue::new(&[])?;
    let families: BTreeSet<&str> = catalogue.entries.iter().map(|entry| entry.family.as_str()).collect();
    println!("# How much is found\n");
    println!(
        "Findings a note on the {} labelled notes of `{NOTES}`, written by\n`cargo run --release --example accuracy_table > docs/accuracy.md`. The notes were written to hold such words, so\n\
         records of everyday work have fewer. A note of the upper tenth has at least as many as the 90th percentile says.\n",
        notes.len()
    );
    for profile in &catalogue.profiles {
        let linter = Linter::builder().profile(&profile.name).build()?;
        let outcomes: Vec<Outcome> = notes.iter().map(|note| linter.check(note)).collect();
        println!("## Profile `{}`\n", profile.name);
        println!(
            "| family | findings | notes with any | median | 90th percentile | most |\n| --- | --: | --: | --: | --: | --: |"
        );
        row("all", outcomes.iter().map(|outcome| outcome.findings.len()).collect());
        for family in &families {
            let of_family = |outcome: &Outcome| outcome.findings.iter().filter(|f| f.family == **family).count();
            let counts: Vec<usize> = outcomes.iter().map(of_family).collect();
            if counts.iter().any(|&count| count > 0) {
                row(&format!("`{family}`"), counts);
            }
        }
        println!();
    }
    Ok(())
}

fn notes(folder: &Path) -> Result<Vec<Record>, Box<dyn Error>> {
    let mut files = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    files.sort();
    let mut notes = Vec::new();
    for file in files {
        for line in fs::read_to_string(file)?.lines().filter(|line| !line.trim().is_empty()) {
            notes.push(serde_json::from_str(line)?);
        }
    }
    Ok(notes)
}

fn row(name: &str, mut counts: Vec<usize>) {
    counts.sort_unstable();
    let sum: usize = counts.iter().sum();
    let any = counts.iter().filter(|&&count| count > 0).count();
    let most = counts.last().copied().unwrap_or_default();
    println!("| {name} | {sum} | {any} | {} | {} | {most} |", percentile(&counts, 50), percentile(&counts, 90));
}

/// The least count that so many in a hundred notes do not exceed.
fn percentile(sorted: &[usize], percent: usize) -> usize {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}
