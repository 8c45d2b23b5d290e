//! The command line: `caselint check` and `caselint lexicon check`.

#![forbid(unsafe_code)]

mod cli;
mod input;
mod report;

fn main() -> std::process::ExitCode {
    cli::run().into()
}
