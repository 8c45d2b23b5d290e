//! False alarms and misses in notes about different groups.

use std::collections::BTreeMap;
use std::fs;

use caselint::score::{Labelled, Score};
use caselint::{Kind, Linter, Verdict};
use serde::Deserialize;

use super::notes::{figure, linter, read};
use super::root;

/// A labelled note of `tests/fairness/notes.jsonl`, with what it was written about.
#[derive(Deserialize)]
struct Grouped {
    group: String,
    register: String,
}

/// Which notes stand in one row of a table.
type Key = fn(&Grouped) -> &str;

/// How the groups are called, in the order of the table.
const GROUPS: &[(&str, &str)] = &[
    ("black-children", "Black children"),
    ("disabled-children", "disabled children"),
    ("boys", "boys"),
    ("care-leavers", "care leavers"),
    ("esl-parents", "parents with English as a second language"),
    ("comparison", "none of these, to compare with"),
];

const REGISTERS: &[(&str, &str)] = &[("dialect", "dialect"), ("slang", "slang"), ("own-words", "young people's own words")];

pub fn table() -> String {
    rows("records about", GROUPS, |note| &note.group)
}

pub fn by_register() -> String {
    rows("notes in", REGISTERS, |note| &note.register)
}

fn rows(head: &str, names: &[(&str, &str)], key: Key) -> String {
    let linter = linter();
    let mut groups: BTreeMap<String, Vec<Labelled>> = BTreeMap::new();
    let text = fs::read_to_string(root().join("tests/fairness/notes.jsonl")).expect("the notes are there");
    for line in text.lines() {
        let grouped: Grouped = serde_json::from_str(line).expect("a note has a group and a register");
        let labelled = Labelled::read(line).unwrap_or_else(|error| panic!("{error}"));
        groups.entry(key(&grouped).to_owned()).or_default().push(labelled);
    }
    let mut table = format!(
        "\n\n| {head} | notes | nothing to flag | of these with a false alarm | findings | of these false | to flag | of these missed |\n\
         | --- | --: | --: | --- | --: | --- | --: | --- |\n"
    );
    for (name, words) in names {
        let notes = groups.remove(*name).unwrap_or_else(|| panic!("there are no notes about {name}"));
        table.push_str(&format!("| {words} |{}\n", row(&linter, &notes)));
    }
    assert!(groups.is_empty(), "a group or a register has no name in the table");
    table + "\n"
}

fn row(linter: &Linter, notes: &[Labelled]) -> String {
    let (mut clear, mut alarmed, mut score) = (0, 0, Score::default());
    for note in notes {
        if note.labels.iter().all(|label| label.verdict == Verdict::Leave) {
            clear += 1;
            alarmed += usize::from(linter.check(&note.record).findings.iter().any(|finding| finding.kind == Kind::Phrase));
        }
        score.add(linter, note);
    }
    let overall = score.report().overall;
    let within = overall.intervals.as_ref().expect("there are several notes");
    let counts = overall.counts;
    let false_ones =
        share(counts.findings - counts.right, counts.findings, (1.0 - within.precision.high, 1.0 - within.precision.low));
    let missed = share(counts.labels - counts.found, counts.labels, (1.0 - within.recall.high, 1.0 - within.recall.low));
    let alarmed = share(alarmed, clear, (1.0, 0.0));
    format!(" {} | {clear} | {alarmed} | {} | {false_ones} | {} | {missed} |", notes.len(), counts.findings, counts.labels)
}

/// A count with its share and the wider of two intervals: Wilson's, and the one that drawing notes again gave.
fn share(count: usize, all: usize, drawn: (f64, f64)) -> String {
    let (low, high) = wilson(count, all);
    format!("{count}: {}", figure(count as f64 / all as f64, low.min(drawn.0), high.max(drawn.1)))
}

/// The 95 % interval of a share of independent notes, by Wilson.
fn wilson(count: usize, all: usize) -> (f64, f64) {
    let (share, all, z) = (count as f64 / all as f64, all as f64, 1.96_f64);
    let middle = (share + z * z / (2.0 * all)) / (1.0 + z * z / all);
    let half = z / (1.0 + z * z / all) * (share * (1.0 - share) / all + z * z / (4.0 * all * all)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// How many notes there are about groups.
pub fn notes() -> String {
    about_groups().to_string()
}

/// How many notes are compared with other people in them.
pub fn swapped() -> String {
    let corpora = ["dev", "own"].map(|folder| read(folder, |name| name != "README").len());
    (corpora.iter().sum::<usize>() + about_groups()).to_string()
}

fn about_groups() -> usize {
    let notes = fs::read_to_string(root().join("tests/fairness/notes.jsonl")).expect("the notes are there");
    notes.lines().count()
}

/// How many versions of each note are compared.
pub fn swaps() -> String {
    let swaps = fs::read_to_string(root().join("tests/fairness/swaps.toml")).expect("the swaps are there");
    (2 * swaps.matches("[[variant]]\n").count()).to_string()
}
