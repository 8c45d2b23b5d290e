//! What is asked of several checks: records under one policy.

use caselint::Record;
use caselint::offsets::Unit;
use caselint::policy::PolicyKeys;
use serde_json::Value;

use super::Problem;
use super::request::{no_more, object, offsets, policy};
use crate::input::record_of;

/// Records to check under one policy; those that cannot be read have their problem in their place.
#[derive(Debug)]
pub struct Batch {
    pub records: Vec<Result<Record, Problem>>,
    pub policy: PolicyKeys,
    pub offsets: Unit,
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
