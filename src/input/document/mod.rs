//! Documents that are laid out: from their bytes to a text whose every part knows its place.

pub mod html;
mod pdf;
mod rtf;

pub use caselint::documents::{Flow, Part};
use caselint::documents::{read_docx, read_odt};

use super::{Format, Limits, Note, Refusal};

/// Reads a document, which is one record. What is wrong with parts of it comes beside it.
pub fn read(format: Format, bytes: Vec<u8>, limits: &Limits) -> Result<(Note, Vec<Refusal>), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let whole = |note| (note, Vec::new());
    match format {
        Format::Docx => read_docx(bytes, limits).map(whole),
        Format::Odt => read_odt(bytes, limits).map(whole),
        Format::Rtf => rtf::read(&bytes, limits).map(Note::of_flow).map(whole),
        Format::Html => html::read(&bytes, limits).map(Note::of_flow).map(whole),
        Format::Pdf => pdf::read(&bytes).map(|(flow, refusals)| (Note::of_flow(flow), refusals)),
        _ => Err(Refusal::Other("this is no document that is laid out".to_owned())),
    }
}
