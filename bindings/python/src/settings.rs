//! What a linter is made of, as texts that travel: to another process, or to the workers of a cluster.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use caselint::Linter;
use caselint::config::{Config, Wanted};
use caselint::lexicon::SourceFile;
use serde::{Deserialize, Serialize};

/// All that a linter is made of. The texts of files stand in it, so that none is read again.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    config: Option<SourceFile>,
    wanted: Wanted,
}

impl Settings {
    /// Reads the files that are named. `wanted` is JSON: what is asked for beside them.
    pub fn read(config: Option<&Path>, lexicons: &[PathBuf], wanted: &str) -> Result<Settings, String> {
        let mut wanted: Wanted = serde_json::from_str(wanted).map_err(|error| format!("this cannot be asked for: {error}"))?;
        let config = config.map(read).transpose()?;
        let mut paths = parsed(config.as_ref())?.lexicons();
        paths.extend_from_slice(lexicons);
        for path in paths {
            for path in files(&path)? {
                wanted.lexicons.push(read(&path)?);
            }
        }
        Ok(Settings { config, wanted })
    }

    pub fn linter(&self) -> Result<Linter, String> {
        self.wanted.linter(&parsed(self.config.as_ref())?)
    }
}

fn parsed(config: Option<&SourceFile>) -> Result<Config, String> {
    match config {
        None => Ok(Config::default()),
        Some(SourceFile { name, text }) => Config::parse(Path::new(name), text).map_err(|error| error.to_string()),
    }
}

fn read(path: &Path) -> Result<SourceFile, String> {
    let name = path.to_string_lossy().into_owned();
    match fs::read_to_string(path) {
        Ok(text) => Ok(SourceFile { name, text }),
        Err(error) => Err(unreadable(&name, &error)),
    }
}

/// What the command line says of such a file.
fn unreadable(name: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("{name}: there is no such file or folder; check the name"),
        io::ErrorKind::InvalidData => format!("{name}: this is not UTF-8; save it as UTF-8"),
        _ => format!("{name}: cannot be read: {error}"),
    }
}

/// A file as it is named, or the `.toml` files below a folder in order of name.
fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let wrong = |error| unreadable(&path.to_string_lossy(), &error);
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(wrong)?;
    entries.sort();
    let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let mut found = Vec::new();
    for entry in entries.into_iter().filter(|entry| !is_hidden(entry)) {
        if entry.is_dir() {
            found.extend(files(&entry)?);
        } else if entry.extension().is_some_and(|ending| ending == "toml") {
            found.push(entry);
        }
    }
    Ok(found)
}
