//! Exit statuses, for both commands.

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use super::{Error, complain};

/// How a run ended. Greater is worse, and the worst wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing was found that counts.
    Clear = 0,
    /// Something was found.
    Found = 1,
    /// Something could not be read, or the command was wrong.
    Error = 2,
    /// The user ended the run, as shells have it for Ctrl-C.
    Interrupted = 130,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(status as u8)
    }
}

/// Reports an error that ended the run. A reader that has had enough is none.
pub fn of_error(error: &Error) -> Status {
    if let Error::Output(cause) = error
        && is_closed(cause)
    {
        return Status::Clear;
    }
    complain(error);
    Status::Error
}

/// Whether nobody reads any more. Windows also calls it a pipe that is not connected, which the standard library knows by no name.
fn is_closed(error: &io::Error) -> bool {
    const NOT_CONNECTED: i32 = 233;
    error.kind() == ErrorKind::BrokenPipe || (cfg!(windows) && error.raw_os_error() == Some(NOT_CONNECTED))
}
