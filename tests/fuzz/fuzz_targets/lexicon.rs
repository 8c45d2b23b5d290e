//! A lexicon file: every problem has a message.
#![no_main]

use caselint::lexicon::{Lexicon, SourceFile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut problems = Vec::new();
    Lexicon::compile(&[SourceFile { name: "fuzz.toml".to_owned(), text: text.to_owned() }], true, &mut problems);
    assert!(problems.iter().all(|problem| !problem.message.is_empty()));
});
