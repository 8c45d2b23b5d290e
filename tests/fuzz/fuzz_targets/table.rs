//! A table, its columns guessed or the first row a record.
#![no_main]

use caselint::documents::{Columns, Delimited, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for no_header in [false, true] {
        let columns = Columns { no_header, ..Columns::default() };
        let Ok(rows) = Delimited::of_bytes(bytes.to_vec(), columns, &Limits::default()) else { return };
        for note in rows.flatten() {
            caselint_fuzz::check(&note.record);
        }
    }
});
