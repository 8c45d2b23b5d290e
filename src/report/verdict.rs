//! Why a verdict fell as it did, in words, for `check --explain`.

use std::ops::Range;

use caselint::{Evidence, Finding, Kind, Verdict};

use super::{name_of, safe_line};

/// What is marked in the excerpt beside the phrase: the stretch of the file, and what it is.
pub fn marks(finding: &Finding) -> Vec<(Range<usize>, &'static str)> {
    let phrase = finding.start..finding.end;
    let apart = |range: &Range<usize>| range.end <= phrase.start || phrase.end <= range.start;
    let mark = |evidence: &Evidence| {
        let what = match evidence.kind.as_str() {
            "reporting" => "who says so",
            "age" => "the age",
            "present" => "and here",
            _ => return None,
        };
        Some((evidence.start..evidence.end, what)).filter(|(range, _)| !range.is_empty() && apart(range))
    };
    finding.evidence.iter().filter_map(mark).collect()
}

/// The row of the decision table and the evidence that led to it.
pub fn why(finding: &Finding) -> String {
    let row = finding.row.map_or(String::new(), |row| format!("row {row}, "));
    let parts: Vec<String> = finding.evidence.iter().map(|evidence| part(evidence, finding.kind)).collect();
    let parts = if parts.is_empty() { String::new() } else { format!("; {}", parts.join("; ")) };
    format!("{row}{}{parts}", name_of(finding.reason))
}

/// The same of a mention that was left, in brackets behind it.
pub fn why_left(finding: &Finding) -> String {
    debug_assert_eq!(finding.verdict, Verdict::Leave);
    let decisive = finding.evidence.iter().find(|evidence| evidence.start < evidence.end);
    let quoted = decisive.map_or(String::new(), |evidence| format!(": “{}”", safe_line(&evidence.text)));
    let row = finding.row.map_or(String::new(), |row| format!("row {row}, "));
    format!("{row}{}{quoted}", name_of(finding.reason))
}

fn part(evidence: &Evidence, of: Kind) -> String {
    let text = safe_line(&evidence.text);
    match evidence.kind.as_str() {
        "reporting" => format!("reported: “{text}”"),
        "quotation" => "in quotation marks".to_owned(),
        "age" => format!("the age: {text}"),
        "not-found" if of == Kind::Gap => format!("not found: {text}"),
        "not-found" => format!("nothing in reach about {text}"),
        kind => format!("{kind}: “{text}”"),
    }
}
