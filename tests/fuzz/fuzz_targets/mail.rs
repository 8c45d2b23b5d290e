//! The text of a mail: which of it somebody quotes. No word of it is lost.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../../src/input/mail/quoted.rs"]
mod quoted;

fuzz_target!(|text: &str| {
    let divided = quoted::divide(text);
    // Marks of quotation, spaces and ends of lines are all that may go.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let kept: usize = divided.iter().map(|stretch| letters(&stretch.text)).sum();
    assert_eq!(kept, letters(text));
});
