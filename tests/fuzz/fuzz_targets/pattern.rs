//! A pattern of a lexicon: refused with a message, or compiled and matched.
#![no_main]

use caselint::lexicon::{Lexicon, SourceFile};
use libfuzzer_sys::fuzz_target;

const BEFORE: &str = r#"format = 1
family = "example"

[source.guide]
title = "A guide"
publisher = "Nobody"
year = 2020

[class.who]
words = ["she", "he", "they"]

[[concern]]
id = "one"
strength = "blaming"
protects = ["child"]
why = "The words let the child carry the moves. Who decided each one is open."
reframe = ["He has had to move three times since May."]
questions = ["Who decided each move, and why?", "What did the child lose with it?"]
sources = ["guide"]
phrases = ["#;

fuzz_target!(|pattern: &str| {
    // As TOML writes a text.
    let quoted = serde_json::to_string(pattern).expect("any text can be quoted");
    let text = format!("{BEFORE}{quoted}]\nleave = [{quoted}]\n");
    let mut problems = Vec::new();
    Lexicon::compile(&[SourceFile { name: "fuzz.toml".to_owned(), text }], true, &mut problems);
    for problem in problems {
        assert!(!problem.message.is_empty());
    }
});
