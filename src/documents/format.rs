//! How a file holds records, by its name and by what it begins with. Where the two differ, the content is right.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Refusal;

/// The endings of the files that are read, for messages.
pub const KINDS: &str = ".txt, .md, .docx, .odt, .rtf, .pdf, .html, .eml, .mbox, .csv, .tsv, .xlsx, .json, .jsonl and .zip";

/// How a source holds records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// One note, which may begin with front matter.
    Text,
    /// A record a line.
    Jsonl,
    /// One JSON document.
    Json,
    /// Rows of values with a sign between them.
    Delimited,
    Docx,
    Odt,
    Rtf,
    Pdf,
    Html,
    Mail,
    Mbox,
    Xlsx,
    Parquet,
    /// An archive, or a document that is one within.
    Zip,
    /// The formats of Office before 2007, and documents of today that a password locks.
    OldOffice,
}

impl Format {
    /// The format of a file by the ending of its name; `None` where it is not read.
    pub fn of(path: &Path) -> Option<Self> {
        Some(match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "md" => Format::Text,
            "jsonl" | "ndjson" => Format::Jsonl,
            "json" => Format::Json,
            "csv" | "tsv" | "tab" => Format::Delimited,
            "docx" | "docm" => Format::Docx,
            "odt" => Format::Odt,
            "rtf" => Format::Rtf,
            "pdf" => Format::Pdf,
            "html" | "htm" => Format::Html,
            "eml" => Format::Mail,
            "mbox" => Format::Mbox,
            "xlsx" | "xlsm" => Format::Xlsx,
            "parquet" => Format::Parquet,
            "zip" => Format::Zip,
            "doc" | "xls" | "msg" => Format::OldOffice,
            _ => return None,
        })
    }

    /// The format of bytes that begin with `head`, given what the name says; `None` where they are nothing that is read.
    pub fn settle(head: &[u8], named: Option<Format>) -> Option<Format> {
        if let Some(format) = by_signature(head) {
            return Some(format);
        }
        let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
        match named {
            Some(Format::Jsonl) if first == Some(&b'[') => Some(Format::Json),
            Some(Format::OldOffice | Format::Docx | Format::Odt | Format::Rtf) if is_text(head) => Some(Format::Text),
            Some(Format::Xlsx) if is_text(head) => Some(Format::Delimited),
            Some(named) => Some(named),
            None if head.starts_with(b"From ") => Some(Format::Mbox),
            None => is_mail(head).then_some(Format::Mail),
        }
    }
}

/// What a file of the old formats of Office is refused as. Documents of today that a password locks are wrapped in one.
pub fn old_office(bytes: &[u8]) -> Refusal {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let is_locked = bytes.windows(name.len()).any(|window| window == name);
    match bytes.is_empty() {
        true => Refusal::Empty,
        false if is_locked => Refusal::Locked,
        false => Refusal::OldOffice,
    }
}

/// What begins with signs of its own, whatever it is called.
fn by_signature(head: &[u8]) -> Option<Format> {
    let signatures: [(&[u8], Format); 6] = [
        (b"PK\x03\x04", Format::Zip),
        (b"PK\x05\x06", Format::Zip),
        (b"%PDF-", Format::Pdf),
        (b"{\\rtf", Format::Rtf),
        (b"PAR1", Format::Parquet),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::OldOffice),
    ];
    let found = signatures.iter().find(|(signature, _)| head.starts_with(signature));
    if let Some((_, format)) = found {
        return Some(*format);
    }
    let marked = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |tag: &[u8]| marked.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    (begins(b"<!doctype html") || begins(b"<html")).then_some(Format::Html)
}

/// Whether bytes can be text: there are some, and no control characters among them.
fn is_text(head: &[u8]) -> bool {
    !head.is_empty() && !head.iter().any(|byte| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F))
}

/// Whether bytes begin with lines of a mail's head.
fn is_mail(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let lines = text.lines().take_while(|line| !line.is_empty());
    let known = ["received:", "return-path:", "message-id:", "mime-version:", "delivered-to:"];
    lines.into_iter().any(|line| known.iter().any(|key| line.starts_with(key)))
}
