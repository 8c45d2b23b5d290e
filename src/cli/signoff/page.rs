//! The statement as a page of its own, to be printed or kept.

use caselint::page::Line;
use caselint::register::Choice;

use super::paragraph;
use super::statement::{SignOff, SignedFinding, SignedRecord};

const STYLE: &str = "body{font:16px/1.5 Arial,Helvetica,sans-serif;color:#0b0c0c;max-width:60rem;margin:2rem auto;padding:0 1rem}\
     table{border-collapse:collapse;width:100%;margin:1rem 0 2rem}caption{text-align:left;font-weight:bold;padding:.5rem 0}\
     th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #b1b4b6}\
     code{overflow-wrap:anywhere}@media print{body{margin:0;max-width:none;font-size:11pt}tr{break-inside:avoid}}@page{size:A4;margin:18mm}";

/// The page of a statement.
pub fn html(signed: &SignOff, number: i64) -> String {
    let rows: String = signed.records.iter().map(row).collect();
    let details: String = signed.records.iter().filter(|record| !record.findings.is_empty()).map(decisions).collect();
    let (by, role, at) = (Line(&signed.by), Line(&signed.role), Line(&signed.at));
    let (version, lexicon, seal) = (Line(&signed.tool.version), Line(&signed.tool.lexicon), Line(&signed.seal));
    let paragraph = paragraph::write(signed, number);
    let paragraph = Line(&paragraph);
    let threshold = Line(&signed.threshold);
    let off = listed("Not looked for", &signed.off);
    let asks = listed("Told to ask", &signed.asks);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\"><title>Sign-off {number}, {at}</title><style>{STYLE}</style></head>\n<body>\n<main>\n<h1>Sign-off \
         {number}</h1>\n<p>{paragraph}</p>\n<table><caption>The statement</caption><tbody>\n<tr><th scope=\"row\">Signed \
         by</th><td>{by}, {role}</td></tr>\n<tr><th scope=\"row\">When (UTC)</th><td>{at}</td></tr>\n<tr><th \
         scope=\"row\">caselint</th><td>{version}</td></tr>\n<tr><th scope=\"row\">Lexicon</th><td><code>{lexicon}</code></td></tr>\n\
         <tr><th scope=\"row\">Decided on</th><td>{threshold} and above</td></tr>\n{off}{asks}<tr><th \
         scope=\"row\">Seal</th><td><code>{seal}</code></td></tr>\n</tbody></table>\n<table><caption>Records</caption>\
         <thead><tr><th scope=\"col\">Record</th><th scope=\"col\">Decisions</th><th scope=\"col\">Keyed \
         hash</th></tr></thead><tbody>\n{rows}</tbody></table>\n<h2>Decisions</h2>\n{details}</main>\n</body>\n</html>"
    )
}

/// A row of the table of the statement; none where there is nothing.
fn listed(head: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!("<tr><th scope=\"row\">{head}</th><td>{}</td></tr>\n", Line(&names.join(", ")))
}

fn row(record: &SignedRecord) -> String {
    let (name, hash) = (Line(&record.record), Line(&record.hash));
    format!("<tr><th scope=\"row\">{name}</th><td>{}</td><td><code>{hash}</code></td></tr>\n", record.findings.len())
}

fn decisions(record: &SignedRecord) -> String {
    let rows: String = record.findings.iter().map(decision).collect();
    format!(
        "<table><caption>{}</caption><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Decision</th><th \
         scope=\"col\">Why</th><th scope=\"col\">By, when</th></tr></thead><tbody>\n{rows}</tbody></table>\n",
        Line(&record.record)
    )
}

fn decision(finding: &SignedFinding) -> String {
    let choice = Choice::of(&finding.choice).map_or(finding.choice.as_str(), |choice| choice.words());
    let why = [&finding.reason, &finding.note]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("; ");
    let cells =
        [finding.rule.as_str(), choice, &why, &format!("{}, {}", finding.by, finding.at)].map(|cell| Line(cell).to_string());
    format!("<tr><td>{}</td></tr>\n", cells.join("</td><td>"))
}
