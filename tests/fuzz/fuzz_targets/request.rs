//! The body of a request to `caselint serve`, for one check and for several: refused with a problem that repeats nothing of it, or answered.
#![no_main]

use caselint::Record;
use caselint::offsets::Unit;
use caselint::policy::{Answer, Policy, PolicyKeys};
use caselint_fuzz::LINTER;
use libfuzzer_sys::fuzz_target;
use presave::{Batch, Problem, Request};

mod input {
    pub use caselint::record::keys::record as record_of;
}

// The program is no library, so its files are read here.
#[path = "../../../src/presave"]
#[allow(dead_code, reason = "the program uses the rest")]
mod presave {
    mod batch;
    mod problem;
    mod request;

    pub use batch::Batch;
    pub use problem::Problem;
    pub use request::Request;
}

const MOST: usize = 100;

fuzz_target!(|body: &[u8]| {
    match Request::read_any(body) {
        Ok(request) => answer(&request.record, &request.policy, request.offsets),
        Err(problem) => told(&problem),
    }
    match Batch::read(body, MOST) {
        Ok(batch) => {
            for record in batch.records {
                match record {
                    Ok(record) => answer(&record, &batch.policy, batch.offsets),
                    Err(problem) => told(&problem),
                }
            }
        }
        Err(problem) => told(&problem),
    }
});

fn answer(record: &Record, policy: &PolicyKeys, unit: Unit) {
    let answer = Answer::counted_in(unit, &LINTER, record, &policy.clone().over(&Policy::default()));
    serde_json::to_vec(&answer).expect("an answer can be written");
}

fn told(problem: &Problem) {
    assert!((400..500).contains(&problem.status) && !problem.detail.is_empty());
}
