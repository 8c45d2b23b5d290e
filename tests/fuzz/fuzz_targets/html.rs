//! A page.
#![no_main]

use caselint::documents::Note;
use document::html;
use libfuzzer_sys::fuzz_target;

// What the program's reader knows as its parents.
use caselint::documents::{Limit, Limits, Refusal};

#[path = "../../../src/input/document"]
mod document {
    use caselint::documents::Flow;

    pub mod html;
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(flow) = html::read(bytes, &Limits::default()) {
        caselint_fuzz::check(&Note::of_flow(flow).record);
    }
});
