//! What must not change a finding: signs and line ends, the shape of letters, names, boxes, and what comes later. Offsets are right throughout.

#![cfg(feature = "cli")]

mod support;

use std::ops::Range;

use caselint::{Field, Finding, Kind, Linter, Outcome, Record};
use proptest::prelude::*;
use support::{linter, mentions, samples};
use unicode_normalization::UnicodeNormalization;

/// Sentences that touch each row which is decided, beside the sample notes.
const SENTENCES: &[&str] = &[
    "She puts herself at risk and makes poor choices.",
    "Mum said that she's promiscuous; \"it's a lifestyle choice\", she told me.",
    "He did not consent to sex. It was not consensual.",
    "Zoë told her tutor that she'd consented to sex with Renée's cousin.",
    "Dad's view is that he is attention-seeking and out of control at home.",
    "Mum consented to the referral. The alleged perpetrator was interviewed.",
    "Staff describe him as \"manipulative\" and say he won't engage.",
];

/// The samples and the sentences, as records.
fn records() -> Vec<(String, Record)> {
    let sentences = SENTENCES.iter().map(|text| ((*text).to_owned(), Record::from_text(*text)));
    samples().into_iter().map(|sample| (sample.name, sample.record)).chain(sentences).collect()
}

/// The record with all of its texts changed.
fn changed(record: &Record, change: impl Fn(&str) -> String) -> Record {
    let mut changed = record.clone();
    changed.text = change(&record.text);
    for field in &mut changed.fields {
        field.text = change(&field.text);
    }
    changed
}

/// What must stay: the rule, the verdict and whose words they are, in order.
fn gist(outcome: &Outcome) -> Vec<String> {
    let of = |finding: &&Finding| {
        let Finding { rule, ask, verdict, row, voice, also, field, .. } = finding;
        format!("{rule} {verdict:?} {ask:?} {row:?} {:?} {:?} {also:?} {field:?}", voice.who, voice.form)
    };
    mentions(outcome).iter().map(of).collect()
}

/// Checks that a change of the text leaves the gist of every record as it was. It has to change something somewhere.
fn keeps_the_gist(change: impl Fn(&str) -> String) {
    let linter = linter();
    let mut touched = 0;
    for (name, record) in records() {
        let other = changed(&record, &change);
        touched += usize::from(other != record);
        assert_eq!(gist(&linter.check(&record)), gist(&linter.check(&other)), "{name}");
        assert_places(&other, &linter.check(&other));
    }
    assert!(touched > 0, "the change touches no record");
}

#[test]
fn line_ends() {
    keeps_the_gist(|text| text.replace('\n', "\r\n"));
}

#[test]
fn curly_quotes_for_straight_ones() {
    keeps_the_gist(|text| {
        let mut opens = true;
        let curl = |sign| match sign {
            '\'' => '’',
            '"' => {
                opens = !opens;
                if opens { '”' } else { '“' }
            }
            other => other,
        };
        text.chars().map(curl).collect()
    });
}

#[test]
fn straight_quotes_for_curly_ones() {
    keeps_the_gist(|text| text.replace(['‘', '’'], "'").replace(['“', '”'], "\""));
}

#[test]
fn blanks_that_do_not_break() {
    keeps_the_gist(|text| text.replace(' ', "\u{a0}"));
}

#[test]
fn soft_hyphens_and_signs_without_width() {
    keeps_the_gist(|text| {
        let letters: Vec<char> = text.chars().collect();
        let inside = |at: usize| at > 0 && letters[at - 1].is_alphabetic() && letters[at].is_alphabetic();
        let with = |(at, &sign): (usize, &char)| match at % 3 {
            0 if inside(at) => format!("\u{ad}{sign}"),
            1 if inside(at) => format!("\u{200b}{sign}"),
            _ => sign.to_string(),
        };
        letters.iter().enumerate().map(with).collect()
    });
}

#[test]
fn a_byte_order_mark() {
    keeps_the_gist(|text| format!("\u{feff}{text}"));
}

#[test]
fn accents_composed_and_in_parts() {
    let accented = |text: &str| text.replace('e', "é").replace('o', "ö");
    keeps_the_gist(accented);
    keeps_the_gist(|text| accented(text).nfd().collect());
    keeps_the_gist(|text| text.nfd().collect());
}

#[test]
fn wide_letters() {
    let wide = |sign: char| {
        if sign.is_ascii_lowercase() {
            char::from_u32(sign as u32 + 0xfee0).unwrap_or(sign)
        } else {
            sign
        }
    };
    keeps_the_gist(|text| text.chars().map(wide).collect());
}

/// Capitals take the ends of some sentences away with the names, so voices may change. A rule never does, save that shorthand which is
/// looked for in capitals is now found as well.
#[test]
fn capitals() {
    let linter = linter();
    for (name, record) in records() {
        let capital = changed(&record, str::to_uppercase);
        let outcome = linter.check(&capital);
        let mut found: Vec<&str> = mentions(&outcome).into_iter().flat_map(rules).collect();
        let before = linter.check(&record);
        for finding in mentions(&before) {
            let place = found.iter().position(|rule| *rule == finding.rule);
            assert!(place.is_some(), "{name}: {} “{}” is not found in capitals", finding.rule, finding.text);
            place.map(|place| found.swap_remove(place));
        }
        assert_places(&capital, &outcome);
    }
}

/// All rules that matched a mention.
fn rules(finding: &Finding) -> Vec<&str> {
    std::iter::once(&finding.rule).chain(&finding.also).map(String::as_str).collect()
}

/// Names of many kinds, of people and of places.
const NAMES: &[(&str, &[&str])] = &[
    (
        "Bethan|Tyrell|Shanelle|Aleksy|Farrah|Marnie|Kai|Devon|Rukhsana|Ottoline|Jermaine|Imogen|Noor|Rhys|Zofia|Callum|Safiya|Lowri|Jayden|Keeley",
        &["Amy", "Oluwaseun", "Siân", "Nguyễn", "Bartholomew", "Mohammed", "Xi", "D'Arcy", "Jean-Luc", "Grace", "Мария"],
    ),
    ("Larkfield House|Quay Terrace|Bishop Row|Kestrel Court", &["Bradford", "Aberystwyth", "St Ives", "Mogadishu"]),
];

#[test]
fn names_of_people_and_places() {
    for (pattern, others) in NAMES {
        let names = regex::Regex::new(&format!(r"(?-u:\b)(?:{pattern})(?-u:\b)")).expect("the names are plain words");
        for other in *others {
            keeps_the_gist(|text| names.replace_all(text, *other).into_owned());
        }
    }
}

#[test]
fn a_paragraph_about_the_weather_at_the_end() {
    let linter = linter();
    for (name, record) in records() {
        let mut longer = record.clone();
        let end = longer.fields.last_mut().map_or(&mut longer.text, |field| &mut field.text);
        end.push_str("\n\nIt rained for most of the afternoon, and the wind got up.\n");
        assert_eq!(bytes(&linter.check(&record)), bytes(&linter.check(&longer)), "{name}");
    }
}

#[test]
fn boxes_of_a_form() {
    let linter = linter();
    for (name, record) in records().into_iter().filter(|(_, record)| record.fields.is_empty()) {
        let mut form = record.clone();
        let paragraphs = record.text.split("\n\n").enumerate();
        let as_field = |(number, text): (usize, &str)| {
            // One box in three has no id and goes by its number.
            let id = (number % 3 != 0).then(|| format!("box {number}"));
            let mut field = Field::default();
            (field.id, field.text) = (id, text.to_owned());
            field
        };
        form.fields = paragraphs.map(as_field).collect();
        form.text = String::new();
        let (whole, parts) = (linter.check(&record), linter.check(&form));
        let told = |outcome: &Outcome| -> Vec<_> {
            let of = |finding: &&Finding| {
                (finding.rule.clone(), finding.row, finding.voice.who, finding.text.clone(), finding.fingerprint.clone())
            };
            mentions(outcome).iter().map(of).collect()
        };
        assert_eq!(told(&whole), told(&parts), "{name}");
        assert_places(&form, &parts);
        for (finding, part) in mentions(&whole).into_iter().zip(mentions(&parts)) {
            let number = record.text[..finding.start].matches("\n\n").count();
            let expected = if number % 3 == 0 { number.to_string() } else { format!("box {number}") };
            assert_eq!(part.field.as_ref(), Some(&expected), "{name}: {}", finding.text);
        }
    }
}

#[test]
fn the_order_of_lexicon_files() {
    let file = |id: &str, phrase: &str, strength: &str| {
        let flags = format!("text = \"The note says [{phrase}] here.\"");
        let texts = "why = \"It is here for a test.\"\nreframe = [\"Another word.\"]\nquestions = [\"Which?\"]\nsources = [\"thurrock-2014\"]";
        let leaves = "[[concern.leaves]]\ntext = \"Nothing of the kind.\"";
        format!(
            "format = 1\nfamily = \"test\"\n[[concern]]\nid = \"{id}\"\nstrength = \"{strength}\"\nprotects = [\"child\"]\ntopics = [\"law\"]\n\
             phrases = [\"{phrase}\"]\n{texts}\n[[concern.flags]]\n{flags}\n{leaves}\n"
        )
    };
    // The first two match the same words, and one of them as much as a rule that is built in.
    let files = [
        ("b.toml", file("zeta", "flimworthy at risk", "blaming")),
        ("a.toml", file("alpha", "flimworthy at risk", "blaming")),
        ("c.toml", file("puts", "puts herself at risk", "context")),
    ];
    let check = |order: [usize; 3]| {
        let builder = order
            .iter()
            .fold(Linter::builder(), |builder, &at| builder.lexicon(files[at].0, files[at].1.as_str()));
        let linter = builder.build().unwrap_or_else(|error| panic!("{error}"));
        let record = Record::from_text("She puts herself at risk. He is flimworthy at risk. Mum says that he is promiscuous.");
        (linter.edition().to_owned(), bytes(&linter.check(&record)))
    };
    let first = check([0, 1, 2]);
    assert!(
        first.1.contains("test/alpha") && first.1.contains("test/zeta") && first.1.contains("test/puts"),
        "{}",
        first.1
    );
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(first, check(order), "{order:?}");
    }
}

#[test]
fn the_same_record_again_and_in_other_threads() {
    let linter = linter();
    let all = |linter: &Linter| -> Vec<String> { records().iter().map(|(_, record)| bytes(&linter.check(record))).collect() };
    let first = all(&linter);
    assert_eq!(first, all(&linter));
    assert_eq!(first, all(&support::linter()));
    std::thread::scope(|scope| {
        let threads = [(); 4].map(|()| scope.spawn(|| all(&linter)));
        for thread in threads {
            assert_eq!(first, thread.join().expect("the thread ends"));
        }
    });
}

/// The outcome as the output writes it.
fn bytes(outcome: &Outcome) -> String {
    serde_json::to_string(outcome).expect("an outcome can be written")
}

#[test]
fn places_in_every_sample() {
    let linter = linter();
    let outcomes = records().into_iter().map(|(_, record)| (linter.check(&record), record));
    let count: usize = outcomes.map(|(outcome, record)| assert_places(&record, &outcome)).sum();
    assert!(count > 100, "only {count} places were looked at");
}

/// Checks all offsets of an outcome against the record, and says how many mentions there were.
fn assert_places(record: &Record, outcome: &Outcome) -> usize {
    for finding in mentions(outcome) {
        let text = text_of(record, finding);
        assert_eq!(text.get(finding.start..finding.end), Some(finding.text.as_str()), "{finding:?}");
        assert!(!finding.text.is_empty() && finding.text.trim_matches(has_no_width) == finding.text, "{finding:?}");
        let before = &text[..finding.start];
        let line_start = before.rfind('\n').map_or(0, |feed| feed + 1);
        let expected = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
        assert_eq!((finding.line, finding.column), expected, "{finding:?}");
        for evidence in finding.evidence.iter().filter(|evidence| evidence.start < evidence.end) {
            // Long evidence is repeated in part.
            let there = text.get(evidence.start..evidence.end);
            assert!(there.is_some_and(|there| there.starts_with(&evidence.text)), "{finding:?}");
        }
        for range in [finding.voice.start..finding.voice.end, finding.sentence.clone(), finding.excerpt.clone()] {
            assert!(text.get(range.clone()).is_some(), "{range:?} in {finding:?}");
        }
        assert!(holds(&finding.sentence, finding) && holds(&finding.excerpt, finding), "{finding:?}");
    }
    // Gaps come behind the phrases.
    let place = |finding: &Finding| (finding.kind == Kind::Gap, number_of(record, finding), finding.start);
    let in_order = |findings: &[Finding]| findings.is_sorted_by_key(place);
    assert!(in_order(&outcome.findings) && in_order(&outcome.left), "{outcome:?}");
    mentions(outcome).len()
}

/// Blanks, and signs that folding takes out: no phrase begins or ends with one.
fn has_no_width(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{ad}' | '\u{200b}' | '\u{feff}')
}

/// A match may go over the end of a table's row that lacks its last bar. Its sentence is that in which it begins.
fn holds(range: &Range<usize>, finding: &Finding) -> bool {
    range.contains(&finding.start)
}

/// The number of the box that a finding names.
fn number_of(record: &Record, finding: &Finding) -> Option<usize> {
    let name = finding.field.as_ref()?;
    let named = |(number, field): (usize, &Field)| field.id.clone().unwrap_or_else(|| number.to_string()) == *name;
    Some(
        record
            .fields
            .iter()
            .enumerate()
            .position(named)
            .unwrap_or_else(|| panic!("no box is called {name}")),
    )
}

fn text_of<'r>(record: &'r Record, finding: &Finding) -> &'r str {
    number_of(record, finding).map_or(&record.text, |number| &record.fields[number].text)
}

/// Pieces of notes in any order, with signs between them that are folded, removed or longer than one byte.
fn scraps() -> impl Strategy<Value = String> {
    let phrase = prop_oneof![
        Just("puts herself at risk"),
        Just("consented to sex"),
        Just("promiscuous"),
        Just("not"),
        Just("Mum said that"),
        Just("“risky behaviours”"),
        Just("DNA'd"),
        Just("15–20 partners"),
        Just("lifestyle choice"),
        Just("allegations"),
        Just("self\u{ad}harm"),
        Just("attention‑seeking"),
        Just("Mr. Ozturk"),
        Just("12.03.26"),
        Just("- "),
        Just("| cell |"),
        Just("naïve"),
        Just("ﬁle"),
        Just("日本"),
        Just("🙂"),
        Just("e\u{301}"),
        Just("Bed 2"),
        Just("Analysis:"),
    ];
    let sign = prop_oneof![
        6 => Just(" "), 1 => Just("\n"), 1 => Just("\n\n"), 1 => Just("\r\n"), 1 => Just(". "), 1 => Just("\u{a0}"), 1 => Just("\u{feff}"),
        1 => Just(" “"), 1 => Just("” "), 1 => Just("…"), 1 => Just(" — "), 1 => Just("\u{200b}"), 1 => Just("\t"), 1 => Just(""), 1 => Just("\0"),
    ];
    proptest::collection::vec((sign, phrase), 0..24)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(sign, phrase)| [sign, phrase]).collect())
}

thread_local! {
    static LINTER: Linter = linter();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn places_in_any_text(text in scraps()) {
        let record = Record::from_text(text);
        LINTER.with(|linter| assert_places(&record, &linter.check(&record)));
    }

    #[test]
    fn places_in_any_form(texts in proptest::collection::vec(scraps(), 1..5), heading in "(What she said|puts herself at risk)?") {
        let mut record = Record::from_text("");
        record.fields = texts.into_iter().map(|text| {
            let mut field = Field::default();
            (field.heading, field.text) = ((!heading.is_empty()).then(|| heading.clone()), text);
            field
        }).collect();
        LINTER.with(|linter| assert_places(&record, &linter.check(&record)));
    }

    #[test]
    fn any_text_at_all(text in any::<String>()) {
        let record = Record::from_text(text);
        LINTER.with(|linter| assert_places(&record, &linter.check(&record)));
    }
}
