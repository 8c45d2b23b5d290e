//! One record for a notebook: a piece of HTML that brings its style along, since the page around it belongs to others.

use std::ops::Range;

use super::html::{Line, Lines, put};
use super::marked::{Spot, blocks};
use super::record::{spots, texts};
use super::{Entry, notes};
use crate::finding::{Ask, Outcome, within};
use crate::record::Record;
use crate::tell::{self, count};

/// So many findings are shown; a notebook is no place for more.
const SHOWN: usize = 50;

/// A record with its phrases marked, and what is asked of each below. Paragraphs without findings are left out where there are many.
pub fn notebook(record: &Record, outcome: &Outcome) -> String {
    let entry = Entry::new("", record, outcome);
    let mut page = String::from("<div style=\"max-width:50em;line-height:1.45\">");
    let mut numbered = 0;
    let mut listed: Vec<Spot> = Vec::new();
    for (name, heading, text) in texts(&entry) {
        let of_box = outcome.findings.iter().filter(|finding| finding.field == name);
        let spots = spots(text, of_box, &mut numbered);
        if let Some(heading) = heading {
            put!(page, "<p><strong>{}</strong></p>", Line(heading));
        }
        body(&mut page, text, &spots);
        listed.extend(spots);
    }
    if listed.is_empty() {
        page.push_str("<p>Nothing found by these rules.</p></div>");
        return page;
    }
    put!(page, "<p><strong>{}</strong></p><ol>", count(listed.len(), "finding"));
    listed.iter().take(SHOWN).for_each(|spot| note(&mut page, spot));
    page.push_str("</ol>");
    if listed.len() > SHOWN {
        put!(page, "<p>{} more not shown here.</p>", count(listed.len() - SHOWN, "finding"));
    }
    page.push_str("</div>");
    page
}

/// Bytes of a text that is shown whole; of a longer one the paragraphs with findings are.
const SHORT: usize = 4_000;

fn body(page: &mut String, text: &str, spots: &[Spot]) {
    let holds = |block: &Range<usize>| spots.iter().take(SHOWN).any(|spot| block.contains(&spot.range.start));
    let mut skipped = false;
    for block in blocks(text, spots) {
        if text.len() > SHORT && !holds(&block) {
            skipped = true;
            continue;
        }
        if std::mem::take(&mut skipped) {
            page.push_str("<p>…</p>");
        }
        paragraph(page, text, &block, spots);
    }
    if skipped {
        page.push_str("<p>…</p>");
    }
}

/// A paragraph. Where marks overlap the later begins where the earlier ends.
fn paragraph(page: &mut String, text: &str, block: &Range<usize>, spots: &[Spot]) {
    page.push_str("<p style=\"white-space:pre-wrap\">");
    let end = block.start + text[block.clone()].trim_end().len();
    let mut at = block.start;
    for spot in spots.iter().filter(|spot| block.contains(&spot.range.start)) {
        let range = within(text, &(spot.range.start.max(at)..spot.range.end.min(end).max(at)));
        put!(page, "{}", Lines(&text[at..range.start]));
        put!(
            page,
            "<mark style=\"background-color:{};color:#0b0c0c\">{}</mark><sup>{}</sup>",
            color(spot.finding.ask),
            Lines(&text[range.clone()]),
            spot.number
        );
        at = range.end;
    }
    put!(page, "{}</p>", Lines(&text[at..end.max(at)]));
}

fn note(page: &mut String, spot: &Spot) {
    let finding = spot.finding;
    put!(
        page,
        "<li><strong>{}: “{}”</strong> ({})<br>{}",
        notes::title(finding.ask),
        Line(&tell::safe_line(&finding.text)),
        Line(&tell::voice(finding)),
        Line(&finding.message)
    );
    finding.questions.iter().for_each(|question| put!(page, "<br>• {}", Line(question)));
    put!(page, "<br><code>{}</code></li>", Line(&finding.rule));
}

fn color(ask: Ask) -> &'static str {
    match ask {
        Ask::Reword => "#f8d3d3",
        Ask::Analyse => "#fbe8c0",
        Ask::Consider => "#d5e5f3",
    }
}
