use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::encoding::Encoding;
use super::format::KINDS;
use super::limits::Limit;
use crate::report::{count, safe};

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
    #[error("{}: {refusal}", safe(.path))]
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

/// How many files of each kind were passed over.
pub type Kinds = BTreeMap<String, usize>;

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    #[error("{} is over the limit of {}; --limit {}=… lets more through", .0.what(), .0.show(*.1), .0.name())]
    Over(Limit, u64),
    #[error("it is protected by a password; save a copy without one")]
    Locked,
    #[error("the file is empty")]
    Empty,
    #[error("it is damaged or cut short: {0}; fetch it anew, or open it and save it again")]
    Broken(String),
    #[error("it declares entities of its own, as files do that are made to exhaust a reader; open it and save it again")]
    Entities,
    #[error("its reader broke down over it; open it and save it again, or save its text")]
    Crashed,
    #[error("this is the old format of Word, Excel or Outlook; save it as .docx, .xlsx or .eml")]
    OldOffice,
    #[error("{} without text (scanned?) {} not read; run text recognition over the file", pages(.0), if .0.len() == 1 { "was" } else { "were" })]
    Scanned(Vec<usize>),
    #[error("{0}")]
    Other(String),
}

/// How something was read, where the user should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Notice {
    #[error("read as {}", .0.name())]
    Encoding(Encoding),
    #[error("from line {0} on, what is not UTF-8 is read as Windows-1252")]
    EncodingFrom(usize),
    #[error("{} of NUL read as blanks", count(*.0, "byte"))]
    Nuls(usize),
    #[error("files of other kinds in it are passed over: {}", kinds(.0))]
    Passed(Kinds),
    #[error("{0}")]
    Other(String),
}

impl Notice {
    /// The files of these names are passed over; nothing where there are none.
    pub fn passed<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<Notice> {
        let mut kinds = Kinds::new();
        names.into_iter().for_each(|name| *kinds.entry(kind(Path::new(name))).or_default() += 1);
        (!kinds.is_empty()).then_some(Notice::Passed(kinds))
    }
}

/// What kind of file a name speaks of: its ending.
pub fn kind(path: &Path) -> String {
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy().to_lowercase()));
    ending.unwrap_or_else(|| "without an ending".to_owned())
}

/// “1 .png, 2 .xml”
pub fn kinds(kinds: &Kinds) -> String {
    kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
}

/// “page 3”, “pages 1, 2 and 9”.
fn pages(pages: &[usize]) -> String {
    let numbers: Vec<String> = pages.iter().map(usize::to_string).collect();
    match numbers.split_last() {
        Some((last, [])) => format!("page {last}"),
        Some((last, before)) => format!("pages {} and {last}", before.join(", ")),
        None => "pages".to_owned(),
    }
}
