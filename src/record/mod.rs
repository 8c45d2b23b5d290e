//! A record: the text, and what is known of it.

mod date;
pub mod keys;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    /// The boxes of a form, read in order as one entry, where the record has several.
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
        let is_named = |(number, field): (usize, &Field)| match &field.id {
            Some(id) => id == name,
            None => number.to_string() == name,
        };
        self.fields.iter().enumerate().position(is_named)
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
