//! What is asked of a check: a record and a policy. What is wrong is told without repeating a word of it.

use caselint::Record;
use caselint::documents::encoding::mark_length;
use caselint::offsets::Unit;
use caselint::policy::PolicyKeys;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Problem;
use crate::input::record_of;

pub type JsonObject = Map<String, Value>;

/// A record to check.
#[derive(Debug)]
pub struct Request {
    pub record: Record,
    pub policy: PolicyKeys,
    pub offsets: Unit,
}

/// The values that keys of a policy may have.
const POLICY: [(&str, &str); 5] = [
    ("stage", "draft, autosave or finalise"),
    ("fail_on", "reword, analyse, consider or never"),
    ("on_finalise", "prompt or block"),
    ("profile", "the name of a profile, such as core or full"),
    ("jurisdiction", "england-wales, scotland, northern-ireland or none"),
];

const OFFSETS: &str = "“offsets” should be utf-8, utf-16 or utf-32";

impl Request {
    /// Reads a request, or a record by itself.
    pub fn read_any(json: &[u8]) -> Result<Request, Problem> {
        let object = object(json)?;
        if object.contains_key("record") {
            return Request::of(object);
        }
        let record = record_of(object).map_err(Problem::misfit)?;
        Ok(Request { record, policy: PolicyKeys::default(), offsets: Unit::default() })
    }

    /// Reads a request.
    #[cfg(feature = "serve")]
    pub fn read(json: &[u8]) -> Result<Request, Problem> {
        Request::of(object(json)?)
    }

    fn of(mut object: JsonObject) -> Result<Request, Problem> {
        let (policy, offsets) = (policy(&mut object)?, offsets(&mut object)?);
        let record = match object.remove("record") {
            Some(Value::Object(record)) => record_of(record).map_err(|what| Problem::misfit(format!("the record: {what}")))?,
            Some(_) => return Err(Problem::misfit("“record” should be an object, such as {\"text\": \"…\"}")),
            None => return Err(Problem::misfit("“record” is missing; write {\"record\": {\"text\": \"…\"}}")),
        };
        no_more(&object, "record, policy and offsets")?;
        Ok(Request { record, policy, offsets })
    }
}

pub fn object(json: &[u8]) -> Result<JsonObject, Problem> {
    // Some programs begin whatever they write with a mark.
    let json = &json[mark_length(json)..];
    match serde_json::from_slice(json) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Problem::misfit("it is no JSON object; write {…}")),
        Err(error) => {
            let place = format!("line {}, byte {}", error.line(), error.column());
            Err(Problem::syntax(format!(
                "it is not valid JSON at {place}; check quotation marks, commas, brackets and UTF-8 there"
            )))
        }
    }
}

pub fn policy(object: &mut JsonObject) -> Result<PolicyKeys, Problem> {
    let keys = match object.remove("policy") {
        None | Some(Value::Null) => return Ok(PolicyKeys::default()),
        Some(Value::Object(keys)) => keys,
        Some(_) => return Err(Problem::misfit("“policy” should be an object, such as {\"stage\": \"finalise\"}")),
    };
    parsed(Value::Object(keys.clone())).ok_or_else(|| Problem::misfit(policy_misfit(keys)))
}

/// Names the key that does not fit, by trying each alone: the parser's own message would quote the value.
fn policy_misfit(keys: JsonObject) -> String {
    for (key, value) in keys {
        let alone = Map::from_iter([(key.clone(), value)]);
        match POLICY.iter().find(|(known, _)| *known == key) {
            Some((_, values)) if parsed::<PolicyKeys>(Value::Object(alone)).is_none() => {
                return format!("“policy.{key}” should be {values}");
            }
            Some(_) => {}
            None => {
                let known: Vec<&str> = POLICY.iter().map(|(known, _)| *known).collect();
                return format!("“policy” holds a key that is not known; its keys are {}", known.join(", "));
            }
        }
    }
    "the values of “policy” do not fit together".into()
}

pub fn offsets(object: &mut JsonObject) -> Result<Unit, Problem> {
    match object.remove("offsets") {
        None | Some(Value::Null) => Ok(Unit::default()),
        Some(value) => parsed(value).ok_or_else(|| Problem::misfit(OFFSETS)),
    }
}

fn parsed<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// A key that is misspelt would change the policy without a word.
pub fn no_more(object: &JsonObject, known: &str) -> Result<(), Problem> {
    if object.is_empty() {
        Ok(())
    } else {
        Err(Problem::misfit(format!("a key is not known; the keys are {known}")))
    }
}
