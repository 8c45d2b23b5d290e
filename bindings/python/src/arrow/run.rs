//! Runs through a table, some rows at a time, and gives what comes of them.

use std::collections::VecDeque;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;

use super::input::Source;

/// So many rows are checked before what was found goes out, so that memory is bounded however long batches are.
const ROWS: usize = 4_096;

/// What becomes of rows.
pub trait Output: Send {
    fn schema(&self) -> SchemaRef;
    /// What comes of some rows; an empty batch is passed over.
    fn rows(&mut self, rows: &RecordBatch) -> Result<RecordBatch, ArrowError>;
    /// What is left at the end.
    fn finish(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        Ok(None)
    }
}

/// A table on its way.
pub struct Run {
    source: Source,
    output: Box<dyn Output>,
    /// Parts of a batch that are not checked yet. They share its bytes.
    waiting: VecDeque<RecordBatch>,
    is_ended: bool,
}

impl Run {
    pub fn new(source: Source, output: Box<dyn Output>) -> Self {
        Run { source, output, waiting: VecDeque::new(), is_ended: false }
    }

    fn step(&mut self) -> Option<Result<RecordBatch, ArrowError>> {
        loop {
            if let Some(rows) = self.waiting.pop_front() {
                match self.output.rows(&rows) {
                    Ok(batch) if batch.num_rows() == 0 => continue,
                    result => return Some(result),
                }
            }
            if self.is_ended {
                return None;
            }
            match self.source.next() {
                Some(Ok(batch)) => self.waiting.extend(parts(&batch)),
                Some(Err(problem)) => {
                    self.is_ended = true;
                    return Some(Err(ArrowError::ExternalError(problem.into())));
                }
                None => {
                    self.is_ended = true;
                    return self.output.finish().transpose();
                }
            }
        }
    }
}

fn parts(batch: &RecordBatch) -> impl Iterator<Item = RecordBatch> + '_ {
    let rows = batch.num_rows();
    (0..rows).step_by(ROWS).map(move |start| batch.slice(start, ROWS.min(rows - start)))
}

impl Iterator for Run {
    type Item = Result<RecordBatch, ArrowError>;

    /// The interpreter's lock is let go of, whoever asks.
    fn next(&mut self) -> Option<Self::Item> {
        Python::try_attach(|py| py.detach(|| self.step())).flatten()
    }
}

impl RecordBatchReader for Run {
    fn schema(&self) -> SchemaRef {
        self.output.schema()
    }
}
