//! The rules, for those who show them.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as Shared};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use caselint::upkeep::{Catalogue, Named};
use serde::Serialize;

use super::problems;
use super::state::State;
use crate::cli::args::WantedArgs;
use crate::cli::rules::Rule;
use crate::cli::{Error, wanted};
use crate::presave::{self, Problem};

pub struct Rules(Catalogue);

/// All rules, in order of family and id; gaps come last.
#[derive(Serialize, schemars::JsonSchema)]
pub struct RuleList<'a> {
    rules: Vec<Rule<'a>>,
}

impl Rules {
    /// Those of the built-in lexicon and of the files that flags and configuration name.
    pub fn new(args: &WantedArgs) -> Result<Rules, Error> {
        let files = wanted::lexicons(&[presave::config(args)?.lexicons(), args.lexicon.clone()].concat())?;
        Catalogue::new(&files).map(Rules).map_err(|errors| Error::Lexicon(errors.to_string()))
    }
}

/// `GET /v1/rules`
pub async fn all(Shared(state): Shared<Arc<State>>) -> Response {
    let Rules(catalogue) = &state.rules;
    let concerns = catalogue.entries.iter().map(Rule::from);
    json(&RuleList { rules: concerns.chain(catalogue.gaps.iter().map(Rule::from)).collect() })
}

/// `GET /v1/rules/{family}/{id}`; a former name leads to the rule as well.
pub async fn one(
    Shared(state): Shared<Arc<State>>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Problem> {
    let Path((family, id)) = path.map_err(|_| problems::no_rule())?;
    let Rules(catalogue) = &state.rules;
    match catalogue.named(&format!("{family}/{id}")) {
        Ok(Named::Concern(entry)) => Ok(json(&Rule::from(entry))),
        Ok(Named::Gap(entry)) => Ok(json(&Rule::from(entry))),
        Ok(_) | Err(_) => Err(problems::no_rule()),
    }
}

fn json(value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(_) => problems::broke_down().into_response(),
    }
}
