//! Where findings go: standard output, or a file that the user names.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Seek, SeekFrom, Stdout, Write};
use std::path::{Path, PathBuf};

use super::Error;
use super::files::of_file;

/// A buffered writer that knows how much was written.
pub struct Output {
    to: BufWriter<Target>,
    bytes: u64,
}

enum Target {
    Stdout(Stdout),
    File(File, PathBuf),
}

impl Output {
    /// Standard output, or a file that is made anew.
    pub fn new(path: Option<&Path>) -> Result<Self, Error> {
        let target = match path {
            None => Target::Stdout(io::stdout()),
            Some(path) => Target::File(File::create(path).map_err(|error| of_file(path, error))?, path.to_owned()),
        };
        Ok(Output { to: BufWriter::new(target), bytes: 0 })
    }

    /// A file that holds `bytes` bytes which are to be kept. What stands behind them goes.
    pub fn go_on(path: &Path, bytes: u64) -> Result<Self, Error> {
        let open = || -> io::Result<File> {
            let mut file = OpenOptions::new().write(true).open(path)?;
            if file.metadata()?.len() < bytes {
                return Err(io::Error::other(
                    "it is shorter than when the run was interrupted; delete the state file to begin anew",
                ));
            }
            file.set_len(bytes)?;
            file.seek(SeekFrom::End(0))?;
            Ok(file)
        };
        let file = open().map_err(|error| of_file(path, error))?;
        Ok(Output { to: BufWriter::new(Target::File(file, path.to_owned())), bytes })
    }

    /// How many bytes stand there, those of an earlier run among them.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    pub fn is_terminal(&self) -> bool {
        matches!(self.to.get_ref(), Target::Stdout(stdout) if stdout.is_terminal())
    }

    pub fn is_file(&self) -> bool {
        matches!(self.to.get_ref(), Target::File(..))
    }

    /// Makes sure that what was written outlives the computer.
    pub fn keep(&mut self) -> io::Result<()> {
        self.flush()?;
        match self.to.get_ref() {
            Target::File(file, _) => file.sync_data(),
            Target::Stdout(_) => Ok(()),
        }
    }

    /// The error of the run that a failure to write is.
    pub fn error(&self, error: io::Error) -> Error {
        match self.to.get_ref() {
            Target::Stdout(_) => Error::Output(error),
            Target::File(_, path) => of_file(path, error),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Stdout(stdout) => stdout.write(bytes),
            Target::File(file, _) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Stdout(stdout) => stdout.flush(),
            Target::File(file, _) => file.flush(),
        }
    }
}
