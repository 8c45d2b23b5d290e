//! The publications that are cited, and no others.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use super::html::{Line, put};
use crate::lexicon::schema::{Source, citation};

/// The publications that the findings of a report cite, numbered in order of their names.
pub struct Cited<'a> {
    sources: BTreeMap<&'a str, (usize, &'a Source)>,
}

impl<'a> Cited<'a> {
    pub fn new(report: &Report<'a>) -> Self {
        let findings = report.entries.iter().flat_map(|entry| &entry.outcome.findings);
        let names: BTreeSet<&str> = findings.flat_map(|finding| finding.sources.iter()).map(|cited| citation(cited).0).collect();
        let known = &report.linter.lexicon.sources;
        let sources = names.into_iter().filter_map(|name| known.get_key_value(name));
        Cited {
            sources: sources.enumerate().map(|(number, (name, source))| (name.as_str(), (number, source))).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// The publications that one finding cites, as links to where they stand in full.
    pub fn links(&self, page: &mut String, cited: &[String]) {
        let known: Vec<_> = cited
            .iter()
            .map(|cited| citation(cited))
            .filter_map(|(name, place)| Some((self.sources.get(name)?, place)))
            .collect();
        if known.is_empty() {
            return;
        }
        page.push_str("<p class=\"hint\">Sources: ");
        for (index, ((number, source), place)) in known.into_iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            let place = place.map_or_else(String::new, |place| format!(", {place}"));
            let text = format!("{} {}{place}", source.publisher, source.year);
            put!(page, "{separator}<a href=\"#source-{number}\">{}</a>", Line(&text));
        }
        page.push_str("</p>\n");
    }

    /// The publications in full. An address is a link where it is one of the web.
    pub fn write(&self, page: &mut String) {
        if self.sources.is_empty() {
            return;
        }
        page.push_str("<section class=\"sources\" aria-labelledby=\"sources\"><h2 id=\"sources\">Sources</h2>\n");
        page.push_str(
            "<p>The publications that the notes of this report cite. A link leads out of this file to the web.</p>\n<ul>\n",
        );
        for (number, source) in self.sources.values() {
            let address = Line(&source.url);
            put!(page, "<li id=\"source-{number}\">{}. {}, {}.", Line(&source.title), Line(&source.publisher), source.year);
            match source.url.starts_with("https://") || source.url.starts_with("http://") {
                true => put!(page, "<br><a href=\"{address}\" rel=\"noreferrer noopener\">{address}</a></li>\n"),
                false => put!(page, "<br>{address}</li>\n"),
            }
        }
        page.push_str("</ul></section>\n");
    }
}
