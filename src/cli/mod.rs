//! The commands. This is the only place that prints.

mod args;
mod check;
mod lexicon;
mod status;

use clap::Parser;

pub use status::Status;

/// Runs the program.
pub fn run() -> Status {
    let result = match args::Cli::parse().command {
        args::Command::Check(args) => check::run(&args),
        args::Command::Lexicon(args::LexiconCommand::Check(args)) => lexicon::check(&args),
    };
    result.unwrap_or_else(|error| status::of_error(&error))
}

/// What ends a command early.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("nothing to read: give a file, a folder, or - for standard input (caselint check --help shows examples)")]
    NothingToRead,
    #[error(transparent)]
    Input(#[from] crate::input::InputError),
    /// A line a problem.
    #[error("{0}")]
    Lexicon(String),
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
