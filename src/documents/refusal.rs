//! Why a document cannot be read, and what should be known of how it was read.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::encoding::Encoding;
use super::limits::Limit;
use crate::tell::count;

/// How many files of each kind were passed over.
pub type Kinds = BTreeMap<String, usize>;

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    #[error("{} is over the limit of {}", .0.what(), .0.show(*.1))]
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
    #[error("{}no column looks like text; name it with --column text=NAME; the columns are {}", in_sheet(.sheet), .columns.join(", "))]
    NoText { sheet: Option<String>, columns: Vec<String> },
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
    #[error("{}{}", .0, if .0.is_guessed { " (guessed; --column text=NAME chooses)" } else { "" })]
    Columns(ReadColumns),
    #[error("{0}")]
    Other(String),
}

/// What is read from which columns of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadColumns {
    pub sheet: Option<String>,
    /// The columns that hold text.
    pub texts: Vec<String>,
    /// Keys of a record, each with its column.
    pub known: Vec<(String, String)>,
    /// Nobody named the columns of text.
    pub is_guessed: bool,
}

impl Display for ReadColumns {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}text is read from {}", in_sheet(&self.sheet), self.texts.join(", "))?;
        self.known.iter().try_for_each(|(key, column)| write!(f, "; {key} from {column}"))
    }
}

fn in_sheet(name: &Option<String>) -> String {
    name.as_ref().map_or_else(String::new, |name| format!("sheet {name}: "))
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
