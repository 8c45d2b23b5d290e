//! The flags of `caselint serve` and `caselint token`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::cli::args::WantedArgs;
use crate::presave::PolicyArgs;

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where to listen; only this computer where nothing is said
    #[arg(long, default_value = "127.0.0.1:8787", value_name = "IP:PORT")]
    pub address: SocketAddr,

    /// The file of tokens, without which nobody is let in; caselint token makes one
    ///
    /// Read again when it changes, and at SIGHUP.
    #[arg(long, value_name = "FILE")]
    pub tokens: Option<PathBuf>,

    /// The certificate, with those that lead to its root, as PEM; read again when it changes
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,

    /// The private key of the certificate, as PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,

    /// A proxy in front of it adds TLS
    #[arg(long)]
    pub behind_proxy: bool,

    /// An origin whose pages may ask, such as https://cases.example.org; may be given several times
    #[arg(long, value_name = "ORIGIN")]
    pub cors_origin: Vec<String>,

    /// Serve the case-note form of a folder too, on this computer alone
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, default_missing_value = "examples/presave", conflicts_with = "tokens")]
    pub demo: Option<PathBuf>,

    /// Write no line a request
    #[arg(long)]
    pub no_log: bool,

    #[command(flatten)]
    pub limits: Limits,

    #[command(flatten)]
    pub policy: PolicyArgs,

    #[command(flatten)]
    pub wanted: WantedArgs,
}

/// What is refused.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Bytes of a request's body
    #[arg(long, default_value_t = 1 << 20, value_name = "BYTES")]
    pub max_body: usize,

    /// Records of a batch
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub max_batch: usize,

    /// Requests that are answered at a time; one more is told to come again
    #[arg(long, default_value_t = 128, value_name = "N")]
    pub max_requests: usize,

    /// Connections at a time; one more waits
    #[arg(long, default_value_t = 512, value_name = "N")]
    pub max_connections: usize,

    /// Milliseconds until a request must have come whole and been answered
    #[arg(long, default_value_t = 5_000, value_name = "MS")]
    pub timeout: u64,

    /// Requests a second of one token, with as many at once
    #[arg(long, default_value_t = 1_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub rate: u32,
}

#[derive(Debug, Args)]
pub struct TokenArgs {
    /// Whom the token is for, such as case-system; it stands in the log
    pub name: String,

    /// The file that its hash is added to
    #[arg(long, value_name = "FILE")]
    pub file: PathBuf,
}
