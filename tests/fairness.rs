//! Who people are never changes a verdict: every labelled note with names, pronouns, ethnicity, religion and place changed over.

#![cfg(feature = "cli")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;

use caselint::score::Labelled;
use caselint::{Ask, Kind, Linter, Outcome, Record};
use regex::{Captures, Regex};
use serde::Deserialize;
use support::linter;

/// `tests/fairness/swaps.toml`.
#[derive(Deserialize)]
struct Swaps {
    given: Vec<String>,
    family: Vec<String>,
    places: Vec<String>,
    /// Names of things, which stay.
    sayings: Vec<String>,
    /// Words that are about a person who is told of, before which an ethnicity can stand.
    people: Vec<String>,
    /// Words that show, behind “her”, that it is not a possessive.
    after_object: Vec<String>,
    variant: Vec<Variant>,
}

#[derive(Deserialize)]
struct Variant {
    ethnicity: String,
    religion: String,
    place: String,
    given: Vec<String>,
    family: Vec<String>,
}

/// What is looked for in a note, made once.
struct Finders {
    names: Regex,
    pronouns: Regex,
    people: Regex,
}

impl Swaps {
    fn read() -> Swaps {
        toml::from_str(include_str!("fairness/swaps.toml")).expect("the swaps are well formed")
    }

    fn finders(&self) -> Finders {
        let words = |words: &[&[String]]| {
            let mut words: Vec<&str> = words.iter().flat_map(|list| list.iter().map(String::as_str)).collect();
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words.join("|")
        };
        let finder = |pattern: &str| Regex::new(pattern).expect("the words are plain");
        Finders {
            names: finder(&format!(r"(?-u:\b)(?:{})(?-u:\b)", words(&[&self.sayings, &self.given, &self.family, &self.places]))),
            pronouns: finder(r"(?i-u)\b(?:he|she|himself|herself|hers|him|his|her|mr|mrs|ms)\b"),
            people: finder(&format!(
                r"(?-u:\b)(?P<before>an?|the|old|young|older|adult) (?P<who>{})(?-u:\b)",
                words(&[&self.people])
            )),
        }
    }
}

/// Puts the variant's people and places into a text.
fn renamed(text: &str, swaps: &Swaps, finders: &Finders, variant: &Variant) -> String {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let (mut given, mut family) = (variant.given.iter().cycle(), variant.family.iter().cycle());
    let replace = |found: &Captures| {
        let name = &found[0];
        if swaps.sayings.iter().any(|saying| saying == name) {
            return name.to_owned();
        }
        let other = taken.entry(name.to_owned()).or_insert_with(|| {
            let pool = if swaps.given.iter().any(|one| one == name) {
                given.next()
            } else if swaps.family.iter().any(|one| one == name) {
                family.next()
            } else {
                Some(&variant.place)
            };
            pool.cloned().unwrap_or_default()
        });
        other.clone()
    };
    let text = finders.names.replace_all(text, replace);
    let described = |found: &Captures| {
        let article = match &found["before"] {
            "a" | "an" if variant.ethnicity.starts_with(['A', 'E', 'I', 'O', 'U']) => "an",
            "a" | "an" => "a",
            other => other,
        };
        format!("{article} {} {}", variant.ethnicity, &found["who"])
    };
    finders.people.replace_all(&text, described).into_owned()
}

/// Changes “he” and “she” over, with all of their forms and with titles.
fn changed_over(text: &str, swaps: &Swaps, finders: &Finders) -> String {
    let (mut changed, mut at) = (String::new(), 0);
    for found in finders.pronouns.find_iter(text) {
        let behind = &text[found.end()..];
        let is_of_word = |letter: &char| letter.is_ascii_alphabetic() || *letter == '-';
        let next: String = behind.trim_start_matches([' ', '\n']).chars().take_while(is_of_word).collect();
        // Her “other half”
        let is_quoted = behind.starts_with(" \"") || behind.starts_with(" “");
        let is_alone = !is_quoted && next.is_empty() || !behind.starts_with([' ', '\n']);
        let other = match found.as_str().to_lowercase().as_str() {
            "he" => "she",
            "she" => "he",
            "himself" => "herself",
            "herself" => "himself",
            "hers" => "his",
            "mr" => "ms",
            "mrs" | "ms" => "mr",
            "him" => "her",
            "his" if is_alone => "hers",
            "his" => "her",
            _ if is_alone || swaps.after_object.contains(&next.to_lowercase()) => "him",
            _ => "his",
        };
        changed.push_str(&text[at..found.start()]);
        let (first, rest) = other.split_at(1);
        let is_capital = found.as_str().starts_with(char::is_uppercase);
        changed.push_str(&if is_capital { first.to_uppercase() } else { first.to_owned() });
        changed.push_str(rest);
        at = found.end();
    }
    changed + &text[at..]
}

/// What is told of a note's people on a form's last lines.
fn with_monitoring(text: &str, variant: &Variant) -> String {
    let Variant { ethnicity, religion, place, .. } = variant;
    format!("{}\n\nEthnicity: {ethnicity}\nReligion: {religion}\nLives in: {place}\n", text.trim_end())
}

/// What must stay: what each finding asks, in order.
fn gist(outcome: &Outcome) -> Vec<Ask> {
    outcome
        .findings
        .iter()
        .filter(|finding| finding.kind == Kind::Phrase)
        .map(|finding| finding.ask)
        .collect()
}

/// Every labelled note that rules are written by.
fn notes() -> Vec<(String, Record)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folders = ["corpus/dev", "corpus/own", "fairness"].map(|folder| root.join(folder));
    let listed = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("the labelled notes are there").flatten());
    let mut files: Vec<_> = listed
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "jsonl"))
        .collect();
    files.sort();
    let lines = files.iter().map(|file| fs::read_to_string(file).expect("a file of notes can be read"));
    let read = |line: &str| {
        let record = Labelled::read(line).expect("a line is a labelled note").record;
        (record.id.clone().expect("a note has an id"), record)
    };
    lines.flat_map(|text| text.lines().map(read).collect::<Vec<_>>()).collect()
}

/// What differs in a note over all variants: nothing, where all is well.
fn differences(linter: &Linter, record: &Record, swaps: &Swaps, finders: &Finders) -> Option<String> {
    let base = gist(&linter.check(record));
    for variant in &swaps.variant {
        let named = renamed(&record.text, swaps, finders, variant);
        for text in [named.clone(), changed_over(&named, swaps, finders)] {
            let mut other = record.clone();
            other.text = with_monitoring(&text, variant);
            let found = gist(&linter.check(&other));
            if found != base {
                return Some(format!("{}: {base:?} becomes {found:?} in\n{}", variant.ethnicity, other.text));
            }
        }
    }
    None
}

#[test]
fn who_people_are_changes_no_verdict() {
    let (linter, swaps, notes) = (linter(), Swaps::read(), notes());
    assert!(
        2 * swaps.variant.len() >= 40 && notes.len() >= 2000,
        "{} variants, {} notes",
        swaps.variant.len(),
        notes.len()
    );
    let finders = swaps.finders();
    let look = |part: &[(String, Record)]| -> Vec<(String, String)> {
        let found = |(id, record): &(String, Record)| Some((id.clone(), differences(&linter, record, &swaps, &finders)?));
        part.iter().filter_map(found).collect()
    };
    let (first, second) = notes.split_at(notes.len() / 2);
    let differ = thread::scope(|scope| {
        let first = scope.spawn(|| look(first));
        let second = look(second);
        [first.join().expect("the first half is done"), second].concat()
    });
    assert!(
        differ.is_empty(),
        "{} notes differ:\n{}",
        differ.len(),
        differ.iter().map(|(id, text)| format!("{id}: {text}\n")).collect::<String>()
    );
}
