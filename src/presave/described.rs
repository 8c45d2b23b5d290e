//! Requests as the description of the service tells of them.

use caselint::Record;
use caselint::offsets::Unit;
use caselint::policy::PolicyKeys;

/// A record to check, and what is to happen to it.
#[derive(schemars::JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "the description is made from it; requests are read key by key")]
pub struct CheckRequest {
    record: Record,
    #[schemars(default)]
    policy: PolicyKeys,
    /// What the offsets of findings count: bytes, or the units of strings in JavaScript, C# and Java (utf-16) or Python (utf-32).
    #[schemars(default)]
    offsets: Unit,
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
