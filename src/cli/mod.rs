//! The commands. This is the only place that prints.

mod annotate;
pub mod args;
mod case;
mod check;
mod clock;
pub mod config;
mod diff;
mod explain;
pub mod files;
mod gather;
#[cfg(feature = "register")]
mod gathered;
mod generate;
pub mod guard;
mod hook;
mod interrupt;
mod known;
#[cfg(feature = "register")]
mod ledger;
mod lexicon;
mod output;
mod pool;
mod progress;
#[cfg(feature = "register")]
mod register;
#[cfg(feature = "register")]
mod register_args;
mod report;
mod resume;
#[cfg(feature = "register")]
mod review;
pub mod rules;
mod run;
mod score;
#[cfg(feature = "register")]
mod signoff;
mod status;
mod train;
mod trial;
#[cfg(feature = "register")]
mod unmatched;
pub mod wanted;

use clap::Parser;

pub use status::Status;

/// Runs the program.
pub fn run() -> Status {
    use args::{Command, LexiconCommand};
    guard::keep_quiet();
    let result = match args::Cli::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Trial(args) => trial::run(&args),
        Command::Case(args) => case::run(&args),
        Command::Annotate(args) => annotate::run(&args),
        #[cfg(feature = "register")]
        Command::Review(args) => review::run(&args),
        #[cfg(feature = "register")]
        Command::Signoff(args) => signoff::run(&args),
        #[cfg(feature = "register")]
        Command::Register(register_args::RegisterCommand::Export(args)) => register::export(&args),
        #[cfg(feature = "register")]
        Command::Register(register_args::RegisterCommand::Purge(args)) => register::purge(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Hook(args) => hook::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => crate::serve::run(&args),
        #[cfg(feature = "serve")]
        Command::Token(args) => crate::serve::add_token(&args),
        Command::Score(args) => score::run(&args),
        Command::Train(args) => train::run(&args),
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
    #[error(transparent)]
    Train(#[from] train::TrainError),
    #[error("{}: this is one of the files to be read; name another one for --output", crate::report::safe(.path))]
    OutputIsRead { path: String },
    /// Flags that do not go together.
    #[error("{0}")]
    Usage(String),
    #[cfg(feature = "serve")]
    #[error(transparent)]
    Serve(#[from] crate::serve::ServeError),
    #[error("{}: {error}", crate::report::safe(.path))]
    Answers { path: String, error: caselint::trial::AnswersError },
    #[error(transparent)]
    Trial(#[from] caselint::trial::TrialError),
    #[error(transparent)]
    Resume(#[from] resume::ResumeError),
    #[error("{}: {error}", crate::report::safe(.path))]
    File { path: String, error: std::io::Error },
    #[error("{}: {error}", crate::report::safe(.path))]
    Annotate { path: String, error: caselint::annotate::AnnotateError },
    #[cfg(feature = "register")]
    #[error(transparent)]
    Register(#[from] caselint::register::RegisterError),
    #[error("standard output: {0}")]
    Output(#[from] std::io::Error),
}

/// Writes one line a problem to standard error. Where nobody listens there is nobody to tell.
pub fn complain(message: &dyn std::fmt::Display) {
    use std::io::Write;
    for line in message.to_string().lines() {
        let _ = writeln!(std::io::stderr(), "caselint: {line}");
    }
}
