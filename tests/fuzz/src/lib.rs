//! What the fuzz targets share: a linter that is made once, and what holds of every record.

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use caselint::offsets::Unit;
use caselint::{Linter, Record};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// # Panics
/// The lexicon of the program is no lexicon.
pub static LINTER: LazyLock<Linter> = LazyLock::new(|| Linter::builder().profile("full").build().expect("the built-in lexicon is sound"));

/// Checks a record: what is found lies in it, offsets of all units tell the same place, and a second check finds the same.
///
/// # Panics
/// One of these does not hold.
pub fn check(record: &Record) {
    let outcome = LINTER.check(record);
    for finding in outcome.findings.iter().chain(&outcome.left) {
        let text = text_of(record, finding.field.as_deref());
        let words = text.get(finding.start..finding.end).expect("a finding begins and ends between letters");
        assert_eq!(words, finding.text);
    }
    for unit in [Unit::Utf16, Unit::Utf32] {
        let mut counted = outcome.clone();
        counted.count_in(unit, record);
        for (finding, bytes) in counted.findings.iter().zip(&outcome.findings) {
            let text = text_of(record, finding.field.as_deref());
            let count = |part: &str| if unit == Unit::Utf16 { part.encode_utf16().count() } else { part.chars().count() };
            assert_eq!((finding.start, finding.end), (count(&text[..bytes.start]), count(&text[..bytes.end])));
        }
    }
    assert_eq!(outcome, LINTER.check(record));
}

fn text_of<'a>(record: &'a Record, field: Option<&str>) -> &'a str {
    let Some(id) = field else { return &record.text };
    record.field(id).map_or("", |number| &record.fields[number].text)
}

/// A container with these parts.
///
/// # Panics
/// There is no memory for it.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("it is written to memory");
        writer.write_all(bytes).expect("it is written to memory");
    }
    writer.finish().expect("it is written to memory").into_inner()
}
