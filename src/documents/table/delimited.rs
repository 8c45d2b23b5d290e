//! Values with a comma, semicolon, tab or bar between them: `.csv` and `.tsv`, read row by row.

use std::io::{self, Chain, Cursor, Read};

use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};

use super::super::bounded::{Bounded, Bytes, Gauge};
use super::super::encoding::{self, Encoding};
use super::super::{Limit, Limits, Note, Notice, Refusal};
use super::{Columns, Problem, Row, RowSource, Table};

/// Stands as a row behind the last. Where it is found within a value instead, a quotation mark never closed, which the reader does not tell.
const END: &[u8] = b"\n\x1cend of the table\x1c\n";

/// The records of a file, row by row.
pub struct Delimited {
    reader: Reader<Chain<Bounded, &'static [u8]>>,
    gauge: Gauge,
    columns: Columns,
    /// The most bytes of a row.
    limit: u64,
    table: Table,
    /// What the encoding was, where that has to be told.
    notice: Option<Notice>,
    /// The row that was read last, and the line that follows it.
    row: usize,
    next_line: u64,
    /// Its lines end in two signs.
    is_windows: bool,
    /// A row was read as Windows-1252, and that was told.
    told: bool,
    ended: bool,
}

impl Delimited {
    /// Reads a stream that begins with `head`, which is still in it.
    ///
    /// # Errors
    /// The stream fails at its very beginning.
    pub fn new(head: &[u8], reader: Bytes, columns: Columns, limits: &Limits) -> io::Result<Self> {
        let (reader, notice) = encoding::widen(head, reader)?;
        let limit = limits.get(Limit::FileSize);
        // A quotation mark that is never closed would take the rest of the file for one value.
        let (bounded, gauge) = Bounded::new(reader, limit);
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(head))
            .from_reader(bounded.chain(END));
        let table = Table::new(RowSource::default());
        Ok(Delimited {
            reader,
            gauge,
            columns,
            limit,
            table,
            notice,
            row: 0,
            next_line: 1,
            is_windows: head.windows(2).any(|ends| ends == b"\r\n"),
            told: false,
            ended: false,
        })
    }

    /// Reads a whole file.
    ///
    /// # Errors
    /// None in practice, since memory does not fail.
    pub fn of_bytes(bytes: Vec<u8>, columns: Columns, limits: &Limits) -> io::Result<Self> {
        let head = bytes[..bytes.len().min(encoding::HEAD)].to_vec();
        Delimited::new(&head, Box::new(Cursor::new(bytes)), columns, limits)
    }

    /// Reads a row into the table, or ends it.
    fn advance(&mut self) -> Result<(), Problem> {
        let mut record = ByteRecord::new();
        self.gauge.reset();
        let is_read = self.reader.read_byte_record(&mut record).map_err(|error| self.error(error))?;
        if !is_read || record.as_slice() == END.trim_ascii() {
            return self.end();
        }
        let is_open = record.as_slice().ends_with(END);
        let breaks = record.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64;
        // The reader stands behind the row; of \r\n it has read the first sign.
        let line = (self.reader.position().line() - breaks)
            .saturating_sub(u64::from(!self.is_windows))
            .max(self.next_line);
        // Blank lines are rows of a spreadsheet, too.
        self.row += 1 + usize::try_from(line.saturating_sub(self.next_line)).unwrap_or(0);
        self.next_line = line + breaks + 1;
        // Excel is told the sign between values by a first line "sep=;", which it does not show.
        if self.row == 1 && record.as_slice() == b"sep=" {
            self.row = 0;
            return Ok(());
        }
        let cells = record.iter().map(|cell| cell.strip_suffix(END).unwrap_or(cell));
        let cells = cells.map(|cell| self.decode(cell, line)).collect::<Result<Vec<_>, _>>()?;
        self.table.row(Row { number: self.row, cells }, &self.columns);
        self.refused()?;
        if is_open {
            self.end()?;
            return Err(Problem::Refusal(Refusal::Other(format!(
                "row {} has a quotation mark that never closes, so the rest of the file was read as its text; close it and check again",
                self.row
            ))));
        }
        Ok(())
    }

    /// The table ends.
    fn end(&mut self) -> Result<(), Problem> {
        self.ended = true;
        self.table.end(&self.columns);
        self.refused()
    }

    /// Ends where no column can be read.
    fn refused(&mut self) -> Result<(), Problem> {
        let Some(refusal) = self.table.refused() else { return Ok(()) };
        self.ended = true;
        Err(Problem::Refusal(refusal.clone()))
    }

    fn decode(&mut self, cell: &[u8], line: u64) -> Result<String, Problem> {
        let unreadable = || Refusal::Other(format!("row {} is neither UTF-8 nor Windows-1252; save the file as UTF-8", self.row));
        let decoded = encoding::narrow(cell.to_vec()).map_err(|_| Problem::Refusal(unreadable()))?;
        if decoded.1 == Encoding::Windows1252 && !self.told {
            self.told = true;
            self.notice = Some(Notice::EncodingFrom(line as usize));
        }
        Ok(decoded.0)
    }

    fn error(&mut self, error: csv::Error) -> Problem {
        self.ended = true;
        match error.into_kind() {
            ErrorKind::Io(cause) if cause.kind() == io::ErrorKind::FileTooLarge => {
                Problem::Refusal(Refusal::Over(Limit::FileSize, self.limit))
            }
            ErrorKind::Io(cause) => Problem::Stream(cause),
            _ => Problem::Refusal(Refusal::Broken(format!("row {} cannot be read", self.row + 1))),
        }
    }
}

impl Iterator for Delimited {
    type Item = Result<Note, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(notice) = self.notice.take() {
                return Some(Err(Problem::Notice(notice)));
            }
            if let Some(ready) = self.table.next_ready() {
                return Some(ready);
            }
            if self.ended {
                return None;
            }
            if let Err(problem) = self.advance() {
                return Some(Err(problem));
            }
        }
    }
}

/// The sign that stands between values: the one that comes most often in the first line, outside quotation marks.
fn delimiter(head: &[u8]) -> u8 {
    let wide = head.iter().copied().filter(|&byte| byte != 0);
    let mut quoted = false;
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    for byte in wide {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // The first of the most frequent, so that a comma wins where there is nothing.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}
