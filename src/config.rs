//! What is looked for, as `caselint.toml` and those who ask say it. Nothing here opens a file: whoever has read one hands over its text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::finding::Ask;
use crate::lexicon::{Problem, SourceFile, UnknownName};
use crate::linter::{BuildError, Linter};
use crate::policy::FailOn;
use crate::record::Subject;
use crate::tell::safe;

/// The name of the file.
pub const NAME: &str = "caselint.toml";

/// What is wrong with a configuration, and in which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}: {problem}", safe(.path))]
pub struct ConfigError {
    pub path: String,
    pub line: usize,
    pub problem: String,
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
#[non_exhaustive]
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
    /// Reads the text of a file.
    ///
    /// # Errors
    /// It is no TOML, holds a key that is not known, or says two things of one name.
    pub fn parse(path: &Path, text: impl Into<String>) -> Result<Config, ConfigError> {
        let text = text.into();
        let keys: Keys = toml::from_str(&text).map_err(|error| {
            let Problem { file, line, message, .. } = Problem::of_toml(&path.to_string_lossy(), &text, &error);
            ConfigError { path: file, line: line.unwrap_or(1), problem: message }
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

    /// The error for a name that matches nothing, where the file holds it.
    pub fn blame(&self, unknown: &UnknownName) -> Option<ConfigError> {
        self.text.contains(&unknown.name).then(|| self.at(&unknown.name, unknown.to_string()))
    }

    /// An error about a name in the file.
    fn at(&self, name: &str, problem: String) -> ConfigError {
        let path = self.path.as_deref().unwrap_or(Path::new(NAME)).to_string_lossy().into_owned();
        let offset = self.text.find(&format!("\"{name}\"")).or_else(|| self.text.find(name)).unwrap_or_default();
        let line = 1 + self.text[..offset].matches('\n').count();
        ConfigError { path, line, problem }
    }
}

/// What somebody asks for beside a configuration. It wins over what the configuration says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Wanted {
    /// Those of the configuration among them, which come first.
    pub lexicons: Vec<SourceFile>,
    pub profile: Option<String>,
    pub families: Vec<String>,
    pub on: Vec<String>,
    pub off: Vec<String>,
    pub ask: Vec<(String, Ask)>,
    pub jurisdiction: Option<String>,
    pub local_procedure: Option<String>,
    /// What is known of the subjects of records that do not say it.
    pub subject: Subject,
}

impl Wanted {
    /// The linter that this and a configuration ask for.
    ///
    /// # Errors
    /// What is wrong, a line a problem. Of a name that matches nothing it says where in the configuration it stands.
    pub fn linter(&self, config: &Config) -> Result<Linter, String> {
        let keys = &config.keys;
        let mut builder = Linter::builder();
        for file in &self.lexicons {
            builder = builder.lexicon(&file.name, &file.text);
        }
        if let Some(profile) = self.profile.as_ref().or(keys.profile.as_ref()) {
            builder = builder.profile(profile);
        }
        builder = builder.families(if self.families.is_empty() { &keys.families } else { &self.families });
        for (name, on) in switches(&keys.on, &keys.off).into_iter().chain(switches(&self.on, &self.off)) {
            builder = if on { builder.enable(name) } else { builder.disable(name) };
        }
        for (name, ask) in keys.ask.iter().chain(self.ask.iter().map(|(name, ask)| (name, ask))) {
            builder = builder.ask(name, *ask);
        }
        if let Some(jurisdiction) = self.jurisdiction.as_ref().or(keys.jurisdiction.as_ref()) {
            builder = builder.jurisdiction(jurisdiction);
        }
        if let Some(text) = self.local_procedure.as_ref().or(keys.local_procedure.as_ref()) {
            builder = builder.local_procedure(text);
        }
        let mut subject = self.subject.clone();
        subject.age = subject.age.or(keys.subject.age);
        subject.learning_disability = subject.learning_disability.or(keys.subject.learning_disability);
        builder.subject_defaults(subject).build().map_err(|error| explain(&error, config))
    }
}

/// What is switched on and off. A family goes before its concerns, so that one of them may be on while the others are off.
fn switches<'a>(on: &'a [String], off: &'a [String]) -> Vec<(&'a str, bool)> {
    let on = on.iter().map(|name| (name.as_str(), true));
    let off = off.iter().map(|name| (name.as_str(), false));
    let mut switches: Vec<(&str, bool)> = on.chain(off).collect();
    switches.sort_by_key(|(name, _)| name.contains('/'));
    switches
}

/// Says of each name that matches nothing where it stands.
fn explain(error: &BuildError, config: &Config) -> String {
    let BuildError::Names(names) = error else {
        return error.to_string();
    };
    let say = |name| config.blame(name).map_or_else(|| format!("{name}"), |error| error.to_string());
    names.iter().map(say).collect::<Vec<_>>().join("\n")
}
