//! Workbooks and exports that are read as a whole: a row is a record.

#[cfg(feature = "parquet")]
mod parquet;
mod workbook;

use std::io;

use caselint::documents::{Problem, Row, RowSource, Table};

use super::Note;

#[cfg(feature = "parquet")]
pub use parquet::read_parquet;
pub use workbook::read_workbook;

/// Where records, and what is wrong with them, go.
type Sink<'a> = dyn FnMut(Result<Note, Problem>) -> io::Result<()> + 'a;

/// Hands on what is ready.
fn drain(table: &mut Table, sink: &mut Sink) -> io::Result<()> {
    while let Some(note) = table.next_ready() {
        sink(note)?;
    }
    Ok(())
}
