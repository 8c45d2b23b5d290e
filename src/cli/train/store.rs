//! Where the progress of a learner is kept: one small file on their own computer.

use std::env;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use caselint::train::Progress;

use super::TrainError;
use super::args::ProgressArgs;
use crate::cli::files::private;

/// The file; `None` where nothing is to be kept.
pub struct Store(Option<PathBuf>);

impl Store {
    pub fn new(args: &ProgressArgs) -> Result<Store, TrainError> {
        if args.no_progress {
            return Ok(Store(None));
        }
        let path = args.progress.clone().or_else(|| Some(data_folder()?.join("caselint").join("training.json")));
        path.map(|path| Store(Some(path))).ok_or(TrainError::NoDataFolder)
    }

    /// The path, for messages.
    pub fn name(&self) -> String {
        self.0.as_ref().map_or_else(|| "nothing".to_owned(), |path| path.to_string_lossy().into_owned())
    }

    pub fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// What was kept; nothing yet where there is no file.
    pub fn read(&self) -> Result<Progress, TrainError> {
        let Some(path) = &self.0 else { return Ok(Progress::default()) };
        match fs::read_to_string(path) {
            Ok(text) => read(path, &text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Progress::default()),
            Err(error) => Err(wrong(path, error.to_string())),
        }
    }

    /// Writes a file beside it and puts that in its place, so that it is never half written.
    pub fn write(&self, progress: &Progress) -> Result<(), TrainError> {
        let Some(path) = &self.0 else { return Ok(()) };
        let failed = |error| TrainError::Write { path: path.to_string_lossy().into_owned(), error };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let new = path.with_extension("new");
        let text = serde_json::to_string_pretty(progress).map_err(|error| failed(error.into()))?;
        let mut file = private().write(true).create(true).truncate(true).open(&new).map_err(failed)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
        fs::rename(&new, path).map_err(failed)
    }

    /// Deletes the file; false where there is none. A file that the user has named must be one of progress.
    pub fn forget(&self, is_named: bool) -> Result<bool, TrainError> {
        let Some(path) = &self.0 else { return Ok(false) };
        if is_named && fs::read(path).is_ok_and(|bytes| serde_json::from_slice::<Progress>(&bytes).is_err()) {
            return Err(TrainError::NoProgress(path.to_string_lossy().into_owned()));
        }
        match fs::remove_file(path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(TrainError::Write { path: path.to_string_lossy().into_owned(), error }),
        }
    }
}

/// Reads a progress file.
pub fn read(path: &Path, text: &str) -> Result<Progress, TrainError> {
    let progress: Progress =
        serde_json::from_str(text).map_err(|error| wrong(path, format!("this is no progress file ({error})")))?;
    if progress.is_known() {
        Ok(progress)
    } else {
        Err(wrong(path, format!("format {} is not known", progress.format)))
    }
}

fn wrong(path: &Path, why: String) -> TrainError {
    TrainError::Progress { path: path.to_string_lossy().into_owned(), why }
}

/// The folder of the user's data, as the system has it.
fn data_folder() -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return named("LOCALAPPDATA");
    }
    named("XDG_DATA_HOME").or_else(|| Some(named("HOME")?.join(".local").join("share")))
}
