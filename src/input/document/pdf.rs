//! PDF: the layer of text, page by page. Pages without one are named.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, Error, ObjectId, PlainTextOutput, output_doc_page};

use super::super::Refusal;
use super::Flow;

/// A scan that bears a page number or a stamp has fewer letters than this.
const FEW_LETTERS: usize = 25;

/// Reads a document, and gathers what is wrong with its pages.
pub fn read(bytes: &[u8]) -> Result<(Flow, Vec<Refusal>), Refusal> {
    let mut document = Document::load_mem(bytes).map_err(|error| refusal(&error))?;
    // Many files that anybody may open are locked against changes with an empty password.
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| Refusal::Locked)?;
    }
    let pages = document.get_pages();
    if pages.is_empty() {
        return Err(Refusal::Broken("it has no page".to_owned()));
    }
    let mut flow = Flow::default();
    let (mut scanned, mut unread) = (Vec::new(), Vec::new());
    for (number, id) in pages {
        let Some(text) = text(&document, number) else {
            unread.push(number);
            continue;
        };
        let letters = text.chars().filter(|sign| sign.is_alphanumeric()).count();
        if letters < FEW_LETTERS && has_picture(&document, id) {
            scanned.push(number as usize);
        }
        flow.page(number as usize, &paragraphs(&text));
    }
    let mut refusals = Vec::new();
    if !scanned.is_empty() {
        refusals.push(Refusal::Scanned(scanned));
    }
    refusals.extend(unread.into_iter().map(|number| Refusal::Broken(format!("page {number} cannot be read"))));
    Ok((flow, refusals))
}

/// The text of a page; `None` where its reader fails or panics over it.
fn text(document: &Document, number: u32) -> Option<String> {
    let mut text = String::new();
    let read = catch_unwind(AssertUnwindSafe(|| output_doc_page(document, &mut PlainTextOutput::new(&mut text), number)));
    matches!(read, Ok(Ok(()))).then_some(text)
}

/// A page's lines without the blanks at their ends, and with one blank line where there are several.
fn paragraphs(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut is_blank = true;
    for line in text.lines().map(str::trim) {
        if !line.is_empty() {
            kept.push_str(line);
            kept.push('\n');
        } else if !is_blank {
            kept.push('\n');
        }
        is_blank = line.is_empty();
    }
    kept
}

/// Letters that are drawn as shapes take more strokes than the lines and frames of a form.
const MANY_STROKES: usize = 200;

/// Whether a page shows a picture, or shapes that may be letters.
fn has_picture(document: &Document, page: ObjectId) -> bool {
    // Where that cannot be told, a page without text is better named than passed over.
    let Ok(content) = document.get_and_decode_page_content(page) else {
        return true;
    };
    let count =
        |signs: &[&str]| content.operations.iter().filter(|operation| signs.contains(&operation.operator.as_str())).count();
    count(&["BI", "Do", "sh"]) > 0 || count(&["f", "F", "f*", "B", "B*", "S", "s"]) > MANY_STROKES
}

fn refusal(error: &Error) -> Refusal {
    match error {
        Error::Decryption(_) | Error::InvalidPassword => Refusal::Locked,
        _ => Refusal::Broken("its objects cannot be read".to_owned()),
    }
}
