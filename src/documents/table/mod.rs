//! Tables: a row is a record.

mod columns;
mod delimited;

use std::collections::VecDeque;
use std::io;

use serde::{Deserialize, Serialize};

use super::{Note, Notice, Refusal};

pub use columns::Column;
use columns::{Plan, Unfit};
pub use delimited::Delimited;

/// What is known of the columns of a table beforehand.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Columns {
    /// Those that are named; where no text is among them, columns are guessed.
    pub named: Vec<Column>,
    /// The first row is a record.
    pub no_header: bool,
}

/// A row as it is counted in a spreadsheet, the header being row 1.
#[derive(Debug)]
pub struct Row {
    pub number: usize,
    pub cells: Vec<String>,
}

/// What a table stands in.
#[derive(Debug, Clone, Default)]
pub struct RowSource {
    pub sheet: Option<String>,
}

/// What is wrong with a table or one of its rows, or should be known of it.
#[derive(Debug)]
pub enum Problem {
    /// The stream that it is read from has failed.
    Stream(io::Error),
    Refusal(Refusal),
    Notice(Notice),
}

/// So many rows tell which columns hold text.
const SAMPLE: usize = 50;

/// Turns rows into records: gathers the first, settles the columns by them, and goes on row by row.
#[derive(Debug)]
pub struct Table {
    source: RowSource,
    /// The header, or what stands in its place, with the rows that wait for the columns to be settled.
    names: Option<Vec<String>>,
    sample: Vec<Row>,
    plan: Option<Plan>,
    ready: VecDeque<Result<Note, Problem>>,
    /// Columns of which it was told that a value does not fit.
    told: Vec<String>,
    /// Why no column can be read.
    refused: Option<Refusal>,
}

impl Table {
    pub fn new(source: RowSource) -> Self {
        Table {
            source,
            names: None,
            sample: Vec::new(),
            plan: None,
            ready: VecDeque::new(),
            told: Vec::new(),
            refused: None,
        }
    }

    /// A table whose columns have names of their own, so that its first row is a record.
    pub fn with_names(names: Vec<String>, source: RowSource) -> Self {
        Table { names: Some(named(names)), ..Table::new(source) }
    }

    /// Takes a row.
    pub fn row(&mut self, row: Row, columns: &Columns) {
        if self.refused.is_some() || row.cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        match &self.plan {
            Some(_) => self.read(&row),
            None if self.names.is_none() && !columns.no_header => self.names = Some(named(row.cells)),
            None => {
                self.sample.push(row);
                if self.sample.len() == SAMPLE {
                    self.settle(columns);
                }
            }
        }
    }

    /// The table ends: what waited is read.
    pub fn end(&mut self, columns: &Columns) {
        if self.plan.is_none() {
            self.settle(columns);
        }
    }

    /// What is ready; nothing where more rows are wanted.
    pub fn next_ready(&mut self) -> Option<Result<Note, Problem>> {
        self.ready.pop_front()
    }

    /// Why nothing can come of it, as no column can be read.
    pub fn refused(&self) -> Option<&Refusal> {
        self.refused.as_ref()
    }

    /// Whether any row was read.
    pub fn is_read(&self) -> bool {
        self.plan.is_some()
    }

    /// Reads a row by the plan. Of each column that was guessed, the first value that does not fit is told.
    fn read(&mut self, row: &Row) {
        let Some(plan) = &self.plan else { return };
        let mut unfit = Vec::new();
        let refused = |problem| Problem::Refusal(Refusal::Other(format!("row {} cannot be read: {problem}", row.number)));
        let note = plan.note(row, &self.source, &mut unfit).map_err(refused).transpose();
        for Unfit { column, problem } in unfit {
            if !self.told.contains(&column) {
                let told = format!(
                    "row {}, column {column}: {problem}; what does not fit is left out, here and further down",
                    row.number
                );
                self.ready.push_back(Err(Problem::Notice(Notice::Other(told))));
                self.told.push(column);
            }
        }
        self.ready.extend(note);
    }

    fn settle(&mut self, columns: &Columns) {
        let width = self.sample.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let names = match self.names.take() {
            Some(mut names) => {
                names.extend((names.len()..width).map(|at| (at + 1).to_string()));
                names
            }
            None => (1..=width).map(|number| number.to_string()).collect(),
        };
        if names.is_empty() {
            return;
        }
        match Plan::new(names, &self.sample, &columns.named, &self.source) {
            Ok(plan) => {
                let columns = plan.tell(self.source.sheet.clone());
                self.ready.push_back(Err(Problem::Notice(Notice::Columns(columns))));
                self.plan = Some(plan);
                std::mem::take(&mut self.sample).iter().for_each(|row| self.read(row));
            }
            Err(refusal) => {
                self.sample.clear();
                self.refused = Some(refusal);
            }
        }
    }
}

/// The names of a header. An empty one is called by its number, and one that comes again bears its number besides, so that boxes have
/// names of their own.
fn named(cells: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(cells.len());
    for (at, cell) in cells.into_iter().enumerate() {
        let name = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        names.push(match name.as_str() {
            "" => (at + 1).to_string(),
            _ if names.contains(&name) => format!("{name} ({})", at + 1),
            _ => name,
        });
    }
    names
}
