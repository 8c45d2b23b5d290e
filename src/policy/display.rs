//! What a writer is shown before a note is saved.

use serde::Serialize;

use super::{Decision, Policy};
use crate::finding::{Ask, Finding};
use crate::tell::count;

/// Phrases that are named of those that ask the same.
const NAMED: usize = 3;
/// Characters of a phrase that are shown.
const PHRASE_CHARS: usize = 60;

/// A text ready to show, with the labels of the buttons below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Display {
    pub title: String,
    pub text: String,
    /// The button that saves: as it is, or as a draft where finalising is blocked. Absent where there is nothing to decide.
    pub save: Option<String>,
    /// The button that goes back to the note. Absent where there is nothing to decide.
    pub back: Option<String>,
}

impl Display {
    /// What to show of a decision that the policy took on these findings.
    pub fn new(policy: &Policy, decision: Decision, findings: &[Finding]) -> Display {
        let is_shown = |finding: &&Finding| decision == Decision::Save || policy.counts(finding);
        let shown: Vec<&Finding> = findings.iter().filter(is_shown).collect();
        if shown.is_empty() {
            return Display { title: "Nothing found by these rules".into(), text: String::new(), save: None, back: None };
        }
        let places = count(shown.len(), "place");
        let found = sentences(&shown);
        let (title, end, save) = match decision {
            Decision::Save => (format!("{places} to look at"), "The note can be saved as it is.", None),
            Decision::Prompt => (
                format!("Before you finalise: {places} to look at"),
                "You can finalise the note as it is, or go back to it.",
                Some("Finalise as it is"),
            ),
            Decision::Block => (
                format!("Not finalised yet: {places} to look at"),
                "Your organisation asks for this before a note is finalised. It can be saved as a draft.",
                Some("Save as a draft"),
            ),
        };
        Display {
            title,
            text: format!("{found} {end}"),
            back: save.map(|_| "Go back to the note".into()),
            save: save.map(Into::into),
        }
    }
}

/// A sentence for each thing that is asked, the gravest first.
fn sentences(findings: &[&Finding]) -> String {
    let sentence = |ask| {
        let asking: Vec<&Finding> = findings.iter().copied().filter(|finding| finding.ask == ask).collect();
        (!asking.is_empty()).then(|| sentence(ask, &asking))
    };
    [Ask::Reword, Ask::Analyse, Ask::Consider]
        .into_iter()
        .filter_map(sentence)
        .collect::<Vec<_>>()
        .join(" ")
}

fn sentence(ask: Ask, findings: &[&Finding]) -> String {
    let mut phrases: Vec<String> = Vec::new();
    for finding in findings {
        let phrase = format!("“{}”", shorten(&finding.text));
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    let is_one = phrases.len() == 1;
    let named = list(phrases);
    match ask {
        Ask::Reword => format!("{named} could be put in other words."),
        Ask::Analyse if is_one => format!("{named} stands without the writer's own analysis."),
        Ask::Analyse => format!("{named} stand without the writer's own analysis."),
        Ask::Consider => format!("Something may be missing beside {named}."),
    }
}

/// `a`, `a and b`, `a, b and c`, `a, b, c and 2 more`.
fn list(mut phrases: Vec<String>) -> String {
    let more = phrases.len().saturating_sub(NAMED);
    phrases.truncate(NAMED);
    let last = if more > 0 { Some(format!("{more} more")) } else { phrases.pop() };
    match (phrases.is_empty(), last) {
        (true, last) => last.unwrap_or_default(),
        (false, last) => format!("{} and {}", phrases.join(", "), last.unwrap_or_default()),
    }
}

/// The phrase on one line, cut where it is long.
fn shorten(phrase: &str) -> String {
    let line = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(PHRASE_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
