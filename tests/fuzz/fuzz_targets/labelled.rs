//! A labelled record, scored.
#![no_main]

use caselint::score::{Labelled, Score};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &str| {
    if let Ok(labelled) = Labelled::read(line) {
        let mut score = Score::default();
        score.add(&caselint_fuzz::LINTER, &labelled);
        score.report();
    }
});
