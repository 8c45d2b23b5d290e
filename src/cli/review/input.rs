//! What the reviewer types: single keys at a terminal, else a line a key.

use std::io::{self, BufRead, IsTerminal};

use console::{Key, Term};

pub enum Keys {
    Terminal(Term),
    Lines(io::StdinLock<'static>),
}

impl Keys {
    pub fn new() -> Self {
        if io::stdin().is_terminal() && io::stdout().is_terminal() {
            Keys::Terminal(Term::stdout())
        } else {
            Keys::Lines(io::stdin().lock())
        }
    }

    pub fn is_terminal(&self) -> bool {
        matches!(self, Keys::Terminal(_))
    }

    /// The next key, a line feed for Enter; nothing where the input has ended.
    pub fn key(&mut self) -> io::Result<Option<char>> {
        match self {
            Keys::Terminal(terminal) => loop {
                match terminal.read_key()? {
                    Key::Char(key) => return Ok(Some(key)),
                    Key::Enter => return Ok(Some('\n')),
                    Key::Escape => return Ok(Some('q')),
                    _ => {}
                }
            },
            Keys::Lines(_) => Ok(self.line()?.map(|line| line.trim().chars().next().unwrap_or('\n'))),
        }
    }

    /// A line of text; nothing where the input has ended.
    pub fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        match self {
            Keys::Terminal(terminal) => Ok(Some(terminal.read_line()?)),
            Keys::Lines(lines) => Ok((lines.read_line(&mut line)? > 0).then_some(line)),
        }
    }
}
