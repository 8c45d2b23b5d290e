//! What the README shows is true: its snippet, its exit statuses and its formats. `tests/book.rs` runs its commands with those of the book.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const README: &str = include_str!("../README.md");
const THIS_FILE: &str = include_str!("readme.rs");

/// The text of the fenced blocks in a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let after = README.match_indices(&fence).map(|(at, _)| &README[at + fence.len()..]);
    after.map(|rest| &rest[..rest.find("```").expect("a block ends")]).collect()
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("NO_COLOR")
        .output()
        .expect("the program starts")
}

/// A folder of notes that a test writes.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("the file is written");
    }
    folder
}

/// The snippet of the README, line for line.
fn snippet() -> Result<(), Box<dyn std::error::Error>> {
    use caselint::{Linter, Record};

    let linter = Linter::builder().build()?;
    let outcome = linter.check(&Record::from_text("She is promiscuous."));
    for finding in &outcome.findings {
        println!("{} {}", finding.rule, finding.message);
    }
    assert_eq!(outcome.findings.len(), 1);
    Ok(())
}

#[test]
fn the_library_snippet_is_code_that_runs() {
    snippet().expect("the snippet runs");
    let [block] = blocks("rust")[..] else {
        panic!("one block of Rust is expected")
    };
    let indented: Vec<String> = block
        .lines()
        .map(|line| if line.is_empty() { String::new() } else { format!("    {line}") })
        .collect();
    assert!(THIS_FILE.contains(&indented.join("\n")), "the function `snippet` should hold the README's lines:\n{block}");
}

#[test]
fn the_number_of_sample_notes() {
    let notes = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/notes");
    let count = fs::read_dir(notes).expect("the sample notes are there").count();
    let words =
        [(20, "twenty"), (21, "twenty-one"), (22, "twenty-two"), (23, "twenty-three"), (24, "twenty-four"), (25, "twenty-five")];
    let word = words
        .iter()
        .find(|(number, _)| *number == count)
        .map(|(_, word)| *word)
        .expect("a number that has a word here");
    assert!(README.contains(&format!("reads {word} invented notes")), "there are {count} sample notes");
}

#[test]
fn exit_statuses() {
    let files = [
        ("clear.txt", "Seen at home. Tea was ready."),
        ("analyse.txt", "Mum said that she has consented to sex."),
        ("reword.txt", "She is promiscuous."),
        ("binary.txt", "placeholder"),
    ];
    let folder = folder(&files);
    fs::write(folder.path().join("binary.txt"), b"\x00\x01\x02\x03\x81").expect("the file is written");
    let status = |arguments: &[&str]| run(folder.path(), &[&["check", "--quiet"], arguments].concat()).status.code();
    assert_eq!(status(&["clear.txt"]), Some(0));
    assert_eq!(status(&["analyse.txt"]), Some(1));
    assert_eq!(status(&["--fail-on", "reword", "analyse.txt"]), Some(0));
    assert_eq!(status(&["--fail-on", "reword", "reword.txt"]), Some(1));
    assert_eq!(status(&["--fail-on", "consider", "analyse.txt"]), Some(1));
    assert_eq!(status(&["--fail-on", "never", "reword.txt"]), Some(0));
    assert_eq!(status(&["binary.txt", "reword.txt"]), Some(2), "an error wins");
    assert_eq!(status(&["--no-such-option"]), Some(2));
    assert_eq!(status(&["absent.txt"]), Some(2));
}

#[test]
fn front_matter() {
    let [block] = blocks("yaml")[..] else {
        panic!("one block of front matter is expected")
    };
    // The date of birth that the comment offers is an age as well as the age itself.
    for block in [block.to_owned(), block.replace("age: 13              # or ", "")] {
        let folder = folder(&[("note.txt", &format!("{block}She consented to sex.\n"))]);
        let output = run(folder.path(), &["check", "--format", "json", "note.txt"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
        let record = &report["records"][0];
        assert_eq!(record["id"], "visit-0412");
        assert_eq!(record["findings"][0]["gravity"], 2, "the age makes it graver: {record}");
        let evidence = record["findings"][0]["evidence"].as_array().expect("a list");
        assert!(evidence.iter().any(|one| one["kind"] == "age" && one["text"] == "13"), "{record}");
    }
}

#[test]
fn a_form_in_json_lines() {
    let form = blocks("json")[0].replacen('…', "She is promiscuous.", 1);
    let folder = folder(&[("notes.jsonl", &form)]);
    let report: Value =
        serde_json::from_slice(&run(folder.path(), &["check", "--format", "json", "notes.jsonl"]).stdout).expect("a document");
    assert_eq!(report["records"][0]["id"], "n1");
    assert_eq!(report["records"][0]["findings"][0]["field"], "said");
}

/// The README's report has the very keys of a real one.
#[test]
fn keys_of_the_report() {
    let shown: Value = serde_json::from_str(blocks("json")[1]).expect("the shown report is JSON");
    let folder = folder(&[("note.txt", "Mum told me that she is promiscuous.")]);
    let output = run(folder.path(), &["check", "--format", "json", "--show-left", "note.txt"]);
    let real: Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    let keys = |value: &Value| -> Vec<String> { value.as_object().expect("an object").keys().cloned().collect() };
    let at = |pointer: &str| {
        let of = |report: &Value| keys(report.pointer(pointer).unwrap_or_else(|| panic!("{pointer} in {report}")));
        assert_eq!(of(&shown), of(&real), "{pointer}");
    };
    ["", "/tool", "/records/0", "/records/0/findings/0", "/records/0/findings/0/voice", "/summary"]
        .into_iter()
        .for_each(at);
}
