//! What is said of each finding, beside its words.

use super::Entry;
use super::html::{self, Line, put};
use super::marked::Spot;
use super::sources::Cited;
use crate::finding::Ask;
use crate::tell;

/// Writes the note of a finding. Where `first` is given, that note of the same record has said what there is to say of these words.
pub fn write(page: &mut String, record: usize, entry: &Entry, spot: &Spot, first: Option<usize>, cited: &Cited) {
    let Spot { number, finding, .. } = spot;
    let ask = tell::name_of(finding.ask);
    put!(page, "<div class=\"note {ask}\" id=\"r{record}-n{number}\">\n");
    put!(page, "<h4>{number} {}: “{}”</h4>\n", title(finding.ask), Line(&tell::safe_line(&finding.text)));
    put!(page, "<p class=\"hint\">{}, {}</p>\n", Line(&capital(&tell::voice(finding))), Line(&entry.place_of(finding)));
    match first {
        Some(first) => put!(
            page,
            "<p>The reason, wording and questions are those of <a href=\"#r{record}-n{first}\">note {first}</a>.</p>\n"
        ),
        None => {
            put!(page, "<p>{}</p>\n", Line(&finding.message));
            part(page, "Could read", &finding.reframe);
            part(page, "To ask", &finding.questions);
            cited.links(page, &finding.sources);
        }
    }
    put!(
        page,
        "<p class=\"hint\"><span class=\"rule\">{}</span> <a class=\"back\" href=\"#r{record}-p{number}\">Back to the words<span class=\"unseen\"> of note {number}</span></a></p>\n</div>\n",
        Line(&finding.rule)
    );
}

pub fn title(ask: Ask) -> &'static str {
    match ask {
        Ask::Reword => "Reword",
        Ask::Analyse => "Analyse",
        Ask::Consider => "Consider",
    }
}

/// A text whose first letter is a capital.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn part(page: &mut String, heading: &str, items: &[String]) {
    if !items.is_empty() {
        put!(page, "<p class=\"part\">{heading}</p>\n");
        html::list(page, "plain", items);
    }
}
