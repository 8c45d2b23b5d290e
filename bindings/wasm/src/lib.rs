//! The engine for the web. JavaScript writes a request as JSON, calls, and reads the answer: see `js/engine.js`, which is the other side.
//! Nothing is generated, so no tool is needed beyond the compiler.
#![deny(unsafe_code)]

mod exchange;
mod linters;
#[cfg(feature = "page")]
mod page;
mod request;

use caselint::offsets::Unit;
use caselint::policy::{Answer, Policy};
use serde_json::json;

use request::CheckRequest;

/// Says what this engine is, and makes its lexicon ready.
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn about() {
    exchange::answer(|_| {
        linters::linter(None, None)?;
        let about = json!({"name": caselint::NAME, "version": caselint::VERSION, "lexicon": linters::edition()});
        Ok(about.to_string().into_bytes())
    });
}

/// Checks a record under a policy.
#[expect(unsafe_code, reason = "exports the name, which is given once")]
#[unsafe(no_mangle)]
pub extern "C" fn check() {
    exchange::answer(|request| {
        let CheckRequest { record, policy } = request::read(&request, "{record, policy}")?;
        let policy = policy.over(&Policy::default());
        let linter = linters::linter(policy.profile.as_deref(), policy.jurisdiction.as_deref())?;
        let answer = Answer::counted_in(Unit::Utf16, &linter, &record, &policy);
        serde_json::to_vec(&answer).map_err(|error| error.to_string())
    });
}
