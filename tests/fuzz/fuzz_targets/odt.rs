//! The body of a document of LibreOffice.
#![no_main]

use caselint::documents::{Limits, read_odt};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let parts: [(&str, &[u8]); 2] = [("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", bytes)];
    if let Ok(note) = read_odt(caselint_fuzz::package(&parts), &Limits::default()) {
        caselint_fuzz::check(&note.record);
    }
});
