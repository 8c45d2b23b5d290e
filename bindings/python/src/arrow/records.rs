//! A row for each record: what audits count.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Int32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use caselint::Finding;
use caselint::tell::{name_of, words_in_text};
use sha2::{Digest, Sha256};

use super::findings::{distinct, passed, passed_on, same, text};
use super::rows::Rows;
use super::run::Output;

/// Bytes of a text's digest, by which copies are known.
const DIGEST: usize = 16;

/// What findings are counted by.
type Counts = BTreeMap<(&'static str, String), i32>;

/// Makes the rows.
pub struct Records {
    rows: Rows,
    schema: SchemaRef,
}

/// What one record adds.
struct Counted {
    words: usize,
    digest: [u8; DIGEST],
    counts: Counts,
    left: usize,
}

/// How many findings there are: in all, and by rule, family, ask and voice.
fn counts(findings: &[Finding]) -> Counts {
    let mut counts = Counts::new();
    for finding in findings {
        let by = [
            ("all", "all".to_owned()),
            ("rule", finding.rule.clone()),
            ("family", finding.family.clone()),
            ("ask", name_of(finding.ask)),
            ("voice", name_of(finding.voice.who)),
        ];
        by.into_iter().for_each(|by| *counts.entry(by).or_default() += 1);
    }
    counts
}

impl Records {
    pub fn new(rows: Rows, table: &Schema) -> Result<Self, String> {
        let mut fields = passed_on(&rows.columns, table);
        let taken = fields.len();
        let item = Field::new_list_field(DataType::Struct(counted_fields()), true);
        fields.push(Field::new("words", DataType::Int64, true));
        fields.push(Field::new("digest", DataType::Binary, true));
        fields.push(Field::new_list("counts", item, true));
        fields.push(Field::new("left", DataType::Int32, true));
        fields.extend(["caselint", "lexicon", "error"].map(|name| Field::new(name, DataType::Utf8, true)));
        distinct(&fields, taken)?;
        Ok(Records { rows, schema: Arc::new(Schema::new(fields)) })
    }
}

fn counted_fields() -> Fields {
    let text = |name| Field::new(name, DataType::Utf8, true);
    Fields::from(vec![text("measure"), text("name"), Field::new("findings", DataType::Int32, true)])
}

impl Output for Records {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn rows(&mut self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let results = self.rows.each(batch, |linter, text, about| {
            let digest = Sha256::digest(text);
            let mut short = [0; DIGEST];
            short.copy_from_slice(&digest[..DIGEST]);
            let outcome = linter.check_text(text, about);
            Counted {
                words: words_in_text(text),
                digest: short,
                counts: counts(&outcome.findings),
                left: outcome.left.len(),
            }
        });
        let from: Vec<u64> = (0..batch.num_rows() as u64).collect();
        let mut columns = passed(&self.rows.columns, batch, &from)?;
        columns.extend(table(&results));
        columns.push(same(caselint::VERSION, results.len()));
        columns.push(same(self.rows.linter.edition(), results.len()));
        let mut errors = StringBuilder::new();
        results.iter().for_each(|result| errors.append_option(result.as_ref().err()));
        columns.push(text(&mut errors));
        RecordBatch::try_new(self.schema.clone(), columns)
    }
}

/// The columns of words, digest, counts and mentions left.
fn table(results: &[Result<Counted, String>]) -> [ArrayRef; 4] {
    let (mut words, mut digests, mut left) = (Int64Builder::new(), BinaryBuilder::new(), Int32Builder::new());
    let mut counts = ListBuilder::new(StructBuilder::from_fields(counted_fields(), 0));
    for result in results {
        let counted = result.as_ref().ok();
        words.append_option(counted.map(|counted| counted.words as i64));
        digests.append_option(counted.map(|counted| counted.digest));
        left.append_option(counted.map(|counted| i32::try_from(counted.left).unwrap_or(i32::MAX)));
        for ((measure, name), findings) in counted.iter().flat_map(|counted| &counted.counts) {
            append(counts.values(), measure, name, *findings);
        }
        counts.append(counted.is_some());
    }
    [Arc::new(words.finish()), Arc::new(digests.finish()), Arc::new(counts.finish()), Arc::new(left.finish())]
}

fn append(builder: &mut StructBuilder, measure: &str, name: &str, findings: i32) {
    for (number, value) in [measure, name].into_iter().enumerate() {
        if let Some(column) = builder.field_builder::<StringBuilder>(number) {
            column.append_value(value);
        }
    }
    if let Some(column) = builder.field_builder::<Int32Builder>(2) {
        column.append_value(findings);
    }
    builder.append(true);
}
