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
use pattern::short::shortest;

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
            file.text = as_short_as_can_be(&file.text)?;
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

/// A lexicon file as short as it can be: comments and examples are for those who keep it.
fn as_short_as_can_be(text: &str) -> Result<String, Box<dyn Error>> {
    let mut file: toml::Table = toml::from_str(text)?;
    for key in ["concern", "gap"] {
        let tables = file.get_mut(key).and_then(toml::Value::as_array_mut);
        for table in tables.into_iter().flatten().filter_map(toml::Value::as_table_mut) {
            table.remove("flags");
            table.remove("leaves");
        }
    }
    let classes = file.get_mut("class").and_then(toml::Value::as_table_mut);
    for (_, class) in classes.into_iter().flatten() {
        let class = class.as_table_mut().ok_or("a class is a table")?;
        class.remove("holds");
        class.remove("lacks");
    }
    file.iter_mut().for_each(|(_, value)| shorten(value, false));
    Ok(toml::to_string(&file)?)
}

/// The keys that hold patterns.
const PATTERNS: [&str; 8] = ["any", "enough", "lacks", "leave", "more", "pattern", "phrases", "words"];

fn shorten(value: &mut toml::Value, is_pattern: bool) {
    match value {
        toml::Value::String(text) if is_pattern => *text = shortest(text),
        toml::Value::Array(items) => items.iter_mut().for_each(|item| shorten(item, is_pattern)),
        toml::Value::Table(table) => {
            table.iter_mut().for_each(|(key, value)| shorten(value, PATTERNS.contains(&key.as_str())));
        }
        _ => {}
    }
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
