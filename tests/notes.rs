//! What is found in each sample note, as a snapshot: a change of a phrase or of the engine shows all that it moves.

#![cfg(feature = "cli")]

mod support;

use caselint::{Finding, Form, Verdict};
use serde::Serialize;
use support::{linter, name_of, samples};

/// What a snapshot keeps of a finding. Messages are left out: they are wording, and would drown what moved.
#[derive(Serialize)]
struct Seen<'a> {
    at: String,
    text: &'a str,
    rule: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    also: &'a [String],
    /// `flag` with what it asks, or `leave` with the reason; and the row of the decision table.
    verdict: String,
    voice: String,
    gravity: u8,
}

impl<'a> Seen<'a> {
    fn new(finding: &'a Finding, lines_before: usize) -> Self {
        let field = finding.field.as_ref().map(|field| format!("{field} ")).unwrap_or_default();
        let outcome = match finding.verdict {
            Verdict::Flag => format!("flag, {}", name_of(finding.ask)),
            _ => format!("leave, {}", name_of(finding.reason)),
        };
        let row = finding.row.map(|row| format!(" (row {row})")).unwrap_or_default();
        let voice = match finding.voice.form {
            Form::Own => "own".to_owned(),
            form => format!("{}, {}", name_of(finding.voice.who), name_of(form)),
        };
        Seen {
            at: format!("{field}{}:{}", finding.line + lines_before, finding.column),
            text: &finding.text,
            rule: &finding.rule,
            also: &finding.also,
            verdict: outcome + &row,
            voice,
            gravity: finding.gravity,
        }
    }
}

#[test]
fn every_sample_note() {
    let linter = linter();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for sample in samples() {
            let outcome = linter.check(&sample.record);
            let mut all: Vec<&Finding> = support::mentions(&outcome);
            all.sort_by_key(|finding| (field_number(&sample.record, finding), finding.start, finding.end));
            let seen: Vec<Seen> = all.into_iter().map(|finding| Seen::new(finding, sample.lines_before)).collect();
            insta::assert_json_snapshot!(sample.name.as_str(), seen);
        }
    });
}

fn field_number(record: &caselint::Record, finding: &Finding) -> Option<usize> {
    let name = finding.field.as_deref()?;
    record.fields.iter().position(|field| field.id.as_deref() == Some(name))
}
