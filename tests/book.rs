//! The book under `docs/`: every command in it runs, and prints what is shown; every page is in its table of contents, and every concern in
//! its reference.
//!
//! `CASELINT_BOOK=write cargo test --test book` puts what is printed into the pages. Read the differences.

#![cfg(all(feature = "cli", unix))]

#[path = "book/reference.rs"]
mod reference;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use caselint::upkeep::Catalogue;
use support::transcript::{Piece, is_shown, pieces, run, workplace};
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of the book that stand in the repository, from its table of contents.
fn pages() -> Vec<PathBuf> {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).expect("the book has a table of contents");
    let targets = summary.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    let pages = targets.map(|(target, _)| target).filter(|target| !target.starts_with("reference/"));
    pages.map(|target| root().join("docs").join(target)).collect()
}

/// Runs the commands of a page, and gives the page with what they print.
fn with_output(page: &str) -> String {
    let folder = workplace();
    let (mut written, mut at) = (String::new(), 0);
    for piece in pieces(page) {
        match piece {
            Piece::File { name, text } => fs::write(folder.path().join(name), text).expect("a file of the page can be written"),
            Piece::Session(steps) => {
                for step in steps {
                    let printed = run(folder.path(), step.command);
                    if !is_shown(&printed, &page[step.shown.clone()]) {
                        written.push_str(&page[at..step.shown.start]);
                        written.push_str(&printed);
                        at = step.shown.end;
                    }
                }
            }
        }
    }
    written + &page[at..]
}

#[test]
fn commands_print_what_the_pages_show() {
    let write = std::env::var("CASELINT_BOOK").is_ok_and(|value| value == "write");
    let mut sessions = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        sessions += text.matches("```console\n").count();
        let printed = with_output(&text);
        if write && printed != text {
            fs::write(&page, &printed).expect("a page can be written");
        }
        assert_eq!(printed, text, "{} should show this", page.display());
    }
    assert!(sessions >= 12, "only {sessions} blocks of commands were found");
}

/// Lines of a page that are commands without output: in blocks, fenced or indented.
fn listed(page: &str) -> Vec<String> {
    let mut fenced = false;
    let mut commands = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        let command = if fenced { Some(line) } else { line.strip_prefix("    ") };
        if let Some(command) = command.filter(|line| line.starts_with("caselint ")) {
            let end = [" #", " < ", " > ", " | "].iter().filter_map(|sign| command.find(sign)).min();
            commands.push(command[..end.unwrap_or(command.len())].trim_end().to_owned());
        }
    }
    commands
}

/// A command that is only listed is not run, since its files are the reader's. Its options are read, though, before `--help` is answered.
#[test]
fn commands_that_are_only_listed_are_understood() {
    let folder = TempDir::new().expect("a temporary folder");
    let mut seen = 0;
    for page in pages() {
        for command in listed(&fs::read_to_string(&page).expect("a page can be read")) {
            seen += 1;
            let printed = run(folder.path(), &format!("{command} --help; echo \"status $?\""));
            assert!(printed.ends_with("status 0\n"), "{}: {command}\n{printed}", page.display());
        }
    }
    assert!(seen >= 40, "only {seen} commands were found");
}

#[test]
fn every_page_is_in_the_table_of_contents() {
    let listed: BTreeSet<PathBuf> = pages().into_iter().map(|page| page.canonicalize().expect("a page is there")).collect();
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the documents are there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("SUMMARY.md") {
                assert!(
                    listed.contains(&path.canonicalize().expect("a page is there")),
                    "{} is not in SUMMARY.md",
                    path.display()
                );
            }
        }
    }
}

/// Each concern and gap with its phrases and each of its examples, on a page that the table of contents leads to.
#[test]
fn every_concern_is_in_the_reference() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).expect("the book has a table of contents");
    let catalogue = Catalogue::new(&[]).expect("the embedded lexicon is sound");
    let pages: Vec<(String, String)> = reference::pages(&catalogue);
    for (name, text) in &pages {
        assert!(summary.contains(&format!("(reference/{name})")), "SUMMARY.md should lead to reference/{name}");
        assert!(!text.contains("<script"), "{name}: no text becomes markup");
    }
    let all: String = pages.iter().map(|(_, text)| text.as_str()).collect();
    for entry in &catalogue.entries {
        assert!(all.contains(&format!("\n## {}\n", entry.name)), "{} is missing", entry.name);
        for example in entry.concern.flags.iter().chain(&entry.concern.leaves) {
            let shown = reference::example(&example.text);
            assert!(all.contains(&shown), "{}: an example is missing: {shown}", entry.name);
        }
    }
    for gap in &catalogue.gaps {
        assert!(all.contains(&format!("\n## {}\n", gap.name)), "{} is missing", gap.name);
    }
}

/// The figures and pictures that pages show are there.
#[test]
fn pictures_are_there() {
    let mut pictures = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page can be read");
        for picture in text.lines().filter_map(|line| line.strip_prefix("![")) {
            let (words, target) = picture.split_once("](").expect("a picture has words and an address");
            let target = target.trim_end_matches(')');
            let file = page.parent().expect("a page is in a folder").join(target);
            let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            assert!(bytes.starts_with(b"\x89PNG"), "{} is no picture", file.display());
            assert!(words.len() > 40, "{}: who cannot see the picture is told too little: {words}", file.display());
            pictures += 1;
        }
    }
    assert!(pictures >= 4, "only {pictures} pictures were found");
}
