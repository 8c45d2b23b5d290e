//! JSON: records in the keys of caselint, or texts that a path leads to.

use std::io::Cursor;
use std::str::FromStr;

use caselint::Record;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::once::Once;
use super::{Bytes, Context, InputError, Note, Notes, Origin, Refusal, jsonl, keys};

/// The way to the texts of a JSON document: keys with dots between them. Where a list stands, the way goes on in each of its items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPath(Vec<String>);

impl FromStr for TextPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let keys: Vec<String> = text.split('.').map(str::to_owned).collect();
        if keys.iter().any(String::is_empty) {
            return Err("write the keys that lead to the text with dots between them, such as notes.body".to_owned());
        }
        Ok(TextPath(keys))
    }
}

/// A record, and the way that led to it.
type Led = (Record, Option<String>);

impl TextPath {
    /// A record for each text that the way leads to.
    pub fn records(&self, value: &Value) -> Result<Vec<Led>, String> {
        let mut records = Vec::new();
        collect(value, &self.0, String::new(), None, &mut records)?;
        if records.is_empty() {
            return Err(format!("--text-path {} leads to no text in it", self.0.join(".")));
        }
        Ok(records)
    }
}

/// Follows the keys of a way from `value`; `holder` is the object that was left last.
fn collect(value: &Value, keys: &[String], key: String, holder: Option<&Value>, records: &mut Vec<Led>) -> Result<(), String> {
    match (value, keys) {
        (Value::Array(items), _) => items
            .iter()
            .enumerate()
            .try_for_each(|(number, item)| collect(item, keys, format!("{key}[{number}]"), holder, records)),
        (Value::Object(object), [first, rest @ ..]) => {
            let Some(inner) = object.get(first) else { return Ok(()) };
            let key = if key.is_empty() { first.clone() } else { format!("{key}.{first}") };
            collect(inner, rest, key, Some(value), records)
        }
        (Value::String(text), []) => {
            records.push((beside(text, holder), Some(key)));
            Ok(())
        }
        (Value::Null, _) => Ok(()),
        (_, []) => Err(format!("{key} is no text")),
        (_, [first, ..]) => Err(format!("{key} holds no “{first}”, as it is no object")),
    }
}

/// A record of a text, with what the object that holds it says of the record in the keys of caselint.
fn beside(text: &str, holder: Option<&Value>) -> Record {
    let mut object = Map::from_iter([("text".to_owned(), Value::String(text.to_owned()))]);
    let mut record = Record::from_text(text);
    let known = holder.and_then(Value::as_object).into_iter().flatten();
    for (key, value) in known.filter(|(key, _)| keys::is_known(key) && !matches!(key.as_str(), "text" | "fields")) {
        // What does not fit is left out, and the rest is known all the same.
        if let Ok(fits) = keys::extended(&mut object, |object| drop(object.insert(key.clone(), value.clone()))) {
            record = fits;
        }
    }
    record
}

/// Reads a whole document: an object or a list of objects in the keys of caselint, or whatever the path leads to.
pub fn read(context: &Context, reader: Bytes) -> Result<Notes, InputError> {
    let decoded = context.decoded(reader)?;
    let value = match serde_json::from_str(decoded.text.as_str()) {
        Ok(Once(value)) => value,
        Err(error) if error.classify() == Category::Data => {
            let place = format!("line {}, byte {}", error.line(), error.column());
            return Err(context.refused(Refusal::Other(format!("a key stands in one object twice, at {place}; keep one"))));
        }
        // Exports in JSON Lines are often called .json.
        Err(_) if is_lines(&decoded.text) => {
            let bytes = decoded.text.into_bytes();
            let head = bytes.clone();
            return Ok(Box::new(jsonl::Lines::new(context.clone(), &head, Box::new(Cursor::new(bytes)))?));
        }
        Err(error) => {
            let problem = format!("it is not valid JSON at line {}, byte {}", error.line(), error.column());
            return Err(context.refused(Refusal::Other(format!("{problem}; check quotation marks, commas and brackets there"))));
        }
    };
    let notices: Vec<_> = decoded.notices.into_iter().map(|notice| Err(context.notice(notice))).collect();
    let notes: Vec<Result<Note, InputError>> = match &context.options.text_path {
        Some(path) => {
            let led = path.records(&value).map_err(|problem| context.refused(Refusal::Other(problem)))?;
            led.into_iter().map(|(record, key)| Ok(note(record, key))).collect()
        }
        None => own(value, context),
    };
    Ok(Box::new(notices.into_iter().chain(notes)))
}

/// Whether the first line is a whole document by itself.
fn is_lines(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| serde_json::from_str::<IgnoredAny>(line).is_ok())
}

/// The records of a document in the keys of caselint.
fn own(value: Value, context: &Context) -> Vec<Result<Note, InputError>> {
    let one = |value: Value, key: Option<String>| {
        match value {
            Value::Object(object) => keys::record(object).map(|record| note(record, key.clone())),
            _ => Err("it is not a JSON object".to_owned()),
        }
        .map_err(|problem| {
            let place = key.map_or(String::new(), |key| format!("record {key} cannot be read: "));
            let hint = "; or say where the texts are, such as --text-path notes.body";
            context.refused(Refusal::Other(format!("{place}{problem}{hint}")))
        })
    };
    match value {
        Value::Array(items) => {
            items.into_iter().enumerate().map(|(number, item)| one(item, Some(format!("[{number}]")))).collect()
        }
        value => vec![one(value, None)],
    }
}

fn note(record: Record, key: Option<String>) -> Note {
    let mut origin = Origin::default();
    origin.location.key = key;
    Note { record, origin }
}

const TWICE: &str = "a key stands in it twice; keep one";

/// Reads one line. The error says what is wrong and quotes nothing.
pub fn parse(line: &str) -> Result<Value, String> {
    let value = serde_json::from_str(line);
    value.map(|Once(value)| value).map_err(|error| match error.classify() {
        Category::Data => TWICE.to_owned(),
        _ => syntax(&error),
    })
}

/// Reads one record in the keys of caselint. The error says what is wrong and quotes nothing.
pub fn record(line: &str) -> Result<Record, String> {
    if !line.trim_start().starts_with('{') {
        return Err("it is not a JSON object; write one object a line, such as {\"text\": \"…\"}".to_owned());
    }
    match serde_json::from_str::<Record>(line) {
        Ok(record) if !record.text.is_empty() || !record.fields.is_empty() => return Ok(record),
        Err(error) if error.classify() != Category::Data => return Err(syntax(&error)),
        // The parser names the key and nothing else here.
        Err(error) if error.to_string().starts_with("duplicate field") => {
            return Err(TWICE.to_owned());
        }
        _ => {}
    }
    match parse(line)? {
        Value::Object(object) => keys::record(object),
        _ => Err("it is not a JSON object".to_owned()),
    }
}

fn syntax(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "the JSON breaks off; a record must stand on one line, whole".to_owned(),
        _ => format!(
            "it is not valid JSON at byte {} of the line; check quotation marks, commas and brackets there",
            error.column()
        ),
    }
}
