//! Which columns hold what, and the records that they make.

use arrow_array::{Array, RecordBatch};
use arrow_schema::Schema;
use caselint::Record;
use serde::Deserialize;

use super::values::{self, Kind};

/// The names of columns, by the keys of a record.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Names {
    text: String,
    id: Option<String>,
    age: Option<String>,
    date_of_birth: Option<String>,
    learning_disability: Option<String>,
    date: Option<String>,
    genre: Option<String>,
    agency: Option<String>,
    team: Option<String>,
    author: Option<String>,
    case: Option<String>,
}

/// A column of the table.
#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    pub number: usize,
}

/// The columns that are read.
#[derive(Debug)]
pub struct Columns {
    pub text: Column,
    pub id: Option<Column>,
    pub case: Option<Column>,
    age: Option<Column>,
    date_of_birth: Option<Column>,
    learning_disability: Option<Column>,
    date: Option<Column>,
    genre: Option<Column>,
    agency: Option<Column>,
    team: Option<Column>,
    author: Option<Column>,
    /// Those that go along as they are.
    pub keep: Vec<Column>,
}

impl Columns {
    /// Finds them. The error names the column.
    pub fn find(names: &Names, keep: &[String], schema: &Schema) -> Result<Columns, String> {
        let optional = |name: &Option<String>, kind| name.as_ref().map(|name| find(schema, name, Some(kind))).transpose();
        Ok(Columns {
            text: find(schema, &names.text, Some(Kind::Text))?,
            id: optional(&names.id, Kind::Name)?,
            case: optional(&names.case, Kind::Name)?,
            age: optional(&names.age, Kind::Years)?,
            date_of_birth: optional(&names.date_of_birth, Kind::Date)?,
            learning_disability: optional(&names.learning_disability, Kind::YesNo)?,
            date: optional(&names.date, Kind::Date)?,
            genre: optional(&names.genre, Kind::Name)?,
            agency: optional(&names.agency, Kind::Name)?,
            team: optional(&names.team, Kind::Name)?,
            author: optional(&names.author, Kind::Name)?,
            keep: keep.iter().map(|name| find(schema, name, None)).collect::<Result<_, _>>()?,
        })
    }

    /// What a row says of its record beside the text. The error names the column.
    pub fn about(&self, batch: &RecordBatch, row: usize) -> Result<Record, String> {
        let at = |column: &Column, problem: String| format!("the column “{}”: {problem}", column.name);
        let date = |column: &Option<Column>| match column {
            Some(column) => values::date(column.of(batch), row).map_err(|problem| at(column, problem)),
            None => Ok(None),
        };
        let name = |column: &Option<Column>| {
            let value = column.as_ref().and_then(|column| values::name(column.of(batch), row));
            value.map(std::borrow::Cow::into_owned)
        };
        let mut about = Record::default();
        if let Some(column) = &self.age {
            about.subject.age = values::years(column.of(batch), row).map_err(|problem| at(column, problem))?;
        }
        about.subject.date_of_birth = date(&self.date_of_birth)?;
        about.date = date(&self.date)?;
        about.subject.learning_disability =
            self.learning_disability.as_ref().and_then(|column| values::yes_no(column.of(batch), row));
        about.id = name(&self.id);
        about.case = name(&self.case);
        about.genre = name(&self.genre);
        about.agency = name(&self.agency);
        about.team = name(&self.team);
        about.author = name(&self.author);
        Ok(about)
    }

    /// The text of a row. The error names the column.
    pub fn text<'a>(&self, batch: &'a RecordBatch, row: usize) -> Result<&'a str, String> {
        let name = &self.text.name;
        match values::text(self.text.of(batch), row) {
            Ok(Some(text)) => Ok(text),
            Ok(None) => Err(format!("the column “{name}”: there is no text (null); leave such rows out")),
            Err(byte) => Err(format!("the column “{name}”: byte {byte} is not UTF-8; decode the text first")),
        }
    }
}

impl Column {
    pub fn of<'a>(&self, batch: &'a RecordBatch) -> &'a dyn Array {
        batch.column(self.number).as_ref()
    }
}

fn find(schema: &Schema, name: &str, kind: Option<Kind>) -> Result<Column, String> {
    let mut found = schema.fields().iter().enumerate().filter(|(_, field)| field.name() == name);
    let Some((number, field)) = found.next() else {
        let known: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        return Err(format!("there is no column “{name}”; the table has {}", known.join(", ")));
    };
    if found.next().is_some() {
        return Err(format!("two columns are called “{name}”; rename one"));
    }
    match kind.and_then(|kind| kind.refuse(field.data_type())) {
        Some(problem) => Err(format!("the column “{name}” holds {}: {problem}", field.data_type())),
        None => Ok(Column { name: name.to_owned(), number }),
    }
}
