//! What can be wrong with a register.

use rusqlite::ErrorCode;

/// Why a register cannot be opened, read or written. Each says where and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    #[error("{path}: the register cannot be opened; check that the folder is there and that you may write to it")]
    Unopenable { path: String },
    #[error("{path}: the register cannot be written: the file or its folder is read-only; ask its owner, or name another one")]
    ReadOnly { path: String },
    #[error("{path}: there is no room to write, or the disk fails. What was confirmed before is kept; make room and go on")]
    Full { path: String },
    #[error("{path}: another program is writing to the register and did not finish in time; try again")]
    Busy { path: String },
    #[error(
        "{path}: this register was written by a newer caselint (its version {found}, known here up to {known}); use that one"
    )]
    Newer { path: String, found: i64, known: i64 },
    #[error("{path}: this file is no register of caselint; name another one")]
    Foreign { path: String },
    #[error("{path}: the register is damaged; put back the last copy that was kept of it")]
    Damaged { path: String },
    #[error("{path}: the register was begun with another secret; give the one that belongs to it with --hash-key")]
    OtherKey { path: String },
    #[error("{path}: the register cannot be used: {problem}")]
    Other { path: String, problem: String },
}

/// Puts the name of the register to an error of SQLite.
pub trait Named<T> {
    fn named(self, path: &str) -> Result<T, RegisterError>;
}

impl<T> Named<T> for rusqlite::Result<T> {
    fn named(self, path: &str) -> Result<T, RegisterError> {
        self.map_err(|error| {
            let path = path.to_owned();
            match error.sqlite_error_code() {
                Some(ErrorCode::CannotOpen) => RegisterError::Unopenable { path },
                Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => RegisterError::ReadOnly { path },
                // A limit on what one may use of a disk comes as an error of input and output.
                Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => RegisterError::Full { path },
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => RegisterError::Busy { path },
                Some(ErrorCode::NotADatabase) => RegisterError::Foreign { path },
                Some(ErrorCode::DatabaseCorrupt) => RegisterError::Damaged { path },
                _ => RegisterError::Other { path, problem: error.to_string() },
            }
        })
    }
}
