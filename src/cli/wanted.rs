//! What is looked for: the flags, and what they leave open from `caselint.toml`.

use std::env;
use std::path::PathBuf;

use caselint::lexicon::SourceFile;
use caselint::{BuildError, Linter, Subject};

use super::Error;
use super::args::WantedArgs;
use super::config::Config;
use crate::input::{InputError, files_with, read_text};

/// The configuration that the flags name, or the nearest one.
pub fn config(args: &WantedArgs) -> Result<Config, Error> {
    Ok(match &args.config {
        Some(path) => Config::read(path)?,
        None if args.no_config => Config::default(),
        // Without a working folder there is nothing to look in.
        None => env::current_dir().map_or(Ok(Config::default()), |folder| Config::find(&folder))?,
    })
}

/// The linter that flags and configuration ask for.
pub fn linter(args: &WantedArgs, config: &Config) -> Result<Linter, Error> {
    let mut builder = Linter::builder();
    for file in lexicons(&[config.lexicons(), args.lexicon.clone()].concat())? {
        builder = builder.lexicon(file.name, file.text);
    }
    if let Some(profile) = args.profile.as_ref().or(config.keys.profile.as_ref()) {
        builder = builder.profile(profile);
    }
    builder = builder.families(if args.family.is_empty() { &config.keys.families } else { &args.family });
    let flags = args
        .on
        .iter()
        .map(|name| (name.as_str(), true))
        .chain(args.off.iter().map(|name| (name.as_str(), false)));
    let mut flags: Vec<(&str, bool)> = flags.collect();
    flags.sort_by_key(|(name, _)| name.contains('/'));
    for (name, on) in config.switches().into_iter().chain(flags) {
        builder = if on { builder.enable(name) } else { builder.disable(name) };
    }
    for (name, ask) in config.keys.ask.iter().chain(args.ask.iter().map(|(name, ask)| (name, ask))) {
        builder = builder.ask(name, *ask);
    }
    if let Some(jurisdiction) = args.jurisdiction.as_ref().or(config.keys.jurisdiction.as_ref()) {
        builder = builder.jurisdiction(jurisdiction);
    }
    if let Some(text) = args.local_procedure.as_ref().or(config.keys.local_procedure.as_ref()) {
        builder = builder.local_procedure(text);
    }
    builder.subject_defaults(subject(args, config)).build().map_err(|error| explain(error, config))
}

/// Lexicon files, and those in folders.
pub fn lexicons(paths: &[PathBuf]) -> Result<Vec<SourceFile>, InputError> {
    let read = |path: PathBuf| Ok(SourceFile { text: read_text(&path)?, name: path.to_string_lossy().into_owned() });
    files_with("toml", paths).into_iter().map(|path| path.and_then(read)).collect()
}

fn subject(args: &WantedArgs, config: &Config) -> Subject {
    let mut subject = Subject::default();
    subject.age = args.subject_age;
    config.fill(&mut subject);
    subject
}

/// Says of each name that matches nothing where it stands.
fn explain(error: BuildError, config: &Config) -> Error {
    let BuildError::Names(names) = &error else {
        return Error::Lexicon(error.to_string());
    };
    let say = |name| config.blame(name).map_or_else(|| format!("{name}"), |error| error.to_string());
    Error::Lexicon(names.iter().map(say).collect::<Vec<_>>().join("\n"))
}
