//! The program from outside: what it prints and how it exits. Most cases are data, in `cli/cases.toml`.

#![cfg(feature = "cli")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde::Deserialize;
use serde_json::Value;
use support::fed;
use tempfile::TempDir;

const LEXICON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/lexicon.toml");

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
    #[serde(default)]
    stdin: String,
    status: i32,
    stdout: Option<String>,
    stderr: Option<String>,
    #[serde(default)]
    shows: Vec<String>,
    #[serde(default)]
    hides: Vec<String>,
    /// Shown one behind the other.
    #[serde(default)]
    in_order: Vec<String>,
    /// No line is wider.
    widest: Option<usize>,
}

/// The program, in a folder of its own.
fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    command.current_dir(folder).args(args).env_remove("NO_COLOR");
    if matches!(args.first(), Some(&("check" | "report" | "trial"))) && args.get(1) != Some(&"read") {
        command.args(["--lexicon", LEXICON]);
    }
    command
}

fn run_with(folder: &Path, args: &[&str], stdin: &str) -> Output {
    fed(&mut program(folder, args), stdin.as_bytes())
}

fn run(folder: &Path, args: &[&str]) -> Output {
    run_with(folder, args, "")
}

/// A folder with one file in it.
fn folder_with(name: &str, content: impl AsRef<[u8]>) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join(name), content).expect("the file is written");
    folder
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the output is UTF-8")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("the output is one JSON document")
}

#[test]
fn cases() {
    let cases: Cases = toml::from_str(include_str!("cli/cases.toml")).expect("the cases are sound");
    let failures: Vec<String> = cases
        .case
        .iter()
        .filter_map(|case| failure(case).map(|what| format!("{}\n{what}", case.name)))
        .collect();
    assert!(failures.is_empty(), "{} of {} cases fail:\n\n{}", failures.len(), cases.case.len(), failures.join("\n\n"));
}

/// What is wrong with a case, if anything.
fn failure(case: &Case) -> Option<String> {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, content) in &case.files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it stands in the folder")).expect("the folder is made");
        fs::write(path, content).expect("the file is written");
    }
    let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
    let output = run_with(folder.path(), &args, &case.stdin);
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    let both = format!("{stdout}{stderr}");
    let differs = |wanted: &Option<String>, got: &str| wanted.as_ref().is_some_and(|wanted| wanted != got);
    let widest = both.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let problem = match case {
        _ if output.status.code() != Some(case.status) => format!("status is {:?}, not {}", output.status.code(), case.status),
        _ if differs(&case.stdout, &stdout) => format!("stdout should be:\n{}", case.stdout.as_deref().unwrap_or_default()),
        _ if differs(&case.stderr, &stderr) => format!("stderr should be:\n{}", case.stderr.as_deref().unwrap_or_default()),
        _ if case.widest.is_some_and(|limit| widest > limit) => format!("a line is {widest} wide"),
        _ if places(&both, &case.in_order).is_none_or(|places| !places.is_sorted()) => {
            format!("is not shown in order: {:?}", case.in_order)
        }
        _ => {
            let missing = case.shows.iter().find(|part| !both.contains(*part)).map(|part| format!("is not shown: {part:?}"));
            missing.or_else(|| case.hides.iter().find(|part| both.contains(*part)).map(|part| format!("is shown: {part:?}")))?
        }
    };
    Some(format!("{problem}\n--- stdout\n{stdout}--- stderr\n{stderr}"))
}

/// Where each part is shown first.
fn places(shown: &str, parts: &[String]) -> Option<Vec<usize>> {
    parts.iter().map(|part| shown.find(part)).collect()
}

#[test]
fn other_encodings_are_read_and_told() {
    let windows_1252 = folder_with("a.txt", b"First.\nSam\x92s note is flimworthy.\n");
    let output = run(windows_1252.path(), &["check", "--compact", "a.txt"]);
    assert_eq!(text(&output.stdout), "a.txt:2:15: reword test/flimworthy flimworthy\n");
    assert_eq!(text(&output.stderr), "caselint: a.txt: read as Windows-1252\n");
    assert_eq!(output.status.code(), Some(1));

    let utf16 = folder_with("a.txt", b"\xFF\xFES\0a\0m\0");
    let output = run(utf16.path(), &["check", "--quiet", "a.txt"]);
    assert_eq!((text(&output.stderr), output.status.code()), (String::new(), Some(0)), "a notice is no error");

    let lines = folder_with("a.jsonl", b"{\"text\": \"Well.\"}\n{\"text\": \"\xE9 Flimworthy.\"}\n");
    let output = run(lines.path(), &["check", "--compact", "a.jsonl"]);
    assert_eq!(text(&output.stdout), "a.jsonl:2 1:3: reword test/flimworthy Flimworthy\n");
    assert_eq!(text(&output.stderr), "caselint: a.jsonl: from line 2 on, what is not UTF-8 is read as Windows-1252\n");
}

#[test]
fn bytes_that_fit_no_encoding_get_one_line_with_their_place() {
    let faulty =
        folder_with("a.txt", "Zoë and Chloé are\nwell, caf".as_bytes().iter().copied().chain([0xC3, b'.']).collect::<Vec<u8>>());
    let output = run(faulty.path(), &["check", "a.txt"]);
    assert_eq!(output.status.code(), Some(2));
    let expected = "caselint: a.txt:2:10: this byte is not UTF-8, and the file is not Windows-1252 either; save it as UTF-8\n";
    assert_eq!(text(&output.stderr), expected);

    let binary = folder_with("a.txt", [b"He\n".as_slice(), &[1, 2, 3, 4, 5]].concat());
    let told = run(binary.path(), &["check", "a.txt"]);
    assert!(text(&told.stderr).starts_with("caselint: a.txt:2:1: a control character stands here"), "{told:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder_with("a.txt", "Flimworthy.");
    let file = folder.path().join("a.txt");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("permissions are set");
    if fs::read(&file).is_ok() {
        return; // The superuser may read everything.
    }
    let output = run(folder.path(), &["check", "a.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("caselint: a.txt: cannot be read: permission is denied"));
}

#[test]
fn json_offsets_are_bytes_of_the_file() {
    let cases = [
        ("plain", "Zoë is flimworthy.\n", 1),
        ("byte order mark", "\u{FEFF}Zoë is flimworthy.\n", 1),
        ("front matter", "---\nid: Zoë\n---\nZoë is flimworthy.\n", 4),
        ("both, with CRLF", "\u{FEFF}---\r\nid: Zoë\r\n---\r\nWell.\r\nZoë is flimworthy.\r\n", 5),
    ];
    for (name, content, line) in cases {
        let folder = folder_with("a.txt", content);
        let report = json(&run(folder.path(), &["check", "--format", "json", "a.txt"]));
        let finding = &report["records"][0]["findings"][0];
        let place = |key: &str| usize::try_from(finding[key].as_u64().expect("a number")).expect("it fits");
        assert_eq!(&content[place("start")..place("end")], "flimworthy", "{name}");
        assert_eq!((place("line"), place("column")), (line, 8), "{name}");
        for evidence in finding["evidence"].as_array().expect("a list") {
            let (start, end) = (evidence["start"].as_u64().expect("a number"), evidence["end"].as_u64().expect("a number"));
            if start < end {
                assert_eq!(content.get(start as usize..end as usize), evidence["text"].as_str(), "{name}");
            }
        }
    }
}

/// The keys of an object, sorted.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn json_has_the_keys_of_its_schema() {
    let folder = folder_with(
        "a.jsonl",
        "{\"id\": \"r1\", \"text\": \"Her zibber zibbed that Sam is flimworthy.\"}\n{\"text\": \"Well.\"}\n",
    );
    let report = json(&run(folder.path(), &["check", "--format", "json", "a.jsonl"]));
    assert_eq!(keys(&report), ["records", "schema_version", "summary", "tool"]);
    assert_eq!(report["schema_version"], 1);
    assert_eq!(keys(&report["tool"]), ["lexicon", "name", "version"]);
    assert_eq!(report["tool"]["name"], "caselint");
    let record = &report["records"][0];
    assert_eq!(keys(record), ["findings", "id", "left", "path"]);
    assert_eq!((&record["path"], &record["id"], &report["records"][1]["id"]), (&"a.jsonl".into(), &"r1".into(), &Value::Null));
    let finding = &record["findings"][0];
    let expected = "also ask column end evidence family field fingerprint gravity kind line location message questions reason reframe row \
                    rule sources start text verdict voice";
    assert_eq!(keys(finding).join(" "), expected);
    assert_eq!(keys(&finding["voice"]), ["end", "form", "start", "who"]);
    assert_eq!(keys(&finding["evidence"][0]), ["end", "kind", "start", "text"]);
    assert_eq!(finding["location"], serde_json::json!({"row": 1}));
    assert_eq!(finding["rule"], "test/flimworthy");
    assert_eq!(finding["fingerprint"].as_str().map(str::len), Some(32));
    let expected = "analyse consider errors files findings left printed records records_with_findings repeated reword skipped";
    assert_eq!(keys(&report["summary"]).join(" "), expected);
}

#[test]
fn json_is_in_the_order_of_the_text_and_compact_of_the_place() {
    let folder = folder_with("a.txt", "Sam groddled with them. Sam is flimworthy. He groddled with us.\n");
    let report = json(&run(folder.path(), &["check", "--format", "json", "a.txt"]));
    let findings = report["records"][0]["findings"].as_array().expect("a list");
    let starts: Vec<_> = findings.iter().map(|finding| finding["start"].as_u64()).collect();
    assert_eq!(starts, [Some(4), Some(31), Some(46)]);
    assert_eq!(report["summary"]["findings"], 3);
    let compact = text(&run(folder.path(), &["check", "--compact", "a.txt"]).stdout);
    let columns: Vec<_> = compact.lines().map(|line| line.split(':').nth(2)).collect();
    assert_eq!(columns, [Some("5"), Some("32"), Some("47")]);
}

#[test]
fn jsonl_holds_a_record_a_line_and_nothing_else() {
    let folder = folder_with("a.jsonl", "{\"id\": \"r1\", \"text\": \"Flimworthy.\"}\n{bad\n{\"text\": \"Well.\"}\n");
    let output = run(folder.path(), &["check", "--format", "jsonl", "a.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    let lines: Vec<Value> = text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(keys(&lines[1]), ["findings", "id", "left", "path"]);
    assert_eq!(lines[0]["findings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn jsonl_answers_each_record_as_it_comes() {
    let folder = TempDir::new().expect("a temporary folder");
    let mut command = program(folder.path(), &["check", "--format", "jsonl", "--stdin-format", "jsonl"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
    for id in ["one", "two"] {
        writeln!(stdin, "{{\"id\": \"{id}\", \"text\": \"Flimworthy.\"}}").expect("the program reads");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("the program answers before its input ends");
        assert!(line.contains(&format!("\"id\":\"{id}\"")), "{line}");
    }
    drop(stdin);
    assert_eq!(child.wait().expect("the program ends").code(), Some(1));
}

#[test]
fn nothing_is_capped() {
    let folder = folder_with("a.txt", "Sam is flimworthy.\n".repeat(1_500));
    let compact = run(folder.path(), &["check", "--compact", "a.txt"]);
    assert_eq!(text(&compact.stdout).lines().count(), 1_500);
    let report = json(&run(folder.path(), &["check", "--format", "json", "a.txt"]));
    assert_eq!(report["records"][0]["findings"].as_array().map(Vec::len), Some(1_500));
    let terminal = text(&run(folder.path(), &["check", "a.txt"]).stdout);
    assert_eq!(terminal.matches("╭─[").count(), 1, "repeats stand under the first");
    let places: String = terminal.split("Also at:").nth(1).expect("the repeats are listed").into();
    assert_eq!(places.matches(":8").count(), 1_499);
    assert!(terminal.ends_with("1 record: 1500 findings (1500 to reword)\n"));
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    let folder = folder_with("a.txt", "Sam is flimworthy.\n".repeat(20_000));
    for format in ["terminal", "compact", "json", "jsonl"] {
        let mut command = program(folder.path(), &["check", "--format", format, "a.txt"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut first = [0; 16];
        let mut stdout = child.stdout.take().expect("stdout is piped");
        stdout.read_exact(&mut first).expect("the program writes");
        drop(stdout);
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{format}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = TempDir::new().expect("a temporary folder");
    for name in ["b.txt", "a.txt", "c.md"] {
        fs::write(folder.path().join(name), "Sam groddled with them. Sam is flimworthy.\n").expect("the file is written");
    }
    for format in ["terminal", "compact", "json", "jsonl"] {
        let runs: Vec<Vec<u8>> = (0..3).map(|_| run(folder.path(), &["check", "--format", format, "."]).stdout).collect();
        assert!(runs.windows(2).all(|pair| pair[0] == pair[1]), "{format}");
        assert!(!runs[0].is_empty(), "{format}");
    }
}

#[test]
fn colour_adds_escape_sequences_and_changes_nothing_else() {
    let text_of = |lines: usize| format!("{}Sam is flimworthy.\nSam groddled\nwith them.\n", "Well.\n".repeat(lines));
    for lines in [0, 8, 98, 12_345] {
        let folder = folder_with("a.txt", text_of(lines));
        let plain = text(&run(folder.path(), &["check", "--color", "never", "a.txt"]).stdout);
        let colored = text(&run(folder.path(), &["check", "--color", "always", "a.txt"]).stdout);
        let mut parts = colored.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        let stripped = parts.fold(first, |all, part| all + part.split_once('m').expect("a colour").1);
        assert_eq!(stripped, plain);
        assert!(plain.contains(&format!(" {} │ Sam is flimworthy.\n", lines + 1)), "{plain}");
    }
}

#[test]
fn each_line_of_an_error_is_for_one_file() {
    let folder = TempDir::new().expect("a temporary folder");
    let output = run(folder.path(), &["check", "one.txt", "two\nlines.txt"]);
    assert_eq!(text(&output.stderr).lines().count(), 2);
}
