//! What was found on the whole: figures in tables, each with its bar.

use std::collections::BTreeMap;

use super::Entry;
use super::html::{Line, put};
use crate::finding::{Ask, Finding};
use crate::record::Date;
use crate::tell::{self, count};

/// How many months are shown at most; with more, those without records are left out.
const MOST_MONTHS: i32 = 36;

/// A row of a table: its name, and the figure that its bar shows.
struct Row {
    name: String,
    figure: f64,
    /// What the cells behind the name show.
    cells: Vec<String>,
}

/// Writes the figures of all records.
pub fn write(page: &mut String, entries: &[Entry]) {
    let findings: Vec<&Finding> = entries.iter().flat_map(|entry| &entry.outcome.findings).collect();
    page.push_str("<section aria-labelledby=\"figures\"><h2 id=\"figures\">What was found</h2>\n");
    let with = entries.iter().filter(|entry| !entry.outcome.findings.is_empty()).count();
    if findings.is_empty() {
        put!(page, "<p>Nothing found by these rules in {}.</p></section>\n", count(entries.len(), "record"));
        return;
    }
    put!(page, "<p>{} in {}", count(findings.len(), "finding"), count(with, "record"));
    match entries.len() - with {
        0 => page.push_str(".</p>\n"),
        rest => put!(page, "; nothing found by these rules in {}.</p>\n", count(rest, "record")),
    }
    let asks = [
        (Ask::Reword, "Reword: the record’s own words may blame"),
        (Ask::Analyse, "Analyse: words stand without the writer’s analysis"),
        (Ask::Consider, "Consider: something may be missing"),
    ];
    let number = |ask| findings.iter().filter(|finding| finding.ask == ask).count();
    let by_ask = asks.map(|(ask, name)| plain(name.to_owned(), number(ask)));
    table(page, "What the findings ask for", "Ask", &["Findings"], &by_ask);
    let families = tally(&findings, |finding| finding.family.clone());
    table(page, "Findings by family of words", "Family", &["Findings"], &families);
    let voices = tally(&findings, |finding| tell::whose(finding.voice.who).to_owned());
    table(page, "Findings by whose words they are", "Voice", &["Findings"], &voices);
    by_month(page, entries);
    page.push_str("</section>\n");
}

fn plain(name: String, number: usize) -> Row {
    Row { name, figure: number as f64, cells: vec![number.to_string()] }
}

/// Findings by name, the most frequent first.
fn tally(findings: &[&Finding], name: impl Fn(&Finding) -> String) -> Vec<Row> {
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    findings.iter().for_each(|finding| *tally.entry(name(finding)).or_default() += 1);
    let mut rows: Vec<Row> = tally.into_iter().map(|(name, number)| plain(name, number)).collect();
    rows.sort_by(|one, other| other.figure.total_cmp(&one.figure));
    rows
}

/// What the records of a month hold.
#[derive(Default)]
struct Month {
    records: usize,
    words: usize,
    findings: usize,
}

/// How often findings come from month to month, where two or more months are known.
fn by_month(page: &mut String, entries: &[Entry]) {
    let mut months: BTreeMap<i32, Month> = BTreeMap::new();
    let dated = entries.iter().filter_map(|entry| Some((entry, entry.record.date?)));
    for (entry, date) in dated {
        let month = months.entry(number_of(date)).or_default();
        month.records += 1;
        month.words += tell::words_in(entry.record);
        month.findings += entry.outcome.findings.len();
    }
    let (Some(first), Some(last)) = (months.keys().next().copied(), months.keys().next_back().copied()) else {
        return;
    };
    if first == last {
        return;
    }
    if last - first < MOST_MONTHS {
        for month in first..last {
            months.entry(month).or_default();
        }
    }
    let rows: Vec<Row> = months.iter().map(|(number, month)| row_of(*number, month)).collect();
    table(
        page,
        "Findings in 1,000 words, by month of the record",
        "Month",
        &["Records", "Findings", "In 1,000 words"],
        &rows,
    );
    let undated = entries.iter().filter(|entry| entry.record.date.is_none()).count();
    if undated > 0 {
        put!(page, "<p class=\"hint\">{} without a date: not in this table.</p>\n", count(undated, "record"));
    }
}

/// A month by one number, so that months can be counted through.
fn number_of(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

fn row_of(number: i32, month: &Month) -> Row {
    let (year, of_year) = (number.div_euclid(12), number.rem_euclid(12) + 1);
    let first: Option<Date> = format!("{year}-{of_year:02}-01").parse().ok();
    let name = first.map_or_else(String::new, tell::month);
    let rate = if month.words == 0 { 0.0 } else { month.findings as f64 * 1_000.0 / month.words as f64 };
    let shown = if month.records == 0 { "–".to_owned() } else { format!("{rate:.1}") };
    Row {
        name,
        figure: rate,
        cells: vec![month.records.to_string(), month.findings.to_string(), shown],
    }
}

/// A table whose rows have a bar for their figure. The bar adds nothing to the figure, so that nobody need see it.
fn table(page: &mut String, caption: &str, of: &str, columns: &[&str], rows: &[Row]) {
    let most = rows.iter().map(|row| row.figure).fold(0.0, f64::max);
    put!(page, "<table class=\"figures\"><caption>{caption}</caption>\n<thead><tr><th scope=\"col\">{of}</th>");
    columns.iter().for_each(|column| put!(page, "<th scope=\"col\" class=\"number\">{column}</th>"));
    page.push_str("<td class=\"bar\"></td></tr></thead>\n<tbody>\n");
    for row in rows {
        put!(page, "<tr><th scope=\"row\">{}</th>", Line(&row.name));
        row.cells.iter().for_each(|cell| put!(page, "<td class=\"number\">{cell}</td>"));
        let width = if most > 0.0 { row.figure / most * 100.0 } else { 0.0 };
        put!(
            page,
            "<td class=\"bar\"><svg aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\">\
             <rect width=\"{width:.1}\" height=\"10\"/></svg></td></tr>\n"
        );
    }
    page.push_str("</tbody></table>\n");
}
