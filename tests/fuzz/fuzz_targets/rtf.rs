//! A document in Rich Text Format.
#![no_main]

use caselint::documents::Note;
use document::rtf;
use libfuzzer_sys::fuzz_target;

// What the program's reader knows as its parents.
use caselint::documents::{Limit, Limits, Refusal};

#[path = "../../../src/input/document"]
mod document {
    use caselint::documents::{Flow, Part};

    pub mod rtf;
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(flow) = rtf::read(bytes, &Limits::default()) {
        caselint_fuzz::check(&Note::of_flow(flow).record);
    }
});
