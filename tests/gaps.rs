//! What gaps find, as data: `gaps/cases.toml` is read with the invented words of `gaps/words.toml`, and `gaps/refusals.toml` holds what
//! cannot be written.

use caselint::lexicon::SourceFile;
use caselint::upkeep::{self, Catalogue, Named};
use caselint::{Ask, Field, Finding, Kind, Linter, LinterBuilder, Reason, Record};
use serde::Deserialize;

const WORDS: &str = include_str!("gaps/words.toml");

#[derive(Deserialize)]
struct Cases<T> {
    case: Vec<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    fields: Vec<FormBox>,
    age: Option<u8>,
    genre: Option<String>,
    gaps: Vec<String>,
    evidence: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormBox {
    heading: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    from: String,
    to: String,
    also_from: Option<String>,
    also_to: Option<String>,
    shows: String,
}

fn file(text: &str) -> SourceFile {
    SourceFile { name: "x.toml".into(), text: text.into() }
}

fn builder() -> LinterBuilder {
    Linter::builder().lexicon("words.toml", WORDS)
}

/// The gaps of invented words that a record has.
fn gaps(linter: &Linter, record: &Record) -> Vec<Finding> {
    let is_own = |finding: &Finding| finding.kind == Kind::Gap && WORDS.contains(&format!("id = \"{}\"", id(finding)));
    linter.check(record).findings.into_iter().filter(is_own).collect()
}

fn id(finding: &Finding) -> &str {
    finding.rule.strip_prefix("gap/").expect("a gap is of the family gap")
}

fn record(case: &Case) -> Record {
    let mut record = Record::from_text(case.text.clone());
    record.subject.age = case.age;
    record.genre.clone_from(&case.genre);
    for part in &case.fields {
        let mut field = Field::default();
        (field.heading, field.text) = (Some(part.heading.clone()), part.text.clone());
        record.fields.push(field);
    }
    record
}

#[test]
fn every_case_holds() {
    let linter = builder().build().expect("sound");
    let cases: Cases<Case> = toml::from_str(include_str!("gaps/cases.toml")).expect("the cases are TOML");
    let mut told = Vec::new();
    for case in cases.case {
        let found = gaps(&linter, &record(&case));
        let got: Vec<String> = found.iter().map(|gap| format!("{}: {}", id(gap), gap.text)).collect();
        if got != case.gaps {
            told.push(format!("{}: {got:?} and not {:?}", case.id, case.gaps));
        }
        if let (Some(expected), Some(first)) = (&case.evidence, found.first()) {
            let counted: Vec<&String> = first.evidence.iter().filter(|e| e.kind == "present").map(|e| &e.text).collect();
            if counted != expected.iter().collect::<Vec<_>>() {
                told.push(format!("{}: {counted:?} counted and not {expected:?}", case.id));
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn a_finding_says_what_was_there_what_was_looked_for_and_asks() {
    let linter = builder().build().expect("sound");
    let text = "Zoë sang. She grobbled at home.";
    let found = gaps(&linter, &Record::from_text(text));
    let [gap] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((gap.ask, gap.row, gap.reason, gap.family.as_str()), (Ask::Consider, None, Reason::Missing, "gap"));
    assert_eq!(&text[gap.start..gap.end], "grobbled");
    assert_eq!(gap.message, "“grobbled” stands here without a brimming. Nothing says what came of it.");
    assert_eq!(*gap.questions, ["What came of it?", "Who knows?"]);
    let evidence: Vec<_> = gap.evidence.iter().map(|e| (e.kind.as_str(), e.text.as_str(), text.get(e.start..e.end))).collect();
    assert_eq!(evidence, [("present", "grobbled", Some("grobbled")), ("not-found", "a brimming", Some(""))]);
}

#[test]
fn gaps_are_switched_and_ask_as_concerns_do() {
    let record = Record::from_text("She grobbled. He zibbered thrice.");
    let found = |builder: LinterBuilder| -> Vec<String> {
        let linter = builder.build().expect("sound");
        gaps(&linter, &record).iter().map(|gap| format!("{} {:?}", id(gap), gap.ask)).collect()
    };
    assert_eq!(found(builder()), ["plain Consider", "counted Consider"]);
    assert_eq!(found(builder().disable("gap")), [""; 0]);
    assert_eq!(found(builder().disable("gap/simple")), ["counted Consider"]);
    assert_eq!(found(builder().families(["consent"])), [""; 0]);
    assert_eq!(found(builder().families(["gap"])), ["plain Consider", "counted Consider"]);
    assert_eq!(found(builder().profile("core").enable("gap/counted")), ["counted Consider"]);
    assert_eq!(found(builder().ask("gap", Ask::Analyse).ask("gap/plain", Ask::Reword)), ["plain Reword", "counted Analyse"]);
    let off = builder().lexicon("off.toml", "format = 1\noff = [\"gap/plain\"]\n");
    assert_eq!(found(off), ["counted Consider"]);
}

#[test]
fn another_file_adds_to_a_gap() {
    let more = "format = 1\n[[gap]]\nextends = \"gap/simple\"\nphrases = [\"glimped\"]\nleave = [\"glimped past\"]\nlacks = { phrases = [\"droning\"] }\n\
        [[gap.flags]]\ntext = \"She [glimped].\"\n[[gap.leaves]]\ntext = \"She glimped past.\"\n[[gap.leaves]]\ntext = \"She glimped. A droning.\"\n";
    let linter = builder().lexicon("more.toml", more).build().expect("sound");
    let found = |text: &str| gaps(&linter, &Record::from_text(text)).len();
    assert_eq!(
        [found("She glimped."), found("She glimped past."), found("She glimped. A droning."), found("She grobbled.")],
        [1, 0, 0, 1]
    );
    let files = [SourceFile { name: "words.toml".into(), text: WORDS.into() }, file(more)];
    let report = upkeep::check(&files);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    assert_eq!(report.gaps, 5);
    let catalogue = Catalogue::new(&files).expect("sound");
    let Ok(Named::Gap(entry)) = catalogue.named("gap/simple") else {
        panic!("it is there")
    };
    assert!(entry.gap.when[0].phrases.iter().any(|phrase| phrase.pattern == "glimped"), "{:?}", entry.gap);
}

#[test]
fn what_cannot_hold_is_refused_with_its_place_and_mend() {
    let sound = r#"format = 1
[[gap]]
id = "x"
scope = "entry"
sought = "a brimming"
why = "x"
questions = ["x?"]
sources = []
[[gap.when]]
phrases = ["grobbled"]
voices = ["child", "author"]
[gap.lacks]
phrases = ["brimming"]
analysis = ["harm"]
[[gap.flags]]
text = "She [grobbled]."
[[gap.leaves]]
text = "She sang."
"#;
    assert!(upkeep::check(&[file(sound)]).problems.is_empty(), "{:?}", upkeep::check(&[file(sound)]).problems);
    let cases: Cases<Refusal> = toml::from_str(include_str!("gaps/refusals.toml")).expect("the cases are TOML");
    for case in cases.case {
        assert!(sound.contains(&case.from), "{}", case.from);
        let mut text = sound.replacen(&case.from, &case.to, 1);
        if let (Some(from), Some(to)) = (&case.also_from, &case.also_to) {
            text = text.replacen(from, to, 1);
        }
        let told: Vec<String> = upkeep::check(&[file(&text)]).problems.iter().map(ToString::to_string).collect();
        assert!(told.iter().any(|problem| problem.contains(&case.shows)), "{}: {told:?}", case.shows);
    }
}

#[test]
fn gaps_change_no_finding_of_a_phrase() {
    let (with, without) = (builder().build().expect("sound"), builder().disable("gap").build().expect("sound"));
    for text in ["He is flimworthy. He is nurdly.", "Mum said that he squibbed her and puts herself at risk.\n\nShe grobbled."] {
        let record = Record::from_text(text);
        let mut phrases = with.check(&record);
        phrases.findings.retain(|finding| finding.kind == Kind::Phrase);
        assert_eq!(phrases, without.check(&record), "{text}");
    }
}
