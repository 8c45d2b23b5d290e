//! Which files are read: those that are named, and those below the folders that are named.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{Format, From, InputError, Kinds, STDIN, Source};
use caselint::documents::kind;

/// What the paths of the command line led to, in the order in which it is read.
#[derive(Debug, Default)]
pub struct Found {
    pub sources: Vec<Result<Source, InputError>>,
    /// Files of other kinds that were passed over in folders.
    pub skipped: Kinds,
}

/// Finds the sources behind `paths`; `-` is standard input, in `stdin_format`. A file that is named twice is read once.
pub fn find(paths: &[PathBuf], stdin_format: Format) -> Found {
    let mut search = Search { found: Found::default(), seen: HashSet::new(), stdin_format };
    for path in paths {
        search.add(path);
    }
    search.found
}

struct Search {
    found: Found,
    /// The files by their true path, so that two names of one file count as one.
    seen: HashSet<PathBuf>,
    stdin_format: Format,
}

impl Search {
    fn add(&mut self, path: &Path) {
        if path == Path::new("-") {
            self.push(path, STDIN.to_owned(), From::Stdin, self.stdin_format);
        } else if path.is_dir() {
            self.add_folder(path);
        } else {
            self.add_file(path);
        }
    }

    fn add_file(&mut self, path: &Path) {
        let name = name(path);
        match (std::fs::metadata(path), Format::of(path)) {
            (Err(error), _) => self.found.sources.push(Err(InputError::unreadable(&name, &error))),
            (Ok(_), None) => self.found.sources.push(Err(InputError::Kind { path: name })),
            (Ok(_), Some(format)) => self.push(path, name, From::File(path.to_owned()), format),
        }
    }

    fn add_folder(&mut self, folder: &Path) {
        let mut empty = true;
        for entry in files_below(folder) {
            match entry {
                Ok(path) => match Format::of(&path) {
                    Some(format) => {
                        empty = false;
                        self.push(&path, name(&path), From::File(path.clone()), format);
                    }
                    None => *self.found.skipped.entry(kind(&path)).or_default() += 1,
                },
                Err(error) => {
                    empty = false;
                    self.found.sources.push(Err(error));
                }
            }
        }
        if empty {
            self.found.sources.push(Err(InputError::EmptyFolder { path: name(folder) }));
        }
    }

    fn push(&mut self, file: &Path, path: String, from: From, format: Format) {
        let true_path = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        if self.seen.insert(true_path) {
            self.found.sources.push(Ok(Source { path, from, format }));
        }
    }
}

/// The files that have one of these endings among `paths`: named files of any ending, and those below named folders. Sorted in each folder.
pub fn files_with(ending: &str, paths: &[PathBuf]) -> Vec<Result<PathBuf, InputError>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let wanted = |path: &PathBuf| path.extension() == Some(OsStr::new(ending));
            files.extend(files_below(path).filter(|file| file.as_ref().map_or(true, wanted)));
        } else {
            files.push(Ok(path.clone()));
        }
    }
    files
}

/// All files below a folder, sorted by path, without those that are hidden or ignored. Links are not followed.
fn files_below(folder: &Path) -> impl Iterator<Item = Result<PathBuf, InputError>> {
    let folder_name = name(folder);
    WalkBuilder::new(folder)
        .require_git(false)
        .sort_by_file_path(|one, other| one.cmp(other))
        .build()
        .filter(|entry| !entry.as_ref().is_ok_and(|entry| entry.file_type().is_some_and(|kind| kind.is_dir())))
        .map(move |entry| entry.map(ignore::DirEntry::into_path).map_err(|error| walk_error(&folder_name, &error)))
}

fn walk_error(folder: &str, error: &ignore::Error) -> InputError {
    let path = path_of(error).map_or_else(|| folder.to_owned(), name);
    match error.io_error() {
        Some(error) => InputError::unreadable(&path, error),
        None => InputError::Unreadable { path, reason: error.to_string() },
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
