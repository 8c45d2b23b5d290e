//! The register under faults: what was confirmed is there, and what goes wrong is told plainly.

#![cfg(feature = "register")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use caselint::register::{Choice, Decision, NewDecision, Register, RegisterError};
use rusqlite::Connection;
use tempfile::TempDir;

const KEY: &str = "key check";
const NOW: &str = "2026-03-12T09:30:00Z";

/// What tells this test's own program, started anew, to write.
const WRITER: &str = "CASELINT_TEST_WRITER";
const TURNS: &str = "CASELINT_TEST_WRITER_TURNS";

fn folder() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

fn open(path: &Path) -> Result<Register, RegisterError> {
    Register::open(path, KEY, NOW)
}

fn new(record: &str, finding: &str) -> NewDecision {
    NewDecision {
        at: NOW.to_owned(),
        by: "Jo".to_owned(),
        record: record.to_owned(),
        finding: finding.to_owned(),
        rule: "consent/consented".to_owned(),
        ask: "analyse".to_owned(),
        choice: Choice::Kept,
        reason: None,
        note: None,
        text: None,
        lexicon: "edition".to_owned(),
    }
}

fn findings(decisions: &[Decision]) -> Vec<&str> {
    decisions.iter().map(|decision| decision.finding.as_str()).collect()
}

#[test]
fn decisions_are_appended_and_taken_back() {
    let folder = folder();
    let path = folder.path().join("r.db");
    let mut register = open(&path).expect("a new register");
    let ids = register.append(&[new("a", "1"), new("a", "2")]).expect("they are written");
    register
        .append(&[NewDecision { choice: Choice::ReturnToAuthor, ..new("a", "1") }])
        .expect("it is written");
    let choices = |register: &Register| -> Vec<String> {
        register
            .standing()
            .expect("it can be read")
            .into_iter()
            .map(|decision| format!("{} {}", decision.finding, decision.choice))
            .collect()
    };
    assert_eq!(choices(&register), ["2 kept", "1 return-to-author"], "the later one stands");
    register.withdraw(&[3], "Jo", NOW).expect("it is written");
    assert_eq!(choices(&register), ["1 kept", "2 kept"], "the earlier one stands again");
    register.withdraw(&ids, "Jo", NOW).expect("they are written");
    assert!(choices(&register).is_empty());
    assert!(register.withdraw(&[99], "Jo", NOW).is_err(), "there is no such decision");
    // All that ever was is there, when it is opened again too.
    drop(register);
    let all = open(&path).expect("it opens").all().expect("it can be read");
    assert_eq!(
        all.iter().map(|decision| decision.withdraws).collect::<Vec<_>>(),
        [None, None, None, Some(3), Some(1), Some(2)]
    );
}

#[test]
fn nobody_changes_what_was_decided() {
    let folder = folder();
    let path = folder.path().join("r.db");
    let mut register = open(&path).expect("a new register");
    register.append(&[new("a", "1")]).expect("it is written");
    register.sign(NOW, "Jo", "manager", "{}").expect("it is written");
    let other = Connection::open(&path).expect("SQLite opens it");
    for command in [
        "UPDATE decisions SET choice = 'kept'",
        "DELETE FROM decisions",
        "UPDATE statements SET json = ''",
        "DELETE FROM statements",
    ] {
        let error = other.execute(command, []).expect_err("it is refused").to_string();
        assert!(error.contains("never changed") || error.contains("by purge alone"), "{command}: {error}");
    }
}

#[test]
fn what_is_purged_is_gone_from_the_files() {
    let folder = folder();
    let path = folder.path().join("r.db");
    let mut register = open(&path).expect("a new register");
    let old = NewDecision {
        at: "2019-01-01T00:00:00Z".to_owned(),
        note: Some("an old remark".to_owned()),
        ..new("a", "1")
    };
    register.append(&[old, new("a", "2"), new("b", "3")]).expect("they are written");
    register.sign("2019-01-01T00:00:00Z", "Jo", "manager", "{\"old\": true}").expect("it is written");
    assert_eq!(register.purge(None, None), Ok((0, 0)), "nothing goes that nobody named");
    assert_eq!(register.purge(Some("2020-04-01"), None), Ok((1, 1)));
    assert_eq!(register.purge(None, Some("b")), Ok((1, 0)));
    assert_eq!(findings(&register.all().expect("it can be read")), ["2"]);
    for file in fs::read_dir(folder.path()).expect("the folder can be read") {
        let bytes = fs::read(file.expect("a file").path()).expect("it can be read");
        assert!(!bytes.windows(13).any(|window| window == b"an old remark"));
    }
    assert_eq!(register.faults(), Ok(Vec::new()));
}

/// The writer that other tests start: writes decisions and confirms each, until it is ended or fails; or one for each line that it is given, where
/// it is asked to take turns.
#[test]
fn writer() {
    let Ok(path) = std::env::var(WRITER) else { return };
    let mut out = std::io::stdout();
    let mut register = match open(Path::new(&path)) {
        Ok(register) => register,
        Err(error) => {
            writeln!(out, "\nrefused {error}").expect("somebody listens");
            return;
        }
    };
    // The number of the process keeps the decisions of several writers apart.
    let process = std::process::id();
    let takes_turns = std::env::var_os(TURNS).is_some();
    for number in 0..100_000 {
        if takes_turns && std::io::stdin().read_line(&mut String::new()).expect("somebody asks") == 0 {
            return;
        }
        let finding = format!("{process}.{number}");
        match register.append(&[NewDecision { note: Some("x".repeat(2_000)), ..new("a", &finding) }]) {
            Ok(_) => writeln!(out, "\nconfirmed {finding}").expect("somebody listens"),
            Err(error) => {
                writeln!(out, "\nrefused {error}").expect("somebody listens");
                return;
            }
        }
        out.flush().expect("somebody listens");
    }
}

/// Starts a writer through a shell, behind what `before` says.
fn start(before: &str, program: &Path, register: &Path) -> Child {
    command(before, program, register).spawn().expect("the writer starts")
}

fn command(before: &str, program: &Path, register: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{before} exec \"$0\" --exact writer --nocapture")]).arg(program);
    command.env(WRITER, register).stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null());
    command
}

fn own_program() -> std::path::PathBuf {
    std::env::current_exe().expect("a test has a program")
}

/// What a writer says, line by line.
fn said(writer: &mut Child) -> impl Iterator<Item = String> + use<> {
    let lines = BufReader::new(writer.stdout.take().expect("it is piped")).lines();
    lines
        .map_while(Result::ok)
        .filter(|line| line.starts_with("confirmed ") || line.starts_with("refused "))
}

/// Ends a writer with SIGKILL, as `Child::kill` does.
fn kill(mut writer: Child) {
    writer.kill().expect("it runs");
    writer.wait().expect("it has ended");
}

#[cfg(unix)]
#[test]
fn a_kill_loses_nothing_that_was_confirmed() {
    let folder = folder();
    let path = folder.path().join("r.db");
    let mut confirmed: Vec<String> = Vec::new();
    for round in 0..500 {
        let mut writer = start("", &own_program(), &path);
        // It is always in the midst of the next one when it is ended: it never waits.
        let lines: Vec<String> = said(&mut writer).take(1 + round % 3).collect();
        kill(writer);
        confirmed.extend(
            lines
                .iter()
                .map(|line| line.strip_prefix("confirmed ").unwrap_or_else(|| panic!("{line}")).to_owned()),
        );
    }
    let register = open(&path).expect("it opens");
    assert_eq!(register.faults(), Ok(Vec::new()));
    let all = register.all().expect("it can be read");
    let kept: std::collections::HashSet<&str> = findings(&all).into_iter().collect();
    let lost: Vec<&String> = confirmed.iter().filter(|finding| !kept.contains(finding.as_str())).collect();
    assert!(confirmed.len() >= 500 && lost.is_empty(), "{} confirmed, lost: {lost:?}", confirmed.len());
}

#[cfg(unix)]
#[test]
fn two_reviewers_write_at_once() {
    let folder = folder();
    // Each time they make a new register, which is a race of its own.
    (0..20).for_each(|round| write_at_once(&folder.path().join(format!("{round}.db"))));
}

/// Both write once in each round, at the same time. One that never paused could keep the other from its turn for as long as it wrote, which no
/// reviewer does.
#[cfg(unix)]
fn write_at_once(path: &Path) {
    let turns = || command("", &own_program(), path).env(TURNS, "1").stdin(Stdio::piped()).spawn();
    let mut writers = [turns().expect("the writer starts"), turns().expect("the writer starts")];
    let mut told: Vec<_> = writers.iter_mut().map(said).collect();
    let mut lines = Vec::new();
    for _ in 0..20 {
        for writer in &mut writers {
            writer.stdin.as_mut().expect("it is piped").write_all(b"\n").expect("it reads");
        }
        lines.extend(told.iter_mut().map(|told| told.next().expect("it answers")));
    }
    writers.into_iter().for_each(kill);
    let register = open(path).expect("it opens");
    let all = register.all().expect("it can be read");
    let kept = findings(&all);
    for line in &lines {
        let finding = line.strip_prefix("confirmed ").unwrap_or_else(|| panic!("{line}"));
        assert_eq!(kept.iter().filter(|other| **other == finding).count(), 1, "{finding}");
    }
}

/// The writer may write files of 200 blocks, as on a disk that fills up. The signal that a limit sends is left aside, so that the error
/// of the system is seen, as a full disk gives one.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let folder = folder();
    let path = folder.path().join("r.db");
    let mut writer = start("trap '' XFSZ; ulimit -f 200;", &own_program(), &path);
    let lines: Vec<String> = said(&mut writer).collect();
    writer.wait().expect("it has ended");
    let (last, before) = lines.split_last().expect("it says something");
    assert!(last.starts_with("refused ") && last.contains("there is no room to write"), "{last}");
    let register = open(&path).expect("it opens");
    assert_eq!(register.faults(), Ok(Vec::new()));
    assert!(!before.is_empty());
    assert_eq!(register.all().expect("it can be read").len(), before.len());
}

/// A limit on its pages is how SQLite itself tells of a full disk.
#[test]
fn a_register_that_may_not_grow_is_told() {
    let folder = folder();
    let path = folder.path().join("r.db");
    let mut register = open(&path).expect("a new register");
    register.append(&[new("a", "1")]).expect("it is written");
    register.limit_pages(20).expect("a limit can be set");
    let many: Vec<NewDecision> = (0..2_000).map(|number| new("a", &format!("{number:>100}"))).collect();
    let error = register.append(&many).expect_err("there is no room");
    assert!(matches!(error, RegisterError::Full { .. }), "{error}");
    assert_eq!(register.all().expect("it can be read").len(), 1, "all or none");
}

/// Root may write anywhere, so the writer is somebody who may not.
#[cfg(unix)]
#[test]
fn a_folder_or_file_that_is_read_only_is_told() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its mode can be set");
    let folder = folder();
    let is_root = fs::metadata(folder.path()).expect("it is there").uid() == 0;
    let (program, shut, path) = (folder.path().join("writer"), folder.path().join("shut"), folder.path().join("shut/r.db"));
    fs::copy(own_program(), &program).expect("the program can be copied");
    fs::create_dir(&shut).expect("a folder can be made");
    drop(open(&path).expect("a new register"));
    set(folder.path(), 0o755);
    set(&program, 0o755);
    set(&path, 0o444);
    set(&shut, 0o555);
    let refused = |register: &Path| {
        let mut command = Command::new(&program);
        command
            .args(["--exact", "writer", "--nocapture"])
            .env(WRITER, register)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if is_root {
            std::os::unix::process::CommandExt::uid(&mut command, 65_534);
        }
        let mut writer = command.spawn().expect("the writer starts");
        let line = said(&mut writer).next().unwrap_or_default();
        kill(writer);
        line
    };
    let (file, new) = (refused(&path), refused(&shut.join("new.db")));
    set(&shut, 0o755);
    assert!(file.contains("read-only") && file.contains("r.db"), "{file}");
    assert!(new.contains("the register cannot be opened") && new.contains("new.db"), "{new}");
}

#[test]
fn what_is_no_register_of_ours_is_refused_and_left_alone() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let with = |name: &str, command: &str| {
        let connection = Connection::open(path(name)).expect("SQLite opens it");
        connection.execute_batch(command).expect("it is done");
    };
    drop(open(&path("newer.db")).expect("a new register"));
    with("newer.db", "PRAGMA user_version = 99");
    with("other.db", "CREATE TABLE things (name TEXT)");
    fs::write(path("text.db"), "A text that is no register, however long it may be. ".repeat(40)).expect("it is written");
    drop(open(&path("key.db")).expect("a new register"));
    let damage = |name: &str| {
        let mut register = open(&path(name)).expect("a new register");
        let many: Vec<NewDecision> = (0..500).map(|number| new("a", &number.to_string())).collect();
        register.append(&many).expect("they are written");
        drop(register);
        let mut bytes = fs::read(path(name)).expect("it can be read");
        let length = bytes.len();
        bytes[4_096..length].fill(0xAA);
        fs::write(path(name), bytes).expect("it is written");
    };
    damage("damaged.db");
    let error = |name: &str, key: &str| {
        let opened = Register::open(&path(name), key, NOW).and_then(|register| register.all().map(|_| ()));
        opened.expect_err("it is refused").to_string()
    };
    for (name, key, says) in [
        ("newer.db", KEY, "written by a newer caselint (its version 99, known here up to 1)"),
        ("other.db", KEY, "no register of caselint"),
        ("text.db", KEY, "no register of caselint"),
        ("key.db", "another secret", "begun with another secret"),
        ("damaged.db", KEY, "damaged"),
        ("no-such-folder/r.db", KEY, "cannot be opened"),
    ] {
        let before = fs::read(path(name)).ok();
        let error = error(name, key);
        assert!(error.contains(says) && error.contains(name), "{name}: {error}");
        if name != "key.db" {
            assert_eq!(fs::read(path(name)).ok(), before, "{name} was changed");
        }
    }
}
