//! `caselint.toml`: what a team wants looked for, kept beside its records. The flags of the command win over it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use caselint::lexicon::{Problem, UnknownName};
use caselint::{Ask, Subject};
use serde::Deserialize;

use super::args::FailOn;
use crate::input::{InputError, read_text};
use crate::report::safe;

/// The name of the file.
pub const NAME: &str = "caselint.toml";

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error(transparent)]
    Input(#[from] InputError),
    #[error("{}:{line}: {problem}", safe(.path))]
    At { path: String, line: usize, problem: String },
}

/// A configuration that has been read.
#[derive(Debug, Default)]
pub struct Config {
    /// The file; `None` where there is none.
    path: Option<PathBuf>,
    text: String,
    pub keys: Keys,
}

/// What the file may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keys {
    lexicons: Vec<PathBuf>,
    pub profile: Option<String>,
    pub families: Vec<String>,
    on: Vec<String>,
    off: Vec<String>,
    pub ask: BTreeMap<String, Ask>,
    subject: SubjectKeys,
    pub jurisdiction: Option<String>,
    pub local_procedure: Option<String>,
    pub fail_on: Option<FailOn>,
}

/// What is known of the subjects of records that do not say it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SubjectKeys {
    age: Option<u8>,
    learning_disability: Option<bool>,
}

impl Config {
    /// The nearest file of that name in `folder` and the folders above it; an empty configuration where there is none.
    pub fn find(folder: &Path) -> Result<Config, ConfigError> {
        match folder.ancestors().map(|above| above.join(NAME)).find(|path| path.is_file()) {
            Some(path) => Config::read(&path),
            None => Ok(Config::default()),
        }
    }

    /// Reads a file.
    pub fn read(path: &Path) -> Result<Config, ConfigError> {
        let text = read_text(path)?;
        let keys: Keys = toml::from_str(&text).map_err(|error| {
            let Problem { file, line, message, .. } = Problem::of_toml(&path.to_string_lossy(), &text, &error);
            ConfigError::At { path: file, line: line.unwrap_or(1), problem: message }
        })?;
        let config = Config { path: Some(path.to_owned()), text, keys };
        match config.keys.on.iter().find(|name| config.keys.off.contains(name)) {
            Some(both) => Err(config.at(both, format!("`{both}` stands both in `on` and in `off`; take it out of one of them"))),
            None => Ok(config),
        }
    }

    /// The lexicon files and folders, found from the folder of the file.
    pub fn lexicons(&self) -> Vec<PathBuf> {
        let folder = self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        self.keys.lexicons.iter().map(|path| folder.join(path)).collect()
    }

    /// What is switched on and off. A family goes before its concerns, so that one of them may be on while the others are off.
    pub fn switches(&self) -> Vec<(&str, bool)> {
        let on = self.keys.on.iter().map(|name| (name.as_str(), true));
        let off = self.keys.off.iter().map(|name| (name.as_str(), false));
        let mut switches: Vec<(&str, bool)> = on.chain(off).collect();
        switches.sort_by_key(|(name, _)| name.contains('/'));
        switches
    }

    /// Fills in what the flags left open.
    pub fn fill(&self, subject: &mut Subject) {
        subject.age = subject.age.or(self.keys.subject.age);
        subject.learning_disability = subject.learning_disability.or(self.keys.subject.learning_disability);
    }

    /// The error for a name that matches nothing, where the file holds it.
    pub fn blame(&self, unknown: &UnknownName) -> Option<ConfigError> {
        self.text.contains(&unknown.name).then(|| self.at(&unknown.name, unknown.to_string()))
    }

    /// An error about a name in the file.
    fn at(&self, name: &str, problem: String) -> ConfigError {
        let path = self.path.as_deref().unwrap_or(Path::new(NAME)).to_string_lossy().into_owned();
        let offset = self.text.find(&format!("\"{name}\"")).or_else(|| self.text.find(name)).unwrap_or_default();
        let line = 1 + self.text[..offset].matches('\n').count();
        ConfigError::At { path, line, problem }
    }
}
