//! Compiles the lexicons with the engine's own code and embeds them, so that the program starts with a lexicon that is ready.
//!
//! A lexicon file that is no TOML ends the build. Anything less (a pattern that is refused, say) is a warning here and an error of
//! `caselint lexicon check`, so that one slip does not keep everybody from building.

#![allow(dead_code, unused_imports)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/pack.rs"]
mod pack;
#[path = "src/pattern/mod.rs"]
mod pattern;
#[path = "src/scan/mod.rs"]
mod scan;
#[path = "src/text/mod.rs"]
mod text;

use lexicon::{Lexicon, SourceFile};

fn main() -> Result<(), Box<dyn Error>> {
    for input in ["examples/exercises", "lexicons", "src/lexicon", "src/pack.rs", "src/pattern", "src/scan", "src/text"] {
        println!("cargo:rerun-if-changed={input}");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("exercises.bin"), postcard::to_stdvec(&self::files("examples/exercises")?)?)?;
    let mut files = files("lexicons")?;
    for file in &files {
        file.read().map_err(|problem| format!("lexicons/{problem}"))?;
    }
    if env::var_os("CARGO_FEATURE_LEAN").is_some() {
        for file in &mut files {
            file.text = lexicon::lean::lean(&file.text)?;
        }
        fs::write(out.join("lexicon-texts.bin"), postcard::to_stdvec(&files)?)?;
        return Ok(());
    }
    let mut problems = Vec::new();
    let mut lexicon = Lexicon::compile(&files, false, &mut problems);
    for problem in problems {
        println!("cargo:warning=lexicons/{problem}");
    }
    let (compiled, lists) = lexicon.encode()?;
    fs::write(out.join("lexicon.bin"), compiled)?;
    fs::write(out.join("lexicon-lists.bin"), lists)?;
    fs::write(out.join("lexicon-texts.bin"), postcard::to_stdvec(&files)?)?;
    Ok(())
}

/// The TOML files below a folder of the package, in order of name.
fn files(folder: &str) -> Result<Vec<SourceFile>, Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join(folder);
    let mut paths = Vec::new();
    collect(&root, &mut paths)?;
    let mut files = Vec::new();
    for path in &paths {
        let name = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        files.push(SourceFile { name, text: fs::read_to_string(path)? });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}
