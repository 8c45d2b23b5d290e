//! A note before it is saved: what `caselint hook` and `caselint serve` have in common.

#[cfg(feature = "serve")]
mod answers;
#[cfg(feature = "serve")]
mod batch;
mod checker;
#[cfg(feature = "serve")]
mod described;
mod problem;
mod request;

#[cfg(feature = "serve")]
pub use answers::{AnswerOrProblem, Answers};
#[cfg(feature = "serve")]
pub use batch::Batch;
#[cfg(feature = "serve")]
pub use checker::config;
pub use checker::{Checker, PolicyArgs};
#[cfg(feature = "serve")]
pub use described::{BatchRequest, CheckRequest};
pub use problem::Problem;
pub use request::Request;

use serde::Serialize;

/// Rises when a key changes its meaning or goes, never when one is added.
const SCHEMA_VERSION: u32 = 1;

/// An answer as it is written.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema), schemars(rename = "{T}Document"))]
pub struct Document<T> {
    schema_version: u32,
    tool: Tool,
    #[serde(flatten)]
    pub content: T,
}

/// The program and the lexicon that made the findings.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
struct Tool {
    name: &'static str,
    version: &'static str,
    lexicon: String,
}

impl<T> Document<T> {
    pub fn new(edition: &str, content: T) -> Self {
        let tool = Tool { name: caselint::NAME, version: caselint::VERSION, lexicon: edition.to_owned() };
        Document { schema_version: SCHEMA_VERSION, tool, content }
    }
}
