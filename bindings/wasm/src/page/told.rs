//! What is said of a file, in the words of a page: it has no flags, and reads fewer kinds of files than the program.

use std::io;

use caselint::documents::{DecodeError, Notice, Refusal, TextError};
use caselint::tell::safe_line;

/// Of a file of a kind that the page does not read.
pub const OTHER_KIND: &str = "this page does not read this kind of file; save it as .docx, .odt, .txt, .md, .csv or .tsv, or let the \
                              program caselint read it";

pub fn refusal(refusal: &Refusal) -> String {
    safe_line(&match refusal {
        Refusal::Over(..) => format!("{refusal}; the program caselint takes larger ones"),
        Refusal::OldOffice => "this is the old format of Office; save it as .docx or .csv".to_owned(),
        Refusal::NoText { columns, .. } => format!(
            "no column looks like text; give the one that holds the notes a heading such as “Note”, and open the file again; the \
             columns are {}",
            columns.join(", ")
        ),
        other => other.to_string(),
    })
}

pub fn notice(notice: &Notice) -> String {
    safe_line(&match notice {
        Notice::Columns(columns) => format!("{columns} (guessed from the headings and the first rows)"),
        other => other.to_string(),
    })
}

pub fn text_error(error: &TextError) -> String {
    match error {
        TextError::Undecoded(DecodeError::NotUtf8 { line, column }) => {
            format!("the sign at line {line}, column {column} is neither UTF-8 nor Windows-1252; save the file as UTF-8")
        }
        TextError::Undecoded(DecodeError::NotText { line, column }) => {
            format!(
                "a control character stands at line {line}, column {column}, and there are many, so this is no text; save the note as text"
            )
        }
        TextError::FrontMatter { line, problem } => format!("line {line}: what is known of the note cannot be read: {problem}"),
    }
}

pub fn stream(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::FileTooLarge => "a row is larger than a file may be; a quotation mark may be open before it".to_owned(),
        _ => error.to_string(),
    }
}
