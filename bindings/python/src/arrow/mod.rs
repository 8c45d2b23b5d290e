//! Tables in, tables out. What is wrong with a column is said before the first row is read; what is wrong with a row costs that row.

mod capsule;
mod columns;
mod findings;
mod histories;
mod input;
mod records;
mod rows;
mod run;
mod values;

use std::sync::Arc;

use caselint::Linter;
use pyo3::prelude::*;
use serde::Deserialize;

pub use capsule::Stream;
use columns::Columns;
use input::Source;
use run::Run;

use crate::{InputError, threads};

/// What is asked of a check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// The names of columns, by the keys of a record.
    columns: columns::Names,
    /// Columns that go along as they are.
    keep: Vec<String>,
    /// A row for each finding, or for each record.
    rows: RowsOf,
    /// Whether the words of records come out.
    words: bool,
    /// Whether mentions that were left alone come out too.
    left: bool,
    /// Whether a second row with the same id is an error.
    unique: bool,
    threads: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RowsOf {
    Findings,
    Records,
}

/// A stream of what is found in a table.
pub fn check(linter: Arc<Linter>, batches: &Bound<'_, PyAny>, options: &Options) -> PyResult<Stream> {
    let source = Source::of(batches)?;
    let schema = source.schema();
    let columns = Columns::find(&options.columns, &options.keep, &schema).map_err(InputError::new_err)?;
    let rows = rows::Rows::new(linter.clone(), columns, options.threads.unwrap_or_else(threads::available), options.unique);
    let named = |output: Box<dyn run::Output>| Ok(Stream::new(Box::new(Run::new(source, output))));
    match options.rows {
        RowsOf::Findings => {
            named(Box::new(findings::Findings::new(rows, &schema, options.words, options.left).map_err(InputError::new_err)?))
        }
        RowsOf::Records => named(Box::new(records::Records::new(rows, &schema).map_err(InputError::new_err)?)),
    }
}

/// A stream of the phrase histories of a table whose rows come sorted by case.
pub fn histories(linter: Arc<Linter>, batches: &Bound<'_, PyAny>, options: &Options) -> PyResult<Stream> {
    let source = Source::of(batches)?;
    let columns = Columns::find(&options.columns, &options.keep, &source.schema()).map_err(InputError::new_err)?;
    let rows = rows::Rows::new(linter, columns, options.threads.unwrap_or_else(threads::available), options.unique);
    let output = histories::Histories::new(rows, options.words).map_err(InputError::new_err)?;
    Ok(Stream::new(Box::new(Run::new(source, Box::new(output)))))
}
