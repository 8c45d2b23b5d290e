//! A whole case: what is followed over records, as data in `case/cases.toml`; the example as snapshots; and order that does not matter.

#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use caselint::case::{Case, Document, Event, Phrase, Precision, Step, When};
use caselint::{Linter, Record};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Written>,
}

/// A case as the file writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    records: Vec<Entry>,
    histories: Option<Vec<String>>,
    missed: Option<Vec<String>>,
    disclosures: Option<Vec<String>>,
    plans: Option<Vec<String>>,
    copied: Option<Vec<String>>,
    words: Option<Vec<String>>,
    steps: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(default)]
    name: String,
    date: Option<String>,
    agency: Option<String>,
    text: String,
}

impl Entry {
    fn record(&self) -> Record {
        let mut record = Record::from_text(&self.text);
        record.date = self.date.as_ref().map(|date| date.parse().expect("a date"));
        record.agency.clone_from(&self.agency);
        record
    }
}

fn linter() -> Linter {
    Linter::builder().build().expect("the embedded lexicon is sound")
}

#[test]
fn file_of_cases() {
    let cases: Cases = toml::from_str(include_str!("case/cases.toml")).expect("cases.toml is well formed");
    assert!(cases.case.len() >= 20);
    let linter = linter();
    let wrong: Vec<String> = cases.case.iter().flat_map(|written| differences(&linter, written)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn differences(linter: &Linter, written: &Written) -> Vec<String> {
    let records: Vec<Record> = written.records.iter().map(Entry::record).collect();
    let documents: Vec<Document> = written
        .records
        .iter()
        .zip(&records)
        .map(|(entry, record)| Document::new(&entry.name, record))
        .collect();
    let case = linter.case(&documents);
    let looked_at = [
        ("histories", &written.histories, histories(&case)),
        ("missed", &written.missed, missed(&case)),
        ("disclosures", &written.disclosures, disclosures(&case)),
        ("plans", &written.plans, plans(&case)),
        ("copied", &written.copied, copied(&case)),
        ("words", &written.words, words(&case)),
        ("steps", &written.steps, steps(&case)),
    ];
    let differs = |(what, expected, found): (&str, &Option<Vec<String>>, Vec<String>)| {
        let expected = expected.as_ref().filter(|expected| **expected != found)?;
        Some(format!("{}: {what}\n  expected {expected:#?}\n  found {found:#?}", written.name))
    };
    looked_at.into_iter().filter_map(differs).collect()
}

fn name_of(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).expect("the value can be written");
    value.as_str().expect("the value has no fields").to_owned()
}

fn date(when: Option<When>) -> String {
    when.map_or("-".to_owned(), |when| when.date.to_string())
}

fn at(case: &Case, step: usize) -> String {
    date(case.steps[step].when)
}

fn dates(case: &Case, steps: &[usize]) -> String {
    steps.iter().map(|&step| at(case, step)).collect::<Vec<_>>().join(", ")
}

fn perhaps(case: &Case, step: Option<usize>) -> String {
    step.map_or("-".to_owned(), |step| at(case, step))
}

fn who(phrase: &Phrase) -> String {
    phrase.name.clone().unwrap_or_else(|| name_of(phrase.who))
}

fn histories(case: &Case) -> Vec<String> {
    let appearance = |appearance: &caselint::case::Appearance| {
        let phrase = &case.steps[appearance.step].phrases[appearance.phrase];
        let mut told = name_of(appearance.event);
        if matches!(appearance.event, Event::First | Event::Attributed | Event::AttributionChanged | Event::Unattributed) {
            told += &format!(" {}", who(phrase));
        }
        told += if appearance.after_challenge { " back" } else { "" };
        told += if appearance.other_figures { " figures" } else { "" };
        if appearance.times > 1 { format!("{told} x{}", appearance.times) } else { told }
    };
    let line = |history: &caselint::case::History| {
        let appearances: Vec<String> = history.appearances.iter().map(appearance).collect();
        format!("{}: {}", history.rule, appearances.join(", "))
    };
    case.histories.iter().map(line).collect()
}

fn missed(case: &Case) -> Vec<String> {
    let line = |run: &caselint::case::MissedRun| {
        let agency = run.agency.as_deref().unwrap_or("-");
        format!("{agency}: {}; {} analysed; {}", dates(case, &run.steps), run.analysed.len(), perhaps(case, run.ended_by))
    };
    case.missed.iter().map(line).collect()
}

fn disclosures(case: &Case) -> Vec<String> {
    let line = |disclosure: &caselint::case::Disclosure| {
        let note = &case.steps[disclosure.step].notes[disclosure.note];
        let answer = disclosure.analysed.as_ref().map(|answer| answer.step);
        format!("{} {}: {}", at(case, disclosure.step), name_of(note.who), perhaps(case, answer))
    };
    case.disclosures.iter().map(line).collect()
}

fn plans(case: &Case) -> Vec<String> {
    let line = |plan: &caselint::case::Plan| {
        format!("{}: {}; {}", at(case, plan.step), dates(case, &plan.repeated), perhaps(case, plan.reviewed))
    };
    case.plans.iter().map(line).collect()
}

fn copied(case: &Case) -> Vec<String> {
    let line =
        |copied: &caselint::case::Copied| format!("{} from {}, {}", at(case, copied.step), at(case, copied.from), copied.words);
    case.copied.iter().map(line).collect()
}

fn words(case: &Case) -> Vec<String> {
    let line = |quarter: &caselint::case::Quarter| {
        format!("{} Q{}: {}/{}", quarter.year, quarter.quarter, quarter.words.harm, quarter.words.conduct)
    };
    case.quarters.iter().map(line).collect()
}

fn steps(case: &Case) -> Vec<String> {
    let line = |step: &Step| format!("{} {} {}", date(step.when), step.document, step.agency.as_deref().unwrap_or("-"));
    case.steps.iter().chain(&case.undated).map(line).collect()
}

// --- The example -----------------------------------------------------------------------------------------------------------------------

const EXAMPLE: &str = "examples/case-julia";

fn program(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    let output = command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the program starts");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn the_example_for_people() {
    let shown = program(&["case", "--no-config", EXAMPLE]);
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "no line is wider than 80 columns");
    snapshots().bind(|| insta::assert_snapshot!("case-julia-terminal", shown));
}

/// Phrases and notes of the steps stand in the other snapshot, as people see them.
#[test]
fn the_example_for_programs() {
    let document: Value = serde_json::from_str(&program(&["case", "--no-config", "--format", "json", EXAMPLE])).expect("JSON");
    let mut document = document;
    document["tool"] = json!("…");
    for list in ["steps", "undated"] {
        for step in document["case"][list].as_array_mut().expect("a list") {
            *step = json!(format!("{} {} {}", step["when"]["date"], step["document"], step["line"]));
        }
    }
    snapshots().bind(|| insta::assert_json_snapshot!("case-julia-json", document));
}

#[test]
fn the_example_is_as_large_as_it_says() {
    let case: Case = read_back(&program(&["case", "--no-config", "--format", "json", EXAMPLE]));
    assert!(case.steps.len() >= 25);
    let events: Vec<Event> = case
        .histories
        .iter()
        .flat_map(|history| &history.appearances)
        .map(|appearance| appearance.event)
        .collect();
    assert!(events.contains(&Event::AttributionLost) && events.contains(&Event::Corrected));
    assert!(case.missed.iter().any(|run| run.steps.len() >= 4));
    let month = case.steps.iter().filter_map(|step| step.when).filter(|when| when.precision == Precision::Month);
    assert_eq!(month.count(), 1);
}

/// What is written can be read back as the library's own types.
fn read_back(document: &str) -> Case {
    let mut document: Value = serde_json::from_str(document).expect("JSON");
    serde_json::from_value(document["case"].take()).expect("the case is read back")
}

// --- Order -----------------------------------------------------------------------------------------------------------------------------

fn example_files() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(EXAMPLE)).expect("the example is there");
    let mut names: Vec<PathBuf> = entries.map(|entry| Path::new(EXAMPLE).join(entry.expect("a file").file_name())).collect();
    names.sort();
    names
}

#[test]
fn the_order_of_files_on_the_command_line_changes_nothing() {
    let mut files: Vec<String> = example_files().iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let shown = |files: &[String]| {
        let arguments = ["case", "--no-config"].into_iter().chain(files.iter().map(String::as_str));
        program(&arguments.collect::<Vec<_>>())
    };
    let expected = shown(&files);
    files.reverse();
    // The same file under a second name, too.
    files.push(format!("./{}", files[0]));
    assert_eq!(shown(&files), expected.replace(&format!("{}:", &files[0]), &format!("./{}:", &files[0])));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_records_changes_nothing(order in Just((0..9).collect::<Vec<usize>>()).prop_shuffle()) {
        // Equal dates, equal names, no dates, and dated entries.
        let texts = [
            ("a", Some("3/3/2011"), "Mum said that she is promiscuous. No reply."),
            ("a", Some("3/3/2011"), "She is promiscuous."),
            ("a", Some("3/3/2011"), "Her aunt said that she is promiscuous. Safety plan agreed."),
            ("b", None, "She is promiscuous."),
            ("b", None, "Mum said that she is promiscuous."),
            ("c", Some("1/3/2011"), "01/03/2011: No reply.\n\n03/03/2011: Nobody in. She said that he raped her."),
            ("d", Some("5/3/2011"), "The word \"promiscuous\" should not be used."),
            ("e", Some("6/3/2011"), "She is promiscuous. She said that he raped her."),
            ("", Some("6/3/2011"), "She is promiscuous. She said that he raped her."),
        ];
        let records: Vec<Record> = texts
            .iter()
            .map(|(_, date, text)| {
                let mut record = Record::from_text(*text);
                record.date = date.map(|date| date.parse().expect("a date"));
                record
            })
            .collect();
        let document = |number: &usize| Document::new(texts[*number].0, &records[*number]);
        let linter = linter();
        let given: Vec<Document> = order.iter().map(document).collect();
        let sorted: Vec<Document> = (0..texts.len()).collect::<Vec<_>>().iter().map(document).collect();
        prop_assert_eq!(linter.case(&given), linter.case(&sorted));
    }

    #[test]
    fn any_text_is_read(texts in prop::collection::vec(any::<String>(), 0..4)) {
        let records: Vec<Record> = texts.iter().map(Record::from_text).collect();
        let documents: Vec<Document> = records.iter().map(|record| Document::new("x", record)).collect();
        let case = linter().case(&documents);
        prop_assert!(case.steps.len() + case.undated.len() >= texts.len());
    }
}
