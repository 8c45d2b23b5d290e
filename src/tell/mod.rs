//! Words for what was found, as people read them: the same on the terminal, in JSON, in documents and on pages.

pub mod case_lines;
pub mod case_words;
mod safe;

pub use safe::{safe, safe_line, safe_text, width};

use crate::finding::{Ask, Finding, Form, Kind, Location, Who};
use crate::record::{Date, Record};

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Whose words they are.
pub fn whose(who: Who) -> &'static str {
    match who {
        Who::Author => "the record's own words",
        Who::Child => "the child's words",
        Who::Parent => "a parent's words",
        Who::Family => "a relative's words",
        Who::Peer => "a friend's words",
        Who::Public => "a member of the public's words",
        Who::Professional => "a colleague's words",
        Who::Perpetrator => "the suspect's words",
        _ => "somebody's words",
    }
}

/// What stands where a finding points: whose words, and how they are given.
pub fn voice(finding: &Finding) -> String {
    if finding.kind == Kind::Gap {
        return "recorded here".to_owned();
    }
    let how = match finding.voice.form {
        Form::Direct => ", quoted",
        Form::Indirect => ", as reported",
        Form::Own => "",
    };
    format!("{}{how}", whose(finding.voice.who))
}

/// What a finding asks for, as the name of a group of findings.
pub fn asks(ask: Ask) -> &'static str {
    match ask {
        Ask::Reword => "to reword",
        Ask::Analyse => "to analyse",
        Ask::Consider => "to consider",
    }
}

/// A number with commas between its thousands.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// The name of an ask, a kind or the like, as JSON has it.
pub fn name_of(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A number with its noun, in the plural where it needs one.
pub fn count(number: usize, noun: &str) -> String {
    match (number, noun.split_once(' ')) {
        (1, _) => format!("1 {noun}"),
        (_, Some((first, rest))) => format!("{number} {first}s {rest}"),
        (_, None) => format!("{number} {noun}s"),
    }
}

/// "12 March 2026".
pub fn date(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

/// "March 2026".
pub fn month(date: Date) -> String {
    format!("{} {}", MONTHS[usize::from(date.month() - 1) % MONTHS.len()], date.year())
}

/// The words of a record: what white space parts and has a letter or a digit in it.
pub fn words_in(record: &Record) -> usize {
    let texts = std::iter::once(&record.text).chain(record.fields.iter().map(|field| &field.text));
    texts.map(|text| words_in_text(text)).sum()
}

/// The words of one text.
pub fn words_in_text(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// A place in words, such as `table 2, row 3, cell 1`; nothing where line and column tell it.
pub fn place_in_words(location: &Location) -> String {
    let numbered = |what: &str, number: Option<usize>| number.map(|number| format!("{what} {number}"));
    let named = |what: &str, name: &Option<String>| name.as_ref().map(|name| format!("{what} {name}"));
    // The row alone is the line of a file that holds a record a line.
    let is_table = location.column.is_some() || location.table.is_some();
    let parts = [
        location.file.clone(),
        numbered("message", location.message),
        named("sheet", &location.sheet),
        numbered("page", location.page),
        location.part.clone(),
        numbered("paragraph", location.paragraph),
        numbered("table", location.table),
        numbered("row", location.row.filter(|_| is_table)),
        numbered("cell", location.cell),
        named("column", &location.column),
        location.key.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
