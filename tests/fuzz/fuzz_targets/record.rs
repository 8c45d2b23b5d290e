//! A record as JSON: the engine reads it, boxes and all.
#![no_main]

use caselint::Record;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(record) = serde_json::from_slice::<Record>(bytes) {
        caselint_fuzz::check(&record);
    }
});
