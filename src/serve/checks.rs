//! Checking what a client sends.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::Serialize;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout_at};

use super::problems;
use super::state::State;
use crate::presave::{self, AnswerOrProblem, Batch, Problem};

/// `POST /v1/check`
pub async fn one(Shared(state): Shared<Arc<State>>, request: Request) -> Result<Response, Problem> {
    answered(state, request, |state, body| {
        let answer = state.checker.check(&presave::Request::read(body)?)?;
        state.metrics.decided(answer.content.decision);
        Ok(answer)
    })
    .await
}

/// `POST /v1/check/batch`
pub async fn batch(Shared(state): Shared<Arc<State>>, request: Request) -> Result<Response, Problem> {
    answered(state, request, |state, body| {
        let answers = state.checker.check_batch(Batch::read(body, state.limits.max_batch)?)?;
        for answer in &answers.content.answers {
            if let AnswerOrProblem::Answer(answer) = answer {
                state.metrics.decided(answer.decision);
            }
        }
        Ok(answers)
    })
    .await
}

/// Reads the body and does the work, within the limits on size, time and number.
async fn answered<T: Serialize>(
    state: Arc<State>,
    request: Request,
    work: impl FnOnce(&State, &[u8]) -> Result<T, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let until = Instant::now() + Duration::from_millis(state.limits.timeout);
    let permit = state.requests.clone().try_acquire_owned().map_err(|_| problems::too_busy())?;
    let body = timeout_at(until, json(request, state.limits.max_body)).await.map_err(|_| problems::too_slow())??;
    let work = spawn_blocking(move || {
        // Work that nobody waits for any more still counts as work.
        let _permit = permit;
        let answer = work(&state, &body)?;
        serde_json::to_vec(&answer).map_err(|_| problems::broke_down())
    });
    let answer = timeout_at(until, work).await.map_err(|_| problems::too_busy())?;
    let json = answer.map_err(|_| problems::broke_down())??;
    Ok(([(header::CONTENT_TYPE, "application/json")], json).into_response())
}

/// The body of a request for JSON.
async fn json(request: Request, most: usize) -> Result<Bytes, Problem> {
    if !is_json(request.headers()) {
        return Err(problems::not_json());
    }
    let collected = Limited::new(request.into_body(), most).collect().await;
    let body = collected.map_err(|error| {
        if error.is::<LengthLimitError>() {
            problems::too_large(most)
        } else {
            problems::cut_off()
        }
    })?;
    Ok(body.to_bytes())
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let media = value(header::CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default();
    let is_plain = value(header::CONTENT_ENCODING).is_none_or(|encoding| encoding.eq_ignore_ascii_case("identity"));
    media.trim().eq_ignore_ascii_case("application/json") && is_plain
}
