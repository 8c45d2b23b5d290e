//! Parquet: columns of an export for analysts, read row by row.

use std::io;

use bytes::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::super::{Limit, Options, Refusal};
use super::{Problem, Row, RowSource, Sink, Table, drain};

/// Reads all rows, and hands each record on as it comes. The names of the columns stand in the file, so row 1 is the first record.
pub fn read_parquet(bytes: Vec<u8>, options: &Options, sink: &mut Sink) -> io::Result<()> {
    let broken = |what: &str| Err(Problem::Refusal(Refusal::Broken(what.to_owned())));
    let Ok(file) = SerializedFileReader::new(Bytes::from(bytes)) else {
        return sink(broken("its columns cannot be read"));
    };
    let names = file.metadata().file_metadata().schema().get_fields().iter().map(|field| field.name().to_owned());
    let mut table = Table::with_names(names.collect(), RowSource::default());
    let Ok(rows) = file.get_row_iter(None) else {
        return sink(broken("its rows cannot be read"));
    };
    let mut left = options.limits.get(Limit::Cells);
    for (number, row) in (1..).zip(rows) {
        let Ok(row) = row else {
            return sink(broken(&format!("row {number} cannot be read")));
        };
        let cells: Vec<String> = row.get_column_iter().map(|(_, field)| value(field)).collect();
        let Some(rest) = left.checked_sub(cells.len() as u64) else {
            return sink(Err(Problem::Refusal(Refusal::Over(Limit::Cells, options.limits.get(Limit::Cells)))));
        };
        left = rest;
        table.row(Row { number, cells }, &options.columns);
        drain(&mut table, sink)?;
    }
    table.end(&options.columns);
    drain(&mut table, sink)?;
    let refused = table.refused().map(|refusal| Err(Problem::Refusal(refusal.clone())));
    refused.map_or(Ok(()), sink)
}

/// A value as a reader sees it.
fn value(field: &Field) -> String {
    match field {
        Field::Str(text) => text.clone(),
        Field::Null => String::new(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        other => other.to_string(),
    }
}
