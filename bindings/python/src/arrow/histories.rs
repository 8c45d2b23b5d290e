//! A row for each appearance of a phrase in the history of a case. Rows come sorted by case; what a case has said so far is carried over
//! batches, and no text of it.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Date32Builder, Int32Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use caselint::case::{Appearance, Document, Gathered, Gathering, History, Step};
use caselint::tell::name_of;
use rustc_hash::FxHashSet;

use super::columns::Column;
use super::findings::{same, text};
use super::rows::Rows;
use super::run::Output;
use super::values;
use crate::guard::guarded;

const TEXTS_BEFORE: [&str; 3] = ["case", "rule", "family"];

/// Makes the rows.
pub struct Histories {
    rows: Rows,
    case: Column,
    schema: SchemaRef,
    words: bool,
    current: Option<(String, Gathering)>,
    /// Cases that have ended.
    ended: FxHashSet<String>,
}

impl Histories {
    pub fn new(rows: Rows, words: bool) -> Result<Self, String> {
        let case = rows.columns.case.clone().ok_or("histories need the column of cases; name it with case=")?;
        let field = |name: &str, data_type| Field::new(name, data_type, true);
        let texts = |names: &[&str]| names.iter().map(|name| field(name, DataType::Utf8)).collect::<Vec<_>>();
        let mut fields = texts(&TEXTS_BEFORE);
        fields.extend(["history", "appearance"].map(|name| field(name, DataType::Int32)));
        fields.extend(texts(&["id"]));
        fields.push(field("date", DataType::Date32));
        fields.extend(texts(&["precision", "event", "voice", "form", "standing"]));
        fields.push(field("times", DataType::Int32));
        fields.extend(["after_challenge", "other_figures"].map(|name| field(name, DataType::Boolean)));
        if words {
            fields.push(field("words", DataType::Utf8));
        }
        fields.extend(texts(&["caselint", "lexicon", "error"]));
        Ok(Histories {
            rows,
            case,
            schema: Arc::new(Schema::new(fields)),
            words,
            current: None,
            ended: FxHashSet::default(),
        })
    }

    /// Ends the case that is carried.
    fn end(&mut self, table: &mut Table) {
        let Some((case, gathering)) = self.current.take() else {
            return;
        };
        match guarded(|| gathering.histories(&self.rows.linter)) {
            Ok((steps, histories)) => {
                for (number, history) in histories.iter().enumerate() {
                    table.history(&case, number, history, &steps);
                }
            }
            Err(error) => table.error(&case, None, &error),
        }
        self.ended.insert(case);
    }

    fn add(&mut self, table: &mut Table, case: Option<String>, id: Option<String>, result: Result<Gathered, String>) {
        let Some(case) = case else {
            return table.error("", id.as_deref(), &self.at("there is no case (null); leave such rows out"));
        };
        if self.current.as_ref().is_none_or(|(current, _)| *current != case) {
            self.end(table);
            if self.ended.contains(&case) {
                return table.error(&case, id.as_deref(), &self.at("this case comes again after others; sort the rows by it"));
            }
            self.current = Some((case.clone(), Gathering::default()));
        }
        match (result, &mut self.current) {
            (Ok(gathered), Some((_, gathering))) => gathering.add(gathered),
            (Err(error), _) => table.error(&case, id.as_deref(), &error),
            (Ok(_), None) => {}
        }
    }

    /// An error about the column of cases.
    fn at(&self, problem: &str) -> String {
        format!("the column “{}”: {problem}", self.case.name)
    }

    fn batch(&self, table: Table) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(self.schema.clone(), table.finish(self.words, self.rows.linter.edition()))
    }
}

impl Output for Histories {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn rows(&mut self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let results = self.rows.each(batch, |linter, text, about| {
            let mut record = about.clone();
            text.clone_into(&mut record.text);
            linter.gather(&Document::new(about.id.clone().unwrap_or_default(), &record))
        });
        let mut table = Table::default();
        for (row, result) in results.into_iter().enumerate() {
            let case = values::name(self.case.of(batch), row).map(std::borrow::Cow::into_owned);
            let id = self.rows.columns.id.as_ref().and_then(|id| values::name(id.of(batch), row));
            let id = id.map(std::borrow::Cow::into_owned);
            self.add(&mut table, case, id, result);
        }
        self.batch(table)
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let mut table = Table::default();
        self.end(&mut table);
        let batch = self.batch(table)?;
        Ok((batch.num_rows() > 0).then_some(batch))
    }
}

/// The columns in the making.
#[derive(Default)]
struct Table {
    rows: usize,
    names: [StringBuilder; 3],
    numbers: [Int32Builder; 2],
    id: StringBuilder,
    date: Date32Builder,
    told: [StringBuilder; 5],
    times: Int32Builder,
    marks: [BooleanBuilder; 2],
    words: StringBuilder,
    error: StringBuilder,
}

fn small(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl Table {
    fn history(&mut self, case: &str, number: usize, history: &History, steps: &[Step]) {
        for (place, appearance) in history.appearances.iter().enumerate() {
            for (builder, value) in self.names.iter_mut().zip([case, &history.rule, &history.family]) {
                builder.append_value(value);
            }
            for (builder, value) in self.numbers.iter_mut().zip([number, place]) {
                builder.append_value(small(value + 1));
            }
            self.appearance(appearance, &steps[appearance.step]);
        }
    }

    fn appearance(&mut self, appearance: &Appearance, step: &Step) {
        self.rows += 1;
        let phrase = &step.phrases[appearance.phrase];
        self.id.append_option(step.id.as_deref());
        self.date.append_option(step.when.and_then(|when| i32::try_from(when.date.to_days()).ok()));
        let precision = step.when.map_or_else(String::new, |when| name_of(when.precision));
        let told = [precision, name_of(appearance.event), name_of(phrase.who), name_of(phrase.form), name_of(phrase.standing)];
        self.told.iter_mut().zip(&told).for_each(|(builder, value)| builder.append_value(value));
        self.times.append_value(small(appearance.times));
        for (builder, value) in self.marks.iter_mut().zip([appearance.after_challenge, appearance.other_figures]) {
            builder.append_value(value);
        }
        self.words.append_value(&phrase.quote.words);
        self.error.append_null();
    }

    fn error(&mut self, case: &str, id: Option<&str>, error: &str) {
        self.rows += 1;
        let [of_case, rest @ ..] = &mut self.names;
        of_case.append_option(Some(case).filter(|case| !case.is_empty()));
        rest.iter_mut().chain(&mut self.told).chain([&mut self.words]).for_each(StringBuilder::append_null);
        self.numbers.iter_mut().chain([&mut self.times]).for_each(Int32Builder::append_null);
        self.id.append_option(id);
        self.date.append_null();
        self.marks.iter_mut().for_each(BooleanBuilder::append_null);
        self.error.append_value(error);
    }

    /// The columns, in the order of the schema.
    fn finish(mut self, words: bool, edition: &str) -> Vec<ArrayRef> {
        let mut columns: Vec<ArrayRef> = self.names.iter_mut().map(text).collect();
        columns.extend(self.numbers.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef));
        columns.push(text(&mut self.id));
        columns.push(Arc::new(self.date.finish()));
        columns.extend(self.told.iter_mut().map(text));
        columns.push(Arc::new(self.times.finish()));
        columns.extend(self.marks.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef));
        if words {
            columns.push(text(&mut self.words));
        }
        columns.push(same(caselint::VERSION, self.rows));
        columns.push(same(edition, self.rows));
        columns.push(text(&mut self.error));
        columns
    }
}
