//! The chronology of a case: each entry, and what stands in it.

use std::collections::BTreeMap;
use std::io;

use caselint::case::{Appearance, Case, Copied, Event, History, Note, NoteKind, Phrase, Standing, Step};

use super::case_page::{Page, Tone};
use caselint::tell::case_words::{agency, date, event, place, speaker, spot, words_of};

/// How far the words of an entry are indented, with the label before them.
const LABEL: usize = 12;

/// Words of a copied passage that are shown.
const OPENING: usize = 12;

/// What happens to phrases in each step.
type Happening<'a> = BTreeMap<usize, Vec<(&'a History, &'a Appearance)>>;

/// All entries with a date, in order.
pub fn chronology(page: &mut Page, case: &Case) -> io::Result<()> {
    if case.steps.is_empty() {
        return Ok(());
    }
    page.heading("CHRONOLOGY")?;
    let mut happening: Happening = BTreeMap::new();
    for history in &case.histories {
        for appearance in &history.appearances {
            happening.entry(appearance.step).or_default().push((history, appearance));
        }
    }
    for (number, step) in case.steps.iter().enumerate() {
        head(page, step)?;
        notes(page, step)?;
        let mut here = happening.remove(&number).unwrap_or_default();
        let copies: Vec<&Copied> = case.copied.iter().filter(|copied| copied.step == number).collect();
        // What came with a passage is told with it.
        here.retain(|(_, appearance)| !copies.iter().any(|copied| copied.holds(&step.phrases[appearance.phrase].quote.words)));
        here.sort_by_key(|(_, appearance)| appearance.phrase);
        for (_, appearance) in here.iter().filter(|(history, _)| history.appearances.len() > 1) {
            repeated(page, &step.phrases[appearance.phrase], appearance)?;
        }
        let once = here.iter().filter(|(history, _)| history.appearances.len() == 1);
        single(page, once.map(|(_, appearance)| &step.phrases[appearance.phrase]))?;
        copies.iter().try_for_each(|copied| copy(page, case, copied))?;
    }
    Ok(())
}

/// The entries without a date.
pub fn undated(page: &mut Page, case: &Case) -> io::Result<()> {
    if case.undated.is_empty() {
        return Ok(());
    }
    page.heading("WITHOUT A DATE")?;
    page.text(
        "",
        "No date is known for these, so they are no part of what stands above. A date in their metadata would place them.",
    )?;
    for step in &case.undated {
        page.line("")?;
        page.hanging(&format!("{} · {}{}", spot(step, step.line), agency(step), asks(step)))?;
        notes(page, step)?;
        single(page, step.phrases.iter())?;
    }
    Ok(())
}

/// The date, who recorded it, and what its findings ask.
fn head(page: &mut Page, step: &Step) -> io::Result<()> {
    let genre = step.genre.as_ref().map_or(String::new(), |genre| format!(", {genre}"));
    page.hanging(&format!("{} · {}{genre}{}", date(step.when), agency(step), asks(step)))
}

fn asks(step: &Step) -> String {
    let asks = [(step.asks.reword, "to reword"), (step.asks.analyse, "to analyse"), (step.asks.consider, "to consider")];
    let asks: Vec<String> = asks
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    if asks.is_empty() { String::new() } else { format!(" · {}", asks.join(", ")) }
}

fn label(name: &str) -> String {
    format!("    {name:<width$}", width = LABEL - 4)
}

fn notes(page: &mut Page, step: &Step) -> io::Result<()> {
    step.notes.iter().try_for_each(|note| self::note(page, note))
}

fn note(page: &mut Page, note: &Note) -> io::Result<()> {
    let quoted = format!("“{}”", note.quote.sentence);
    match note.kind {
        NoteKind::Disclosure => {
            page.text(&label("told"), &format!("{}: {quoted}", words_of(note.who, note.form, note.name.as_deref())))
        }
        NoteKind::MissedContact => page.text(&label("missed"), &quoted),
        NoteKind::Plan => page.text(&label("plan"), &quoted),
        NoteKind::Review => page.text(&label("review"), &quoted),
        // That somebody was seen ends a run of missed contacts, and is told there.
        _ => Ok(()),
    }
}

/// A phrase that stands in other entries too.
fn repeated(page: &mut Page, phrase: &Phrase, appearance: &Appearance) -> io::Result<()> {
    let (opening, tone) = match appearance.event {
        _ if appearance.after_challenge => ("back", Tone::Look),
        Event::First => ("first", Tone::Plain),
        Event::AttributionLost => ("attribution lost", Tone::Look),
        Event::AttributionChanged => ("attribution changed", Tone::Look),
        Event::Challenged | Event::Corrected | Event::Analysed => ("answered", Tone::Mended),
        _ => ("again", Tone::Plain),
    };
    let after = if appearance.after_challenge { ", after it was questioned" } else { "" };
    let figures = if appearance.other_figures { ", with other figures" } else { "" };
    let times = if appearance.times > 1 { format!(", {} times", appearance.times) } else { String::new() };
    let what = event(phrase, appearance.event);
    let text = format!("{opening}: “{}”, {what}{after}{figures}{times}", phrase.quote.words);
    page.painted(&label("phrase"), &text, Some((opening, tone)))
}

/// The phrases that stand in this entry alone.
fn single<'a>(page: &mut Page, phrases: impl Iterator<Item = &'a Phrase>) -> io::Result<()> {
    let told: Vec<String> = phrases.map(|phrase| format!("“{}” ({})", phrase.quote.words, how(phrase))).collect();
    if told.is_empty() { Ok(()) } else { page.text(&label("also"), &told.join(", ")) }
}

fn how(phrase: &Phrase) -> String {
    match phrase.standing {
        Standing::Stated => "own words".to_owned(),
        Standing::Analysed => "analysed".to_owned(),
        Standing::Challenged => "challenged".to_owned(),
        Standing::Corrected => "corrected".to_owned(),
        Standing::Negated => "negated".to_owned(),
        _ => speaker(phrase),
    }
}

fn copy(page: &mut Page, case: &Case, copied: &Copied) -> io::Result<()> {
    let step = &case.steps[copied.step];
    let opening: Vec<&str> = copied.passage.split(' ').take(OPENING).collect();
    let mut held: Vec<String> = Vec::new();
    for phrase in step.phrases.iter().filter(|phrase| copied.holds(&phrase.quote.words)) {
        held.push(format!("“{}”", phrase.quote.words));
    }
    let held = if held.is_empty() { String::new() } else { format!(", and with it {}", held.join(", ")) };
    let text = format!("{} words of {}: “{} …”{held}", copied.words, place(case, copied.from), opening.join(" "));
    page.text(&label("copied"), &text)
}
