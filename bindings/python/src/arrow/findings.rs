//! A row for each finding, and one for each record that could not be checked.

use std::sync::Arc;

use arrow_array::builder::{Int32Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, UInt64Array};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use arrow_select::take::take;
use caselint::Finding;
use caselint::tell::name_of;

use super::columns::{Column, Columns};
use super::rows::Rows;
use super::run::Output;

/// Makes the rows.
pub struct Findings {
    rows: Rows,
    schema: SchemaRef,
    words: bool,
    left: bool,
}

impl Findings {
    pub fn new(rows: Rows, table: &Schema, words: bool, left: bool) -> Result<Self, String> {
        let mut fields = passed_on(&rows.columns, table);
        let taken = fields.len();
        let text = |name: &str| Field::new(name, DataType::Utf8, true);
        let number = |name: &str| Field::new(name, DataType::Int64, true);
        let small = |name: &str| Field::new(name, DataType::Int32, true);
        fields.extend(["start", "end"].map(number));
        fields.extend(["line", "column"].map(small));
        fields.extend(["kind", "rule", "family", "ask"].map(text));
        fields.push(small("gravity"));
        fields.extend(["voice", "form", "verdict"].map(text));
        fields.push(small("row"));
        fields.push(text("reason"));
        if words {
            fields.extend(["text", "message", "fingerprint"].map(text));
            let list = |name: &str| Field::new_list(name, Field::new_list_field(DataType::Utf8, true), true);
            fields.extend(["reframe", "questions"].map(list));
        }
        fields.extend(["caselint", "lexicon", "error"].map(text));
        distinct(&fields, taken)?;
        Ok(Findings { rows, schema: Arc::new(Schema::new(fields)), words, left })
    }
}

/// The fields of the columns that go along. The id is called so, whatever its name was.
pub fn passed_on(columns: &Columns, table: &Schema) -> Vec<Field> {
    let field = |column: &Column| table.field(column.number).clone().with_nullable(true);
    let id = columns.id.iter().map(|column| field(column).with_name("id"));
    id.chain(columns.keep.iter().map(field)).collect()
}

/// Whether the columns that go along have names of their own.
pub fn distinct(fields: &[Field], taken: usize) -> Result<(), String> {
    for (number, field) in fields.iter().enumerate().take(taken) {
        if fields.iter().skip(number + 1).any(|other| other.name() == field.name()) {
            return Err(format!("the column “{}” has a name that the result needs; rename it first", field.name()));
        }
    }
    Ok(())
}

/// Rows of the columns that go along.
pub fn passed(columns: &Columns, batch: &RecordBatch, rows: &[u64]) -> Result<Vec<ArrayRef>, ArrowError> {
    let rows = UInt64Array::from(rows.to_vec());
    let taken = columns.id.iter().chain(&columns.keep).map(|column| take(column.of(batch), &rows, None));
    taken.collect()
}

impl Output for Findings {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn rows(&mut self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let mut table = Table::default();
        let mut from = Vec::new();
        for (row, result) in self.rows.check(batch).into_iter().enumerate() {
            match result {
                Ok(outcome) => {
                    let left = outcome.left.iter().filter(|_| self.left);
                    for finding in outcome.findings.iter().chain(left) {
                        from.push(row as u64);
                        table.finding(finding, self.words);
                    }
                }
                Err(error) => {
                    from.push(row as u64);
                    table.error(&error, self.words);
                }
            }
        }
        let mut columns = passed(&self.rows.columns, batch, &from)?;
        columns.extend(table.finish(self.words, self.rows.linter.edition(), from.len()));
        RecordBatch::try_new(self.schema.clone(), columns)
    }
}

/// The columns of findings in the making.
#[derive(Default)]
struct Table {
    offsets: [Int64Builder; 2],
    places: [Int32Builder; 2],
    names: [StringBuilder; 4],
    gravity: Int32Builder,
    voices: [StringBuilder; 3],
    row: Int32Builder,
    reason: StringBuilder,
    words: [StringBuilder; 3],
    lists: [ListBuilder<StringBuilder>; 2],
    error: StringBuilder,
}

impl Table {
    fn finding(&mut self, finding: &Finding, words: bool) {
        let small = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let put = |builders: &mut [StringBuilder], values: &[&str]| {
            builders.iter_mut().zip(values).for_each(|(builder, value)| builder.append_value(value));
        };
        for (builder, place) in self.offsets.iter_mut().zip([finding.start, finding.end]) {
            builder.append_value(place as i64);
        }
        for (builder, place) in self.places.iter_mut().zip([finding.line, finding.column]) {
            builder.append_value(small(place));
        }
        put(&mut self.names, &[&name_of(finding.kind), &finding.rule, &finding.family, &name_of(finding.ask)]);
        self.gravity.append_value(finding.gravity.into());
        put(&mut self.voices, &[&name_of(finding.voice.who), &name_of(finding.voice.form), &name_of(finding.verdict)]);
        self.row.append_option(finding.row.map(i32::from));
        self.reason.append_value(name_of(finding.reason));
        if words {
            put(&mut self.words, &[&finding.text, &finding.message, &finding.fingerprint]);
            for (builder, values) in self.lists.iter_mut().zip([&finding.reframe, &finding.questions]) {
                builder.append_value(values.iter().map(Some));
            }
        }
        self.error.append_null();
    }

    fn error(&mut self, error: &str, words: bool) {
        self.offsets.iter_mut().for_each(Int64Builder::append_null);
        self.places.iter_mut().chain([&mut self.gravity, &mut self.row]).for_each(Int32Builder::append_null);
        self.names
            .iter_mut()
            .chain(&mut self.voices)
            .chain([&mut self.reason])
            .for_each(StringBuilder::append_null);
        if words {
            self.words.iter_mut().for_each(StringBuilder::append_null);
            self.lists.iter_mut().for_each(ListBuilder::append_null);
        }
        self.error.append_value(error);
    }

    /// The columns, in the order of the schema.
    fn finish(mut self, words: bool, edition: &str, rows: usize) -> Vec<ArrayRef> {
        let mut columns: Vec<ArrayRef> = Vec::new();
        columns.extend(self.offsets.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef));
        columns.extend(self.places.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef));
        columns.extend(self.names.iter_mut().map(text));
        columns.push(Arc::new(self.gravity.finish()));
        columns.extend(self.voices.iter_mut().map(text));
        columns.push(Arc::new(self.row.finish()));
        columns.push(text(&mut self.reason));
        if words {
            columns.extend(self.words.iter_mut().map(text));
            columns.extend(self.lists.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef));
        }
        columns.push(same(caselint::VERSION, rows));
        columns.push(same(edition, rows));
        columns.push(text(&mut self.error));
        columns
    }
}

pub fn text(builder: &mut StringBuilder) -> ArrayRef {
    Arc::new(builder.finish())
}

/// A column that says the same in each row.
pub fn same(value: &str, rows: usize) -> ArrayRef {
    Arc::new(arrow_array::StringArray::from_iter_values(std::iter::repeat_n(value, rows)))
}
