//! What those who keep a lexicon use: the embedded files, and the check of files.

mod check;

pub use check::{CheckReport, check};

use crate::lexicon::SourceFile;

static TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon-texts.bin"));

/// The files of the embedded lexicon as they stand in `lexicons/`.
pub fn embedded() -> Vec<SourceFile> {
    postcard::from_bytes(TEXTS).expect("build.rs wrote these bytes with the same types")
}
