//! The tokens that let clients in: a file of names and hashes.
//!
//! A token is 256 random bits, which nobody can guess; so one round of SHA-256 keeps it as well as a slow hash would, and each request
//! can be looked up by it.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::ServeError;
use super::args::TokenArgs;
use super::rate::Bucket;
use crate::cli::files::private;
use crate::cli::{Error, Status, complain};
use crate::report::safe;

type Hash = [u8; 32];
type Clients = HashMap<Hash, Arc<Client>>;

const PREFIX: &str = "caselint_";
const NAME_CHARS: usize = 40;

/// Those who are let in.
#[derive(Debug)]
pub struct Tokens {
    path: PathBuf,
    /// When the file was written that they were read from.
    written: Option<SystemTime>,
    clients: Clients,
}

/// A file that was read again.
pub struct Again {
    written: Option<SystemTime>,
    clients: Result<Clients, ServeError>,
}

/// One who is let in.
#[derive(Debug)]
pub struct Client {
    pub name: String,
    pub bucket: Bucket,
}

impl Tokens {
    /// Reads a file of tokens: a line each, the name and its hash.
    pub fn read(path: &Path) -> Result<Tokens, ServeError> {
        let mut tokens = Tokens { path: path.to_owned(), written: written(path), clients: HashMap::new() };
        tokens.clients = tokens.clients_of_file()?;
        if tokens.clients.is_empty() {
            return Err(wrong(path, "holds no token; make one with `caselint token NAME --file FILE`"));
        }
        Ok(tokens)
    }

    /// Reads the file again, where it has changed or `always`; nothing where there is no need.
    pub fn again(&self, always: bool) -> Option<Again> {
        let written = written(&self.path);
        (always || written != self.written).then(|| Again { written, clients: self.clients_of_file() })
    }

    /// Takes what was read again; says how many are let in. Where it could not be read, those who were let in still are, and it is told once.
    pub fn take(&mut self, again: Again) -> Result<usize, ServeError> {
        self.written = again.written;
        self.clients = again.clients?;
        Ok(self.clients.len())
    }

    /// Those of the file. Who was known keeps what was used of the rate.
    fn clients_of_file(&self) -> Result<Clients, ServeError> {
        let text = fs::read_to_string(&self.path).map_err(|error| wrong(&self.path, error))?;
        let mut clients = HashMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let entry = line
                .split_once(' ')
                .and_then(|(name, hash)| Some((name, hash.trim().strip_prefix("sha256:").and_then(of_hex)?)));
            let Some((name, hash)) = entry.filter(|(name, _)| is_name(name)) else {
                let problem = format!("line {}: write a name and a hash, as `caselint token` does", number + 1);
                return Err(wrong(&self.path, problem));
            };
            let known = self.clients.get(&hash).filter(|client| client.name == name).cloned();
            clients.insert(hash, known.unwrap_or_else(|| Arc::new(Client { name: name.to_owned(), bucket: Bucket::default() })));
        }
        Ok(clients)
    }

    /// Whose token this is.
    pub fn client(&self, token: &str) -> Option<Arc<Client>> {
        self.clients.get(&hash(token)).cloned()
    }
}

/// `caselint token`: makes a token, adds its hash to a file, and prints it this once.
pub fn add(args: &TokenArgs) -> Result<Status, Error> {
    if !is_name(&args.name) {
        let problem =
            format!("`{}` is no name of a token; write up to {NAME_CHARS} letters, digits, dots and hyphens", safe(&args.name));
        return Err(Error::Usage(problem));
    }
    let taken = args.file.exists().then(|| fs::read_to_string(&args.file)).transpose();
    let taken = taken.map_err(|error| wrong(&args.file, error))?.unwrap_or_default();
    if taken.lines().any(|line| line.split_whitespace().next() == Some(&args.name)) {
        return Err(wrong(&args.file, "holds a token of that name; take its line out first, or choose another name").into());
    }
    let mut bits = Hash::default();
    getrandom::fill(&mut bits).map_err(|error| wrong(&args.file, format!("no token can be made: {error}")))?;
    let token = format!("{PREFIX}{}", hex(&bits));
    let break_line = if taken.is_empty() || taken.ends_with('\n') { "" } else { "\n" };
    let mut file = private().append(true).create(true).open(&args.file).map_err(|error| wrong(&args.file, error))?;
    writeln!(file, "{break_line}{} sha256:{}", args.name, hex(&hash(&token))).map_err(|error| wrong(&args.file, error))?;
    writeln!(std::io::stdout().lock(), "{token}")?;
    complain(&"its hash is in the file; the token itself is kept nowhere, so put it where the client finds it");
    Ok(Status::Clear)
}

fn written(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

fn is_name(name: &str) -> bool {
    (1..=NAME_CHARS).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

fn hash(token: &str) -> Hash {
    Sha256::digest(token.as_bytes()).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn of_hex(text: &str) -> Option<Hash> {
    let byte = |at: usize| u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..32).map(byte).collect();
    bytes.filter(|_| text.len() == 64)?.try_into().ok()
}

fn wrong(path: &Path, problem: impl ToString) -> ServeError {
    ServeError::File { path: safe(&path.to_string_lossy()), problem: problem.to_string() }
}
