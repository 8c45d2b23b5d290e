//! Values with a comma, semicolon, tab or bar between them: `.csv` and `.tsv`, read row by row.

use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};

use super::super::bounded::{Bounded, Gauge};
use super::super::encoding::{self, Encoding};
use super::super::{Bytes, Context, InputError, Limit, Note, Notice, Refusal};
use super::{Problem, Row, Source, Table};

/// The records of a file.
pub struct Delimited {
    context: Context,
    reader: Reader<Bounded>,
    gauge: Gauge,
    table: Table,
    /// What the encoding was, where that has to be told.
    notice: Option<Notice>,
    /// The row that was read last, and the line that follows it.
    row: usize,
    next_line: u64,
    /// A row was read as Windows-1252, and that was told.
    told: bool,
    ended: bool,
}

impl Delimited {
    /// `head` is what the stream begins with.
    pub fn new(context: Context, head: &[u8], reader: Bytes) -> Result<Self, InputError> {
        let (reader, notice) = encoding::widen(head, reader).map_err(|error| context.unreadable(&error))?;
        // A quotation mark that is never closed would take the rest of the file for one value.
        let (bounded, gauge) = Bounded::new(reader, context.limit(Limit::FileSize));
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(head))
            .from_reader(bounded);
        let table = Table::new(Source::default());
        Ok(Delimited { context, reader, gauge, table, notice, row: 0, next_line: 1, told: false, ended: false })
    }

    /// Reads a row into the table, or ends it.
    fn advance(&mut self) -> Result<(), InputError> {
        let mut record = ByteRecord::new();
        self.gauge.reset();
        if !self.reader.read_byte_record(&mut record).map_err(|error| self.error(&error))? {
            self.ended = true;
            self.table.end(&self.context.options);
            return self.refused();
        }
        let line = record.position().map_or(self.next_line, csv::Position::line);
        // Blank lines are rows of a spreadsheet, too.
        self.row += 1 + usize::try_from(line.saturating_sub(self.next_line)).unwrap_or(0);
        let cells = record.iter().map(|cell| self.decode(cell)).collect::<Result<Vec<_>, _>>()?;
        let breaks = record.as_slice().iter().filter(|&&byte| byte == b'\n').count();
        self.next_line = line + breaks as u64 + 1;
        self.table.row(Row { number: self.row, cells }, &self.context.options);
        self.refused()
    }

    /// Ends where no column can be read.
    fn refused(&mut self) -> Result<(), InputError> {
        let Some(problem) = self.table.refused() else { return Ok(()) };
        self.ended = true;
        Err(self.context.refused(Refusal::Other(problem.to_owned())))
    }

    fn decode(&mut self, cell: &[u8]) -> Result<String, InputError> {
        let unreadable = format!("row {} is neither UTF-8 nor Windows-1252; save the file as UTF-8", self.row);
        let decoded = encoding::narrow(cell.to_vec()).map_err(|_| self.context.refused(Refusal::Other(unreadable)))?;
        if decoded.1 == Encoding::Windows1252 && !self.told {
            self.told = true;
            self.notice = Some(Notice::EncodingFrom(self.next_line as usize));
        }
        Ok(decoded.0)
    }

    fn error(&mut self, error: &csv::Error) -> InputError {
        self.ended = true;
        match error.kind() {
            ErrorKind::Io(cause) => self.context.unreadable(cause),
            _ => self.context.refused(Refusal::Broken(format!("row {} cannot be read", self.row + 1))),
        }
    }
}

impl Iterator for Delimited {
    type Item = Result<Note, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(notice) = self.notice.take() {
                return Some(Err(self.context.notice(notice)));
            }
            match self.table.next() {
                Some(Ok(note)) => return Some(Ok(note)),
                Some(Err(Problem::Refusal(refusal))) => return Some(Err(self.context.refused(refusal))),
                Some(Err(Problem::Notice(notice))) => return Some(Err(self.context.notice(notice))),
                None if self.ended => return None,
                None => {}
            }
            if let Err(error) = self.advance() {
                return Some(Err(error));
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
