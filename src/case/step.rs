//! A step of a case: a record, or a dated entry of one, and what stands in it.

use serde::{Deserialize, Serialize};

use super::quote::Quote;
use super::when::When;
use crate::finding::{Ask, Finding, Form, Reason, Who};

/// A record, or a dated entry of one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Step {
    /// The name of the record, such as its path.
    pub document: String,
    /// The line of the file, row of the table or mail of the mailbox that holds the record, counted from 1, where a file holds several.
    pub row: Option<usize>,
    pub id: Option<String>,
    /// Where it begins: a line of the file, or of the record's text where a file holds several; counted from 1.
    pub line: usize,
    pub when: Option<When>,
    /// As the row of a table names it behind its date, else as the record does.
    pub agency: Option<String>,
    pub genre: Option<String>,
    pub author: Option<String>,
    /// What the findings in it ask, gaps among them.
    pub asks: Asks,
    pub words: Balance,
    /// The phrases that were found, in order of place; those of another sense and of other people are left out.
    pub phrases: Vec<Phrase>,
    /// What else matters over a case, in order of place.
    pub notes: Vec<Note>,
}

impl Step {
    /// Takes what is said by this name for the child's words.
    pub(super) fn name_child(&mut self, child: &str) {
        let of_phrases = self.phrases.iter_mut().map(|phrase| (&mut phrase.who, &mut phrase.name));
        let of_notes = self.notes.iter_mut().map(|note| (&mut note.who, &mut note.name));
        for (who, name) in of_phrases.chain(of_notes).filter(|(_, name)| name.as_deref() == Some(child)) {
            (*who, *name) = (Who::Child, None);
        }
    }
}

/// How many findings ask what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Asks {
    pub reword: usize,
    pub analyse: usize,
    pub consider: usize,
}

impl Asks {
    pub(super) fn add(&mut self, ask: Ask) {
        match ask {
            Ask::Reword => self.reword += 1,
            Ask::Analyse => self.analyse += 1,
            Ask::Consider => self.consider += 1,
        }
    }
}

/// How many words speak of harm to the child, and how many of what the child does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Balance {
    pub harm: usize,
    pub conduct: usize,
}

impl Balance {
    pub(super) fn add(&mut self, other: Balance) {
        self.harm += other.harm;
        self.conduct += other.conduct;
    }
}

/// A phrase of a concern.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Phrase {
    /// `family/id` of the concern.
    pub rule: String,
    /// Other concerns that matched the same words.
    pub also: Vec<String>,
    pub family: String,
    pub quote: Quote,
    pub who: Who,
    pub form: Form,
    /// The name that stands before the verb of saying, where nothing else tells who speaks.
    pub name: Option<String>,
    pub standing: Standing,
    /// The words that analyse, challenge, correct or reverse it.
    pub because: Option<String>,
    /// A line of the file, or of the box that it stands in, counted from 1.
    pub line: usize,
    pub field: Option<String>,
}

/// How a phrase stands in its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Standing {
    /// As the record's own words.
    Stated,
    /// As somebody's words, with nothing beside them.
    Reported,
    /// With analysis in reach.
    Analysed,
    /// With a challenge in reach.
    Challenged,
    /// Spoken of as a word: avoided, corrected or withdrawn.
    Corrected,
    /// Negated.
    Negated,
}

impl Standing {
    /// How a finding stands; `None` for words in another sense, in general or about somebody else.
    pub(super) fn of(finding: &Finding, is_challenge: bool) -> Option<Standing> {
        Some(match finding.reason {
            Reason::OwnBlame | Reason::OwnView => Standing::Stated,
            Reason::Unanalysed => Standing::Reported,
            Reason::Contextualised if is_challenge => Standing::Challenged,
            Reason::Contextualised => Standing::Analysed,
            Reason::AboutWords => Standing::Corrected,
            Reason::Negated => Standing::Negated,
            Reason::OtherSense | Reason::General | Reason::NotProtected | Reason::Printed | Reason::Missing => return None,
        })
    }

    /// Whether the words are left to stand as they are.
    pub fn is_bare(self) -> bool {
        matches!(self, Standing::Stated | Standing::Reported)
    }
}

/// Something that matters over a case and is no phrase of a concern.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Note {
    pub kind: NoteKind,
    pub quote: Quote,
    pub who: Who,
    pub form: Form,
    /// The name that stands before the verb of saying, where nothing else tells who speaks.
    pub name: Option<String>,
    /// What the entry says about its meaning for the child.
    pub analysis: Option<String>,
    /// A line of the file, or of the record's text where a record is a line, counted from 1.
    pub line: usize,
}

/// What kind of thing was noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NoteKind {
    /// Somebody other than the writer or a colleague tells of harm.
    Disclosure,
    /// A contact that did not come about.
    MissedContact,
    /// A contact that did.
    Contact,
    Plan,
    Review,
}
