//! Rows, each checked by itself.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use arrow_array::RecordBatch;
use caselint::Linter;
use caselint::offsets::Unit;
use caselint::{Outcome, Record};
use rustc_hash::FxHashSet;

use super::columns::Columns;
use super::values;
use crate::guard::guarded;
use crate::threads;

/// Checks the rows of batches.
pub struct Rows {
    pub linter: Arc<Linter>,
    pub columns: Columns,
    threads: usize,
    /// Hashes of the ids so far; nothing where they are not looked at.
    ids: Option<FxHashSet<u64>>,
}

impl Rows {
    pub fn new(linter: Arc<Linter>, columns: Columns, threads: usize, unique: bool) -> Self {
        let ids = (unique && columns.id.is_some()).then(FxHashSet::default);
        Rows { linter, columns, threads: threads.max(1), ids }
    }

    /// Checks each row. Offsets of outcomes count characters.
    pub fn check(&mut self, batch: &RecordBatch) -> Vec<Result<Outcome, String>> {
        self.each(batch, |linter, text, about| {
            let mut outcome = linter.check_text(text, about);
            outcome.count_in_text(Unit::Utf32, text);
            outcome
        })
    }

    /// What `work` makes of each row, or why there is nothing.
    pub fn each<T: Send>(
        &mut self,
        batch: &RecordBatch,
        work: impl Fn(&Linter, &str, &Record) -> T + Sync,
    ) -> Vec<Result<T, String>> {
        let repeated = self.repeated(batch);
        let (linter, columns) = (&self.linter, &self.columns);
        threads::each(batch.num_rows(), self.threads, |row| {
            if let (true, Some(id)) = (repeated.get(row).is_some_and(|is| *is), &columns.id) {
                return Err(format!("the column “{}”: an earlier row has this id; give each record its own", id.name));
            }
            let text = columns.text(batch, row)?;
            let about = columns.about(batch, row)?;
            guarded(|| work(linter, text, &about))
        })
    }

    /// Whether an earlier row has the same id, row by row; nothing where that is not asked.
    fn repeated(&mut self, batch: &RecordBatch) -> Vec<bool> {
        let (Some(ids), Some(column)) = (&mut self.ids, &self.columns.id) else {
            return Vec::new();
        };
        let ids_column = column.of(batch);
        let mut is_repeated = |row| {
            let Some(id) = values::name(ids_column, row) else {
                return false;
            };
            let mut hasher = DefaultHasher::new();
            id.hash(&mut hasher);
            !ids.insert(hasher.finish())
        };
        (0..batch.num_rows()).map(&mut is_repeated).collect()
    }
}
