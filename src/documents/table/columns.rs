//! Which columns of a table hold what: as the user named them, or guessed from the header and the first rows.

use std::str::FromStr;

use crate::record::keys;
use crate::{Field, Location, Record};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::{Note, Origin, Places, ReadColumns, Refusal};
use super::{Row, RowSource};

/// A column as the command line names it: `text=Note`, `id=Ref`. The keys are those of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    key: String,
    /// The name in the header, or the number from 1.
    name: String,
}

const TEXT: &str = "text";

/// The keys of a record that a column may hold, beside its text.
const KEYS: [&str; 10] =
    ["id", "date", "age", "date_of_birth", "genre", "agency", "team", "author", "case", "learning_disability"];

impl FromStr for Column {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (key, name) = text.split_once('=').ok_or("write KEY=NAME, such as text=Note")?;
        if key != TEXT && !KEYS.contains(&key) {
            return Err(format!("`{key}` is no key of a record; it is text, {}", KEYS.join(", ")));
        }
        Ok(Column { key: key.to_owned(), name: name.to_owned() })
    }
}

/// Last words of headers that stand over text.
const TEXT_WORDS: [&str; 23] = [
    "analysis",
    "body",
    "comment",
    "comments",
    "content",
    "contents",
    "description",
    "detail",
    "details",
    "entry",
    "event",
    "information",
    "message",
    "narrative",
    "note",
    "notes",
    "observation",
    "observations",
    "record",
    "summary",
    "text",
    "view",
    "views",
];

/// Headers, in small letters, that stand over what is known of a record.
const KNOWN: [(&str, &[&str]); 4] = [
    ("id", &["id", "ref", "reference", "record id", "note id", "case note id", "unique id"]),
    ("date", &["date", "record date", "note date", "entry date", "event date", "date of note", "date recorded"]),
    ("date_of_birth", &["dob", "date of birth", "d o b"]),
    ("age", &["age", "child age", "age years"]),
];

/// Which columns are read, and as what.
#[derive(Debug)]
pub struct Plan {
    names: Vec<String>,
    /// The columns that hold text, from 0.
    texts: Vec<usize>,
    /// The columns that hold what is known of a record, and whether the user named them.
    known: Vec<(usize, String, bool)>,
    is_guessed: bool,
}

impl Plan {
    /// Chooses the columns. The error says what to do.
    pub fn new(names: Vec<String>, sample: &[Row], chosen: &[Column], source: &RowSource) -> Result<Plan, Refusal> {
        let mut texts = Vec::new();
        let mut known = Vec::new();
        for column in chosen {
            let at = find(&names, &column.name).ok_or_else(|| unknown(column, &names, source))?;
            if texts.contains(&at) && column.key == TEXT || known.iter().any(|(_, key, _)| *key == column.key) {
                return Err(Refusal::Other(format!("--column {}={} comes twice; name it once", column.key, column.name)));
            }
            if column.key == TEXT {
                texts.push(at)
            } else {
                known.push((at, column.key.clone(), true))
            }
        }
        let is_guessed = texts.is_empty();
        for (key, headers) in KNOWN {
            let header = |name: &String| headers.contains(&words(name).join(" ").as_str());
            let guess = names.iter().position(header).filter(|at| !texts.contains(at));
            if !known.iter().any(|(_, taken, _)| taken == key) {
                known.extend(guess.map(|at| (at, key.to_owned(), false)));
            }
        }
        if is_guessed {
            let is_known = |at: &usize| known.iter().any(|(taken, ..)| taken == at);
            texts = (0..names.len()).filter(|at| !is_known(at) && holds_text(*at, &names, sample)).collect();
        }
        if texts.is_empty() {
            return Err(Refusal::NoText { sheet: source.sheet.clone(), columns: names });
        }
        Ok(Plan { names, texts, known, is_guessed })
    }

    /// What is read, for the user.
    pub fn tell(&self, sheet: Option<String>) -> ReadColumns {
        let name = |at: usize| self.names.get(at).cloned().unwrap_or_default();
        ReadColumns {
            sheet,
            texts: self.texts.iter().map(|&at| name(at)).collect(),
            known: self.known.iter().map(|(at, key, _)| (key.clone(), name(*at))).collect(),
            is_guessed: self.is_guessed,
        }
    }

    /// The record of a row; nothing where its columns of text are empty. What does not fit goes to `unfit` where its column was guessed, and is
    /// an error where it was named.
    pub fn note(&self, row: &Row, source: &RowSource, unfit: &mut Vec<Unfit>) -> Result<Option<Note>, String> {
        let cell = |at: usize| row.cells.get(at).map_or("", String::as_str);
        if self.texts.iter().all(|&at| cell(at).trim().is_empty()) {
            return Ok(None);
        }
        let mut record = self.what_is_known(row, unfit)?;
        let mut origin = Origin::default();
        origin.location.row = Some(row.number);
        origin.location.sheet.clone_from(&source.sheet);
        origin.places = self.fill(&mut record, row);
        Ok(Some(Note { record, origin }))
    }

    /// Puts the texts of a row into a record: one as its text, several as its boxes.
    fn fill(&self, record: &mut Record, row: &Row) -> Places {
        let mut places = Places::default();
        for &at in &self.texts {
            let name = &self.names[at];
            let text = row.cells.get(at).cloned().unwrap_or_default();
            let location = Location { column: Some(name.clone()), ..Location::default() };
            if self.texts.len() == 1 {
                record.text = text;
                places.add(None, 0, location);
            } else {
                let mut field = Field::default();
                (field.id, field.heading, field.text) = (Some(name.clone()), Some(name.clone()), text);
                record.fields.push(field);
                places.add(Some(name), 0, location);
            }
        }
        places
    }

    /// A record of what is known, without its text. What was guessed and does not fit is left out.
    fn what_is_known(&self, row: &Row, unfit: &mut Vec<Unfit>) -> Result<Record, String> {
        let mut record = Record::default();
        let mut object = Map::new();
        for (at, key, is_named) in &self.known {
            let value = row.cells.get(*at).map_or("", |cell| cell.trim());
            if value.is_empty() {
                continue;
            }
            match keys::extended(&mut object, |object| put(object, key, value)) {
                Ok(fits) => record = fits,
                Err(problem) if *is_named => return Err(problem),
                Err(problem) => unfit.push(Unfit { column: self.names[*at].clone(), problem }),
            }
        }
        Ok(record)
    }
}

/// A value that is left out, and why. Nothing of it is repeated.
pub struct Unfit {
    pub column: String,
    pub problem: String,
}

fn unknown(column: &Column, names: &[String], source: &RowSource) -> Refusal {
    let sheet = source.sheet.as_ref().map_or_else(String::new, |sheet| format!("sheet {sheet}: "));
    Refusal::Other(format!("{sheet}there is no column “{}”; the columns are {}", column.name, names.join(", ")))
}

/// Puts the value of a cell where a record has it.
fn put(object: &mut Map<String, Value>, key: &str, value: &str) {
    object.entry(TEXT).or_insert_with(|| Value::String(String::new()));
    let value = match key {
        "age" => value.parse::<f64>().map_or_else(|_| Value::from(value), |years| Value::from(years as u64)),
        "learning_disability" => match value.to_ascii_lowercase().as_str() {
            "yes" | "y" | "true" | "1" => Value::from(true),
            "no" | "n" | "false" | "0" => Value::from(false),
            _ => Value::from(value),
        },
        _ => Value::from(value),
    };
    if keys::is_of_subject(key) {
        let subject = object.entry("subject").or_insert_with(|| Value::Object(Map::new()));
        if let Some(subject) = subject.as_object_mut() {
            subject.insert(key.to_owned(), value);
        }
    } else {
        object.insert(key.to_owned(), value);
    }
}

/// The column of a name, or of a number from 1.
fn find(names: &[String], wanted: &str) -> Option<usize> {
    let by_name = names.iter().position(|name| name == wanted);
    let by_words = || names.iter().position(|name| words(name) == words(wanted));
    let by_number = || wanted.parse::<usize>().ok()?.checked_sub(1).filter(|&at| at < names.len());
    by_name.or_else(by_words).or_else(by_number)
}

/// The words of a header in small letters.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    lower
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A cell of so many words reads as text rather than as a label.
const PROSE: usize = 6;

/// Whether a column holds text, by the last word of its header, and by what stands in it.
fn holds_text(at: usize, names: &[String], sample: &[Row]) -> bool {
    let is_named = words(&names[at]).last().is_some_and(|last| TEXT_WORDS.contains(&last.as_str()));
    let cells = || sample.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.trim().is_empty());
    let prose = cells().filter(|cell| cell.split_whitespace().nth(PROSE - 1).is_some()).count();
    let filled = cells().count();
    // A reference number under “Record” is no text, whatever the header says.
    let has_words = filled == 0 || cells().any(|cell| cell.split_whitespace().nth(1).is_some());
    (is_named && has_words) || (filled > 0 && prose * 3 >= filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Notice;

    fn row(cells: &[&str]) -> Row {
        Row { number: 2, cells: cells.iter().map(|&cell| cell.to_owned()).collect() }
    }

    fn plan(header: &str, rows: &[&[&str]], columns: &[&str]) -> Result<String, String> {
        let names = header.split(',').map(str::to_owned).collect();
        let sample: Vec<Row> = rows.iter().map(|cells| row(cells)).collect();
        let columns: Vec<Column> = columns.iter().map(|column| column.parse().expect("a column")).collect();
        let plan = Plan::new(names, &sample, &columns, &RowSource::default()).map_err(|refusal| refusal.to_string())?;
        Ok(Notice::Columns(plan.tell(None)).to_string())
    }

    #[test]
    fn columns_are_guessed_from_header_and_content() {
        let guessed = "(guessed; --column text=NAME chooses)";
        let told = plan("Ref,Note Type,Case Note,DOB", &[&["1", "Visit", "Seen at home.", "3/4/2012"]], &[]);
        assert_eq!(told, Ok(format!("text is read from Case Note; id from Ref; date_of_birth from DOB {guessed}")));
        let told = plan("A,B", &[&["x1", "He was seen at home with mum today."]], &[]);
        assert_eq!(told, Ok(format!("text is read from B {guessed}")));
        let told = plan("Record,What happened", &[&["00017", "Went out with older lads, came back late."]], &[]);
        assert_eq!(told, Ok(format!("text is read from What happened {guessed}")));
        assert!(
            plan("A,B", &[&["1", "2"]], &[]).is_err_and(|problem| problem.contains("--column text=NAME; the columns are A, B"))
        );
    }

    #[test]
    fn columns_are_chosen_by_name_or_number() {
        let rows: &[&[&str]] = &[&["1", "2", "A long note about nothing at all here."]];
        assert_eq!(plan("A,B,Note", rows, &["text=b", "id=1"]), Ok("text is read from B; id from A".to_owned()));
        assert!(plan("A,B,Note", rows, &["text=Notes"]).is_err_and(|problem| problem.contains("no column “Notes”")));
        assert!("words=A".parse::<Column>().is_err());
    }
}
