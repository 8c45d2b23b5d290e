//! Counts and times, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use caselint::policy::Decision;

/// Seconds up to which times are counted together.
const BOUNDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1.0, 5.0];
const DECISIONS: [(Decision, &str); 3] = [(Decision::Save, "save"), (Decision::Prompt, "prompt"), (Decision::Block, "block")];

#[derive(Debug, Default)]
pub struct Metrics {
    /// By route. Routes are ours, and few.
    routes: Mutex<BTreeMap<String, Route>>,
    /// In the order of [`DECISIONS`].
    decisions: [AtomicU64; 3],
    under_way: AtomicI64,
}

#[derive(Debug, Default)]
struct Route {
    by_status: BTreeMap<u16, u64>,
    /// Requests up to each bound, and not up to the one before.
    times: [u64; BOUNDS.len()],
    requests: u64,
    seconds: f64,
}

/// A request that is under way.
pub struct UnderWay<'a>(&'a AtomicI64);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    pub fn begin(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(&self.under_way)
    }

    pub fn answered(&self, route: &str, status: u16, time: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        if !routes.contains_key(route) {
            routes.insert(route.to_owned(), Route::default());
        }
        let Some(counts) = routes.get_mut(route) else { return };
        let seconds = time.as_secs_f64();
        *counts.by_status.entry(status).or_default() += 1;
        counts.requests += 1;
        counts.seconds += seconds;
        if let Some(bound) = BOUNDS.iter().position(|bound| seconds <= *bound) {
            counts.times[bound] += 1;
        }
    }

    pub fn decided(&self, decision: Decision) {
        for ((known, _), count) in DECISIONS.iter().zip(&self.decisions) {
            if *known == decision {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// All of them as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        head(out, "caselint_requests_total", "counter", "Requests by route and status.")?;
        for (route, counts) in routes.iter() {
            for (status, count) in &counts.by_status {
                writeln!(out, "caselint_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}")?;
            }
        }
        head(out, "caselint_request_seconds", "histogram", "Time from a request's head to its answer.")?;
        for (route, counts) in routes.iter() {
            let mut so_far = 0;
            for (bound, count) in BOUNDS.iter().zip(counts.times) {
                so_far += count;
                writeln!(out, "caselint_request_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}} {so_far}")?;
            }
            writeln!(out, "caselint_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {}", counts.requests)?;
            writeln!(out, "caselint_request_seconds_sum{{route=\"{route}\"}} {}", counts.seconds)?;
            writeln!(out, "caselint_request_seconds_count{{route=\"{route}\"}} {}", counts.requests)?;
        }
        head(out, "caselint_decisions_total", "counter", "Records checked, by the decision.")?;
        for ((_, name), count) in DECISIONS.iter().zip(&self.decisions) {
            writeln!(out, "caselint_decisions_total{{decision=\"{name}\"}} {}", count.load(Ordering::Relaxed))?;
        }
        head(out, "caselint_requests_under_way", "gauge", "Requests that are being answered.")?;
        writeln!(out, "caselint_requests_under_way {}", self.under_way.load(Ordering::Relaxed))
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) -> std::fmt::Result {
    writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}")
}
