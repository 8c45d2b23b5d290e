//! What age a note tells of the child, where nothing else tells it.

use caselint::{Linter, Record};

/// What is said of the phrase where the child is so old.
fn message(linter: &Linter, text: &str, age: Option<u8>) -> Option<String> {
    let mut record = Record::from_text(text);
    record.subject.age = age;
    let findings = linter.check(&record).findings;
    findings
        .into_iter()
        .find(|finding| finding.rule == "consent/consented")
        .map(|finding| finding.message)
}

#[test]
fn ages_are_told_and_not_guessed() {
    let linter = Linter::builder().build().expect("the built-in lexicon is sound");
    let mut failed = Vec::new();
    for line in include_str!("behaviour/ages.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (age, text) = line.split_once(" | ").expect("a case has an age and a note");
        let expected = message(&linter, "She consented to sexual activity with him.", age.parse().ok());
        assert!(expected.is_some());
        let told = message(&linter, &text.replace("\\n", "\n"), None);
        if told != expected {
            failed.push(format!("{line}\n  {}", told.as_deref().unwrap_or("no finding")));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
