//! A file of exercises, checked as their makers check them.
#![no_main]

use caselint::lexicon::SourceFile;
use caselint::train;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let file = SourceFile { name: "fuzz.toml".to_owned(), text: text.to_owned() };
    train::check(&[file], &caselint_fuzz::LINTER);
});
