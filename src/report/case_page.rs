//! A page of text for people: as wide as the terminal, with colour only where that was asked for.

use std::io::{self, Write};

use ariadne::{Color, Fmt};
use terminal_size::{Width, terminal_size_of};

use super::safe_line;
use super::wrap;

/// How wide a page is where nothing tells, and at least and at most: long lines are hard to read.
const WIDTH: usize = 80;
const NARROWEST: usize = 50;
const WIDEST: usize = 110;

/// What stands before the further lines of a hanging text.
const HANGING: &str = "    ";

/// Where the lines of a case are written.
pub struct Page<'a> {
    out: &'a mut dyn Write,
    color: bool,
    pub width: usize,
}

impl<'a> Page<'a> {
    /// A page as wide as the terminal.
    pub fn new(out: &'a mut dyn Write, color: bool) -> Self {
        let width = terminal_size_of(io::stdout()).map_or(WIDTH, |(Width(columns), _)| usize::from(columns));
        Page { out, color, width: width.clamp(NARROWEST, WIDEST) }
    }

    /// A blank line and a heading.
    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        let line = if self.color { text.fg(Color::Cyan).to_string() } else { text.to_owned() };
        writeln!(self.out, "\n{line}\n")
    }

    /// A line as it stands.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", text.trim_end())
    }

    /// A text broken to the width of the page, its first line from the margin, the others a little in.
    pub fn hanging(&mut self, text: &str) -> io::Result<()> {
        let text = safe_line(text);
        for (number, line) in wrap::lines(&text, self.width - HANGING.len()).into_iter().enumerate() {
            writeln!(self.out, "{}{}", if number == 0 { "" } else { HANGING }, line.trim_end())?;
        }
        Ok(())
    }

    /// A text broken to the width of the page, its first line behind `first`, the others behind as many blanks.
    pub fn text(&mut self, first: &str, text: &str) -> io::Result<()> {
        self.painted(first, text, None)
    }

    /// The same, with its opening in a colour: red for what asks for a look, green for what was put right.
    pub fn painted(&mut self, first: &str, text: &str, paint: Option<(&str, Tone)>) -> io::Result<()> {
        let indent = first.chars().count();
        let text = safe_line(text);
        for (number, line) in wrap::lines(&text, self.width - indent).into_iter().enumerate() {
            let margin = if number == 0 { first.to_owned() } else { " ".repeat(indent) };
            let painted = paint.filter(|_| self.color && number == 0).and_then(|(opening, tone)| {
                let rest = line.strip_prefix(opening)?;
                Some(format!("{}{rest}", opening.fg(tone.color())))
            });
            writeln!(self.out, "{}", format!("{margin}{}", painted.as_deref().unwrap_or(line)).trim_end())?;
        }
        Ok(())
    }
}

/// What a colour says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Look,
    Mended,
}

impl Tone {
    fn color(self) -> Color {
        match self {
            Tone::Plain => Color::Primary,
            Tone::Look => Color::Red,
            Tone::Mended => Color::Green,
        }
    }
}
