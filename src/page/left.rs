//! What was seen and left alone in a record, and why.

use super::Entry;
use super::html::{Line, Lines, put};
use crate::finding::{Finding, within};
use crate::tell::{self, count};

pub fn write(page: &mut String, entry: &Entry) {
    let left = &entry.outcome.left;
    put!(
        page,
        "<details class=\"left\"><summary>{} seen and left alone</summary>\n<ul>\n",
        count(left.len(), "mention")
    );
    left.iter().for_each(|finding| mention(page, entry, finding));
    page.push_str("</ul></details>\n");
}

/// A mention in its sentence, with the reason and the words that decided.
fn mention(page: &mut String, entry: &Entry, finding: &Finding) {
    let text = entry.record.text_of(finding.field.as_deref());
    let phrase = within(text, &(finding.start..finding.end));
    let sentence = within(text, &finding.sentence);
    let (before, behind) = (sentence.start.min(phrase.start)..phrase.start, phrase.end..sentence.end.max(phrase.end));
    put!(
        page,
        "<li><p class=\"text\">{}<mark class=\"leave\">{}</mark>{}</p>\n",
        Lines(text[before].trim_start()),
        Lines(&text[phrase]),
        Lines(text[behind].trim_end())
    );
    put!(page, "<p>{}", Line(&finding.message));
    if let Some(decisive) = finding.evidence.iter().find(|evidence| evidence.start < evidence.end) {
        put!(page, " Decided by “{}”.", Line(&tell::safe_line(&decisive.text)));
    }
    put!(
        page,
        " <span class=\"rule\">{}, {}, {}</span></p></li>\n",
        Line(&entry.place_of(finding)),
        Line(&finding.rule),
        tell::name_of(finding.reason)
    );
}
