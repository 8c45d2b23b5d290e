//! Several records under one policy.

use caselint::Record;
use caselint::offsets::Unit;
use caselint::policy::{Answer, PolicyKeys};
use serde::Serialize;
use serde_json::Value;

use super::checker::{Checker, contained};
use super::request::{no_more, object, offsets, policy};
use super::{Document, Problem};
use crate::input::record_of;

/// Records to check under one policy; those that cannot be read have their problem in their place.
#[derive(Debug)]
pub struct Batch {
    pub records: Vec<Result<Record, Problem>>,
    pub policy: PolicyKeys,
    pub offsets: Unit,
}

/// Records to check under one policy.
#[derive(schemars::JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "the description is made from it; requests are read key by key")]
pub struct BatchRequest {
    records: Vec<Record>,
    #[schemars(default)]
    policy: PolicyKeys,
    #[schemars(default)]
    offsets: Unit,
}

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

impl Batch {
    /// Reads a batch of at most so many records.
    pub fn read(json: &[u8], most: usize) -> Result<Batch, Problem> {
        let mut object = object(json)?;
        let (policy, offsets) = (policy(&mut object)?, offsets(&mut object)?);
        let Some(Value::Array(records)) = object.remove("records") else {
            return Err(Problem::misfit("“records” should be a list of records, such as [{\"text\": \"…\"}]"));
        };
        no_more(&object, "records, policy and offsets")?;
        if records.len() > most {
            let too_many =
                format!("{} records are more than the {most} that are taken at a time; send several batches", records.len());
            return Err(Problem::new(413, "Content Too Large", too_many));
        }
        let record = |(number, value)| match value {
            Value::Object(record) => record_of(record).map_err(|what| Problem::misfit(format!("record {number}: {what}"))),
            _ => Err(Problem::misfit(format!("record {number}: it is no object; write {{\"text\": \"…\"}}"))),
        };
        Ok(Batch { records: records.into_iter().enumerate().map(record).collect(), policy, offsets })
    }
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
