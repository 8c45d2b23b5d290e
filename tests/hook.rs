//! `caselint hook` from outside. The cases are data, in `hook/cases.toml`.

#![cfg(feature = "cli")]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

use serde::Deserialize;
use serde_json::Value;
use support::fed;
use tempfile::TempDir;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    args: Vec<String>,
    stdin: String,
    status: i32,
    /// Pointers into the answer, with what stands there.
    answer: toml::Table,
}

fn hook(args: &[&str], stdin: &[u8]) -> Output {
    let folder = TempDir::new().expect("a temporary folder");
    std::fs::write(folder.path().join("caselint.toml"), "profile = \"full\"\nfail_on = \"never\"\n")
        .expect("the file is written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    fed(command.arg("hook").args(args).current_dir(folder.path()), stdin)
}

/// What of a case does not hold.
fn wrong(wanted: &toml::Table, answer: &Value) -> Vec<String> {
    let holds = |(pointer, value): (&String, &toml::Value)| {
        let wanted = serde_json::to_value(value).expect("TOML fits into JSON");
        let got = answer.pointer(pointer).unwrap_or(&Value::Null);
        let fits = match (&wanted, got) {
            // A text that ends in an ellipsis gives the beginning.
            (Value::String(wanted), Value::String(got)) if wanted.ends_with('…') => {
                got.starts_with(wanted.trim_end_matches('…'))
            }
            (wanted, got) => wanted == got,
        };
        (!fits).then(|| format!("{pointer} is {got}, not {wanted}"))
    };
    wanted.iter().filter_map(holds).collect()
}

#[test]
fn cases() {
    let cases: Cases = toml::from_str(include_str!("hook/cases.toml")).expect("the cases are sound");
    for case in cases.case {
        let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
        let output = hook(&args, case.stdin.as_bytes());
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        assert_eq!(output.status.code(), Some(case.status), "{}: {output:?}", case.name);
        assert_eq!(wrong(&case.answer, &answer), [""; 0], "{}: {answer}", case.name);
        assert!(output.stderr.is_empty(), "{}: {output:?}", case.name);
    }
}

#[test]
fn a_line_is_answered_as_it_comes_and_a_bad_one_costs_its_own_answer() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    command
        .args(["hook", "--stdio", "--stage", "finalise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let lines = [
        ("{\"id\": 1, \"text\": \"Sam puts herself at risk.\"}", "prompt", ""),
        ("{\"text\": ", "save", "it is not valid JSON at line 2, byte 0"),
        ("{\"record\": {\"text\": \"Sam puts herself at risk.\"}, \"policy\": {\"stage\": \"autosave\"}}", "save", ""),
        ("[]", "save", "it is no JSON object"),
    ];
    for (line, decision, error) in lines {
        writeln!(stdin, "{line}\n").expect("the program reads");
        let mut answer = String::new();
        stdout.read_line(&mut answer).expect("the program answers before its input ends");
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(answer["decision"], decision, "{line}");
        assert!(answer["error"]["detail"].as_str().unwrap_or_default().starts_with(error), "{answer}");
        assert_eq!(answer["error"].is_null(), error.is_empty(), "{answer}");
    }
    drop(stdin);
    assert_eq!(child.wait().expect("the program ends").code(), Some(0));
}

#[test]
fn what_is_too_long_is_refused_and_the_next_line_is_answered() {
    let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"Sam was well.\"}}\n", "word ".repeat(4_000_000));
    let output = hook(&["--stdio"], long.as_bytes());
    let answers: Vec<Value> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect();
    assert_eq!((answers.len(), &answers[0]["error"]["status"], &answers[1]["decision"]), (2, &413.into(), &"save".into()));
}

#[test]
fn no_error_repeats_what_was_sent() {
    let marker = "MARKER-4d1f";
    let requests = [
        format!("{{\"text\": \"{marker}"),
        format!("{{\"text\": [\"{marker}\"]}}"),
        format!("{{\"{marker}\": \"{marker}\"}}"),
        format!("{{\"record\": {{\"text\": \"\"}}, \"policy\": {{\"stage\": \"{marker}\"}}}}"),
        format!("{{\"record\": {{\"text\": \"\"}}, \"policy\": {{\"profile\": \"{marker}\"}}}}"),
        format!("{{\"record\": {{\"text\": \"\"}}, \"{marker}\": 1}}"),
        format!("\"{marker}\""),
        format!("\u{1}{marker}"),
    ];
    for request in requests {
        let output = hook(&[], request.as_bytes());
        let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(2), "{request}: {told}");
        assert!(!told.contains(marker), "{request}: {told}");
    }
}
