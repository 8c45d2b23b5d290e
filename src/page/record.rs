//! The records: a list of all, and each with its text and the notes beside it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::html::{Line, put};
use super::marked::{self, Spot};
use super::sources::Cited;
use super::{Entry, left, notes};
use crate::finding::{Ask, Finding, Kind, within};
use crate::tell::{self, count};

/// With more records than this the list of them opens when it is asked for.
const LONG_LIST: usize = 40;
/// A stretch without findings of more bytes than this opens when it is asked for.
const LONG_STRETCH: usize = 1_200;

/// The list of records: those with findings and what they ask, then the others.
pub fn index(page: &mut String, entries: &[Entry]) {
    let numbered = || entries.iter().enumerate();
    let with: Vec<_> = numbered().filter(|(_, entry)| !entry.outcome.findings.is_empty()).collect();
    let without: Vec<_> = numbered().filter(|(_, entry)| entry.outcome.findings.is_empty()).collect();
    if !with.is_empty() {
        folded(page, with.len(), &format!("{} with findings", count(with.len(), "record")), |page| table(page, &with));
    }
    if !without.is_empty() {
        put!(
            page,
            "<details class=\"fold\"><summary>{}: nothing found by these rules</summary>\n",
            count(without.len(), "record")
        );
        page.push_str("<ul class=\"plain\">");
        without.iter().for_each(|(_, entry)| put!(page, "<li>{}</li>", Line(&name(entry))));
        page.push_str("</ul></details>\n");
    }
}

/// A part of the page that opens when it is asked for, where it is long.
fn folded(page: &mut String, length: usize, summary: &str, write: impl FnOnce(&mut String)) {
    if length <= LONG_LIST {
        return write(page);
    }
    put!(page, "<details class=\"fold\"><summary>{summary}</summary>\n");
    write(page);
    page.push_str("</details>\n");
}

fn table(page: &mut String, entries: &[(usize, &Entry)]) {
    page.push_str("<table class=\"index\"><caption>Records with findings</caption>\n<thead><tr><th scope=\"col\">Record</th>");
    page.push_str("<th scope=\"col\">Date</th>");
    let asks = [("Reword", Ask::Reword), ("Analyse", Ask::Analyse), ("Consider", Ask::Consider)];
    asks.iter().for_each(|(name, _)| put!(page, "<th scope=\"col\" class=\"number\">{name}</th>"));
    page.push_str("</tr></thead>\n<tbody>\n");
    for (number, entry) in entries {
        let date = entry.record.date.map_or_else(|| "–".to_owned(), |date| date.to_string());
        put!(page, "<tr><th scope=\"row\"><a href=\"#r{number}\">{}</a></th><td>{date}</td>", Line(&name(entry)));
        asks.iter().for_each(|(_, ask)| put!(page, "<td class=\"number\">{}</td>", entry.count(*ask)));
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody></table>\n");
}

/// The name of a record, with its id where that is not part of it.
fn name(entry: &Entry) -> String {
    let row = entry.outcome.findings.iter().chain(&entry.outcome.left).find_map(|finding| finding.location.row);
    let row = row.filter(|_| entry.record.id.is_none()).map_or_else(String::new, |row| format!(", row {row}"));
    match &entry.record.id {
        Some(id) if !entry.name.contains(id.as_str()) => format!("{} ({id})", entry.name),
        _ => format!("{}{row}", entry.name),
    }
}

/// Writes a record that something was found in, or left alone where that is shown; of others there is nothing to show.
pub fn write(page: &mut String, number: usize, entry: &Entry, cited: &Cited, show_left: bool) {
    let has_left = show_left && !entry.outcome.left.is_empty();
    if entry.outcome.findings.is_empty() && !has_left {
        return;
    }
    put!(page, "<article class=\"record\" id=\"r{number}\" aria-labelledby=\"r{number}-h\">\n");
    put!(page, "<h3 id=\"r{number}-h\">{}</h3>\n<p class=\"hint\">{}</p>\n", Line(&name(entry)), Line(&known(entry)));
    if !entry.outcome.findings.is_empty() {
        body(page, number, entry, cited);
    }
    if has_left {
        left::write(page, entry);
    }
    page.push_str("</article>\n");
}

/// What is known of a record, and what its findings ask.
fn known(entry: &Entry) -> String {
    let record = entry.record;
    let asks = [Ask::Reword, Ask::Analyse, Ask::Consider].map(|ask| (entry.count(ask), ask));
    let asks: Vec<String> = asks
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, ask)| format!("{count} {}", tell::asks(*ask)))
        .collect();
    let asks = if asks.is_empty() { "nothing found by these rules".to_owned() } else { asks.join(", ") };
    let case = record.case.as_ref().map(|case| format!("case {case}"));
    let parts = [record.date.map(tell::date), record.genre.clone(), record.agency.clone(), record.team.clone(), case, Some(asks)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The texts of a record with their headings, and the name by which findings know them.
pub fn texts<'a>(entry: &Entry<'a>) -> Vec<(Option<String>, Option<&'a str>, &'a str)> {
    let record = entry.record;
    let boxes = record.fields.iter().enumerate().map(|(number, field)| {
        let name = field.id.clone().unwrap_or_else(|| number.to_string());
        let heading = field.heading.as_deref().or(field.id.as_deref());
        (Some(name), heading, field.text.as_str())
    });
    let whole = (!record.text.is_empty()).then_some((None, None, record.text.as_str()));
    whole.into_iter().chain(boxes).collect()
}

fn body(page: &mut String, record: usize, entry: &Entry, cited: &Cited) {
    let mut numbered = 0;
    // The first note on a rule in this record, by what it asks.
    let mut first: BTreeMap<(&str, Ask), usize> = BTreeMap::new();
    for (name, heading, text) in texts(entry) {
        if let Some(heading) = heading {
            put!(page, "<h4 class=\"box\">{}</h4>\n", Line(heading));
        }
        let of_box = entry.outcome.findings.iter().filter(|finding| finding.field == name);
        let spots = spots(text, of_box, &mut numbered);
        let blocks = marked::blocks(text, &spots);
        let mut quiet: Vec<Range<usize>> = Vec::new();
        for block in blocks {
            let here: Vec<&Spot> = spots.iter().filter(|spot| block.contains(&spot.range.start)).collect();
            if here.is_empty() {
                quiet.push(block);
                continue;
            }
            stretch(page, text, &quiet, record);
            quiet.clear();
            let (start, end) = (here[0].number, here[here.len() - 1].number);
            let marked = &spots[start - spots[0].number..=end - spots[0].number];
            page.push_str("<div class=\"row\"><div class=\"text\"><p>");
            marked::write(page, text, &block, marked, record);
            page.push_str("</p></div>\n<div class=\"notes\">\n");
            for spot in marked {
                let key = (spot.finding.rule.as_str(), spot.finding.ask);
                let said = first.get(&key).copied();
                first.entry(key).or_insert(spot.number);
                notes::write(page, record, entry, spot, said, cited);
            }
            page.push_str("</div></div>\n");
        }
        stretch(page, text, &quiet, record);
    }
}

/// Findings of a box in order of place, gaps behind phrases, numbered on.
pub fn spots<'a>(text: &str, findings: impl Iterator<Item = &'a Finding>, numbered: &mut usize) -> Vec<Spot<'a>> {
    let mut findings: Vec<&Finding> = findings.collect();
    findings.sort_by_key(|finding| (finding.start, finding.kind == Kind::Gap));
    let spot = |finding: &'a Finding| {
        *numbered += 1;
        Spot { number: *numbered, finding, range: within(text, &(finding.start..finding.end)) }
    };
    findings.into_iter().map(spot).collect()
}

/// Blocks without findings. Of a long stretch the first and the last are shown, and the others open when they are asked for.
fn stretch(page: &mut String, text: &str, blocks: &[Range<usize>], record: usize) {
    let write = |page: &mut String, blocks: &[Range<usize>]| {
        for block in blocks {
            page.push_str("<div class=\"row\"><div class=\"text\"><p>");
            marked::write(page, text, block, &[], record);
            page.push_str("</p></div></div>\n");
        }
    };
    let bytes: usize = blocks.iter().map(ExactSizeIterator::len).sum();
    match blocks {
        [first, middle @ .., last] if bytes > LONG_STRETCH && !middle.is_empty() => {
            let words: usize = middle.iter().map(|block| text[block.clone()].split_whitespace().count()).sum();
            write(page, std::slice::from_ref(first));
            put!(page, "<details class=\"fold\"><summary>{} without findings</summary>\n", count(words, "word"));
            write(page, middle);
            page.push_str("</details>\n");
            write(page, std::slice::from_ref(last));
        }
        blocks => write(page, blocks),
    }
}
