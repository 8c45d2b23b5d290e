//! Why there is no answer, as RFC 9457 has it. Nothing of the request is repeated.

use caselint::policy::Decision;
use serde::Serialize;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(schemars::JsonSchema))]
pub struct Problem {
    /// `about:blank`: the status says which kind of problem it is.
    r#type: &'static str,
    pub title: &'static str,
    /// The status of HTTP.
    pub status: u16,
    /// What is wrong, where, and how to mend it.
    pub detail: String,
    /// Always `save`: a note is never lost because it could not be checked.
    pub decision: Decision,
}

impl Problem {
    pub fn new(status: u16, title: &'static str, detail: impl Into<String>) -> Self {
        Problem { r#type: "about:blank", title, status, detail: detail.into(), decision: Decision::Save }
    }

    /// It is no JSON.
    pub fn syntax(detail: impl Into<String>) -> Self {
        Problem::new(400, "Bad Request", detail)
    }

    /// It is JSON, and not what is asked for.
    pub fn misfit(detail: impl Into<String>) -> Self {
        Problem::new(422, "Unprocessable Content", detail)
    }

    /// A defect of caselint.
    pub fn broke(detail: impl Into<String>) -> Self {
        Problem::new(500, "Internal Server Error", detail)
    }
}
