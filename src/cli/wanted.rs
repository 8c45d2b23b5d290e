//! What is looked for: the flags, and what they leave open from `caselint.toml`.

use std::env;
use std::path::{Path, PathBuf, absolute};

use caselint::Linter;
use caselint::config::Wanted;
use caselint::lexicon::SourceFile;

use super::Error;
use super::args::{RecordsArgs, WantedArgs};
use super::config::{self, Config};
use crate::input::{InputError, files_with, is_same_file, read_text};
use crate::report::safe;

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

/// Refuses an output that would write over what the run itself needs: its forms, lexicons and configuration, and `others`.
pub fn refuse_own<'a>(
    output: Option<&Path>,
    args: &'a RecordsArgs,
    others: impl Iterator<Item = &'a PathBuf>,
) -> Result<(), Error> {
    let Some(output) = output else { return Ok(()) };
    // A file that is not there yet is known by its name.
    let named = absolute(output).ok();
    let is_output = |own: &&PathBuf| is_same_file(own, output) || named.is_some() && absolute(own).ok() == named;
    let mut own = args.template.iter().chain(&args.wanted.lexicon).chain(&args.wanted.config).chain(others);
    match own.find(is_output) {
        Some(own) => Err(Error::Usage(format!(
            "{}: --output would write over this file, which the run needs; name another one",
            safe(&own.to_string_lossy())
        ))),
        None => Ok(()),
    }
}

/// Lexicon files, and those in folders.
pub fn lexicons(paths: &[PathBuf]) -> Result<Vec<SourceFile>, InputError> {
    let read = |path: PathBuf| Ok(SourceFile { text: read_text(&path)?, name: path.to_string_lossy().into_owned() });
    files_with("toml", paths).into_iter().map(|path| path.and_then(read)).collect()
}
