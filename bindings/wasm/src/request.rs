//! What JavaScript asks. A request that does not fit is told of without repeating a word of it.

use caselint::Record;
use caselint::policy::PolicyKeys;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A record to check.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    pub record: Record,
    #[serde(default)]
    pub policy: PolicyKeys,
}

/// Reads a request, whose parts the error names.
pub fn read<T: DeserializeOwned>(json: &[u8], parts: &str) -> Result<T, String> {
    serde_json::from_slice(json)
        .map_err(|error| format!("the request does not fit at byte {} of its JSON; it is {parts}", error.column()))
}
