//! The keys of a record, and what to say where a value does not fit.

use super::Record;
use serde_json::{Map, Value};

/// What each key holds, in words.
const KEYS: [(&str, &str); 13] = [
    ("id", "a short text"),
    ("text", "a text"),
    ("fields", "a list of boxes, each with “text” and perhaps an “id” of its own, “heading” and “voice”"),
    ("subject", "a group with “age”, “date_of_birth” or “learning_disability”"),
    ("age", "a whole number of years, such as 12"),
    ("date_of_birth", "a date, day first, such as 21/03/2014 or 21 March 2014"),
    ("learning_disability", "true or false"),
    ("date", "a date, day first, such as 21/03/2014 or 21 March 2014"),
    ("genre", "a short text"),
    ("agency", "a short text"),
    ("team", "a short text"),
    ("author", "a short text"),
    ("case", "a short text"),
];

/// Whether a record has this key.
pub fn is_known(key: &str) -> bool {
    key == "meta" || KEYS.iter().any(|(known, _)| *known == key)
}

/// Whether a key belongs to the subject of a record.
pub fn is_of_subject(key: &str) -> bool {
    matches!(key, "age" | "date_of_birth" | "learning_disability")
}

/// What to say where the value of a key does not fit; `None` for a key that is not known.
pub fn expected(key: &str) -> Option<String> {
    let (_, what) = KEYS.iter().find(|(known, _)| *known == key)?;
    Some(format!("“{key}” should be {what}"))
}

/// Reads a record from the JSON object of a case system.
///
/// Exports write nothing as `null` and give numbers as ids, so both are taken as they are meant.
pub fn record(mut object: Map<String, Value>) -> Result<Record, String> {
    drop_nulls(&mut object);
    if !object.contains_key("text") && !object.contains_key("fields") {
        return Err("it has neither “text” nor “fields”; give one of them".to_owned());
    }
    for key in ["id", "case"] {
        if let Some(value) = object.get_mut(key).filter(|value| value.is_number()) {
            *value = Value::String(value.to_string());
        }
    }
    serde_json::from_value(Value::Object(object.clone())).map_err(|_| misfit(object))
}

/// Adds to an object what fits with all that it holds, and reads it. What does not fit leaves the object as it was.
///
/// # Errors
/// What does not fit, as [`record`] says it.
pub fn extended(object: &mut Map<String, Value>, add: impl FnOnce(&mut Map<String, Value>)) -> Result<Record, String> {
    let mut tried = object.clone();
    add(&mut tried);
    let fits = record(tried.clone())?;
    *object = tried;
    Ok(fits)
}

fn drop_nulls(object: &mut Map<String, Value>) {
    object.retain(|_, value| !value.is_null());
    for value in object.values_mut() {
        match value {
            Value::Object(inner) => drop_nulls(inner),
            Value::Array(items) => items.iter_mut().filter_map(Value::as_object_mut).for_each(drop_nulls),
            _ => {}
        }
    }
}

/// Names the key that does not fit, by trying each alone: the parser's own message would quote the value.
fn misfit(object: Map<String, Value>) -> String {
    let wrong = |name: &str, value: Value| {
        let alone = Map::from_iter([(name.to_owned(), value)]);
        serde_json::from_value::<Record>(Value::Object(alone)).is_err()
    };
    for (key, value) in object {
        if let ("subject", Value::Object(inner)) = (key.as_str(), &value) {
            let part = inner.iter().find(|(name, part)| {
                let alone = Map::from_iter([((*name).clone(), (*part).clone())]);
                wrong("subject", Value::Object(alone))
            });
            if let Some(problem) = part.and_then(|(name, _)| expected(name)) {
                return problem;
            }
        }
        if wrong(&key, value) {
            return expected(&key).unwrap_or_else(|| format!("the value of “{key}” does not fit"));
        }
    }
    "its values do not fit together".to_owned()
}
