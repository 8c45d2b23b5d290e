//! Writes the reference pages of the book: a page a family, with every concern and all of its examples.
//!
//! ```sh
//! cargo run --example reference -- FOLDER
//! ```

#[path = "../tests/book/reference.rs"]
mod reference;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args_os().nth(1).ok_or("name the folder to write to")?.into();
    fs::create_dir_all(&folder)?;
    for (name, text) in reference::pages(&caselint::upkeep::Catalogue::new(&[])?) {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}
