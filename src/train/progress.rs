//! What a learner has done and seen, counted. It holds no name, no date and no words of theirs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rewrite::{Judged, Nature};
use super::sort::{Choice, Sorted};
use super::spot::{Outcome, Spotted};
use super::{Answer, Exercise};

/// The version of the file format.
const FORMAT: u32 = 1;

/// How far a learner has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    pub format: u32,
    /// By id of exercise.
    pub exercises: BTreeMap<String, Done>,
}

/// An exercise that was done: the last time counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    pub times: u32,
    /// By family.
    pub families: BTreeMap<String, Tally>,
}

/// Phrases of a family.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// To be flagged and seen; for a rewrite, answered.
    pub seen: u32,
    /// To be flagged and missed; for a rewrite, still standing or taken out.
    pub missed: u32,
    /// To be left and left.
    pub left: u32,
    /// To be left and flagged.
    pub overmarked: u32,
}

impl Default for Progress {
    fn default() -> Self {
        Progress { format: FORMAT, exercises: BTreeMap::new() }
    }
}

impl Progress {
    /// Whether this program can read the file that it came from.
    pub fn is_known(&self) -> bool {
        self.format == FORMAT
    }

    pub fn spotted(&mut self, exercise: &Exercise, spotted: &Spotted) {
        let items = spotted.items.iter().map(|seen| (seen.key.family.as_str(), Some(seen.outcome)));
        self.add(exercise, items);
    }

    pub fn sorted(&mut self, exercise: &Exercise, sorted: &[Sorted]) {
        let items = sorted.iter().map(|item| {
            let is_right = matches!(item.choice, Choice::Right | Choice::OtherReason);
            let outcome = match (item.answer, is_right) {
                (Answer::Flag, true) => Outcome::Seen,
                (Answer::Flag, false) => Outcome::Missed,
                (Answer::Leave, true) => Outcome::Left,
                (Answer::Leave, false) => Outcome::Overmarked,
            };
            (item.key.family.as_str(), (item.choice != Choice::Open).then_some(outcome))
        });
        self.add(exercise, items);
    }

    pub fn rewritten(&mut self, exercise: &Exercise, judged: &Judged) {
        let items = judged.remarks.iter().filter_map(|remark| {
            let outcome = if remark.nature == Nature::Mend { Outcome::Missed } else { Outcome::Seen };
            Some((remark.family.as_deref()?, Some(outcome)))
        });
        self.add(exercise, items);
    }

    fn add<'a>(&mut self, exercise: &Exercise, items: impl Iterator<Item = (&'a str, Option<Outcome>)>) {
        let done = self.exercises.entry(exercise.id.clone()).or_default();
        done.times = done.times.saturating_add(1);
        done.families.clear();
        for (family, outcome) in items {
            let tally = done.families.entry(family.to_owned()).or_default();
            match outcome {
                Some(Outcome::Seen) => tally.seen += 1,
                Some(Outcome::Missed) => tally.missed += 1,
                Some(Outcome::Left) => tally.left += 1,
                Some(Outcome::Overmarked) => tally.overmarked += 1,
                None => {}
            }
        }
    }

    /// All exercises together, by family.
    pub fn families(&self) -> BTreeMap<String, Tally> {
        let mut all: BTreeMap<String, Tally> = BTreeMap::new();
        for (family, tally) in self.exercises.values().flat_map(|done| &done.families) {
            all.entry(family.clone()).or_default().add(*tally);
        }
        all
    }
}

impl Tally {
    fn add(&mut self, other: Tally) {
        let add = |own: &mut u32, other: u32| *own = own.saturating_add(other);
        add(&mut self.seen, other.seen);
        add(&mut self.missed, other.missed);
        add(&mut self.left, other.left);
        add(&mut self.overmarked, other.overmarked);
    }
}

/// Several learners together, without a word on any one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Group {
    pub learners: u32,
    /// By id of exercise, how many have done it.
    pub exercises: BTreeMap<String, u32>,
    pub families: BTreeMap<String, Tally>,
}

impl Group {
    pub fn add(&mut self, progress: &Progress) {
        self.learners += 1;
        for id in progress.exercises.keys() {
            *self.exercises.entry(id.clone()).or_default() += 1;
        }
        for (family, tally) in progress.families() {
            self.families.entry(family).or_default().add(tally);
        }
    }
}
