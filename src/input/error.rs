use std::io;

use crate::report::safe;
use caselint::documents::{DecodeError, KINDS, Kinds, Notice, Refusal, TextError};

/// Why a source or one of its records cannot be read. Each is one line: where, what, and how to mend it. None quotes the record, so
/// that messages may be kept in logs.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    #[error("{}: there is no such file or folder; check the name", safe(.path))]
    Missing { path: String },
    #[error("{}: cannot be read: {reason}", safe(.path))]
    Unreadable { path: String, reason: String },
    #[error("{}: this kind of file is not read; give one of {KINDS}, or save the text as one", safe(.path))]
    Kind { path: String },
    #[error("{}: the folder holds no file that is read, such as .txt, .docx or .csv (hidden and ignored files are not)", safe(.path))]
    EmptyFolder { path: String },
    #[error("{}:{line}:{column}: this byte is not UTF-8, and the file is not Windows-1252 either; save it as UTF-8", safe(.path))]
    NotUtf8 { path: String, line: usize, column: usize },
    #[error("{}: this is UTF-16 text; save it as UTF-8", safe(.path))]
    Utf16 { path: String },
    #[error("{}:{line}:{column}: a control character stands here, and there are many, so this is no text; save the note as text", safe(.path))]
    NotText { path: String, line: usize, column: usize },
    #[error("{}:{line}:{column}: a NUL byte stands here, so this is not plain text; save it as UTF-8 text", safe(.path))]
    Nul { path: String, line: usize, column: usize },
    #[error("{}:{line}: the front matter cannot be read: {problem}", safe(.path))]
    FrontMatter { path: String, line: usize, problem: String },
    #[error("{}:{line}: the record cannot be read: {problem}", safe(.path))]
    Line { path: String, line: usize, problem: String },
    #[error("{}: {refusal}{}", safe(.path), remedy(.refusal))]
    Refused { path: String, refusal: Refusal },
    #[error("{}: {notice}", safe(.path))]
    Notice { path: String, notice: Notice },
}

impl InputError {
    /// An error of the operating system about a file.
    pub fn unreadable(path: &str, error: &io::Error) -> Self {
        let path = path.to_owned();
        let reason = match error.kind() {
            io::ErrorKind::NotFound => return InputError::Missing { path },
            io::ErrorKind::PermissionDenied => "permission is denied; ask its owner, or run as a user who may read it".to_owned(),
            io::ErrorKind::IsADirectory => "it is a folder, and a file is wanted here".to_owned(),
            _ => error.to_string(),
        };
        InputError::Unreadable { path, reason }
    }

    /// What makes bytes no text.
    pub fn undecoded(path: &str, error: DecodeError) -> Self {
        let path = path.to_owned();
        match error {
            DecodeError::NotUtf8 { line, column } => InputError::NotUtf8 { path, line, column },
            DecodeError::NotText { line, column } => InputError::NotText { path, line, column },
        }
    }

    /// Why a text file is no note.
    pub fn text(path: &str, error: TextError) -> Self {
        match error {
            TextError::Undecoded(error) => InputError::undecoded(path, error),
            TextError::FrontMatter { line, problem } => InputError::FrontMatter { path: path.to_owned(), line, problem },
        }
    }

    pub fn refused(path: &str, refusal: Refusal) -> Self {
        InputError::Refused { path: path.to_owned(), refusal }
    }

    pub fn notice(path: &str, notice: Notice) -> Self {
        InputError::Notice { path: path.to_owned(), notice }
    }

    /// The files within this one that were passed over.
    pub fn passed_over(&self) -> Option<&Kinds> {
        match self {
            InputError::Notice { notice: Notice::Passed(kinds), .. } => Some(kinds),
            _ => None,
        }
    }

    /// Whether it only tells how something was read. Then nothing is missing, and it is no error.
    pub fn is_notice(&self) -> bool {
        matches!(self, InputError::Notice { .. })
    }
}

/// The flag that lets more through, where a limit was passed.
fn remedy(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Over(limit, _) => format!("; --limit {}=… lets more through", limit.name()),
        _ => String::new(),
    }
}
