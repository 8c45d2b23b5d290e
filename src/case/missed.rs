//! Contacts that were missed in a row, by agency.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::read::Draft;
use super::step::{NoteKind, Step};
use crate::lexicon::schema::CaseWords;

/// So many entries with a missed contact make a run.
const RUN: usize = 2;

/// A longer time between two of them ends a run, in days: four months.
const APART: i64 = 122;

/// Entries of one agency, one after another, in which contact did not come about, with none made between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MissedRun {
    pub agency: Option<String>,
    /// The numbers of its steps.
    pub steps: Vec<usize>,
    /// Those that say what it means for the child.
    pub analysed: Vec<usize>,
    /// The phrases about it, by the numbers of step and phrase: what was said of those who were not met.
    pub said: Vec<(usize, usize)>,
    /// The next step of the agency in which contact came about.
    pub ended_by: Option<usize>,
}

/// The runs of missed contacts, in order of their first step.
pub(super) fn runs(steps: &[Draft], words: &CaseWords) -> Vec<MissedRun> {
    let mut open: BTreeMap<Option<&str>, MissedRun> = BTreeMap::new();
    let mut runs = Vec::new();
    for (number, draft) in steps.iter().enumerate() {
        let step = &draft.step;
        let agency = step.agency.as_deref();
        let has = |kind| step.notes.iter().any(|note| note.kind == kind);
        if has(NoteKind::MissedContact) {
            if open.get(&agency).is_some_and(|run| run.is_long_before(step, steps)) {
                runs.extend(open.remove(&agency));
            }
            let run = open.entry(agency).or_insert_with(|| MissedRun {
                agency: step.agency.clone(),
                steps: Vec::new(),
                analysed: Vec::new(),
                said: Vec::new(),
                ended_by: None,
            });
            run.add(number, draft, words);
        }
        if has(NoteKind::Contact)
            && let Some(mut run) = open.remove(&agency)
        {
            run.ended_by = Some(number);
            runs.push(run);
        }
    }
    runs.extend(open.into_values());
    runs.retain(|run| run.steps.len() >= RUN);
    runs.iter_mut().for_each(|run| run.ended_by = run.ended_by.or_else(|| run.next_contact(steps)));
    runs.sort_by_key(|run| run.steps.clone());
    runs
}

impl MissedRun {
    fn next_contact(&self, steps: &[Draft]) -> Option<usize> {
        let last = *self.steps.last()?;
        let is_contact = |step: &Step| step.agency == self.agency && step.notes.iter().any(|note| note.kind == NoteKind::Contact);
        (last + 1..steps.len()).find(|&number| is_contact(&steps[number].step))
    }

    fn is_long_before(&self, step: &Step, steps: &[Draft]) -> bool {
        let last = self.steps.last().and_then(|&last| steps[last].step.when);
        last.zip(step.when).is_some_and(|(last, when)| last.date.days_until(when.date) > APART)
    }

    fn add(&mut self, number: usize, draft: &Draft, words: &CaseWords) {
        let step = &draft.step;
        self.steps.push(number);
        let missed = step.notes.iter().filter(|note| note.kind == NoteKind::MissedContact);
        if missed.into_iter().any(|note| note.analysis.is_some()) {
            self.analysed.push(number);
        }
        let phrases = step.phrases.iter().enumerate();
        let said = phrases.filter(|(_, phrase)| words.missed.contains(&phrase.family));
        self.said.extend(said.map(|(phrase, _)| (number, phrase)));
    }
}
