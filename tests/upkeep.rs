//! What those who keep a lexicon rely on: layers, names, profiles, and the catalogue.

use caselint::lexicon::SourceFile;
use caselint::upkeep::{self, Catalogue};
use caselint::{Ask, BuildError, Linter, LinterBuilder, Record, Subject};

const WORDS: &str = include_str!("config/words.toml");

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.into(), text: text.into() }
}

/// The rules that a text gives, in order of place.
fn rules(builder: LinterBuilder, text: &str) -> Vec<String> {
    let linter = builder.build().expect("a sound lexicon");
    linter.check(&Record::from_text(text)).findings.into_iter().map(|finding| finding.rule).collect()
}

#[test]
fn a_local_lexicon_is_checked_with_all_its_examples() {
    let report = upkeep::check(&[file("words.toml", WORDS)]);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    assert_eq!((report.concerns, report.patterns, report.examples), (1, 4, 8));
}

#[test]
fn an_example_of_an_extension_that_does_not_hold_is_told_with_its_line() {
    let text = "format = 1\n[[concern]]\nextends = \"consent/consented\"\nphrases = [\"was flimmed\"]\n[[concern.flags]]\ntext = \"She [was grobbled].\"\n";
    let report = upkeep::check(&[file("words.toml", text)]);
    let told: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["words.toml:6: consent/consented: the example “She [was grobbled].” is not flagged; add a phrase or change the example"]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_told_of_and_not_what_others_miss_without_it() {
    let class = "format = 1\n[class.flimmers]\nwords = [\"flimmer\"\n";
    let user = "format = 1\n[[concern]]\nextends = \"consent/consented\"\nphrases = [\"was a {flimmers}\"]\n";
    let report = upkeep::check(&[file("class.toml", class), file("user.toml", user)]);
    let files: Vec<&str> = report.problems.iter().map(|problem| problem.file.as_str()).collect();
    assert_eq!(files, ["class.toml"], "{:?}", report.problems);
}

#[test]
fn files_that_do_not_contradict_each_other_may_come_in_any_order() {
    let own = "format = 1\n[[concern]]\nextends = \"local-words/flimmy\"\nphrases = [\"grobbleworthy\", \"{unwilling} ..2 grobble\"]\n[class.unwilling]\nmore = [\"unflimmed to\"]\n[alias]\nflimworthy = [\"flimworthee\"]\n";
    let other = "format = 1\n[[concern]]\nextends = \"local-words/flimworthy\"\nphrases = [\"brimworthy\"]\n[alias]\nflimworthy = [\"flimwurthy\"]\n";
    let text = "She is flimworthee, flimwurthy, grobbleworthy and brimworthy. She was unflimmed to grobble.";
    let outcome = |files: &[&str]| {
        let builder = files
            .iter()
            .enumerate()
            .fold(Linter::builder(), |b, (number, file)| b.lexicon(format!("{number}.toml"), *file));
        let linter = builder.build().expect("sound");
        (linter.check(&Record::from_text(text)), linter.edition().to_owned())
    };
    let expected = outcome(&[WORDS, own, other]);
    assert_eq!(expected.0.findings.len(), 5, "{:?}", expected.0.findings);
    for files in [[WORDS, other, own], [own, other, WORDS], [other, WORDS, own]] {
        assert_eq!(outcome(&files), expected);
    }
}

#[test]
fn of_single_values_the_last_file_counts() {
    let message = |text: &str| format!("format = 1\n[messages.lead]\nown-blame = \"{text}\"\n");
    let linter = Linter::builder()
        .lexicon("a.toml", message("First."))
        .lexicon("b.toml", message("Second."))
        .build()
        .expect("sound");
    let outcome = linter.check(&Record::from_text("She is promiscuous."));
    assert!(outcome.findings[0].message.starts_with("Second."), "{}", outcome.findings[0].message);
}

#[test]
fn switching_concerns_changes_no_other_finding() {
    let text = "She is promiscuous and manipulative. She consented to sex. She is a LAC child in a new placement.";
    let all = rules(Linter::builder(), text);
    assert_eq!(all, ["sexualised/promiscuous", "behaviour/manipulative", "consent/consented"]);
    for off in &all {
        let left: Vec<&String> = all.iter().filter(|rule| *rule != off).collect();
        assert_eq!(rules(Linter::builder().disable(off), text).iter().collect::<Vec<_>>(), left);
    }
    let with = rules(Linter::builder().enable("care-words"), text);
    assert!(with.starts_with(&all) && with.len() > all.len(), "{with:?}");
    assert_eq!(rules(Linter::builder().families(["consent"]), text), ["consent/consented"]);
    assert_eq!(rules(Linter::builder().profile("core"), text), ["sexualised/promiscuous", "consent/consented"]);
    assert_eq!(rules(Linter::builder().disable("consent").enable("consent"), text), all);
}

#[test]
fn another_sense_is_heeded_where_its_concern_is_off() {
    // The sense belongs to a concern beside the one whose phrase it consumes.
    let words = r#"
format = 1
family = "local-words"
[[concern]]
id = "one"
strength = "blaming"
protects = ["child"]
phrases = ["flimworthy"]
why = "x"
reframe = ["x"]
questions = ["x?", "y?"]
sources = []
[[concern]]
id = "two"
strength = "blaming"
protects = ["child"]
phrases = ["grobbleworthy"]
leave = ["flimworthy of note"]
why = "x"
reframe = ["x"]
questions = ["x?", "y?"]
sources = []
"#;
    let builder = || Linter::builder().lexicon("words.toml", words);
    assert!(rules(builder(), "She is flimworthy of note.").is_empty());
    assert!(rules(builder().disable("local-words/two"), "She is flimworthy of note.").is_empty());
    assert_eq!(rules(builder().disable("local-words/two"), "She is flimworthy."), ["local-words/one"]);
}

#[test]
fn an_ask_is_what_was_asked_for() {
    let linter = Linter::builder().ask("sexualised/promiscuous", Ask::Consider).build().expect("sound");
    let findings = linter.check(&Record::from_text("She is promiscuous.")).findings;
    assert_eq!(findings[0].ask, Ask::Consider);
}

#[test]
fn names_that_match_nothing_are_errors() {
    let error = Linter::builder()
        .enable("sexualised/promiscous")
        .families(["weather"])
        .build()
        .expect_err("two names");
    let BuildError::Names(names) = error else { panic!("{error}") };
    let told: Vec<_> = names.iter().map(|n| (n.name.as_str(), n.nearest.as_deref())).collect();
    assert_eq!(told, [("weather", None), ("sexualised/promiscous", Some("sexualised/promiscuous"))]);
}

#[test]
fn a_former_id_that_is_taken_is_told() {
    let text = WORDS.replace("\"flimmy\"", "\"consent/consented\"");
    let report = upkeep::check(&[file("words.toml", &text)]);
    assert_eq!(report.problems.len(), 1, "{:?}", report.problems);
    assert!(report.problems[0].message.contains("is the name of another concern"), "{}", report.problems[0]);
}

#[test]
fn a_catalogue_holds_what_files_add() {
    let catalogue = Catalogue::new(&[file("words.toml", WORDS)]).expect("sound");
    let consented = catalogue.concern("consent/consented").expect("it is there");
    assert!(consented.concern.phrases.iter().any(|phrase| phrase.pattern.contains("{flimmed}")));
    assert!(consented.concern.flags.iter().any(|example| example.text.contains("flimmed")));
    assert!(!catalogue.concern("sexualised/promiscuous").expect("it is there").concern.default);
}

#[test]
fn a_message_about_a_child_under_13_ends_with_the_local_procedure() {
    let linter = Linter::builder().local_procedure("Ring the front door.").build().expect("sound");
    let message = |text: &str, age: Option<u8>| {
        let mut record = Record::from_text(text);
        record.subject.age = age;
        linter.check(&record).findings[0].message.clone()
    };
    let end = "Ring the front door. This checks wording, not whether action was taken.";
    assert!(message("She consented to sex.", Some(12)).ends_with(end));
    for (text, age) in [("She consented to sex.", Some(13)), ("She consented to sex.", None), ("She is manipulative.", Some(12))]
    {
        let message = message(text, age);
        assert!(!message.contains("Ring the front door") && !message.contains("This checks wording"), "{message}");
    }
}

#[test]
fn what_is_known_of_a_subject_is_filled_in_and_never_overruled() {
    let mut default = Subject::default();
    default.age = Some(12);
    default.learning_disability = Some(true);
    let linter = Linter::builder().subject_defaults(default).build().expect("sound");
    let gravity = |subject: Subject| {
        let mut record = Record::from_text("She consented to sex.");
        record.subject = subject;
        linter.check(&record).findings[0].gravity
    };
    let with = |age, learning_disability| {
        let mut subject = Subject::default();
        (subject.age, subject.learning_disability) = (age, learning_disability);
        subject
    };
    // Under 13 is 3, under 16 is 2, and a learning disability is one more.
    assert_eq!(gravity(with(None, None)), 4);
    assert_eq!(gravity(with(Some(15), None)), 3);
    assert_eq!(gravity(with(Some(15), Some(false))), 2);
    // A date of birth says something of age, though the age on a day that is not known is open.
    let mut born = Subject::default();
    born.date_of_birth = serde_json::from_str("\"21/03/2001\"").ok();
    assert_eq!(gravity(born), 2);
}
