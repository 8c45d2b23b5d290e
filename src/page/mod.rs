//! Pages for people who read no terminal: HTML that stands for itself, in one file, without a network.
//!
//! ```
//! use caselint::page::{Entry, Report};
//! use caselint::{Linter, Record};
//!
//! let linter = Linter::builder().build()?;
//! let record = Record::from_text("She puts herself at risk.");
//! let outcome = linter.check(&record);
//! let entries = [Entry::new("note.txt", &record, &outcome)];
//! let html = Report::new(&linter, &entries).to_html();
//! assert!(html.contains("<mark class=\"reword\">puts herself at risk</mark>"));
//! # Ok::<(), caselint::BuildError>(())
//! ```
//!
//! The writer opens no files and has no clock: whoever asks for a page says what day it is.

mod figures;
mod histories;
mod html;
mod left;
mod marked;
mod notebook;
mod notes;
mod record;
mod sheet;
mod sources;

use crate::case::Case;
use crate::finding::{Ask, Finding, Outcome};
use crate::linter::Linter;
use crate::record::{Date, Record};
use crate::tell::{self, count};
pub use html::Line;
use html::put;
pub use notebook::notebook;
pub use sheet::Sheet;
use sources::Cited;

/// A report on records that were checked: what was found on the whole, then each record with its phrases marked in place.
#[non_exhaustive]
pub struct Report<'a> {
    /// What the report is of, such as the name of a team or a case file.
    pub title: Option<&'a str>,
    /// The day on which it is made.
    pub date: Option<Date>,
    /// The one that checked the records.
    pub linter: &'a Linter,
    /// How many files the records come from; as many as there are records where nothing is said.
    pub files: Option<usize>,
    pub entries: &'a [Entry<'a>],
    /// What could not be read, a sentence each.
    pub errors: &'a [String],
    /// Records of one child together.
    pub cases: &'a [Case],
    /// Also show what was seen and left alone.
    pub show_left: bool,
}

/// A record with what was found in it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// Such as the path of its file.
    pub name: &'a str,
    pub record: &'a Record,
    /// Its offsets are those of the record's text, or of its boxes.
    pub outcome: &'a Outcome,
}

impl<'a> Entry<'a> {
    /// A record under its name.
    pub fn new(name: &'a str, record: &'a Record, outcome: &'a Outcome) -> Self {
        Entry { name, record, outcome }
    }

    /// Where a finding stands, for a person who looks for it.
    fn place_of(&self, finding: &Finding) -> String {
        let place = tell::place_in_words(&finding.location);
        match place.is_empty() {
            true => format!("line {}", finding.line),
            false => place,
        }
    }

    fn count(&self, ask: Ask) -> usize {
        self.outcome.findings.iter().filter(|finding| finding.ask == ask).count()
    }
}

impl<'a> Report<'a> {
    /// A report with nothing said beyond the records.
    pub fn new(linter: &'a Linter, entries: &'a [Entry<'a>]) -> Self {
        Report {
            title: None,
            date: None,
            linter,
            files: None,
            entries,
            errors: &[],
            cases: &[],
            show_left: false,
        }
    }

    /// The page as one HTML document.
    pub fn to_html(&self) -> String {
        let mut page = String::new();
        let title = self
            .title
            .map_or("Case records: report".to_owned(), |title| format!("{title}: report on case records"));
        html::head(&mut page, &title, include_str!("style.css"), false);
        put!(page, "<header class=\"top\"><div class=\"width\"><span>caselint</span></div></header>\n");
        put!(page, "<main id=\"main\" class=\"width\">\n<h1>{}</h1>\n", Line(&title));
        self.opening(&mut page);
        let cited = Cited::new(self);
        self.contents(&mut page, &cited);
        self.checked(&mut page);
        figures::write(&mut page, self.entries);
        self.records(&mut page, &cited);
        self.cases.iter().enumerate().for_each(|(number, case)| histories::write(&mut page, number, case));
        cited.write(&mut page);
        page.push_str("</main>\n");
        put!(
            page,
            "<footer class=\"foot\"><div class=\"width\"><p>Made by caselint {}. Nothing in this file loads anything or sends anything.</p></div></footer>\n\
             </body>\n</html>\n",
            crate::VERSION
        );
        page
    }

    /// What a reader has to know before the figures.
    fn opening(&self, page: &mut String) {
        page.push_str(
            "<p class=\"lead\">This report points to words about children that may blame a child who was harmed, or that stand without the \
             writer’s own analysis. Each stands in its place, with the reason, another wording and questions.</p>\n\
             <div class=\"inset\"><p>It counts words, and measures nobody. Some of what it points to will be right as it stands: that is for the \
             reader to decide. Where it found nothing, these rules found nothing, and no more is said.</p>\n\
             <p>This file holds the text of case records. Keep it where such records are kept.</p></div>\n",
        );
    }

    fn contents(&self, page: &mut String, cited: &Cited) {
        page.push_str("<nav aria-label=\"Contents\" class=\"contents\"><h2>Contents</h2>\n<ul>");
        put!(page, "<li><a href=\"#checked\">What was checked</a></li><li><a href=\"#figures\">What was found</a></li>");
        put!(page, "<li><a href=\"#records\">Records</a></li>");
        for (number, case) in self.cases.iter().enumerate() {
            put!(page, "<li><a href=\"#case-{number}\">{}</a></li>", Line(&histories::title(case)));
        }
        if !cited.is_empty() {
            page.push_str("<li><a href=\"#sources\">Sources</a></li>");
        }
        page.push_str("</ul></nav>\n");
    }

    fn checked(&self, page: &mut String) {
        let words: usize = self.entries.iter().map(|entry| tell::words_in(entry.record)).sum();
        let mut rows = vec![
            ("Files", self.files.unwrap_or(self.entries.len()).to_string()),
            ("Records", tell::thousands(self.entries.len())),
            ("Words", tell::thousands(words)),
            ("caselint", format!("version {}", crate::VERSION)),
            ("Edition of the lexicon", self.linter.edition().to_owned()),
        ];
        rows.extend(self.date.map(|date| ("Date of this report", tell::date(date))));
        page.push_str("<section aria-labelledby=\"checked\"><h2 id=\"checked\">What was checked</h2>\n<dl class=\"summary\">\n");
        for (name, value) in rows {
            put!(page, "<div><dt>{name}</dt><dd>{}</dd></div>\n", Line(&value));
        }
        page.push_str("</dl>\n");
        if !self.errors.is_empty() {
            put!(page, "<h3>{} not read</h3>\n", count(self.errors.len(), "file or record"));
            html::list(page, "plain", self.errors);
        }
        page.push_str("</section>\n");
    }

    fn records(&self, page: &mut String, cited: &Cited) {
        page.push_str("<section aria-labelledby=\"records\"><h2 id=\"records\">Records</h2>\n");
        record::index(page, self.entries);
        page.push_str("</section>\n");
        for (number, entry) in self.entries.iter().enumerate() {
            record::write(page, number, entry, cited, self.show_left);
        }
    }
}
