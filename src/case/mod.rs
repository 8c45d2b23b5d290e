//! A whole case: the records of one child in order of date, and what happens to words and to the child across them.
//!
//! ```
//! use caselint::case::Document;
//! use caselint::{Linter, Record};
//!
//! let mut record = Record::from_text("Mum said she is promiscuous.");
//! record.date = Some("3 March 2011".parse()?);
//! let case = Linter::builder().build()?.case(&[Document::new("call.txt", &record)]);
//! assert_eq!(case.histories[0].wordings, ["promiscuous"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`read`] cuts each record into steps: one a record, or one a dated entry. Steps are put in order of date, and the rest of the modules look
//! along them, one file a question. All that they find names steps by their number in [`Case::steps`]. Nothing scores a person: what is
//! counted is words and entries.

mod copied;
mod disclosures;
mod gathering;
mod history;
mod identity;
mod missed;
mod parts;
mod picture;
mod plans;
mod quote;
mod read;
mod signs;
mod step;
mod when;
mod wording;

use serde::{Deserialize, Serialize};

pub use copied::Copied;
pub use disclosures::{Answer, Disclosure};
pub use gathering::{Gathered, Gathering};
pub use history::{Appearance, Event, History};
pub use identity::{Identity, Named};
pub use missed::MissedRun;
pub use picture::{Count, Quarter};
pub use plans::Plan;
pub use quote::Quote;
pub use step::{Asks, Balance, Note, NoteKind, Phrase, Standing, Step};
pub use when::{Precision, When};

use crate::linter::Linter;
use crate::record::Record;
use read::Draft;

/// A record of the case, and how it is named.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Document<'a> {
    /// Such as its path. Among steps of one date the name decides which comes first.
    pub name: String,
    pub record: &'a Record,
    /// The line of its file, row of its table or mail of its mailbox that holds the record, counted from 1, where a file holds several.
    pub row: Option<usize>,
    /// Lines of its file before the record's text.
    pub lines_before: usize,
}

impl<'a> Document<'a> {
    pub fn new(name: impl Into<String>, record: &'a Record) -> Self {
        Document { name: name.into(), record, row: None, lines_before: 0 }
    }
}

/// Records that bear the number of one case, where there are two or more of it.
pub fn of_one_child<'a, T>(records: &'a [T], case: impl Fn(&'a T) -> Option<&'a str>) -> Vec<Vec<&'a T>> {
    let mut cases: Vec<(&str, Vec<&T>)> = Vec::new();
    for record in records {
        let Some(name) = case(record) else { continue };
        match cases.iter_mut().find(|(known, _)| *known == name) {
            Some((_, records)) => records.push(record),
            None => cases.push((name, vec![record])),
        }
    }
    cases.into_iter().map(|(_, records)| records).filter(|records| records.len() > 1).collect()
}

/// What the records of a case show together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Case {
    /// Whose case the records say that they are.
    pub identity: Identity,
    /// Records and their dated entries, in order of date.
    pub steps: Vec<Step>,
    /// Records and entries for which no date is known, by name. They take part in nothing that follows.
    pub undated: Vec<Step>,
    /// Phrases through the case, in order of their first appearance.
    pub histories: Vec<History>,
    /// Words of harm and of conduct over time.
    pub quarters: Vec<Quarter>,
    /// Contacts that were missed in a row.
    pub missed: Vec<MissedRun>,
    /// What somebody told of harm, and whether an entry says what that means.
    pub disclosures: Vec<Disclosure>,
    /// Plans, and whether a later entry reviews them.
    pub plans: Vec<Plan>,
    /// Passages that an entry has from an earlier one.
    pub copied: Vec<Copied>,
}

impl Linter {
    /// Reads the records of one child together. The order in which they are given changes nothing.
    pub fn case(&self, documents: &[Document]) -> Case {
        let mut drafts: Vec<Draft> = documents.iter().flat_map(|document| read::read(self, document)).collect();
        drafts.sort_by(|a, b| a.order().cmp(&b.order()));
        let child = identity::child(drafts.iter().map(|draft| &draft.names));
        if let Some(Named { name, .. }) = &child {
            drafts.iter_mut().for_each(|draft| draft.step.name_child(name));
        }
        let (dated, undated): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(|draft| draft.step.when.is_some());
        let histories = history::histories(dated.iter().map(|draft| &draft.step), &self.lexicon);
        Case {
            identity: Identity::of(documents, child),
            quarters: picture::quarters(&dated),
            missed: missed::runs(&dated, &self.lexicon.case),
            disclosures: disclosures::disclosures(&dated),
            plans: plans::plans(&dated, &self.lexicon),
            copied: copied::copied(&dated),
            histories,
            steps: dated.into_iter().map(|draft| draft.step).collect(),
            undated: undated.into_iter().map(|draft| draft.step).collect(),
        }
    }
}
