//! SARIF 2.1.0, which code-scanning and review systems read.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use caselint::tell::place_in_words;
use caselint::upkeep::Catalogue;
use caselint::{Ask, Finding, Verdict};
use serde_json::{Value, json};

use super::sarif_rules::rules;
use super::verdict::why_left;
use super::{Checked, Report, Totals, count};

/// The key of our fingerprint among those that a result may have; it changes with how fingerprints are made.
pub const FINGERPRINT: &str = "caselint/v1";

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes one document with one run. Results are written as they come, each on a line of its own.
pub struct Sarif {
    /// The program and its rules.
    tool: Value,
    /// Some are compared with a baseline.
    compares: bool,
    has_results: AtomicBool,
}

impl Sarif {
    /// `lexicon` is the edition, `catalogue` what may be found.
    pub fn new(lexicon: &str, catalogue: &Catalogue, compares: bool) -> Self {
        let driver = json!({
            "name": caselint::NAME,
            "version": caselint::VERSION,
            "semanticVersion": caselint::VERSION,
            "rules": rules(catalogue),
            "properties": { "lexicon": lexicon },
        });
        Sarif { tool: json!({ "driver": driver }), compares, has_results: AtomicBool::new(false) }
    }

    /// Puts results behind those that are there.
    fn append(&self, out: &mut dyn Write, results: &[u8]) -> io::Result<()> {
        if results.is_empty() {
            return Ok(());
        }
        out.write_all(if self.has_results.swap(true, Ordering::Relaxed) { b",\n" } else { b"\n" })?;
        out.write_all(results)
    }
}

impl Report for Sarif {
    fn start(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{},\"columnKind\":\"utf16CodeUnits\",\"results\":[",
            self.tool
        )
    }

    fn record(&self, out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
        let outcome = checked.outcome;
        let known = checked.known.unwrap_or_default();
        let new = outcome.findings.iter().map(|finding| {
            let mut result = result(checked, finding);
            if self.compares {
                result["baselineState"] = json!("new");
            }
            result
        });
        let known = known.iter().map(|finding| {
            let mut result = result(checked, finding);
            result["baselineState"] = json!("unchanged");
            suppress(result, "external", "It stands in the baseline.")
        });
        let left = outcome.left.iter().map(|finding| {
            let why = format!("Seen and left alone: {}.", why_left(finding));
            suppress(result(checked, finding), "inSource", &why)
        });
        let all: Vec<String> = new.chain(known).chain(left).map(|result| result.to_string()).collect();
        out.write_all(all.join(",\n").as_bytes())
    }

    fn put(&self, out: &mut dyn Write, written: &[u8], _is_first: bool) -> io::Result<()> {
        self.append(out, written)
    }

    fn finish(&self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        for gone in totals.gone() {
            let result = json!({
                "ruleId": gone.rule,
                "message": { "text": "It stands in the baseline, and is found no more." },
                "level": "none",
                "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&gone.path) } } }],
                "partialFingerprints": { FINGERPRINT: gone.fingerprint },
                "baselineState": "absent",
            });
            self.append(out, result.to_string().as_bytes())?;
        }
        let errors = totals.summary.errors;
        let mut invocation = json!({ "executionSuccessful": errors == 0 && !totals.summary.interrupted });
        if errors > 0 {
            let text = format!("{} not read; standard error names them.", count(errors, "file or record"));
            invocation["toolExecutionNotifications"] = json!([{ "level": "error", "message": { "text": text } }]);
        }
        let summary = serde_json::to_value(&totals.summary)?;
        writeln!(out, "\n],\"invocations\":[{invocation}],\"properties\":{{\"summary\":{summary}}}}}]}}")
    }
}

fn result(checked: &Checked<'_>, finding: &Finding) -> Value {
    let mut properties = json!({
        "family": finding.family,
        "ask": finding.ask,
        "gravity": finding.gravity,
        "voice": finding.voice.who,
        "reason": finding.reason,
        "phrase": finding.text,
    });
    if let Some(id) = &checked.record.id {
        properties["record"] = json!(id);
    }
    json!({
        "ruleId": finding.rule,
        "level": level(finding),
        "message": { "text": message(finding) },
        "locations": [location(checked, finding)],
        "partialFingerprints": { FINGERPRINT: finding.fingerprint },
        "properties": properties,
    })
}

fn level(finding: &Finding) -> &'static str {
    match (finding.verdict, finding.ask) {
        (Verdict::Leave, _) => "none",
        (_, ask) => level_of(ask),
    }
}

/// The severity that a system gets which knows no asks.
pub fn level_of(ask: Ask) -> &'static str {
    match ask {
        Ask::Reword => "error",
        Ask::Analyse => "warning",
        _ => "note",
    }
}

/// The reason, with the first other wording and the questions.
fn message(finding: &Finding) -> String {
    let mut message = finding.message.clone();
    if finding.verdict == Verdict::Leave {
        return message;
    }
    if let Some(reframe) = finding.reframe.first() {
        message.push_str(&format!("\n\nCould read: {reframe}"));
    }
    if !finding.questions.is_empty() {
        message.push_str(&format!("\n\nAsk: {}", finding.questions.join(" ")));
    }
    message
}

fn suppress(mut result: Value, kind: &str, justification: &str) -> Value {
    result["suppressions"] = json!([{ "kind": kind, "status": "accepted", "justification": justification }]);
    result
}

/// Where a finding stands: lines and columns of a text file, the line of a record in a file of lines, or the place in a document in words.
fn location(checked: &Checked<'_>, finding: &Finding) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(checked.path) } });
    match checked.origin.row {
        Some(row) => physical["region"] = json!({ "startLine": row }),
        None if finding.field.is_none() && checked.origin.places.is_empty() => physical["region"] = region(checked, finding),
        None => {}
    }
    let mut location = json!({ "physicalLocation": physical });
    let place = match (place_in_words(&finding.location), &finding.field) {
        (place, _) if !place.is_empty() => place,
        (_, Some(field)) => format!("{field}, {}:{}", finding.line, finding.column),
        _ => return location,
    };
    location["logicalLocations"] = json!([{ "fullyQualifiedName": place }]);
    location
}

/// Lines and columns, which SARIF counts in UTF-16 code units where it is told so.
fn region(checked: &Checked<'_>, finding: &Finding) -> Value {
    let text = checked.text_of(finding);
    let phrase = checked.within(&(finding.start..finding.end));
    let (Some(before), Some(words)) = (text.get(..phrase.start), text.get(phrase)) else {
        return json!({ "startLine": finding.line });
    };
    let units = |text: &str| text.encode_utf16().count();
    let start = units(before.rsplit('\n').next().unwrap_or_default()) + 1;
    let lines = words.matches('\n').count();
    let last = units(words.rsplit('\n').next().unwrap_or_default());
    json!({
        "startLine": finding.line,
        "startColumn": start,
        "endLine": finding.line + lines,
        "endColumn": if lines == 0 { start + last } else { last + 1 },
        "snippet": { "text": words },
    })
}

/// A path as a reference of RFC 3986: relative as it is given, or a `file:` address.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    let start = match path.starts_with('/') {
        true => "file://",
        false if is_drive => "file:///",
        false => "",
    };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let mut uri = start.to_owned();
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b':' if is_drive && at == 1 => uri.push(':'),
            byte if is_plain(byte) => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_as_references() {
        for (path, reference) in [
            ("notes/a b.txt", "notes/a%20b.txt"),
            ("notes\\é.txt", "notes/%C3%A9.txt"),
            ("/srv/#1.txt", "file:///srv/%231.txt"),
            ("C:\\notes\\a.txt", "file:///C:/notes/a.txt"),
            ("<stdin>", "%3Cstdin%3E"),
        ] {
            assert_eq!(uri(path), reference, "{path}");
        }
    }
}
