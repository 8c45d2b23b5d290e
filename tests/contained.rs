//! No run opens a socket, or writes anything but the files that it was told to write. Each command is watched by strace, with all of its
//! threads and child processes.

#![cfg(all(feature = "register", target_os = "linux"))]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use support::fed;
use support::transcript::workplace;

/// Calls that change something in the file system, or speak to another process over a socket.
const WATCHED: &str = "trace=%network,open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,\
                       unlink,unlinkat,rmdir,truncate,chmod,fchmodat,mknod,mknodat,setxattr,utimensat,io_uring_setup,chdir";

/// `tests/contained/cases.toml`.
#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    run: String,
    #[serde(default)]
    stdin: String,
    /// What may be written, below the working folder.
    #[serde(default)]
    writes: Vec<String>,
    /// The exit status.
    #[serde(default)]
    status: i32,
}

fn cases() -> Vec<Case> {
    let cases: Cases = toml::from_str(include_str!("contained/cases.toml")).expect("the cases are well formed");
    cases.case
}

/// A path as it was given to a call, from the folder that the program worked in.
fn resolved(folder: &Path, path: &str) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in folder.join(path).components() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            Component::CurDir => {}
            other => resolved.push(other),
        }
    }
    resolved
}

/// The paths in a line of strace, without the text of anything else.
fn quoted(line: &str) -> Vec<&str> {
    line.split('"').skip(1).step_by(2).collect()
}

/// What a call of a process opened a socket for, or changed; nothing where it did neither.
fn deed(line: &str) -> Option<Result<&str, &str>> {
    // A line is `PID call(arguments) = result`, or a remark on a process or a signal.
    let call = line.split_once(' ')?.1.trim_start();
    let name = call.split_once('(')?.0;
    // A thread that is gone before its call was made is told as "???(".
    if name.starts_with(['+', '-', '<', '?']) {
        return None;
    }
    let is_open = ["open", "openat", "openat2"].contains(&name);
    let for_writing = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| call.contains(flag));
    match name {
        _ if is_open => for_writing.then(|| quoted(call).first().copied().ok_or(call)),
        "creat" | "mkdir" | "mkdirat" | "rename" | "renameat" | "renameat2" | "link" | "linkat" | "symlink" | "symlinkat"
        | "unlink" | "unlinkat" | "rmdir" | "truncate" | "chmod" | "fchmodat" | "mknod" | "mknodat" | "setxattr"
        | "utimensat" => Some(quoted(call).last().copied().ok_or(call)),
        // Whatever else is watched is a call of a network, or changes what a path means.
        _ => Some(Err(call)),
    }
}

#[test]
fn nothing_is_sent_and_only_what_was_named_is_written() {
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/made");
    let mut written_somewhere = 0;
    for case in cases() {
        let folder = workplace();
        let home = folder.path().join("home");
        fs::create_dir(&home).expect("a folder can be made");
        for name in ["visit.docx", "visit-reportlab.pdf", "cases.zip", "chronology.xlsx", "visit.eml"] {
            fs::copy(formats.join(name), folder.path().join(name)).expect("the file is there");
        }
        fs::write(folder.path().join("labelled.jsonl"), include_str!("contained/labelled.jsonl")).expect("a file can be written");
        let log = folder.path().join("strace.log");
        let mut command = Command::new("strace");
        command
            .args(["-f", "-qq", "-s", "4096", "-e", WATCHED, "-o"])
            .arg(&log)
            .arg(env!("CARGO_BIN_EXE_caselint"));
        command
            .args(case.run.split(' '))
            .current_dir(folder.path())
            .env("HOME", &home)
            .env_remove("XDG_DATA_HOME");
        let output = fed(&mut command, case.stdin.as_bytes());
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(case.status), "{}: {told}", case.run);
        let allowed: BTreeSet<PathBuf> = case.writes.iter().map(|name| folder.path().join(name)).collect();
        let text = fs::read_to_string(&log).unwrap_or_else(|error| panic!("strace wrote nothing ({error}): {told}"));
        assert!(text.contains("openat("), "strace saw no file being opened: {text}");
        let mut written = BTreeSet::new();
        for line in text.lines() {
            let Some(deed) = deed(line) else { continue };
            let path = resolved(folder.path(), deed.unwrap_or_else(|call| panic!("caselint {}: {call}", case.run)));
            let harmless = ["/dev/null", "/dev/tty"].iter().any(|device| path == Path::new(device));
            assert!(harmless || allowed.contains(&path), "caselint {} changes {}: {line}", case.run, path.display());
            written.insert(path);
        }
        let missed: Vec<_> = allowed.difference(&written).collect();
        assert!(missed.is_empty(), "caselint {} writes no {missed:?}; take it out of the case", case.run);
        written_somewhere += allowed.len();
    }
    assert!(written_somewhere > 5, "the cases write too little to show that writing is seen");
}

/// Were a socket opened, or a file written, it would be seen.
#[test]
fn the_watch_sees_what_it_is_for() {
    assert!(matches!(deed("12 socket(AF_INET, SOCK_STREAM, 0) = 3"), Some(Err(_))));
    assert!(matches!(deed("12 connect(3, {sa_family=AF_INET}, 16) = 0"), Some(Err(_))));
    assert_eq!(deed("12 openat(AT_FDCWD, \"a.txt\", O_RDONLY|O_CLOEXEC) = 3"), None);
    assert_eq!(deed("12 openat(AT_FDCWD, \"a.txt\", O_WRONLY|O_CREAT, 0666) = 3"), Some(Ok("a.txt")));
    assert_eq!(deed("12 rename(\"a.tmp\", \"b.txt\") = 0"), Some(Ok("b.txt")));
    assert_eq!(deed("12 +++ exited with 0 +++"), None);
    assert_eq!(deed("12 ???( <detached ...>"), None);
    assert_eq!(resolved(Path::new("/w"), "../etc/x"), Path::new("/etc/x"));
}
