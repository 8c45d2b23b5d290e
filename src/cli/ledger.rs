//! The register as commands use it: opened with its secret, and asked by findings.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use caselint::Finding;
use caselint::register::{self, Decision, Register, RegisterError};

use super::known::key;
use super::register_args::RegisterArgs;
use super::{Error, clock, files};
use crate::report::{Key, safe};

/// A register, and the secret that its hashes are made with.
pub struct Ledger {
    pub register: Register,
    key: Key,
}

/// The decisions that stand, by record and finding.
pub type Standing = HashMap<(String, String), Decision>;

impl Ledger {
    /// The register that is named; a new one where there is none yet. Without a name, one that ends with the program.
    pub fn open(args: &RegisterArgs) -> Result<Self, Error> {
        let now = clock::now();
        let Some(path) = &args.register else {
            // Hashes that nobody needs to make again.
            let key = Key::new(register::secret()?.as_bytes()).ok_or_else(no_secret)?;
            return Ok(Ledger { register: Register::in_memory()?, key });
        };
        let key = secret(path, args.hash_key.as_deref())?;
        let register = Register::open(path, &key.sign(CHECK), &now)?;
        Ok(Ledger { register, key })
    }

    /// A register that must be there.
    pub fn open_existing(path: &Path, hash_key: Option<&Path>) -> Result<Self, Error> {
        if !path.exists() {
            let path = path.to_string_lossy().into_owned();
            return Err(Error::File { path, error: std::io::ErrorKind::NotFound.into() });
        }
        let key = secret(path, hash_key)?;
        let register = Register::open_existing(path, Some(&key.sign(CHECK)), &clock::now())?;
        Ok(Ledger { register, key })
    }

    /// What the register calls a finding.
    pub fn finding(&self, finding: &Finding) -> String {
        self.key.sign(&finding.fingerprint)
    }

    /// The keyed hash of a text.
    pub fn hash(&self, text: &str) -> String {
        self.key.sign(text)
    }

    pub fn standing(&self) -> Result<Standing, Error> {
        let standing = self.register.standing()?.into_iter();
        Ok(standing.map(|decision| ((decision.record.clone(), decision.finding.clone()), decision)).collect())
    }
}

/// What the secret signs, so that another one is noticed.
const CHECK: &str = "caselint register";

/// The secret of a register: the file that is named, or the one beside the register, which is made with it.
fn secret(register: &Path, named: Option<&Path>) -> Result<Key, Error> {
    if let Some(named) = named {
        return key(named);
    }
    let beside = PathBuf::from(format!("{}.key", register.display()));
    if beside.exists() {
        return key(&beside);
    }
    if register.exists() {
        let (register, beside) = (safe(&register.to_string_lossy()), safe(&beside.to_string_lossy()));
        return Err(Error::Usage(format!(
            "{register}: its secret {beside} is not there; put it back, or name it with --hash-key"
        )));
    }
    let secret = register::secret()?;
    let unopenable = |_| RegisterError::Unopenable { path: register.to_string_lossy().into_owned() };
    make(&beside, &secret).map_err(unopenable)?;
    Key::new(secret.as_bytes()).ok_or_else(no_secret)
}

/// Writes a secret that only its owner can read.
fn make(path: &Path, secret: &str) -> std::io::Result<()> {
    let mut file = files::private().write(true).create_new(true).open(path)?;
    writeln!(file, "{secret}")?;
    file.sync_all()
}

fn no_secret() -> Error {
    Error::Usage("no secret could be made; name one with --hash-key".to_owned())
}

/// Who decides: as named, or the user of this computer.
pub fn reviewer(named: Option<&str>) -> Result<String, Error> {
    let user = || ["USER", "USERNAME"].into_iter().find_map(|name| env::var(name).ok());
    let name = named.map(str::to_owned).or_else(user).filter(|name| !name.trim().is_empty());
    name.ok_or_else(|| Error::Usage("name who decides with --by".to_owned()))
}

/// The folder that a register stands in, to which the names of files are kept; the working folder without one.
pub fn folder(args: &RegisterArgs) -> PathBuf {
    let parent = args.register.as_deref().and_then(Path::parent).filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.map_or_else(|| PathBuf::from("."), Path::to_owned);
    fs::canonicalize(&folder).unwrap_or(folder)
}
