//! Whether a note is saved at once, or its writer is asked first.
//!
//! Nothing stands between a worker and saving: a draft is always saved, and only finalising can be asked about.
//!
//! ```
//! use caselint::policy::{Answer, Decision, Policy, Stage};
//! use caselint::{Linter, Record};
//!
//! let linter = Linter::builder().profile("core").build()?;
//! let record = Record::from_text("She puts herself at risk.");
//! let mut policy = Policy::default();
//! assert_eq!(Answer::new(&linter, &record, &policy).decision, Decision::Save);
//! policy.stage = Stage::Finalise;
//! assert_eq!(Answer::new(&linter, &record, &policy).decision, Decision::Prompt);
//! # Ok::<(), caselint::BuildError>(())
//! ```

mod answer;
mod display;

use serde::{Deserialize, Serialize};

pub use answer::{Answer, Counts};
pub use display::Display;

use crate::finding::{Ask, Finding};

/// The profile of checks before saving, where none is asked for: the families for which a worker is worth interrupting.
pub const PROFILE: &str = "core";

/// What a system wants to happen where something is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    pub stage: Stage,
    /// The mildest finding that is asked about.
    pub fail_on: FailOn,
    pub on_finalise: OnFinalise,
    /// `None`: as the linter was made.
    pub profile: Option<String>,
    /// `None`: as the linter was made.
    pub jurisdiction: Option<String>,
}

/// What a request says of the policy. The caller's own choice holds for what it leaves out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct PolicyKeys {
    /// What is about to happen to the note; a draft where nothing is said.
    pub stage: Option<Stage>,
    /// The mildest finding that is asked about; analyse where nothing is said.
    pub fail_on: Option<FailOn>,
    /// What a finding does to finalising; prompt where nothing is said.
    pub on_finalise: Option<OnFinalise>,
    /// The choice among families; core where nothing is said.
    pub profile: Option<String>,
    /// The nation whose law messages may state; england-wales where nothing is said.
    pub jurisdiction: Option<String>,
}

impl PolicyKeys {
    /// The policy, with what is left open taken from `default`.
    pub fn over(self, default: &Policy) -> Policy {
        Policy {
            stage: self.stage.unwrap_or(default.stage),
            fail_on: self.fail_on.unwrap_or(default.fail_on),
            on_finalise: self.on_finalise.unwrap_or(default.on_finalise),
            profile: self.profile.or_else(|| default.profile.clone()),
            jurisdiction: self.jurisdiction.or_else(|| default.jurisdiction.clone()),
        }
    }
}

/// The mildest finding that a gate does not let pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Words that the writer should replace
    Reword,
    /// Also words that stand without analysis
    #[default]
    Analyse,
    /// Also advice on what is missing
    Consider,
    /// Nothing
    Never,
}

impl FailOn {
    /// The mildest ask that fails; `None` where none does.
    pub fn ask(self) -> Option<Ask> {
        match self {
            FailOn::Reword => Some(Ask::Reword),
            FailOn::Analyse => Some(Ask::Analyse),
            FailOn::Consider => Some(Ask::Consider),
            FailOn::Never => None,
        }
    }
}

/// What is about to happen to a note.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The writer saves and goes on writing
    #[default]
    Draft,
    /// The system saves by itself
    Autosave,
    /// The note becomes part of the record
    Finalise,
}

/// What a finding does to finalising.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OnFinalise {
    /// The writer is asked, and may save in one action
    #[default]
    Prompt,
    /// The note is not finalised; it can still be saved as a draft
    Block,
}

/// What a system does with a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Save it.
    Save,
    /// Show the display, and save on one action, without typing.
    Prompt,
    /// Show the display, and do not finalise.
    Block,
}

impl Policy {
    /// What the findings of a note lead to.
    pub fn decide(&self, findings: &[Finding]) -> Decision {
        match (self.stage, self.on_finalise) {
            (Stage::Draft | Stage::Autosave, _) => Decision::Save,
            (Stage::Finalise, _) if !findings.iter().any(|finding| self.counts(finding)) => Decision::Save,
            (Stage::Finalise, OnFinalise::Prompt) => Decision::Prompt,
            (Stage::Finalise, OnFinalise::Block) => Decision::Block,
        }
    }

    /// Whether a finding is one to ask about.
    fn counts(&self, finding: &Finding) -> bool {
        self.fail_on.ask().is_some_and(|mildest| finding.ask >= mildest)
    }
}
