//! Where tables come from: anything that speaks Arrow, or batches of it one after another.

use std::collections::VecDeque;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::SchemaRef;
use pyo3::prelude::*;

use super::capsule::{batch_of, stream_of};
use crate::InputError;

/// Batches of one schema.
pub enum Source {
    Stream(Box<dyn RecordBatchReader + Send>),
    /// An iterator of Python, and what was taken from it and not given yet.
    Items {
        items: Py<PyAny>,
        ready: VecDeque<RecordBatch>,
        schema: SchemaRef,
    },
}

impl Source {
    /// What an object holds. Of an iterator the first item is taken, for its schema.
    pub fn of(object: &Bound<'_, PyAny>) -> PyResult<Source> {
        if object.hasattr("__arrow_c_stream__")? {
            return Ok(Source::Stream(Box::new(stream_of(object)?)));
        }
        if object.hasattr("__arrow_c_array__")? {
            let batch = batch_of(object)?;
            let schema = batch.schema();
            return Ok(Source::Items { items: object.py().None(), ready: VecDeque::from([batch]), schema });
        }
        let Ok(mut items) = object.try_iter() else {
            return Err(InputError::new_err(
                "this is no table that speaks Arrow; give one of pyarrow, polars, pandas or DuckDB, or an iterable of batches",
            ));
        };
        let mut ready = VecDeque::new();
        while ready.is_empty() {
            let Some(item) = items.next() else {
                return Err(InputError::new_err("there is no batch in it, so that its columns are not known; give one at least"));
            };
            ready.extend(batches_of(&item?)?);
        }
        let schema = ready[0].schema();
        Ok(Source::Items { items: items.into_any().unbind(), ready, schema })
    }

    pub fn schema(&self) -> SchemaRef {
        match self {
            Source::Stream(reader) => reader.schema(),
            Source::Items { schema, .. } => schema.clone(),
        }
    }

    /// The next batch.
    pub fn next(&mut self) -> Option<Result<RecordBatch, String>> {
        match self {
            Source::Stream(reader) => Some(reader.next()?.map_err(|error| error.to_string())),
            Source::Items { items, ready, schema } => loop {
                if let Some(batch) = ready.pop_front() {
                    return Some(fits(batch, schema));
                }
                match Python::try_attach(|py| more(items.bind(py))) {
                    Some(Ok(Some(batches))) => ready.extend(batches),
                    Some(Ok(None)) | None => return None,
                    Some(Err(error)) => return Some(Err(error.to_string())),
                }
            },
        }
    }
}

fn fits(batch: RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, String> {
    if batch.schema().fields() == schema.fields() {
        return Ok(batch);
    }
    Err("a later batch has other columns than the first, or other types of columns; give all alike".to_owned())
}

/// What the next item of an iterator holds; `None` where there is none.
fn more(items: &Bound<'_, PyAny>) -> PyResult<Option<Vec<RecordBatch>>> {
    if items.is_none() {
        return Ok(None);
    }
    match items.try_iter()?.next() {
        Some(item) => batches_of(&item?).map(Some),
        None => Ok(None),
    }
}

fn batches_of(item: &Bound<'_, PyAny>) -> PyResult<Vec<RecordBatch>> {
    if item.hasattr("__arrow_c_array__")? {
        return Ok(vec![batch_of(item)?]);
    }
    if !item.hasattr("__arrow_c_stream__")? {
        return Err(InputError::new_err("an item is no batch that speaks Arrow"));
    }
    let mut batches = Vec::new();
    let mut stream = stream_of(item)?;
    let schema = stream.schema();
    for batch in &mut stream {
        batches.push(batch.map_err(|error| InputError::new_err(format!("the table cannot be read: {error}")))?);
    }
    if batches.is_empty() {
        batches.push(RecordBatch::new_empty(schema));
    }
    Ok(batches)
}
