//! Which mentions a sheet has, in which order, and as much of the text around each as a reader needs.

use std::collections::BTreeSet;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::{Key, KeyItem, SCHEMA_VERSION};
use crate::finding::{Finding, Kind, Outcome, Reason, Verdict, within};
use crate::random::SplitMix;
use crate::record::Record;

/// Bytes of text on either side of a phrase at most.
const REACH: usize = 700;
/// A paragraph with fewer bytes than this is shown with its neighbours.
const SHORT: usize = 240;

/// A mention as a reader sees it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Item {
    /// Counted from 1.
    pub number: usize,
    /// The text before the phrase.
    pub before: String,
    pub phrase: String,
    /// The text behind it.
    pub behind: String,
}

/// A mention in the text that it stands in.
struct Mention<'a> {
    text: &'a str,
    finding: &'a Finding,
}

/// Draws up to `number` mentions: half of them flagged and half left alone, as far as there are so many, in an order of chance. Offsets of
/// outcomes are those of their record's text. Gaps are no mentions, and words printed in a form are nobody's. The same sentence is drawn once,
/// in however many records it stands. The same records, number and seed give the same sheet.
pub fn draw(records: &[(&Record, &Outcome)], number: usize, seed: u64, lexicon: &str) -> (Vec<Item>, Key) {
    let mut seen = BTreeSet::new();
    let mentions = records.iter().flat_map(|(record, outcome)| {
        let all = outcome.findings.iter().chain(&outcome.left);
        all.map(|finding| Mention { text: record.text_of(finding.field.as_deref()), finding })
    });
    let is_drawn = |mention: &Mention| mention.finding.kind == Kind::Phrase && mention.finding.reason != Reason::Printed;
    let (mut flagged, mut left): (Vec<Mention>, Vec<Mention>) = mentions
        .filter(|mention| is_drawn(mention) && seen.insert(mention.finding.fingerprint.as_str()))
        .partition(|mention| mention.finding.verdict == Verdict::Flag);
    let (all_flagged, all_left) = (flagged.len(), left.len());
    let mut random = SplitMix(seed);
    random.shuffle(&mut flagged);
    random.shuffle(&mut left);
    let of_left = (number / 2).min(left.len());
    flagged.truncate(number - of_left);
    left.truncate(number - flagged.len());
    let mut drawn: Vec<Mention> = flagged.into_iter().chain(left).collect();
    random.shuffle(&mut drawn);
    let key_items: Vec<KeyItem> = drawn.iter().zip(1..).map(|(mention, number)| key_item(mention.finding, number)).collect();
    let items = drawn.iter().zip(1..).map(|(mention, number)| item(mention, number)).collect();
    let key = Key {
        schema_version: SCHEMA_VERSION,
        sheet: name(&key_items, seed),
        version: crate::VERSION.to_owned(),
        lexicon: lexicon.to_owned(),
        seed,
        flagged: all_flagged,
        left: all_left,
        items: key_items,
    };
    (items, key)
}

fn key_item(finding: &Finding, number: usize) -> KeyItem {
    KeyItem {
        number,
        rule: finding.rule.clone(),
        family: finding.family.clone(),
        verdict: finding.verdict,
        reason: finding.reason,
        fingerprint: finding.fingerprint.clone(),
    }
}

/// A name for a sheet, by which answers find their key. It tells nothing of the verdicts.
fn name(items: &[KeyItem], seed: u64) -> String {
    let mut hash = Sha256::new();
    hash.update(seed.to_be_bytes());
    for item in items {
        hash.update(item.fingerprint.as_bytes());
        hash.update([u8::from(item.verdict == Verdict::Flag)]);
    }
    hash.finalize()[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn item(mention: &Mention, number: usize) -> Item {
    let text = mention.text;
    let phrase = within(text, &(mention.finding.start..mention.finding.end));
    let shown = around(text, &phrase);
    let (cut_before, cut_behind) = (cut(text, shown.start), cut(text, shown.end));
    Item {
        number,
        before: format!("{cut_before}{}", text[shown.start..phrase.start].trim_start()),
        phrase: text[phrase.clone()].to_owned(),
        behind: format!("{}{cut_behind}", text[phrase.end..shown.end].trim_end()),
    }
}

/// Tells that a text is cut where it does not begin or end with a paragraph.
fn cut(text: &str, at: usize) -> &'static str {
    let line_ends =
        text[..at].trim_end_matches([' ', '\t']).ends_with('\n') || text[at..].trim_start_matches([' ', '\t']).starts_with('\n');
    if at == 0 || at == text.len() || line_ends { "" } else { "… " }
}

/// The paragraph of a phrase, with its neighbours where it is short, as far as they are within reach.
fn around(text: &str, phrase: &Range<usize>) -> Range<usize> {
    let mut shown = paragraph(text, phrase);
    if shown.len() < SHORT {
        let before = paragraph(text, &(text[..shown.start].trim_end().len()..shown.start)).start;
        let behind = text.len() - text[shown.end..].trim_start().len();
        shown = before..paragraph(text, &(behind..behind)).end;
    }
    let start = text.ceil_char_boundary(phrase.start.saturating_sub(REACH));
    let end = text.floor_char_boundary((phrase.end + REACH).min(text.len()));
    let first_word = |from: usize| text[from..phrase.start].find(char::is_whitespace).map_or(from, |blank| from + blank);
    let last_word = |to: usize| text[phrase.end..to].rfind(char::is_whitespace).map_or(to, |blank| phrase.end + blank);
    let start = if shown.start < start { first_word(start) } else { shown.start };
    let end = if shown.end > end { last_word(end) } else { shown.end };
    start..end
}

/// The paragraph that holds a range: what stands between blank lines.
fn paragraph(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind("\n\n").map_or(0, |at| at + 2);
    let end = text[range.end..].find("\n\n").map_or(text.len(), |at| range.end + at);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_text_as_a_reader_needs() {
        let shown = |text: &str| {
            let start = text.find("PHRASE").expect("the phrase stands there");
            let phrase = start..start + "PHRASE".len();
            let shown = around(text, &phrase);
            format!("{}{}{}", cut(text, shown.start), text[shown.clone()].trim(), cut(text, shown.end))
        };
        assert_eq!(shown("One.\n\nTwo.\n\nA PHRASE here.\n\nThree.\n\nFour."), "Two.\n\nA PHRASE here.\n\nThree.");
        let long = "word ".repeat(60);
        assert_eq!(shown(&format!("One.\n\n{long}PHRASE.\n\nTwo.")), format!("{long}PHRASE."));
        let endless = "word ".repeat(600);
        let cut = shown(&format!("{endless}PHRASE {endless}"));
        assert!(cut.len() < 2 * REACH + 60 && cut.starts_with("… word") && cut.ends_with("word… "), "{cut}");
        assert_eq!(shown("PHRASE"), "PHRASE");
    }
}
