//! The JSON Schemas describe what is written and read: real output and all lexicon files fit them, and nothing is left out of them.

#![cfg(feature = "cli")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use caselint::upkeep;
use serde_json::{Value, json};
use support::validator::{Validator, list};

/// What the program prints.
fn output(args: &[&str], folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_caselint"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the program starts");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn schema(what: &str) -> Validator {
    Validator::new(&output(&["schema", what], Path::new(".")))
}

fn lexicon(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Value>(text).expect("TOML")).expect("JSON")
}

#[test]
fn real_output_fits_the_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let text =
        "Mum said: \\\"she consented to sex\\\". She did not consent to sex. Mum consented to the referral. She is promiscuous.";
    let lines = format!(
        "{{\"id\": \"a\", \"subject\": {{\"age\": 12}}, \"fields\": [{{\"id\": \"f\", \"text\": \"{text}\"}}]}}\n{{\"text\": \"Well.\"}}\n"
    );
    fs::write(folder.path().join("notes.jsonl"), lines).expect("a file");
    fs::write(folder.path().join("note.txt"), text.replace('\\', "")).expect("a file");
    let schema = schema("output");
    let document = output(&["check", "--show-left", "--format", "json", "."], folder.path());
    let document: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(schema.errors(&document), Vec::<String>::new());
    let findings = |kind: &str| list(&document["records"]).iter().map(|record| list(&record[kind]).len()).sum::<usize>();
    assert!(findings("findings") >= 4 && findings("left") >= 2, "the output holds something: {document}");
    let record = schema.root["$defs"]["record"].clone();
    for line in output(&["check", "--show-left", "--format", "jsonl", "."], folder.path()).lines() {
        let line = serde_json::from_str(line).expect("JSON");
        assert_eq!(schema.check(&record, &line, ""), Vec::<String>::new());
    }
}

#[test]
fn a_real_case_fits_the_schema() {
    let document =
        output(&["case", "--no-config", "--format", "json", "examples/case-julia"], Path::new(env!("CARGO_MANIFEST_DIR")));
    let document: Value = serde_json::from_str(&document).expect("JSON");
    let schema = schema("case");
    assert_eq!(schema.errors(&document), Vec::<String>::new());
    for list in ["steps", "undated", "histories", "quarters", "missed", "disclosures", "plans", "copied"] {
        assert!(!list_at(&document, list).is_empty(), "the example has {list}");
    }
    let wrong = [
        ("/schema_version", json!(2)),
        ("/case/steps/0/when/precision", json!("year")),
        ("/case/steps/0/line", json!(0)),
        ("/case/histories/0/appearances/0/event", json!("gone")),
        ("/case/missed/0/steps", json!({})),
        ("/in_short", json!("x")),
    ];
    for (place, value) in wrong {
        let mut document = document.clone();
        *document.pointer_mut(place).expect(place) = value;
        assert!(!schema.errors(&document).is_empty(), "{place}");
    }
}

#[test]
fn output_with_a_baseline_fits_the_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("note.txt"), "She is promiscuous. He absconded.").expect("a file");
    fs::write(folder.path().join("old.json"), output(&["check", "--format", "json", "note.txt"], folder.path())).expect("a file");
    fs::write(folder.path().join("note.txt"), "She is promiscuous. She puts herself at risk.").expect("a file");
    let schema = schema("output");
    let document = output(&["check", "--format", "json", "--baseline", "old.json", "note.txt"], folder.path());
    let document: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(schema.errors(&document), Vec::<String>::new());
    let texts = |list: &Value| -> Vec<String> {
        list.as_array()
            .expect("a list")
            .iter()
            .map(|finding| finding["text"].as_str().expect("a phrase").to_owned())
            .collect()
    };
    assert_eq!(texts(&document["records"][0]["findings"]), ["puts herself at risk"]);
    assert_eq!(texts(&document["records"][0]["known"]), ["promiscuous"]);
    assert_eq!(texts(&document["gone"]), ["absconded"]);
    let numbers = ["findings", "known", "gone"].map(|key| document["summary"][key].as_u64());
    assert_eq!(numbers, [Some(1), Some(1), Some(1)]);
    // What such a run writes is a baseline in its turn.
    fs::write(folder.path().join("new.json"), document.to_string()).expect("a file");
    let again = output(&["check", "--format", "json", "--baseline", "new.json", "note.txt"], folder.path());
    let again: Value = serde_json::from_str(&again).expect("JSON");
    let numbers = ["findings", "known", "gone"].map(|key| again["summary"][key].as_u64());
    assert_eq!(numbers, [Some(0), Some(2), Some(0)]);
}

fn list_at<'a>(document: &'a Value, name: &str) -> &'a Vec<Value> {
    list(&document["case"][name])
}

#[test]
fn rates_fit_their_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let notes = "{\"team\": \"North\", \"date\": \"2024-03-21\", \"text\": \"She is promiscuous.\"}\n{\"text\": \"Well.\"}\n";
    fs::write(folder.path().join("notes.jsonl"), notes).expect("a file");
    let schema = schema("summary");
    let document: Value =
        serde_json::from_str(&output(&["check", "--summary-only", "--format", "json", "."], folder.path())).expect("JSON");
    assert_eq!(schema.errors(&document), Vec::<String>::new());
    assert_eq!(list(&document["rates"]["team"]).len(), 2, "the document holds something: {document}");
    let mut wrong = document;
    wrong["rates"]["team"][0]["findings"] = json!(-1);
    assert!(!schema.errors(&wrong).is_empty());
}

#[test]
fn the_schema_of_output_refuses_what_is_no_output() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("note.txt"), "She is promiscuous.").expect("a file");
    let document: Value = serde_json::from_str(&output(&["check", "--format", "json", "."], folder.path())).expect("JSON");
    let schema = schema("output");
    let wrong = [
        ("/schema_version", json!(2)),
        ("/records/0/findings/0/ask", json!("shout")),
        ("/records/0/findings/0/line", json!(0)),
        ("/records/0/findings/0/fingerprint", json!("x")),
        ("/records/0/findings", json!({})),
        ("/summary/findings", json!("1")),
    ];
    for (place, value) in wrong {
        let mut document = document.clone();
        *document.pointer_mut(place).expect(place) = value;
        assert!(!schema.errors(&document).is_empty(), "{place}");
    }
}

#[test]
fn all_lexicon_files_fit_the_schema() {
    let schema = schema("lexicon");
    let own = ["config/words.toml", "cli/lexicon.toml", "gaps/words.toml"].map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
        (name.to_owned(), fs::read_to_string(path).expect("the file is there"))
    });
    let starter = ("starter".to_owned(), output(&["lexicon", "new", "x"], Path::new(".")));
    let embedded = upkeep::embedded().into_iter().map(|file| (file.name, file.text));
    let mut count = 0;
    for (name, text) in embedded.chain(own).chain([starter]) {
        assert_eq!(schema.errors(&lexicon(&text)), Vec::<String>::new(), "{name}");
        count += 1;
    }
    assert!(count > 30, "only {count} files");
}

#[test]
fn the_schema_of_lexicons_refuses_what_the_program_refuses() {
    let wrong = [
        "family = \"x\"",
        "format = 2",
        "format = 1\nfamilys = \"x\"",
        "format = 1\nfamily = \"My Words\"",
        "format = 1\n[[concern]]\nextends = \"consent/consented\"\nphrases = [\"x\"]\nwhy = \"x\"",
        "format = 1\nfamily = \"x\"\n[[concern]]\nid = \"x\"",
        "format = 1\n[[gap]]\nid = \"x\"\nscope = \"sentence\"",
        "format = 1\n[[gap]]\nextends = \"gap/missed-contact\"\nsought = \"x\"",
        "format = 1\n[class.x]\nword = [\"x\"]",
        "format = 1\n[profile]\nfamilies = []",
        "format = 1\n[[cue]]\nkind = \"shouting\"\nphrases = [\"x\"]",
    ];
    let schema = schema("lexicon");
    for text in wrong {
        assert!(!schema.errors(&lexicon(text)).is_empty(), "{text}");
        let file = caselint::lexicon::SourceFile { name: "x.toml".into(), text: text.into() };
        assert!(!upkeep::check(&[file]).problems.is_empty(), "{text}");
    }
}

#[test]
fn a_starter_file_is_sound_for_a_new_family_and_for_one_that_exists() {
    let folder = tempfile::tempdir().expect("a folder");
    for family in ["our-service", "consent"] {
        let text = output(&["lexicon", "new", family], Path::new("."));
        fs::write(folder.path().join("words.toml"), text).expect("a file");
        let report = output(&["lexicon", "check", "words.toml"], folder.path());
        assert_eq!(report, "1 concern, 3 patterns: sound; all 6 examples hold.\n", "{family}");
        let found = output(&["check", "--compact", "--lexicon", "words.toml", "-"], folder.path());
        assert_eq!(found, "", "nothing was given to read");
    }
}
