//! The facts in the documents are those of today.

#![cfg(feature = "cli")]

#[path = "facts/mod.rs"]
mod facts;

use std::fs;

use facts::{Filler, pages};

#[test]
fn facts_in_the_documents_are_up_to_date() {
    let mut filler = Filler::default();
    let mut facts = 0;
    let mut stale = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page can be read");
        facts += text.matches("<!-- fact ").count();
        let filled = filler.fill(&text).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        if filled != text {
            let (was, is) = text.lines().zip(filled.lines()).find(|(was, is)| was != is).unwrap_or_default();
            stale.push(format!("{}:\n  says {was}\n  is   {is}", page.display()));
        }
    }
    assert!(facts > 0, "no page has a fact");
    assert!(stale.is_empty(), "run `cargo run --release --example facts`; these are out of date:\n{}", stale.join("\n"));
}
