//! What those who keep a lexicon use: the embedded files, the check of files, and the catalogue of all concerns and gaps.

mod catalogue;
mod check;

pub use catalogue::{Catalogue, Entry, GapEntry, Named};
pub use check::{CheckReport, check};

use crate::lexicon::{Lexicon, LexiconErrors, SourceFile};
use crate::linter::Linter;
use crate::settings::Chosen;

static TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon-texts.bin"));

/// The files of the embedded lexicon as they stand in `lexicons/`.
pub fn embedded() -> Vec<SourceFile> {
    postcard::from_bytes(TEXTS).expect("build.rs wrote these bytes with the same types")
}

/// A linter of `files` on top of the embedded ones, as [`check`] takes them.
///
/// # Errors
/// All that is wrong with the files.
pub fn linter(files: &[SourceFile]) -> Result<Linter, LexiconErrors> {
    let mut problems = Vec::new();
    let lexicon = Lexicon::compile(&over_embedded(files), false, &mut problems);
    if !problems.is_empty() {
        return Err(LexiconErrors(problems));
    }
    let chosen = Chosen::by_default(&lexicon);
    Ok(Linter::new(lexicon, chosen))
}

/// Files on top of the embedded ones. One that bears the name of an embedded file (`concerns/consent.toml`, in whatever folder) takes
/// its place.
pub(crate) fn over_embedded(files: &[SourceFile]) -> Vec<SourceFile> {
    let mut all = embedded();
    all.retain(|old| !files.iter().any(|new| same_file(&new.name, &old.name)));
    all.extend(files.iter().cloned());
    all
}

fn same_file(path: &str, embedded: &str) -> bool {
    let path = path.replace('\\', "/");
    path.strip_suffix(embedded).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
