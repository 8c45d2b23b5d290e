//! What is printed in forms, as data: `forms/cases.toml`.

use caselint::{Finding, Linter, Printed, Reason, Record};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    template: String,
    text: String,
    #[serde(default)]
    printed: Vec<String>,
    #[serde(default)]
    flagged: Vec<String>,
}

fn phrases<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<&'a str> {
    findings.map(|finding| finding.text.as_str()).collect()
}

#[test]
fn cases() {
    let cases: Cases = toml::from_str(include_str!("forms/cases.toml")).expect("the cases are sound");
    let linter = Linter::builder().disable("gap").build().expect("the embedded lexicon is sound");
    let wrong = cases.case.iter().filter_map(|case| {
        let outcome = linter.check_form(&Record::from_text(&case.text), &Printed::of_form(&case.template));
        let flagged = phrases(outcome.findings.iter());
        let printed = phrases(outcome.left.iter().filter(|left| left.reason == Reason::Printed));
        let holds = flagged == case.flagged && printed == case.printed;
        (!holds).then(|| format!("{}:\n  flagged {flagged:?}\n  printed {printed:?}", case.name))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
