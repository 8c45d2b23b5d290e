//! How right the verdicts are on labelled notes.

use std::fs;
use std::path::PathBuf;

use caselint::score::{Labelled, Report, Score};
use caselint::{Linter, Record};

use super::root;

pub fn linter() -> Linter {
    Linter::builder().build().expect("the embedded lexicon is sound")
}

/// The labelled notes of the files whose names fit.
pub fn read(folder: &str, fits: fn(&str) -> bool) -> Vec<Labelled> {
    let entries = fs::read_dir(root().join("tests/corpus").join(folder)).expect("the labelled notes are there");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.file_stem().is_some_and(|name| fits(&name.to_string_lossy())));
    files.sort();
    let texts = files.iter().map(|file| fs::read_to_string(file).expect("a file of labelled notes can be read"));
    // Neither a path nor a line is named where something is wrong: the held-out notes stay unread.
    let labelled = |text: String| text.lines().map(|line| Labelled::read(line).ok()).collect::<Option<Vec<_>>>();
    texts.flat_map(|text| labelled(text).expect("each line is a labelled note")).collect()
}

pub fn score(notes: &[Labelled]) -> Report {
    let (linter, mut score) = (linter(), Score::default());
    for note in notes {
        score.add(&linter, note);
    }
    score.report()
}

/// A share with its interval, in per cent.
pub fn figure(value: f64, low: f64, high: f64) -> String {
    format!("{:.0} % ({:.0} to {:.0})", 100.0 * value, 100.0 * low, 100.0 * high)
}

pub fn accuracy() -> String {
    let mut table = String::from("\n\n| invented notes | records | precision | recall |\n| --- | --: | --- | --- |\n");
    let is_bank: fn(&str) -> bool = |name| name.starts_with("bank");
    let is_long: fn(&str) -> bool = |name| !name.starts_with("bank");
    for (name, folder, fits) in [
        ("read while the rules were written", "dev", is_long),
        ("the same, one to three sentences", "dev", is_bank),
        ("not read", "held-out", is_long),
        ("not read, one to three sentences", "held-out", is_bank),
    ] {
        let report = score(&read(folder, fits));
        let overall = &report.overall;
        let within = overall.intervals.as_ref().expect("there are several records");
        let precision = figure(overall.precision, within.precision.low, within.precision.high);
        let recall = figure(overall.recall, within.recall.low, within.recall.high);
        table.push_str(&format!("| {name} | {} | {precision} | {recall} |\n", report.records));
    }
    table + "\n"
}

/// How many notes are labelled.
pub fn corpus() -> String {
    (read("dev", |_| true).len() + read("held-out", |_| true).len()).to_string()
}

/// Findings in a thousand words of a handbook in which nearly nothing is to be flagged.
pub fn handbook() -> String {
    let linter = linter();
    let (mut words, mut findings) = (0, 0);
    for entry in fs::read_dir(root().join("tests/real/foster-handbook")).expect("the handbook is there").flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(entry.path()).expect("a page of the handbook can be read");
            words += text.split_whitespace().count();
            findings += linter.check(&Record::from_text(text)).findings.len();
        }
    }
    format!("{findings} findings in {words} words")
}
