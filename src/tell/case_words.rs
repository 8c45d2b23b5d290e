//! The words for what a case holds: dates, places, speakers, events.

use super::{count, month, whose};
use crate::case::{Appearance, Case, Event, History, Phrase, Precision, Quarter, Standing, Step, When};
use crate::finding::{Form, Who};

/// A date in words.
pub fn date(when: Option<When>) -> String {
    let Some(when) = when else {
        return "without a date".to_owned();
    };
    match when.precision {
        Precision::Month => month(when.date),
        Precision::Day => super::date(when.date),
    }
}

/// Who recorded a step.
pub fn agency(step: &Step) -> &str {
    step.agency.as_deref().unwrap_or("no agency named")
}

/// When and by whom a step was recorded: "3 March 2011 (the school)".
pub fn place(case: &Case, step: usize) -> String {
    let step = &case.steps[step];
    format!("{} ({})", date(step.when), agency(step))
}

/// Where something stands, safe to print by itself: `path:line`, or `path:row` where a file holds several records.
pub fn spot(step: &Step, line: usize) -> String {
    format!("{}:{}", step.document, step.row.unwrap_or(line))
}

/// Whose words a phrase is.
pub fn speaker(phrase: &Phrase) -> String {
    words_of(phrase.who, phrase.form, phrase.name.as_deref())
}

/// Whose words they are, by name where only that tells it.
pub fn words_of(who: Who, form: Form, name: Option<&str>) -> String {
    match (name, form) {
        (Some(name), _) => format!("{name}'s words"),
        (None, Form::Own) => whose(Who::Author).to_owned(),
        (None, _) => whose(who).to_owned(),
    }
}

/// The phrase of an appearance.
pub fn phrase<'a>(case: &'a Case, appearance: &Appearance) -> &'a Phrase {
    &case.steps[appearance.step].phrases[appearance.phrase]
}

/// The words of a history's first appearance, in quotation marks.
pub fn title(case: &Case, history: &History) -> String {
    let first = history.appearances.first().map_or("", |first| &phrase(case, first).quote.words);
    format!("“{first}”")
}

/// What happens to a phrase in an appearance.
pub fn event(phrase: &Phrase, event: Event) -> String {
    match (event, phrase.standing) {
        (Event::First, Standing::Stated) => "stated by the record itself".to_owned(),
        (Event::First, Standing::Reported) => speaker(phrase),
        (Event::First, Standing::Analysed) => format!("{}, analysed", speaker(phrase)),
        (Event::First, Standing::Challenged) => format!("{}, challenged", speaker(phrase)),
        (Event::First, Standing::Negated) | (Event::Negated, _) => "negated".to_owned(),
        (Event::First, _) | (Event::Corrected, _) => "corrected".to_owned(),
        (Event::Repeated, _) => format!("repeated as {}", speaker(phrase)),
        (Event::AttributionChanged | Event::Attributed | Event::Unattributed, _) => format!("given as {}", speaker(phrase)),
        (Event::AttributionLost, _) => "stated as fact".to_owned(),
        (Event::StatedAgain, _) => "stated by the record itself".to_owned(),
        (Event::Analysed, _) => "analysed".to_owned(),
        (Event::Challenged, _) => "challenged".to_owned(),
    }
}

/// The agencies of some steps, each once.
pub fn agencies(case: &Case, steps: &[usize]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for &step in steps {
        let name = agency(&case.steps[step]);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// A stretch of time in days, or in months where it is long.
pub fn lapse(days: usize) -> String {
    if days < 90 { count(days, "day") } else { count((2 * days + 30) / 61, "month") }
}

/// "Q3 2011".
pub fn quarter_name(quarter: &Quarter) -> String {
    format!("Q{} {}", quarter.quarter, quarter.year)
}
