//! Copies of documents with the findings in them: what was there stays, byte by byte, and says the same when it is read again.

#![cfg(feature = "documents")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use caselint::annotate::{self, AnnotateError, Annotated, Options};
use caselint::documents::{Limits, Note, Refusal, read_docx};
use caselint::{Linter, Outcome, Record};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const MADE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/made");

fn linter() -> Linter {
    Linter::builder().build().expect("the embedded lexicon is sound")
}

fn read(bytes: &[u8]) -> Note {
    read_docx(bytes.to_vec(), &Limits::default()).expect("the document can be read")
}

fn checked(bytes: &[u8]) -> Outcome {
    let note = read(bytes);
    let mut outcome = linter().check(&note.record);
    note.origin.place(&mut outcome);
    outcome
}

fn annotated(bytes: &[u8], outcome: &Outcome) -> Annotated {
    annotate::docx(bytes.to_vec(), &outcome.findings, &Options::default()).expect("comments can be written")
}

/// The parts of a container.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut parts = BTreeMap::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("it can be unpacked");
        parts.insert(part.name().expect("it has a name").into_owned(), content);
    }
    parts
}

/// The documents of Word's format that other software made, and that can be read.
fn documents() -> Vec<PathBuf> {
    let entries = fs::read_dir(MADE).expect("the files are there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".docx") && !name.starts_with("hostile") && name != "locked.docx"
    });
    files.sort();
    files
}

/// Whether all bytes of `old` stand in `new` in their order.
fn is_kept(old: &[u8], new: &[u8]) -> bool {
    let mut rest = new.iter();
    old.iter().all(|byte| rest.any(|other| other == byte))
}

#[test]
fn what_was_there_stays() {
    let files = documents();
    assert!(files.len() >= 7, "only {} documents were found", files.len());
    for file in files {
        let (name, bytes) = (file.display(), fs::read(&file).expect("the file can be read"));
        let outcome = checked(&bytes);
        let copy = annotated(&bytes, &outcome);
        assert_eq!(read(&copy.bytes), read(&bytes), "{name}: the text and its places");
        assert_eq!(checked(&copy.bytes), outcome, "{name}: the findings");
        let (old, new) = (parts(&bytes), parts(&copy.bytes));
        let touched = ["[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "word/comments.xml"];
        for (part, content) in &old {
            if touched.contains(&part.as_str()) {
                assert!(is_kept(content, &new[part]), "{name}: {part} has lost something");
            } else {
                assert_eq!(content, &new[part], "{name}: {part}");
            }
        }
        let added: Vec<&String> = new.keys().filter(|part| !old.contains_key(*part)).collect();
        assert!(added.iter().all(|part| *part == "word/comments.xml"), "{name}: {added:?}");
    }
}

#[test]
fn each_finding_has_a_comment_or_is_listed() {
    for file in documents() {
        let (name, bytes) = (file.display(), fs::read(&file).expect("the file can be read"));
        let outcome = checked(&bytes);
        assert!(!outcome.findings.is_empty(), "{name}");
        let copy = annotated(&bytes, &outcome);
        let comments = String::from_utf8(parts(&copy.bytes)["word/comments.xml"].clone()).expect("it is UTF-8");
        let placed = outcome.findings.len() - copy.unplaced.len();
        let ours = comments.matches("w:author=\"caselint\"").count();
        assert_eq!(ours, placed + usize::from(!copy.unplaced.is_empty()), "{name}");
        for number in &copy.unplaced {
            let finding = &outcome.findings[*number];
            assert!(
                matches!(finding.location.part.as_deref(), Some("header" | "footer" | "footnote" | "endnote")),
                "{name}: {finding:?}"
            );
            assert!(comments.contains(&format!("“{}”", finding.text)), "{name}: {}", finding.text);
        }
        // Each comment begins and ends once in the text.
        let document = String::from_utf8(parts(&copy.bytes)["word/document.xml"].clone()).expect("it is UTF-8");
        for mark in ["commentRangeStart", "commentRangeEnd", "commentReference"] {
            assert_eq!(
                document.matches(&format!("<w:{mark} ")).count(),
                comments.matches("<w:comment ").count(),
                "{name}: {mark}"
            );
        }
    }
}

#[test]
fn comments_that_are_there_stay() {
    let bytes = fs::read(Path::new(MADE).join("parts.docx")).expect("the file can be read");
    let comments = |bytes: &[u8]| String::from_utf8(parts(bytes)["word/comments.xml"].clone()).expect("it is UTF-8");
    let once = annotated(&bytes, &checked(&bytes)).bytes;
    assert!(comments(&once).contains("In a comment: she is attention seeking."));
    // Another round adds comments of its own, with ids of their own.
    let twice = comments(&annotated(&once, &checked(&once)).bytes);
    let mut ids: Vec<&str> = twice.split("<w:comment w:id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), all), (13, 13), "{ids:?}");
}

/// A document with this body.
fn document(body: &str) -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let main = format!("<w:document xmlns:w=\"{namespace}\"><w:body>{body}</w:body></w:document>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("[Content_Types].xml", types), ("word/document.xml", &main)] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part begins");
        zip.write_all(content.as_bytes()).expect("memory takes it");
    }
    zip.finish().expect("the container is complete").into_inner()
}

/// The body of the copy, with the marks of comments in short.
fn body(bytes: &[u8]) -> String {
    let main = String::from_utf8(parts(bytes)["word/document.xml"].clone()).expect("it is UTF-8");
    let (_, rest) = main.split_once("<w:body>").expect("there is a body");
    let mut body = rest.replace("</w:body></w:document>", "");
    for id in 0..10 {
        body = body.replace(&format!("<w:commentRangeStart w:id=\"{id}\"/>"), &format!("[{id}"));
        let end = format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>");
        body = body.replace(&end, &format!("{id}]"));
    }
    body
}

#[test]
fn runs_are_split_where_they_must_be() {
    let cases = [
        // A phrase that is a run of its own.
        (
            "<w:p><w:r><w:t>She is </w:t></w:r><w:r><w:t>promiscuous</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>She is </w:t></w:r>[0<w:r><w:t>promiscuous</w:t></w:r>0]</w:p>",
        ),
        // Within a run that has a look: each piece keeps it, and blanks at ends are kept.
        (
            "<w:p><w:r w:rsidR=\"00AB\"><w:rPr><w:b/></w:rPr><w:t>Is promiscuous &amp; loud.</w:t></w:r></w:p>",
            "<w:p><w:r w:rsidR=\"00AB\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">Is </w:t></w:r>[0<w:r w:rsidR=\"00AB\"><w:rPr><w:b/></w:rPr>\
             <w:t xml:space=\"preserve\">promiscuous</w:t></w:r>0]<w:r w:rsidR=\"00AB\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\"> &amp; loud.</w:t></w:r></w:p>",
        ),
        // Over two runs, and behind an empty set of properties.
        (
            "<w:p><w:r><w:rPr/><w:t>promis</w:t></w:r><w:r><w:t>cuous girl</w:t></w:r></w:p>",
            "<w:p>[0<w:r><w:rPr/><w:t>promis</w:t></w:r><w:r><w:t>cuous</w:t></w:r>0]<w:r><w:t xml:space=\"preserve\"> girl</w:t></w:r></w:p>",
        ),
        // Between two texts of one run.
        (
            "<w:p><w:r><w:t>Seen.</w:t><w:br/><w:t>promiscuous</w:t><w:tab/></w:r></w:p>",
            "<w:p><w:r><w:t>Seen.</w:t><w:br/></w:r>[0<w:r><w:t>promiscuous</w:t></w:r>0]<w:r><w:tab/></w:r></w:p>",
        ),
    ];
    for (before, expected) in cases {
        let bytes = document(before);
        let mut outcome = checked(&bytes);
        outcome.findings.retain(|finding| finding.text == "promiscuous");
        assert_eq!(outcome.findings.len(), 1, "{before}");
        let copy = annotated(&bytes, &outcome);
        assert_eq!(body(&copy.bytes), expected);
        assert_eq!(read(&copy.bytes), read(&bytes), "{before}");
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    let bytes = fs::read(Path::new(MADE).join("locked.docx")).expect("the file can be read");
    let refused = annotate::docx(bytes, &[], &Options::default());
    assert!(matches!(refused, Err(AnnotateError::Unreadable(_))), "{refused:?}");
    assert_eq!(annotate::docx(Vec::new(), &[], &Options::default()), Err(AnnotateError::Unreadable(Refusal::Empty)));
    // Findings of another document lead nowhere, and break nothing.
    let outcome = linter().check(&Record::from_text(format!("{}She is promiscuous.", "Nothing. ".repeat(99))));
    assert_eq!(annotated(&document("<w:p><w:r><w:t>Short.</w:t></w:r></w:p>"), &outcome).unplaced, [0]);
}

#[test]
fn a_text_is_marked_and_its_notes_stand_at_the_end() {
    let text = "Café.\r\nShe puts herself at risk.\r\n";
    let outcome = linter().check(&Record::from_text(text));
    let marked = annotate::text(text, &outcome.findings);
    let head = "Café.\r\nShe [[1: puts herself at risk]].\r\n\r\n\r\n----\r\nNotes by caselint.";
    assert!(marked.starts_with(head), "{marked}");
    assert!(marked.contains("\r\n[1] “puts herself at risk” ") && !marked.replace("\r\n", "").contains('\n'), "{marked}");
    assert_eq!(annotate::text(text, &[]), text);
    // Two findings on the same words share a mark.
    let text = "She told me that she had consented to sex with a man of 23.";
    let outcome = linter().check(&Record::from_text(text));
    assert!(
        annotate::text(text, &outcome.findings).starts_with("She told me that she had [[1, 2: consented to sex"),
        "{outcome:?}"
    );
}

#[cfg(feature = "cli")]
mod program {
    use std::process::{Command, Output};

    use tempfile::TempDir;

    use super::*;

    fn run(folder: &Path, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caselint"));
        command.current_dir(folder).args(["annotate", "--no-config"]).args(args);
        command.output().expect("the program starts")
    }

    #[test]
    fn nothing_is_written_over_unasked() {
        let folder = TempDir::new().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        let note = b"\xEF\xBB\xBF---\nid: n1\n---\nShe is promiscuous.\n";
        fs::write(path("note.txt"), note).expect("the file is written");
        let cases: [(&[&str], i32, &str); 6] = [
            (&["note.txt", "-o", "note.txt"], 2, "this is the file to be read"),
            (&["note.txt", "-o", "note.txt", "--force"], 2, "this is the file to be read"),
            (&["note.txt", "-o", "marked.txt"], 0, "1 finding"),
            (&["note.txt", "-o", "marked.txt"], 2, "there already"),
            (&["note.txt", "-o", "marked.txt", "--force"], 0, "1 finding"),
            (&[".", "-o", "other.txt"], 2, "this is a folder"),
        ];
        for (args, status, says) in cases {
            let output = run(folder.path(), args);
            let told = [output.stdout, output.stderr].concat();
            let told = String::from_utf8_lossy(&told);
            assert_eq!(output.status.code(), Some(status), "{args:?}: {told}");
            assert!(told.contains(says), "{args:?}: {told}");
            assert_eq!(fs::read(path("note.txt")).expect("it is there"), note);
        }
        let marked = fs::read_to_string(path("marked.txt")).expect("it is there");
        assert!(marked.starts_with("---\nid: n1\n---\nShe is [[1: promiscuous]].\n"), "{marked}");
    }

    #[test]
    fn a_document_gets_comments() {
        let folder = TempDir::new().expect("a temporary folder");
        let document = Path::new(MADE).join("visit.docx");
        let output = run(folder.path(), &[document.to_str().expect("it is UTF-8"), "-o", "reviewed.docx"]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let copy = fs::read(folder.path().join("reviewed.docx")).expect("it is there");
        assert_eq!(checked(&copy).findings.len(), 6);
        // Neither a table nor something else that is no running text.
        let table = Path::new(MADE).join("chronology.csv");
        let output = run(folder.path(), &[table.to_str().expect("it is UTF-8"), "-o", "other.csv"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("takes a .docx, .md or .txt file"), "{output:?}");
    }
}
