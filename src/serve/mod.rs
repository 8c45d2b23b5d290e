//! `caselint serve`: HTTP for case systems that ask before a note is saved.
//!
//! It answers and never asks: it makes no connection of its own. No body of a request is written anywhere, nor anything else that a client
//! chose, such as a path.

mod args;
mod checks;
mod connections;
mod demo;
mod guards;
mod lexicon;
mod log;
mod metrics;
mod openapi;
mod problems;
mod rate;
mod routes;
mod state;
mod tls;
mod tokens;

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Builder;

pub use args::{ServeArgs, TokenArgs};
pub use tokens::add as add_token;

use crate::cli::{Error, Status, complain};
use state::State;

/// How long the answers that are under way may take once the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);
/// How often the files of tokens and certificates are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(
        "{0} can be reached from other computers, and there are no tokens; make one with `caselint token NAME --file tokens.txt` and \
         add --tokens tokens.txt"
    )]
    NoTokens(std::net::SocketAddr),
    #[error(
        "{0} can be reached from other computers, and notes would cross the network in the open; give --tls-cert and --tls-key, or \
         --behind-proxy where a proxy adds TLS"
    )]
    NoTls(std::net::SocketAddr),
    #[error("--demo has no sign-in, so it is for this computer alone; leave --address out, or name one of 127.0.0.1")]
    DemoForAll,
    #[error("{path}: there is no folder of that name; --demo FOLDER names the one to serve")]
    NoDemo { path: String },
    #[error("{address}: cannot listen there: {error}; --address names another")]
    Listen { address: std::net::SocketAddr, error: std::io::Error },
    #[error("{origin}: is no origin; write it as browsers do, such as https://cases.example.org")]
    Origin { origin: String },
    #[error("{path}: {problem}")]
    File { path: String, problem: String },
}

/// Serves until it is told to stop.
pub fn run(args: &ServeArgs) -> Result<Status, Error> {
    let state = Arc::new(State::new(args)?);
    // As many checks at a time as there are cores; more would only get into each other's way.
    let cores = std::thread::available_parallelism().map_or(2, usize::from).max(2);
    let runtime = Builder::new_multi_thread().max_blocking_threads(cores).enable_all().build()?;
    runtime.block_on(serve(args, state))?;
    runtime.shutdown_timeout(Duration::from_secs(1));
    Ok(Status::Clear)
}

async fn serve(args: &ServeArgs, state: Arc<State>) -> Result<(), Error> {
    let listener = tokio::net::TcpListener::bind(args.address).await;
    let listener = listener.map_err(|error| ServeError::Listen { address: args.address, error })?;
    let stop = stopped()?;
    tokio::spawn(reload(state.clone()));
    let address = listener.local_addr().unwrap_or(args.address);
    let scheme = if state.tls.is_some() { "https" } else { "http" };
    complain(&format!("listening on {scheme}://{address}; lexicon {}", state.checker.edition()));
    let router = routes::router(&state);
    connections::accept(listener, router, &state, stop).await;
    complain(&"stopped");
    Ok(())
}

/// Ends when the process is told to stop.
fn stopped() -> Result<impl Future<Output = ()>, std::io::Error> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// Reads tokens and certificates again where their files have changed, and at a hang-up.
async fn reload(state: Arc<State>) {
    #[cfg(unix)]
    let mut hang_up = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok();
    loop {
        #[cfg(unix)]
        let is_told = tokio::select! {
            () = tokio::time::sleep(LOOK) => false,
            Some(()) = async { match &mut hang_up { Some(signal) => signal.recv().await, None => std::future::pending().await } } => true,
        };
        #[cfg(not(unix))]
        let is_told = {
            tokio::time::sleep(LOOK).await;
            false
        };
        let state = state.clone();
        let _ = tokio::task::spawn_blocking(move || state.reload(is_told)).await;
    }
}
