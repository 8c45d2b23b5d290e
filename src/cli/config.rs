//! Finding `caselint.toml`: what a team wants looked for, kept beside its records. The flags of the command win over it.

use std::path::Path;

pub use caselint::config::Config;
use caselint::config::{self, NAME};

use crate::input::{InputError, read_text};

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error(transparent)]
    Input(#[from] InputError),
    #[error(transparent)]
    At(#[from] config::ConfigError),
}

/// The nearest file of that name in `folder` and the folders above it; an empty configuration where there is none.
pub fn find(folder: &Path) -> Result<Config, ConfigError> {
    match folder.ancestors().map(|above| above.join(NAME)).find(|path| path.is_file()) {
        Some(path) => read(&path),
        None => Ok(Config::default()),
    }
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Config, ConfigError> {
    Ok(Config::parse(path, read_text(path)?)?)
}
