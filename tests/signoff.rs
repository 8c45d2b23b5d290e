//! From findings to a signed statement: review, register, signoff, as a supervisor uses them.

#![cfg(feature = "register")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use support::fed;
use tempfile::TempDir;

/// Two findings that ask for another wording, one of them twice in the same words, and one that asks for analysis.
const NOTE: &str = "She is promiscuous.\n\nShe puts herself at risk.\n\nAgain she puts herself at risk.\n\nShe told me that she consented to sex.\n";

fn run(folder: &Path, args: &[&str], keys: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    fed(command.current_dir(folder).args(args).env("USER", "jo"), keys.as_bytes())
}

/// What was said, once the exit status is as it should be. Lines that were broken to the width of a terminal are whole again.
fn said(output: &Output, status: i32) -> String {
    let said = String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned();
    assert_eq!(output.status.code(), Some(status), "{said}");
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn review(folder: &Path, keys: &str, status: i32) -> String {
    said(&run(folder, &["review", "notes", "--no-config", "--register", "r.db"], keys), status)
}

const SIGN: [&str; 9] = ["signoff", "notes", "--no-config", "--register", "r.db", "--by", "Jo Marsh", "--role", "team manager"];

fn sign(folder: &Path, more: &[&str], status: i32) -> String {
    said(&run(folder, &[&SIGN, more].concat(), ""), status)
}

fn verify(folder: &Path, status: i32) -> String {
    said(&run(folder, &["signoff", "verify", "notes", "--no-config", "--register", "r.db"], ""), status)
}

fn export(folder: &Path) -> Value {
    let output = run(folder, &["register", "export", "r.db", "--format", "json"], "");
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

fn choices(folder: &Path) -> Vec<String> {
    let export = export(folder);
    let decisions = export["decisions"].as_array().expect("a list");
    decisions.iter().map(|decision| decision["choice"].as_str().expect("a text").to_owned()).collect()
}

fn folder(notes: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::create_dir(folder.path().join("notes")).expect("a folder can be made");
    for (name, text) in notes {
        fs::write(folder.path().join("notes").join(name), text).expect("the file is written");
    }
    folder
}

#[test]
fn findings_are_decided_on_one_by_one_and_the_session_goes_on() {
    let folder = folder(&[("a.txt", NOTE), ("b.txt", "He is streetwise.")]);
    // One for its author with a reason, one taken back, and an end in the midst of it.
    let told = review(folder.path(), "r\n1\nk\n\nu\nq\n", 1);
    assert!(told.contains("5 to decide") && told.contains("1 decided (1 return to author), 4 left"), "{told}");
    assert_eq!(choices(folder.path()), ["return-to-author", "kept", "withdrawn"]);
    // What is left, and a capital letter for both that are alike; an unknown key decides nothing.
    let told = review(folder.path(), "z\nS\n2\nk\nt\nHer own words.\nn\n3\n", 0);
    assert!(told.contains("4 to decide") && told.contains("`z` is no key here") && told.contains("4 decided"), "{told}");
    let export = export(folder.path());
    let last: Vec<[&Value; 4]> = export["decisions"].as_array().expect("a list")[3..]
        .iter()
        .map(|decision| ["choice", "reason", "note", "record"].map(|key| &decision[key]))
        .collect();
    let supervision = "the wording is to be talked through";
    let expected = serde_json::json!([
        ["for-supervision", supervision, null, "notes/a.txt"],
        ["for-supervision", supervision, null, "notes/a.txt"],
        ["kept", null, "Her own words.", "notes/a.txt"],
        ["not-applicable", "they are about nobody in particular", null, "notes/b.txt"],
    ]);
    assert_eq!(serde_json::to_value(last).expect("it is JSON"), expected);
    assert!(review(folder.path(), "", 0).contains("no finding waits for a decision"));
}

#[test]
fn a_decision_survives_edits_elsewhere_and_one_that_matches_nothing_is_told() {
    let folder = folder(&[("a.txt", NOTE)]);
    review(folder.path(), "k\n\nK\n\nk\n\n", 0);
    let path = folder.path().join("notes/a.txt");
    fs::write(&path, format!("Seen at school today.\n\n{NOTE}\nShe was well.\n")).expect("the file is written");
    assert!(review(folder.path(), "", 0).contains("no finding waits"));
    fs::write(&path, NOTE.replace("She is promiscuous.", "She has been hurt.")).expect("the file is written");
    let told = review(folder.path(), "", 0);
    assert!(
        told.contains("1 decision matches nothing any more") && told.contains("notes/a.txt: sexualised/promiscuous, kept"),
        "{told}"
    );
    // A record is known by its id, wherever its file goes.
    fs::write(&path, format!("---\nid: n1\n---\n{NOTE}")).expect("the file is written");
    review(folder.path(), "k\n\nK\n\nk\n\n", 0);
    fs::rename(&path, folder.path().join("notes/moved.txt")).expect("a file can be moved");
    assert!(review(folder.path(), "", 0).contains("no finding waits"));
}

#[test]
fn a_statement_tells_what_was_not_looked_for() {
    let folder = folder(&[("a.txt", "She is promiscuous.")]);
    let off = ["--off", "sexualised", "--off", "behaviour/old-for-her-years", "--ask", "consent=consider", "-o", "s"];
    let told = sign(folder.path(), &off, 0);
    assert!(told.contains("Not looked for: behaviour/old-for-her-years, sexualised."), "{told}");
    let page = fs::read_to_string(folder.path().join("s.html")).expect("it is there");
    assert!(
        page.contains("<th scope=\"row\">Not looked for</th><td>behaviour/old-for-her-years, sexualised</td>"),
        "{page}"
    );
    assert!(page.contains("<th scope=\"row\">Told to ask</th><td>consent=consider</td>"), "{page}");
    let statement = &export(folder.path())["statements"][0];
    assert!(statement.to_string().contains("sexualised"), "{statement}");
    review(folder.path(), "k\n\n", 0);
    assert!(!sign(folder.path(), &[], 0).contains("Not looked for"));
}

#[test]
fn a_file_without_a_register_or_the_terminal_takes_decisions() {
    let folder = folder(&[("a.txt", "She is promiscuous.")]);
    let told = said(&run(folder.path(), &["review", "notes", "--no-config"], "r\n2\n"), 0);
    assert!(told.contains("“promiscuous” (sexualised/promiscuous): return to author: another wording is wanted"), "{told}");
    assert!(told.contains("Nothing of this was kept"), "{told}");
    let told = said(&run(folder.path(), &["review", "notes", "--no-config", "-o", "d.json"], "r\n2\n"), 0);
    assert!(told.contains("The decisions are in d.json"), "{told}");
    let json: Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("d.json")).expect("it is there")).expect("it is JSON");
    assert_eq!(json[0]["choice"], "return-to-author");
    assert_eq!(fs::read_dir(folder.path()).expect("it can be read").count(), 2, "no other file was written");
}

/// Forty records with four findings each: two keys a finding at the most, so that half an hour leaves eleven seconds to read and decide.
#[test]
fn forty_records_take_two_keys_a_finding() {
    let notes: Vec<(String, String)> = (0..40)
        .map(|number| {
            (
                format!("{number:02}.txt"),
                "She is promiscuous.\n\nHe is streetwise.\n\nShe puts herself at risk.\n\nHe absconded.\n".to_owned(),
            )
        })
        .collect();
    let notes: Vec<(&str, &str)> = notes.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&notes);
    assert!(review(folder.path(), &"r\n1\n".repeat(160), 0).contains("160 decided (160 return to author), 0 left"));
    let told = sign(folder.path(), &[], 0);
    let paragraph = told.split(" To the author of ").next().expect("it begins");
    assert!(paragraph.split_whitespace().count() <= 120, "{paragraph}");
    assert_eq!(told.matches("To the author of").count(), 40);
}

#[test]
fn nothing_is_signed_while_a_finding_waits() {
    let folder = folder(&[("a.txt", NOTE)]);
    let told = sign(folder.path(), &[], 1);
    assert!(told.contains("Not signed: 4 findings at or above “analyse” wait"), "{told}");
    assert!(told.contains("notes/a.txt: reword sexualised/promiscuous “promiscuous” at notes/a.txt:1:8"), "{told}");
    review(folder.path(), "r\n1\nK\n1\n", 1);
    assert!(sign(folder.path(), &[], 1).contains("1 finding at or above “analyse” waits"));
    let told = sign(folder.path(), &["--threshold", "reword"], 0);
    assert!(
        told.contains("Jo Marsh (team manager)") && told.contains("3 findings were decided on: 1 return to author, 2 kept"),
        "{told}"
    );
    assert!(told.contains("To the author of notes/a.txt:") && told.contains("answer in a dated addendum"), "{told}");
    for word in ["is good", "good record", "passed", "compliant", "score"] {
        assert!(!told.replace("whether a record is good", "").contains(word), "{word}: {told}");
    }
    // What cannot be read is not signed off.
    fs::write(folder.path().join("notes/b.docx"), "PK\u{3}\u{4} no document").expect("the file is written");
    let told = sign(folder.path(), &["--threshold", "reword"], 2);
    assert!(told.contains("Not signed: 1 part could not be read"), "{told}");
}

#[test]
fn a_statement_tells_whether_records_have_changed_and_holds_none_of_their_text() {
    let folder = folder(&[("a.txt", NOTE), ("b.txt", "He was seen at home.")]);
    review(folder.path(), "r\n1\nK\n\nk\n\n", 0);
    sign(folder.path(), &["-o", "signed"], 0);
    let read = |name: &str| fs::read(folder.path().join(name)).expect("it is there");
    for name in ["signed.json", "signed.html", "r.db"] {
        let bytes = read(name);
        for words in ["promiscuous.", "puts herself", "seen at home"] {
            assert!(!bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{name} holds “{words}”");
        }
    }
    let statement: Value = serde_json::from_slice(&read("signed.json")).expect("it is JSON");
    assert_eq!(statement["records"].as_array().map(Vec::len), Some(2));
    assert_eq!(statement["by"], "Jo Marsh");
    assert!(verify(folder.path(), 0).contains("signed 2 records on"));
    let path = folder.path().join("notes/b.txt");
    fs::write(&path, "He was seen at school.").expect("the file is written");
    assert!(verify(folder.path(), 1).contains("As they were: 1. Changed since: notes/b.txt"));
    fs::remove_file(&path).expect("the file can go");
    assert!(verify(folder.path(), 1).contains("Not among what was read now: notes/b.txt"));
    // A statement that somebody altered, and one that is there already.
    let altered = String::from_utf8(read("signed.json")).expect("it is UTF-8").replace("Jo Marsh", "Al Green");
    fs::write(folder.path().join("altered.json"), altered).expect("the file is written");
    let args = ["signoff", "verify", "notes", "--no-config", "--register", "r.db", "--statement", "altered.json"];
    assert!(said(&run(folder.path(), &args, ""), 1).contains("was altered after it was signed"));
    assert!(sign(folder.path(), &["-o", "signed"], 2).contains("never written over"));
}

#[test]
fn phrases_are_kept_when_asked_for_and_what_is_purged_goes() {
    let folder = folder(&[("a.txt", "She is promiscuous."), ("b.txt", "He is streetwise.")]);
    let args = ["review", "notes", "--no-config", "--register", "r.db", "--keep-text", "--by", "=Jo"];
    said(&run(folder.path(), &args, "k\n\nk\n\n"), 0);
    let csv = String::from_utf8(run(folder.path(), &["register", "export", "r.db"], "").stdout).expect("it is UTF-8");
    assert!(csv.starts_with("id,at,by,record,finding,rule,ask,choice,reason,note,text,lexicon,withdraws\n"), "{csv}");
    assert!(csv.contains(",promiscuous,") && csv.contains(",'=Jo,notes/a.txt,"), "{csv}");
    let purge = |args: &[&str], status| said(&run(folder.path(), &[&["register", "purge", "r.db"], args].concat(), ""), status);
    sign(folder.path(), &[], 0);
    assert!(purge(&["--record", "notes/a.txt"], 0).contains("1 decision and 0 statements"));
    assert!(purge(&["--before", "2001-01-01"], 0).contains("0 decisions"));
    assert!(purge(&["--before", "last year"], 2).contains("write it as 2026-03-12"));
    assert!(purge(&[], 2).contains("required"));
    assert_eq!(choices(folder.path()), ["kept"]);
}

#[test]
fn what_a_reader_typed_goes_with_the_decision() {
    let folder = folder(&[("a.txt", "She is promiscuous.")]);
    review(folder.path(), "k\nt\nUncle Dave was named\n", 0);
    sign(folder.path(), &["-o", "signed"], 0);
    let holds =
        |name: &str| String::from_utf8_lossy(&fs::read(folder.path().join(name)).expect("it is there")).contains("Uncle Dave");
    assert!(holds("r.db") && !holds("signed.json") && !holds("signed.html"));
    said(&run(folder.path(), &["register", "purge", "r.db", "--record", "notes/a.txt"], ""), 0);
    assert!(!holds("r.db"));
}

#[test]
fn the_last_decision_is_taken_back_too() {
    let folder = folder(&[("a.txt", "She is promiscuous.")]);
    review(folder.path(), "k\n1\nu\nr\n1\n", 0);
    assert_eq!(choices(folder.path()), ["kept", "withdrawn", "return-to-author"]);
}

#[test]
fn what_cannot_be_written_is_told_before_anything_is_asked_or_signed() {
    let folder = folder(&[("a.txt", "She is promiscuous.")]);
    let args = ["review", "notes", "--no-config", "--output", "none/decisions.json"];
    assert!(!said(&run(folder.path(), &args, "k\n1\n"), 2).contains("Why?"));
    review(folder.path(), "k\n1\n", 0);
    sign(folder.path(), &["-o", "none/signed"], 2);
    assert_eq!(export(folder.path())["statements"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_statement_is_also_about_headings_voices_dates_and_ages() {
    let record = |heading: &str, voice: &str, date: &str, age: u8| {
        format!(
            "{{\"id\":\"n1\",\"date\":\"{date}\",\"subject\":{{\"age\":{age}}},\"fields\":[{{\"id\":\"said\",\"heading\":\"{heading}\",\
             \"voice\":\"{voice}\",\"text\":\"Tea at five.\"}}]}}\n"
        )
    };
    let folder = folder(&[("n.jsonl", &record("Said", "child", "12/03/2026", 12))]);
    sign(folder.path(), &[], 0);
    assert!(verify(folder.path(), 0).contains("As they were: 1."));
    for changed in [
        record("Analysis", "child", "12/03/2026", 12),
        record("Said", "professional", "12/03/2026", 12),
        record("Said", "child", "12/03/2016", 12),
        record("Said", "child", "12/03/2026", 17),
    ] {
        fs::write(folder.path().join("notes/n.jsonl"), changed).expect("the file is written");
        assert!(verify(folder.path(), 1).contains("Changed since: n1"));
    }
}

#[test]
fn a_register_asks_for_its_secret() {
    let folder = folder(&[("a.txt", "She is promiscuous.")]);
    review(folder.path(), "k\n\n", 0);
    let key = folder.path().join("r.db.key");
    let moved = folder.path().join("elsewhere.key");
    fs::rename(&key, &moved).expect("a file can be moved");
    assert!(review(folder.path(), "", 2).contains("its secret r.db.key is not there"));
    let with = |key: &str| run(folder.path(), &["review", "notes", "--no-config", "--register", "r.db", "--hash-key", key], "");
    assert!(said(&with("elsewhere.key"), 0).contains("no finding waits"));
    fs::write(folder.path().join("other.key"), "another secret of some length").expect("the file is written");
    assert!(said(&with("other.key"), 2).contains("begun with another secret"));
}
