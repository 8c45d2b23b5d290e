//! SARIF: valid by the published schema, with the places that viewers count in and the marks by which a finding is known again.

#![cfg(feature = "cli")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use support::validator::Validator;
use tempfile::TempDir;

const SCHEMA: &str = include_str!("sarif/sarif-schema-2.1.0.json");

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    command.args(["check", "--no-config", "--format", "sarif"]).args(args);
    command.current_dir(folder).output().expect("the program starts")
}

/// A document that fits the schema.
fn document(output: &Output) -> Value {
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(Validator::new(SCHEMA).errors(&document), Vec::<String>::new());
    document
}

fn results(document: &Value) -> &Vec<Value> {
    document["runs"][0]["results"].as_array().expect("a list")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).expect("a file"));
    folder
}

#[test]
fn the_sample_notes_fit_the_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = run(root, &["--show-left", "examples/notes"]);
    let document = document(&output);
    assert_eq!(output.status.code(), Some(1));
    let run = &document["runs"][0];
    assert_eq!((&run["columnKind"], &run["invocations"][0]["executionSuccessful"]), (&json!("utf16CodeUnits"), &json!(true)));
    let rules: BTreeMap<&str, &Value> = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| (rule["id"].as_str().expect("an id"), rule))
        .collect();
    let (mut left, mut found) = (0, 0);
    for result in results(&document) {
        let rule = rules[result["ruleId"].as_str().expect("a rule")];
        assert!(rule["help"]["markdown"].as_str().is_some_and(|help| help.contains("**To ask**")), "{rule}");
        assert_eq!(result["partialFingerprints"]["caselint/v1"].as_str().map(str::len), Some(32), "{result}");
        match result["suppressions"].as_array() {
            Some(suppressions) => {
                let why = suppressions[0]["justification"].as_str().expect("a justification");
                assert!(why.starts_with("Seen and left alone: row "), "{why}");
                left += 1;
            }
            None => found += 1,
        }
    }
    assert!(left > 20 && found > 50, "{left} left, {found} found");
}

#[test]
fn the_schema_refuses_what_is_no_sarif() {
    let folder = folder(&[("a.txt", "She is promiscuous.")]);
    let document = document(&run(folder.path(), &["a.txt"]));
    let wrong = [
        ("/version", json!("2.0.0")),
        ("/runs/0/columnKind", json!("bytes")),
        ("/runs/0/results/0/level", json!("grave")),
        ("/runs/0/results/0/message", json!({})),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)),
        ("/runs/0/tool/driver/rules", json!([{ "name": "x" }])),
    ];
    for (place, value) in wrong {
        let mut document = document.clone();
        *document.pointer_mut(place).expect(place) = value;
        assert!(!Validator::new(SCHEMA).errors(&document).is_empty(), "{place}");
    }
}

#[test]
fn columns_are_utf16_code_units_of_the_file() {
    let text = "---\nid: x\n---\nZoë 🙂 said she is promiscuous.\r\nHe says that she puts\nherself at risk.\n";
    let folder = folder(&[("a b.txt", text)]);
    let document = document(&run(folder.path(), &["a b.txt"]));
    let lines: Vec<Vec<u16>> = text.split('\n').map(|line| line.encode_utf16().collect()).collect();
    let mut phrases = Vec::new();
    for result in results(&document).iter().filter(|result| result["properties"]["reason"] != "missing") {
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "a%20b.txt");
        let at = |key: &str| usize::try_from(location["region"][key].as_u64().expect("a number")).expect("it fits");
        let (first, last) = (at("startLine") - 1, at("endLine") - 1);
        let units = lines[first..=last].join(&u16::from(b'\n'));
        let behind = lines[last].len() - (at("endColumn") - 1);
        let phrase = String::from_utf16(&units[at("startColumn") - 1..units.len() - behind]).expect("whole characters");
        assert_eq!(location["region"]["snippet"]["text"], phrase);
        phrases.push(phrase);
    }
    assert_eq!(phrases, ["promiscuous", "puts\nherself at risk"]);
}

#[test]
fn records_in_lines_and_in_documents_have_their_places() {
    let folder = folder(&[
        (
            "a.jsonl",
            "{\"text\": \"Well.\"}\n{\"id\": \"r2\", \"fields\": [{\"id\": \"f\", \"text\": \"She is promiscuous.\"}]}\n",
        ),
        ("b.html", "<p>Well.</p><p>She is promiscuous.</p>"),
    ]);
    let document = document(&run(folder.path(), &["a.jsonl", "b.html"]));
    let [line, page] = &results(&document)[..] else {
        panic!("{document}")
    };
    assert_eq!(line["locations"][0]["physicalLocation"]["region"], json!({ "startLine": 2 }));
    assert_eq!(line["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "f, 1:8");
    assert_eq!(line["properties"]["record"], "r2");
    assert_eq!(page["locations"][0]["physicalLocation"].get("region"), None);
    assert_eq!(page["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "paragraph 2");
}

#[test]
fn a_baseline_tells_new_from_known_and_gone() {
    let folder = folder(&[("a.txt", "She is promiscuous. He absconded.\n")]);
    let old = run(folder.path(), &["--show-left", "a.txt"]);
    fs::write(folder.path().join("old.sarif"), &old.stdout).expect("a file");
    let fingerprint = |result: &Value| result["partialFingerprints"]["caselint/v1"].clone();

    let again = run(folder.path(), &["--baseline", "old.sarif", "a.txt"]);
    assert_eq!(again.status.code(), Some(0), "what is known does not count");
    fs::write(folder.path().join("again.sarif"), &again.stdout).expect("a file");

    fs::write(folder.path().join("a.txt"), "Well.\n\nShe is promiscuous. She puts herself at risk.\n").expect("a file");
    for baseline in ["old.sarif", "again.sarif"] {
        let output = run(folder.path(), &["--baseline", baseline, "a.txt"]);
        assert_eq!(output.status.code(), Some(1));
        let document = document(&output);
        let states: Vec<(&Value, &Value)> =
            results(&document).iter().map(|result| (&result["baselineState"], &result["ruleId"])).collect();
        let expected = [
            (&json!("new"), &json!("risk-and-choice/puts-self-at-risk")),
            (&json!("unchanged"), &json!("sexualised/promiscuous")),
            (&json!("absent"), &json!("missing/absconded")),
        ];
        assert_eq!(states, expected, "{baseline}");
        assert_eq!(results(&document)[1]["suppressions"][0]["kind"], "external");
        let old: Value = serde_json::from_slice(&old.stdout).expect("JSON");
        assert_eq!(fingerprint(&results(&document)[2]), fingerprint(&results(&old)[1]));
    }
}

#[test]
fn an_error_is_told_of() {
    let folder = folder(&[("a.txt", "Well.")]);
    let document = document(&run(folder.path(), &["a.txt", "gone.txt"]));
    let invocation = &document["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let text = &invocation["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(text, "1 file or record not read; standard error names them.");
}
