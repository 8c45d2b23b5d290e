//! Writes `docs/accuracy.md`: how right the verdicts are on the labelled notes, what each row of the decision table is worth, and how many
//! findings a note has.
//!
//! ```sh
//! cargo run --release --example accuracy_table > docs/accuracy.md
//! ```

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use caselint::lexicon::schema::GAP_FAMILY;
use caselint::score::{Figures as Scored, Labelled, Report, Score};
use caselint::upkeep::Catalogue;
use caselint::{Linter, Outcome, Verdict};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let is_bank = |name: &str| name.starts_with("bank");
    let long = notes(&root.join("corpus/dev"), |name| !is_bank(name))?;
    let bank = notes(&root.join("corpus/dev"), is_bank)?;
    println!("# How right it is, on invented notes\n");
    println!(
        "Written by `cargo run --release --example accuracy_table > docs/accuracy.md`. What the figures mean: [measuring](measuring.md).\n"
    );
    println!(
        "The notes of `dev` were read while phrases and rules were written. Those of `held-out` were not, and are scored as a whole; their \
         figures tell what to expect of other notes. `bank` holds a sentence or three each, in wording that no list of phrases holds. `own` \
         was written to be hard, half of it to be flagged wrongly and half to be missed, and read afterwards; what it scored before that \
         stands in [its README](../tests/corpus/own/README.md).\n"
    );
    accuracy(&root, &long, &bank)?;
    gaps(&root, &[long.clone(), bank.clone()].concat())?;
    ablation(&root, &long, &bank)?;
    counts(&[long, bank].concat())
}

fn accuracy(root: &Path, long: &[Labelled], bank: &[Labelled]) -> Result<()> {
    let linter = Linter::builder().build()?;
    let held_out = |fits: fn(&str) -> bool| notes(&root.join("corpus/held-out"), fits);
    println!(
        "| notes | records | precision | recall | F1 | minimal pairs | right row |\n| --- | --: | --- | --- | --- | --: | --: |"
    );
    for (name, notes) in [
        ("`dev`", long.to_vec()),
        ("`dev`, bank", bank.to_vec()),
        ("`held-out`", held_out(|name| !name.starts_with("bank"))?),
        ("`held-out`, bank", held_out(|name| name.starts_with("bank"))?),
        ("`own`, decoys", notes(&root.join("corpus/own"), |name| name.starts_with("precision"))?),
        ("`own`, unusual words", notes(&root.join("corpus/own"), |name| name.starts_with("recall"))?),
        ("`own`, single lines", notes(&root.join("corpus/own"), |name| name.starts_with("lines"))?),
    ] {
        let report = score(&linter, &notes);
        let overall = &report.overall;
        let Some(within) = &overall.intervals else { continue };
        let figure = |value: f64, low: f64, high: f64| format!("{value:.3} ({low:.3} to {high:.3})");
        println!(
            "| {name} | {} | {} | {} | {} | {} of {} | {} of {} |",
            report.records,
            figure(overall.precision, within.precision.low, within.precision.high),
            figure(overall.recall, within.recall.low, within.recall.high),
            figure(overall.f1, within.f1.low, within.f1.high),
            report.pairs_right,
            report.pairs,
            report.rows.right_row,
            report.rows.seen,
        );
    }
    println!(
        "\nIntervals are 95 % by bootstrap over records. The right row is counted over labels to leave that a left mention overlaps.\n"
    );
    Ok(())
}

/// What records leave out, gap by gap on `dev`, and as a whole on the notes that nobody read.
fn gaps(root: &Path, dev: &[Labelled]) -> Result<()> {
    let linter = Linter::builder().build()?;
    println!("## What records leave out\n");
    println!("| gap | records that have it | findings | precision | recall | F1 |\n| --- | --: | --: | --: | --: | --: |");
    let row = |name: &str, figures: &Scored| {
        let Scored { counts, precision, recall, f1, .. } = figures;
        println!("| {name} | {} | {} | {precision:.3} | {recall:.3} | {f1:.3} |", counts.labels, counts.findings);
    };
    if let Some(gaps) = score(&linter, dev).gaps {
        gaps.by_gap.iter().for_each(|(gap, figures)| row(&format!("`{gap}`"), figures));
        row("`dev`, all", &gaps.overall);
    }
    if let Some(gaps) = score(&linter, &notes(&root.join("corpus/held-out"), |_| true)?).gaps {
        row("`held-out`, all", &gaps.overall);
    }
    println!("\nA gap counts once a record. Of most there are few, so that their own figures say little.\n");
    Ok(())
}

/// What each row adds: the words alone, then one row more each time.
fn ablation(root: &Path, long: &[Labelled], bank: &[Labelled]) -> Result<()> {
    println!("## What each row is worth\n");
    println!("| | `dev` precision | recall | F1 | bank precision | recall | F1 |\n| --- | --: | --: | --: | --: | --: | --: |");
    let list = keyword_list(&root.join("real/phrases.csv"))?;
    figures_row("a list of keywords", keywords(&list, long), keywords(&list, bank));
    let steps: [(&str, &[u8]); 7] = [
        ("the words of the lexicons alone", &[1, 2, 3, 4, 5, 6]),
        ("with row 1, other senses", &[2, 3, 4, 5, 6]),
        ("and row 2, words about words", &[3, 4, 5, 6]),
        ("and row 3, general statements", &[4, 5, 6]),
        ("and row 4, negation", &[5, 6]),
        ("and row 5, who it is about", &[6]),
        ("and rows 6 and 7, analysis: the whole table", &[]),
    ];
    for (name, without) in steps {
        let linter = without.iter().fold(Linter::builder(), |builder, &row| builder.without_row(row)).build()?;
        let [long, bank] = [long, bank].map(|notes| figures(&score(&linter, notes)));
        figures_row(name, long, bank);
    }
    println!(
        "\nThe list of keywords is `tests/real/phrases.csv`, every form of every phrase, wherever it stands: what a word list does.\n"
    );
    Ok(())
}

/// Precision, recall and F1.
type Figures = (f64, f64, f64);

fn figures_row(name: &str, long: Figures, bank: Figures) {
    println!("| {name} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |", long.0, long.1, long.2, bank.0, bank.1, bank.2);
}

fn figures(report: &Report) -> Figures {
    (report.overall.precision, report.overall.recall, report.overall.f1)
}

fn score(linter: &Linter, notes: &[Labelled]) -> Report {
    let mut score = Score::default();
    for note in notes {
        score.add(linter, note);
    }
    score.report()
}

/// The phrases of the list and their variants.
fn keyword_list(path: &Path) -> Result<AhoCorasick> {
    let text = fs::read_to_string(path)?;
    let phrases: Vec<String> = text
        .lines()
        .skip(1)
        .flat_map(|line| line.splitn(4, ',').skip(1).take(2).flat_map(|cell| cell.split('|')))
        .map(|phrase| phrase.trim_matches('"').trim().to_lowercase())
        .filter(|phrase| phrase.len() > 2)
        .collect();
    Ok(AhoCorasick::builder().ascii_case_insensitive(true).build(phrases)?)
}

fn keywords(list: &AhoCorasick, notes: &[Labelled]) -> Figures {
    let (mut findings, mut right, mut labels, mut found) = (0, 0, 0, 0);
    for note in notes {
        let text = &note.record.text;
        let is_word = |at: Option<char>| at.is_some_and(char::is_alphanumeric);
        let hits: Vec<_> = list
            .find_iter(text)
            .map(|hit| hit.range())
            .filter(|hit| !is_word(text[..hit.start].chars().next_back()) && !is_word(text[hit.end..].chars().next()))
            .collect();
        let flags: Vec<_> = note.labels.iter().filter(|label| label.verdict == Verdict::Flag).collect();
        findings += hits.len();
        labels += flags.len();
        right += hits
            .iter()
            .filter(|hit| flags.iter().any(|flag| hit.start < flag.end && flag.start < hit.end))
            .count();
        found += flags
            .iter()
            .filter(|flag| hits.iter().any(|hit| hit.start < flag.end && flag.start < hit.end))
            .count();
    }
    let (precision, recall) = (right as f64 / findings.max(1) as f64, found as f64 / labels.max(1) as f64);
    (precision, recall, 2.0 * precision * recall / (precision + recall).max(f64::EPSILON))
}

fn counts(notes: &[Labelled]) -> Result<()> {
    let catalogue = Catalogue::new(&[])?;
    let families = catalogue.entries.iter().map(|entry| entry.family.as_str());
    let families: BTreeSet<&str> = families.chain(catalogue.gaps.iter().map(|_| GAP_FAMILY)).collect();
    println!("## How much is found\n");
    println!(
        "Findings a note on the {} labelled notes of `dev`. They were written to hold such words, so records of everyday work have fewer. \
         A note of the upper tenth has at least as many as the 90th percentile says.\n",
        notes.len()
    );
    for profile in &catalogue.profiles {
        let linter = Linter::builder().profile(&profile.name).build()?;
        let outcomes: Vec<Outcome> = notes.iter().map(|note| linter.check(&note.record)).collect();
        println!("### Profile `{}`\n", profile.name);
        println!(
            "| family | findings | notes with any | median | 90th percentile | most |\n| --- | --: | --: | --: | --: | --: |"
        );
        count_row("all", outcomes.iter().map(|outcome| outcome.findings.len()).collect());
        for family in &families {
            let of_family = |outcome: &Outcome| outcome.findings.iter().filter(|f| f.family == **family).count();
            let counts: Vec<usize> = outcomes.iter().map(of_family).collect();
            if counts.iter().any(|&count| count > 0) {
                count_row(&format!("`{family}`"), counts);
            }
        }
        println!();
    }
    Ok(())
}

fn count_row(name: &str, mut counts: Vec<usize>) {
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

/// The labelled notes of the files of a folder whose names fit.
fn notes(folder: &Path, fits: impl Fn(&str) -> bool) -> Result<Vec<Labelled>> {
    let mut files = fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<std::result::Result<Vec<PathBuf>, _>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    files.retain(|path| path.file_stem().is_some_and(|name| fits(&name.to_string_lossy())));
    files.sort();
    let mut notes = Vec::new();
    for file in files {
        for line in fs::read_to_string(file)?.lines().filter(|line| !line.trim().is_empty()) {
            notes.push(Labelled::read(line)?);
        }
    }
    Ok(notes)
}
