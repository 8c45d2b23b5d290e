//! Phrases through a case: who said them first, who repeated them, and what became of them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::step::{Phrase, Standing, Step};
use super::wording::Wording;
use crate::finding::{Form, Who};
use crate::lexicon::Lexicon;

/// A claim through the case: one concern in near-identical words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct History {
    /// `family/id` of the concern, as the first appearance has it.
    pub rule: String,
    pub family: String,
    /// The wordings, each once, in order of appearance.
    pub wordings: Vec<String>,
    /// In order of date.
    pub appearances: Vec<Appearance>,
}

/// A claim where it stands in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Appearance {
    /// The number of the step in [`Case::steps`](super::Case::steps).
    pub step: usize,
    /// The number of the phrase in [`Step::phrases`](super::Step::phrases); of several in a step that stand alike, the first.
    pub phrase: usize,
    /// How many phrases of the step it stands for.
    pub times: usize,
    pub event: Event,
    /// The claim was challenged or corrected before, and here it stands again.
    pub after_challenge: bool,
    /// It gives other figures than the last appearance that gave any.
    pub other_figures: bool,
}

/// What happens to a claim where it appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Event {
    /// It appears for the first time.
    First,
    /// It is repeated as the same person's words.
    Repeated,
    /// It is given as another person's words than before, or as somebody's.
    AttributionChanged,
    /// Somebody's words, and nobody says whose.
    Unattributed,
    /// Somebody's words before, the record's own now.
    AttributionLost,
    /// The record's own words before, somebody's now.
    Attributed,
    /// The record's own words again, or for the first time where nobody was named before.
    StatedAgain,
    Analysed,
    Challenged,
    Corrected,
    Negated,
}

/// The histories of all phrases, in order of their first appearance.
pub(super) fn histories<'a>(steps: impl Iterator<Item = &'a Step>, lexicon: &Lexicon) -> Vec<History> {
    let mut claims: Vec<Claim> = Vec::new();
    for (number, step) in steps.enumerate() {
        for (place_in_step, phrase) in step.phrases.iter().enumerate() {
            let wording = Wording::read(&phrase.quote.words, lexicon);
            let rules: BTreeSet<&str> = rules_of(phrase).collect();
            let place = claims.iter().position(|claim| claim.holds(&rules, &wording)).unwrap_or(claims.len());
            if place == claims.len() {
                claims.push(Claim::default());
            }
            claims[place].add(number, place_in_step, phrase, rules, wording);
        }
    }
    claims.into_iter().filter_map(Claim::finish).collect()
}

fn rules_of(phrase: &Phrase) -> impl Iterator<Item = &str> {
    std::iter::once(&phrase.rule).chain(&phrase.also).map(String::as_str)
}

/// A history in the making.
#[derive(Default)]
struct Claim<'a> {
    history: Option<History>,
    /// The distinct wordings, each with the concerns that it was found by.
    known: Vec<(BTreeSet<&'a str>, Wording)>,
    /// Whose words it was last given as.
    speaker: Option<Speaker<'a>>,
    is_stated: bool,
    /// Challenged or corrected.
    is_challenged: bool,
    /// Stands anywhere without being corrected or negated.
    is_claimed: bool,
    figures: Vec<u32>,
}

/// Who speaks: the role, and the name where only that is known.
#[derive(Clone, Copy, PartialEq)]
struct Speaker<'a> {
    who: Who,
    name: Option<&'a str>,
}

impl<'a> Claim<'a> {
    /// Whether a phrase is this claim: a concern in common, in near-identical words.
    fn holds(&self, rules: &BTreeSet<&str>, wording: &Wording) -> bool {
        self.known.iter().any(|(known, other)| !known.is_disjoint(rules) && other.is_like(wording))
    }

    fn add(&mut self, step: usize, number: usize, phrase: &'a Phrase, rules: BTreeSet<&'a str>, wording: Wording) {
        let event = if self.history.is_none() { Event::First } else { self.event(phrase) };
        let other_figures = !wording.figures.is_empty() && !self.figures.is_empty() && wording.figures != self.figures;
        let appearance = Appearance {
            step,
            phrase: number,
            times: 1,
            event,
            after_challenge: self.is_challenged && phrase.standing.is_bare(),
            other_figures,
        };
        self.remember(phrase, &wording);
        let history = self.history.get_or_insert_with(|| History {
            rule: phrase.rule.clone(),
            family: phrase.family.clone(),
            wordings: Vec::new(),
            appearances: Vec::new(),
        });
        let words = phrase.quote.words.to_lowercase();
        if !history.wordings.contains(&words) {
            history.wordings.push(words);
        }
        let is_repeat = |last: &Appearance| {
            let goes_on = matches!(event, Event::Repeated | Event::StatedAgain) || event == last.event;
            last.step == step && goes_on && !other_figures
        };
        match history.appearances.last_mut() {
            Some(last) if is_repeat(last) => last.times += 1,
            _ => history.appearances.push(appearance),
        }
        if !self.known.iter().any(|(known, other)| *known == rules && *other == wording) {
            self.known.push((rules, wording));
        }
    }

    /// What happens to the claim in a phrase that is not its first.
    fn event(&self, phrase: &Phrase) -> Event {
        match (phrase.standing, self.speaker) {
            (Standing::Analysed, _) => Event::Analysed,
            (Standing::Challenged, _) => Event::Challenged,
            (Standing::Corrected, _) => Event::Corrected,
            (Standing::Negated, _) => Event::Negated,
            (Standing::Stated, Some(_)) if !self.is_stated => Event::AttributionLost,
            (Standing::Stated, _) => Event::StatedAgain,
            (Standing::Reported, _) if !is_known(phrase) => Event::Unattributed,
            (Standing::Reported, None) => Event::Attributed,
            (Standing::Reported, Some(speaker)) if speaker == speaker_of(phrase) => Event::Repeated,
            (Standing::Reported, Some(_)) => Event::AttributionChanged,
        }
    }

    fn remember(&mut self, phrase: &'a Phrase, wording: &Wording) {
        if phrase.form == Form::Own {
            self.is_stated |= phrase.standing == Standing::Stated;
        } else if is_known(phrase) && !matches!(phrase.standing, Standing::Corrected | Standing::Negated) {
            self.speaker = Some(speaker_of(phrase));
            self.is_stated = false;
        }
        self.is_challenged |= matches!(phrase.standing, Standing::Challenged | Standing::Corrected);
        self.is_claimed |= !matches!(phrase.standing, Standing::Corrected | Standing::Negated);
        if !wording.figures.is_empty() {
            self.figures.clone_from(&wording.figures);
        }
    }

    /// The history, unless the words were only ever corrected or negated.
    fn finish(self) -> Option<History> {
        self.history.filter(|_| self.is_claimed)
    }
}

/// Whether it is told who speaks.
fn is_known(phrase: &Phrase) -> bool {
    phrase.who != Who::Unknown || phrase.name.is_some()
}

fn speaker_of(phrase: &Phrase) -> Speaker<'_> {
    Speaker { who: phrase.who, name: phrase.name.as_deref() }
}
