//! The JSON Schemas describe what is written and read: real output and all lexicon files fit them, and nothing is left out of them.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::Command;

use caselint::upkeep;
use serde_json::{Value, json};

/// Checks a value against a schema, as far as our schemas go: a keyword that is not known here is an error of its own. A key that the
/// schema does not describe is an error even where a schema would let it pass, so that no new key goes undescribed.
struct Validator {
    root: Value,
}

impl Validator {
    fn new(text: &str) -> Self {
        Validator { root: serde_json::from_str(text).expect("the schema is JSON") }
    }

    fn errors(&self, value: &Value) -> Vec<String> {
        self.check(&self.root, value, "")
    }

    fn check(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let mut errors = Vec::new();
        for (keyword, rule) in schema.as_object().expect("a schema is an object") {
            let fits = match keyword.as_str() {
                "$ref" => {
                    let path = rule.as_str().and_then(|path| path.strip_prefix('#')).expect("a reference in the document");
                    errors.extend(self.check(self.root.pointer(path).expect("the reference leads somewhere"), value, at));
                    true
                }
                "type" => match rule {
                    Value::Array(kinds) => kinds.iter().any(|kind| is_of(kind, value)),
                    kind => is_of(kind, value),
                },
                "const" => rule == value,
                "enum" => list(rule).contains(value),
                "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().expect("a number")),
                "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().expect("a number")),
                "pattern" => {
                    let pattern = regex::Regex::new(rule.as_str().expect("a pattern")).expect("a pattern");
                    value.as_str().is_none_or(|text| pattern.is_match(text))
                }
                "required" => list(rule).iter().all(|key| value.get(key.as_str().expect("a key")).is_some()),
                "anyOf" => list(rule).iter().any(|schema| self.check(schema, value, at).is_empty()),
                "items" => {
                    let items = value.as_array().into_iter().flatten().enumerate();
                    errors.extend(items.flat_map(|(number, item)| self.check(rule, item, &format!("{at}/{number}"))));
                    true
                }
                "properties" => {
                    errors.extend(self.properties(schema, value, at));
                    true
                }
                "additionalProperties" if schema.get("properties").is_none() => {
                    errors.extend(self.properties(schema, value, at));
                    true
                }
                "additionalProperties" | "$schema" | "$defs" | "title" | "description" => true,
                other => panic!("the keyword {other} is not known here"),
            };
            if !fits {
                errors.push(format!("{at}: {keyword} {rule} does not fit {value}"));
            }
        }
        errors
    }

    fn properties(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let Some(object) = value.as_object() else { return Vec::new() };
        let below = |key: &str| format!("{at}/{key}");
        let further = schema.get("additionalProperties").filter(|further| further.is_object());
        object
            .iter()
            .flat_map(|(key, value)| match schema.get("properties").and_then(|known| known.get(key)).or(further) {
                Some(schema) => self.check(schema, value, &below(key)),
                None => vec![format!("{}: the schema does not describe this key", below(key))],
            })
            .collect()
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str().expect("a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("the type {other} is not known here"),
    }
}

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
