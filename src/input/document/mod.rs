//! Documents that are laid out: from their bytes to a text whose every part knows its place.

mod docx;
mod flow;
pub mod html;
mod odt;
mod pdf;
mod rtf;
mod xml;

use caselint::Record;

use super::package::Package;
use super::{Format, Limits, Note, Origin, Refusal};

pub use flow::Flow;

/// Reads a document, which is one record. What is wrong with parts of it comes beside it.
pub fn read(format: Format, bytes: Vec<u8>, limits: &Limits) -> Result<(Note, Vec<Refusal>), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let (flow, refusals) = match format {
        Format::Docx => (docx::read(&mut Package::open(bytes, limits)?, limits)?, Vec::new()),
        Format::Odt => (odt::read(&mut Package::open(bytes, limits)?, limits)?, Vec::new()),
        Format::Rtf => (rtf::read(&bytes, limits)?, Vec::new()),
        Format::Html => (html::read(&bytes, limits)?, Vec::new()),
        Format::Pdf => pdf::read(&bytes)?,
        _ => return Err(Refusal::Other("this is no document that is laid out".to_owned())),
    };
    Ok((note(flow), refusals))
}

/// A record of a whole document.
pub fn note(flow: Flow) -> Note {
    let (text, places) = flow.finish();
    Note { record: Record::from_text(text), origin: Origin { places, ..Origin::default() } }
}
