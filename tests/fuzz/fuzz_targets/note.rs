//! A text file of any encoding, with front matter or without.
#![no_main]

use caselint::annotate;
use caselint::documents::read_text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((note, _)) = read_text(bytes.to_vec()) {
        caselint_fuzz::check(&note.record);
        let mut outcome = caselint_fuzz::LINTER.check(&note.record);
        annotate::text(&note.record.text, &outcome.findings);
        note.origin.place(&mut outcome);
    }
});
