//! The command line: `caselint check` and `caselint lexicon check`.

#![forbid(unsafe_code)]

mod cli;
mod input;
mod presave;
mod report;
#[cfg(feature = "serve")]
mod serve;

/// The allocator of musl costs the program half its speed.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run().into()
}
