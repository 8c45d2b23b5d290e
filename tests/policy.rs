//! What a note leads to before it is saved. The cases are data, in `policy/cases.toml`.

use std::collections::BTreeMap;

use caselint::policy::{Answer, Decision, Policy, PolicyKeys, Stage};
use caselint::{Linter, Record};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    note: BTreeMap<String, String>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    note: String,
    #[serde(default)]
    policy: PolicyKeys,
    decision: String,
    title: String,
    text: String,
    /// The labels of the buttons: to save, to go back.
    #[serde(default)]
    buttons: Vec<String>,
}

fn linter() -> Linter {
    Linter::builder().profile("core").build().expect("the lexicon is sound")
}

#[test]
fn cases() {
    let cases: Cases = toml::from_str(include_str!("policy/cases.toml")).expect("the cases are sound");
    let linter = linter();
    for case in cases.case {
        let record = Record::from_text(&cases.note[&case.note]);
        let answer = Answer::new(&linter, &record, &case.policy.over(&Policy::default()));
        let display = answer.display;
        let decision = serde_json::to_value(answer.decision).expect("a name");
        let got = (decision.as_str().expect("a name"), display.title, display.text);
        assert_eq!(got, (case.decision.as_str(), case.title, case.text), "{}", case.name);
        assert_eq!(display.save.into_iter().chain(display.back).collect::<Vec<_>>(), case.buttons, "{}", case.name);
    }
}

#[test]
fn no_policy_keeps_a_draft_from_being_saved() {
    let linter = linter();
    let record = Record::from_text("She is promiscuous and puts herself at risk.");
    for stage in ["draft", "autosave"] {
        for fail_on in ["reword", "analyse", "consider", "never"] {
            for on_finalise in ["prompt", "block"] {
                let keys = serde_json::json!({"stage": stage, "fail_on": fail_on, "on_finalise": on_finalise});
                let keys: PolicyKeys = serde_json::from_value(keys).expect("a policy");
                let answer = Answer::new(&linter, &record, &keys.over(&Policy::default()));
                assert_eq!(answer.decision, Decision::Save, "{stage} {fail_on} {on_finalise}");
                assert_eq!((answer.summary.findings, answer.display.save), (2, None));
            }
        }
    }
}

#[test]
fn what_a_request_leaves_open_is_the_customers_choice() {
    let mut ours = Policy::default();
    ours.on_finalise = caselint::policy::OnFinalise::Block;
    ours.profile = Some("full".into());
    let keys: PolicyKeys = serde_json::from_value(serde_json::json!({"stage": "finalise"})).expect("a policy");
    let policy = keys.over(&ours);
    assert_eq!(
        (policy.stage, policy.on_finalise, policy.profile.as_deref()),
        (Stage::Finalise, ours.on_finalise, Some("full"))
    );
}

#[test]
fn another_profile_shares_the_words() {
    let core = linter();
    let record = Record::from_text("Mum is hard to reach and failed to attend.");
    assert!(core.check(&record).findings.is_empty());
    let full = core.choosing(Some("full"), None).expect("a profile");
    assert!(!full.check(&record).findings.is_empty());
    assert!(core.choosing(Some("coer"), None).is_err_and(|error| error.to_string().contains("core")));
    assert!(core.choosing(None, Some("wales")).is_err());
}
