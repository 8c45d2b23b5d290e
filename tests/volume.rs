//! Large inputs: whatever the number of threads and however often a run is interrupted, the output is the same.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

const NOTES: [&str; 4] = [
    "Seen at home. Tea was ready.",
    "She is promiscuous. Mum said that she consented to sex.",
    "Placed herself at risk. She did not consent to sex.",
    "He absconded on Friday; he was angry and afraid.",
];

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    command
        .current_dir(folder)
        .arg("check")
        .args(arguments)
        .env_remove("NO_COLOR")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).stdin(Stdio::null()).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the output is UTF-8")
}

/// A folder with a large file of records, some of which cannot be read, between two small ones.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let mut lines = String::new();
    for number in 0..3_000 {
        let note = NOTES[number % NOTES.len()];
        lines.push_str(&match number % 500 {
            499 => format!("{{\"id\": {number}, broken\n"),
            _ => format!("{{\"id\": \"n{number}\", \"date\": \"2024-03-21\", \"team\": \"North\", \"text\": \"{note}\"}}\n"),
        });
    }
    for (name, content) in [("a.txt", NOTES[1]), ("b.jsonl", &lines), ("c.txt", NOTES[2])] {
        fs::write(folder.path().join(name), content).expect("the file is written");
    }
    fs::write(folder.path().join("bad.txt"), b"a\0b").expect("the file is written");
    folder
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let folder = folder();
    for format in ["terminal", "compact", "json", "jsonl"] {
        let with = |jobs| run(folder.path(), &["--show-left", "--format", format, "--jobs", jobs, "."]);
        let one = with("1");
        assert_eq!(one.status.code(), Some(2), "{format}");
        assert_eq!(text(&one.stderr).lines().count(), 7, "{format}");
        assert!(one.stdout.len() > 100_000, "{format}");
        for jobs in ["2", "7"] {
            let several = with(jobs);
            assert_eq!((several.status, &several.stderr), (one.status, &one.stderr), "{format}");
            assert!(several.stdout == one.stdout, "{format} with {jobs} jobs");
        }
    }
}

#[test]
fn a_file_takes_the_output_and_the_summary_goes_to_standard_error() {
    let folder = folder();
    let direct = run(folder.path(), &["--compact", "a.txt", "c.txt"]);
    let to_file = run(folder.path(), &["--compact", "--output", "found.out", "a.txt", "c.txt"]);
    assert_eq!((to_file.status, text(&to_file.stdout)), (direct.status, ""));
    assert_eq!(text(&to_file.stderr).lines().count(), 1);
    assert!(text(&to_file.stderr).starts_with("2 records: "), "{}", text(&to_file.stderr));
    assert_eq!(fs::read(folder.path().join("found.out")).ok(), Some(direct.stdout));
    let quiet = run(folder.path(), &["--quiet", "--output", "found.out", "a.txt"]);
    assert_eq!((text(&quiet.stderr), fs::read(folder.path().join("found.out")).ok()), ("", Some(Vec::new())));
}

/// A run that cannot come to its end, since its last file is a pipe that nobody has written to.
#[cfg(unix)]
struct Stuck {
    folder: TempDir,
    child: Child,
}

#[cfg(unix)]
impl Stuck {
    fn start(arguments: &[&str]) -> Self {
        let folder = folder();
        let made = Command::new("mkfifo").arg(folder.path().join("pipe.jsonl")).status();
        assert!(made.is_ok_and(|status| status.success()), "a pipe is made");
        let child = program(folder.path(), arguments).spawn().expect("the program starts");
        Stuck { folder, child }
    }

    /// Waits until a file is there.
    fn wait_for(&mut self, name: &str) {
        while !self.folder.path().join(name).exists() {
            assert!(self.child.try_wait().is_ok_and(|ended| ended.is_none()), "the run goes on");
            thread::yield_now();
        }
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal is sent");
    }
}

/// Writes a record to the pipe, as soon as somebody reads it.
#[cfg(unix)]
fn feed(pipe: &Path) -> thread::JoinHandle<()> {
    let pipe = pipe.to_owned();
    thread::spawn(move || {
        let line = format!("{{\"text\": \"{}\"}}\n", NOTES[1]);
        fs::write(pipe, line).expect("the pipe is read");
    })
}

#[cfg(unix)]
#[test]
fn a_run_that_was_killed_goes_on_where_it_was() {
    for signal in ["-KILL", "-INT"] {
        for format in ["compact", "jsonl"] {
            let arguments =
                ["--format", format, "--output", "out", "--resume", "state", "a.txt", "bad.txt", "b.jsonl", "pipe.jsonl"];
            let mut stuck = Stuck::start(&arguments);
            stuck.wait_for("state");
            stuck.signal(signal);
            let ended = stuck.child.wait().expect("the program ends");
            assert_eq!(ended.code(), if signal == "-INT" { Some(130) } else { None });
            let folder = stuck.folder.path();
            let pipe = folder.join("pipe.jsonl");
            let fed = feed(&pipe);
            let second = run(folder, &arguments);
            fed.join().expect("the pipe was read");
            assert_eq!(second.status.code(), Some(2), "{}", text(&second.stderr));
            assert!(!folder.join("state").exists(), "the state of a complete run goes");
            let fed = feed(&pipe);
            let whole = run(folder, &["--format", format, "--output", "whole", "a.txt", "bad.txt", "b.jsonl", "pipe.jsonl"]);
            fed.join().expect("the pipe was read");
            assert!(fs::read(folder.join("out")).ok() == fs::read(folder.join("whole")).ok(), "{format} {signal}");
            let last = |output: &Output| text(&output.stderr).lines().last().map(str::to_owned);
            assert_eq!(last(&second), last(&whole), "the summary counts all");
        }
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_complete_output() {
    for format in ["json", "jsonl", "compact"] {
        let mut stuck = Stuck::start(&["--format", format, "a.txt", "pipe.jsonl"]);
        let mut stdout = BufReader::new(stuck.child.stdout.take().expect("it is piped"));
        let mut lines = vec![String::new()];
        stdout.read_line(&mut lines[0]).expect("the first file was checked");
        stuck.signal("-INT");
        lines.extend(stdout.lines().map(|line| line.expect("UTF-8") + "\n"));
        assert_eq!(stuck.child.wait().expect("the program ends").code(), Some(130), "{format}");
        let all = lines.concat();
        match format {
            "json" => {
                let document: Value = serde_json::from_str(&all).expect("the document is complete");
                assert_eq!(document["summary"]["interrupted"], true);
            }
            "jsonl" => assert_eq!(all.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok()).count(), 1),
            _ => assert!(all.ends_with('\n'), "{all}"),
        }
    }
}

#[cfg(unix)]
#[test]
fn a_run_is_not_continued_where_something_has_changed() {
    let arguments = ["--compact", "--output", "out", "--resume", "state", "a.txt", "b.jsonl", "pipe.jsonl"];
    let mut stuck = Stuck::start(&arguments);
    stuck.wait_for("state");
    stuck.signal("-INT");
    stuck.child.wait().expect("the program ends");
    let folder = stuck.folder.path();
    let kept = fs::read(folder.join("out")).expect("there is output");
    let refused = |arguments: &[&str], why: &str| {
        let output = run(folder, arguments);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), why));
        assert_eq!(fs::read(folder.join("out")).ok().as_ref(), Some(&kept), "nothing is overwritten");
    };
    let options = "caselint: state: the interrupted run was of another version or lexicon, or had other options; give those, or delete \
                   the file to begin anew\n";
    refused(&[&arguments[..], &["--show-left"]].concat(), options);
    let inputs =
        "caselint: state: files were added, removed or changed since the run was interrupted; delete the file to begin anew\n";
    refused(&arguments[..7], inputs);
    let mut file = fs::OpenOptions::new().append(true).open(folder.join("a.txt")).expect("the note opens");
    file.write_all(b"More.").expect("the note is changed");
    refused(&arguments, inputs);
    fs::write(folder.join("state"), "{}").expect("the state is spoilt");
    refused(&arguments, "caselint: state: this is no state of an interrupted run; name another file for --resume\n");
}
