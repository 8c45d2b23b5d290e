//! The statement itself, as the register and programs have it. It holds hashes, ids and decisions, and no text of a record.

use std::collections::BTreeMap;

use caselint::Finding;
use caselint::register::Decision;
use serde::{Deserialize, Serialize};

use crate::cli::gathered::{Gathered, Reading};
use crate::cli::ledger::{Ledger, Standing};
use crate::cli::register_args::Threshold;
use crate::report::name_of;

/// Rises when a key changes its meaning or goes, never when one is added.
const SCHEMA_VERSION: u32 = 1;

/// What a statement is about, and what it is not.
pub const LIMITS: &str = "This is about wording alone, as far as these rules see it. It does not tell whether practice was right, or whether a \
     record is good.";

/// A statement of sign-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    pub schema_version: u32,
    pub tool: Tool,
    /// When, in UTC.
    pub at: String,
    pub by: String,
    pub role: String,
    /// The mildest ask that had to be decided on.
    pub threshold: String,
    /// Families, concerns and gaps that were not looked for, though they are on by default. Statements of before do not tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<String>,
    /// What findings were told to ask, as `consent=consider`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<String>,
    pub records: Vec<SignedRecord>,
    pub limits: String,
    /// The keyed hash of all of the above, by which an alteration of the statement shows.
    pub seal: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    pub name: String,
    pub version: String,
    /// The edition of the lexicon.
    pub lexicon: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedRecord {
    pub record: String,
    /// The keyed hash of what is written in it.
    pub hash: String,
    pub findings: Vec<SignedFinding>,
}

/// A finding and the decision that stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedFinding {
    pub finding: String,
    pub rule: String,
    pub ask: String,
    pub choice: String,
    pub reason: Option<String>,
    /// Of old statements. The reader's own words stay with the decision, where they can be removed for good.
    pub note: Option<String>,
    pub by: String,
    pub at: String,
}

impl SignOff {
    /// A statement about records, yet without a name under it.
    pub fn of(threshold: Threshold, read: &Reading, ledger: &Ledger, standing: &Standing) -> SignOff {
        SignOff {
            schema_version: SCHEMA_VERSION,
            tool: Tool {
                name: caselint::NAME.to_owned(),
                version: caselint::VERSION.to_owned(),
                lexicon: read.lexicon.clone(),
            },
            at: String::new(),
            by: String::new(),
            role: String::new(),
            threshold: name_of(threshold),
            off: read.off.clone(),
            asks: read.asks.clone(),
            records: read.records.iter().map(|record| SignedRecord::of(record, ledger, standing)).collect(),
            limits: LIMITS.to_owned(),
            seal: String::new(),
        }
    }

    /// Closes the statement.
    pub fn seal(&mut self, ledger: &Ledger) {
        self.seal = self.seal_of(ledger);
    }

    /// Whether it is as it was closed.
    pub fn is_whole(&self, ledger: &Ledger) -> bool {
        self.seal == self.seal_of(ledger)
    }

    fn seal_of(&self, ledger: &Ledger) -> String {
        let open = SignOff { seal: String::new(), ..self.clone() };
        // Texts and numbers are always JSON.
        ledger.hash(&serde_json::to_string(&open).unwrap_or_default())
    }

    /// How often each choice was made.
    pub fn counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for finding in self.records.iter().flat_map(|record| &record.findings) {
            *counts.entry(finding.choice.as_str()).or_default() += 1;
        }
        counts
    }
}

impl SignedRecord {
    fn of(record: &Gathered, ledger: &Ledger, standing: &Standing) -> Self {
        let decided = |finding: &Finding| {
            let key = (record.name.clone(), ledger.finding(finding));
            Some(SignedFinding::of(finding, &key.1, standing.get(&key)?))
        };
        SignedRecord {
            record: record.name.clone(),
            hash: ledger.hash(&record.written()),
            findings: record.findings.iter().filter_map(decided).collect(),
        }
    }
}

impl SignedFinding {
    fn of(finding: &Finding, hash: &str, decision: &Decision) -> Self {
        SignedFinding {
            finding: hash.to_owned(),
            rule: finding.rule.clone(),
            ask: name_of(finding.ask),
            choice: decision.choice.clone(),
            reason: decision.reason.clone(),
            note: None,
            by: decision.by.clone(),
            at: decision.at.clone(),
        }
    }
}
