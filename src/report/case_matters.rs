//! Each matter of a case in full, with its quotations and places.

use std::collections::BTreeMap;
use std::io;

use caselint::case::{Appearance, Balance, Case, History, Step};

use super::case_page::Page;
use super::safe;
use caselint::tell::case_lines::{history_line, is_telling, missed_line, plan_line, repeated, wait};
use caselint::tell::case_words::{agency, date, event, lapse, phrase, place, quarter_name, spot, title, words_of};

/// Signs of the longest bar of one kind.
const BAR: usize = 16;

/// How wide the name of a quarter is.
const QUARTER: usize = "Q1 2010".len();

/// What the name of an agency may have of a row; longer ones are cut.
const NAME: usize = 32;

/// Every phrase that stands in more than one entry, appearance by appearance.
pub fn phrases(page: &mut Page, case: &Case) -> io::Result<()> {
    let histories = repeated(case);
    if histories.is_empty() {
        return Ok(());
    }
    page.heading("PHRASES THROUGH THE CASE")?;
    let (telling, plain): (Vec<&History>, Vec<&History>) = histories.iter().copied().partition(|history| is_telling(history));
    for history in telling {
        history_in_full(page, case, history)?;
    }
    if !plain.is_empty() {
        page.line("Repeated, and no more than that:")?;
        plain.iter().try_for_each(|history| page.text("  ", &history_line(case, history)))?;
        page.line("")?;
    }
    match case.histories.len() - histories.len() {
        0 => {}
        1 => page.text("", "1 other phrase stands in one entry only.")?,
        once => page.text("", &format!("{once} other phrases stand in one entry only."))?,
    }
    page.text("", "One phrase may speak of several events: the sentences tell.")
}

fn history_in_full(page: &mut Page, case: &Case, history: &History) -> io::Result<()> {
    page.text("", &format!("{} · {}", title(case, history), history.rule))?;
    let others: Vec<String> = history.wordings.iter().skip(1).map(|wording| format!("“{wording}”")).collect();
    if !others.is_empty() {
        page.text("  ", &format!("also {}", others.join(", ")))?;
    }
    for appearance in &history.appearances {
        let step = &case.steps[appearance.step];
        page.text("  ", &format!("{} · {}: {}", date(step.when), agency(step), in_full(case, appearance)))?;
        let phrase = phrase(case, appearance);
        page.text("      ", &format!("“{}” · {}", phrase.quote.sentence, spot(step, phrase.line)))?;
    }
    page.line("")
}

fn in_full(case: &Case, appearance: &Appearance) -> String {
    let phrase = phrase(case, appearance);
    let after = if appearance.after_challenge { ", after it was questioned" } else { "" };
    let because = phrase.because.as_ref().map_or(String::new(), |because| format!(" (“{because}”)"));
    format!("{}{after}{because}", event(phrase, appearance.event))
}

/// Words of harm and of conduct, by quarter and by agency.
pub fn balance(page: &mut Page, case: &Case) -> io::Result<()> {
    let most = case
        .quarters
        .iter()
        .map(|quarter| quarter.words.harm.max(quarter.words.conduct))
        .max()
        .unwrap_or_default();
    if most == 0 {
        return Ok(());
    }
    page.heading("WORDS OF HARM TO THE CHILD, AND WORDS ABOUT THE CHILD'S BEHAVIOUR")?;
    let mut agencies: BTreeMap<&str, (usize, Balance)> = BTreeMap::new();
    for step in &case.steps {
        let sum = agencies.entry(agency(step)).or_default();
        sum.0 += 1;
        sum.1.harm += step.words.harm;
        sum.1.conduct += step.words.conduct;
    }
    heading(page, "quarter", QUARTER)?;
    for quarter in &case.quarters {
        let bar = |number: usize, sign: &str| sign.repeat((number * BAR).div_ceil(most));
        let bars = format!("{}{}", bar(quarter.words.harm, "█"), bar(quarter.words.conduct, "░"));
        page.line(&format!("{}  {bars}", row(QUARTER, &quarter_name(quarter), quarter.entries, quarter.words)))?;
    }
    page.line("")?;
    let widest = agencies.keys().map(|name| name.chars().count()).max().unwrap_or_default().clamp(QUARTER, NAME);
    heading(page, "agency", widest)?;
    for (name, (entries, words)) in agencies {
        page.line(&row(widest, name, entries, words))?;
    }
    Ok(())
}

fn heading(page: &mut Page, name: &str, columns: usize) -> io::Result<()> {
    page.line(&format!("{name:<columns$}  entries  harm  behaviour"))
}

/// A row of figures.
fn row(columns: usize, name: &str, entries: usize, words: Balance) -> String {
    let name: String = safe(name).chars().take(columns).collect();
    format!("{name:<columns$}  {entries:>7}  {:>4}  {:>9}", words.harm, words.conduct)
}
/// Runs of missed contacts.
pub fn missed(page: &mut Page, case: &Case) -> io::Result<()> {
    if case.missed.is_empty() {
        return Ok(());
    }
    page.heading("CONTACT MISSED IN A ROW")?;
    for run in &case.missed {
        page.text("", &missed_line(case, run))?;
        for &step in &run.steps {
            let (when, notes) = (date(case.steps[step].when), missed_notes(&case.steps[step]));
            page.text("  ", &format!("{when} · {notes}"))?;
        }
        let end = match run.ended_by {
            Some(step) => format!("Next contact that they record: {}.", date(case.steps[step].when)),
            None => "No later contact of theirs was found.".to_owned(),
        };
        page.text("  ", &end)?;
        page.line("")?;
    }
    Ok(())
}

fn missed_notes(step: &Step) -> String {
    let missed = step.notes.iter().filter(|note| note.kind == caselint::case::NoteKind::MissedContact);
    missed.map(|note| format!("“{}”", note.quote.sentence)).collect::<Vec<_>>().join(" ")
}

/// What was told of harm, and the first analysis after it.
pub fn disclosures(page: &mut Page, case: &Case) -> io::Result<()> {
    if case.disclosures.is_empty() {
        return Ok(());
    }
    page.heading("WHAT WAS TOLD OF HARM, AND THE FIRST ENTRY THAT SAYS WHAT IT MEANS")?;
    for disclosure in &case.disclosures {
        let step = &case.steps[disclosure.step];
        let note = &step.notes[disclosure.note];
        let whose = words_of(note.who, note.form, note.name.as_deref());
        page.text("", &format!("{}: {whose}", place(case, disclosure.step)))?;
        page.text("      ", &format!("“{}” · {}", note.quote.sentence, spot(step, note.line)))?;
        let answer = match (&disclosure.analysed, wait(case, disclosure)) {
            (None, _) => "no analysis in this entry or in any later one".to_owned(),
            (Some(answer), _) if answer.step == disclosure.step => format!("in the same entry: “{}”", answer.sentence),
            (Some(answer), days) => {
                let after = days.map_or(String::new(), |days| format!(", {} later", lapse(days)));
                format!("{}{after}: “{}”", place(case, answer.step), answer.sentence)
            }
        };
        page.text("  ", &answer)?;
        page.line("")?;
    }
    page.text("", "The first analysis that follows may be about something else; read it beside what was told.")
}

/// Plans and their reviews.
pub fn plans(page: &mut Page, case: &Case) -> io::Result<()> {
    if case.plans.is_empty() {
        return Ok(());
    }
    page.heading("PLANS")?;
    for plan in &case.plans {
        page.text("", &plan_line(case, plan))?;
        let step = &case.steps[plan.step];
        let note = &step.notes[plan.note];
        page.text("      ", &format!("“{}” · {}", note.quote.sentence, spot(step, note.line)))?;
    }
    Ok(())
}

/// Passages that were copied.
pub fn copied(page: &mut Page, case: &Case) -> io::Result<()> {
    if case.copied.is_empty() {
        return Ok(());
    }
    page.heading("COPIED FROM EARLIER ENTRIES")?;
    for copied in &case.copied {
        let (from, to) = (place(case, copied.from), place(case, copied.step));
        page.text("", &format!("{} words of {from} stand again in {to}:", copied.words))?;
        page.text("      ", &format!("“{}”", copied.passage))?;
    }
    Ok(())
}
