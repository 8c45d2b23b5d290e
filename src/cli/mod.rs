//! The commands. This is the only place that prints.

mod args;
mod case;
mod check;
mod config;
mod diff;
mod explain;
mod generate;
mod guard;
mod interrupt;
mod known;
mod lexicon;
mod output;
mod pool;
mod progress;
mod resume;
mod rules;
mod run;
mod score;
mod status;
mod wanted;

use clap::Parser;

pub use status::Status;

/// Runs the program.
pub fn run() -> Status {
    use args::{Command, LexiconCommand};
    let result = match args::Cli::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Case(args) => case::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Lexicon(LexiconCommand::Check(args)) => lexicon::check(&args),
        Command::Lexicon(LexiconCommand::New(args)) => lexicon::new(&args),
        Command::Lexicon(LexiconCommand::Diff(args)) => diff::run(&args),
        Command::Schema(args) => generate::schema(&args),
        Command::Completions(args) => generate::completions(&args),
        Command::Man(args) => generate::man(&args),
        Command::ReadDocument => crate::input::serve().map(|()| Status::Clear).map_err(Error::from),
    };
    result.unwrap_or_else(|error| status::of_error(&error))
}

/// What ends a command early.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("nothing to read: give a file, a folder, or - for standard input (caselint --help shows examples)")]
    NothingToRead,
    #[error(transparent)]
    Input(#[from] crate::input::InputError),
    /// A line a problem.
    #[error("{0}")]
    Lexicon(String),
    #[error(transparent)]
    Config(#[from] config::ConfigError),
    #[error(transparent)]
    Name(#[from] caselint::lexicon::UnknownName),
    #[error("{}: no .toml file is there; name a lexicon file, a folder that holds some, or built-in", crate::report::safe(.path))]
    NoLexicon { path: String },
    #[error("`{}` is no name of a family; names are lower-case words with hyphens between them, such as our-service", crate::report::safe(.name))]
    NoFamilyName { name: String },
    #[error("caselint has no command `{}`; caselint --help lists them", crate::report::safe(.name))]
    NoCommand { name: String },
    /// Flags that do not go together.
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Resume(#[from] resume::ResumeError),
    #[error("{}: {error}", crate::report::safe(.path))]
    File { path: String, error: std::io::Error },
    #[error("standard output: {0}")]
    Output(#[from] std::io::Error),
}

/// Writes one line a problem to standard error. Where nobody listens there is nobody to tell.
fn complain(message: &dyn std::fmt::Display) {
    use std::io::Write;
    for line in message.to_string().lines() {
        let _ = writeln!(std::io::stderr(), "caselint: {line}");
    }
}
