//! A document as its readers give it: paragraphs, tables and parts in the order of the text, each with its place.

use std::ops::Range;

use crate::Location;

use super::Places;

/// What stands beside the running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Header,
    Footer,
    Footnote,
    Endnote,
    TextBox,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::Header => "header",
            Part::Footer => "footer",
            Part::Footnote => "footnote",
            Part::Endnote => "endnote",
            Part::TextBox => "text box",
        }
    }
}

/// How a block is set apart from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    Paragraph,
    /// An item of a list.
    Item,
    /// The first block of a row of a table.
    Row,
    /// The first block of a further cell.
    Cell,
    /// The text of a page, which may go on with a sentence.
    Page,
}

/// A stretch of text, and the bytes of a document's part that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// In the text.
    pub text: Range<usize>,
    /// The part, by its number in the order in which they are read.
    pub part: usize,
    /// In the part. As long as the text, or an escape such as `&amp;` for one sign.
    pub bytes: Range<usize>,
}

/// A piece of text with one place.
#[derive(Debug)]
struct Block {
    text: String,
    sources: Vec<Source>,
    join: Join,
    location: Location,
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    sources: Vec<Source>,
    is_item: bool,
    /// How many parts are open around it.
    depth: usize,
    /// What hangs on it and comes after it: its text boxes.
    after: Vec<Block>,
}

#[derive(Debug)]
struct Table {
    number: usize,
    row: usize,
    cell: usize,
    row_is_empty: bool,
    cell_is_empty: bool,
    /// How many parts are open around it.
    depth: usize,
}

/// Gathers a document. What is opened is closed in turn; text without an open paragraph opens one.
#[derive(Debug, Default)]
pub struct Flow {
    paragraphs: Vec<Paragraph>,
    parts: Vec<Part>,
    tables: Vec<Table>,
    /// Tables so far, and paragraphs so far in the running text and in each part.
    table_count: usize,
    counts: Vec<(Option<Part>, usize)>,
    /// The text of a paragraph whose end was deleted: it goes on in the next.
    carried: (String, Vec<Source>),
    next_is_item: bool,
    /// Headers, the running text, notes and footers, in the order in which they are read.
    sections: [Vec<Block>; 4],
}

impl Flow {
    pub fn open_paragraph(&mut self) {
        let (text, sources) = std::mem::take(&mut self.carried);
        let is_item = std::mem::take(&mut self.next_is_item);
        self.paragraphs
            .push(Paragraph { text, sources, is_item, depth: self.parts.len(), after: Vec::new() });
    }

    /// The paragraph that takes text now.
    fn paragraph(&mut self) -> &mut Paragraph {
        let depth = self.parts.len();
        if self.paragraphs.last().is_none_or(|paragraph| paragraph.depth != depth) {
            self.open_paragraph();
        }
        let last = self.paragraphs.len() - 1;
        &mut self.paragraphs[last]
    }

    pub fn text(&mut self, text: &str) {
        self.paragraph().text.push_str(text);
    }

    /// Text, with the part and the bytes of it that it was read from, where they are known.
    pub fn text_from(&mut self, text: &str, from: Option<(usize, Range<usize>)>) {
        let paragraph = self.paragraph();
        let start = paragraph.text.len();
        paragraph.text.push_str(text);
        if let Some((part, bytes)) = from {
            paragraph.sources.push(Source { text: start..paragraph.text.len(), part, bytes });
        }
    }

    /// Text in which every run of white space is one blank.
    pub fn spaced(&mut self, text: &str) {
        let has_text = self.paragraphs.last().is_some_and(|paragraph| paragraph.depth == self.parts.len());
        if !has_text && text.trim().is_empty() {
            return;
        }
        let whole = &mut self.paragraph().text;
        for sign in text.chars() {
            match sign {
                // A no-break space is a sign of the text.
                ' ' | '\t' | '\n' | '\r' | '\x0C' => {
                    if !whole.is_empty() && !whole.ends_with([' ', '\n']) {
                        whole.push(' ');
                    }
                }
                _ => whole.push(sign),
            }
        }
    }

    /// Whether the paragraph that takes text now has any.
    pub fn has_text(&self) -> bool {
        let here = self.paragraphs.last().filter(|paragraph| paragraph.depth == self.parts.len());
        here.is_some_and(|paragraph| !paragraph.text.is_empty())
    }

    /// The paragraph is, or the next one will be, an item of a list.
    pub fn item(&mut self) {
        match self.paragraphs.last_mut().filter(|paragraph| paragraph.depth == self.parts.len()) {
            Some(paragraph) => paragraph.is_item = true,
            None => self.next_is_item = true,
        }
    }

    /// Ends the paragraph, if one is open here.
    pub fn close_paragraph(&mut self) {
        let depth = self.parts.len();
        let Some(paragraph) = self.paragraphs.pop_if(|paragraph| paragraph.depth == depth) else {
            return;
        };
        let join = if paragraph.is_item { Join::Item } else { Join::Paragraph };
        self.block(paragraph.text, paragraph.sources, join);
        for block in paragraph.after {
            self.push(block);
        }
    }

    /// Ends the paragraph so that its text goes on in the next one.
    pub fn carry_paragraph(&mut self) {
        if let Some(paragraph) = self.paragraphs.pop() {
            self.carried = (paragraph.text, paragraph.sources);
        }
    }

    pub fn open_part(&mut self, part: Part) {
        self.parts.push(part);
    }

    /// The part that was opened last turns out to be another one.
    pub fn turn_part(&mut self, part: Part) {
        if let Some(last) = self.parts.last_mut() {
            *last = part;
        }
    }

    pub fn close_part(&mut self) {
        self.close_paragraph();
        while self.table().is_some() {
            self.close_table();
        }
        self.parts.pop();
    }

    pub fn open_table(&mut self) {
        self.close_paragraph();
        self.table_count += 1;
        let (number, depth) = (self.table_count, self.parts.len());
        self.tables.push(Table { number, row: 0, cell: 0, row_is_empty: true, cell_is_empty: true, depth });
    }

    /// The table that is open here.
    fn table(&mut self) -> Option<&mut Table> {
        let depth = self.parts.len();
        self.tables.last_mut().filter(|table| table.depth == depth)
    }

    pub fn is_in_table(&mut self) -> bool {
        self.table().is_some()
    }

    /// How many tables and parts are open.
    pub fn depth(&self) -> usize {
        self.tables.len() + self.parts.len()
    }

    pub fn row(&mut self) {
        self.close_paragraph();
        if let Some(table) = self.table() {
            (table.row, table.cell, table.row_is_empty) = (table.row + 1, 0, true);
        }
    }

    pub fn cell(&mut self) {
        self.close_paragraph();
        if let Some(table) = self.table() {
            (table.cell, table.cell_is_empty) = (table.cell + 1, true);
        }
    }

    pub fn close_table(&mut self) {
        self.close_paragraph();
        let depth = self.parts.len();
        self.tables.pop_if(|table| table.depth == depth);
    }

    /// The text of a page.
    pub fn page(&mut self, number: usize, text: &str) {
        let location = Location { page: Some(number), ..Location::default() };
        self.push(Block { text: text.trim().to_owned(), sources: Vec::new(), join: Join::Page, location });
    }

    /// A block at the present place, if it holds any text.
    fn block(&mut self, text: String, mut sources: Vec<Source>, join: Join) {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return;
        }
        let before = text.len() - text.trim_start().len();
        sources.retain_mut(|source| source.shift(before, trimmed.len()));
        let mut location = Location::default();
        let part = self.parts.last().copied();
        location.part = part.map(|part| part.name().to_owned());
        let join = match self.table() {
            Some(table) => {
                location.table = Some(table.number);
                location.row = Some(table.row.max(1));
                location.cell = Some(table.cell.max(1));
                let first_of_cell = std::mem::take(&mut table.cell_is_empty);
                let first_of_row = std::mem::take(&mut table.row_is_empty);
                if first_of_row {
                    Join::Row
                } else if first_of_cell {
                    Join::Cell
                } else {
                    join
                }
            }
            None => {
                location.paragraph = Some(self.count(part));
                join
            }
        };
        self.push(Block { text: trimmed.to_owned(), sources, join, location });
    }

    /// The number of the next paragraph of the running text or of a part.
    fn count(&mut self, part: Option<Part>) -> usize {
        match self.counts.iter_mut().find(|(of, _)| *of == part) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.counts.push((part, 1));
                1
            }
        }
    }

    fn push(&mut self, block: Block) {
        // A text box hangs on the paragraph around it.
        if self.parts.last() == Some(&Part::TextBox)
            && let Some(around) = self.paragraphs.last_mut()
        {
            around.after.push(block);
            return;
        }
        let outer = self.parts.iter().find(|part| **part != Part::TextBox);
        let (number, repeats) = match outer {
            None | Some(Part::TextBox) => (1, false),
            Some(Part::Header) => (0, true),
            Some(Part::Footnote | Part::Endnote) => (2, false),
            Some(Part::Footer) => (3, true),
        };
        let section = &mut self.sections[number];
        // A document keeps the same header for first, even and odd pages, and for each of its sections.
        if !repeats || !section.iter().any(|known| known.text == block.text) {
            section.push(block);
        }
    }

    /// The whole text, and where its parts stand.
    pub fn finish(self) -> (String, Places) {
        let (text, places, _) = self.finish_with_sources();
        (text, places)
    }

    /// The whole text, where its parts stand, and which bytes they were read from, in the order of the text.
    pub fn finish_with_sources(mut self) -> (String, Places, Vec<Source>) {
        while !self.parts.is_empty() {
            self.close_part();
        }
        if !self.carried.0.is_empty() {
            self.open_paragraph();
        }
        while !self.paragraphs.is_empty() {
            self.close_paragraph();
        }
        let mut text = String::new();
        let (mut places, mut sources) = (Places::default(), Vec::new());
        let mut before: Option<Block> = None;
        for block in self.sections.into_iter().flatten() {
            if let Some(before) = &before {
                text.push_str(between(before, &block));
            }
            places.add(None, text.len(), block.location.clone());
            if block.join == Join::Item {
                text.push_str("- ");
            }
            let at = text.len();
            let moved = |source: &Source| Source { text: at + source.text.start..at + source.text.end, ..source.clone() };
            sources.extend(block.sources.iter().map(moved));
            text.push_str(&block.text);
            before = Some(block);
        }
        (text, places, sources)
    }
}

impl Source {
    /// Whether it is left where `before` bytes of the text before it go and `length` stay. Its bytes go with its text.
    fn shift(&mut self, before: usize, length: usize) -> bool {
        let (start, end) = (self.text.start.max(before), self.text.end.min(before + length));
        if start >= end {
            return false;
        }
        if self.is_literal() {
            self.bytes = self.bytes.start + (start - self.text.start)..self.bytes.end - (self.text.end - end);
        }
        self.text = start - before..end - before;
        true
    }

    /// Whether each byte of the text is one of the part.
    pub fn is_literal(&self) -> bool {
        self.text.len() == self.bytes.len()
    }
}

/// What keeps two blocks apart.
fn between(before: &Block, block: &Block) -> &'static str {
    let same_table = block.location.table.is_some() && before.location.table == block.location.table;
    match block.join {
        Join::Cell => " | ",
        Join::Row if same_table => "\n",
        Join::Item if before.join == Join::Item => "\n",
        Join::Page => "\n",
        _ => "\n\n",
    }
}
