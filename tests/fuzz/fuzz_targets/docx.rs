//! The body of a Word document: read, and written with comments.
#![no_main]

use caselint::annotate::{self, Options};
use caselint::documents::{Limits, read_docx};
use caselint_fuzz::{LINTER, check, package};
use libfuzzer_sys::fuzz_target;

const TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const LINKS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

fuzz_target!(|bytes: &[u8]| {
    let document = package(&[("[Content_Types].xml", TYPES), ("_rels/.rels", LINKS), ("word/document.xml", bytes)]);
    let Ok(note) = read_docx(document.clone(), &Limits::default()) else { return };
    check(&note.record);
    let findings = LINTER.check(&note.record).findings;
    let options = Options { author: "caselint".to_owned(), date: None, limits: Limits::default() };
    if let Ok(annotated) = annotate::docx(document, &findings, &options) {
        // A document with comments has the text that it had.
        let again = read_docx(annotated.bytes, &Limits::default()).expect("what was written can be read");
        assert_eq!(again.record.text, note.record.text);
    }
});
