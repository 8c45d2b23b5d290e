//! Files of many formats, made with other people's software by `formats/make.py`, and what the program makes of them.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats");

fn check(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
    command.current_dir(folder).args(["check", "--no-config"]).args(args).env_remove("NO_COLOR");
    command.output().expect("the program starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the output is UTF-8")
}

/// The files that other software made.
fn made() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(FOLDER).join("made")).expect("the files are there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    files.sort();
    files
}

fn name(file: &Path) -> String {
    file.file_name().expect("a file has a name").to_string_lossy().into_owned()
}

/// What is found in the named files, without its place. Gaps count over the rows of one text, which are records of their own in a sheet.
fn findings(files: &[&str]) -> Vec<Vec<[String; 4]>> {
    let output = check(Path::new(FOLDER), &[&["--format", "jsonl", "--off", "gap"], files].concat());
    let mut by_file: Vec<Vec<[String; 4]>> = vec![Vec::new(); files.len()];
    for line in text(&output.stdout).lines() {
        let record: Value = serde_json::from_str(line).expect("a line is a record");
        let file = files.iter().position(|file| record["path"] == *file).expect("a record stands in a file");
        let found = record["findings"].as_array().expect("a list");
        let told =
            |finding: &Value, key: &str| finding[key].as_str().expect("a text").split_whitespace().collect::<Vec<_>>().join(" ");
        by_file[file].extend(found.iter().map(|finding| ["rule", "ask", "reason", "text"].map(|key| told(finding, key))));
    }
    by_file
}

#[test]
fn every_format_gives_the_findings_of_the_plain_text() {
    for (plain, prefix, least) in [("visit.txt", "visit", 20), ("chronology.txt", "chronology", 8)] {
        let names: Vec<String> = made().iter().map(|file| name(file)).collect();
        let alike = |name: &&String| name.starts_with(prefix) && !name.ends_with(".doc");
        let files: Vec<String> = names.iter().filter(alike).map(|name| format!("made/{name}")).collect();
        assert!(files.len() >= least, "only {} files were found", files.len());
        let all: Vec<&str> = std::iter::once(plain).chain(files.iter().map(String::as_str)).collect();
        let found = findings(&all);
        assert!(found[0].len() >= 5, "the plain text has few findings: {:?}", found[0]);
        for (file, found_in) in all.iter().zip(&found) {
            assert_eq!(found_in, &found[0], "{file}");
        }
    }
}

/// What is printed for all of the files, with their places and with what is said of those that cannot be read.
#[test]
fn places_and_errors() {
    let output = check(Path::new(FOLDER), &["--compact", "--lexicon", "words.toml", "--family", "formats", "made"]);
    assert_eq!(output.status.code(), Some(2), "some of the files cannot be read");
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("formats-found", text(&output.stdout));
        insta::assert_snapshot!("formats-told", text(&output.stderr));
    });
}

#[test]
fn quoted_replies_are_somebody_else_s_words() {
    for file in ["reply.eml", "reply-outlook.eml", "reply-html.eml"] {
        let output = check(&Path::new(FOLDER).join("made"), &["--format", "jsonl", file]);
        let record: Value = serde_json::from_slice(&output.stdout).expect("one record");
        let found = record["findings"].as_array().expect("a list");
        assert!(found.len() >= 2, "{file}: {record}");
        for finding in found {
            let is_quoted = finding["field"].as_str().is_some_and(|field| field.starts_with("quoted"));
            let whose = (&finding["voice"]["who"], &finding["reason"]);
            let expected = if is_quoted { ("unknown", "unanalysed") } else { ("author", "own-blame") };
            assert!(whose.0 == expected.0 && whose.1 == expected.1, "{file}: {finding}");
        }
    }
}

#[test]
fn texts_of_json_are_found_by_their_path() {
    let made = Path::new(FOLDER).join("made");
    let output = check(&made, &["--compact", "--text-path", "cases.notes.body", "nested.json"]);
    let places: Vec<&str> = text(&output.stdout).lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
    assert!(places.contains(&"nested.json, cases[0].notes[0].body 5"), "{places:?}");
    assert!(places.contains(&"nested.json, cases[1].notes[0].body 1"), "{places:?}");
    let output = check(&made, &["--text-path", "cases.letters", "nested.json"]);
    assert!(text(&output.stderr).contains("--text-path cases.letters leads to no text"), "{output:?}");
}

#[test]
fn columns_are_chosen_and_told() {
    let made = Path::new(FOLDER).join("made");
    let chosen = ["--column", "text=Event", "--column", "text=Source", "--column", "id=1", "chronology.csv"];
    let output = check(&made, &[&["--compact", "--lexicon", "../words.toml", "--family", "formats"], &chosen[..]].concat());
    assert_eq!(
        text(&output.stderr),
        "caselint: chronology.csv: text is read from Event, Source; id from Ref; date from Date\n"
    );
    let first = text(&output.stdout).lines().next().unwrap_or_default();
    assert_eq!(first, "chronology.csv, row 2, column Event (C1): analyse formats/word nightmare to teach");
    let output = check(&made, &["--column", "text=Nope", "chronology.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("there is no column “Nope”; the columns are Ref, Date, Source, Event"),
        "{output:?}"
    );
}

/// The file stands apart, since it is read only where the feature is on.
#[test]
fn parquet_is_read_behind_its_feature() {
    if cfg!(feature = "parquet") {
        let found = findings(&["chronology.txt", "chronology.parquet"]);
        assert_eq!(found[0], found[1]);
    } else {
        let output = check(Path::new(FOLDER), &["chronology.parquet"]);
        assert!(text(&output.stderr).contains("build caselint with --features parquet"), "{output:?}");
    }
}

#[test]
fn content_goes_before_the_name() {
    let folder = TempDir::new().expect("a temporary folder");
    let pairs = [
        ("visit.docx", "a.txt"),
        ("visit-libreoffice.rtf", "b.doc"),
        ("visit-libreoffice.html", "c.doc"),
        ("visit-reportlab.pdf", "d.docx"),
        ("chronology.xlsx", "e.docx"),
        ("visit-odfpy.odt", "f.zip"),
        ("chronology.tsv", "g.xls"),
        ("list.json", "h.jsonl"),
    ];
    for (from, to) in pairs {
        fs::copy(Path::new(FOLDER).join("made").join(from), folder.path().join(to)).expect("the file is copied");
    }
    fs::write(folder.path().join("i.json"), "{\"text\": \"He absconded.\"}\n{\"text\": \"He absconded.\"}\n")
        .expect("the file is written");
    let output = check(folder.path(), &["--format", "json", "."]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("one document");
    for name in pairs.iter().map(|(_, name)| *name).chain(["i.json"]) {
        let records = report["records"].as_array().expect("a list");
        let found = records
            .iter()
            .any(|record| record["path"] == format!("./{name}") && record["findings"] != Value::Array(Vec::new()));
        assert!(found, "nothing was found in {name}: {}", text(&output.stderr));
    }
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
}

#[test]
fn limits_can_be_set_and_name_their_flag() {
    let made = Path::new(FOLDER).join("made");
    let cases = [
        ("file-size=1K", "visit.docx"),
        ("file-size=1K", "hostile-quote.csv"),
        ("unpacked-size=1K", "visit.docx"),
        ("members=2", "visit.docx"),
        ("nesting=3", "visit-odfpy.odt"),
        ("cells=5", "chronology.xlsx"),
        ("archives=1", "cases.zip"),
        ("memory=1M", "visit.docx"),
    ];
    for (limit, file) in cases {
        let output = check(&made, &["--quiet", "--limit", limit, file, "../visit.txt"]);
        let flag = limit.split_once('=').expect("a value").0;
        let told = text(&output.stderr);
        let is_told = told.contains(&format!("--limit {flag}=")) || (flag == "memory" && told.contains("broke down"));
        assert!(output.status.code() == Some(2) && is_told && told.lines().count() == 1, "{limit} {file}: {told}");
    }
    let output = check(&made, &["--limit", "ratio=5000", "hostile-bomb.docx"]);
    assert!(!text(&output.stderr).contains("--limit ratio"), "{output:?}");
}

/// Every file cut short, emptied and damaged: no crash, one line for each that cannot be read, and the last note is read all the same.
#[test]
fn broken_files_cost_a_line_each() {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name: String, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("the file is written");
    let files: Vec<PathBuf> = made().into_iter().filter(|file| !name(file).starts_with("hostile")).collect();
    for file in &files {
        let bytes = fs::read(file).expect("the file can be read");
        let ending = file.extension().expect("an ending").to_string_lossy().into_owned();
        let stem = file.file_stem().expect("a stem").to_string_lossy().into_owned();
        write(format!("{stem}-empty.{ending}"), b"");
        write(format!("{stem}-half.{ending}"), &bytes[..bytes.len() / 2]);
        write(format!("{stem}-head.{ending}"), &bytes[..bytes.len().min(100)]);
    }
    write("zz-last.txt".to_owned(), b"He absconded.\n");
    let told = survives(folder.path());
    for ending in ["docx", "odt", "rtf", "pdf", "html", "eml", "xlsx", "zip"] {
        let refused = |line: &&str| line.contains(&format!("-empty.{ending}: the file is empty"));
        assert!(told.lines().any(|line| refused(&line)), "an empty .{ending} is told as such:\n{told}");
    }
    for ending in ["docx", "odt", "rtf", "xlsx", "zip"] {
        let refused = |line: &&str| line.contains(&format!("-half.{ending}: it is damaged"));
        assert!(told.lines().any(|line| refused(&line)), "a .{ending} cut short is told as such:\n{told}");
    }
}

/// Runs over a folder whose last file has a finding, and gives what was told.
fn survives(folder: &Path) -> String {
    let output = check(folder, &["--compact", "--limit", "seconds=20", "."]);
    let (found, told) = (text(&output.stdout), text(&output.stderr));
    assert!(matches!(output.status.code(), Some(0..=2)), "it ended with {:?}:\n{told}", output.status);
    assert!(found.contains("./zz-last.txt:1:4: reword missing/absconded absconded"), "the last file was not read:\n{told}");
    assert!(!told.contains("panicked"), "{told}");
    assert!(told.lines().all(|line| line.starts_with("caselint: ./")), "{told}");
    told.to_owned()
}

/// A small generator of numbers, so that a failure comes again (Marsaglia's xorshift64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("it fits")
    }

    /// A few bytes changed, taken out, or copied to another place.
    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(8) {
            if bytes.is_empty() {
                return;
            }
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(40)).min(bytes.len());
            match self.below(5) {
                0 => bytes[at] ^= 1 << self.below(8),
                1 => bytes[at] = u8::try_from(self.below(256)).expect("a byte"),
                2 => drop(bytes.drain(at..end)),
                3 => {
                    let piece = bytes[at..end].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
                _ => bytes[at..end].fill(b'<'),
            }
        }
    }
}

/// The container with one of its members mutated, so that what is within is reached and not only the sums around it.
fn mutate_within(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let chosen = numbers.below(zip.len());
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut member = zip.by_index(index).expect("a member");
        let mut content = Vec::new();
        member.read_to_end(&mut content).expect("the member can be read");
        let name = member.name().expect("a name").into_owned();
        if index == chosen || name == "word/document.xml" || name == "content.xml" {
            numbers.mutate(&mut content);
        }
        packed.start_file(name, SimpleFileOptions::default()).expect("a member begins");
        packed.write_all(&content).expect("the member is written");
    }
    packed.finish().expect("the container is written").into_inner()
}

#[test]
fn mutated_files_neither_crash_nor_hang() {
    let folder = TempDir::new().expect("a temporary folder");
    let mut numbers = Numbers(0x5EED_CA5E);
    let seeds = [
        "visit.docx",
        "parts.docx",
        "notes-libreoffice.odt",
        "parts-libreoffice.rtf",
        "visit-pandoc.rtf",
        "visit-reportlab.pdf",
        "scanned-page.pdf",
        "chronology-libreoffice.html",
        "attached.eml",
        "reply.eml",
        "box.mbox",
        "chronology.csv",
        "chronology-utf16.csv",
        "chronology.xlsx",
        "nested.json",
        "cases.zip",
        "visit-windows-1252.txt",
        "visit-utf16le.txt",
    ];
    let mut count = 0;
    for name in seeds {
        let whole = fs::read(Path::new(FOLDER).join("made").join(name)).expect("the file can be read");
        for number in 0..12 {
            let is_container = whole.starts_with(b"PK");
            let bytes = if is_container && number % 3 > 0 {
                mutate_within(&whole, &mut numbers)
            } else {
                let mut bytes = whole.clone();
                numbers.mutate(&mut bytes);
                bytes
            };
            fs::write(folder.path().join(format!("{number:02}-{name}")), bytes).expect("the file is written");
            count += 1;
        }
    }
    assert!(count >= 200);
    fs::write(folder.path().join("zz-last.txt"), "He absconded.\n").expect("the file is written");
    survives(folder.path());
}
