//! What is looked for, and the commands about concerns, from outside. Cases are data, in `config/cases.toml`.

#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde::Deserialize;

const NOTE: &str = "She is promiscuous.\nShe is a LAC child.\n";
const WORDS: &str = include_str!("config/words.toml");

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    args: Vec<String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// The working folder.
    #[serde(default, rename = "in")]
    folder: String,
    status: i32,
    stdout: Option<String>,
    stderr: Option<String>,
    #[serde(default)]
    shows: Vec<String>,
    #[serde(default)]
    hides: Vec<String>,
    /// No line is wider.
    widest: Option<usize>,
}

fn run(folder: &Path, args: &[String]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_caselint"))
        .current_dir(folder)
        .args(args)
        .output()
        .expect("the program starts")
}

/// What is wrong with a case.
fn wrong(case: &Case) -> Vec<String> {
    let root = tempfile::tempdir().expect("a folder");
    let files = case.files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    for (name, text) in [("note.txt", NOTE), ("words.toml", WORDS)].into_iter().chain(files) {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let output = run(&root.path().join(&case.folder), &case.args);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    let both = format!("{stdout}{stderr}");
    let mut wrong = Vec::new();
    if output.status.code() != Some(case.status) {
        wrong.push(format!("status {:?}", output.status.code()));
    }
    let exact = |expected: &Option<String>, found: &str| expected.as_ref().is_some_and(|e| e.trim_start_matches('\n') != found);
    if exact(&case.stdout, &stdout) || exact(&case.stderr, &stderr) {
        wrong.push("another output".into());
    }
    // A message may be broken anywhere, inside a frame as well.
    let plain = |text: &str| text.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let (flat, is_in) = (plain(&both), |part: &String, flat: &str| flat.contains(&plain(part)));
    wrong.extend(case.shows.iter().filter(|part| !is_in(part, &flat)).map(|part| format!("does not show {part:?}")));
    wrong.extend(case.hides.iter().filter(|part| is_in(part, &flat)).map(|part| format!("shows {part:?}")));
    let width = both.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    if case.widest.is_some_and(|widest| width > widest) {
        wrong.push(format!("a line of {width} characters"));
    }
    if wrong.is_empty() {
        wrong
    } else {
        vec![format!("{}: {}\n{stdout}{stderr}", case.name, wrong.join("; "))]
    }
}

#[test]
fn cases() {
    let cases: Cases = toml::from_str(include_str!("config/cases.toml")).expect("the cases can be read");
    let wrong: Vec<String> = cases.case.iter().flat_map(wrong).collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n\n{}", wrong.len(), cases.case.len(), wrong.join("\n"));
}

#[test]
fn every_command_has_a_manual_page_and_help_with_an_example() {
    let folder = Path::new(".");
    for command in
        ["check", "rules", "explain", "schema output", "completions", "man", "lexicon check", "lexicon new", "lexicon diff"]
    {
        let name = command.trim_end_matches(" output");
        let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        let page = run(folder, &[vec!["man".to_owned()], words.clone()].concat());
        assert!(page.status.success() && !page.stdout.is_empty(), "{command}");
        let help = run(folder, &[words, vec!["--help".to_owned()]].concat());
        let help = String::from_utf8(help.stdout).expect("UTF-8");
        assert!(help.contains(&format!("Examples:\n  caselint {command}")), "{help}");
    }
}

#[test]
fn the_configuration_of_the_handbook_works() {
    let page = include_str!("../docs/configuration.md");
    let (_, after) = page.split_once("```toml\n").expect("a configuration");
    let (configuration, _) = after.split_once("```").expect("its end");
    let folder = tempfile::tempdir().expect("a folder");
    let words = run(folder.path(), &["lexicon", "new", "our-service"].map(str::to_owned)).stdout;
    fs::write(folder.path().join("our-words.toml"), words).expect("a file");
    fs::write(folder.path().join("caselint.toml"), configuration).expect("a file");
    fs::write(folder.path().join("note.txt"), "The LAC child went AWOL and bounced about between carers.").expect("a file");
    let output = run(folder.path(), &["check", "--compact", "note.txt"].map(str::to_owned));
    let found = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(
        found.contains("consider care-words/lac") && found.contains("analyse missing/awol") && found.contains("our-service/"),
        "{found}"
    );
    assert_eq!(output.status.code(), Some(1), "the words of the service are to be reworded: {found}");
}
