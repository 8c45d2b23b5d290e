//! Workbooks of Excel: every sheet is a table.

use std::io::{self, Cursor};

use calamine::{DataRef, Reader, Xlsx, XlsxError, open_workbook_from_rs};

use super::super::{Limit, Notice, Options, Package, Refusal};
use super::{Problem, Row, RowSource, Sink, Table, drain};

/// Reads all sheets, and hands each record on as it comes.
pub fn read_workbook(bytes: Vec<u8>, options: &Options, sink: &mut Sink) -> io::Result<()> {
    match open(bytes, options) {
        Ok(mut book) => {
            let mut cells = Cells {
                left: options.limits.get(Limit::Cells),
                options,
                unread: Vec::new(),
                is_read: false,
                is_over: false,
            };
            book.sheet_names().iter().try_for_each(|name| cells.sheet(&mut book, name, sink))?;
            cells.end(sink)
        }
        Err(refusal) => sink(Err(Problem::Refusal(refusal))),
    }
}

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(bytes: Vec<u8>, options: &Options) -> Result<Book, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    // The directory is looked at first, since the reader below would unpack whatever there is.
    Package::open(bytes.clone(), &options.limits)?;
    open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| refusal(&error))
}

fn refusal(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Locked,
        _ => Refusal::Broken("its sheets cannot be read".to_owned()),
    }
}

struct Cells<'a> {
    /// How many cells may still come.
    left: u64,
    options: &'a Options,
    /// Sheets of which no column can be read, with the reason.
    unread: Vec<String>,
    /// Some sheet was read.
    is_read: bool,
    /// A sheet was past the limit, so that no more is read.
    is_over: bool,
}

impl Cells<'_> {
    fn sheet(&mut self, book: &mut Book, name: &str, sink: &mut Sink) -> io::Result<()> {
        if self.is_over {
            return Ok(());
        }
        let mut table = Table::new(RowSource { sheet: Some(name.to_owned()) });
        let read = self.rows(book, name, &mut |row| {
            table.row(row, &self.options.columns);
            drain(&mut table, sink)
        });
        match read {
            Ok(left) => self.left = left,
            Err(Ended::Output(error)) => return Err(error),
            Err(Ended::Refusal(refusal)) => {
                self.is_over = matches!(refusal, Refusal::Over(..));
                return sink(Err(Problem::Refusal(refusal)));
            }
        }
        table.end(&self.options.columns);
        self.unread.extend(table.refused().map(Refusal::to_string));
        self.is_read |= table.is_read();
        drain(&mut table, sink)
    }

    /// Tells which sheets were not read. A workbook has sheets of codes and figures beside its notes, and one must hold text.
    fn end(self, sink: &mut Sink) -> io::Result<()> {
        self.unread.into_iter().try_for_each(|problem| {
            sink(Err(if self.is_read {
                Problem::Notice(Notice::Other(format!("passed over: {problem}")))
            } else {
                Problem::Refusal(Refusal::Other(problem))
            }))
        })
    }

    /// Reads the cells of a sheet and hands on whole rows; tells how many cells may still come. The cells are read one by one, since what
    /// a sheet says of its size may be a lie.
    fn rows(&self, book: &mut Book, name: &str, take: &mut dyn FnMut(Row) -> io::Result<()>) -> Result<u64, Ended> {
        let mut left = self.left;
        let mut cells = match book.worksheet_cells_reader(name) {
            Ok(cells) => cells,
            // A sheet of charts alone has no cells.
            Err(XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_)) => return Ok(left),
            Err(error) => return Err(Ended::Refusal(refusal(&error))),
        };
        let mut row = Row { number: 0, cells: Vec::new() };
        while let Some(cell) = cells.next_cell().map_err(|error| Ended::Refusal(refusal(&error)))? {
            let (number, column) = cell.get_position();
            let number = number as usize + 1;
            if number != row.number {
                take(std::mem::replace(&mut row, Row { number, cells: Vec::new() })).map_err(Ended::Output)?;
            }
            let column = column as usize;
            let limit = Refusal::Over(Limit::Cells, self.options.limits.get(Limit::Cells));
            // A cell far to the right makes those before it empty ones.
            let new = (column + 1).saturating_sub(row.cells.len()) as u64;
            left = left.checked_sub(new).ok_or(Ended::Refusal(limit))?;
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            row.cells[column] = value(cell.get_value());
        }
        take(row).map_err(Ended::Output)?;
        Ok(left)
    }
}

/// Why a sheet was not read to its end.
enum Ended {
    Refusal(Refusal),
    Output(io::Error),
}

/// A cell as a reader sees it; a date as records write it.
fn value(cell: &DataRef) -> String {
    match cell {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
