//! `--resume`: the state of a run, kept in a file while it goes on, so that an interrupted one can be continued without losing or repeating a
//! record.
//!
//! The file holds no text of a record, nor anything that was made from text.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Error;
use super::pool::{Position, Sources};
use crate::input::{From, Kinds};
use crate::report::{Summary, safe};

/// How often the state is written.
const INTERVAL: Duration = Duration::from_secs(2);
/// The form of the file.
const FORM: u32 = 1;

/// Why a run cannot be continued.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    #[error("{}: {error}", safe(.path))]
    File { path: String, error: io::Error },
    #[error("{}: this is no state of an interrupted run; name another file for --resume", safe(.path))]
    Foreign { path: String },
    #[error("{}: the interrupted run was of another version or lexicon, or had other options; give those, or delete the file to begin anew", safe(.path))]
    Options { path: String },
    #[error("{}: files were added, removed or changed since the run was interrupted; delete the file to begin anew", safe(.path))]
    Inputs { path: String },
    #[error("--resume cannot go on with standard input; name a file")]
    Stdin,
}

/// How far a run has come.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    caselint_state: u32,
    options: String,
    inputs: String,
    reached: Reached,
}

/// What stands done.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Reached {
    pub position: Position,
    /// The last source that a record was read from.
    pub last_read: Option<usize>,
    /// Bytes of the output.
    pub bytes: u64,
    pub summary: Summary,
    /// The files that were passed over, which the summary does not write.
    pub skipped_kinds: Kinds,
}

/// The file that the state is kept in.
pub struct Keeper {
    path: PathBuf,
    options: String,
    inputs: String,
    last: Option<Instant>,
}

impl Keeper {
    /// A keeper for a run with these options over these sources, and what an interrupted run had done.
    pub fn open(path: &Path, options: &str, sources: &Sources) -> Result<(Keeper, Option<Reached>), Error> {
        let (options, inputs) = (hash(options.as_bytes()), fingerprint(sources)?);
        let keeper = Keeper { path: path.to_owned(), options, inputs, last: None };
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((keeper, None)),
            text => text.map_err(|error| keeper.failed(error))?,
        };
        let name = || path.to_string_lossy().into_owned();
        let state = serde_json::from_str::<State>(&text).ok().filter(|state| state.caselint_state == FORM);
        let state = state.ok_or_else(|| ResumeError::Foreign { path: name() })?;
        if state.options != keeper.options {
            return Err(ResumeError::Options { path: name() }.into());
        }
        if state.inputs != keeper.inputs {
            return Err(ResumeError::Inputs { path: name() }.into());
        }
        Ok((keeper, Some(state.reached)))
    }

    /// Whether it is time to write the state.
    pub fn is_due(&self) -> bool {
        self.last.is_none_or(|last| last.elapsed() >= INTERVAL)
    }

    /// Writes the state beside the file and puts it in its place, so that the file is whole at any moment.
    pub fn keep(&mut self, reached: Reached) -> Result<(), Error> {
        self.last = Some(Instant::now());
        let state = State { caselint_state: FORM, options: self.options.clone(), inputs: self.inputs.clone(), reached };
        let beside = self.path.with_added_extension("new");
        let write = || fs::write(&beside, serde_json::to_vec(&state)?).and_then(|()| fs::rename(&beside, &self.path));
        Ok(write().map_err(|error| self.failed(error))?)
    }

    /// Removes the state of a run that is complete.
    pub fn complete(&self) -> Result<(), Error> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.failed(error).into()),
            _ => Ok(()),
        }
    }

    fn failed(&self, error: io::Error) -> ResumeError {
        ResumeError::File { path: self.path.to_string_lossy().into_owned(), error }
    }
}

/// What tells whether the input is still the same: the names, sizes and times of its files, in order.
fn fingerprint(sources: &Sources) -> Result<String, ResumeError> {
    let mut known = String::new();
    for source in sources {
        let (name, file) = match source {
            Ok(source) => match &source.from {
                From::File(file) => (source.path.clone(), Some(file)),
                From::Stdin => return Err(ResumeError::Stdin),
            },
            Err(error) => (error.to_string(), None),
        };
        let data = file.and_then(|file| fs::metadata(file).ok());
        let modified = data.as_ref().and_then(|data| data.modified().ok()?.duration_since(UNIX_EPOCH).ok());
        known.push_str(&format!("{name:?} {:?} {modified:?}\n", data.map(|data| data.len())));
    }
    Ok(hash(known.as_bytes()))
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
