//! What every request passes: who asks, how often, from which page; and what every answer carries.

use std::sync::Arc;
use std::sync::PoisonError;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::cors::CorsLayer;

use super::state::State;
use super::tokens::Client;
use super::{ServeError, log, problems};
use crate::report::safe;

/// Routes that tell nothing of anybody, for probes and for those who write clients.
const OPEN: [&str; 3] = ["/healthz", "/readyz", "/openapi.json"];

/// What an answer tells a browser that shows it.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// The same for the demo, whose pages may run their own scripts and WebAssembly and nothing else.
const DEMO_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                           worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Puts the guards around the routes.
pub fn around(router: Router, state: &Arc<State>) -> Router {
    let guarded = router.layer(from_fn_with_state(state.clone(), admit));
    let guarded = if state.cors.is_empty() { guarded } else { guarded.layer(cors(&state.cors)) };
    guarded.layer(from_fn_with_state(state.clone(), observe))
}

/// Reads an origin as browsers write it.
pub fn origin(text: &str) -> Result<HeaderValue, ServeError> {
    let is_host = |host: &str| !host.is_empty() && !host.contains(['/', '*', ' ']);
    let is_origin = text
        .split_once("://")
        .is_some_and(|(scheme, host)| matches!(scheme, "http" | "https") && is_host(host));
    let value = HeaderValue::from_str(text).ok().filter(|_| is_origin);
    value.ok_or_else(|| ServeError::Origin { origin: safe(text) })
}

fn cors(origins: &[HeaderValue]) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(origins.to_vec())
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
}

/// Lets in who has a token that is not used up.
async fn admit(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response {
    let is_open = request.extensions().get::<MatchedPath>().is_some_and(|path| OPEN.contains(&path.as_str()));
    let Some(tokens) = state.tokens.as_ref().filter(|_| !is_open) else {
        return next.run(request).await;
    };
    let client = token(request.headers()).and_then(|token| tokens.read().unwrap_or_else(PoisonError::into_inner).client(token));
    let Some(client) = client else {
        return problems::unauthorized().into_response();
    };
    let mut response = if client.bucket.take(state.limits.rate, Instant::now()) {
        next.run(request).await
    } else {
        problems::too_often().into_response()
    };
    response.extensions_mut().insert(client);
    response
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Counts, logs and contains a request, and gives its answer the headers that all have.
async fn observe(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let under_way = state.metrics.begin();
    let method = known_method(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("unmatched", MatchedPath::as_str);
    // In a task of its own, so that one that breaks down is answered too.
    let answer = tokio::spawn(next.run(request)).await;
    let mut response = answer.unwrap_or_else(|_| problems::broke_down().into_response());
    let (status, time) = (response.status().as_u16(), begun.elapsed());
    drop(under_way);
    state.metrics.answered(route, status, time);
    if state.is_logging {
        let client = response.extensions().get::<Arc<Client>>().map_or("-", |client| client.name.as_str());
        log::request(method, route, status, time, client);
    }
    let policy = if state.demo.is_some() { DEMO_POLICY } else { POLICY };
    for (name, value) in headers(policy, state.tls.is_some()) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn headers(policy: &'static str, is_tls: bool) -> impl Iterator<Item = (HeaderName, &'static str)> {
    let always = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let with_tls = is_tls.then_some((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"));
    always.into_iter().chain(with_tls)
}

/// The name of a method that the standard knows; a client may send any word.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "OTHER",
    }
}
