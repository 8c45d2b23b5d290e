//! Files that commands make beside their output.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::Error;

/// Writes a file that is not there yet, and ends it with a line's end.
pub fn write_new(path: &Path, text: &str) -> io::Result<()> {
    writeln!(File::create_new(path)?, "{text}")
}

/// What is wrong with a file.
pub fn of_file(path: &Path, error: io::Error) -> Error {
    Error::File { path: path.to_string_lossy().into_owned(), error }
}

/// Options for a file that only its owner can read, where it is made.
pub fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
