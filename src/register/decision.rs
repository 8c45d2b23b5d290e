//! What the register holds.

use serde::{Deserialize, Serialize};

/// What somebody who may not edit other people's words, or the writer, decides about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    ReturnToAuthor,
    ForSupervision,
    Kept,
    NotApplicable,
    Reworded,
    AnalysisAdded,
}

impl Choice {
    pub const ALL: [Choice; 6] = [
        Choice::ReturnToAuthor,
        Choice::ForSupervision,
        Choice::Kept,
        Choice::NotApplicable,
        Choice::Reworded,
        Choice::AnalysisAdded,
    ];

    /// As the register and JSON have it.
    pub fn name(self) -> &'static str {
        match self {
            Choice::ReturnToAuthor => "return-to-author",
            Choice::ForSupervision => "for-supervision",
            Choice::Kept => "kept",
            Choice::NotApplicable => "not-applicable",
            Choice::Reworded => "reworded",
            Choice::AnalysisAdded => "analysis-added",
        }
    }

    /// As people read it.
    pub fn words(self) -> &'static str {
        match self {
            Choice::ReturnToAuthor => "return to author",
            Choice::ForSupervision => "for supervision",
            Choice::Kept => "kept",
            Choice::NotApplicable => "not applicable here",
            Choice::Reworded => "reworded",
            Choice::AnalysisAdded => "analysis added",
        }
    }

    /// The choice of a name that the register holds; nothing for a withdrawal.
    pub fn of(name: &str) -> Option<Choice> {
        Choice::ALL.into_iter().find(|choice| choice.name() == name)
    }

    /// The reasons that can be given, in a short list.
    pub fn reasons(self) -> &'static [&'static str] {
        match self {
            Choice::ReturnToAuthor => &[
                "the writer's own analysis is wanted",
                "another wording is wanted",
                "it is not clear whose words these are",
                "something is left out",
            ],
            Choice::ForSupervision => &[
                "the risk to the child is to be talked through",
                "the wording is to be talked through",
                "it comes again in other records",
            ],
            Choice::Kept => &[
                "the person's own words, kept as evidence",
                "the analysis stands elsewhere in the record",
                "a legal or clinical term",
            ],
            Choice::NotApplicable => {
                &["the words have another sense here", "they are about somebody else", "they are about nobody in particular"]
            }
            Choice::Reworded | Choice::AnalysisAdded => &[],
        }
    }
}

/// A decision to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// When, in UTC: `2026-03-12T09:30:00Z`.
    pub at: String,
    pub by: String,
    /// What the record is called.
    pub record: String,
    /// The keyed hash of the finding's fingerprint.
    pub finding: String,
    pub rule: String,
    pub ask: String,
    pub choice: Choice,
    pub reason: Option<String>,
    /// Free text of the reviewer.
    pub note: Option<String>,
    /// The phrase, where record text is kept.
    pub text: Option<String>,
    /// The edition of the lexicon.
    pub lexicon: String,
}

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub id: i64,
    pub at: String,
    pub by: String,
    pub record: String,
    pub finding: String,
    pub rule: String,
    pub ask: String,
    /// The name of a [`Choice`], or `withdrawn`.
    pub choice: String,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub text: Option<String>,
    pub lexicon: String,
    /// The decision that this one takes back.
    pub withdraws: Option<i64>,
}

/// A statement of sign-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub id: i64,
    pub at: String,
    pub by: String,
    pub role: String,
    /// The statement itself.
    pub json: String,
}
