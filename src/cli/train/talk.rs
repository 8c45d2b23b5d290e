//! A conversation in plain lines: it needs no cursor, fits into 80 columns, and can be read aloud or piped.

use std::io::{self, BufRead, Write};

use crate::report::{lines, safe};

/// No line is wider.
const WIDTH: usize = 79;

/// Asks and tells.
pub struct Talk<'a> {
    input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
    /// Whether the learner's own Enter begins a new line, as it does on a terminal.
    is_typed: bool,
}

/// What the learner typed.
pub enum Said {
    Line(String),
    /// `q`, or the end of the input.
    Quit,
}

impl<'a> Talk<'a> {
    pub fn new(input: &'a mut dyn BufRead, out: &'a mut dyn Write, is_typed: bool) -> Self {
        Talk { input, out, is_typed }
    }

    /// For what is laid out otherwise.
    pub fn out(&mut self) -> &mut dyn Write {
        self.out
    }

    /// A paragraph.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        self.indented(text, "")
    }

    /// A paragraph below another.
    pub fn detail(&mut self, text: &str) -> io::Result<()> {
        self.indented(text, "  ")
    }

    pub fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A note as it is written.
    pub fn note(&mut self, text: &str) -> io::Result<()> {
        text.trim()
            .lines()
            .try_for_each(|line| if line.trim().is_empty() { self.blank() } else { self.detail(line) })
    }

    /// Asks for a line.
    pub fn ask(&mut self, prompt: &str) -> io::Result<Said> {
        write!(self.out, "{prompt} ")?;
        self.out.flush()?;
        let mut bytes = Vec::new();
        let length = self.input.read_until(b'\n', &mut bytes)?;
        if length == 0 || !self.is_typed {
            writeln!(self.out)?;
        }
        if length == 0 {
            return Ok(Said::Quit);
        }
        // What a terminal sends beside text is no reason to end a lesson.
        let line = String::from_utf8_lossy(&bytes).trim().to_owned();
        Ok(if line == "q" { Said::Quit } else { Said::Line(line) })
    }

    fn indented(&mut self, text: &str, indent: &str) -> io::Result<()> {
        let text = safe(text);
        lines(&text, WIDTH - indent.len())
            .into_iter()
            .try_for_each(|line| writeln!(self.out, "{indent}{line}"))
    }
}
