//! Offsets in other units lead to the phrase in a string that counts so.

use caselint::offsets::Unit;
use caselint::{Field, Linter, Record};

/// Curly quotes are three bytes and one unit of UTF-16; the face is four bytes and two units.
const SAID: &str = "“Zoë” 🙂 said that she puts herself at risk.";

fn record() -> Record {
    let mut said = Field::default();
    said.id = Some("said".into());
    said.text = SAID.into();
    let mut record = Record::from_text("🙂🙂 He puts himself at risk.");
    record.fields = vec![said];
    record
}

#[test]
fn each_unit_cuts_the_phrase_out_of_its_own_text() {
    let linter = Linter::builder().build().expect("the lexicon is sound");
    let record = record();
    let outcome = linter.check(&record);
    assert_eq!(outcome.findings.len(), 2, "{outcome:?}");
    for unit in [Unit::Utf8, Unit::Utf16, Unit::Utf32] {
        let mut counted = outcome.clone();
        counted.count_in(unit, &record);
        for (finding, plain) in counted.findings.iter().zip(&outcome.findings) {
            let text = if finding.field.is_some() { SAID } else { &record.text };
            assert_eq!(cut(text, finding.start, finding.end, unit), finding.text, "{unit:?}");
            for (evidence, plain) in finding.evidence.iter().zip(&plain.evidence).filter(|(_, plain)| plain.start < plain.end) {
                let bytes = &text[plain.start..plain.end];
                assert_eq!(cut(text, evidence.start, evidence.end, unit), bytes, "{unit:?}");
            }
        }
    }
}

#[test]
fn a_text_that_lies_elsewhere_is_checked_and_counted_as_that_of_a_record() {
    let linter = Linter::builder().build().expect("the lexicon is sound");
    let mut record = Record::from_text(SAID);
    record.subject.age = Some(12);
    let mut about = record.clone();
    about.text.clear();
    for unit in [Unit::Utf8, Unit::Utf16, Unit::Utf32] {
        let (mut outcome, mut elsewhere) = (linter.check(&record), linter.check_text(SAID, &about));
        outcome.count_in(unit, &record);
        elsewhere.count_in_text(unit, SAID);
        assert_eq!(outcome.findings.len(), 1, "{outcome:?}");
        assert_eq!(outcome, elsewhere, "{unit:?}");
    }
}

fn cut(text: &str, start: usize, end: usize, unit: Unit) -> String {
    match unit {
        Unit::Utf8 => text[start..end].to_owned(),
        Unit::Utf16 => String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[start..end]).expect("whole characters"),
        Unit::Utf32 => text.chars().skip(start).take(end - start).collect(),
    }
}
