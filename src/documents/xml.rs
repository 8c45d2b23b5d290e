//! XML, read as a stream of tags and texts. What could exhaust a reader is refused.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{UTF_16BE, UTF_16LE};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Limit, Limits, Refusal};

/// Takes what stands in an XML document. Names are without their prefixes.
pub trait Handler {
    fn start(&mut self, name: &str, tag: &Tag) -> Result<(), Refusal>;
    fn end(&mut self, name: &str);
    /// `at` is where the text stands in the bytes, unless they were decoded first.
    fn text(&mut self, text: &str, at: Option<Range<usize>>);
}

/// A tag that opens an element.
pub struct Tag<'a>(&'a BytesStart<'a>);

impl Tag<'_> {
    /// The value of an attribute, by its name without prefix.
    pub fn value(&self, name: &str) -> Option<String> {
        let attributes = self.0.attributes().flatten();
        let mut named = attributes.filter(|attribute| attribute.key.local_name().as_ref() == name);
        named.next().map(|attribute| attribute.value.into_owned())
    }
}

/// Reads a document. An element that stands open at its end is an error: the file was cut short.
pub fn read(bytes: &[u8], limits: &Limits, handler: &mut impl Handler) -> Result<(), Refusal> {
    let text = match bytes {
        [0xFF, 0xFE, ..] => UTF_16LE.decode(bytes).0,
        [0xFE, 0xFF, ..] => UTF_16BE.decode(bytes).0,
        _ => String::from_utf8_lossy(bytes),
    };
    let unmarked = text.trim_start_matches('\u{FEFF}');
    let mark = matches!(text, Cow::Borrowed(_)).then(|| bytes.len() - unmarked.len());
    let mut reader = Reader::from_str(unmarked);
    let limit = limits.get(Limit::Nesting);
    let mut depth = 0;
    loop {
        let start = reader.buffer_position();
        let event = reader.read_event().map_err(|error| broken(&error))?;
        let end = reader.buffer_position();
        let at = mark.map(|mark| mark + start as usize..mark + end as usize);
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > limit {
                    return Err(Refusal::Over(Limit::Nesting, limit));
                }
                handler.start(tag.local_name().as_ref(), &Tag(&tag))?;
            }
            Event::Empty(tag) => {
                handler.start(tag.local_name().as_ref(), &Tag(&tag))?;
                handler.end(tag.local_name().as_ref());
            }
            Event::End(tag) => {
                depth -= 1;
                handler.end(tag.local_name().as_ref());
            }
            Event::Text(text) => handler.text(&text.xml_content(XmlVersion::Implicit1_0), at),
            Event::CData(text) => handler.text(&text.xml_content(XmlVersion::Implicit1_0), None),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().map_err(|error| broken(&error))? {
                Some(sign) => handler.text(sign.encode_utf8(&mut [0; 4]), at),
                None => handler.text(quick_xml::escape::resolve_predefined_entity(&reference).ok_or(Refusal::Entities)?, at),
            },
            Event::DocType(doctype) if doctype.contains("<!ENTITY") => return Err(Refusal::Entities),
            Event::Eof if depth > 0 => return Err(Refusal::Broken("its XML ends before its last element does".to_owned())),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn broken(error: &quick_xml::Error) -> Refusal {
    let what = match error {
        quick_xml::Error::IllFormed(_) | quick_xml::Error::Syntax(_) => "its XML is not well formed",
        _ => "its XML cannot be read",
    };
    Refusal::Broken(what.to_owned())
}
