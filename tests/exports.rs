//! What a data team gets: tables of findings without words, and what is printed or repeated in an export.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    command.current_dir(folder).arg("check").args(arguments).output().expect("the program starts")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("the file is written");
    }
    folder
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the output is UTF-8")
}

fn lines(texts: impl Iterator<Item = String>) -> String {
    texts.map(|text| format!("{}\n", serde_json::json!({ "text": text }))).collect()
}

/// The rows of a table as maps from the names of the columns.
fn rows(output: &Output) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(&output.stdout[..]);
    reader.deserialize().map(|row| row.expect("a row with all columns")).collect()
}

const SECRET: &str = "0123456789abcdef0123456789abcdef\n";

#[test]
fn a_table_holds_no_words_and_no_hash_of_them() {
    let note =
        "{\"id\": \"=1+1\", \"date\": \"2024-03-21\", \"text\": \"She is promiscuous. Mum said that she consented to sex.\"}\n";
    let folder = folder(&[("a.jsonl", note), ("secret", SECRET), ("other", "another secret of 16 bytes")]);
    let output = run(folder.path(), &["--format", "csv", "a.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    let table = text(&output.stdout);
    assert!(!table.contains("promiscuous.") && !table.contains("consented to"), "{table}");
    let plain = rows(&output);
    assert_eq!(plain.len(), 3, "two phrases and a gap");
    assert_eq!((&*plain[0]["record_id"], &*plain[0]["fingerprint"], plain[0].get("text")), ("'=1+1", "", None));
    let json: Value = serde_json::from_slice(&run(folder.path(), &["--format", "jsonl", "a.jsonl"]).stdout).expect("JSON");
    for (row, finding) in plain.iter().zip(json["findings"].as_array().expect("a list")) {
        for key in ["rule", "family", "ask", "verdict", "reason", "kind"] {
            assert_eq!(row[key], finding[key], "{key}");
        }
        for key in ["start", "end", "line", "column", "gravity", "row"] {
            let number = finding[key].as_u64().map(|number| number.to_string());
            assert_eq!(row[key], number.unwrap_or_default(), "{key}");
        }
    }
    let keyed = |key| rows(&run(folder.path(), &["--format", "csv", "--hash-key", key, "--with-text", "a.jsonl"]));
    let (one, again, other) = (keyed("secret"), keyed("secret"), keyed("other"));
    assert_eq!(one, again);
    assert_eq!(one[0]["text"], "promiscuous");
    assert_eq!(one[0]["fingerprint"].len(), 32);
    assert!(one[0]["fingerprint"] != one[1]["fingerprint"] && one[0]["fingerprint"] != other[0]["fingerprint"]);
    assert!(!json.to_string().contains(&one[0]["fingerprint"]), "it is not the plain one");
}

#[test]
fn what_stands_in_many_records_is_left_and_counted_apart() {
    let records =
        |many| lines((0..many).map(|number| format!("Reason she failed to attend: reason {number}\nShe failed to engage.\n")));
    let folder =
        folder(&[("many.jsonl", &records(30)), ("few.jsonl", &records(10)), ("form.txt", "Reason she failed to attend: ____\n")]);
    let summary = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["--format", "json", "--show-left"], arguments].concat());
        let document: Value = serde_json::from_slice(&output.stdout).expect("a document");
        let reason = document["records"][0]["left"][0]["reason"].clone();
        (document["summary"]["findings"].as_u64(), document["summary"]["printed"].as_u64(), reason)
    };
    assert_eq!(summary(&["many.jsonl"]), (Some(30), Some(30), "printed".into()), "the sentence stays, the label goes");
    assert_eq!(summary(&["few.jsonl"]), (Some(20), Some(0), Value::Null));
    assert_eq!(summary(&["few.jsonl", "--template", "form.txt"]), (Some(10), Some(10), "printed".into()));
    let shown = run(folder.path(), &["--show-left", "--template", "form.txt", "few.jsonl"]);
    assert!(text(&shown.stdout).contains("“failed to attend” (printed)\n"), "{}", text(&shown.stdout));
    assert!(
        text(&shown.stdout).ends_with("10 mentions seen and left alone, 10 of\nthem printed in forms\n"),
        "{}",
        text(&shown.stdout)
    );
}

#[test]
fn repeated_analysis_is_listed_at_the_terminal_and_counted_elsewhere() {
    let analysis = "Mum said that she consented to sex. At 12 she cannot legally consent, so this is sexual abuse.";
    let notes = |many| lines((0..many).map(|_| analysis.to_owned()));
    let folder = folder(&[("five.jsonl", &notes(5)), ("four.jsonl", &notes(4))]);
    let five = run(folder.path(), &["five.jsonl"]);
    let listed = "repeated wording, in 5 records: “At 12 she cannot legally consent, so this is\nsexual abuse.”\n";
    assert!(text(&five.stdout).starts_with(listed), "{}", text(&five.stdout));
    assert!(!text(&run(folder.path(), &["four.jsonl"]).stdout).contains("repeated"));
    let json = run(folder.path(), &["--format", "json", "five.jsonl"]);
    assert!(text(&json.stdout).contains("\"repeated\":1") && !text(&json.stdout).contains("sexual abuse"));
}

#[test]
fn rates_by_team_and_month() {
    let notes = "{\"team\": \"North\", \"agency\": \"Police\", \"date\": \"2024-03-21\", \"text\": \"She is promiscuous and that is it.\"}\n\
                 {\"agency\": \"Police\", \"date\": \"2024-04-01\", \"text\": \"Seen at home. - Tea was ready.\"}\n\
                 {\"text\": \"Well and at school.\"}\n";
    let folder = folder(&[("a.jsonl", notes)]);
    let output = run(folder.path(), &["--summary-only", "--format", "json", "a.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    let document: Value = serde_json::from_slice(&output.stdout).expect("a document");
    assert_eq!(document["words"], 17);
    let of = |by: &str| document["rates"][by].as_array().expect("a list").clone();
    let named = |name: Value, records: usize, words: usize, findings: usize, rate: f64| serde_json::json!({"name": name, "records": records, "words": words, "findings": findings, "per_1000_words": rate});
    let north = |name: &str| named(name.into(), 1, 7, 1, 142.86);
    let (police, none) = (|name: &str| named(name.into(), 1, 6, 0, 0.0), named(Value::Null, 1, 4, 0, 0.0));
    assert_eq!(of("team"), [north("North"), none.clone(), police("Police")]);
    assert_eq!(of("month"), [none, north("2024-03"), police("2024-04")]);
    assert_eq!(of("family").len(), 1);
    assert_eq!(
        of("family")[0],
        serde_json::json!({"name": "sexualised", "words": 17, "findings": 1, "per_1000_words": 58.82})
    );
    let table = run(folder.path(), &["--summary-only", "a.jsonl"]);
    assert!(text(&table.stdout).starts_with("1 finding in 17 words: 58.82 in 1,000\n"), "{}", text(&table.stdout));
    assert!(!text(&table.stdout).contains("promiscuous"));
    assert!(text(&table.stdout).lines().all(|line| line.chars().count() <= 80));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_what_csv_holds() {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    let folder = folder(&[
        ("a.jsonl", &lines((0..20_000).map(|number| format!("Seen {number} times. She is promiscuous.")))),
        ("secret", SECRET),
    ]);
    let with = |format, file| {
        run(folder.path(), &["--format", format, "--output", file, "--hash-key", "secret", "--with-text", "a.jsonl"])
    };
    assert_eq!((with("parquet", "a.parquet").status.code(), with("csv", "a.csv").status.code()), (Some(1), Some(1)));
    let file = fs::File::open(folder.path().join("a.parquet")).expect("the table is there");
    let reader = SerializedFileReader::new(file).expect("it is Parquet");
    assert!(reader.num_row_groups() > 1, "groups bound the memory");
    let mut csv = csv::Reader::from_path(folder.path().join("a.csv")).expect("the table is there");
    let names: Vec<String> = csv.headers().expect("a header").iter().map(str::to_owned).collect();
    let mut count = 0;
    for (row, record) in reader.get_row_iter(None).expect("rows").zip(csv.records()) {
        let (row, record) = (row.expect("a row"), record.expect("a row"));
        for (number, (name, field)) in row.get_column_iter().enumerate() {
            assert_eq!(*name, names[number]);
            let value = field.to_string();
            let value = if value == "null" { "" } else { value.trim_matches('"') };
            assert_eq!(value, &record[number], "{name}");
        }
        count += 1;
    }
    assert_eq!(count, 20_000);
}
