//! What the tool says of a concern or gap: short, calm, about words and never about the writer, and whole.

use caselint::upkeep::{Catalogue, Entry, GapEntry};
use caselint::{Kind, Linter, Record};

/// A phrase of four words, as messages are filled with.
const PHRASE: &str = "one two three four";

/// Words in a message at most.
const MOST_WORDS: usize = 40;

fn catalogue() -> Catalogue {
    Catalogue::new(&[]).expect("the embedded lexicon is sound")
}

/// Tells of every concern what is wrong with it, all at once.
fn each_concern(wrong: impl Fn(&Entry) -> Vec<String>) {
    let catalogue = catalogue();
    assert!(!catalogue.entries.is_empty());
    let told: Vec<String> = catalogue
        .entries
        .iter()
        .flat_map(|entry| wrong(entry).into_iter().map(|what| format!("{}: {what}", entry.name)))
        .collect();
    assert!(told.is_empty(), "{} to mend:\n{}", told.len(), told.join("\n"));
}

/// The wordings of why a concern matters: its own, and those for an age.
fn whys(entry: &Entry) -> impl Iterator<Item = &str> {
    let ages = entry.concern.ages.iter().map(|age| age.why.as_str());
    std::iter::once(entry.concern.why.as_str()).chain(ages)
}

fn texts(entry: &Entry) -> impl Iterator<Item = &str> {
    let concern = &entry.concern;
    whys(entry).chain(concern.reframe.iter().chain(&concern.questions).map(String::as_str))
}

/// The text without what stands in quotation marks.
fn unquoted(text: &str) -> String {
    let mut plain = String::new();
    let (mut curly, mut straight) = (false, false);
    for c in text.chars() {
        match c {
            '“' => curly = true,
            '”' => curly = false,
            '"' => straight = !straight,
            _ if !curly && !straight => plain.push(c),
            _ => {}
        }
    }
    plain
}

fn words(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '\'' || c == '-';
    text.to_lowercase()
        .replace('’', "'")
        .split(|c| !is_part(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Tells of every gap what is wrong with it, all at once.
fn each_gap(wrong: impl Fn(&GapEntry) -> Vec<String>) {
    let catalogue = catalogue();
    assert_eq!(catalogue.gaps.len(), 8);
    let told: Vec<String> = catalogue
        .gaps
        .iter()
        .flat_map(|entry| wrong(entry).into_iter().map(|what| format!("{}: {what}", entry.name)))
        .collect();
    assert!(told.is_empty(), "{} to mend:\n{}", told.len(), told.join("\n"));
}

/// The message of a gap, as a finding has it.
fn gap_message(entry: &GapEntry) -> String {
    let lead = catalogue().messages.lead["missing"]
        .replace("{phrase}", PHRASE)
        .replace("{sought}", &entry.gap.sought);
    format!("{lead} {}", entry.gap.why)
}

#[test]
fn a_message_has_at_most_forty_words() {
    let catalogue = catalogue();
    let messages = &catalogue.messages;
    let flagged = ["own-blame", "unanalysed", "own-view"];
    let longest = |texts: Vec<String>| texts.into_iter().max_by_key(|text| text.split_whitespace().count());
    let whose = longest(messages.whose.values().cloned().collect()).expect("speakers");
    let leads = flagged.map(|reason| messages.lead[reason].replace("{phrase}", PHRASE).replace("{whose}", &whose));
    let lead = longest(leads.to_vec()).expect("leads");
    each_concern(|entry| {
        let count = |why: &str| format!("{lead} {why}").split_whitespace().count();
        whys(entry)
            .filter(|why| count(why) > MOST_WORDS)
            .map(|why| format!("{} words: {lead} {why}", count(why)))
            .collect()
    });
    each_gap(|entry| {
        let message = gap_message(entry);
        let count = message.split_whitespace().count();
        (count > MOST_WORDS).then(|| format!("{count} words: {message}")).into_iter().collect()
    });
}

#[test]
fn no_text_scolds_or_speaks_of_the_writer() {
    let scolding = ["failed", "refused", "wrong", "must"];
    let writer = ["you", "your", "yours", "you've", "writer", "writer's", "recorder", "recorder's"];
    each_concern(|entry| {
        // A question may be put to the writer, and a reframing may say that a service failed.
        let of_writer = whys(entry).flat_map(|why| words(&unquoted(why))).filter(|word| writer.contains(&word.as_str()));
        let said = whys(entry).chain(entry.concern.questions.iter().map(String::as_str));
        let scolds = said.flat_map(|text| words(&unquoted(text))).filter(|word| scolding.contains(&word.as_str()));
        of_writer.chain(scolds).map(|word| format!("says “{word}”")).collect()
    });
    each_gap(|entry| {
        let said = std::iter::once(gap_message(entry)).chain(entry.gap.questions.iter().cloned());
        let words = said.flat_map(|text| words(&unquoted(&text)));
        words
            .filter(|word| writer.contains(&word.as_str()) || scolding.contains(&word.as_str()))
            .map(|word| format!("says “{word}”"))
            .collect()
    });
    let messages = catalogue().messages;
    for text in messages.lead.values().chain(messages.whose.values()).chain(&messages.under_13) {
        assert!(!words(text).iter().any(|word| scolding.contains(&word.as_str()) || word == "you"), "{text}");
    }
}

#[test]
fn the_texts_of_the_tool_give_no_finding_by_its_own_lexicon() {
    let linter = Linter::builder().build().expect("the embedded lexicon");
    each_concern(|entry| {
        let found = texts(entry).flat_map(|text| {
            let text = unquoted(text);
            let findings = linter.check(&Record::from_text(text.clone())).findings;
            // A single line cannot but leave something out.
            let findings = findings.into_iter().filter(|finding| finding.kind == Kind::Phrase);
            findings.map(move |f| format!("{} “{}” in: {text}", f.rule, f.text))
        });
        found.collect()
    });
    each_gap(|entry| {
        let texts = [&entry.gap.why, &entry.gap.sought].into_iter().chain(&entry.gap.questions);
        let found = texts.flat_map(|text| linter.check(&Record::from_text(unquoted(text))).findings);
        found.map(|f| format!("{} “{}”", f.rule, f.text)).collect()
    });
}

#[test]
fn every_concern_is_whole() {
    let catalogue = catalogue();
    each_concern(|entry| {
        let concern = &entry.concern;
        let questions = concern.questions.len() >= 2 && concern.questions.iter().all(|q| q.ends_with('?'));
        let unknown: Vec<&String> = concern.sources.iter().filter(|cited| catalogue.source(cited).is_none()).collect();
        let checks = [
            (!concern.reframe.is_empty(), "has no reframing".to_owned()),
            (questions, format!("needs two questions that end with a question mark, has {}", concern.questions.len())),
            (concern.flags.len() >= 3, format!("needs three examples that flag, has {}", concern.flags.len())),
            (concern.leaves.len() >= 3, format!("needs three examples that are left, has {}", concern.leaves.len())),
            (!concern.sources.is_empty(), "cites nothing".to_owned()),
            (unknown.is_empty(), format!("cites what no sources file holds: {unknown:?}")),
        ];
        checks.into_iter().filter(|(holds, _)| !holds).map(|(_, what)| what).collect()
    });
    each_gap(|entry| {
        let gap = &entry.gap;
        let questions = gap.questions.len() >= 2 && gap.questions.iter().all(|q| q.ends_with('?'));
        let unknown: Vec<&String> = gap.sources.iter().filter(|cited| catalogue.source(cited).is_none()).collect();
        let checks = [
            (questions, format!("needs two questions that end with a question mark, has {}", gap.questions.len())),
            (gap.flags.len() >= 3, format!("needs three examples that flag, has {}", gap.flags.len())),
            (gap.leaves.len() >= 3, format!("needs three examples that are left, has {}", gap.leaves.len())),
            (
                !gap.sources.is_empty() && unknown.is_empty(),
                format!("cites nothing, or what no sources file holds: {unknown:?}"),
            ),
        ];
        checks.into_iter().filter(|(holds, _)| !holds).map(|(_, what)| what).collect()
    });
}
