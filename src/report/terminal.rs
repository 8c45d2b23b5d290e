//! For people: each finding with its excerpt, why it matters, what could be written instead, and what to ask.

use std::io::{self, Write};
use std::ops::Range;

use ariadne::{Color, Config, IndexType, Label, Report as Drawing, ReportKind, Source};
use caselint::tell::{place_in_words, voice, width};
use caselint::{Ask, Finding};

use super::excerpt::{self, Excerpt, Room};
use super::{Checked, Report, Totals, gutter, name_of, safe, safe_line, verdict, wrap};

/// Everything fits into a terminal of this many columns.
pub const WIDTH: usize = 80;

/// What the rows of an excerpt may have of it, beside the line numbers.
const EXCERPT_WIDTH: usize = 70;

pub struct Terminal {
    pub color: bool,
    /// Show what led to each verdict.
    pub explain: bool,
}

impl Report for Terminal {
    fn record(&self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        for group in groups(&checked.outcome.findings) {
            self.group(out, checked, &group)?;
        }
        for finding in &checked.outcome.left {
            let (place, why) = (checked.place_of(finding), verdict::why_left(finding));
            writeln!(out, "left: {place}: {} “{}” ({why})", finding.rule, safe_line(&finding.text))?;
        }
        if !checked.outcome.left.is_empty() {
            writeln!(out)?;
        }
        Ok(())
    }

    fn finish(&self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        totals.finish(out)
    }
}

/// The findings with repeats of a rule together, gravest first.
fn groups(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    let mut index = std::collections::HashMap::new();
    for finding in findings {
        let group = *index.entry((&finding.rule, finding.ask)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(finding);
    }
    // Stable, so that among equals the place in the text decides.
    groups.sort_by_key(|group| {
        let gravity = group.iter().map(|finding| finding.gravity).max();
        std::cmp::Reverse((group[0].ask, gravity))
    });
    groups
}

impl Terminal {
    fn group(&self, out: &mut dyn Write, checked: &Checked<'_>, group: &[&Finding]) -> io::Result<()> {
        let first = group[0];
        self.title(out, first)?;
        let drawn = self.drawing(checked, first)?;
        // The advice stands inside the frame, before its last line.
        let (body, tail) = drawn.trim_end().rsplit_once('\n').unwrap_or(("", &drawn));
        writeln!(out, "{body}")?;
        // The line below the place is an empty one.
        let margin = body.lines().nth(1).map_or("", margin_of);
        writeln!(out, "{margin}")?;
        let why = self.explain.then(|| format!("Why: {}", verdict::why(first)));
        for line in advice(group).iter().chain(&why).flat_map(|text| wrap::hanging(text, EXCERPT_WIDTH)) {
            writeln!(out, "{margin} {line}")?;
        }
        writeln!(out, "{tail}\n")
    }

    /// What is asked for, the rule and the message.
    fn title(&self, out: &mut dyn Write, finding: &Finding) -> io::Result<()> {
        let ask = name_of(finding.ask);
        let head = format!("{ask}[{}]:", finding.rule);
        let title = format!("{head} {}", safe_line(&finding.message));
        let title = wrap::lines(&title, WIDTH).join("\n");
        match title.strip_prefix(&head).filter(|_| self.color) {
            Some(message) => writeln!(out, "{}{message}", paint(&head, color_of(finding.ask))),
            None => writeln!(out, "{title}"),
        }
    }

    /// The excerpt with its label, as ariadne draws it, in a frame that names the place.
    fn drawing(&self, checked: &Checked<'_>, finding: &Finding) -> io::Result<String> {
        let span = checked.within(&(finding.start..finding.end));
        let first_line = finding.line - checked.origin.lines;
        // ariadne sets the words of a label three columns behind the phrase. They may use what the widest line number leaves.
        let room = Room { columns: EXCERPT_WIDTH, label: width(&voice(finding)) + 3 - (WIDTH - EXCERPT_WIDTH - 8) };
        let marks = if self.explain { verdict::marks(finding) } else { Vec::new() };
        let places: Vec<Range<usize>> = marks.iter().map(|(range, _)| checked.within(range)).collect();
        let Excerpt { mut rows, phrase, marks: marked } =
            excerpt::cut(checked.text_of(finding), &checked.within(&finding.excerpt), &span, &places, first_line, room);
        for row in &mut rows {
            // A document has no lines that a person could count.
            row.line = row.line.filter(|_| checked.origin.places.is_empty()).map(|line| line + checked.origin.lines);
        }
        let text = rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>().join("\n");
        let drawing = Drawing::build(ReportKind::Advice, (PLACE, 0..0))
            .with_config(Config::new().with_index_type(IndexType::Byte).with_color(self.color))
            .with_labels(labels(
                finding,
                &text,
                &phrase,
                &marked.iter().map(|(number, at)| (at, marks[*number].1)).collect::<Vec<_>>(),
            ))
            .finish();
        let mut bytes = Vec::new();
        drawing.write((PLACE, Source::from(text.as_str())), &mut bytes)?;
        let drawn = String::from_utf8_lossy(&bytes);
        // The first line is ariadne's own title.
        let framed = drawn.split_once('\n').map_or("", |(_, rest)| rest);
        Ok(gutter::renumber(&name_place(framed, &checked.place_of(finding)), &rows))
    }
}

/// Stands for the place in the frame until the true one is put there: ariadne would count its line and column in the excerpt.
const PLACE: &str = "\u{1}";

fn name_place(drawn: &str, place: &str) -> String {
    match drawn.split_once(PLACE) {
        Some((before, after)) => {
            let counted = after.find([' ', '\n']).unwrap_or(after.len());
            format!("{before}{place}{}", &after[counted..])
        }
        None => drawn.to_owned(),
    }
}

/// A label for each row, from the first to the last: ariadne draws only rows that have one, and starts anew where one goes back. Rows
/// that the phrase does not touch have labels without words.
fn labels(
    finding: &Finding,
    text: &str,
    phrase: &[Range<usize>],
    marks: &[(&Range<usize>, &str)],
) -> Vec<Label<(&'static str, Range<usize>)>> {
    let mut labels = Vec::new();
    let mut at = 0;
    for row in text.split('\n') {
        let span = at..at + row.len();
        at = span.end + 1;
        let lies_in_row = |part: &Range<usize>| span.start <= part.start && part.end <= span.end;
        let part = phrase.iter().position(lies_in_row);
        let marked: Vec<_> = marks.iter().filter(|(mark, _)| lies_in_row(mark)).collect();
        if part.is_none() && marked.is_empty() {
            labels.push(Label::new((PLACE, span)));
            continue;
        }
        labels.extend(part.map(|index| {
            let words = if index + 1 == phrase.len() { voice(finding) } else { "…".to_owned() };
            Label::new((PLACE, phrase[index].clone())).with_message(words).with_color(color_of(finding.ask))
        }));
        labels.extend(
            marked
                .iter()
                .map(|(mark, what)| Label::new((PLACE, (*mark).clone())).with_message(what).with_color(Color::Blue)),
        );
    }
    labels
}

/// What to do about it, and where else it stands.
fn advice(group: &[&Finding]) -> Vec<String> {
    let first = group[0];
    let reframe = first.reframe.first().map(|text| format!("Could read: {}", safe_line(text)));
    let questions = (!first.questions.is_empty()).then(|| format!("Ask: {}", safe_line(&first.questions.join(" "))));
    let places: Vec<String> = group[1..].iter().map(|finding| short_place(first, finding)).collect();
    let also = (!places.is_empty()).then(|| format!("Also at: {}", places.join(", ")));
    reframe.into_iter().chain(questions).chain(also).collect()
}

/// The place of a repeat: line and column, with the box where that is another one; in a document, its words.
fn short_place(first: &Finding, finding: &Finding) -> String {
    let in_words = place_in_words(&finding.location);
    match &finding.field {
        _ if !in_words.is_empty() => safe(&in_words),
        Some(field) if finding.field != first.field => format!("{} {}:{}", safe(field), finding.line, finding.column),
        _ => format!("{}:{}", finding.line, finding.column),
    }
}

/// The margin of a line that ariadne has drawn, with the bar and what ends its colour.
fn margin_of(line: &str) -> &str {
    let Some(bar) = line.find('│') else { return "" };
    let end = bar + '│'.len_utf8();
    let reset = if line[end..].starts_with(RESET) { RESET } else { "" };
    &line[..end + reset.len()]
}

const RESET: &str = "\u{1b}[0m";

fn color_of(ask: Ask) -> Color {
    match ask {
        Ask::Reword => Color::Red,
        Ask::Analyse => Color::Yellow,
        _ => Color::Cyan,
    }
}

fn paint(text: &str, color: Color) -> String {
    use ariadne::Fmt;
    text.fg(color).to_string()
}
