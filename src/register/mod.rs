//! The register: what reviewers decided about findings, kept in one SQLite file. Decisions are appended, never changed; a change of mind is a
//! further entry. It holds hashes, ids and what reviewers chose, and no text of a record unless the caller gives it.
//!
//! Nothing here has a clock or a secret: times and keyed hashes come from the caller. The one file that it opens is the one that is named.

mod decision;
mod error;
mod schema;

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Row, Transaction, TransactionBehavior, params};

pub use decision::{Choice, Decision, NewDecision, Statement};
use error::Named;
pub use error::RegisterError;

/// How long one reviewer waits for another who writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open register.
pub struct Register {
    connection: Connection,
    path: String,
}

impl Register {
    /// Opens a register, and makes a new one where there is no file of that name. `key_check` is a hash that only the holder of the
    /// secret can make; a register that was begun with another secret is refused.
    ///
    /// # Errors
    /// The file cannot be opened or written, is no register, or is one of a newer version or of another secret.
    pub fn open(path: &Path, key_check: &str, at: &str) -> Result<Self, RegisterError> {
        Self::open_with(path, OpenFlags::SQLITE_OPEN_CREATE, Some(key_check), at)
    }

    /// Opens a register that is there.
    ///
    /// # Errors
    /// As [`Register::open`], and there is no such file. Without `key_check` any register is opened, for what needs no hashes.
    pub fn open_existing(path: &Path, key_check: Option<&str>, at: &str) -> Result<Self, RegisterError> {
        Self::open_with(path, OpenFlags::empty(), key_check, at)
    }

    fn open_with(path: &Path, create: OpenFlags, key_check: Option<&str>, at: &str) -> Result<Self, RegisterError> {
        let name = path.to_string_lossy().into_owned();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
        let connection = Connection::open_with_flags(path, flags).named(&name)?;
        // SQLite opens what it may not write, and would say so at the first decision only.
        if connection.is_readonly("main").named(&name)? {
            return Err(RegisterError::ReadOnly { path: name });
        }
        Self::begin(connection, name, key_check, at)
    }

    /// A register that ends with the program.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn in_memory() -> Result<Self, RegisterError> {
        let name = "the register in memory".to_owned();
        let connection = Connection::open_in_memory().named(&name)?;
        Self::begin(connection, name, None, "")
    }

    fn begin(mut connection: Connection, path: String, key_check: Option<&str>, at: &str) -> Result<Self, RegisterError> {
        connection.busy_timeout(PATIENCE).named(&path)?;
        schema::prepare(&mut connection, &path)?;
        let mut register = Register { connection, path };
        key_check.map_or(Ok(()), |key_check| register.check_key(key_check, at))?;
        Ok(register)
    }

    /// Keeps the hash of the secret with which a register is begun, and compares it from then on.
    fn check_key(&mut self, key_check: &str, at: &str) -> Result<(), RegisterError> {
        let known = self.write(|transaction| {
            transaction
                .execute("INSERT OR IGNORE INTO origin (one, begun, key_check) VALUES (1, ?1, ?2)", params![at, key_check])?;
            transaction.query_row("SELECT key_check FROM origin", [], |row| row.get::<_, String>(0))
        })?;
        if known == key_check {
            Ok(())
        } else {
            Err(RegisterError::OtherKey { path: self.path.clone() })
        }
    }

    /// Does something that is done whole or not at all, and is on the disk when this returns.
    fn write<T>(&mut self, work: impl FnOnce(&Transaction) -> rusqlite::Result<T>) -> Result<T, RegisterError> {
        let path = self.path.clone();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).named(&path)?;
        let done = work(&transaction).named(&path)?;
        transaction.commit().named(&path)?;
        Ok(done)
    }

    /// Appends decisions, all or none, and gives their numbers. When it returns they outlive the computer.
    ///
    /// # Errors
    /// They cannot be written; then none is kept.
    pub fn append(&mut self, decisions: &[NewDecision]) -> Result<Vec<i64>, RegisterError> {
        self.write(|transaction| decisions.iter().map(|decision| insert(transaction, decision)).collect())
    }

    /// Takes decisions back by appending that they are withdrawn.
    ///
    /// # Errors
    /// It cannot be written, or there is no such decision.
    pub fn withdraw(&mut self, ids: &[i64], by: &str, at: &str) -> Result<(), RegisterError> {
        self.write(|transaction| {
            ids.iter().try_for_each(|id| {
                let done = transaction.execute(WITHDRAW, params![id, by, at])?;
                if done == 1 { Ok(()) } else { Err(rusqlite::Error::QueryReturnedNoRows) }
            })
        })
    }

    /// All that was ever decided, in order, withdrawals among it.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn all(&self) -> Result<Vec<Decision>, RegisterError> {
        self.decisions(&format!("SELECT {COLUMNS} FROM decisions ORDER BY id"))
    }

    /// For each finding the last decision that was not taken back, in order.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn standing(&self) -> Result<Vec<Decision>, RegisterError> {
        self.decisions(&format!("SELECT {COLUMNS} FROM decisions WHERE id IN ({STANDING}) ORDER BY id"))
    }

    fn decisions(&self, query: &str) -> Result<Vec<Decision>, RegisterError> {
        self.rows(query, decision)
    }

    fn rows<T>(&self, query: &str, row: impl FnMut(&Row) -> rusqlite::Result<T>) -> Result<Vec<T>, RegisterError> {
        let read = || self.connection.prepare(query)?.query_map([], row)?.collect();
        let read: rusqlite::Result<Vec<T>> = read();
        read.named(&self.path)
    }

    /// Keeps a statement of sign-off and gives its number.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn sign(&mut self, at: &str, by: &str, role: &str, json: &str) -> Result<i64, RegisterError> {
        self.write(|transaction| {
            transaction.execute("INSERT INTO statements (at, by, role, json) VALUES (?1, ?2, ?3, ?4)", [at, by, role, json])?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// All statements of sign-off, in order.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn statements(&self) -> Result<Vec<Statement>, RegisterError> {
        let statement =
            |row: &Row| Ok(Statement { id: row.get(0)?, at: row.get(1)?, by: row.get(2)?, role: row.get(3)?, json: row.get(4)? });
        self.rows("SELECT id, at, by, role, json FROM statements ORDER BY id", statement)
    }

    /// Removes for good what was decided, and signed, before a date (`2026-03-12`), or what was decided about one record; tells how many
    /// decisions and statements went. What goes is wiped from the file.
    ///
    /// # Errors
    /// The register cannot be written.
    pub fn purge(&mut self, before: Option<&str>, record: Option<&str>) -> Result<(usize, usize), RegisterError> {
        let gone = self.write(|transaction| {
            transaction.execute("UPDATE purging SET is_open = 1", [])?;
            let decisions = transaction.execute(PURGE, params![before, record])?;
            let statements = match (before, record) {
                (Some(before), None) => transaction.execute("DELETE FROM statements WHERE at < ?1", [before])?,
                _ => 0,
            };
            transaction.execute("UPDATE purging SET is_open = 0", [])?;
            Ok((decisions, statements))
        })?;
        // Nothing of it is left in free pages or in the log.
        let wipe = "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);";
        self.connection.execute_batch(wipe).named(&self.path)?;
        Ok(gone)
    }

    /// Bounds how many pages the file may have, so that tests can fill it.
    #[doc(hidden)]
    pub fn limit_pages(&self, most: u32) -> Result<(), RegisterError> {
        let limited = self.connection.query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(()));
        limited.named(&self.path)
    }

    /// What SQLite finds wrong with the file; nothing where it is sound.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn faults(&self) -> Result<Vec<String>, RegisterError> {
        let lines: Vec<String> = self.rows("PRAGMA integrity_check", |row| row.get(0))?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }
}

const COLUMNS: &str = "id, at, by, record, finding, rule, ask, choice, reason, note, text, lexicon, withdraws";

const INSERT: &str = "INSERT INTO decisions (at, by, record, finding, rule, ask, choice, reason, note, text, lexicon) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

const WITHDRAW: &str = "INSERT INTO decisions (at, by, record, finding, rule, ask, choice, lexicon, withdraws) \
     SELECT ?3, ?2, record, finding, rule, ask, 'withdrawn', lexicon, id FROM decisions WHERE id = ?1";

const STANDING: &str = "SELECT max(id) FROM decisions WHERE withdraws IS NULL \
     AND id NOT IN (SELECT withdraws FROM decisions WHERE withdraws IS NOT NULL) GROUP BY record, finding";

const PURGE: &str =
    "DELETE FROM decisions WHERE (?1 IS NULL OR at < ?1) AND (?2 IS NULL OR record = ?2) AND (?1 IS NOT NULL OR ?2 IS NOT NULL)";

fn insert(transaction: &Transaction, new: &NewDecision) -> rusqlite::Result<i64> {
    let choice = new.choice.name();
    let values =
        params![new.at, new.by, new.record, new.finding, new.rule, new.ask, choice, new.reason, new.note, new.text, new.lexicon];
    transaction.execute(INSERT, values)?;
    Ok(transaction.last_insert_rowid())
}

fn decision(row: &Row) -> rusqlite::Result<Decision> {
    Ok(Decision {
        id: row.get(0)?,
        at: row.get(1)?,
        by: row.get(2)?,
        record: row.get(3)?,
        finding: row.get(4)?,
        rule: row.get(5)?,
        ask: row.get(6)?,
        choice: row.get(7)?,
        reason: row.get(8)?,
        note: row.get(9)?,
        text: row.get(10)?,
        lexicon: row.get(11)?,
        withdraws: row.get(12)?,
    })
}

/// A new secret: 64 hexadecimal digits from SQLite's generator, which the system's own seeds.
///
/// # Errors
/// There is no memory for it.
pub fn secret() -> Result<String, RegisterError> {
    let made = || Connection::open_in_memory()?.query_row("SELECT lower(hex(randomblob(32)))", [], |row| row.get(0));
    let made: rusqlite::Result<String> = made();
    made.named("a new secret")
}
