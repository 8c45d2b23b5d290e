//! Comments in a copy of a Word document.

use std::ops::Range;

use super::container::{self, Parts};
use super::insert::Insertions;
use super::layout::Layout;
use super::package_parts::{self as parts, Comment, Signature};
use super::{AnnotateError, advice};
use crate::Finding;
use crate::documents::docx::{self as reading, Word};
use crate::documents::flow::Source;
use crate::documents::{Limits, Package, Places, open};
use crate::tell::place_in_words;

/// How comments are written.
#[derive(Debug, Clone)]
pub struct Options {
    pub author: String,
    /// When, as `2026-03-12T09:30:00Z`. Nothing here has a clock; without it the comments bear no date.
    pub date: Option<String>,
    /// What of a document is read before it is refused.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Options { author: crate::NAME.to_owned(), date: None, limits: Limits::default() }
    }
}

/// A copy with comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    pub bytes: Vec<u8>,
    /// The findings that no comment stands at, by their numbers: those in headers, footers and notes, where Word takes no comments. A comment
    /// at the beginning of the document lists them.
    pub unplaced: Vec<usize>,
}

/// Writes a comment at each finding into a copy of a Word document. The findings are those of the record that [`read_docx`] makes of the
/// same bytes.
///
/// What stands in the document stays byte by byte: to the running text only tags are added, the list of comments, the relations and the
/// types gain entries at their ends, and every other part is copied as it is packed.
///
/// # Errors
/// The document cannot be read, or is not laid out as Word documents are.
///
/// [`read_docx`]: crate::documents::read_docx
pub fn docx(bytes: Vec<u8>, findings: &[Finding], options: &Options) -> Result<Annotated, AnnotateError> {
    let mut package = open(bytes, &options.limits)?;
    let Word { flow, parts: names } = reading::read(&mut package, &options.limits)?;
    let (_, places, sources) = flow.finish_with_sources();
    // The reader refuses a document without running text.
    let main = names.first().cloned().unwrap_or_default();
    if findings.is_empty() {
        return Ok(Annotated { bytes: package.into_bytes(), unplaced: Vec::new() });
    }
    let document = text_of(&mut package, &main)?.unwrap_or_default();
    let layout = Layout::read(&document).ok_or_else(|| AnnotateError::Unknown { part: main.clone() })?;
    let mut rewrite = Rewrite::of(&mut package, main, &layout.namespace)?;
    let mut insertions = Insertions::new(&document, &layout);
    let (mut comments, mut unplaced) = (Vec::new(), Vec::new());
    for (number, finding) in findings.iter().enumerate() {
        let id = rewrite.next_id + comments.len() as u64;
        let place = place(finding, &sources);
        if place.is_some_and(|place| insertions.comment(&place, id)) {
            comments.push(Comment { id, paragraphs: advice::paragraphs(finding) });
        } else {
            unplaced.push(number);
        }
    }
    let id = rewrite.next_id + comments.len() as u64;
    if !unplaced.is_empty() && first_text(&layout).is_some_and(|first| insertions.comment(&first, id)) {
        let paragraphs = list(unplaced.iter().filter_map(|number| findings.get(*number)), &places);
        comments.push(Comment { id, paragraphs });
    }
    let written = insertions.apply();
    rewrite.add(&layout, &comments, options, written)?;
    let bytes = container::replace(&package.into_bytes(), rewrite.parts)?;
    Ok(Annotated { bytes, unplaced })
}

/// The bytes of the running text that a finding stands on; nothing where it stands elsewhere.
fn place(finding: &Finding, sources: &[Source]) -> Option<Range<usize>> {
    let first = sources.partition_point(|source| source.text.end <= finding.start);
    let touched = sources[first..].iter().take_while(|source| source.text.start < finding.end);
    let in_main: Vec<&Source> = touched.filter(|source| source.part == 0).collect();
    let (from, to) = (in_main.first()?, in_main.last()?);
    // An escape such as `&amp;` is one sign, and goes whole.
    let start = if from.is_literal() {
        from.bytes.start + finding.start.saturating_sub(from.text.start)
    } else {
        from.bytes.start
    };
    let end = if to.is_literal() {
        to.bytes.end - to.text.end.saturating_sub(finding.end)
    } else {
        to.bytes.end
    };
    (start < end).then_some(start..end)
}

/// The first text that is not empty.
fn first_text(layout: &Layout) -> Option<Range<usize>> {
    layout.texts.iter().map(|text| text.open.end..text.close.start).find(|text| !text.is_empty())
}

/// The findings that have no place of their own.
fn list<'a>(findings: impl Iterator<Item = &'a Finding>, places: &Places) -> Vec<String> {
    let head = "Word takes no comments in headers, footers and notes. What was found there:".to_owned();
    let one = |finding: &'a Finding| {
        let place = places.at(finding.field.as_deref(), finding.start).map(place_in_words).unwrap_or_default();
        std::iter::once(format!("{place}: “{}”", finding.text)).chain(advice::paragraphs(finding))
    };
    std::iter::once(head).chain(findings.flat_map(one)).collect()
}

/// What of the container is written anew.
struct Rewrite {
    main: String,
    /// The part that holds the comments.
    comments: String,
    next_id: u64,
    /// The parts that were read, then those that are written.
    parts: Parts,
}

const TYPES: &str = "[Content_Types].xml";

impl Rewrite {
    fn of(package: &mut Package, main: String, namespace: &str) -> Result<Self, AnnotateError> {
        let (folder, name) = main.rsplit_once('/').map_or(("", main.as_str()), |(folder, name)| (folder, name));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let relations = format!("{folder}_rels/{name}.rels");
        let types = text_of(package, TYPES)?.ok_or_else(|| AnnotateError::Unknown { part: TYPES.to_owned() })?;
        let related = text_of(package, &relations)?.unwrap_or_else(|| parts::NO_RELATIONS.to_owned());
        let known = parts::comments_part(&related, &folder);
        let comments = known.clone().unwrap_or_else(|| format!("{folder}comments.xml"));
        let list = if known.is_some() { text_of(package, &comments)? } else { None };
        let next_id = list.as_deref().map_or(0, parts::next_id);
        let mut read = Parts::new();
        read.insert(TYPES.to_owned(), parts::add_type(&types, TYPES, &comments)?);
        if known.is_none() {
            read.insert(relations.clone(), parts::add_relation(&related, &relations, namespace)?);
        }
        read.extend(list.map(|list| (comments.clone(), list)));
        Ok(Rewrite { main, comments, next_id, parts: read })
    }

    /// Adds the comments and the running text in which they stand.
    fn add(&mut self, layout: &Layout, comments: &[Comment], options: &Options, document: String) -> Result<(), AnnotateError> {
        let known = self.parts.remove(&self.comments);
        let list = known.unwrap_or_else(|| parts::new_comments(&layout.prefix, &layout.namespace));
        let signature = Signature { author: &options.author, date: options.date.as_deref() };
        let list = parts::add_comments(&list, &self.comments, comments, &signature)?;
        self.parts.insert(self.comments.clone(), list);
        self.parts.insert(self.main.clone(), document);
        Ok(())
    }
}

/// The text of a part, with its byte order mark; nothing where there is no such part.
fn text_of(package: &mut Package, name: &str) -> Result<Option<String>, AnnotateError> {
    let decode = |bytes| String::from_utf8(bytes).map_err(|_| AnnotateError::NotUtf8 { part: name.to_owned() });
    package.read(name)?.map(decode).transpose()
}
