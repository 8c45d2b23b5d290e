//! A record a line, as JSON.

use std::io::BufRead;

use caselint::Record;
use serde_json::Value;
use serde_json::error::Category;

use super::{InputError, Note, Origin, keys, utf8};

/// The records of a `.jsonl` source, in order. Blank lines are passed over.
pub struct Lines {
    path: String,
    reader: Box<dyn BufRead + Send>,
    number: usize,
    ended: bool,
}

impl Lines {
    pub fn new(path: String, reader: Box<dyn BufRead + Send>) -> Self {
        Lines { path, reader, number: 0, ended: false }
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, InputError> {
        loop {
            let mut line = Vec::new();
            let read = self
                .reader
                .read_until(b'\n', &mut line)
                .map_err(|error| InputError::unreadable(&self.path, &error))?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.number == 1 {
                utf8::refuse_utf16(&self.path, &line)?;
                line.drain(..utf8::mark_length(&line));
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some(line));
            }
        }
    }

    fn note(&self, line: &[u8]) -> Result<Note, InputError> {
        // Without the line feed, so that a record that breaks off is seen to end here.
        let text = std::str::from_utf8(line.trim_ascii_end()).map_err(|error| {
            let column = utf8::column(&line[..error.valid_up_to()]);
            InputError::NotUtf8 { path: self.path.clone(), line: self.number, column }
        })?;
        let record = parse(text).map_err(|problem| InputError::Line { path: self.path.clone(), line: self.number, problem })?;
        Ok(Note { record, origin: Origin { row: Some(self.number), ..Origin::default() } })
    }
}

impl Iterator for Lines {
    type Item = Result<Note, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.next_line() {
            Ok(line) => line.map(|line| self.note(&line)),
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        }
    }
}

/// Reads one record. The error says what is wrong and quotes nothing.
fn parse(line: &str) -> Result<Record, String> {
    if !line.trim_start().starts_with('{') {
        return Err("it is not a JSON object; write one object a line, such as {\"text\": \"…\"}".to_owned());
    }
    match serde_json::from_str::<Record>(line) {
        Ok(record) if !record.text.is_empty() || !record.fields.is_empty() => return Ok(record),
        Err(error) if error.classify() != Category::Data => return Err(syntax(&error)),
        // The parser names the key and nothing else here.
        Err(error) if error.to_string().starts_with("duplicate field") => {
            return Err("a key stands in it twice; keep one".to_owned());
        }
        _ => {}
    }
    match serde_json::from_str(line) {
        Ok(Value::Object(object)) => keys::record(object),
        Ok(_) => Err("it is not a JSON object".to_owned()),
        Err(error) => Err(syntax(&error)),
    }
}

fn syntax(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "the JSON breaks off; a record must stand on one line, whole".to_owned(),
        _ => format!(
            "it is not valid JSON at byte {} of the line; check quotation marks, commas and brackets there",
            error.column()
        ),
    }
}
