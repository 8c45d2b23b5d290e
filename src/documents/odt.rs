//! Text documents of LibreOffice. Tracked insertions are read as what the document says, deletions and comments are not.

use std::ops::Range;

use super::flow::{Flow, Part};
use super::package::Package;
use super::xml::{self, Handler, Tag};
use super::{Limits, Refusal};

/// What is not read with all that stands in it. Deleted text is kept under `tracked-changes`.
const UNREAD: [&str; 5] = ["tracked-changes", "annotation", "note-citation", "scripts", "sequence-decls"];

/// Reads a document.
pub fn read(package: &mut Package, limits: &Limits) -> Result<Flow, Refusal> {
    if package.read("META-INF/manifest.xml")?.is_some_and(|manifest| holds(&manifest, b":encryption-data")) {
        return Err(Refusal::Locked);
    }
    let content = package.read("content.xml")?.ok_or_else(|| Refusal::Broken("it has no running text".to_owned()))?;
    let mut reader = Reader { flow: Flow::default(), unread: 0, is_read: false, is_style: false, items: Vec::new() };
    if let Some(styles) = package.read("styles.xml")? {
        reader.is_style = true;
        xml::read(&styles, limits, &mut reader)?;
        reader.is_style = false;
    }
    xml::read(&content, limits, &mut reader)?;
    Ok(reader.flow)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

struct Reader {
    flow: Flow,
    /// How many elements are open, from one that is not read.
    unread: usize,
    /// The running text, a header or a footer stands here.
    is_read: bool,
    /// The styles are read, for headers and footers.
    is_style: bool,
    /// For each open item of a list whether its first paragraph is still to come.
    items: Vec<bool>,
}

impl Handler for Reader {
    fn start(&mut self, name: &str, tag: &Tag) -> Result<(), Refusal> {
        if self.unread > 0 || UNREAD.contains(&name) {
            self.unread += 1;
            return Ok(());
        }
        match (self.is_style, name) {
            (true, "header" | "header-left" | "header-first") => self.open(Part::Header),
            (true, "footer" | "footer-left" | "footer-first") => self.open(Part::Footer),
            (false, "body") => self.is_read = true,
            _ => {}
        }
        if !self.is_read {
            return Ok(());
        }
        match name {
            "p" | "h" => {
                if self.items.last_mut().is_some_and(std::mem::take) {
                    self.flow.item();
                }
                self.flow.open_paragraph();
            }
            "s" => {
                let count = tag.value("c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                self.flow.text(&" ".repeat(count.min(80)));
            }
            "tab" => self.flow.text("\t"),
            "line-break" => self.flow.text("\n"),
            "list-item" | "list-header" => self.items.push(true),
            "table" => self.flow.open_table(),
            "table-row" => self.flow.row(),
            "table-cell" => self.flow.cell(),
            "note" if tag.value("note-class").as_deref() == Some("endnote") => self.flow.open_part(Part::Endnote),
            "note" => self.flow.open_part(Part::Footnote),
            "text-box" => self.flow.open_part(Part::TextBox),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        if self.unread > 0 {
            self.unread -= 1;
            return;
        }
        if !self.is_read {
            return;
        }
        match name {
            "p" | "h" => self.flow.close_paragraph(),
            "list-item" | "list-header" => {
                self.items.pop();
            }
            "table" => self.flow.close_table(),
            "note" | "text-box" => self.flow.close_part(),
            "body" => self.is_read = false,
            "header" | "header-left" | "header-first" | "footer" | "footer-left" | "footer-first" if self.is_style => {
                self.flow.close_part();
                self.is_read = false;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, _at: Option<Range<usize>>) {
        if self.is_read && self.unread == 0 {
            self.flow.spaced(text);
        }
    }
}

impl Reader {
    fn open(&mut self, part: Part) {
        self.flow.open_part(part);
        self.is_read = true;
    }
}
