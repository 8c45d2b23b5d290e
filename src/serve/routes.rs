//! What can be asked. The description at `/openapi.json` is made from the same list.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::extract::State as Shared;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use caselint::policy::Answer;

use super::lexicon::RuleList;
use super::openapi::{Operation, Shape, json_of};
use super::state::State;
use super::{checks, demo, guards, lexicon, problems};
use crate::cli::rules::Rule;
use crate::presave::{Answers, BatchRequest, CheckRequest, Document, Problem};

/// A way to ask, with its description.
pub struct Route {
    pub path: &'static str,
    handler: MethodRouter<Arc<State>>,
    pub operation: Operation,
}

/// All of them.
pub fn routes() -> Vec<Route> {
    let [check, batch, rules, rule, health, readiness, metrics, description] = operations();
    vec![
        Route { path: "/v1/check", handler: post(checks::one), operation: check },
        Route { path: "/v1/check/batch", handler: post(checks::batch), operation: batch },
        Route { path: "/v1/rules", handler: get(lexicon::all), operation: rules },
        Route { path: "/v1/rules/{family}/{id}", handler: get(lexicon::one), operation: rule },
        Route { path: "/healthz", handler: get("ok\n"), operation: health },
        Route { path: "/readyz", handler: get(ready), operation: readiness },
        Route { path: "/metrics", handler: get(figures), operation: metrics },
        Route { path: "/openapi.json", handler: get(openapi), operation: description },
    ]
}

/// In the order of [`routes`].
fn operations() -> [Operation; 8] {
    const READING: &[u16] = &[400, 401, 408, 413, 415, 422, 429, 500, 503];
    let operation =
        |method, id, summary, answer, problems| Operation { method, id, summary, answer, problems, body: None, is_open: false };
    let open = |id, summary, answer, problems| Operation { is_open: true, ..operation("get", id, summary, answer, problems) };
    [
        Operation {
            body: Some(json_of::<CheckRequest>),
            ..operation("post", "check", "Check a record before it is saved", Shape::Json(json_of::<Document<Answer>>), READING)
        },
        Operation {
            body: Some(json_of::<BatchRequest>),
            ..operation("post", "checkBatch", "Check several records", Shape::Json(json_of::<Document<Answers>>), READING)
        },
        operation("get", "rules", "List the concerns and gaps", Shape::Json(json_of::<RuleList>), &[401, 429]),
        operation("get", "rule", "Explain a concern or gap", Shape::Json(json_of::<Rule>), &[400, 401, 404, 429]),
        open("health", "Whether the program runs", Shape::Text, &[]),
        open("readiness", "Whether it takes requests", Shape::Text, &[503]),
        operation("get", "metrics", "Counts and times for Prometheus", Shape::Text, &[401, 429]),
        open("description", "This description", Shape::Any, &[]),
    ]
}

/// The routes within their guards.
pub fn router(state: &Arc<State>) -> Router {
    let mut router = Router::new();
    for Route { path, handler, .. } in routes() {
        router = router.route(path, handler);
    }
    router = match &state.demo {
        Some(folder) => demo::with_pages(router, folder),
        None => router.fallback(problems::not_found),
    };
    let router = router.method_not_allowed_fallback(problems::wrong_method).with_state(state.clone());
    guards::around(router, state)
}

async fn ready(Shared(state): Shared<Arc<State>>) -> Result<&'static str, Problem> {
    if state.is_stopping.load(Ordering::Relaxed) {
        Err(problems::stopping())
    } else {
        Ok("ready\n")
    }
}

async fn figures(Shared(state): Shared<Arc<State>>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], state.metrics.text()).into_response()
}

async fn openapi(Shared(state): Shared<Arc<State>>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], state.openapi.clone()).into_response()
}
