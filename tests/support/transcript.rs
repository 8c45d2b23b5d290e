//! What a page shows of the program: commands and what they print. A block in `console` holds commands behind `$ ` and the lines that come
//! out; a line `…` stands for any number of lines. Where `<!-- file NAME -->` stands above a block, the block is that file.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A block of a page.
pub enum Piece<'a> {
    /// One that readers are to save, without its fences.
    File {
        name: &'a str,
        text: &'a str,
    },
    Session(Vec<Step<'a>>),
}

/// A command, and where in the page the lines stand that are shown below it.
pub struct Step<'a> {
    pub command: &'a str,
    pub shown: Range<usize>,
}

/// The files and sessions of a page, in order.
pub fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(fence) = page[at..].find("\n```").map(|found| at + found + 1) {
        let start = fence + page[fence..].find('\n').expect("a fence ends its line") + 1;
        let end = start + page[start - 1..].find("\n```").expect("a block ends");
        let above = page[at..fence].trim_end().lines().last();
        let named = above.and_then(|line| line.strip_prefix("<!-- file ")?.strip_suffix(" -->"));
        if &page[fence..start] == "```console\n" {
            pieces.push(Piece::Session(steps(page, start..end)));
        } else if let Some(name) = named {
            pieces.push(Piece::File { name, text: &page[start..end] });
        }
        at = end + 3;
    }
    pieces
}

fn steps(page: &str, block: Range<usize>) -> Vec<Step<'_>> {
    let text = &page[block.clone()];
    let mut starts: Vec<usize> = text.match_indices("$ ").map(|(at, _)| at).collect();
    starts.retain(|&at| at == 0 || text[..at].ends_with('\n'));
    assert_eq!(starts.first(), Some(&0), "a block of commands begins with one:\n{text}");
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let step = |(&start, end): (&usize, usize)| {
        let command = text[start + 2..end].split('\n').next().unwrap_or_default();
        Step { command, shown: block.start + start + 3 + command.len()..block.start + end }
    };
    starts.iter().zip(ends).map(step).collect()
}

/// A folder to run a page's commands in, with the examples beside them.
pub fn workplace() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    copy(&examples, &folder.path().join("examples"));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the examples are there").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to)
        } else {
            fs::copy(&from, &to).map(|_| ()).expect("a file can be copied")
        }
    }
}

/// Runs a command in a shell, with caselint on its path, and gives all that it prints.
pub fn run(folder: &Path, command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_caselint")).parent().expect("the program is in a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("bash")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(folder)
        .env("PATH", path)
        .env("HOME", folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .expect("bash starts");
    String::from_utf8(output.stdout).expect("what is printed is UTF-8")
}

/// Whether this is what is shown, where a line `…` stands for any lines.
pub fn is_shown(printed: &str, shown: &str) -> bool {
    let parts: Vec<&str> = shown.split("…\n").collect();
    let [first, middle @ .., last] = &parts[..] else {
        return printed == shown;
    };
    let Some(mut rest) = printed.strip_prefix(first) else {
        return false;
    };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}
