//! Answers to several records under one policy.

use caselint::policy::Answer;
use serde::Serialize;

use super::checker::{Checker, contained};
use super::{Batch, Document, Problem};

/// The answers to a batch, in its order.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Answers {
    pub answers: Vec<AnswerOrProblem>,
}

/// A record that cannot be read costs its own answer, and the others are given.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "nearly all are answers")]
pub enum AnswerOrProblem {
    Answer(Answer),
    Problem { problem: Problem },
}

impl Checker {
    /// Checks records one by one.
    pub fn check_batch(&self, batch: Batch) -> Result<Document<Answers>, Problem> {
        let policy = batch.policy.over(&self.policy);
        let linter = self.linter(&policy)?;
        let answer = |record| contained(|| Answer::counted_in(batch.offsets, &linter, &record, &policy));
        let answers = batch.records.into_iter().map(|record| match record.and_then(answer) {
            Ok(answer) => AnswerOrProblem::Answer(answer),
            Err(problem) => AnswerOrProblem::Problem { problem },
        });
        Ok(Document::new(self.edition(), Answers { answers: answers.collect() }))
    }
}
