//! The text of a record with its phrases marked in place.

use std::ops::Range;

use super::html::{Lines, put};
use crate::finding::{Ask, Finding};
use crate::tell::name_of;

/// A finding where it stands in the text of a box, with the number that it bears in its record.
pub struct Spot<'a> {
    pub number: usize,
    pub finding: &'a Finding,
    pub range: Range<usize>,
}

/// A block that goes on past so many bytes ends where a line does, so that notes stand near their words.
const LONG: usize = 400;

/// The blocks of a text: paragraphs, and in long ones stretches of whole lines. No block ends within a marked phrase.
pub fn blocks(text: &str, spots: &[Spot]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut ended = true;
    let mut marked = spots.iter().map(|spot| &spot.range).peekable();
    // How far the phrases go that begin before the line.
    let mut reach = 0;
    for line in text.split_inclusive('\n') {
        while let Some(range) = marked.next_if(|range| range.start < at) {
            reach = reach.max(range.end);
        }
        let is_blank = line.trim().is_empty();
        if !is_blank && reach <= at && (ended || at - start > LONG && ends_sentence(&text[start..at])) {
            if !text[start..at].trim().is_empty() {
                blocks.push(start..at);
            }
            start = at;
        }
        ended = is_blank;
        at += line.len();
    }
    if !text[start..].trim().is_empty() {
        blocks.push(start..text.len());
    }
    blocks
}

/// Whether a line ends as sentences and rows of tables do.
fn ends_sentence(lines: &str) -> bool {
    lines.trim_end().ends_with(['.', '!', '?', ':', '|', '”', '"', '’', '*'])
}

/// Writes a block. Behind each marked phrase stands the number of its note, with what it asks, which links to the note.
pub fn write(page: &mut String, text: &str, block: &Range<usize>, spots: &[Spot], record: usize) {
    let mut cuts = vec![block.start, block.start + text[block.clone()].trim_end().len()];
    let end = cuts[1];
    cuts.extend(spots.iter().flat_map(|spot| [spot.range.start, spot.range.end.min(end)]));
    cuts.sort_unstable();
    cuts.dedup();
    for (at, next) in cuts.iter().zip(cuts.iter().skip(1).map(Some).chain([None])) {
        for spot in spots.iter().filter(|spot| spot.range.end.min(end) == *at) {
            reference(page, spot, record);
        }
        let Some(next) = next else { break };
        let covering = spots.iter().filter(|spot| spot.range.start <= *at && *next <= spot.range.end);
        let ask: Option<Ask> = covering.map(|spot| spot.finding.ask).max();
        match ask {
            Some(ask) => put!(page, "<mark class=\"{}\">{}</mark>", name_of(ask), Lines(&text[*at..*next])),
            None => put!(page, "{}", Lines(&text[*at..*next])),
        }
    }
}

fn reference(page: &mut String, spot: &Spot, record: usize) {
    let (number, ask) = (spot.number, name_of(spot.finding.ask));
    put!(
        page,
        "<a class=\"ref {ask}\" id=\"r{record}-p{number}\" href=\"#r{record}-n{number}\">\
         <span class=\"unseen\"> note </span>{number} {ask}</a>"
    );
}
