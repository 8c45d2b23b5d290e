//! Facts in the documents: what stands between `<!-- fact NAME -->` and `<!-- end -->` is taken from the sources and from runs of the engine.
//! `cargo run --release --example facts` fills them in, and a test says which are out of date.

mod counts;
mod dependencies;
mod fairness;
mod notes;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A fact's text, made when a document asks for it.
type Fact = fn() -> String;

/// All facts, in order of name.
const FACTS: &[(&str, Fact)] = &[
    ("accuracy", notes::accuracy),
    ("concerns", counts::concerns),
    ("corpus", notes::corpus),
    ("crates", dependencies::crates),
    ("direct-crates", dependencies::direct),
    ("engine-crates", dependencies::engine),
    ("examples", counts::examples),
    ("fairness", fairness::table),
    ("fairness-notes", fairness::notes),
    ("fairness-registers", fairness::by_register),
    ("fairness-swapped", fairness::swapped),
    ("fairness-swaps", fairness::swaps),
    ("families", counts::families),
    ("gaps", counts::gaps),
    ("handbook", notes::handbook),
    ("licences", dependencies::licences),
    ("sources", counts::sources),
    ("version", counts::version),
];

/// The pages below `docs/`, in order.
pub fn pages() -> Vec<PathBuf> {
    let mut folders = vec![root().join("docs")];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of documents can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fills in facts, and makes each of them once.
#[derive(Default)]
pub struct Filler {
    made: BTreeMap<String, String>,
}

impl Filler {
    /// The page with its facts as they are today.
    ///
    /// # Errors
    /// A fact that has no such name, or no end.
    pub fn fill(&mut self, page: &str) -> Result<String, String> {
        const END: &str = "<!-- end -->";
        let mut filled = String::new();
        let mut rest = page;
        while let Some((before, after)) = rest.split_once("<!-- fact ") {
            let (name, after) = after.split_once(" -->").ok_or("a fact has no name")?;
            let (_, after) = after.split_once(END).ok_or_else(|| format!("the fact `{name}` has no {END}"))?;
            filled.push_str(&format!("{before}<!-- fact {name} -->{}{END}", self.fact(name)?));
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn fact(&mut self, name: &str) -> Result<String, String> {
        if let Some(made) = self.made.get(name) {
            return Ok(made.clone());
        }
        let Some((_, fact)) = FACTS.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = FACTS.iter().map(|(known, _)| *known).collect();
            return Err(format!("`{name}` is no fact; there are: {}", known.join(", ")));
        };
        let made = fact();
        self.made.insert(name.to_owned(), made.clone());
        Ok(made)
    }
}
