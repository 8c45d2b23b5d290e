//! The paragraph for the note on management oversight.

use caselint::register::Choice;
use jiff::civil::Date;

use super::statement::SignOff;
use crate::report::count;

/// It never has more words than this.
const MOST: usize = 120;
/// Names and roles have no more words than this in it.
const NAME: usize = 8;
/// Of what was switched off it names no more than these.
const NAMES: usize = 3;

/// The paragraph of a statement.
pub fn write(signed: &SignOff, number: i64) -> String {
    let counts = signed.counts();
    let findings: usize = counts.values().sum();
    let made = Choice::ALL
        .into_iter()
        .filter_map(|choice| Some(format!("{} {}", counts.get(choice.name())?, choice.words())));
    let made = made.collect::<Vec<_>>().join(", ");
    let decided = match findings {
        0 => format!("No finding asked for a decision (“{}” and above).", signed.threshold),
        1 => format!("1 finding was decided on: {made}."),
        _ => format!("{findings} findings were decided on: {made}."),
    };
    let head = format!(
        "Management oversight, {}: {} ({}) went through what caselint {} (lexicon {}) found in the wording of {}. {decided}{}",
        day(&signed.at),
        words(&signed.by, NAME),
        words(&signed.role, NAME),
        signed.tool.version,
        signed.tool.lexicon.get(..8).unwrap_or(&signed.tool.lexicon),
        count(signed.records.len(), "record"),
        off(signed),
    );
    let tail = format!("{} Statement {number} in the register.", super::statement::LIMITS);
    let back = back(signed, MOST.saturating_sub(length(&head) + length(&tail)));
    [head, back, tail].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What was not looked for, as far as a few names tell it.
fn off(signed: &SignOff) -> String {
    match signed.off.as_slice() {
        [] => String::new(),
        named if named.len() <= NAMES => format!(" Not looked for: {}.", named.join(", ")),
        more => format!(" Not looked for: {} and {} more.", more[..NAMES].join(", "), more.len() - NAMES),
    }
}

/// Which records go back, as many as there is room to name.
fn back(signed: &SignOff, room: usize) -> String {
    let returned = Choice::ReturnToAuthor.name();
    let goes_back = |record: &&super::statement::SignedRecord| record.findings.iter().any(|finding| finding.choice == returned);
    let names: Vec<&str> = signed.records.iter().filter(goes_back).map(|record| record.record.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    let note = "An entry that is signed is answered by a dated addendum.";
    let sentence = |named: usize| match names.len() - named {
        0 => format!("Returned: {}. {note}", names.join(", ")),
        rest if named == 0 => format!("Returned: {}. {note}", count(rest, "record")),
        rest => format!("Returned: {} and {rest} more. {note}", names[..named].join(", ")),
    };
    (0..=names.len()).rev().map(sentence).find(|sentence| length(sentence) <= room).unwrap_or_default()
}

/// “12 March 2026”
fn day(at: &str) -> String {
    let date = at.get(..10).and_then(|day| day.parse::<Date>().ok());
    date.map_or_else(|| at.to_owned(), |date| date.strftime("%-d %B %Y").to_string())
}

fn words(text: &str, most: usize) -> String {
    text.split_whitespace().take(most).collect::<Vec<_>>().join(" ")
}

fn length(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::super::statement::{SignedFinding, SignedRecord, Tool};
    use super::*;

    fn signed(records: usize, name: &str) -> SignOff {
        let finding = SignedFinding {
            finding: "f".into(),
            rule: "a/b".into(),
            ask: "analyse".into(),
            choice: "return-to-author".into(),
            reason: None,
            note: None,
            by: "J".into(),
            at: "2026-03-12T09:30:00Z".into(),
        };
        let of_all = Choice::ALL.map(|choice| SignedFinding { choice: choice.name().to_owned(), ..finding.clone() });
        let record =
            |number: usize| SignedRecord { record: format!("{name}{number}"), hash: "h".into(), findings: of_all.to_vec() };
        SignOff {
            schema_version: 1,
            tool: Tool { name: "caselint".into(), version: "0.1.0".into(), lexicon: "0123456789".into() },
            at: "2026-03-12T09:30:00Z".into(),
            by: "Jo Marsh ".repeat(40),
            role: "team manager ".repeat(40),
            threshold: "analyse".into(),
            off: ["consent", "behaviour/old-for-her-years", "gap/missed-contact", "truth"]
                .map(str::to_owned)
                .to_vec(),
            asks: Vec::new(),
            records: (0..records).map(record).collect(),
            limits: String::new(),
            seal: String::new(),
        }
    }

    #[test]
    fn it_is_never_longer_than_the_note_takes() {
        for (records, name) in
            [(0, "n"), (1, "n"), (40, "n"), (2_000, "n"), (300, "a long name with words "), (2, &"word ".repeat(200))]
        {
            let written = write(&signed(records, name), 7);
            assert!(length(&written) <= MOST, "{} words: {written}", length(&written));
            assert!(written.contains("12 March 2026") && written.ends_with("Statement 7 in the register."), "{written}");
        }
        assert!(
            write(&signed(2, "visit-"), 7).contains("Returned: visit-0, visit-1. An entry"),
            "short lists are named in full"
        );
    }
}
