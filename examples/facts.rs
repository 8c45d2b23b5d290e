//! Fills in the facts of the documents: figures on labelled notes, counts of the lexicon, the crates that are built in.
//!
//! ```sh
//! cargo run --release --example facts
//! ```

#[path = "../tests/facts/mod.rs"]
mod facts;

use std::error::Error;
use std::fs;

use facts::{Filler, pages, root};

fn main() -> Result<(), Box<dyn Error>> {
    let mut filler = Filler::default();
    for page in pages() {
        let text = fs::read_to_string(&page)?;
        let filled = filler.fill(&text).map_err(|error| format!("{}: {error}", page.display()))?;
        if filled != text {
            fs::write(&page, filled)?;
            println!("{}", page.strip_prefix(root())?.display());
        }
    }
    Ok(())
}
