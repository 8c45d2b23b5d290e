//! What a case shows, as plain sentences. Terminal and JSON have the same ones.

use std::cmp::Reverse;

use crate::case::{Appearance, Case, Disclosure, Event, History, Identity, MissedRun, Named, Plan, Quarter};

use super::case_words::{agencies, date, event, lapse, phrase, place, quarter_name, speaker, title};
use super::count;

/// How many phrases and runs the opening names at most. All stand in full below.
const FEW: usize = 3;

/// What happened to a phrase, in one sentence.
pub fn history_line(case: &Case, history: &History) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = history.appearances.as_slice();
    while let Some(first) = rest.first() {
        let alike = rest.iter().take_while(|other| is_alike(case, first, other)).count();
        parts.push(part(case, &rest[..alike]));
        rest = &rest[alike..];
    }
    format!("{}: {}.", title(case, history), parts.join("; "))
}

fn is_alike(case: &Case, one: &Appearance, other: &Appearance) -> bool {
    let key = |appearance: &Appearance| (appearance.event, appearance.after_challenge, speaker(phrase(case, appearance)));
    key(one) == key(other)
}

/// One stretch of a history in which the same thing happens.
fn part(case: &Case, appearances: &[Appearance]) -> String {
    let first = appearances[0];
    let what = event(phrase(case, &first), first.event);
    let what = if first.after_challenge {
        format!("then, after it was questioned, {what}")
    } else {
        what
    };
    match appearances {
        [_] => format!("{what} on {}", place(case, first.step)),
        [.., last] => {
            let steps: Vec<usize> = appearances.iter().map(|appearance| appearance.step).collect();
            let (from, to) = (date(case.steps[first.step].when), date(case.steps[last.step].when));
            let when = if from == to { format!("on {from}") } else { format!("{from} to {to}") };
            format!("{what} {} times, {when} ({})", appearances.len(), agencies(case, &steps))
        }
        [] => what,
    }
}

/// The histories that go on beyond one entry, the most telling first: back after a challenge, attribution lost or changed, then
/// those that appear most often.
pub fn repeated(case: &Case) -> Vec<&History> {
    let mut histories: Vec<&History> = case.histories.iter().filter(|history| history.appearances.len() > 1).collect();
    let has =
        |history: &History, wanted: &[Event]| history.appearances.iter().any(|appearance| wanted.contains(&appearance.event));
    histories.sort_by_key(|history| {
        Reverse((
            history.appearances.iter().any(|appearance| appearance.after_challenge),
            has(history, &[Event::AttributionLost]),
            has(history, &[Event::AttributionChanged, Event::Challenged, Event::Corrected]),
            history.appearances.len(),
        ))
    });
    histories
}

/// Whether more happens in a history than that words are repeated.
pub fn is_telling(history: &History) -> bool {
    let is_plain = |event| {
        matches!(
            event,
            Event::First
                | Event::Repeated
                | Event::StatedAgain
                | Event::Analysed
                | Event::Negated
                | Event::Attributed
                | Event::Unattributed
        )
    };
    history
        .appearances
        .iter()
        .any(|appearance| appearance.after_challenge || !is_plain(appearance.event))
}

/// What matters most, a sentence or two each.
pub fn in_short(case: &Case) -> Vec<String> {
    let mut lines: Vec<String> = mixed(&case.identity).into_iter().collect();
    let repeated = repeated(case);
    let telling: Vec<&&History> = repeated.iter().filter(|history| is_telling(history)).collect();
    lines.extend(telling.iter().take(FEW).map(|history| history_line(case, history)));
    lines.extend(further(telling.len(), "phrase loses or changes its attribution", "phrases lose or change their attribution"));
    let mut runs: Vec<&MissedRun> = case.missed.iter().collect();
    runs.sort_by_key(|run| Reverse(run.steps.len()));
    lines.extend(runs.iter().take(FEW).map(|run| missed_line(case, run)));
    lines.extend(further(runs.len(), "run of missed contacts", "runs of missed contacts"));
    lines.extend(disclosures_line(case));
    let is_left = |plan: &&Plan| plan.reviewed.is_none() && plan.step + 1 < case.steps.len();
    lines.extend(case.plans.iter().filter(is_left).map(|plan| plan_line(case, plan)));
    lines.extend(copied_line(case));
    lines.extend(balance_line(&case.quarters));
    match case.undated.len() {
        0 => {}
        1 => lines.push("1 record or entry has no date. It stands apart, at the end, and is no part of the rest.".to_owned()),
        number => lines.push(format!(
            "{number} records or entries have no date. They stand apart, at the end, and are no part of the rest."
        )),
    }
    lines
}

/// That there are more than the opening names.
fn further(all: usize, one: &str, several: &str) -> Option<String> {
    match all.saturating_sub(FEW) {
        0 => None,
        1 => Some(format!("1 more {one}: see below.")),
        number => Some(format!("{number} more {several}: see below.")),
    }
}

/// That the records seem to be of several children.
pub fn mixed(identity: &Identity) -> Option<String> {
    let list = |names: &[Named]| -> String {
        names
            .iter()
            .map(|named| format!("{} ({})", named.name, count(named.records, "record")))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let several = |what: &str, names: &[Named]| (names.len() > 1).then(|| format!("{what} {}", list(names)));
    let parts: Vec<String> = [several("case numbers", &identity.cases), several("dates of birth", &identity.births)]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| {
        format!(
            "These records may be of more than one child: {}. Read one child at a time, or what follows mixes them.",
            parts.join("; ")
        )
    })
}

/// A run of missed contacts.
pub fn missed_line(case: &Case, run: &MissedRun) -> String {
    let (first, last) = (run.steps[0], run.steps[run.steps.len() - 1]);
    let whose = run.agency.as_deref().unwrap_or("no agency named");
    let opening = format!(
        "Contact missed in {} entries, {} to {}, and none made between ({whose}).",
        run.steps.len(),
        date(case.steps[first].when),
        date(case.steps[last].when)
    );
    let meaning = match run.analysed.len() {
        0 => "None says what that means for the child.".to_owned(),
        1 => "1 of them says what that means for the child.".to_owned(),
        number => format!("{number} of them say what that means for the child."),
    };
    let mut said: Vec<String> = Vec::new();
    for &(step, phrase) in &run.said {
        let words = format!("“{}”", case.steps[step].phrases[phrase].quote.words);
        if !said.contains(&words) {
            said.push(words);
        }
    }
    let said = if said.is_empty() { String::new() } else { format!(" Said of it: {}.", said.join(", ")) };
    format!("{opening} {meaning}{said}")
}

fn disclosures_line(case: &Case) -> Option<String> {
    let all = case.disclosures.len();
    if all == 0 {
        return None;
    }
    let silent: Vec<&Disclosure> = case.disclosures.iter().filter(|disclosure| disclosure.analysed.is_none()).collect();
    let opening = match all {
        1 => "1 entry tells of harm in the words of the child or of others.".to_owned(),
        _ => format!("{all} entries tell of harm in the words of the child or of others."),
    };
    let places: Vec<String> = silent.iter().map(|disclosure| place(case, disclosure.step)).collect();
    let unanswered = match silent.len() {
        0 => String::new(),
        _ => format!(" For these no entry, then or later, says what that means: {}.", places.join("; ")),
    };
    let slowest = case
        .disclosures
        .iter()
        .filter_map(|disclosure| Some((wait(case, disclosure)?, disclosure)))
        .max_by_key(|(days, _)| *days);
    let slowest = match slowest.filter(|_| silent.len() < all) {
        Some((days, disclosure)) if days > 0 => {
            format!(
                " The longest time until an entry says what that means: {}, after {}.",
                lapse(days),
                place(case, disclosure.step)
            )
        }
        _ => String::new(),
    };
    Some(format!("{opening}{unanswered}{slowest}"))
}

/// Days from a disclosure to the first analysis.
pub fn wait(case: &Case, disclosure: &Disclosure) -> Option<usize> {
    let answer = disclosure.analysed.as_ref()?;
    let (from, to) = (case.steps[disclosure.step].when?, case.steps[answer.step].when?);
    usize::try_from(from.date.days_until(to.date)).ok()
}

/// A plan and its review.
pub fn plan_line(case: &Case, plan: &Plan) -> String {
    let again = match plan.repeated.len() {
        0 => String::new(),
        number => format!(", spoken of again in {} ({})", count_entries(number), agencies(case, &plan.repeated)),
    };
    match plan.reviewed {
        Some(review) => format!("Plan on {}{again}: reviewed on {}.", place(case, plan.step), place(case, review)),
        None => format!("Plan on {}{again}: no later entry reviews it{}.", place(case, plan.step), so_far(case, plan)),
    }
}

/// How long the records go on after a plan.
fn so_far(case: &Case, plan: &Plan) -> String {
    let last = case.steps.last().and_then(|step| step.when);
    let days = case.steps[plan.step].when.zip(last).map(|(from, to)| from.date.days_until(to.date));
    match days.and_then(|days| usize::try_from(days).ok()) {
        None | Some(0) => String::new(),
        Some(days) => format!(", in the {} that follow", lapse(days)),
    }
}

fn count_entries(number: usize) -> String {
    if number == 1 { "1 later entry".to_owned() } else { format!("{number} later entries") }
}

fn copied_line(case: &Case) -> Option<String> {
    let longest = case.copied.iter().max_by_key(|copied| (copied.words, Reverse(copied.step)))?;
    let from_to = format!("from {} into {}", place(case, longest.from), place(case, longest.step));
    Some(match case.copied.len() {
        1 => format!("A passage of {} words is copied {from_to}.", longest.words),
        number => format!("{number} passages are copied forward, the longest, of {} words, {from_to}.", longest.words),
    })
}

/// What more words speak of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Harm,
    Conduct,
    Neither,
}

fn lead(quarter: &Quarter) -> Lead {
    match quarter.words.harm.cmp(&quarter.words.conduct) {
        std::cmp::Ordering::Greater => Lead::Harm,
        std::cmp::Ordering::Less => Lead::Conduct,
        std::cmp::Ordering::Equal => Lead::Neither,
    }
}

/// How the balance of words moves from quarter to quarter.
fn balance_line(quarters: &[Quarter]) -> Option<String> {
    let told: Vec<&Quarter> = quarters.iter().filter(|quarter| lead(quarter) != Lead::Neither).collect();
    let stretches: Vec<&[&Quarter]> = told.chunk_by(|one, other| lead(one) == lead(other)).collect();
    if stretches.len() < 2 {
        return None;
    }
    let said = |stretch: &&[&Quarter]| {
        let what = if lead(stretch[0]) == Lead::Harm { "harm to the child" } else { "the child's behaviour" };
        match stretch {
            [one] => format!("{what} in {}", quarter_name(one)),
            [first, .., last] => format!("{what} from {} to {}", quarter_name(first), quarter_name(last)),
            [] => String::new(),
        }
    };
    if stretches.len() > FEW + 1 {
        let conduct = told.iter().filter(|quarter| lead(quarter) == Lead::Conduct).count();
        let all = quarters.len();
        return Some(format!(
            "More words speak of the child's behaviour than of harm to the child in {conduct} of {all} quarters."
        ));
    }
    Some(format!("Most words speak of {}.", stretches.iter().map(said).collect::<Vec<_>>().join(", then of ")))
}
