use std::io;

use crate::report::safe;

/// Why a source or one of its records cannot be read. Each is one line: where, what, and how to mend it. None quotes the record, so
/// that messages may be kept in logs.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    #[error("{}: there is no such file or folder; check the name", safe(.path))]
    Missing { path: String },
    #[error("{}: cannot be read: {reason}", safe(.path))]
    Unreadable { path: String, reason: String },
    #[error("{}: this kind of file is not read; give a .txt, .md or .jsonl file, or save the text as one", safe(.path))]
    Kind { path: String },
    #[error("{}: the folder holds no .txt, .md or .jsonl file (hidden and ignored files are not read)", safe(.path))]
    EmptyFolder { path: String },
    #[error("{}:{line}:{column}: this byte is not UTF-8; if the file is in Windows-1252 or another encoding, save it as UTF-8", safe(.path))]
    NotUtf8 { path: String, line: usize, column: usize },
    #[error("{}: this is UTF-16 text; save it as UTF-8", safe(.path))]
    Utf16 { path: String },
    #[error("{}:{line}:{column}: a NUL byte stands here, so this is not plain text; save the note as UTF-8 text", safe(.path))]
    Nul { path: String, line: usize, column: usize },
    #[error("{}:{line}: the front matter cannot be read: {problem}", safe(.path))]
    FrontMatter { path: String, line: usize, problem: String },
    #[error("{}:{line}: the record cannot be read: {problem}", safe(.path))]
    Line { path: String, line: usize, problem: String },
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
}
