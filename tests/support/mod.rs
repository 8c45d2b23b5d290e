//! What several tests share: the sample notes, read as records, and programs that are fed. Each test compiles this file for itself, and not
//! every test uses all of it.
#![allow(dead_code)]

#[cfg(unix)]
pub mod transcript;
pub mod validator;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use caselint::{Finding, Linter, Outcome, Record};

/// A sample note.
pub struct Sample {
    /// The name of its file without the ending, with the number of the line where a file holds several records.
    pub name: String,
    pub record: Record,
    /// Lines of the file before the record's text.
    pub lines_before: usize,
}

/// All records of `examples/notes`, in the order of their names.
pub fn samples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/notes");
    let entries = fs::read_dir(folder).expect("the sample notes are there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    let samples: Vec<Sample> = paths.iter().flat_map(|path| read(path)).collect();
    assert!(samples.len() >= 12, "only {} sample notes were found", samples.len());
    samples
}

fn read(path: &Path) -> Vec<Sample> {
    let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
    let content = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if path.extension().is_some_and(|ending| ending == "jsonl") {
        let records = content.lines().map(|line| serde_json::from_str(line).expect("a line is a record"));
        let named = |(number, record)| Sample { name: format!("{name}-{}", number + 1), record, lines_before: 0 };
        return records.enumerate().map(named).collect();
    }
    let (front, text) = match content.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((keys, text)) => (keys, text),
        None => ("{}", content.as_str()),
    };
    let mut record: Record = serde_saphyr::from_str(front).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    record.text = text.to_owned();
    let lines_before = content[..content.len() - text.len()].matches('\n').count();
    vec![Sample { name, record, lines_before }]
}

/// A linter with the embedded lexicon.
pub fn linter() -> Linter {
    Linter::builder().build().expect("the embedded lexicon is sound")
}

/// What was found and what was left alone, in the order of the text.
pub fn mentions(outcome: &Outcome) -> Vec<&Finding> {
    outcome.findings.iter().chain(&outcome.left).collect()
}

/// The name of a unit variant, as the output writes it.
pub fn name_of(value: impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| Some(value.as_str()?.to_owned()))
        .expect("the value has no fields")
}

/// Runs a program with this on its standard input, which it may end without reading.
pub fn fed(command: &mut Command, stdin: &[u8]) -> Output {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the program starts");
    let _ = child.stdin.take().expect("stdin is piped").write_all(stdin);
    child.wait_with_output().expect("the program ends")
}
