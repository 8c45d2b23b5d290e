//! Where in the running text of a Word document its runs and their texts stand, as bytes of the part.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The runs of a part, and the texts in them, in order.
#[derive(Debug, Default)]
pub struct Layout {
    pub runs: Vec<Run>,
    pub texts: Vec<Text>,
    /// What names of Word's own elements and attributes begin with, such as `w:`.
    pub prefix: String,
    /// The namespace of these names.
    pub namespace: String,
}

/// A run: text with the same look.
#[derive(Debug)]
pub struct Run {
    /// The whole element.
    pub element: Range<usize>,
    /// Its opening tag.
    pub tag: Range<usize>,
    /// Its properties, an empty range where it has none.
    pub properties: Range<usize>,
    /// The outermost run around it, where it stands in a text box.
    pub around: Option<usize>,
}

/// A text of a run.
#[derive(Debug)]
pub struct Text {
    pub run: usize,
    /// The opening tag, and the closing one; the text stands between them.
    pub open: Range<usize>,
    pub close: Range<usize>,
    /// Blanks at its ends count.
    pub keeps_blanks: bool,
}

/// An element that is open.
enum Open {
    Run(usize),
    Text(usize),
    Properties(usize),
    Other,
}

impl Layout {
    /// Reads a part; nothing where it is no XML that was read before without complaint.
    pub fn read(xml: &str) -> Option<Layout> {
        let unmarked = xml.trim_start_matches('\u{FEFF}');
        let mark = xml.len() - unmarked.len();
        let mut reader = Reader::from_str(unmarked);
        let mut layout = Layout::default();
        let mut open = Vec::new();
        loop {
            let start = mark + position(&reader);
            let event = reader.read_event().ok()?;
            let span = start..mark + position(&reader);
            match event {
                Event::Start(tag) => {
                    if open.is_empty() {
                        layout.root(&tag)?;
                    }
                    let element = layout.start(&tag, span, &open);
                    open.push(element);
                }
                Event::Empty(tag) => {
                    // Only properties count where they are empty.
                    if let Open::Properties(run) = layout.kind(&tag, &open) {
                        layout.runs[run].properties = span;
                    }
                }
                Event::End(_) => layout.end(open.pop()?, span),
                Event::Eof => return open.is_empty().then_some(layout),
                _ => {}
            }
        }
    }

    /// Learns how Word's own names begin.
    fn root(&mut self, tag: &BytesStart) -> Option<()> {
        let name = tag.name();
        let (prefix, _) = name.as_ref().split_once(':')?;
        let declared = tag.try_get_attribute(format!("xmlns:{prefix}").as_str()).ok()??;
        self.namespace = declared.value.into_owned();
        self.prefix = format!("{prefix}:");
        Some(())
    }

    /// What an element is, by its name and by what it stands in.
    fn kind(&self, tag: &BytesStart, open: &[Open]) -> Open {
        let name = tag.name();
        match (name.as_ref().strip_prefix(&self.prefix), open.last()) {
            (Some("r"), _) => Open::Run(self.runs.len()),
            (Some("t"), Some(Open::Run(_))) => Open::Text(self.texts.len()),
            (Some("rPr"), Some(Open::Run(run))) => Open::Properties(*run),
            _ => Open::Other,
        }
    }

    fn start(&mut self, tag: &BytesStart, span: Range<usize>, open: &[Open]) -> Open {
        let element = self.kind(tag, open);
        let mut runs = open.iter().filter_map(|element| match element {
            Open::Run(run) => Some(*run),
            _ => None,
        });
        match element {
            Open::Run(_) => {
                let properties = span.end..span.end;
                self.runs.push(Run { element: span.clone(), tag: span, properties, around: runs.next() });
            }
            Open::Text(_) => {
                let run = runs.next_back().unwrap_or_default();
                let space = tag.try_get_attribute("xml:space").ok().flatten();
                let keeps_blanks = space.is_some_and(|space| space.value == "preserve");
                self.texts.push(Text { run, open: span.clone(), close: span, keeps_blanks });
            }
            Open::Properties(run) => self.runs[run].properties = span,
            Open::Other => {}
        }
        element
    }

    fn end(&mut self, element: Open, span: Range<usize>) {
        match element {
            Open::Run(run) => self.runs[run].element.end = span.end,
            Open::Text(text) => self.texts[text].close = span,
            Open::Properties(run) => self.runs[run].properties.end = span.end,
            Open::Other => {}
        }
    }

    /// The text that holds a byte, by its number.
    pub fn text_at(&self, at: usize) -> Option<usize> {
        let number = self.texts.partition_point(|text| text.open.end <= at).checked_sub(1)?;
        (at < self.texts[number].close.start).then_some(number)
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}
