//! A record: the text, and what is known of it.

mod date;
pub mod keys;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

pub use date::Date;

use crate::finding::Who;

/// One note or document. Keys that are not known here belong to the system it came from and are ignored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serve", schemars(extend("anyOf" = [{"required": ["text"]}, {"required": ["fields"]}])))]
#[serde(default)]
#[non_exhaustive]
pub struct Record {
    pub id: Option<String>,
    /// The whole text, where the record has one box.
    pub text: String,
    /// The boxes of a form, read in order as one entry, where the record has several. Findings name them, so no two may have one name.
    #[serde(deserialize_with = "named_apart")]
    pub fields: Vec<Field>,
    pub subject: Subject,
    pub date: Option<Date>,
    pub genre: Option<String>,
    pub agency: Option<String>,
    pub team: Option<String>,
    pub author: Option<String>,
    pub case: Option<String>,
    /// Anything else that the caller wants to keep with the record.
    pub meta: BTreeMap<String, serde_json::Value>,
}

/// Reads boxes, and refuses two of one name: nobody could tell in which of them a finding stands.
fn named_apart<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Field>, D::Error> {
    let fields = Vec::<Field>::deserialize(deserializer)?;
    let mut names = HashSet::new();
    for (number, field) in fields.iter().enumerate() {
        if !names.insert(field.name(number)) {
            return Err(D::Error::custom("two boxes of “fields” have one name; give each an “id” of its own"));
        }
    }
    Ok(fields)
}

/// One box of a form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Field {
    pub id: Option<String>,
    pub heading: Option<String>,
    pub text: String,
    /// Whose words the box holds, where they are not the record's: a quoted reply, or a box for what the child said.
    pub voice: Option<Who>,
}

impl Field {
    /// What findings call the box: its id or, where it has none, its number.
    pub(crate) fn name(&self, number: usize) -> Cow<'_, str> {
        self.id.as_deref().map_or_else(|| number.to_string().into(), Cow::from)
    }
}

/// The person whom the record is about.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Subject {
    /// Years.
    pub age: Option<u8>,
    pub date_of_birth: Option<Date>,
    pub learning_disability: Option<bool>,
}

impl Record {
    /// A record of one text about which nothing else is known.
    pub fn from_text(text: impl Into<String>) -> Self {
        Record { text: text.into(), ..Record::default() }
    }

    /// The number of the box that a finding names by its id or, where it has none, by its number.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().enumerate().position(|(number, field)| field.name(number) == name)
    }

    /// The text that a finding's offsets count in: that of the box that it names, else the record's own.
    pub(crate) fn text_of(&self, field: Option<&str>) -> &str {
        match field {
            None => &self.text,
            Some(name) => self.field(name).map_or("", |number| &self.fields[number].text),
        }
    }

    /// The subject's age in years: as given, else from the date of birth at the date of the record.
    pub fn subject_age(&self) -> Option<u8> {
        self.subject.age.or_else(|| self.subject.date_of_birth?.years_until(self.date?))
    }
}
