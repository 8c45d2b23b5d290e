//! What the reviewer sees: everything of one finding on a terminal of 80 columns and 24 lines.

use std::io::{self, Write};
use std::ops::Range;

use caselint::Finding;
use caselint::register::Choice;
use console::{Term, style};

use super::input::Keys;
use crate::cli::gathered::Gathered;
use crate::report::{Room, cut_excerpt, hanging, lines, name_of, safe, safe_line, said};

const WIDTH: usize = 79;
/// Lines of the text around a phrase.
const EXCERPT: usize = 5;
/// Lines of advice: the message, how it could be put, and what to ask.
const ADVICE: usize = 10;

const KEYS: &str = "\
r return to author   s for supervision   k kept   n not applicable here
w reworded   a analysis added   . later   u undo   m more   q stop   ? help";

/// What each key does.
pub const HELP: &str = "\
You read somebody else's record, so nothing here changes it.

r  return to author: the writer is asked for analysis or another wording
s  for supervision: to be talked through
k  kept: the words stay, for a reason
n  not applicable here: this finding does not fit the sentence
w  reworded: the writer has put it in other words
a  analysis added: the writer has added what it means

An entry that is signed already is never altered: what is reworded or added
then stands in a dated addendum beside it.

A capital letter decides the same for all repeats of these words in this
record. After a decision you may give a reason by its number, or t and words
of your own; Enter gives none.

.  leave it for later      u  take the last decision back
m  all of the advice       q  stop; what is decided is kept";

/// A finding with what stands around it.
pub struct View<'a> {
    pub record: &'a Gathered,
    pub finding: &'a Finding,
    /// The number of the record, and how many there are.
    pub number: usize,
    pub records: usize,
    /// How many findings wait.
    pub left: usize,
    /// How often the words come again in the record.
    pub repeats: usize,
    /// What was done last.
    pub last: String,
}

pub struct Screen {
    terminal: Option<Term>,
    out: io::Stdout,
}

impl Screen {
    pub fn new(keys: &Keys) -> Self {
        Screen { terminal: keys.is_terminal().then(Term::stdout), out: io::stdout() }
    }

    pub fn clear(&mut self) -> io::Result<()> {
        self.terminal.as_ref().map_or(Ok(()), Term::clear_screen)
    }

    /// A paragraph.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        said(text, WIDTH).iter().try_for_each(|line| writeln!(self.out, "{line}"))
    }

    pub fn prompt(&mut self, text: &str) -> io::Result<()> {
        write!(self.out, "{text}")?;
        self.out.flush()
    }

    /// Shows a finding, and asks for a key.
    pub fn show(&mut self, view: &View) -> io::Result<()> {
        self.clear()?;
        for line in draw(view) {
            writeln!(self.out, "{line}")?;
        }
        self.prompt("> ")
    }

    /// Asks for the reason of a decision.
    pub fn ask_why(&mut self, choice: Choice, reasons: &[&str]) -> io::Result<()> {
        writeln!(self.out, "{}. Why?", choice.words())?;
        for (number, reason) in (1..).zip(reasons) {
            writeln!(self.out, "  {number} {reason}")?;
        }
        self.prompt("  t in your own words   Enter: no reason   u: not decided > ")
    }

    /// Shows a text of its own, until a key is pressed.
    pub fn page(&mut self, text: &str, keys: &mut Keys) -> io::Result<()> {
        self.clear()?;
        writeln!(self.out, "{text}\n")?;
        if keys.is_terminal() {
            self.prompt("any key goes on > ")?;
            keys.key()?;
        }
        Ok(())
    }
}

/// All that a finding says.
pub fn more(finding: &Finding) -> String {
    let texts = advice(finding);
    texts.iter().flat_map(|text| lines(text, WIDTH)).collect::<Vec<_>>().join("\n")
}

fn draw(view: &View) -> Vec<String> {
    let (record, finding) = (view.record, view.finding);
    let last = if view.last.is_empty() { String::new() } else { format!("   [{}]", view.last) };
    let head = format!("Record {} of {}: {}   {} to decide{last}", view.number, view.records, safe(&record.name), view.left);
    let mut drawn = vec![fit(&head), fit(&place(view)), String::new()];
    drawn.extend(excerpt(record, finding));
    drawn.push(String::new());
    let mut told: Vec<String> = advice(finding).iter().flat_map(|text| hanging(text, WIDTH)).collect();
    if told.len() > ADVICE {
        told.truncate(ADVICE - 1);
        told.push("  … (m shows all of it)".to_owned());
    }
    drawn.extend(told);
    drawn.push(String::new());
    if view.repeats > 0 {
        let times = if view.repeats == 1 { "once".to_owned() } else { format!("{} times", view.repeats) };
        drawn.push(format!("These words come {times} more in this record: a capital letter decides all."));
    }
    drawn.extend(KEYS.lines().map(str::to_owned));
    drawn
}

/// What is asked, under which rule, and where.
fn place(view: &View) -> String {
    format!("{} {} at {}", name_of(view.finding.ask), view.finding.rule, view.record.place_of(view.finding))
}

/// The text around a phrase, the phrase between brackets.
fn excerpt(record: &Gathered, finding: &Finding) -> Vec<String> {
    let before = record.note.origin.bytes;
    let shift = |range: &Range<usize>| range.start.saturating_sub(before)..range.end.saturating_sub(before);
    let field = finding.field.as_ref().and_then(|name| record.note.record.field(name));
    let text = field.map_or(&record.note.record.text, |field| &record.note.record.fields[field].text);
    let room = Room { columns: WIDTH - 6, label: 0 };
    let cut = cut_excerpt(text, &shift(&finding.excerpt), &shift(&(finding.start..finding.end)), &[], 1, room);
    let mut at = 0;
    let rows: Vec<(bool, String)> = cut
        .rows
        .iter()
        .map(|row| {
            let span = at..at + row.text.len();
            at = span.end + 1;
            let part = cut.phrase.iter().find(|part| span.start <= part.start && part.end <= span.end);
            let marked = part.map(|part| {
                let (start, end) = (part.start - span.start, part.end - span.start);
                // As annotate marks a text; and where colour is used, in bold.
                let phrase = style(format!("[[{}]]", &row.text[start..end])).bold();
                format!("  {}{phrase}{}", &row.text[..start], &row.text[end..])
            });
            (marked.is_some(), marked.unwrap_or_else(|| format!("  {}", row.text)))
        })
        .collect();
    around_phrase(rows)
}

/// As many rows as there is room for, the phrase among them.
fn around_phrase(rows: Vec<(bool, String)>) -> Vec<String> {
    let first = rows.iter().position(|(is_phrase, _)| *is_phrase).unwrap_or(0);
    let start = first.saturating_sub(EXCERPT / 2).min(rows.len().saturating_sub(EXCERPT));
    rows.into_iter().skip(start).take(EXCERPT).map(|(_, row)| row).collect()
}

fn advice(finding: &Finding) -> Vec<String> {
    let reframe = finding.reframe.first().map(|text| format!("Could read: {}", safe_line(text)));
    let questions = (!finding.questions.is_empty()).then(|| format!("Ask: {}", safe_line(&finding.questions.join(" "))));
    [Some(safe_line(&finding.message)), reframe, questions].into_iter().flatten().collect()
}

/// As much of a line as there is room for.
fn fit(line: &str) -> String {
    match lines(line, WIDTH).as_slice() {
        [whole] => (*whole).to_owned(),
        [first, ..] => format!("{}…", lines(first, WIDTH - 1)[0]),
        [] => String::new(),
    }
}
