//! The engine with the embedded lexicon, to be run by Miri, which tells undefined behaviour in the crates that hold `unsafe`:
//!
//! ```text
//! rustup +nightly component add miri rust-src
//! cargo +nightly miri run --manifest-path tests/miri/Cargo.toml
//! ```
//!
//! It takes minutes, as Miri interprets every instruction.

use caselint::{Linter, Record};

/// Notes that take the ways through the engine: what is left and what stands, quoted speech, an age, letters of several bytes, a table, dated entries.
const NOTES: [(&str, usize); 4] = [
    ("Sam is well.", 0),
    ("She is promiscuous. Mum says that she “consented” to it — she is 13. That is rape in law: a child of that age cannot agree.", 1),
    ("3/4/26 TC from school. Ｐｕｔｓ herself at risk.\n4/4/26 Café with partner agencies; he consented to the referral.", 1),
    ("| who | what |\n| --- | --- |\n| Dad | nai\u{308}ve, streetwise |\n\nHe is streetwise.\r\n", 1),
];

fn main() {
    let linter = Linter::builder().build().expect("the embedded lexicon");
    for (text, least) in NOTES {
        let outcome = linter.check(&Record::from_text(text));
        let found: Vec<_> = outcome.findings.iter().map(|finding| (&finding.rule, &text[finding.start..finding.end])).collect();
        println!("{found:?}, {} left", outcome.left.len());
        assert!(found.len() >= least, "{text}");
    }
}
