//! Comments put between the runs of a Word document. Where a phrase begins or ends within a run, the run is split there; all that stood in the
//! part stays, in its order.

use std::collections::BTreeMap;
use std::ops::Range;

use super::layout::{Layout, Text};

/// What is put in at one place.
#[derive(Debug, Default)]
struct Insertion {
    /// What ends the run before, where one is split, and what begins it anew.
    split: (String, String),
    /// Comments that end here and that begin here.
    ends: String,
    starts: String,
    /// An attribute of the tag in which it stands, and nothing else.
    attribute: &'static str,
}

/// Gathers what is put into a part.
pub struct Insertions<'a> {
    xml: &'a str,
    layout: &'a Layout,
    at: BTreeMap<usize, Insertion>,
}

impl<'a> Insertions<'a> {
    pub fn new(xml: &'a str, layout: &'a Layout) -> Self {
        Insertions { xml, layout, at: BTreeMap::new() }
    }

    /// Puts a comment over a stretch of bytes, both ends of which stand in texts. False where they do not.
    pub fn comment(&mut self, over: &Range<usize>, id: u64) -> bool {
        let last = over.end.saturating_sub(1).max(over.start);
        let (Some(first), Some(last)) = (self.layout.text_at(over.start), self.layout.text_at(last)) else {
            return false;
        };
        let (start, end) = (self.begin(first, over.start), self.finish(last, over.end));
        let prefix = &self.layout.prefix;
        self.at.entry(start).or_default().starts += &format!("<{prefix}commentRangeStart {prefix}id=\"{id}\"/>");
        self.at.entry(end).or_default().ends += &format!(
            "<{prefix}commentRangeEnd {prefix}id=\"{id}\"/><{prefix}r><{prefix}commentReference {prefix}id=\"{id}\"/></{prefix}r>"
        );
        true
    }

    /// The place for a mark before a byte of a text.
    fn begin(&mut self, number: usize, at: usize) -> usize {
        let text = &self.layout.texts[number];
        let run = &self.layout.runs[text.run];
        if let Some(around) = run.around {
            return self.layout.runs[around].element.start;
        }
        match at == text.open.end {
            true if text.open.start == run.properties.end => run.element.start,
            true => self.split_between(text, text.open.start),
            false => self.split_text(text, at),
        }
    }

    /// The place for a mark behind a byte of a text.
    fn finish(&mut self, number: usize, at: usize) -> usize {
        let text = &self.layout.texts[number];
        let run = &self.layout.runs[text.run];
        if let Some(around) = run.around {
            return self.layout.runs[around].element.end;
        }
        if at < text.close.start {
            return self.split_text(text, at);
        }
        let rest = &self.xml[text.close.end..run.element.end];
        let is_last = rest.starts_with("</") && !rest[2..].contains('<');
        if is_last { run.element.end } else { self.split_between(text, text.close.end) }
    }

    /// Splits the run of a text between two of its elements.
    fn split_between(&mut self, text: &Text, at: usize) -> usize {
        let split = (self.run_end(), self.run_start(text));
        self.at.entry(at).or_default().split = split;
        at
    }

    /// Splits a text and its run.
    fn split_text(&mut self, text: &Text, at: usize) -> usize {
        let prefix = &self.layout.prefix;
        let split = (
            format!("</{prefix}t>{}", self.run_end()),
            format!("{}<{prefix}t xml:space=\"preserve\">", self.run_start(text)),
        );
        self.at.entry(at).or_default().split = split;
        // Word drops blanks at the end of a text that does not say that it keeps them.
        if !text.keeps_blanks && self.xml[..at].ends_with(char::is_whitespace) {
            self.at.entry(text.open.end - 1).or_default().attribute = " xml:space=\"preserve\"";
        }
        at
    }

    fn run_end(&self) -> String {
        format!("</{}r>", self.layout.prefix)
    }

    /// The opening of a run like that of a text.
    fn run_start(&self, text: &Text) -> String {
        let run = &self.layout.runs[text.run];
        format!("{}{}", &self.xml[run.tag.clone()], &self.xml[run.properties.clone()])
    }

    /// The part with all that was gathered.
    pub fn apply(self) -> String {
        let mut written = String::with_capacity(self.xml.len() * 2);
        let mut done = 0;
        for (at, insertion) in self.at {
            let Insertion { split: (end, start), ends, starts, attribute } = insertion;
            written.push_str(&self.xml[done..at]);
            [attribute, &end, &ends, &starts, &start].into_iter().for_each(|piece| written.push_str(piece));
            done = at;
        }
        written.push_str(&self.xml[done..]);
        written
    }
}
