//! Word documents. Tracked insertions are read as what the document says, deletions and comments are not.

use std::ops::Range;

use super::flow::{Flow, Part};
use super::package::Package;
use super::xml::{self, Handler, Tag};
use super::{Limits, Refusal};

/// What is not read with all that stands in it: deletions, the place that something was moved from, the instructions of fields, and the
/// second copy of a drawing for old programs.
const UNREAD: [&str; 6] = ["del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback"];

/// A document as it was read.
pub struct Word {
    pub flow: Flow,
    /// The names of the parts that were read; the first holds the running text.
    pub parts: Vec<String>,
}

/// Reads a document.
pub fn read(package: &mut Package, limits: &Limits) -> Result<Word, Refusal> {
    let mut reader = Reader {
        flow: Flow::default(),
        parts: Vec::new(),
        unread: 0,
        properties: 0,
        is_text: false,
        mark_is_deleted: false,
    };
    let names = package.names();
    let of_kind = |kind: &str| {
        let is_of_kind =
            |name: &&String| name.strip_prefix("word/").is_some_and(|name| name.starts_with(kind) && name.ends_with(".xml"));
        names.iter().filter(is_of_kind).cloned().collect::<Vec<String>>()
    };
    let main = package.main_part().ok_or_else(|| Refusal::Broken("it has no running text".to_owned()))?;
    let parts = [(Part::Header, "header"), (Part::Footnote, "footnotes"), (Part::Endnote, "endnotes"), (Part::Footer, "footer")];
    let parts = parts.iter().flat_map(|(part, kind)| of_kind(kind).into_iter().map(|name| (Some(*part), name)));
    for (part, name) in std::iter::once((None, main)).chain(parts) {
        let bytes = package.read(&name)?.unwrap_or_default();
        part.into_iter().for_each(|part| reader.flow.open_part(part));
        xml::read(&bytes, limits, &mut reader)?;
        part.into_iter().for_each(|_| reader.flow.close_part());
        reader.parts.push(name);
    }
    Ok(Word { flow: reader.flow, parts: reader.parts })
}

struct Reader {
    flow: Flow,
    /// The parts that were read before.
    parts: Vec<String>,
    /// How many elements are open, from one that is not read.
    unread: usize,
    /// How many elements are open, from the properties of a paragraph.
    properties: usize,
    /// The text of a run stands here.
    is_text: bool,
    /// The end of the paragraph was deleted.
    mark_is_deleted: bool,
}

impl Handler for Reader {
    fn start(&mut self, name: &str, tag: &Tag) -> Result<(), Refusal> {
        if self.properties > 0 {
            self.properties += 1;
            self.property(name, tag);
            return Ok(());
        }
        if self.unread > 0 || UNREAD.contains(&name) || is_separator(name, tag) {
            self.unread += 1;
            return Ok(());
        }
        match name {
            "p" => self.flow.open_paragraph(),
            "pPr" => self.properties = 1,
            "t" => self.is_text = true,
            "tab" | "ptab" => self.flow.text("\t"),
            "br" | "cr" => self.flow.text("\n"),
            "noBreakHyphen" => self.flow.text("-"),
            "tbl" => self.flow.open_table(),
            "tr" => self.flow.row(),
            "tc" => self.flow.cell(),
            "txbxContent" => self.flow.open_part(Part::TextBox),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        if self.properties > 0 {
            self.properties -= 1;
            return;
        }
        if self.unread > 0 {
            self.unread -= 1;
            return;
        }
        match name {
            "p" if std::mem::take(&mut self.mark_is_deleted) => self.flow.carry_paragraph(),
            "p" => self.flow.close_paragraph(),
            "t" => self.is_text = false,
            "tbl" => self.flow.close_table(),
            "txbxContent" => self.flow.close_part(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, at: Option<Range<usize>>) {
        if self.is_text && self.unread == 0 && self.properties == 0 {
            self.flow.text_from(text, at.map(|at| (self.parts.len(), at)));
        }
    }
}

impl Reader {
    /// A property of the paragraph.
    fn property(&mut self, name: &str, tag: &Tag) {
        match name {
            "numPr" => self.flow.item(),
            "pStyle" if tag.value("val").is_some_and(|style| style.starts_with("List")) => self.flow.item(),
            "del" => self.mark_is_deleted = true,
            _ => {}
        }
    }
}

/// Whether a note is only the line that notes stand under.
fn is_separator(name: &str, tag: &Tag) -> bool {
    matches!(name, "footnote" | "endnote") && tag.value("type").is_some_and(|kind| kind != "normal")
}
