//! Pages: what they show, and that no text of a record becomes markup.

use caselint::page::{Entry, Report, Sheet};
use caselint::trial::draw;
use caselint::{Linter, Outcome, Record};

/// Invented words, so that the snapshot stays true when the real lexicons change.
fn linter() -> Linter {
    let words = include_str!("cli/lexicon.toml");
    Linter::builder()
        .lexicon("lexicon.toml", words)
        .families(["test", "gap"])
        .build()
        .expect("the lexicon is sound")
}

fn record(line: &str) -> Record {
    serde_json::from_str(line).expect("a record")
}

/// Each record with what the linter says of it.
fn checked(linter: &Linter, records: Vec<Record>) -> Vec<(Record, Outcome)> {
    records.into_iter().map(|record| (record.clone(), linter.check(&record))).collect()
}

fn entries(checked: &[(Record, Outcome)]) -> Vec<Entry<'_>> {
    checked.iter().map(|(record, outcome)| Entry::new("notes.jsonl", record, outcome)).collect()
}

/// A page without its styles and without what changes from version to version.
fn body(html: &str, linter: &Linter) -> String {
    let (before, rest) = html.split_once("<style>").expect("styles");
    let (_, after) = rest.split_once("</style>").expect("their end");
    format!("{before}{after}")
        .replace(linter.edition(), "EDITION")
        .replace(caselint::VERSION, "VERSION")
}

#[test]
fn a_small_report() {
    let linter = linter();
    let checked = checked(
        &linter,
        vec![
            record(
                r#"{"id": "r1", "date": "2026-01-12", "genre": "visit", "case": "C1", "fields": [
                    {"id": "seen", "heading": "What was seen", "text": "Sam is flimworthy.\n\nHer zibber zibbed that Sam is flimworthy and groddled with them.\n\nWell."},
                    {"id": "plan", "text": "Sam zibberled twice. Sam got a flimworthy medal."}]}"#,
            ),
            record(r#"{"id": "r2", "date": "2026-03-02", "case": "C1", "text": "All agree that Sam is flimworthy."}"#),
            record(r#"{"id": "r3", "text": "Well."}"#),
        ],
    );
    let entries = entries(&checked);
    let documents: Vec<_> = checked
        .iter()
        .map(|(record, _)| caselint::case::Document::new("notes.jsonl", record))
        .take(2)
        .collect();
    let cases = [linter.case(&documents)];
    let errors = ["gone.txt: there is no such file".to_owned()];
    let mut report = Report::new(&linter, &entries);
    report.title = Some("Team North");
    report.date = "2026-11-29".parse().ok();
    report.files = Some(1);
    report.errors = &errors;
    report.cases = &cases;
    report.show_left = true;
    insta::assert_snapshot!(body(&report.to_html(), &linter));
}

/// Text that would be markup, steer the reading direction or hide.
const HOSTILE: &str = "</p></main><script>alert(1)</script><img src=x onerror=alert(2)>\u{202E}\u{1b}[2J\u{0}\u{200B}'\"&lt;";

#[test]
fn no_text_becomes_markup() {
    let linter = linter();
    let hostile = |key: &str| format!("{HOSTILE}{key}");
    let mut record = Record::from_text(format!("{HOSTILE} Sam is flimworthy. {HOSTILE}"));
    record.id = Some(hostile("id"));
    record.genre = Some(hostile("genre"));
    record.agency = Some(hostile("agency"));
    record.team = Some(hostile("team"));
    record.case = Some(hostile("case"));
    record.date = "2026-01-12".parse().ok();
    let mut boxes = Record::default();
    let text = format!("Sam got a flimworthy medal. {HOSTILE} Sam groddled with {HOSTILE}");
    let field = serde_json::json!({ "id": hostile("box"), "heading": hostile("heading"), "text": text });
    boxes.fields.push(serde_json::from_value(field).expect("a box"));
    let checked = checked(&linter, vec![record, boxes]);
    let name = hostile("name");
    let entries: Vec<Entry> = checked.iter().map(|(record, outcome)| Entry::new(&name, record, outcome)).collect();
    let documents: Vec<_> = checked.iter().map(|(record, _)| caselint::case::Document::new(&name, record)).collect();
    let cases = [linter.case(&documents)];
    let errors = [hostile("error")];
    let mut report = Report::new(&linter, &entries);
    report.title = Some(HOSTILE);
    report.errors = &errors;
    report.cases = &cases;
    report.show_left = true;
    let drawn: Vec<_> = checked.iter().map(|(record, outcome)| (record, outcome)).collect();
    let (items, key) = draw(&drawn, 10, 1, "");
    let mut sheet = Sheet::new(&key.sheet, &items);
    sheet.title = Some(HOSTILE);
    for (html, scripts) in [(report.to_html(), 0), (sheet.to_html(), 1)] {
        assert!(html.contains("alert(1)"), "the text is there");
        assert_eq!(html.matches("<script").count(), scripts);
        assert_eq!(html.matches("<img").count(), 0);
        assert_eq!(html.matches("</main>").count(), 1);
        let steering = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202E}' | '\u{200B}');
        assert_eq!(html.find(steering), None);
    }
}

#[test]
fn odd_texts_do_no_harm() {
    let linter = linter();
    let long = "word ".repeat(2_000);
    let texts = [
        "flimworthy".to_owned(),
        "flimworthy\n".to_owned(),
        "\n\n\nflimworthy\r\n\r\n\r\n".to_owned(),
        format!("{long}flim-\nworthy {long}"),
        format!("Sam is flimworthy\n\ngroddling.\n{}", "| 1/2/26 | Sam is flimworthy. |\n".repeat(60)),
        "Zoë🙂 flimworthy🙂".to_owned(),
    ];
    let checked = checked(&linter, texts.into_iter().map(Record::from_text).collect());
    let entries = entries(&checked);
    let html = Report::new(&linter, &entries).to_html();
    let findings: usize = checked.iter().map(|(_, outcome)| outcome.findings.len()).sum();
    assert!(findings >= 65, "{findings}");
    assert_eq!(html.matches("<a class=\"ref ").count(), findings, "each finding has its number in the text");
    assert_eq!(html.matches("<div class=\"note ").count(), findings, "and its note");
    // Each link within the page leads somewhere.
    for (at, _) in html.match_indices("href=\"#") {
        let id = html[at + 7..].split('"').next().unwrap_or_default();
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn a_sheet_does_not_show_what_was_flagged() {
    let linter = linter();
    let texts = ["Sam is flimworthy.", "Sam got a flimworthy medal.", "Sam groddled with them."];
    let checked = checked(&linter, texts.into_iter().map(Record::from_text).collect());
    let drawn: Vec<_> = checked.iter().map(|(record, outcome)| (record, outcome)).collect();
    let (items, key) = draw(&drawn, 10, 7, linter.edition());
    assert_eq!((items.len(), key.flagged, key.left), (3, 2, 1));
    let html = Sheet::new(&key.sheet, &items).to_html();
    for item in &key.items {
        for told in [item.rule.as_str(), item.fingerprint.as_str(), "own-blame", "flag\"", "leave\"", "reword"] {
            let main = &html[html.find("<main").expect("the page")..html.find("<script").expect("the script")];
            assert!(!main.contains(told), "{told}");
        }
    }
    // The marks are all alike, and the order is that of chance.
    assert_eq!(html.matches("<mark class=\"case\">").count(), 3);
    let (again, same) = draw(&drawn, 10, 7, linter.edition());
    assert_eq!((again, same), (items, key), "the same seed gives the same sheet");
    let other = draw(&drawn, 10, 8, linter.edition()).1;
    assert_ne!(other.sheet, draw(&drawn, 10, 7, linter.edition()).1.sheet);
    let (few, _) = draw(&drawn, 2, 1, "");
    assert_eq!(few.len(), 2);
}
