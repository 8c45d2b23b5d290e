//! Phrase histories of a case whose records come one after another and are not kept.

use std::collections::BTreeMap;

use super::history::{History, histories};
use super::read::{Draft, read};
use super::step::Step;
use super::{Document, When, identity};
use crate::linter::Linter;

/// What the phrase histories of a case need of one record: its phrases without their sentences, and names.
///
/// It borrows nothing, so that records may be read by several threads and let go of.
#[derive(Debug)]
pub struct Gathered(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    step: Step,
    start: usize,
    names: BTreeMap<String, bool>,
}

impl Entry {
    fn of(draft: Draft) -> Entry {
        let Draft { mut step, start, names, .. } = draft;
        step.notes = Vec::new();
        for phrase in &mut step.phrases {
            phrase.quote.sentence = String::new();
        }
        Entry { step, start, names }
    }

    /// As [`Draft::order`], without the texts, which are gone.
    fn order(&self) -> (Option<When>, &str, Option<usize>, usize, Option<&str>) {
        (self.step.when, &self.step.document, self.step.row, self.start, self.step.id.as_deref())
    }
}

/// The records of one child, to be told of together. The order in which they are given changes nothing where their names differ.
#[derive(Debug, Default)]
pub struct Gathering(Vec<Entry>);

impl Gathering {
    /// Adds a record.
    pub fn add(&mut self, record: Gathered) {
        self.0.extend(record.0);
    }

    /// The dated steps in order, whose notes and sentences are left out, and the histories, which are those of [`Linter::case`].
    pub fn histories(mut self, linter: &Linter) -> (Vec<Step>, Vec<History>) {
        self.0.sort_by(|one, other| one.order().cmp(&other.order()));
        let child = identity::child(self.0.iter().map(|entry| &entry.names));
        let mut steps: Vec<Step> = self.0.into_iter().map(|entry| entry.step).collect();
        if let Some(child) = child {
            steps.iter_mut().for_each(|step| step.name_child(&child.name));
        }
        steps.retain(|step| step.when.is_some());
        let histories = histories(steps.iter(), &linter.lexicon);
        (steps, histories)
    }
}

impl Linter {
    /// Reads a record for the phrase histories of its case.
    pub fn gather(&self, document: &Document) -> Gathered {
        Gathered(read(self, document).into_iter().map(Entry::of).collect())
    }
}
