//! A new exercise from a note: the linter proposes, the trainer decides.

use std::fmt::Write;

use crate::finding::Finding;
use crate::linter::Linter;
use crate::record::Record;

/// Writes an exercise file for a note, with what the linter flags as marks and what it saw and left as decoys.
pub fn propose(linter: &Linter, record: &Record) -> String {
    let outcome = linter.check(record);
    let mut file = head(record);
    let flagged =
        |left: &Finding| outcome.findings.iter().any(|found| found.row.is_some() && found.overlaps(&(left.start..left.end)));
    for finding in outcome.findings.iter().filter(|finding| finding.row.is_some()) {
        key(&mut file, "mark", finding, &record.text);
    }
    for left in outcome.left.iter().filter(|left| left.row.is_some() && !flagged(left)) {
        key(&mut file, "decoy", left, &record.text);
    }
    file
}

fn head(record: &Record) -> String {
    let age = record
        .subject_age()
        .map_or_else(|| "# age = 14                 # in years, where it is known\n".to_owned(), |age| format!("age = {age}\n"));
    let known = |text: &Option<String>| quote(text.as_deref().unwrap_or("TO DO"));
    format!(
        "# Proposed by the linter. You decide: take out what you would not teach, add what it missed, and write each `why` in your own words.\n\
         # Then: caselint train check FOLDER\n\
         format = 1\n\
         title = \"TO DO\"\n\
         task = \"spot\"               # or \"sort\" or \"rewrite\"\n\
         level = 1                   # 1 to 3\n\
         aim = \"TO DO: what one can do afterwards\"\n\
         sources = [\"thurrock-2014\"] # ids of lexicons/sources.toml\n\
         \n\
         [note]\n\
         subject = \"TO DO: whom it is about\"\n\
         {age}agency = {}\n\
         genre = {}\n\
         text = {}\n",
        known(&record.agency),
        known(&record.genre),
        block(record.text.trim())
    )
}

fn key(file: &mut String, table: &str, finding: &Finding, text: &str) {
    let row = finding.row.unwrap_or_default();
    let places = super::find(text, &finding.text);
    let nth = places
        .iter()
        .position(|place| place.start <= finding.start && finding.start < place.end)
        .unwrap_or_default()
        + 1;
    // Nothing is written where a phrase stands once.
    let nth = if places.len() > 1 { format!("nth = {nth}\n") } else { String::new() };
    let write = finding.reframe.first().filter(|_| table == "mark");
    let write = write.map_or_else(String::new, |text| format!("write = {}\n", quote(text)));
    let _ = write!(
        file,
        "\n[[{table}]]\nphrase = {}\n{nth}family = {}\nrow = {row}\nwhy = {}\n{write}",
        quote(&finding.text),
        quote(&finding.family),
        quote(&finding.message)
    );
}

/// A text as a TOML string on one line.
fn quote(text: &str) -> String {
    toml::Value::String(text.split_whitespace().collect::<Vec<_>>().join(" ")).to_string()
}

/// A text as a TOML string that keeps its lines.
fn block(text: &str) -> String {
    let is_plain = !text.contains("'''") && !text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t'));
    if is_plain {
        format!("'''\n{text}\n'''")
    } else {
        toml::Value::String(text.to_owned()).to_string()
    }
}
