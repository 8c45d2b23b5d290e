//! What an earlier run found, so that this one can tell what is new.

use std::collections::{BTreeMap, BTreeSet};

use caselint::{Finding, Outcome};
use serde_json::Value;

use super::sarif::FINGERPRINT;
use super::{Counted, safe, safe_line};

/// So many findings that are gone are listed for a person.
const LISTED: usize = 20;

/// The findings of an earlier run, by fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline(BTreeMap<String, Gone>);

/// A finding of the baseline, as far as it is told of where it is found no more.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Gone {
    pub path: String,
    pub id: Option<String>,
    pub rule: String,
    /// The phrase.
    pub text: String,
    pub fingerprint: String,
}

impl Baseline {
    /// Reads what `check` wrote as JSON, JSON Lines or SARIF; `None` where a text is none of these.
    pub fn read(text: &str) -> Option<Baseline> {
        let mut found = match serde_json::from_str::<Value>(text) {
            Ok(document) if document.get("runs").is_some() => of_sarif(&document)?,
            Ok(document) if document.get("records").is_some() => {
                document["records"].as_array()?.iter().map(of_record).collect::<Option<Vec<_>>>()?.concat()
            }
            _ => text
                .lines()
                .map(|line| of_record(&serde_json::from_str(line).ok()?))
                .collect::<Option<Vec<_>>>()?
                .concat(),
        };
        // Of findings that are the same the first is told of.
        found.reverse();
        Some(Baseline(found.into_iter().map(|gone| (gone.fingerprint.clone(), gone)).collect()))
    }

    /// Takes the findings that stand in the baseline from an outcome.
    pub fn take(&self, outcome: &mut Outcome) -> Vec<Finding> {
        outcome.findings.extract_if(.., |finding| self.0.contains_key(&finding.fingerprint)).collect()
    }
}

/// The findings of one record of JSON, those that stood in a baseline of their own among them.
fn of_record(record: &Value) -> Option<Vec<Gone>> {
    let findings = record.get("findings")?.as_array()?;
    let known = record.get("known").and_then(Value::as_array);
    let gone = |finding: &Value| {
        Some(Gone {
            path: record.get("path")?.as_str()?.to_owned(),
            id: record.get("id").and_then(Value::as_str).map(str::to_owned),
            rule: finding.get("rule")?.as_str()?.to_owned(),
            text: finding.get("text")?.as_str()?.to_owned(),
            fingerprint: finding.get("fingerprint")?.as_str()?.to_owned(),
        })
    };
    findings.iter().chain(known.into_iter().flatten()).map(gone).collect()
}

/// The results of SARIF that were findings: neither mentions that were left alone nor findings that were gone.
fn of_sarif(document: &Value) -> Option<Vec<Gone>> {
    let results = document["runs"].as_array()?.iter().filter_map(|run| run["results"].as_array()).flatten();
    let is_left =
        |result: &Value| result["suppressions"].as_array().is_some_and(|all| all.iter().any(|s| s["kind"] == "inSource"));
    let findings = results.filter(|result| !is_left(result) && result["baselineState"] != "absent");
    let gone = |result: &Value| {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Some(Gone {
            path: text(&result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])?,
            id: text(&result["properties"]["record"]),
            rule: text(&result["ruleId"])?,
            text: text(&result["properties"]["phrase"]).unwrap_or_default(),
            fingerprint: text(&result["partialFingerprints"][FINGERPRINT])?,
        })
    };
    findings.map(gone).collect()
}

/// A baseline, and what of it was found again.
#[derive(Debug)]
pub struct Compared {
    baseline: std::sync::Arc<Baseline>,
    seen: BTreeSet<String>,
}

impl Compared {
    pub fn new(baseline: std::sync::Arc<Baseline>) -> Self {
        Compared { baseline, seen: BTreeSet::new() }
    }

    /// Remembers what a record has of the baseline.
    pub fn add(&mut self, counted: &Counted) {
        self.seen.extend(counted.known.iter().cloned());
    }

    /// What stands in the baseline and was not found.
    pub fn gone(&self) -> impl Iterator<Item = &Gone> {
        self.baseline.0.values().filter(|gone| !self.seen.contains(&gone.fingerprint))
    }

    /// The findings that are gone, a line each for a person.
    pub fn lines(&self) -> Vec<String> {
        let mut all: Vec<&Gone> = self.gone().collect();
        all.sort_by_key(|gone| (&gone.path, &gone.id, &gone.rule, &gone.text));
        let line = |gone: &&Gone| {
            let id = gone.id.as_ref().map_or_else(String::new, |id| format!(" ({})", safe(id)));
            format!("no longer found: {}{id}: {} “{}”", safe(&gone.path), safe(&gone.rule), safe_line(&gone.text))
        };
        let mut lines: Vec<String> = all.iter().take(LISTED).map(line).collect();
        if all.len() > LISTED {
            lines.push(format!("no longer found: {} more", all.len() - LISTED));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_output_is_no_baseline() {
        for text in ["", "{", "[]", "{}", "{\"records\": 1}", "{\"records\": [{}]}", "{\"path\": \"a\"}", "Sam is well."] {
            let read = Baseline::read(text);
            assert_eq!(read.is_some(), text.is_empty(), "{text}: {read:?}");
        }
    }
}
