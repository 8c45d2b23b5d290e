//! What is decided of a phrase, as data: `behaviour/rows.toml` has cases for each row of the decision table, `direction.toml` has notes with
//! a change that must turn the verdict or leave it, and `invariance.toml` has notes with changes that must leave it. The keys of a case are
//! told at the head of each file.
//!
//! `cargo test --test behaviour -- --nocapture` prints how many cases hold, by row.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use caselint::{Field, Finding, Kind, Linter, Record};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
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
    expect: Expect,
    rows: Vec<u8>,
    then: Option<String>,
    add: Option<String>,
    then_fields: Option<Vec<FormBox>>,
    then_age: Option<u8>,
    then_expect: Option<Expect>,
    #[serde(default)]
    then_rows: Vec<u8>,
    #[serde(default)]
    swaps: Vec<BTreeMap<String, String>>,
    #[serde(default)]
    variants: Vec<String>,
    known: Option<String>,
    known_shape: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormBox {
    heading: Option<String>,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Expect {
    Flag,
    Leave,
}

/// A note whose judged phrase stands in square brackets, in its text or in one of its boxes.
#[derive(Clone)]
struct Note {
    text: String,
    fields: Vec<FormBox>,
    age: Option<u8>,
    genre: Option<String>,
}

impl Note {
    fn of(case: &Case) -> Self {
        Note {
            text: case.text.clone(),
            fields: case.fields.clone(),
            age: case.age,
            genre: case.genre.clone(),
        }
    }

    fn with_text(&self, text: impl Into<String>) -> Self {
        Note { text: text.into(), ..self.clone() }
    }

    /// The note with its text and the text of each box changed.
    fn changed(&self, change: impl Fn(&str) -> String) -> Self {
        let mut changed = self.with_text(change(&self.text));
        for part in &mut changed.fields {
            part.text = change(&part.text);
        }
        changed
    }

    /// All that is written in it, as it is shown where a case fails.
    fn written(&self) -> String {
        let boxes = self
            .fields
            .iter()
            .map(|part| format!("{}: {}", part.heading.as_deref().unwrap_or_default(), part.text));
        std::iter::once(self.text.clone())
            .chain(boxes)
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The record without the brackets, and where its phrase stands.
    fn read(&self) -> (Record, Place) {
        let (text, span) = unmarked(&self.text);
        let mut record = Record::from_text(text);
        record.subject.age = self.age;
        record.genre.clone_from(&self.genre);
        let mut places: Vec<Place> = span.map(|span| Place { field: None, span }).into_iter().collect();
        for (at, part) in self.fields.iter().enumerate() {
            let (text, span) = unmarked(&part.text);
            let mut field = Field::default();
            field.id = Some(at.to_string());
            field.heading.clone_from(&part.heading);
            field.text = text;
            record.fields.push(field);
            places.extend(span.map(|span| Place { field: Some(at.to_string()), span }));
        }
        assert_eq!(places.len(), 1, "one phrase stands in square brackets: {}", self.written());
        (record, places.remove(0))
    }
}

/// Where the phrase stands that is judged.
struct Place {
    field: Option<String>,
    span: Range<usize>,
}

impl Place {
    /// Whether a mention overlaps the phrase. Gaps have no phrase.
    fn holds(&self, mention: &Finding) -> bool {
        mention.kind == Kind::Phrase && mention.field == self.field && mention.overlaps(&self.span)
    }
}

/// The text without its square brackets, and what stood between them.
fn unmarked(text: &str) -> (String, Option<Range<usize>>) {
    let Some((before, rest)) = text.split_once('[') else {
        return (text.to_owned(), None);
    };
    let (phrase, after) = rest.split_once(']').unwrap_or_else(|| panic!("a bracket is not closed: {text}"));
    assert!(!after.contains('['), "only one phrase is marked: {text}");
    (format!("{before}{phrase}{after}"), Some(before.len()..before.len() + phrase.len()))
}

/// What overlaps the phrase of a note: the verdict with its row, and the words and rule that they are about.
struct Judged {
    flagged: Vec<(Option<u8>, String)>,
    left: Vec<(Option<u8>, String)>,
}

impl Judged {
    fn new(linter: &Linter, note: &Note) -> Self {
        let (record, place) = note.read();
        let outcome = linter.check(&record);
        let on_place = |all: &[Finding]| {
            let on_it = all.iter().filter(|mention| place.holds(mention));
            on_it.map(|mention| (mention.row, format!("“{}” {}", mention.text, mention.rule))).collect()
        };
        Judged { flagged: on_place(&outcome.findings), left: on_place(&outcome.left) }
    }

    fn is(&self, expect: Expect, rows: &[u8]) -> bool {
        let fits = |row: &Option<u8>| row.is_some_and(|row| rows.contains(&row));
        match expect {
            Expect::Flag => self.flagged.iter().any(|(row, _)| fits(row)),
            // Several rules may have seen the phrase, each with a reason of its own.
            Expect::Leave => self.flagged.is_empty() && (self.left.is_empty() || self.left.iter().any(|(row, _)| fits(row))),
        }
    }

    /// The verdicts and rows, whatever the words.
    fn gist(&self) -> HashSet<(bool, Option<u8>)> {
        let of = |all: &[(Option<u8>, String)], flag| all.iter().map(|(row, _)| (flag, *row)).collect::<Vec<_>>();
        of(&self.flagged, true).into_iter().chain(of(&self.left, false)).collect()
    }

    fn told(&self) -> String {
        let tell = |verdict: &str, all: &[(Option<u8>, String)]| -> Vec<String> {
            let row = |row: &Option<u8>| row.map_or_else(|| "?".to_owned(), |row| row.to_string());
            all.iter().map(|(number, what)| format!("{verdict} by row {} {what}", row(number))).collect()
        };
        let all = [tell("flag", &self.flagged), tell("leave", &self.left)].concat();
        if all.is_empty() { "nothing".to_owned() } else { all.join("; ") }
    }
}

/// How many cases hold, by the rows that they are for.
#[derive(Default)]
struct Tally(BTreeMap<Vec<u8>, (usize, usize)>);

impl Tally {
    fn add(&mut self, rows: &[u8], holds: bool) {
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        let (held, all) = self.0.entry(rows).or_default();
        *held += usize::from(holds);
        *all += 1;
    }

    fn told(&self, what: &str) -> String {
        let (held, all) = self.0.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let mut told = format!("{what}: {held} of {all} hold\n");
        for (rows, (held, all)) in &self.0 {
            let _ = writeln!(told, "  row {:<9} {held:>3} of {all:>3}", named(rows));
        }
        told
    }
}

fn named(rows: &[u8]) -> String {
    rows.iter().map(u8::to_string).collect::<Vec<_>>().join(" or ")
}

fn linter() -> Linter {
    Linter::builder().build().expect("the embedded lexicon is sound")
}

/// The cases of a file, with names of their own.
fn cases(file: &str) -> Vec<Case> {
    let cases: Cases = toml::from_str(file).unwrap_or_else(|error| panic!("the cases are not sound: {error}"));
    let mut seen = HashSet::new();
    for case in &cases.case {
        assert!(seen.insert(&case.id), "two cases are named {}", case.id);
        assert!(!case.rows.is_empty(), "{} names no row", case.id);
    }
    cases.case
}

/// What is wrong with a note, if anything.
fn wrong(linter: &Linter, what: &str, note: &Note, expect: Expect, rows: &[u8]) -> Option<String> {
    let judged = Judged::new(linter, note);
    let verdict = if expect == Expect::Flag { "flag" } else { "leave" };
    let told = || format!("{what}: wanted {verdict} by row {}, got {}\n{}", named(rows), judged.told(), note.written());
    (!judged.is(expect, rows)).then(told)
}

/// What is told of a case: what is wrong with it, unless that is known; and that it holds, where it is known not to.
fn verdict(id: &str, known: Option<&str>, wrong: &[String]) -> Option<String> {
    match (known, wrong.is_empty()) {
        (None, true) | (Some(_), false) => None,
        (None, false) => Some(format!("{id}\n{}", wrong.join("\n"))),
        (Some(why), true) => Some(format!("{id}\nholds now; take away what is known of it: {why}")),
    }
}

/// Runs the cases of a file; `problems` tells what is wrong with one of them.
fn run(name: &str, cases: &[Case], rows: impl Fn(&Case) -> &[u8], problems: impl Fn(&Linter, &Case) -> Vec<String>) {
    let linter = linter();
    let mut tally = Tally::default();
    let mut failures = Vec::new();
    for case in cases {
        let wrong = problems(&linter, case);
        tally.add(rows(case), wrong.is_empty());
        failures.extend(verdict(&case.id, case.known.as_deref(), &wrong));
    }
    println!("{}", tally.told(name));
    assert!(failures.is_empty(), "{} of {} cases fail:\n\n{}", failures.len(), cases.len(), failures.join("\n\n"));
}

#[test]
fn rows() {
    let cases = cases(include_str!("behaviour/rows.toml"));
    run(
        "rows",
        &cases,
        |case| &case.rows,
        |linter, case| wrong(linter, "note", &Note::of(case), case.expect, &case.rows).into_iter().collect(),
    );
}

/// The note of a case of `direction.toml` after its change.
fn after(case: &Case) -> Note {
    let mut note = Note::of(case);
    match (&case.then, &case.add, &case.then_fields) {
        (Some(then), None, None) => note.text.clone_from(then),
        (None, Some(add), None) => note.text = format!("{} {add}", note.text),
        (None, None, Some(fields)) => note.fields.clone_from(fields),
        _ => panic!("{} has one of then, add and then_fields", case.id),
    }
    note.age = case.then_age.or(note.age);
    note
}

#[test]
fn direction() {
    let cases = cases(include_str!("behaviour/direction.toml"));
    run(
        "direction, by the row after the change",
        &cases,
        |case| &case.then_rows,
        |linter, case| {
            let then = case.then_expect.unwrap_or_else(|| panic!("{} has then_expect", case.id));
            let before = wrong(linter, "before", &Note::of(case), case.expect, &case.rows);
            let after = wrong(linter, "after", &after(case), then, &case.then_rows);
            before.into_iter().chain(after).collect()
        },
    );
}

/// The text with words or signs exchanged, all at once. A word is only exchanged whole.
fn swapped(text: &str, swaps: &BTreeMap<String, String>) -> String {
    let joins = |one: Option<char>, other: Option<char>| [one, other].iter().all(|sign| sign.is_some_and(char::is_alphanumeric));
    let mut other = String::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let (before, rest) = text.split_at(at);
        let fits = |key: &str| {
            let after = rest.strip_prefix(key)?;
            let inside =
                joins(before.chars().next_back(), key.chars().next()) || joins(key.chars().next_back(), after.chars().next());
            (!inside).then_some(key.len())
        };
        let found = swaps.iter().filter_map(|(key, value)| Some((fits(key)?, value))).max_by_key(|(len, _)| *len);
        if let Some((len, value)) = found {
            other.push_str(value);
            at += len;
        } else {
            other.push(next);
            at += next.len_utf8();
        }
    }
    other
}

#[test]
fn invariance() {
    let cases = cases(include_str!("behaviour/invariance.toml"));
    run(
        "invariance",
        &cases,
        |case| &case.rows,
        |linter, case| {
            let base = Note::of(case);
            let swaps = case.swaps.iter().map(|swaps| {
                for word in swaps.keys() {
                    let one = BTreeMap::from([(word.clone(), String::new())]);
                    assert_ne!(swapped(&case.text, &one), case.text, "{}: {word:?} is not in the text", case.id);
                }
                swapped(&case.text, swaps)
            });
            let others: Vec<Note> = swaps.chain(case.variants.iter().cloned()).map(|text| base.with_text(text)).collect();
            assert!((2..=4).contains(&others.len()), "{} has {} variants", case.id, others.len());
            let of_others = others.iter().enumerate().map(|(at, note)| (format!("variant {}", at + 1), note));
            std::iter::once(("base".to_owned(), &base))
                .chain(of_others)
                .filter_map(|(what, note)| wrong(linter, &what, note, case.expect, &case.rows))
                .collect()
        },
    );
}

/// Breaks the lines of prose at 60 columns, as a mail program does. No line begins with a sign that would make it something else.
fn wrapped(text: &str) -> String {
    let stays = |word: &str| {
        let first = word.trim_start_matches(['[', '\'', '"']).chars().next();
        first.is_none_or(|sign| sign.is_numeric() || "-*#>|+".contains(sign))
    };
    let wrap = |line: &str| {
        if line.contains('|') || line.starts_with('#') {
            return line.to_owned();
        }
        let (mut broken, mut width) = (String::new(), 0);
        for (at, word) in line.split(' ').enumerate() {
            let wide = word.chars().count();
            if at > 0 && width + 1 + wide > 60 && !stays(word) {
                broken.push('\n');
                width = 0;
            } else if at > 0 {
                broken.push(' ');
                width += 1;
            }
            broken.push_str(word);
            width += wide;
        }
        broken
    };
    text.split('\n').map(wrap).collect::<Vec<_>>().join("\n")
}

/// Puts a bullet before each line, where no line is a row, a heading or dated.
fn bulleted(text: &str) -> String {
    let is_other = |line: &str| {
        let starts = line.starts_with(['#', '*', '-']) || line.starts_with(|sign: char| sign.is_numeric());
        starts || line.contains('|') || line.ends_with(':')
    };
    if text.lines().any(is_other) {
        return text.to_owned();
    }
    let bullet = |line: &str| if line.is_empty() { String::new() } else { format!("- {line}") };
    text.split('\n').map(bullet).collect::<Vec<_>>().join("\n")
}

/// What a copy from elsewhere does to a note, and how many of the cases it touches at least.
type Change = (&'static str, fn(&str) -> String, usize);

const CHANGES: &[Change] = &[
    ("CRLF", |text| text.replace('\n', "\r\n"), 5),
    ("wraps", wrapped, 100),
    ("bullets", bulleted, 200),
    ("double blanks", |text| text.replace(' ', "  "), 200),
    ("blanks that do not break", |text| text.replace(' ', "\u{a0}"), 200),
];

#[test]
fn rows_in_other_shapes() {
    let linter = linter();
    let cases = cases(include_str!("behaviour/rows.toml"));
    let mut touched = vec![0; CHANGES.len()];
    let mut failures = Vec::new();
    for case in &cases {
        let note = Note::of(case);
        let judged = Judged::new(&linter, &note);
        let mut wrong = Vec::new();
        for ((name, change, _), touched) in CHANGES.iter().zip(&mut touched) {
            let other = note.changed(change);
            if other.written() == note.written() {
                continue;
            }
            *touched += 1;
            let now = Judged::new(&linter, &other);
            if now.gist() != judged.gist() {
                wrong.push(format!("{name}: was {}, is {}\n{}", judged.told(), now.told(), other.written()));
            }
        }
        failures.extend(verdict(&case.id, case.known_shape.as_deref(), &wrong));
    }
    for ((name, _, least), touched) in CHANGES.iter().zip(touched) {
        println!("{name}: {touched} cases changed");
        assert!(touched >= *least, "{name} touches only {touched} cases");
    }
    assert!(failures.is_empty(), "{} of {} cases change:\n\n{}", failures.len(), cases.len(), failures.join("\n\n"));
}
