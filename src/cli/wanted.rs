//! What is looked for: the flags, and what they leave open from `caselint.toml`.

use std::env;
use std::path::PathBuf;

use caselint::Linter;
use caselint::config::Wanted;
use caselint::lexicon::SourceFile;

use super::Error;
use super::args::WantedArgs;
use super::config::{self, Config};
use crate::input::{InputError, files_with, read_text};

/// The configuration that the flags name, or the nearest one.
pub fn config(args: &WantedArgs) -> Result<Config, Error> {
    Ok(match &args.config {
        Some(path) => config::read(path)?,
        None if args.no_config => Config::default(),
        // Without a working folder there is nothing to look in.
        None => env::current_dir().map_or(Ok(Config::default()), |folder| config::find(&folder))?,
    })
}

/// The linter that flags and configuration ask for.
pub fn linter(args: &WantedArgs, config: &Config) -> Result<Linter, Error> {
    let mut wanted = Wanted::default();
    wanted.lexicons = lexicons(&[config.lexicons(), args.lexicon.clone()].concat())?;
    wanted.profile = args.profile.clone();
    wanted.families = args.family.clone();
    wanted.on = args.on.clone();
    wanted.off = args.off.clone();
    wanted.ask = args.ask.clone();
    wanted.jurisdiction = args.jurisdiction.clone();
    wanted.local_procedure = args.local_procedure.clone();
    wanted.subject.age = args.subject_age;
    wanted.linter(config).map_err(Error::Lexicon)
}

/// Lexicon files, and those in folders.
pub fn lexicons(paths: &[PathBuf]) -> Result<Vec<SourceFile>, InputError> {
    let read = |path: PathBuf| Ok(SourceFile { text: read_text(&path)?, name: path.to_string_lossy().into_owned() });
    files_with("toml", paths).into_iter().map(|path| path.and_then(read)).collect()
}
