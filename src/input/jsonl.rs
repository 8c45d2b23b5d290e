//! A record a line, as JSON.

use std::collections::VecDeque;
use std::io::{BufRead, Read};

use super::encoding::{self, Encoding};
use super::{Bytes, Context, InputError, Limit, Note, Notice, Origin, Refusal, json};

/// The records of a `.jsonl` source, in order. Blank lines are passed over.
pub struct Lines {
    context: Context,
    reader: Bytes,
    number: usize,
    /// What comes before the next line.
    ready: VecDeque<Result<Note, InputError>>,
    /// A line was read as Windows-1252, and that was told.
    told: bool,
    ended: bool,
}

impl Lines {
    /// `head` is what the stream begins with.
    pub fn new(context: Context, head: &[u8], reader: Bytes) -> Result<Self, InputError> {
        let (reader, notice) = encoding::widen(head, reader).map_err(|error| InputError::unreadable(&context.path, &error))?;
        let ready = notice.map(|notice| Err(context.notice(notice))).into_iter().collect();
        Ok(Lines { context, reader, number: 0, ready, told: false, ended: false })
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, InputError> {
        let limit = self.context.limit(Limit::FileSize);
        loop {
            let mut line = Vec::new();
            let mut bounded = (&mut self.reader).take(limit.saturating_add(1));
            let read = bounded
                .read_until(b'\n', &mut line)
                .map_err(|error| InputError::unreadable(&self.context.path, &error))?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            if read as u64 > limit {
                return Err(self.context.refused(Refusal::Over(Limit::FileSize, limit)));
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some(line));
            }
        }
    }

    /// Makes the records of a line ready: one, or with a way to the texts as many as it leads to.
    fn read(&mut self, line: Vec<u8>) {
        let (line, encoding) = match encoding::narrow(line) {
            Ok(decoded) => decoded,
            Err(before) => {
                let (path, (_, column)) = (self.context.path.clone(), encoding::place(&before));
                self.ready.push_back(Err(InputError::NotUtf8 { path, line: self.number, column }));
                return;
            }
        };
        if encoding == Encoding::Windows1252 && !self.told {
            self.told = true;
            self.ready.push_back(Err(self.context.notice(Notice::EncodingFrom(self.number))));
        }
        // Without the line feed, so that a record that breaks off is seen to end here.
        let records = match &self.context.options.text_path {
            None => json::record(line.trim_end()).map(|record| vec![(record, None)]),
            Some(path) => json::parse(line.trim_end()).and_then(|value| path.records(&value)),
        };
        match records {
            Ok(records) => self.ready.extend(records.into_iter().map(|(record, key)| {
                let mut origin = Origin { row: Some(self.number), ..Origin::default() };
                origin.location.key = key;
                Ok(Note { record, origin })
            })),
            Err(problem) => {
                let path = self.context.path.clone();
                self.ready.push_back(Err(InputError::Line { path, line: self.number, problem }));
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Note, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(note) = self.ready.pop_front() {
                return Some(note);
            }
            if self.ended {
                return None;
            }
            match self.next_line() {
                Ok(Some(line)) => self.read(line),
                Ok(None) => return None,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
    }
}
