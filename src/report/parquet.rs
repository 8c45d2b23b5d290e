//! A row a finding, as Parquet. It is written in groups of rows, so that memory is bounded.

use std::io::{self, Write};
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::rows::{Cell, Kind, Row, Rows};
use super::{Checked, Report, Totals};

/// So many rows make a group.
const GROUP: usize = 16_384;

pub struct Parquet {
    rows: Rows,
    file: Mutex<File>,
}

/// The file so far: groups that are whole go out, and rows wait for their group.
struct File {
    /// Nothing where the end is written.
    writer: Option<SerializedFileWriter<Vec<u8>>>,
    waiting: Vec<Row>,
}

impl Parquet {
    pub fn new(rows: Rows) -> io::Result<Self> {
        let schema = schema(&rows).map_err(io::Error::other)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties)).map_err(io::Error::other)?;
        Ok(Parquet { rows, file: Mutex::new(File { writer: Some(writer), waiting: Vec::new() }) })
    }

    /// Does something to the file, and writes the bytes that come of it.
    fn change(&self, out: &mut dyn Write, change: impl FnOnce(&mut File) -> Result<Vec<u8>>) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_all(&change(&mut file).map_err(io::Error::other)?)
    }
}

impl Report for Parquet {
    /// The rows travel from the thread that made them as bytes.
    fn record(&self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        out.write_all(&postcard::to_stdvec(&self.rows.of(checked)).map_err(io::Error::other)?)
    }

    fn put(&self, out: &mut dyn Write, written: &[u8], _is_first: bool) -> io::Result<()> {
        let rows: Vec<Row> = postcard::from_bytes(written).map_err(io::Error::other)?;
        self.change(out, |file| {
            file.waiting.extend(rows);
            if file.waiting.len() < GROUP { Ok(Vec::new()) } else { file.group() }
        })
    }

    fn finish(&self, out: &mut dyn Write, _totals: &Totals) -> io::Result<()> {
        self.change(out, |file| {
            let mut bytes = file.group()?;
            if let Some(writer) = file.writer.take() {
                bytes.extend(writer.into_inner()?);
            }
            Ok(bytes)
        })
    }
}

impl File {
    /// Makes a group of the rows that wait, and takes the bytes.
    fn group(&mut self) -> Result<Vec<u8>> {
        let rows = mem::take(&mut self.waiting);
        let Some(writer) = self.writer.as_mut() else {
            return Ok(Vec::new());
        };
        if !rows.is_empty() {
            let mut group = writer.next_row_group()?;
            let mut number = 0;
            while let Some(column) = group.next_column()? {
                write(column, rows.iter().map(|row| &row[number]))?;
                number += 1;
            }
            group.close()?;
        }
        writer.flush()?;
        // The writer counts what it wrote by itself, so that its memory may be emptied.
        Ok(mem::take(writer.inner_mut()))
    }
}

/// Writes a column of a group. All cells of a column are of its kind.
fn write<'a>(mut column: SerializedColumnWriter<'_>, cells: impl Iterator<Item = &'a Cell>) -> Result<()> {
    let (mut texts, mut numbers, mut are_given) = (Vec::new(), Vec::new(), Vec::new());
    let mut is_text = true;
    for cell in cells {
        match cell {
            Cell::Text(text) => {
                are_given.push(i16::from(text.is_some()));
                texts.extend(text.as_deref().map(ByteArray::from));
            }
            Cell::Number(number) => {
                is_text = false;
                are_given.push(i16::from(number.is_some()));
                numbers.extend(number.map(|number| number as i64));
            }
        }
    }
    if is_text {
        column.typed::<ByteArrayType>().write_batch(&texts, Some(&are_given), None)?;
    } else {
        column.typed::<Int64Type>().write_batch(&numbers, Some(&are_given), None)?;
    }
    column.close()
}

fn schema(rows: &Rows) -> Result<Type> {
    let column = |(name, kind)| -> Result<Arc<Type>> {
        let builder = match kind {
            Kind::Text => Type::primitive_type_builder(name, Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)),
            Kind::Number => Type::primitive_type_builder(name, Physical::INT64),
        };
        builder.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
    };
    let columns: Result<Vec<Arc<Type>>, ParquetError> = rows.columns().into_iter().map(column).collect();
    Type::group_type_builder("findings").with_fields(columns?).build()
}
